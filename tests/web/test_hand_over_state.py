"""What goes into a hand-over, from what a phone keeps; and the codes that it is shown as."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.phone import Picture
from tests.web.hand_over import Phones, long_one
from tests.web.node import Node

NOW = 1_797_292_800_000
HOUR = 3_600_000
WHO = {"id": "", "name": "王小明", "role": "service-desk", "first": "2026-12-01"}
FRESH, OLD = "00000a", "00000b"

STATE = """async (web) => {
    document.querySelector = () => null;
    globalThis.location = new URL("https://handbook.test/");
    Date.now = () => 1797292800000;
    const { state } = await import(`${web}/handover/state.js`);
    const { mark } = await import(`${web}/handover/marks.js`);
    const { key } = await import(`${web}/handover/key.js`);
    const { SITE } = await import(`${web}/storage.js`);
    return async ({ rows, who, results = {}, exams = {}, signed = {}, log = {} }) => {
        const tables = { querySelectorAll: () => rows.map((dataset) => ({ dataset })) };
        const told = state(tables, who, { version: 1, results, exams, saved: 0 }, signed, new Map(Object.entries(log)));
        const marks = Object.fromEntries(["complaints", "fees", "gone", "service-desk"].map((id) => [mark(id), id]));
        const named = (some) => Object.fromEntries(Object.entries(some).map(([one, value]) => [marks[one], value]));
        const { at, site, signed: s, quizzes, exams: e } = told;
        const ours = site === mark(`https://handbook.test${SITE}`);
        const rest = { signed: named(s), quizzes: named(quizzes), exams: named(e) };
        return { at, ours, who: told.who, ...rest, key: await key() };
    };
}"""
CODES = """async (web) => {
    const { default: encodeQR } = await import(`${web}/vendor/qr/index.js`);
    const { default: decodeQR } = await import(`${web}/vendor/qr/decode.js`);
    return ([text, scale]) => {
        const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
        const side = rows.length * scale;
        const data = new Uint8Array(side * side * 4).fill(255);
        for (let at = 0; at < side * side; at++) {
            const dark = rows[Math.floor(at / side / scale)][Math.floor((at % side) / scale)];
            data.fill(dark ? 0 : 255, at * 4, at * 4 + 3);
        }
        return [rows.map((row) => row.map(Number).join("")), decodeQR({ width: side, height: side, data })];
    };
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Node]:
    with Node(STATE) as made:
        yield made


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    with Phones() as made:
        yield made


def row(sop: str = "complaints", renew: str = "", **more: str) -> dict[str, str]:
    marks = " ".join(f"q{number}={FRESH}" for number in range(4))
    return {"sop": sop, "pass": "75", "questions": marks, **({"renew": renew} if renew else {}), **more}


def answers(given: str, sop: str = "complaints") -> dict[str, Any]:
    """A result for each letter: right, old (right before it changed), wrong, sure and wrong; none for a dash."""
    return {
        f"{sop}/q{number}": {
            "fingerprint": OLD if one == "o" else FRESH,
            "right": one in "ro",
            "sure": one == "s",
            "at": NOW - (number + 1) * HOUR,
        }
        for number, one in enumerate(given)
        if one != "-"
    }


def told(page: Node, *rows: dict[str, str], **kept: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.ask({"rows": rows, "who": WHO, **kept})
    return found


@pytest.mark.parametrize(
    ("given", "passed", "edition", "said", "hours"),
    [
        ("rrrr", True, 4 * 0xA, [1, 1, 1, 1], 4),
        ("rrrw", True, 4 * 0xA, [1, 1, 1, 2], 3),  # by the oldest of the answers that it rests on
        ("rrro", True, 4 * 0xA, [1, 1, 1, 0], 3),  # passed all the same: as it stands now, it was not asked
        ("rroo", True, 2 * 0xA + 2 * 0xB, [1, 1, 1, 1], 1),  # passed what it was then
        ("rsw-", False, 4 * 0xA, [1, 3, 2, 0], 1),
        ("---w", False, 4 * 0xA, [0, 0, 0, 2], 4),
    ],
)
def test_a_quiz_is_told_as_it_stands(
    page: Node, given: str, passed: bool, edition: int, said: list[int], hours: int
) -> None:
    found = told(page, row(), results=answers(given))["quizzes"]
    at = (NOW - hours * HOUR) // 1000
    assert found == {"complaints": {"edition": edition, "passed": passed, "at": at, "answers": said}}


def test_of_a_question_the_first_answer_to_its_present_words_is_told(page: Node) -> None:
    """Every quiz asks on until it is right: the last answers would say that nobody ever missed anything."""
    kept = answers("rrrr")
    before = {"fingerprint": FRESH, "right": False, "sure": True, "at": NOW - 9 * HOUR}
    older = {**before, "fingerprint": OLD, "at": NOW - 10 * HOUR}
    log = {"complaints/q1": [older, before, kept["complaints/q1"]], "complaints/q2": [older, kept["complaints/q2"]]}
    found = told(page, row(), results=kept, log=log)["quizzes"]["complaints"]
    assert (found["passed"], found["answers"]) == (True, [1, 3, 1, 1])


def test_what_is_due_again_was_passed(page: Node) -> None:
    old = {key: {**one, "at": NOW - 60 * 24 * HOUR} for key, one in answers("rrrr").items()}
    assert told(page, row(renew="30d"), results=old)["quizzes"]["complaints"]["passed"]


def test_who_it_is_and_nothing_that_was_not_begun(page: Node) -> None:
    found = told(page, row(), row("fees"), results=answers("r", "fees") | answers("r", "elsewhere"))
    assert found["who"] == {name: WHO[name] for name in ("name", "role", "first")}
    assert (found["at"], found["ours"], found["key"]) == (NOW // 1000, True, None)
    assert set(found["quizzes"]) == {"fees"}


def test_signatures_and_exams_are_told_whatever_became_of_them(page: Node) -> None:
    clauses = {"aa": "00000f", "bb": "ffffff"}
    signed = {"gone": {"version": "1.2.0", "clauses": clauses, "at": NOW - 1500}}
    exam = {"fingerprint": "00ff10abcdef", "right": 9, "asked": 10, "passed": True, "at": NOW - HOUR}
    found = told(page, row(), signed=signed, exams={"service-desk": exam})
    assert found["signed"] == {"gone": {"version": "1.2.0", "sum": 0x100000E, "at": NOW // 1000 - 2}}
    at = (NOW - HOUR) // 1000
    assert found["exams"] == {"service-desk": {"edition": 0xFF10, "right": 9, "asked": 10, "passed": True, "at": at}}


# ── codes ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("sops", "squares"), [(1, 73), (28, 117), (40, 109), (90, 69)])
def test_each_code_is_read_by_three_decoders(phones: Phones, sops: int, squares: int) -> None:
    """The longest link, the longest of digits, several in turn: none has more squares than a phone can tell apart."""
    texts = phones("frames", phones("encode", long_one(phones("key"), sops=sops)))
    assert (len(texts) > 1) == (sops == 90)
    with Node(CODES) as codes:
        for text in texts:
            rows, read = codes.ask([text, 4])
            assert len(rows) - 8 <= squares
            assert read == text
            assert picture(rows, 4).read() == {"zxing": {text}, "zbar": {text}}


def picture(rows: list[str], scale: int) -> Picture:
    lines = [b"".join((b"\0" if one == "1" else b"\xff") * scale for one in row) * scale for row in rows]
    return Picture(len(rows) * scale, len(rows) * scale, b"".join(lines))
