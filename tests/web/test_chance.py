"""What chance decides of an exam: our scripts and our Python draw the same paper from the same code."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handbook.model.book import Handbook
from handbook.quiz import chance, papers
from handbook.quiz.exam import pool
from handbook.quiz.plain import Arrange, Choose, Pairs, Plain, plainly
from tests.web.node import Node

SCRIPT = """async (web) => {
    const { chance, draw, normal, seal, shuffle } = await import(`${web}/quiz/chance.js`);
    const { opened } = await import(`${web}/quiz/seals.js`);
    const listed = (numbers) => {
        let drawn = 0;
        return () => numbers[drawn++ % numbers.length];
    };
    const random = (given) => (typeof given === "string" ? chance(given) : listed(given));
    const asked = {
        normal, seal, opened,
        numbers: (text, count) => Array.from({ length: count }, chance(text)),
        shuffle: (items, by) => shuffle(items, random(by)),
        draw: (pool, count, by, first = []) => draw(pool, count, random(by), ({ id }) => (first.includes(id) ? 0 : 1)),
    };
    return ([name, ...given]) => asked[name](...given);
}"""
CODES = [str(number) for number in range(1000, 1100)] + ["A", "B", "C", "2026-12", "SPRING-1", "Z9"]
NUMBERS = st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=40)
SOPS = ("complaints", "conduct", "fees", "constructor", "__proto__")
held = settings(max_examples=200, deadline=None)


@pytest.fixture(scope="module")
def script() -> Iterator[Node]:
    with Node(SCRIPT) as node:
        yield node


@st.composite
def pools(draw: st.DrawFn) -> list[dict[str, str]]:
    """Questions of some SOPs, a few of them cases."""
    ids = st.builds("{}/{}".format, st.sampled_from(SOPS), st.sampled_from("abcdefghij"))
    kinds = st.sampled_from(["choice", "order", "case"])
    found = draw(st.lists(ids, unique=True, max_size=30))
    return [{"id": one, "sop": one.partition("/")[0], "kind": draw(kinds)} for one in found]


# ── the same in both ────────────────────────────────────────────────────────────────────────────


@held
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example(text="")
@example(text="1208/ab12cd")
def test_a_text_gives_the_same_numbers(script: Node, text: str) -> None:
    random = chance.chance(text)
    assert script.ask(["numbers", text, 20]) == [random() for _ in range(20)]
    assert script.ask(["seal", text, "BCA"]) == chance.seal(text, "BCA")


def test_numbers_are_spread_evenly() -> None:
    """Codes that differ by one letter have nothing in common."""
    firsts = [chance.chance(str(code))() for code in range(6000)]
    parts = Counter(int(one * 12) for one in firsts)
    assert max(parts.values()) < 1.2 * 500
    assert min(parts.values()) > 0.8 * 500
    assert len(set(firsts)) == len(firsts)


@held
@given(pool=pools(), count=st.integers(0, 35), code=st.text(max_size=5))
def test_a_pool_gives_the_same_paper(script: Node, pool: list[dict[str, str]], count: int, code: str) -> None:
    tickets = [chance.Ticket(one["sop"], one["kind"]) for one in pool]
    drawn = [pool[place]["id"] for place in chance.draw(tickets, count, chance.chance(code))]
    assert script.ask(["draw", pool, count, code]) == drawn


def test_a_code_gives_the_same_paper_of_every_role(script: Node, book: Handbook) -> None:
    """Questions, their order, and the order of their options, over many codes."""
    for role in book.roles.values():
        stock = papers.stock(book, role)
        offered = [_offered(one.sop, one.question) for one in pool(book, role)]
        for code in CODES:
            drawn = papers.exam(book, role, code)
            asked = script.ask(["draw", offered, role.exam.questions, f"{code}/{stock}"])
            assert asked == [f"{one.sop}/{one.question.id}" for one in drawn], (role.id, code)
        for one in (said for each in drawn for said in plainly(book, each) if isinstance(said, Plain)):
            before, after = (_shown(each) for each in (one, papers.mixed(book, role, code, one)))
            told = script.ask(["shuffle", before, f"{code}/{stock}/{one.id}"])
            assert after == (told if role.exam.options == "shuffled" else before)


def _offered(sop: str, question: Any) -> dict[str, str]:
    return {"id": f"{sop}/{question.id}", "sop": sop, "kind": question.kind}


def _shown(one: Plain) -> list[Any]:
    if isinstance(one, Choose):
        return [answer.text for answer in one.answers]
    assert isinstance(one, Arrange | Pairs)
    return list(one.shown)


@held
@given(text=st.text(max_size=24))
@example(text=" １２－ａ ")
@example(text="12-")
@example(text="ß")
@example(text="x" * 21)
def test_a_code_is_read_the_same(script: Node, text: str) -> None:
    assert script.ask(["normal", text]) == chance.normal(text)


@pytest.mark.parametrize(
    ("typed", "code"),
    [("1208", "1208"), (" ab 12 ", "AB12"), ("２０２６－１２", "2026-12"), ("x" * 20, "X" * 20)]
    + [(wrong, "") for wrong in ("", "-", "a-", "甲", "a/b", "x" * 21, "<b>", "~0.5")],
)
def test_a_code_is_letters_digits_and_hyphens(script: Node, typed: str, code: str) -> None:
    assert chance.normal(typed) == script.ask(["normal", typed]) == code


# ── what is drawn ───────────────────────────────────────────────────────────────────────────────


@held
@given(pool=pools(), count=st.integers(0, 35), random=NUMBERS)
def test_an_exam_is_even_over_its_sops_and_has_a_case(
    script: Node, pool: list[dict[str, str]], count: int, random: list[float]
) -> None:
    exam = script.ask(["draw", pool, count, random])
    by_id = {question["id"]: question for question in pool}
    assert len(exam) == len(set(exam)) == min(count, len(pool))
    assert set(exam) <= set(by_id)
    offered = Counter(question["sop"] for question in pool)
    drawn = Counter(by_id[one]["sop"] for one in exam)
    most = max(drawn.values(), default=0)
    assert all(drawn[sop] >= most - 1 for sop in offered if drawn[sop] < offered[sop])
    if count and any(question["kind"] == "case" for question in pool):
        assert any(by_id[one]["kind"] == "case" for one in exam)


def test_another_code_draws_other_questions_in_another_order(script: Node) -> None:
    pool = [
        {"id": f"{sop}/{n}", "sop": sop, "kind": "case" if (sop, n) == ("a", 0) else "choice"}
        for sop in ("a", "b", "c")
        for n in range(8)
    ]
    exams = [script.ask(["draw", pool, 6, str(code)]) for code in range(60)]
    assert {one for exam in exams for one in exam} == {question["id"] for question in pool}
    assert len({exam[0].partition("/")[0] for exam in exams}) == 3, "one SOP always begins"
    assert all("a/0" in exam for exam in exams), "the only case was left out"
    assert any(exam[0] != "a/0" for exam in exams), "the case always begins"


def test_an_exam_is_what_could_be_drawn_today(script: Node) -> None:
    """An SOP that came since has its share, and what was answered stays as long as it may."""
    old = [{"id": f"{sop}/{n}", "sop": sop, "kind": "choice"} for sop in "ab" for n in range(9)]
    new = [{"id": f"c/{n}", "sop": "c", "kind": "choice"} for n in range(9)]
    paper = ["a/1", "b/5", "a/2", "b/7", "a/8", "b/3"]
    for pool_, kept in ((old, 6), (old + new, 4)):
        drawn = script.ask(["draw", pool_, 6, "any", paper])
        assert len(set(drawn) & set(paper)) == kept
        assert len({one[0] for one in drawn}) == len({one["sop"] for one in pool_})


def test_every_order_is_as_likely(script: Node) -> None:
    """The numbers that chance may give, one of each part that leads elsewhere: 24 ways, each to an order of its own."""
    ways = itertools.product(range(4), range(3), range(2))
    orders = [script.ask(["shuffle", list("abcd"), [(a + 0.5) / 4, (b + 0.5) / 3, (c + 0.5) / 2]]) for a, b, c in ways]
    assert sorted(map(tuple, orders)) == sorted(itertools.permutations("abcd"))


@held
@given(items=st.lists(st.text(max_size=3), max_size=20), random=NUMBERS)
def test_shuffling_loses_nothing(script: Node, items: list[str], random: list[float]) -> None:
    assert sorted(script.ask(["shuffle", items, random])) == sorted(items)


# ── what is sealed ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "letters", "right"),
    [
        ("choice", "ABC", "B"),
        ("several", "ABCDEF", "ADF"),
        ("order", "ABCDEFGH", "HCABGFDE"),
        ("match", "ABCD", "CADB"),
    ],
)
def test_a_seal_fits_the_right_answer_alone(script: Node, kind: str, letters: str, right: str) -> None:
    for ident in ("fees/one", "fees/two"):
        assert script.ask(["opened", chance.seal(ident, right), ident, kind, list(letters)]) == right
    assert script.ask(["opened", chance.seal("fees/other", right), ident, kind, list(letters)]) != right
