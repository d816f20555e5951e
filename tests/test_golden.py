"""The pages of the small handbook, word for word.

After a change that is meant to change them, `GOLDEN=1 .venv/bin/python -m pytest tests/test_golden.py` writes them
anew; read the difference before it goes in.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from markdown import Markdown

from handbook.compile import compile_handbook
from handbook.pages.page import Page
from handbook.pages.render import render
from handbook.pages.view import Site
from tests import cases, project

GOLDEN = Path(__file__).parent / "golden"
ICON = re.compile(r'<i class="icon icon-([a-z-]+)"></i>')
HOSTILE = "greeting#hostile"

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """Every page that is made from the small handbook's own words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        book = compile_handbook(cases.MINIMAL)[0]
        made = [
            page
            for page in render(book, Site(edit_base="https://example.org/edit/"))
            if not page.path.startswith("authors/")
        ]
    return {page.path: page for page in made}


def test_pages_are_as_they_were(pages: dict[str, Page]) -> None:
    made = {path: ICON.sub(r"⟨\1⟩", page.text) for path, page in pages.items()}
    if os.environ.get("GOLDEN"):
        _write(made)
    kept = {path.relative_to(GOLDEN).as_posix(): path.read_text("utf-8") for path in GOLDEN.rglob("*.md")}
    assert sorted(made) == sorted(kept)
    for path, text in made.items():
        assert text.splitlines() == kept[path].splitlines(), path


def _write(made: dict[str, str]) -> None:
    for old in GOLDEN.rglob("*.md"):
        old.unlink()
    for path, text in made.items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_text(text, "utf-8")


# ── text that looks like markup ─────────────────────────────────────────────────────────────────


def _elements(page: Page) -> Iterator[Element]:
    """The elements that a browser makes of a page, once Markdown is through with it."""
    converter = Markdown(extensions=["attr_list", "toc"])
    yield from html5lib.parse(converter.convert(page.text.split("---\n", 2)[2]), namespaceHTMLElements=False).iter()


def test_no_text_becomes_markup(pages: dict[str, Page]) -> None:
    for page in pages.values():
        for element in _elements(page):
            assert element.tag not in ("img", "em", "strong")
            assert element.tag != "script" or (not element.text and "../assets/" in element.get("src", ""))
            assert "javascript:" not in element.get("href", "")


def test_no_text_is_lost(pages: dict[str, Page]) -> None:
    """Whatever an author wrote is on the page, character for character."""
    book = compile_handbook(cases.MINIMAL)[0]
    found = book.clause(HOSTILE)
    assert found
    clause = found[1].clause
    page = next(
        element for element in _elements(pages["standards/greeting/index.md"]) if element.get("id") == clause.id
    )
    shown = project.text(page)
    for written in (clause.do, *clause.say, *clause.never):
        assert written in shown


def test_a_title_is_not_markup(pages: dict[str, Page]) -> None:
    heading = next(element for element in _elements(pages["standards/greeting/index.md"]) if element.tag == "h1")
    assert project.text(heading) == "招呼 & *道別*"
    assert heading.get("id") == "_top"


def test_edits_go_to_the_yaml(pages: dict[str, Page]) -> None:
    assert pages["procedures/lost-property/index.md"].edit == "sop/procedures/lost-property.yml"
    assert (
        'href="https://example.org/edit/sop/procedures/lost-property.yml"'
        in pages["procedures/lost-property/index.md"].text
    )
