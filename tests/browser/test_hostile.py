"""Text that wants to be more than text: HTML, Markdown, templates and scripts in every field that authors can write.

The rules refuse some of it (straight quotes beside Chinese, a mnemonic of more than one character). What keeps pages
whole is that every text is escaped, not that a rule stands before it: here the rules are switched off.
"""

from __future__ import annotations

import html
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import expect

from handbook.model.book import Handbook
from handbook.pages.stage import stage
from handbook.reading.load import load
from tests import cases, project
from tests.browser.bare import bare
from tests.browser.windows import PLAIN
from tests.conftest import Visit, serving
from tests.project import Built, text

pytestmark = pytest.mark.browser

ENDS_THE_TITLE = "</title></textarea></script><script>window.hit = 1</script>"  # stands in every page's frame
PAYLOADS = (
    '<img src=x onerror="window.hit = 1">',
    '"><svg onload="window.hit = 1">',
    "' autofocus onfocus='window.hit = 1",
    ENDS_THE_TITLE,
    "[連結](javascript:window.hit=1) ![圖](x.png)",
    '<a href="javascript:window.hit=1">按這裡</a>',
    "{{ 7 * 7 }} {% include 'x' %} {# 註 #} ${7*7}",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp;",
    "**粗** __粗__ _斜_ `碼` ~~刪~~ # 題 | 欄 |",
    "<!-- 註 --> <!DOCTYPE html> <?php ?> <![CDATA[ x ]]>",
    '{: onclick="window.hit=1" } { #taken .x onclick=window.hit=1 }',
    "</p></li></ol></section></div></article></body>",
    "<style>* { display: none }</style>",
    "wzxhzdk:0 klzzwxh:0001 \\ \\* \\<",
    "[^1]: 註 [ref]: http://x.test *[HTML]: x",
)
TEXTS = {
    *("title", "summary", "moment", "trigger", "done", "label", "group", "do", "say", "never", "when", "why", "note"),
    *("event", "question", "meanwhile", "change", "at", "name", "also", "purpose", "fields", "term", "means"),
    *("aliases", "reason", "mnemonic", "names"),
}
PROCEDURE = "procedures/lost-property"
FRAMED = ("", f"{PROCEDURE}/", "roles/clerk/", "quiz/lost-property/")
# The rules would refuse some of the texts that are looked at here.
SWITCH_OFF = "import handbook.compile\nhandbook.compile.check = lambda book: ()\n"


def switch_off(copy: Path) -> Path:
    """A project whose build asks for no rule."""
    (copy / "off.py").write_text(SWITCH_OFF, "utf-8")
    project.replace(copy / "mkdocs.yml", "hooks: [", "hooks: [off.py, ")
    return copy


def poison(value: Any, inside: bool = False) -> Any:
    """A copy of what a YAML file holds, every text with something hostile after it: to equal texts, the same."""
    if isinstance(value, dict):
        return {key: poison(inner, inside or key in TEXTS) for key, inner in value.items()}
    if isinstance(value, list):
        return [poison(inner, inside) for inner in value]
    return f"{value} {PAYLOADS[zlib.crc32(value.encode()) % len(PAYLOADS)]}" if inside else value


def two_procedures(folder: Path) -> Path:
    """The small handbook with a second procedure, so that there is one to choose; the rules are off."""
    copy = switch_off(cases.project_of(folder))
    shutil.copy(copy / f"sop/{PROCEDURE}.yml", copy / "sop/procedures/another.yml")
    return copy


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The pages of the small handbook as it is."""
    copy = two_procedures(tmp_path_factory.mktemp("harmless") / "project")
    return {page.address: page for page in project.pages(project.build(copy / "site", copy))}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook, poisoned."""
    copy = two_procedures(tmp_path_factory.mktemp("hostile") / "project")
    for path in sorted((copy / "sop").rglob("*.yml")):
        value = poison(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
        if path.name == "organization.yml":
            value["title"] += ENDS_THE_TITLE
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), "utf-8")
    procedure = copy / f"sop/{PROCEDURE}.yml"
    letter = procedure.read_text("utf-8").replace("stage: 收", "stage: <").replace("  收: ", "  <: ")
    procedure.write_text(letter, "utf-8")
    return copy


@pytest.fixture(scope="module")
def hostile(copy: Path) -> Path:
    return project.build(copy / "site", copy)


@pytest.fixture(scope="module")
def hostile_pages(hostile: Path) -> dict[str, Built]:
    return {page.address: page for page in project.pages(hostile)}


@pytest.fixture(scope="module")
def hostile_book(copy: Path) -> Handbook:
    book, problems = load(copy)
    assert book
    assert [problem for problem in problems if not problem.warning] == []
    return book


def _shape(page: Built) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page with the names of their attributes: all of it but words."""
    return [(str(element.tag), tuple(sorted(element.attrib))) for element in page.root.iter()]


def test_words_change_no_page_but_in_its_words(pages: dict[str, Built], hostile_pages: dict[str, Built]) -> None:
    assert set(hostile_pages) == set(pages)
    assert {page.address: page.errors for page in hostile_pages.values() if page.errors} == {}
    for address, page in hostile_pages.items():
        assert _shape(page) == _shape(pages[address]), address


def test_no_link_leads_anywhere_else(pages: dict[str, Built], hostile_pages: dict[str, Built]) -> None:
    for address, page in hostile_pages.items():
        assert _addresses(page) == _addresses(pages[address]), address


def _addresses(page: Built) -> list[str]:
    return [element.attrib[name] for element in page.root.iter() for name in ("href", "src") if name in element.attrib]


def test_every_text_is_shown_as_it_was_written(hostile_book: Handbook, hostile_pages: dict[str, Built]) -> None:
    book = hostile_book
    assert sum(1 for _ in book.each()) > 10
    for sop in book.sops.values():
        page = hostile_pages[f"{book.page(sop.id)}/"]
        assert text(page.all("h1")[0]) == book.title(sop), sop.id
        assert text(page.all("title")[0]) == f"{book.title(sop)} - {book.organization.title}", sop.id
        assert book.plain(sop.summary, sop.id) in text(page.article), sop.id
        for placed in book.clauses[sop.id].values():
            clause, shown = placed.clause, text(page.ids[placed.clause.id])
            for words in (clause.do, clause.when, clause.why, clause.note, *clause.say, *clause.never):
                assert book.plain(words or "", sop.id) in shown, (sop.id, clause.id)
    for key, form in book.forms.items():
        shown = text(hostile_pages[f"forms/{key}/"].root)
        for words in (form.name, form.purpose, *form.fields, *form.aliases):
            assert book.plain(words) in shown, key
    for key, term in book.glossary.items():
        assert text(hostile_pages["glossary/"].ids[key]) == book.plain(term.term), key


def test_plain_pages_for_another_generator_name_the_site_harmlessly(
    copy: Path, hostile_book: Handbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handbook.compile.check", lambda book: [])
    stage(copy, tmp_path / "staged")
    settings = yaml.safe_load((tmp_path / "staged/mkdocs.yml").read_text("utf-8"))
    title = hostile_book.organization.title
    assert "<" in title
    assert settings["site_name"] == html.escape(title)


def test_nothing_runs_on_any_kind_of_page(visit: Visit, hostile: Path, hostile_pages: dict[str, Built]) -> None:
    """With the theme's frame where it shows what pages are called, else without."""
    with serving(hostile) as whole, serving(hostile, bare) as home:
        framed, alone = visit("", at=whole), visit(PLAIN, at=home)
        for path in (path for path in hostile_pages if not path.startswith(("authors/", "404"))):
            page, at = (framed, whole) if path in FRAMED else (alone, home)
            page.goto(at + path)
            assert page.evaluate("window.hit") is None, path


def test_nothing_runs_in_what_scripts_make_of_a_procedure(visit: Visit, hostile: Path) -> None:
    with serving(hostile) as home:
        page = visit(f"{PROCEDURE}/", at=home)
        page.locator("#take > .tick").check()
        page.locator(".pick button").nth(1).click()
        for path in (f"{PROCEDURE}/", "deadlines/"):
            page.goto(home + path)
            page.locator("due-times summary").click()
            if path == "deadlines/":
                page.locator("due-times select").first.select_option("lost-property")
            expect(page.locator("due-times li").first).to_contain_text("收下東西")
            assert page.locator("due-times").locator("img, script, svg, style").count() == 0
            assert page.evaluate("window.hit") is None, path


def test_nothing_runs_in_the_menu_or_in_search_results(visit: Visit, hostile: Path, hostile_book: Handbook) -> None:
    with serving(hostile) as home:
        page = visit(f"{PROCEDURE}/", at=home)
        page.locator(".md-header label[for=__drawer]").click()
        name = page.locator(".md-nav--primary > .md-nav__title")
        expect(name).to_contain_text(hostile_book.organization.title)
        page.keyboard.press("Escape")
        page.goto(home)
        page.locator("search-open button").click()
        for words in ("拾得物", "失主", "按這裡", "連結", "註"):
            page.locator(".md-search__input").fill("")
            expect(page.locator(".md-search-result__item")).to_have_count(0)
            page.locator(".md-search__input").fill(words)
            result = page.locator(".md-search-result__item")
            expect(result.first).to_be_visible()
            made = result.locator("script, img, style, [onerror], [onload], [onfocus], [onclick], [href^=javascript]")
            assert made.count() == 0, words
            assert page.evaluate("window.hit") is None, words
        page.locator(".md-search__input").fill("拾得物")
        title = hostile_book.title(hostile_book.sops["lost-property"])
        expect(page.locator(".md-search-result__item h1").first).to_have_text(title)
