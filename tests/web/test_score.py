"""Scoring a quiz: the real module against plain reckoning, over questions and answers that nobody would think of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.web.device import Device

held = settings(max_examples=100, deadline=None)

SOPS = ("complaints", "conduct", "fees", "constructor", "__proto__")
MARKS = st.integers(1, 100)

ids = st.builds("{}/{}".format, st.sampled_from(SOPS), st.sampled_from("abcdefghij")) | st.just("__proto__")
answers = st.tuples(st.booleans(), st.booleans())


@st.composite
def pools(draw: st.DrawFn) -> list[dict[str, str]]:
    """Questions of some SOPs, a few of them cases."""
    return [
        {
            "id": one,
            "fingerprint": draw(st.sampled_from(["old", "new"])),
            "sop": one.partition("/")[0],
            "kind": draw(st.sampled_from(["choice", "order", "case"])),
        }
        for one in draw(st.lists(ids, unique=True, max_size=30))
    ]


results = st.dictionaries(
    ids,
    st.fixed_dictionaries(
        {
            "fingerprint": st.sampled_from(["old", "new"]),
            "right": st.booleans(),
            "sure": st.booleans(),
            "at": st.just(1),
        }
    ),
)


class Score:
    """The module: it remembers nothing from one call to the next."""

    def __init__(self, device: Device) -> None:
        self._page = device.open()

    def call(self, name: str, *given: Any) -> Any:
        return self._page.call("quiz/score.js", name, *given)


@pytest.fixture(scope="module")
def score() -> Iterator[Score]:
    with Device() as device:
        yield Score(device)


# ── a sitting ───────────────────────────────────────────────────────────────────────────────────


@held
@given(queue=st.lists(ids, max_size=12), given=st.lists(st.tuples(ids, answers), max_size=20), mark=MARKS)
@example(queue=[f"a/{n}" for n in range(5)], given=[(f"a/{n}", (n > 0, True)) for n in range(5)], mark=80)
@example(queue=[f"a/{n}" for n in range(5)], given=[(f"a/{n}", (n > 1, True)) for n in range(5)], mark=80)
@example(queue=[], given=[], mark=1)
def test_a_sitting_is_scored_by_first_answers(
    score: Score, queue: list[str], given: list[tuple[str, tuple[bool, bool]]], mark: int
) -> None:
    sitting = score.call("start", queue)
    asked = list(dict.fromkeys(queue))
    first: dict[str, tuple[bool, bool]] = {}
    assert sitting == {"queue": asked, "done": {}}
    for one, answer in given:
        assert score.call("next", sitting) == next((each for each in asked if each not in first), None)
        result = dict(zip(("right", "sure"), answer, strict=True), fingerprint="abc", at=1)
        sitting = score.call("answer", sitting, one, result)
        if one in asked:
            first.setdefault(one, answer)
    assert sitting == {
        "queue": asked,
        "done": {
            one: {"right": right, "sure": sure, "fingerprint": "abc", "at": 1} for one, (right, sure) in first.items()
        },
    }
    right = sum(right for right, _ in first.values())
    got = score.call("score", sitting, mark)
    assert got == {
        "asked": len(asked),
        "answered": len(first),
        "right": right,
        "percent": right * 100 // len(asked) if asked else 0,
        "passed": bool(asked) and right / len(asked) >= mark / 100 - 1e-9,
    }
    assert got["passed"] == (bool(asked) and got["percent"] >= mark), "what is shown contradicts what is said"
    wrong = [(not sure, asked.index(one), one) for one, (right, sure) in first.items() if not right]
    assert score.call("missed", sitting) == [one for *_, one in sorted(wrong)]


def test_what_was_missed_comes_back_with_the_confident_mistakes_first(score: Score) -> None:
    done = {
        "a/1": (False, False),
        "a/2": (False, True),
        "a/3": (True, True),
        "a/4": (False, False),
        "a/5": (False, True),
    }
    sitting = {
        "queue": ["a/0", *done],
        "done": {one: {"right": right, "sure": sure} for one, (right, sure) in done.items()},
    }
    assert score.call("missed", sitting) == ["a/2", "a/5", "a/1", "a/4"]


def test_almost_is_never_shown_as_passed(score: Score) -> None:
    many = [f"a/{n}" for n in range(1000)]
    sitting = {"queue": many, "done": {one: {"right": n < 799, "sure": False} for n, one in enumerate(many)}}
    got = score.call("score", sitting, 80)
    assert (got["percent"], got["passed"]) == (79, False)


# ── what to ask next, and how far one is ────────────────────────────────────────────────────────


def turn(question: dict[str, str], results: dict[str, Any]) -> str:
    result = results.get(question["id"])
    if result is None:
        return "4 never answered"
    if not result["right"]:
        return "1 sure, and wrong" if result["sure"] else "2 wrong"
    return "right" if result["fingerprint"] == question["fingerprint"] else "3 changed"


@held
@given(pool=pools(), results=results)
def test_what_does_most_good_comes_first(score: Score, pool: list[dict[str, str]], results: dict[str, Any]) -> None:
    turns = [(turn(question, results), n, question["id"]) for n, question in enumerate(pool)]
    assert score.call("due", pool, results) == [one for what, _, one in sorted(turns) if what != "right"]


def test_a_confident_mistake_comes_back_first_and_what_is_right_not_at_all(score: Score) -> None:
    pool = [{"id": f"a/{name}", "fingerprint": "new", "sop": "a", "kind": "choice"} for name in "nrcms"]
    kept = {
        "a/r": {"fingerprint": "new", "right": True, "sure": False, "at": 1},
        "a/c": {"fingerprint": "old", "right": True, "sure": True, "at": 1},
        "a/m": {"fingerprint": "new", "right": False, "sure": False, "at": 1},
        "a/s": {"fingerprint": "old", "right": False, "sure": True, "at": 1},
    }
    assert score.call("due", pool, kept) == ["a/s", "a/m", "a/c", "a/n"]


@held
@given(pool=pools(), results=results, mark=MARKS)
def test_each_question_is_right_changed_or_open(
    score: Score, pool: list[dict[str, str]], results: dict[str, Any], mark: int
) -> None:
    got = score.call("state", pool, results, mark)
    turns = Counter(turn(question, results) for question in pool)
    assert got["total"] == len(pool) == got["right"] + got["changed"] + got["open"]
    assert (got["right"], got["changed"]) == (turns["right"], turns["3 changed"])
    assert len(score.call("due", pool, results)) == got["changed"] + got["open"]
    if pool and got["right"] * 100 >= mark * len(pool):
        assert got["status"] == "passed"
    elif pool and (got["right"] + got["changed"]) * 100 >= mark * len(pool):
        assert got["status"] == "changed"
    else:
        assert got["status"] == ("new" if turns["4 never answered"] == len(pool) else "open")


def test_a_changed_clause_opens_its_own_questions_alone(score: Score) -> None:
    pool = [{"id": f"a/{n}", "fingerprint": "new", "sop": "a", "kind": "choice"} for n in range(5)]
    kept = {f"a/{n}": {"fingerprint": "new", "right": True, "sure": True, "at": 1} for n in range(5)}
    assert score.call("state", pool, kept, 80) == {"total": 5, "right": 5, "changed": 0, "open": 0, "status": "passed"}
    for n in (0, 1):
        kept[f"a/{n}"]["fingerprint"] = "old"
    assert score.call("state", pool, kept, 80) == {"total": 5, "right": 3, "changed": 2, "open": 0, "status": "changed"}
    assert score.call("due", pool, kept) == ["a/0", "a/1"]
