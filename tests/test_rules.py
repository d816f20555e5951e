"""The rules as authors meet them: each with a sentence, an example of wrong and right, and its place on the page."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

from handbook.compile import compile_handbook
from handbook.model.document import Document
from handbook.pages import stage  # noqa: F401  (declares its rule)
from handbook.pages.render import render
from handbook.problem import LONGEST, RULES, Problem, Rule, declare, report, rule
from handbook.reading.source import parse
from tests import cases

EVERY = [*RULES.values()]


def each(test: Callable) -> Callable:
    return pytest.mark.parametrize("known", EVERY, ids=[known.code for known in EVERY])(test)


@each
def test_a_rule_is_a_sentence_with_two_examples(known: Rule) -> None:
    assert known.sentence.endswith("。")
    assert "\n" not in known.sentence
    assert known.bad
    assert known.good
    assert known.bad != known.good


@each
def test_a_code_is_words_joined_by_dashes(known: Rule) -> None:
    assert all(part.isascii() and part.isalpha() and part.islower() for part in known.code.split("-"))


@each
def test_what_is_shown_as_right_is_yaml_that_we_take(known: Rule) -> None:
    assert parse(known.good, Document("good.yml")).problems == []


@each
def test_no_line_of_an_example_is_too_long_for_a_terminal(known: Rule) -> None:
    for line in f"{known.bad}\n{known.good}".splitlines():
        assert len(line) <= 80
        assert line == line.rstrip()


def test_the_page_lists_every_rule() -> None:
    book = compile_handbook(cases.MINIMAL)[0]
    page = next(page.text for page in render(book) if page.path == "authors/rules/index.md")
    for known in EVERY:
        assert f'id="{known.code}"' in page
        for said in (known.sentence, *known.bad.splitlines(), *known.good.splitlines()):
            assert html.escape(said, quote=False).replace('"', "&#34;").replace("'", "&#39;") in page
    assert page.count('<section class="rule"') == len(EVERY)


def test_a_code_is_given_once() -> None:
    with pytest.raises(ValueError, match="yaml-syntax"):
        declare("yaml-syntax", "又一條。", "a", "b")
    with pytest.raises(ValueError, match="too-long"):
        rule("too-long", bad="a", good="b")(lambda book: iter(()))


# ── how problems are told ───────────────────────────────────────────────────────────────────────


def test_a_problem_is_one_line_that_editors_can_jump_from() -> None:
    assert str(Problem("sop/a.yml", 3, 7, "too-long", "太長")) == "sop/a.yml:3:7: too-long: 太長"
    assert str(Problem("sop/a.yml", 3, 7, "too-long", "太長", warning=True)) == "sop/a.yml:3:7: too-long（提醒）: 太長"


def test_a_report_is_sorted_by_numbers_and_shows_each_example_once() -> None:
    problems = [
        Problem("b.yml", 1, 1, "own-mixed", "三"),
        Problem("a.yml", 10, 2, "own-mixed", "二"),
        Problem("a.yml", 9, 10, "own-mixed", "一"),
        Problem("a.yml", 9, 2, "nobody-knows", "零"),
    ]
    assert report(problems).splitlines() == [
        "a.yml:9:2: nobody-knows: 零",
        "a.yml:9:10: own-mixed: 一",
        "    這樣寫：",
        "    | source: I1",
        "a.yml:10:2: own-mixed: 二",
        "b.yml:1:1: own-mixed: 三",
    ]
    assert report([]) == ""


def test_a_problem_is_one_printable_line_whatever_a_file_holds() -> None:
    """A terminal would obey what a stranger wrote: clear the screen, hide a line, write another one."""
    told = str(Problem("sop/a\nb.yml", 1, 1, "unknown-key", "沒有「\x1b[2J\u202e\x9b\r\n鍵\u3000🙂」"))
    assert told == "sop/a\\nb.yml:1:1: unknown-key: 沒有「\\x1b[2J\\u202e\\x9b\\r\\n鍵\u3000🙂」"


def test_a_problem_repeats_no_more_of_a_file_than_can_be_read() -> None:
    told = str(Problem("sop/a.yml", 1, 1, "unknown-key", f"沒有「{'x' * 500_000}」；是不是 title？"))
    assert len(told) <= LONGEST + 1
    assert told.startswith("sop/a.yml:1:1: unknown-key: 沒有「xx")
    assert told.endswith("xx」；是不是 title？")
