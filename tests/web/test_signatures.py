"""What somebody has signed, what has changed since, and what is still to do: as our scripts reckon."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.device import Device, Page

NOW = 1_797_292_800_000  # 15 December 2026
DAY = 86_400_000
NOTHING = {"added": [], "changed": [], "gone": []}
A, B, C = "0a0a0a", "0b0b0b", "0c0c0c"


def signature(at: int = 1000, version: str = "1.0.0", **clauses: str) -> dict[str, Any]:
    return {"version": version, "clauses": clauses or {"listen": A}, "at": at}


def call(page: Page, name: str, *given: Any) -> Any:
    return page.call("sign/signatures.js", name, *given)


# ── what has changed ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ({"aa": A}, {"aa": A}, {}),
        ({"aa": A, "bb": B}, {"bb": B, "aa": A}, {}),  # moved
        ({"aa": A}, {"cc": A}, {}),  # called otherwise
        ({"aa": A}, {"aa": B}, {"changed": ["aa"]}),
        ({"aa": A}, {"aa": A, "bb": B}, {"added": ["bb"]}),
        ({"aa": A, "bb": B}, {"aa": A}, {"gone": ["bb"]}),
        ({"aa": A, "bb": B}, {"aa": C, "dd": "0d0d0d"}, {"changed": ["aa"], "added": ["dd"], "gone": ["bb"]}),
        ({"aa": A, "bb": A}, {"aa": A}, {"gone": ["bb"]}),  # said twice, and now once
        ({"aa": A}, {"aa": A, "constructor": B}, {"added": ["constructor"]}),
    ],
)
def test_what_changed_in_substance_is_named_and_nothing_else(
    shared: Page, before: dict[str, str], now: dict[str, str], change: dict[str, list[str]]
) -> None:
    assert call(shared, "compare", "fees", before, now) == NOTHING | change


marks = st.dictionaries(st.sampled_from(["aa", "bb", "cc", "dd"]), st.sampled_from([A, B, C]), min_size=1)


@settings(deadline=None)
@given(before=marks, now=marks)
def test_who_is_asked_by_the_list_is_asked_by_the_page(
    shared: Page, before: dict[str, str], now: dict[str, str]
) -> None:
    """The list knows the sum alone; the page knows each clause."""
    same = call(shared, "sum", before) == call(shared, "sum", now)
    change = call(shared, "compare", "fees", before, now)
    asked = {*change["added"], *change["changed"]}
    assert asked <= set(now)
    assert not set(change["gone"]) & set(now)
    if change == NOTHING:
        assert same
    if not same:
        assert change != NOTHING


# ── what is kept ────────────────────────────────────────────────────────────────────────────────


def test_signatures_are_kept_handed_out_and_taken_in(device: Device) -> None:
    page = device.open()
    assert call(page, "sign", "fees", signature())
    assert call(page, "sign", "visitors", signature(5000))
    file = page.call("quiz/file.js", "exportFile", "手冊")["text"]
    assert json.loads(file)["signed"] == {"fees": signature(), "visitors": signature(5000)}
    page.call("quiz/record.js", "forget")
    assert call(page, "load") == {}
    newer = signature(9000, "1.1.0")
    call(page, "sign", "visitors", newer)
    assert page.call("quiz/file.js", "importText", file) == {"added": 1, "newer": 0, "refused": 0}
    assert call(page, "load") == {"fees": signature(), "visitors": newer}
    assert page.call("quiz/file.js", "importText", file) == {"added": 0, "newer": 0, "refused": 0}


def test_a_file_of_before_has_no_signatures_and_is_taken_in(device: Device) -> None:
    page = device.open()
    call(page, "sign", "fees", signature())
    old = {"site": "https://handbook.test/", "version": 1, "results": {}, "exams": {}, "saved": 0}
    site = page.call("storage.js", "SITE")
    old["site"] = f"https://handbook.test{site}"
    assert page.call("quiz/file.js", "importText", json.dumps(old)) == {"added": 0, "newer": 0, "refused": 0}
    assert call(page, "load") == {"fees": signature()}


def test_what_one_signed_another_has_not(device: Device) -> None:
    page = device.open()
    told = {"name": "王", "role": "", "first": ""}
    page.people("add", told)
    call(page, "sign", "fees", signature())
    page.people("add", {**told, "name": "李"})
    assert call(device.open(), "load") == {}
    assert not call(page, "sign", "visitors", signature()), "nor does a page of the first one write any more"


@pytest.mark.parametrize(
    "spoilt",
    [
        signature(version="1"),
        {**signature(), "version": ["1.0.0"]},
        {**signature(), "at": "yesterday"},
        {**signature(), "clauses": {}},
        {**signature(), "clauses": {"listen": "zzz"}},
        {**signature(), "clauses": {"listen": [A]}},
        {**signature(), "clauses": "listen"},
        {**signature(), "clauses": {f"c{number}": A for number in range(2001)}},
        {},
        [],
        None,
        5,
    ],
)
def test_of_what_is_stored_what_is_sound_is_taken(device: Device, spoilt: Any) -> None:
    text = json.dumps({"version": 1, "signed": {"fees": spoilt, "__proto__": signature(), "visitors": signature()}})
    device.store(**{"quiz-signed": text})
    assert call(device.open(), "load") == {"visitors": signature()}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"signed": 5}', '"signed"'])
def test_of_what_is_nothing_nothing_is_taken(device: Device, text: str) -> None:
    device.store(**{"quiz-signed": text})
    page = device.open()
    assert call(page, "load") == {}
    assert call(page, "sign", "fees", signature())
    assert call(page, "load") == {"fees": signature()}


def test_no_signature_is_of_tomorrow(device: Device) -> None:
    device.store(**{"quiz-signed": json.dumps({"version": 1, "signed": {"fees": signature(NOW + 9 * DAY)}})})
    assert call(device.open(), "load")["fees"]["at"] == NOW


# ── what is due ─────────────────────────────────────────────────────────────────────────────────

days = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


@settings(deadline=None)
@given(start=days, number=st.integers(0, 400), unit=st.sampled_from("md"))
def test_a_day_so_much_later_is_the_calendars(shared: Page, start: dt.date, number: int, unit: str) -> None:
    later = start + (relativedelta(months=number) if unit == "m" else dt.timedelta(days=number))
    assert shared.call("sign/renewal.js", "plus", str(start), f"{number}{unit}") == str(later)


@pytest.mark.parametrize(
    ("end", "stands"),
    [("2026-12-15", "due"), ("2020-01-01", "due"), ("2026-12-16", "soon"), ("2027-01-15", "soon"), ("2027-01-16", "")],
)
def test_what_is_due_says_so_a_month_before(shared: Page, end: str, stands: str) -> None:
    assert shared.call("sign/renewal.js", "standing", end, "2026-12-15") == stands
    assert shared.call("sign/renewal.js", "standing", "", "2026-12-15") == ""


def stand(**more: Any) -> dict[str, Any]:
    return {"id": "fees", "renew": "", "sum": 5, "signed": None, "quiz": None, **more}


@pytest.mark.parametrize(
    ("stands", "todo"),
    [
        (stand(), [("read", "never", "2026-12-07")]),
        (stand(signed={"sum": 5, "at": NOW}), []),
        (stand(signed={"sum": 4, "at": NOW}), [("read", "changed", "")]),
        (stand(renew="12m", signed={"sum": 5, "at": NOW - 366 * DAY}), [("read", "due", "2026-12-14")]),
        (stand(renew="12m", signed={"sum": 5, "at": NOW - 350 * DAY}), [("read", "soon", "2026-12-30")]),
        (stand(renew="12m", signed={"sum": 5, "at": NOW}), []),
        (stand(signed={"sum": 5, "at": NOW}, quiz={"status": "new", "at": 0}), [("quiz", "never", "2026-12-07")]),
        (stand(signed={"sum": 5, "at": NOW}, quiz={"status": "changed", "at": NOW}), [("quiz", "changed", "")]),
        (stand(signed={"sum": 5, "at": NOW}, quiz={"status": "passed", "at": NOW}), []),
        (
            stand(renew="400d", signed={"sum": 5, "at": NOW}, quiz={"status": "due", "at": NOW - 400 * DAY}),
            [("quiz", "due", "2026-12-15")],
        ),
    ],
)
def test_what_is_to_do(shared: Page, stands: dict[str, Any], todo: list[tuple[str, str, str]]) -> None:
    found = shared.call("sign/plan.js", "tasks", stands, "2026-12-07", "2026-12-15")
    assert [(one["act"], one["why"], one["by"]) for one in found] == todo


def test_the_stages_end_by_the_first_day(shared: Page) -> None:
    assert shared.call("sign/plan.js", "ends", "2026-12-01") == ["2026-12-01", "2026-12-07", "2027-01-01"]
    assert shared.call("sign/plan.js", "ends", "") == ["", "", ""]


@pytest.mark.parametrize(
    ("why", "by", "late"),
    [
        ("never", "2026-12-14", True),
        ("never", "2026-12-15", False),
        ("never", "", False),
        ("changed", "", False),
        ("due", "2026-12-15", True),
        ("soon", "2026-12-14", False),
    ],
)
def test_late_is_what_was_to_be_done_before_today(shared: Page, why: str, by: str, late: bool) -> None:
    assert shared.call("sign/plan.js", "isLate", {"why": why, "by": by}, "2026-12-15") is late
