"""Words to say and to send: letter for letter, with whatever a guest's telephone shows, on the screen and on paper."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pypdfium2
import pytest

from handbook.model.book import Handbook
from handbook.model.document import Document
from handbook.pages.render import render
from handbook.paper import press
from handbook.paper.font import other_files, printable
from handbook.paper.sheet import Edition
from handbook.paper.sheets import sheets
from handbook.paper.wanted import printed
from handbook.quiz.bank import bank
from handbook.reading.load import load
from handbook.reading.source import parse
from tests import cases, project

SOP = "late-guest"
MESSAGE = "＿＿＿ 您好 👋🏽\n這裡是小店。  今晚還來嗎？\n門鎖密碼：＿＿＿＿ ❤️👨\u200d👩\u200d👧"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = cases.copy(tmp_path_factory.mktemp("message"))
    cases.apply(cases.read(cases.HERE / "good/message.yml"), made)
    assert cases.problems(made) == []
    return made


@pytest.fixture(scope="module")
def book(root: Path) -> Handbook:
    found = load(root)[0]
    assert found
    return found


def test_what_is_said_is_kept_letter_for_letter(book: Handbook) -> None:
    asked, greeted = (book.clauses[SOP][key].clause for key in ("ask", "greet"))
    assert [book.plain(line) for line in asked.say] == [MESSAGE]
    assert greeted.say == ["您 好， ห้องพัก 已經準備好了，請慢慢來。"]  # a line's end in the file is none in the words
    assert (asked.messages, asked.spoken) == (asked.say, [])
    assert (greeted.messages, greeted.spoken) == ([], greeted.say)


def test_a_page_shows_it_as_typed_and_offers_to_copy_it(book: Handbook) -> None:
    page = next(page.html for page in render(book) if page.path == f"procedures/{SOP}/index.md")
    [shown] = re.findall(r'<copy-words><p class="words">(.*?)</p></copy-words>', page, re.S)
    assert html.unescape(shown.replace("<br>", "\n").replace("\N{NO-BREAK SPACE}", " ")) == MESSAGE
    assert page.count("copy-words.js") == page.count("copy-words.css") == 1
    assert "copy-words" not in next(page.html for page in render(book) if "lost-property/index" in page.path)


def test_nobody_is_examined_on_a_message(book: Handbook) -> None:
    made = [question.id for question in bank(book)[SOP] if question.id.startswith("say")]
    assert not any("ask" in ident for ident in made)


def test_paper_has_a_drawing_for_all_of_it(book: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_CACHE", str(project.ROOT / ".cache"))
    [sheet] = [one for one in sheets(Edition(book)) if one.of == SOP and one.kind == "checklist"]
    with pypdfium2.PdfDocument(press.press([sheet], project.ROOT)[f"{sheet.path}.pdf"]) as document:
        assert "💡" in document[0].get_textpage().get_text_range()


def test_every_font_is_one_that_the_sheets_name() -> None:
    from fontTools.ttLib import TTFont

    template = (project.ENGINE / "templates/paper/_sheet.typ").read_text("utf-8")
    for path in other_files():
        with TTFont(path, lazy=True) as font:
            name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
        assert f'"{name}"' in template, path.name
    assert set("👋🏽👨❤\u200d\ufe0fห้ăđ字") <= printable()
    assert "𓀀" not in printable()


@pytest.mark.parametrize(
    ("settings", "prints"),
    [
        ("extra: {paper: false}", False),
        ("extra: {paper: true}", True),
        ("extra: {}", True),
        ("extra:", True),
        ("", True),
        ("- a list", True),
        ("plugins: [!!python/name:some.thing {}]\nextra: {paper: false}", False),
        ("extra: {paper: !ENV [PAPER, false]}", True),
        ("extra: [", True),
    ],
)
def test_whether_there_is_paper_stands_in_the_settings(tmp_path: Path, settings: str, prints: bool) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    assert printed(tmp_path) == prints
    assert printed(tmp_path / "nowhere")


def test_without_paper_any_character_is_right(tmp_path: Path) -> None:
    made = cases.copy(tmp_path)
    project.replace(made / "sop/standards/greeting.yml", "do: 轉身面向客人", "do: 轉身面向客人𓀀")
    assert [problem.code for problem in cases.problems(made)] == ["unprintable"]
    (made / "mkdocs.yml").write_text("extra: {paper: false}", "utf-8")
    assert cases.problems(made) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("👨\u200d👩\u200d👧", True),
        ("🏳️\u200d🌈", True),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", True),
        ("👍🏽", True),
        ("1️⃣", True),
        ("付\u200d款", False),
        ("👍\u200d付款", False),
        ("付款\U000e0067", False),
        ("👍\u202e", False),
    ],
)
def test_joined_pictures_are_seen_and_what_hides_is_not(text: str, seen: bool) -> None:
    document = parse(f"do: {text}", Document("case.yml"))
    assert (document.problems == []) == seen
    if seen:
        assert document.value == {"do": text}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a: 請 住戶\n  坐下", "請 住戶坐下"),
        ("a: 請\n  坐 下\n  喝茶", "請坐 下喝茶"),
        ("a: >\n  請\n  坐下\n", "請坐下\n"),
        ('a: "請\n  坐下"', "請坐下"),
        ("a: '請\n  坐下'", "請坐下"),
        ("a: check\n  in", "check in"),
        ("a: 請\n  check in\n  再說", "請 check in 再說"),
        ("a: 請\n\n  坐下", "請\n坐下"),
        ("a: 好 好\n  好 好\n  好", "好 好好 好好"),
        ("a: |\n  請 坐\n  下\n", "請 坐\n下\n"),
    ],
)
def test_the_end_of_a_line_is_no_blank_between_characters(written: str, read: str) -> None:
    assert parse(written, Document("case.yml")).value == {"a": read}
