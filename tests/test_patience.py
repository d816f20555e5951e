"""Files that would keep a build busy: what is large or made to be slow is answered in good time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.model.book import Handbook
from handbook.quiz.answers import options
from handbook.quiz.bank import bank
from handbook.reading.load import load
from tests import cases

pytestmark = pytest.mark.usefixtures("today")
SIZE = 64 * 1024  # an eighth of what a file may hold
PATIENCE = 2.5  # seconds: what grows with the square of the size takes a quarter of a minute, all else a second at most
PROCEDURE = (cases.MINIMAL / "sop/procedures/lost-property.yml").read_text("utf-8")


def many(start: str, line: Callable[[int], str]) -> str:
    """A file with as many lines of a kind as fill it."""
    lines, size, number = [start], len(start.encode()), 0
    while size < SIZE:
        lines.append(line(number))
        size += len(lines[-1].encode())
        number += 1
    return "".join(lines)


def clauses(more: str) -> str:
    """A standard with thousands of clauses that have something more, in which @ is each one's number."""
    return many(cases.STANDARD, lambda n: f"- {{id: a{n}, {more.replace('@', str(n))}}}\n")


def questions(line: str) -> str:
    """A quiz with hundreds of questions, in which @ is each one's number."""
    return many("questions:\n", lambda n: f"- {line.replace('@', str(n))}\n")


def one_question(old: str, new: str) -> str:
    """A quiz with one question, in which something else stands."""
    return f"questions:\n- {CHOICE.replace('@', '1').replace(old, new)}\n"


def letters() -> str:
    """A procedure with thousands of letters in its mnemonic, and a step for each."""
    row = [chr(0x4E00 + number) for number in range(4000)]
    mnemonic = "".join(f"  {letter}: 站\n" for letter in row)
    steps = "".join(f"- {{id: a{n}, stage: {letter}, do: 站直, source: own}}\n" for n, letter in enumerate(row))
    return f"{PROCEDURE.split('mnemonic:')[0]}mnemonic:\n{mnemonic}steps:\n{steps}done: 好了。\n"


ASK = "{{id: a{0}, kind: number, about: case#b{0}, ask: 站多久？, why: 累。}}"
OPTIONS = "[{text: 站, right: true}, {text: 坐, feedback: 坐著看不到客人。}, {text: 躺, feedback: 躺著看不到客人。}]"
CHOICE = f"{{id: a@, kind: choice, about: case#a1, ask: 客人來了, options: {OPTIONS}, why: 站著才看得到客人。}}"
ENDS = "{text: 坐, then: 他等了又等，走了。}, {text: 躺, then: 他看了一眼，走了。}"
WAYS = f"[{{text: 站, right: true, then: 他看到你了。, to: more}}, {ENDS}]"
SCENES = ", ".join(f"{{id: {key}, about: case#a1, scene: 客人來了。, ways: {WAYS}}}" for key in ("come", "more"))
STORY = f"{{id: a@, kind: case, ask: 客人來了, scenes: [{SCENES}], why: 站著才看得到客人。}}"
ORDER = "{id: a@, kind: order, steps: [case#a9, case#a8, case#a7], ask: 排出先後, why: 照順序來做。}"
LATE = cases.STANDARD + "- {id: a1, do: 站直, within: 2 days, event: 開門, source: own}\n"
RULE = "rules: [{id: stand, do: 站直, source: own}]\n"
CASE, QUIZ = "sop/standards/case.yml", "quiz/case.yml"
KEPT = "filled_by: clerk, kept_by: manager, source: own"
ORGANIZATION = (cases.MINIMAL / "sop/organization.yml").read_text("utf-8").split("posts:")[0] + "posts:\n"
FILES = {
    "clauses": {CASE: clauses("do: 站直, source: own")},
    "one id": {CASE: many(cases.STANDARD, lambda _: "- {id: stand, do: 站直, source: own}\n")},
    "nothing in them": {CASE: many(cases.STANDARD, lambda _: "- {}\n")},
    "equal keys": {CASE: many(cases.STANDARD, lambda _: "title: 站姿\n")},
    "unknown keys": {CASE: many(cases.STANDARD, lambda n: f"titel{n}: 站姿\n")},
    "unknown posts": {CASE: clauses("do: 站直, who: manager-@, source: own")},
    "unknown names": {CASE: clauses("do: 請$(manager-@)站直, source: own")},
    "unknown clauses": {CASE: clauses("do: 等$(#b@)站直, source: own")},
    "unknown questions": {
        CASE: clauses("do: 站直, source: own"),
        QUIZ: many("questions:\n", lambda n: f"- {ASK.format(n)}\n"),
    },
    "equal questions": {CASE: clauses("do: 站直, source: own"), QUIZ: questions(CHOICE)},
    "orders": {CASE: clauses("do: 站直, source: own"), QUIZ: questions(ORDER)},
    "cases": {CASE: clauses("do: 站直, within: 2 days, source: own"), QUIZ: questions(STORY)},
    "a question of digits": {CASE: LATE, QUIZ: one_question("客人來了", "1" * SIZE)},
    "a question of numerals": {CASE: LATE, QUIZ: one_question("客人來了", "二" * (SIZE // 3))},
    "a question of denials": {CASE: LATE, QUIZ: one_question("客人來了", "不" * (SIZE // 3))},
    "a question of brackets": {CASE: LATE, QUIZ: one_question("客人來了", "以上" * (SIZE // 6))},
    "a question about everything": {
        CASE: clauses("do: 站直, within: 2 days, source: own"),
        QUIZ: one_question("case#a1", f"[{', '.join(f'case#a{n}' for n in range(20_000))}]"),
    },
    "forbidden": {CASE: clauses("do: 站直, never: 坐下, source: own")},
    "forbidden in other words": {CASE: clauses("do: 站直@, never: 坐下@, source: own")},
    "words to say": {CASE: clauses("when: 客人來了, say: 您好@, source: own")},
    "facts": {CASE: clauses("do: 站直, within: @ days, event: 開門, source: own")},
    "facts of their own": {CASE: clauses("do: 站直, limit: at most @ mm, source: own")},
    "facts that differ": {CASE: clauses("do: 站直, limit: at most @ mm, measures: height, source: own")},
    "facts that wait": {
        CASE: clauses("do: 站直, limit: at most @ mm, measures: height, open: working-days, source: own")
    },
    "unknown open points": {CASE: clauses("do: 站直, open: [working-day, day-@], source: own")},
    "forms to fill": {
        "sop/forms.yml": many("", lambda n: f"f{n}: {{name: 表{n}, purpose: 記, fields: [人], {KEPT}}}\n"),
        CASE: clauses("do: 寫好, form: f@, source: own"),
    },
    "posts that act": {
        "sop/organization.yml": many(ORGANIZATION, lambda n: f"  p{n}: {{name: 員{n}}}\n"),
        CASE: clauses("do: 站直, who: p@, source: own"),
    },
    "reasons": {CASE: clauses("do: 站直, source: own, allow: {typography: 順口, too-long: 順口}")},
    "sources": {
        "sop/source.yml": many("title: 店長的話\npublished: 2025-01-02\nclauses:\n", lambda n: f"- S{n}\n"),
        CASE: clauses("do: 站直, source: S@"),
    },
    "letters": {"sop/procedures/case.yml": letters()},
    "versions": {
        CASE: many(
            cases.STANDARD.split("history:")[0] + RULE + "history:\n",
            lambda n: f"- {{version: {9999 - n}.0.0, effective: 2026-01-01, change: 首版}}\n",
        )
    },
    "digits": {CASE: cases.STANDARD + f"- {{id: stand, do: {'1' * SIZE}, source: own}}\n"},
    "numerals": {CASE: cases.STANDARD + f"- {{id: stand, do: {'二' * (SIZE // 3)}, source: own}}\n"},
    "openings": {CASE: cases.STANDARD + f"- {{id: stand, do: {'$(' * (SIZE // 2)}, source: own}}\n"},
    "one long key": {CASE: f"? {'titel' * (SIZE // 5)}\n: 站姿\n"},
    "brackets": {CASE: "[" * SIZE},
    "keys of keys": {CASE: "? " * (SIZE // 2)},
    "blank lines": {CASE: cases.STANDARD + "\n" * SIZE},
}


@pytest.mark.parametrize("name", FILES)
def test_a_wicked_file_and_what_is_asked_of_it_are_answered_in_good_time(name: str, tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    for path, text in FILES[name].items():
        (root / path).write_text(text, "utf-8")
    assert _takes(lambda: cases.problems(root)) < PATIENCE
    book, _ = load(root)
    if book:
        assert _takes(lambda: _ask_all(book)) < PATIENCE


def _takes(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _ask_all(book: Handbook) -> None:
    for questions in bank(book).values():
        for question in questions:
            options(book, question)
