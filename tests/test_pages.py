"""What pages make of texts and ids: no text is more than text, no two things have one address."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
import yaml
from markdown import Markdown

from handbook.model.book import Handbook
from handbook.pages.page import Page
from handbook.pages.render import render
from handbook.reading.load import load
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")

PAYLOADS = (
    '<img src=x onerror="hit = 1">',
    "\"'><svg onload='hit = 1'>",
    "</title></textarea></script><script>hit = 1</script>",
    "</p></li></ul></section></div></article></body></html>",
    "[連結](javascript:hit=1) ![圖](data:image/svg+xml,x) <javascript:hit=1> https://x.test",
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {# 註 #} ${7*7} <%= 7 %>",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &nbsp; &copy",
    "**粗** __粗__ _斜_ `碼` ~~刪~~ # 題 | 欄 | - 項 1. 項 > 引 === --- ***",
    "<!-- 註 --> <!DOCTYPE html> <?php ?> <![CDATA[ x ]]> <!-",
    '{: onclick="hit=1" } { #_top .x onclick=hit=1 } {.x}',
    "<style>* { display: none }</style> <plaintext> <base href=//x.test>",
    "wzxhzdk:0 klzzwxh:0001 @@0@@ \\ \\* \\< \\\\",
    "[^1]: 註 [ref]: http://x.test *[HTML]: x [toc] [TOC] ::: x !!! note",
    "--- ... title: x \\u0022 \\n %20 ../../x $(nobody) $( $() )",
    "𠮷 🙂 é e\u0301 ﷽ שלום \u0323\u0301\u0323\u0301 \ue000 \u0378",
)
TEXTS = {
    *("title", "summary", "moment", "trigger", "done", "label", "group", "do", "say", "never", "when", "why", "note"),
    *("event", "question", "meanwhile", "change", "at", "name", "also", "purpose", "fields", "term", "means"),
    *("aliases", "reason", "mnemonic", "names", "left_out", "looked_up"),
    *("word", "said", "pause", "ask", "text", "feedback", "left", "right", "scene", "then"),
}
FLAGS = ("true", "false")  # an option's `right` is one, a pair's is a text


def with_payload(value: Any, payload: str, inside: bool = False) -> Any:
    """A copy of what a file holds, with something hostile behind every text that pages show."""
    if isinstance(value, dict):
        return {key: with_payload(inner, payload, inside or key in TEXTS) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_payload(inner, payload, inside) for inner in value]
    return f"{value} {payload}" if inside and value not in FLAGS else value


def book_of(root: Path) -> Handbook:
    """A handbook as it was read: what the rules on wording would refuse is what is looked at here."""
    book, problems = load(root)
    assert book
    assert problems == []
    return book


def parsed(page: Page) -> tuple[dict[str, Any], Element]:
    """A page's head and its HTML, as MkDocs makes them of it."""
    _, head, body = page.text.split("---\n", 2)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    text = Markdown(extensions=["attr_list", "toc"]).convert(body)
    root = parser.parse(f"<!doctype html><title>x</title><body>{text}")
    assert [error for error in parser.errors if error[1] != "invalid-codepoint"] == [], page.path
    return yaml.safe_load(head), root


def shape(root: Element) -> list[tuple[str, list[tuple[str, str]]]]:
    """The elements of a page with their attributes, the words in these left out."""
    worded = ("aria-label", "data-event", "data-fingerprint", "data-questions", "data-who", "download")
    return [
        (str(element.tag), [(name, "" if name in worded else value) for name, value in sorted(element.attrib.items())])
        for element in root.iter()
    ]


def kinds(page: Page, root: Element) -> object:
    """What a page is made of: its shape; of questions only the sorts of elements, as other words make other options."""
    if page.path.startswith(("quiz/", "exams/", "supervisors/")):
        return {(str(element.tag), *sorted(element.attrib)) for element in root.iter()}
    return shape(root)


@pytest.fixture(scope="module")
def shapes() -> dict[str, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        return {page.path: kinds(page, parsed(page)[1]) for page in render(book_of(cases.MINIMAL))}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_any_field_is_more_than_text(payload: str, shapes: dict[str, object], tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    for path in root.rglob("*.yml"):
        value = with_payload(yaml.load(path.read_text("utf-8"), yaml.BaseLoader), payload)
        path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    book = book_of(root)
    shown = 0
    for page in render(book):
        head, made = parsed(page)
        assert kinds(page, made) == shapes[page.path], page.path
        words = " ".join("".join(made.itertext()).split())
        shown += words.count(payload)
        title = next(element for element in made.iter("h1"))
        assert html.unescape(head["title"]) == "".join(title.itertext()), page.path
    assert shown > 150, "else the payload is lost somewhere"


def test_every_text_that_pages_show_was_poisoned() -> None:
    """Else a new field would go untested."""
    models = [path.read_text("utf-8") for path in (project.ENGINE / "model").glob("*.py")]
    fields = {field for model in models for field in re.findall(r"(\w+): Texts?\b", model)}
    assert fields - TEXTS == {"stage", "counted", "checklist_head"}, (
        "a letter of the mnemonic; units (test_night.py); paper"
    )


# ── addresses ───────────────────────────────────────────────────────────────────────────────────


def test_a_page_named_like_an_overview_has_its_own_place(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    for folder in ("sop/standards", "quiz"):
        (root / folder / "greeting.yml").rename(root / folder / "card-index.yml")
    for path in root.rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("greeting", "card-index"), "utf-8")
    pages = {page.path: page.text for page in render(book_of(root))}
    assert "standards/card-index/index.md" in pages
    assert 'href="../standards/card-index/#greet"' in pages["phrases/index.md"]
    assert "exclude: true" not in pages["standards/card-index/index.md"]


def test_ids_never_meet_on_the_page_of_open_points(tmp_path: Path) -> None:
    """The site's own points, those of SOPs, and the page's headings all have anchors there."""
    root = cases.copy(tmp_path)
    file = root / "sop/organization.yml"
    point = "{question: 多久？, meanwhile: 照舊。, source: S2}"
    keys = ("left-out", "of-site", "lost-property--where-to-keep", "of-lost-property")
    more = "".join(f"  {key}: {point}\n" for key in keys)
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    page = next(page for page in render(book_of(root)) if page.path == "open-points/index.md")
    ids = [element.attrib["id"] for element in parsed(page)[1].iter() if "id" in element.attrib]
    assert sorted(ids) == sorted(set(ids))
    assert {*keys, "lost-property.where-to-keep"} <= set(ids)


def test_a_clause_of_the_same_file_may_be_cited_in_every_text(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    file = root / "sop/procedures/lost-property.yml"
    text = file.read_text("utf-8")
    for old in ("moment: 有人撿到東西", "change: 首版", "還: 交還失主"):
        assert old in text
        text = text.replace(old, f"{old}$(#hand-over)$(found-log)")
    file.write_text(text, "utf-8")
    for page in render(book_of(root)):
        assert "$(#hand-over)" not in page.text, page.path
        parsed(page)
