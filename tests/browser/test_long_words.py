"""Words that no line can hold: an address, a part number, a name in another script. No page or sheet grows wider."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import yaml

from handbook.rules.lengths import GLANCE, GLANCE_QUIZ
from tests import cases, project
from tests.browser.test_hostile import switch_off
from tests.browser.test_journeys import LARGE, SPILLS, WINDOWS
from tests.browser.windows import PLAIN
from tests.conftest import Visit, serving

pytestmark = pytest.mark.browser

EDGE = 12  # points that a printer leaves white
LONG = f"https://example.org/{'a-very-long-path' * 3}/{'Donaudampfschifffahrt' * 2}"
LIMITS = {
    **GLANCE,
    **GLANCE_QUIZ,
    "name": 40,
    "company": 40,
}  # characters: what the rules allow, and names that texts cite
NO_TEXT = {  # fields whose values are ids, amounts, dates or one of a few words
    *("kind", "owner", "audience", "actor", "version", "effective", "review_every", "stage", "id", "who", "to", "form"),
    *(
        "source",
        "open",
        "within",
        "every",
        "before",
        "after",
        "limit",
        "by",
        "between",
        "keep",
        "range",
        "quizzes",
        "reports_to",
        "masters",
        "clauses",
        "related",
    ),
    *("icon", "filled_by", "kept_by", "published", "about", "first", "day_of"),
}
OTHERS = ("authors/", "s/")  # how handbooks are written, which shows nothing of this one; pages that lead on


def stretch(value: Any, key: str = "") -> Any:
    """A copy of what a YAML file holds, with a word after each text that is as long as the rules allow."""
    if isinstance(value, dict):
        return {name: inner if name in NO_TEXT else stretch(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [stretch(inner, key) for inner in value]
    return f"{value} {LONG}"[: LIMITS.get(key, 999)] if isinstance(value, str) else value


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook as a project of its own, every text in it with a long word."""
    copy = switch_off(cases.project_of(tmp_path_factory.mktemp("long") / "project"))
    for path in [*(copy / "sop").rglob("*.yml"), *(copy / "quiz").rglob("*.yml")]:
        value = stretch(yaml.safe_load(path.read_text("utf-8")))
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    return copy


@pytest.fixture(scope="module")
def long(copy: Path) -> Path:
    return project.build(copy / "site", copy)


def test_no_page_grows_wider(visit: Visit, long: Path) -> None:
    """In any of the windows."""
    spilt = {}
    with serving(long) as home:
        page = visit(PLAIN, at=home)
        for path in _paths(long):
            page.goto(home + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            for window, (width, height) in WINDOWS.items():  # of which the one with large letters is the last
                page.set_viewport_size({"width": width, "height": height})
                if window == "large letters":
                    page.add_style_tag(content=LARGE)
                if found := page.evaluate(SPILLS):
                    spilt[window, path] = found[:5]
    assert spilt == {}


def _paths(site: Path) -> list[str]:
    paths = [path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html")]
    return sorted(path for path in paths if not path.startswith(OTHERS))


def test_no_sheet_is_written_over_its_edge(long: Path) -> None:
    sheets = sorted((long / "paper").rglob("*.pdf"))
    assert len(sheets) > 10
    over = {sheet.relative_to(long).as_posix(): found for sheet in sheets if (found := list(_over(sheet)))}
    assert over == {}


def _over(sheet: Path) -> Iterator[str]:
    """What is written outside of a sheet's pages, or so near to their edges that no printer prints it."""
    with pdfium.PdfDocument(sheet) as document:
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            width, height = page.get_size()
            for place in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(place)
                if right > width - EDGE or left < EDGE or bottom < EDGE or top > height - EDGE:
                    yield f"page {number}: {text.get_text_range(max(0, place - 20), 21)!r}"
                    break
