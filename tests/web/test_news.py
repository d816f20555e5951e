"""What changed since a phone last looked, and what a reader says is wrong: reckoned by our scripts, without a page."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.node import Node

COMPARE = """async (web) => {
    const { compared, understood } = await import(`${web}/news/compare.js`);
    return ([then, now]) => {
        const [old, current] = [understood(then), understood(now)];
        return old && current ? compared(old, current) : null;
    };
}"""
MESSAGE = """async (web) => {
    const { message } = await import(`${web}/wrong/message.js`);
    return ([place, words]) => message(place, words);
}"""


@pytest.fixture(scope="module")
def compare() -> Iterator[Node]:
    with Node(COMPARE) as node:
        yield node


@pytest.fixture(scope="module")
def message() -> Iterator[Node]:
    with Node(MESSAGE) as node:
        yield node


def _sop(clauses: str, version: str = "1.0.0", demands: str = "1.0.0", key: str = "fees") -> dict[str, str]:
    told = {"title": "收費", "page": f"procedures/{key}/", "version": version, "demands": demands}
    return {**told, "from": "2026-12-01", "clauses": clauses}


def _marks(formerly: dict[str, str] | None = None, **sops: dict[str, str]) -> dict[str, Any]:
    return {"sops": sops, "formerly": formerly or {}}


A, B, C, D = "aaaaaa", "bbbbbb", "cccccc", "dddddd"
THEN = _marks(fees=_sop(f"ask={A} pay={B} note={C}"), calls=_sop(f"ring={D}", key="calls"))


def _now(clauses: str, **more: Any) -> dict[str, Any]:
    return _marks(more.pop("formerly", None), fees=_sop(clauses, **more), calls=_sop(f"ring={D}", key="calls"))


def _news(sop: str = "fees", changed: str = "", added: str = "", gone: int = 0) -> dict[str, Any]:
    return {"sop": sop, "changed": changed.split(), "added": added.split(), "gone": gone}


@pytest.mark.parametrize(
    ("now", "news"),
    [
        (THEN, []),
        (_now(f"note={C} ask={A} pay={B}"), []),  # in another order
        (_now(f"ask={A} pay=123456 note={C}"), [_news(changed="pay")]),
        (_now(f"ask={A} pay={B} note={C} more=123456"), [_news(added="more")]),
        (_now(f"ask={A} pay={B}"), [_news(gone=1)]),
        (_now(f"ask={A} settle={B} note={C}"), []),  # another id alone
        (_now(f"ask={A} settle=123456 note={C}", formerly={"fees#pay": "fees#settle"}), [_news(changed="settle")]),
        (_now(f"ask={A} settle=123456 note={C}"), [_news(added="settle", gone=1)]),
        (_now(f"ask={A} pay={B} note={C} again={B}"), [_news(added="again")]),  # the first is there still
        (_now(f"ask={A} pay=123456 note={C}", version="1.0.1"), []),  # words alone
        (_now(f"ask={A} pay=123456 note={C}", version="1.1.0", demands="1.1.0"), [_news(changed="pay")]),
        (_now(f"ask={A} pay=123456 note={C}", version="1.1.1", demands="1.1.0"), [_news(changed="pay")]),
        (_now(f"ask={A} pay=123456 note={C}", version="0.9.0", demands="0.9.0"), [_news(changed="pay")]),
        (_marks(fees=_sop(f"ask={A} pay={B} note={C} ring={D}"), calls=_sop("", key="calls")), []),  # moved
        (_marks(fees=THEN["sops"]["fees"]), []),  # a whole SOP that is gone has no page to lead to
        (_marks(**THEN["sops"], new=_sop(f"do=123456 it={A}", key="new")), [_news("new", added="do it")]),
    ],
)
def test_what_changed_is_told_by_clause(compare: Node, now: dict[str, Any], news: list[dict[str, Any]]) -> None:
    assert compare.ask([THEN, now]) == news


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        1,
        "x",
        [],
        {},
        {"sops": None},
        {"sops": 3},
        {"sops": "fees"},
        {"sops": {}, "formerly": "x"},
        {"sops": {"fees": None}},
    ],
)
def test_what_can_not_be_understood_is_nothing(compare: Node, spoilt: Any) -> None:
    assert compare.ask([spoilt, THEN]) is None, "or every SOP would seem to be new"
    assert compare.ask([THEN, spoilt]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("page", "javascript:alert(1)"),
        ("page", "//elsewhere.test/x/"),
        ("page", "../../x/"),
        ("version", "<b>"),
        ("title", 7),
        ("clauses", None),
    ],
)
def test_a_stranger_s_sop_is_none(compare: Node, field: str, value: Any) -> None:
    now = copy.deepcopy(THEN)
    now["sops"]["fees"][field] = value
    now["sops"]["fees"].setdefault("clauses", "pay=123456")
    assert compare.ask([THEN, now]) == []


def test_ids_that_are_none_are_left_out(compare: Node) -> None:
    now = _now(f"ask={A} pay={B} note={C} <b>=123456 __proto__=123456 ok=12345 constructor=123456")
    assert compare.ask([THEN, now]) == [_news(added="constructor")]


marks = st.text("ab", min_size=6, max_size=6)
clauses = st.dictionaries(st.sampled_from(["one", "two", "three", "four", "five"]), marks)


@settings(max_examples=150, deadline=None)
@given(clauses, clauses)
def test_what_is_told_adds_up(compare: Node, then: dict[str, str], now: dict[str, str]) -> None:
    told = lambda one: _marks(fees=_sop(" ".join(f"{key}={mark}" for key, mark in one.items())))  # noqa: E731
    (news,) = compare.ask([told(then), told(now)]) or [_news()]
    assert set(news["changed"]) == {key for key in then.keys() & now.keys() if then[key] != now[key]}
    assert set(news["added"]) <= now.keys() - then.keys()
    assert len(now) - len(then) == len(news["added"]) - news["gone"]


# ── what is wrong ───────────────────────────────────────────────────────────────────────────────

PLACE = {
    "title": "投訴接待",
    "version": "1.0.0",
    "address": "https://example.org/procedures/complaints/#listen",
    "headline": "請住戶坐下，等對方把話說完",
    "mark": "330550",
}


def test_a_message_says_which_clause_of_which_version_and_what_is_wrong(message: Node) -> None:
    assert message.ask([PLACE, "  沒有椅子了。\r\n改成站著。 "]) == (
        "手冊這裡寫錯了：投訴接待，1.0.0 版\n"
        "「請住戶坐下，等對方把話說完」（330550）\n"
        "https://example.org/procedures/complaints/#listen\n"
        "\n"
        "沒有椅子了。\n"
        "改成站著。"
    )


def test_it_may_be_about_the_page_and_without_words(message: Node) -> None:
    page = {**PLACE, "address": "https://example.org/procedures/complaints/", "headline": ""}
    assert message.ask([page, " \n "]).splitlines() == [
        "手冊這裡寫錯了：投訴接待，1.0.0 版",
        "https://example.org/procedures/complaints/",
    ]


def test_long_and_unseen_signs_do_not_get_through(message: Node) -> None:
    told = message.ask([{**PLACE, "headline": "很長" * 40 + "\n😀"}, "\u202eabc\0\x1b[31m" + "x" * 5000])
    assert f"「{'很長' * 20}…」" in told
    assert told.splitlines()[-1].startswith("abc[31mxxx")
    assert len(told.splitlines()[-1]) == 1000
