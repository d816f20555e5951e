"""When a question is asked again, which five are asked on a day, and what is kept of every answer: as our scripts
reckon."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.device import Device, Page
from tests.web.node import Node

NOW = 1_797_292_800_000  # 15 December 2026
DAY = 86_400_000
TODAY = NOW // DAY
RUNGS = [1, 3, 10, 30, 60]
A, B = "0a0a0a", "0b0b0b"
LADDER = """async (web) => {
    const { choose, climb, dayOf, nextDue, urgency } = await import(`${web}/review/ladder.js`);
    const { pool } = await import(`${web}/review/pool.js`);
    const random = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const calls = {
        climb,
        choose: (questions, log, seed, count) => choose(questions, new Map(log), TODAY, count, random(seed)),
        nextDue: (questions, log) => nextDue(questions, new Map(log)),
        urgency: (question, answers) => urgency(question, climb(answers), TODAY),
        days: (moments) => moments.map(dayOf),
        pool: (quizzes, plans, role, begun) => pool(quizzes, new Map(plans), role, new Set(begun)),
    };
    return ([name, ...given]) => calls[name](...given);
}""".replace("TODAY", str(TODAY))
RENAMED = """async (web) => {
    const kept = new Map();
    globalThis.localStorage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
    document.querySelector = () => ({ dataset: { formerly: "fees/bill=payments/invoice" } });
    const { SITE } = await import(`${web}/storage.js`);
    const { load } = await import(`${web}/quiz/log.js`);
    return (text) => (kept.set(`handbook:${SITE}:quiz-log`, text), [...load()]);
}"""
Answers = list[tuple[int, bool, bool]]  # day, right, sure


@pytest.fixture(scope="module")
def ladder() -> Iterator[Node]:
    with Node(LADDER) as node:
        yield node


@pytest.fixture(scope="module")
def shared() -> Iterator[Device]:
    """One phone for what each test stores anew."""
    with Device() as made:
        yield made


def given_on(day: float, right: bool = True, sure: bool = True, fingerprint: str = A) -> dict[str, Any]:
    return {"fingerprint": fingerprint, "right": right, "sure": sure, "at": int(day * DAY)}


def question(ident: str, stage: int = 0, kind: str = "", fingerprint: str = A) -> dict[str, Any]:
    return {"id": ident, "fingerprint": fingerprint, "sop": ident.split("/")[0], "kind": kind, "stage": stage}


# ── the ladder ──────────────────────────────────────────────────────────────────────────────────


def test_who_knows_each_time_is_asked_after_1_3_10_30_and_60_days(ladder: Node) -> None:
    answers, waits = [given_on(100)], []
    for _ in range(7):
        stand = ladder.ask(["climb", answers])
        waits.append(stand["due"] - stand["on"])
        answers.append(given_on(stand["due"]))
    assert waits == [*RUNGS, 60, 60]


@pytest.mark.parametrize(
    ("answers", "wait", "rung"),
    [
        ([(1, False, True)], 1, 0),
        ([(1, True, False)], 1, 0),  # a guess is no knowledge
        ([(1, False, True), (1, True, True)], 1, 0),  # told a moment ago
        ([(1, False, True), (2, True, True)], 1, 1),
        ([(1, True, True), (1, True, True)], 1, 1),  # twice a day is once
        ([(1, True, True), (2, False, False), (3, True, True)], 1, 1),
        ([(1, True, True), (2, True, True), (5, True, False), (6, True, True)], 3, 2),  # had been higher
        ([(1, True, True), (2, True, True), (4, True, True)], 3, 2),  # too early to go up, and seen anew
        ([(1, True, True), (2, True, True), (90, True, True)], 10, 3),  # too late is no fault of theirs
    ],
)
def test_the_ladder_goes_up_and_down(ladder: Node, answers: Answers, wait: int, rung: int) -> None:
    stand = ladder.ask(["climb", [given_on(*one) for one in answers]])
    assert (stand["due"] - stand["on"], stand["rung"]) == (wait, rung)


def test_what_a_clause_has_changed_begins_anew(ladder: Node) -> None:
    known = [given_on(TODAY - 20), given_on(TODAY - 19), given_on(TODAY - 15)]
    assert ladder.ask(["urgency", question("fees/bill"), known]) >= 1
    assert 1 < ladder.ask(["urgency", question("fees/bill", fingerprint=B), known]) < 2
    stand = ladder.ask(["climb", [*known, given_on(TODAY, fingerprint=B)]])
    assert (stand["rung"], stand["due"]) == (1, TODAY + 1)


answer = st.builds(given_on, st.floats(0, 400).map(lambda day: TODAY - day), st.booleans(), st.booleans(),
                   st.sampled_from([A, B]))  # fmt: skip
answers_of = st.lists(answer, min_size=1, max_size=12).map(lambda some: sorted(some, key=lambda one: one["at"]))


@settings(max_examples=200, deadline=None)
@given(answers_of)
def test_whatever_was_answered_the_ladder_holds(ladder: Node, answers: list[dict[str, Any]]) -> None:
    stand = ladder.ask(["climb", answers])
    last = answers[-1]
    wait = stand["due"] - stand["on"]
    assert stand["on"] == last["at"] // DAY
    assert wait in RUNGS
    if not (last["right"] and last["sure"]):
        assert stand["missed"] and wait == 1
    if not stand["missed"]:
        assert wait == RUNGS[stand["rung"] - 1]


# ── which five ──────────────────────────────────────────────────────────────────────────────────

idents = st.builds("{}/q{}".format, st.sampled_from(["fees", "calls", "conduct"]), st.integers(0, 7))
questions_of = st.lists(
    st.builds(question, idents, st.integers(0, 2), st.sampled_from(["", "", "case"]), st.sampled_from([A, B])),
    unique_by=lambda one: one["id"],
    max_size=20,
)


@settings(max_examples=200, deadline=None)
@given(questions_of, st.dictionaries(idents, answers_of), st.integers(1, 10**9), st.integers(0, 6))
def test_five_a_day_none_twice_the_urgent_first_and_new_ones_last(
    ladder: Node, questions: list[dict[str, Any]], log: dict[str, list[dict[str, Any]]], seed: int, count: int
) -> None:
    picked = ladder.ask(["choose", questions, list(log.items()), seed, count])
    found = {one["id"]: one for one in questions}
    urgency = {one: ladder.ask(["urgency", found[one], log[one]]) for one in found if one in log}
    due = {one for one, wants in urgency.items() if wants >= 1}
    new = [one for one in found if one not in log]
    again = [one for one in picked if one in log]
    assert len(picked) == len(set(picked)) <= count
    assert set(again) <= due and set(picked) <= set(found)
    assert not any(log[one][-1]["at"] // DAY == TODAY for one in again), "never twice a day"
    assert picked == again + [one for one in picked if one in new], "what is due comes first"
    assert len(again) == min(count, len(due)), "nothing new while something is due"
    facts = [one for one in again if found[one]["kind"] != "case"]
    assert [urgency[one] for one in facts] == sorted((urgency[one] for one in facts), reverse=True)
    left = [urgency[one] for one in due - set(again) if found[one]["kind"] != "case"]
    assert all(urgency[one] >= wants for one in facts for wants in left)
    cases = [one for one in again if found[one]["kind"] == "case"]
    assert len(cases) < 2 or len(facts) == len([one for one in due if found[one]["kind"] != "case"])
    stages = [found[one]["stage"] for one in picked if one in new]
    may = [one for one in new if found[one]["kind"] != "case" or not cases]
    assert len(stages) == min(count - len(again), len(may)), "as many as there are"
    assert sorted(stages) == sorted(found[one]["stage"] for one in may)[: len(stages)]


def test_what_was_missed_yesterday_comes_before_what_is_due(ladder: Node) -> None:
    known = [given_on(TODAY - 14), given_on(TODAY - 13), given_on(TODAY - 10)]
    log = [
        ["fees/due", known],
        ["fees/guessed", [given_on(TODAY - 1, sure=False)]],
        ["fees/missed", [given_on(TODAY - 1, right=False)]],
    ]
    questions = [question(ident) for ident, _ in log] + [question("fees/new")]
    for seed in range(1, 9):
        picked = ladder.ask(["choose", questions, log, seed, 5])
        assert picked == ["fees/missed", "fees/guessed", "fees/due", "fees/new"]


def test_what_was_never_answered_comes_from_several_sops_a_case_among_them(ladder: Node) -> None:
    sops = ("fees", "calls", "conduct", "moves", "visits", "repairs")
    questions = [question(f"{sop}/q{n}", kind="case" if n == 7 else "") for sop in sops for n in range(8)]
    for seed in range(1, 9):
        picked = ladder.ask(["choose", questions, [], seed, 5])
        assert len({one.split("/")[0] for one in picked}) == 5
        assert len([one for one in picked if one.endswith("q7")]) >= 1


def test_the_next_day_with_something_due_is_named(ladder: Node) -> None:
    log = [["fees/a1", [given_on(TODAY - 1), given_on(TODAY)]], ["fees/b1", [given_on(TODAY - 3, right=False)]]]
    assert ladder.ask(["nextDue", [question("fees/a1")], log]) == TODAY + 3
    assert ladder.ask(["nextDue", [question("fees/a1"), question("fees/b1")], log]) == TODAY - 2
    assert ladder.ask(["nextDue", [question("fees/c1")], log]) is None


@pytest.mark.parametrize("zone", ["Asia/Taipei", "America/New_York", "America/Santiago"])
def test_days_are_the_readers_own(zone: str) -> None:
    start = dt.datetime(2027, 1, 1, 0, 30, tzinfo=ZoneInfo(zone))
    moments = [start + dt.timedelta(days=n) for n in range(400)]  # the same time on the wall
    late = [moment.replace(hour=23, minute=45) for moment in moments]
    with Node(LADDER, zone) as node:
        days = node.ask(["days", [int(moment.timestamp() * 1000) for moment in moments]])
        assert node.ask(["days", [int(moment.timestamp() * 1000) for moment in late]]) == days
    assert [day - days[0] for day in days] == list(range(400))


# ── from which questions ────────────────────────────────────────────────────────────────────────

QUIZZES = [
    {"sop": sop, "title": sop, "page": "", "marks": [["aa", A], ["bb", B]], "cases": ["bb"]}
    for sop in ("fees", "calls", "conduct", "moves")
]
PLANS = [["clerk", [["conduct"], ["fees"], ["moves"]]], ["lead", [["conduct", "calls"], [], ["fees"]]]]


@pytest.mark.parametrize(
    ("plans", "role", "begun", "sops"),
    [
        (PLANS, "clerk", ["calls"], {"conduct": 0, "fees": 1, "moves": 2}),
        (PLANS, "", ["calls", "gone"], {"calls": 0}),
        (PLANS, "unknown", ["calls"], {"calls": 0}),
        (PLANS, "", [], {"conduct": 0}),
        ([], "", [], {"fees": 0, "calls": 0, "conduct": 0, "moves": 0}),
        ([["clerk", [["fees"]]], ["lead", [["calls"]]]], "", [], {"fees": 0, "calls": 0, "conduct": 0, "moves": 0}),
    ],
)
def test_the_questions_are_those_of_ones_role(
    ladder: Node, plans: list[Any], role: str, begun: list[str], sops: dict[str, int]
) -> None:
    found = ladder.ask(["pool", QUIZZES, plans, role, begun])
    assert {one["sop"]: one["stage"] for one in found} == sops
    assert found[:2] == [
        {"id": f"{found[0]['sop']}/aa", "fingerprint": A, "sop": found[0]["sop"], "kind": "", "stage": 0},
        {"id": f"{found[0]['sop']}/bb", "fingerprint": B, "sop": found[0]["sop"], "kind": "case", "stage": 0},
    ]


# ── the log ─────────────────────────────────────────────────────────────────────────────────────


def told(at: int = 1000, right: bool = True, sure: bool = True, fingerprint: str = A) -> dict[str, Any]:
    return {"fingerprint": fingerprint, "right": right, "sure": sure, "at": at}


def kept(page: Page, sop: str = "fees", *asked: str) -> dict[str, Any]:
    """The answers to some questions, as one asks who knew what before they were told."""
    questions = [{"id": f"{sop}/{one}", "fingerprint": A} for one in asked or ("aa", "bb")]
    found: dict[str, Any] = page.call("quiz/log.js", "firstAnswers", questions)
    return found


def texts(device: Device) -> dict[str, str]:
    found = json.loads(device.stored["quiz-log"])
    return dict(zip(found["asked"], found["answers"], strict=True))


def test_every_answer_is_kept_and_the_first_one_found_again(device: Device) -> None:
    page = device.open()
    for one in (told(1, fingerprint=B), told(2, right=False), told(3), told(4, sure=False)):
        page.call("quiz/log.js", "add", "fees/aa", one)
    assert texts(device) == {"fees/aa": "0b0b0b-31 0a0a0a-12 0a0a0a-33 0a0a0a-24"}
    assert kept(device.open()) == {"fees/aa": told(2, right=False)}


def test_what_was_answered_before_there_was_a_log_is_in_it(device: Device) -> None:
    page = device.open()
    page.call("quiz/record.js", "put", "fees/aa", told(5))
    assert kept(page) == {"fees/aa": told(5)}
    page.call("quiz/log.js", "add", "fees/bb", told(6))
    assert set(texts(device)) == {"fees/aa", "fees/bb"}


def test_the_log_is_its_owners_and_is_forgotten_with_the_quizzes(device: Device) -> None:
    page = device.open()
    page.people("add", {"name": "王", "role": "", "first": ""})
    page.call("quiz/log.js", "add", "fees/aa", told())
    page.people("add", {"name": "李", "role": "", "first": ""})
    second = device.open()
    assert kept(second) == {}
    second.call("quiz/log.js", "add", "fees/bb", told())
    assert set(kept(device.open())) == {"fees/bb"}
    assert not page.call("quiz/log.js", "add", "fees/cc", told()), "a page that was another's writes nothing"
    second.call("quiz/record.js", "forget")
    assert kept(device.open()) == {}
    assert "quiz-log" in device.stored


def test_a_file_brings_each_answer_once(device: Device) -> None:
    page = device.open()
    for one in (told(1), told(9, right=False)):
        page.call("quiz/log.js", "add", "fees/aa", one)
    file = page.call("quiz/file.js", "exportFile", "手冊")["text"]
    page.call("quiz/record.js", "forget")
    page.call("quiz/log.js", "add", "fees/aa", told(5))
    page.call("quiz/log.js", "add", "fees/bb", told(7))
    for _ in range(2):
        assert page.call("quiz/file.js", "importText", file) == {"added": 0, "newer": 0, "refused": 0}
        assert texts(device) == {"fees/aa": "0a0a0a-31 0a0a0a-35 0a0a0a-19", "fees/bb": "0a0a0a-37"}
    old = {name: value for name, value in json.loads(file).items() if name not in ("asked", "answers")}
    page.call("quiz/file.js", "importText", json.dumps(old))
    assert set(texts(device)) == {"fees/aa", "fees/bb"}


entries = st.dictionaries(
    st.sampled_from(["fees/aa", "fees/bb", "calls/aa"]),
    st.lists(st.builds(told, st.integers(1, 40), st.booleans(), st.booleans(), st.sampled_from([A, B])), max_size=6),
)


@pytest.fixture(scope="module")
def merging() -> Iterator[Node]:
    script = """async (web) => {
        const { merge, understood, written } = await import(`${web}/quiz/log.js`);
        const log = (one) => merge(new Map(Object.entries(one)), new Map());
        const plain = (one) => Object.fromEntries([...understood(written(one))].sort());
        const all = (...logs) => plain(logs.map(log).reduce(merge, new Map()));
        return ([one, other, third]) => [
            all(one, other, third), all(third, one, other), all(other, third, one, one, third),
            plain(merge(log(one), merge(log(other), log(third)))),
        ];
    }"""
    with Node(script) as node:
        yield node


@settings(max_examples=100, deadline=None)
@given(entries, entries, entries)
def test_in_whatever_order_logs_come_together_it_is_the_same_log(
    merging: Node, one: dict[str, Any], other: dict[str, Any], third: dict[str, Any]
) -> None:
    first, *others = merging.ask([one, other, third])
    assert all(same == first for same in others)
    wanted = {json.dumps([key, each]) for log in (one, other, third) for key, some in log.items() for each in some}
    assert {json.dumps([key, each]) for key, some in first.items() for each in some} == wanted
    assert sum(map(len, first.values())) == len(wanted)


@pytest.mark.parametrize(
    "spoilt",
    [
        ["0a0a0a-31"], "0a0a0a-41", "0a0a0a-3", "-31", "0a0a0a31", "0a0a0a-3" + "z" * 10, "<img>-31", "", 5, None, {},
    ],
)  # fmt: skip
def test_of_what_is_stored_what_is_sound_is_taken(shared: Device, spoilt: Any) -> None:
    asked = ["fees/aa", "__proto__", "fees", 5, "fees/bb"]
    answers = [spoilt, "0a0a0a-31", "0a0a0a-31", "0a0a0a-31", "0a0a0a-31 x 0a0a0a-12"]
    shared.store(**{"quiz-log": json.dumps({"version": 1, "asked": asked, "answers": answers})})
    page = shared.open()
    assert kept(page) == {"fees/bb": told(1)}
    page.call("quiz/log.js", "add", "fees/bb", told(3))
    assert texts(shared) == {"fees/bb": "0a0a0a-31 0a0a0a-12 0a0a0a-33"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"asked": 5}', '"asked"', '{"asked": ["fees/aa"]}'])
def test_of_what_is_nothing_nothing_is_taken(shared: Device, text: str) -> None:
    shared.store(**{"quiz-log": text})
    page = shared.open()
    assert kept(page) == {}
    assert page.call("quiz/log.js", "add", "fees/aa", told())
    assert texts(shared) == {"fees/aa": "0a0a0a-3rs"}


def test_what_a_newer_handbook_wrote_is_left_as_it_is(device: Device) -> None:
    text = json.dumps({"version": 2, "asked": ["fees/aa"], "answers": ["0a0a0a-31"]})
    device.store(**{"quiz-log": text})
    page = device.open()
    assert not page.call("quiz/log.js", "add", "fees/bb", told())
    assert device.stored["quiz-log"] == text
    assert set(kept(page)) == {"fees/aa", "fees/bb"}


def test_no_answer_is_of_tomorrow(device: Device) -> None:
    device.open().call("quiz/log.js", "add", "fees/aa", told(NOW + 9 * DAY))
    assert kept(device.open())["fees/aa"]["at"] == NOW


@pytest.mark.parametrize("wrong", ["full", "blocked"])
def test_where_nothing_is_kept_the_page_knows_it_nevertheless(device: Device, wrong: str) -> None:
    page = device.open()
    device.set(wrong=wrong)
    assert not page.call("quiz/log.js", "add", "fees/aa", told())
    assert set(kept(page)) == {"fees/aa"}
    device.set(wrong="")
    assert kept(device.open()) == {}
    page.call("quiz/log.js", "forget")
    assert kept(page) == {}


def test_of_too_many_answers_those_go_that_tell_least(device: Device) -> None:
    most = device.open().call("quiz/log.js", "MOST")
    asked = [f"fees/q{n}" for n in range(most // 10)]
    answers = [" ".join(f"0a0a0a-3{_36(10 * n + time + 1)}" for time in range(10)) for n in range(len(asked))]
    device.store(**{"quiz-log": json.dumps({"version": 1, "asked": asked, "answers": answers})})
    device.open().call("quiz/log.js", "add", "fees/zz", told(NOW - 5))
    found = texts(device)
    assert sum(len(some.split()) for some in found.values()) == most
    assert found["fees/q0"].split() == [one for one in answers[0].split() if not one.endswith("-32")]
    assert len(device.stored["quiz-log"]) < 200_000


def _36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_36(number // 36) if number >= 36 else "") + digits[number % 36]


def test_answers_follow_their_question_to_its_new_name() -> None:
    text = json.dumps({"version": 1, "asked": ["fees/bill", "payments/invoice"], "answers": ["0a0a0a-32", "0a0a0a-31"]})
    with Node(RENAMED) as node:
        assert node.ask(text) == [["payments/invoice", [told(1), told(2)]]]
