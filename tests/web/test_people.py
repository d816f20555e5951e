"""People who share a device: each has what is theirs to themselves, and nobody's turn keeps nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.device import Device, Page

MINUTE = 60_000
NOW = 1_797_292_800_000
WANG, LI = ({"name": name, "role": "service-desk", "first": "2026-12-01"} for name in ("王小明", "李大華"))
RESULT = {"fingerprint": "abc", "right": True, "sure": True, "at": 1000}
PAPER = {"begun": 1.5, "fingerprint": "f", "queue": ["fees/aa"], "done": {"fees/aa": RESULT}}
KEPT = ("quiz", "quiz-exam-service-desk", "said:fees", "ticks:fees", "unknown-words")


def leave_traces(page: Page) -> list[Any]:
    """Do all that a handbook keeps of somebody."""
    return [
        page.call("quiz/record.js", "put", "fees/aa", RESULT),
        page.call("quiz/record.js", "putExam", "clerk", {**RESULT, "asked": 1, "right": 1, "passed": True}),
        page.call("quiz/draft.js", "save", "service-desk", PAPER),
        page.call("memory.js", "change", "ticks:fees", {"send": "0a1b2c"}),
        page.call("memory.js", "say", "fees", {"step": "late"}),
        page.call("search/unknown.js", "keep", "停車費"),
    ]


def traces(page: Page) -> list[Any]:
    """What a page finds of all that."""
    record = page.call("quiz/record.js", "load")
    return [
        record["results"],
        record["exams"],
        page.call("quiz/draft.js", "load", "service-desk"),
        page.call("storage.js", "read", "ticks:fees"),
        page.call("storage.js", "read", "said:fees"),
        page.call("search/unknown.js", "unknown"),
    ]


NOTHING = [{}, {}, [], None, None, []]


def two(device: Device) -> tuple[Page, Page]:
    """A page of each of two people; it is the second one's turn."""
    first = device.open()
    first.people("add", WANG)
    device.open().people("add", LI)
    return first, device.open()


def ids(page: Page) -> dict[str, str]:
    return {one["name"]: one["id"] for one in page.people("people")}


def test_without_a_name_all_is_kept_as_ever(device: Device) -> None:
    page = device.open()
    leave_traces(page)
    assert set(device.stored) == set(KEPT)
    assert page.people("people") == []
    assert not page.people("nobodys")


def test_what_was_kept_is_the_first_ones(device: Device) -> None:
    page = device.open()
    leave_traces(page)
    before, found = device.stored, traces(page)
    assert page.people("add", WANG)
    assert {name: text for name, text in device.stored.items() if name in KEPT} == before
    assert traces(page) == traces(device.open()) == found, "the page goes on, and so do all others"
    assert page.people("current") == {"id": "", **WANG}


def test_nothing_of_one_reaches_another(device: Device) -> None:
    first = device.open()
    first.people("add", WANG)
    leave_traces(first)
    found = traces(first)
    first.people("add", LI)
    second = device.open()
    assert second.people("current")["name"] == "李大華"
    assert traces(second) == NOTHING
    leave_traces(second)
    second.people("take", ids(second)["王小明"])
    assert traces(device.open()) == found
    assert len([name for name in device.stored if name.endswith("ticks:fees")]) == 2


def test_a_page_that_was_anothers_reads_and_writes_nothing(device: Device) -> None:
    """What it still holds would else be written into the record of whose turn it is."""
    first, second = two(device)
    before = device.stored
    leave_traces(first)
    assert device.stored == before
    assert first.call("storage.js", "read", "quiz") is None
    leave_traces(second)
    assert traces(second) != NOTHING


def test_after_some_quiet_minutes_it_is_nobodys_turn(device: Device) -> None:
    _, page = two(device)
    device.set(now=NOW + 9 * MINUTE)
    assert page.people("current")["name"] == "李大華"
    page.people("stay")
    device.set(now=NOW + 18 * MINUTE)
    assert page.people("current")["name"] == "李大華", "who touches it stays"
    device.set(now=NOW + 20 * MINUTE)
    late = device.open()
    for one in (page, late):
        assert one.people("nobodys")
        before = device.stored
        leave_traces(one)
        assert device.stored == before, "nothing is kept of nobody"
    page.people("stay")
    assert late.people("nobodys"), "whoever touches it now may be anybody"
    late.people("take", "")
    assert device.open().people("current")["name"] == "王小明"


def test_on_a_phone_that_is_full_the_next_one_can_take_their_turn(device: Device) -> None:
    """What takes the place of something as long as itself needs no room."""
    _, page = two(device)
    lengths = {len(device.stored["turn"])}
    for act in (("leave",), ("take", ""), ("take", ids(page)["李大華"])):
        assert device.open().people(*act)
        lengths.add(len(device.stored["turn"]))
    assert len(lengths) == 1


def test_one_person_alone_is_never_asked(device: Device) -> None:
    page = device.open()
    page.people("add", WANG)
    device.set(now=NOW + 10_000 * MINUTE)
    assert page.people("current")["name"] == "王小明"
    assert not page.people("leave")


def test_who_touches_the_phone_writes_seldom(device: Device) -> None:
    _, page = two(device)
    before = device.stored
    device.set(now=NOW + 10_000)
    page.people("stay")
    assert device.stored == before
    device.set(now=NOW + 20_000)
    page.people("stay")
    assert device.stored != before


def test_who_goes_takes_their_own_along_and_nothing_else(device: Device) -> None:
    for goes, stays in (("王小明", "李大華"), ("李大華", "王小明")):
        _, second = two(device)
        leave_traces(second)
        second.people("take", "")
        leave_traces(device.open())
        page = device.open()
        page.people("take", ids(page)[goes])
        page = device.open()
        assert page.people("remove")
        assert traces(page) == NOTHING
        left = device.open()
        assert left.people("current")["name"] == stays
        assert traces(left) != NOTHING
        assert left.people("remove")
        assert device.stored == {}
        assert traces(device.open()) == NOTHING


def test_of_three_one_goes_and_it_is_nobodys_turn(device: Device) -> None:
    two(device)
    device.set(now=NOW + 1)
    page = device.open()
    assert page.people("add", {**WANG, "name": "陳"})
    device.open().people("remove")
    page = device.open()
    assert page.people("nobodys")
    assert not page.people("remove"), "nobody takes anybody else off"
    assert set(ids(page)) == {"王小明", "李大華"}


def test_a_name_can_change(device: Device) -> None:
    page = device.open()
    page.people("add", WANG)
    told = {"name": "王曉明", "role": "", "first": ""}
    assert page.people("change", told)
    assert page.people("current") == {"id": "", **told}


@pytest.mark.parametrize("wrong", ["full", "blocked"])
def test_where_nothing_is_kept_nobody_is_added(device: Device, wrong: str) -> None:
    device.set(wrong=wrong)
    page = device.open()
    assert not page.people("add", WANG)
    leave_traces(page)
    device.set(wrong="")
    assert device.stored == {}
    assert page.people("people") == []


# ── what strangers write ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"name": "  王\n小明\u202e "}, {"name": "王 小明", "role": "", "first": ""}),
        ({"name": "王" * 99}, {"name": "王" * 40, "role": "", "first": ""}),
        ({**WANG, "role": "__proto__"}, {**WANG, "role": ""}),
        ({**WANG, "first": "2026-02-31"}, {**WANG, "first": ""}),
        ({**WANG, "first": 20261201}, {**WANG, "first": ""}),
        ({"name": "\u200b\n"}, None),
        ({"name": 5}, None),
        (None, None),
    ],
)
def test_of_what_is_told_of_somebody_what_is_sound_is_taken(device: Device, told: Any, found: Any) -> None:
    assert device.open().people("toldBy", told) == found


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
entry = st.fixed_dictionaries(
    {"id": junk | st.sampled_from(["", "123:", "124:", "ticks:", "__proto__"]), "name": junk | st.just("王")},
    optional={"role": junk | st.just("clerk"), "first": junk | st.just("2026-12-01")},
)
lists = st.fixed_dictionaries({"version": junk, "people": st.lists(entry | junk, max_size=4)})
turns = st.text(max_size=8) | st.sampled_from(
    ["", "123:", "124: 99", f"123: {NOW + 5}", f" {NOW + 10**9}", "- 0", "- "]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.none() | st.text(max_size=5) | lists.map(json.dumps), turn=st.none() | turns)
def test_whatever_is_stored_it_ends_with_somebody_or_nobody(
    device: Device, people: str | None, turn: str | None
) -> None:
    device.store(people=people, turn=turn)
    device.open().people("mend")
    page = device.open()
    found, who = page.people("people"), page.call("storage.js", "whose")
    assert all(set(one) == {"id", "name", "role", "first"} and one["name"] for one in found)
    assert len({one["id"] for one in found}) == len(found)
    assert who in ([one["id"] for one in found] or [""]) or (who is None and len(found) > 1)
    assert page.people("left") is None or page.people("left") <= 10 * MINUTE  # JSON has no Infinity


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_a_file_says_whose_it_is_and_goes_to_whose_turn_it_is(device: Device) -> None:
    _, second = two(device)
    leave_traces(second)
    file = second.call("quiz/file.js", "exportFile", "手冊")
    assert "李大華" in file["name"]
    text = file["text"]
    assert json.loads(text)["person"] == LI
    second.people("take", "")
    page = device.open()
    page.call("quiz/file.js", "importText", text, True)
    assert page.call("quiz/record.js", "load")["results"] == {"fees/aa": RESULT}
