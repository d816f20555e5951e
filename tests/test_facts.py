"""Amounts: every unit, every way to write one, and how each is said in Chinese."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic_core import PydanticCustomError

from handbook.model.facts import BOUNDS, ORDINALS, UNITS, Amount, Fact, amount, cycle, duration, limit, span

TIMES = [unit for unit, (_, seconds) in UNITS.items() if seconds]


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_read(unit: str) -> None:
    assert amount(f"2 {unit}") == amount(f" 2  {unit.upper()} ") == amount(f"2{unit}") == Amount(2, unit)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("%", "?")])
def test_a_unit_alone_is_one_of_it(unit: str) -> None:
    assert amount(unit) == Amount(1, unit)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("%", "?", "person", "copy")])
def test_plurals_are_read(unit: str) -> None:
    assert amount(f"3 {unit}s") == Amount(3, unit)


@pytest.mark.parametrize("word", ORDINALS)
def test_ordinals_are_read(word: str) -> None:
    assert amount(f"{word} ring") == Amount(ORDINALS[word], "ring")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("same day", Amount(0, "day")),
        ("Same  Day", Amount(0, "day")),
        ("month end", Amount(1, "month", end=True)),
        ("second", Amount(1, "second")),
        ("second ring", Amount(2, "ring")),
        ("second second", Amount(2, "second")),
        ("70%", Amount(70, "%")),
        ("5 ?", Amount(5, "?")),
        ("2.5 mm", Amount(2.5, "mm")),
        ("2 people", Amount(2, "person")),
        ("2 copies", Amount(2, "copy")),
        ("0 days", Amount(0, "day")),
        ("999999 m", Amount(999999, "m")),
    ],
)
def test_special_ways_of_writing(written: str, read: Amount) -> None:
    assert amount(written) == read


@pytest.mark.parametrize(
    "written",
    [
        *[
            "",
            " ",
            "two days",
            "兩天",
            "2 天",
            "-1 day",
            "+1 day",
            "1e9 days",
            "1000000 days",
            "1.2345 days",
            ".5 days",
        ],
        *["1. days", "2", "days2", "2 dayz", "2 days ago", "2 days 3 hours", "1/2 day", "1,000 m", "seventh ring", "%"],
        *["?", "70 percent", "2 minutess", "nan days"],
    ],
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        amount(written)
    assert refused.value.type == "amount"
    assert f"「{written}」" in refused.value.message()


@pytest.mark.parametrize("read", [amount, duration, span, cycle, limit])
def test_what_is_no_text_is_refused_as_such(read: object) -> None:
    for value in (None, 2, 2.5, ["2", "days"], {"2": "days"}, True):
        with pytest.raises(PydanticCustomError) as refused:
            read(value)  # type: ignore[operator]
        assert refused.value.type == "string_type"


def refused(read: object, written: str) -> str:
    """Why a reader refuses an amount; nothing where it takes it."""
    try:
        read(written)  # type: ignore[operator]
    except PydanticCustomError as error:
        return error.message()
    return ""


@pytest.mark.parametrize("unit", UNITS)
def test_clocks_count_time_and_limits_count_the_rest(unit: str) -> None:
    assert bool(refused(duration, f"2 {unit}")) == (unit not in [*TIMES, "ring"])
    assert bool(refused(span, f"2 {unit}")) == bool(refused(cycle, f"2 {unit}")) == (unit not in TIMES)
    assert bool(refused(limit, f"2 {unit}")) == (unit in TIMES)


def test_which_clock_takes_what() -> None:
    written = ("2 days", "month end", "same day", "third ring", "0 hours", "100 years", "101 years")
    taken = {text: [read.__name__ for read in (duration, cycle, span) if not refused(read, text)] for text in written}
    assert taken == {
        "2 days": ["duration", "cycle", "span"],
        "month end": ["duration", "cycle"],
        "same day": ["duration"],
        "third ring": ["duration"],
        "0 hours": [],
        "100 years": ["duration", "cycle", "span"],
        "101 years": [],
    }


@pytest.mark.parametrize("bound", BOUNDS)
def test_limits_have_bounds(bound: str) -> None:
    read = limit(f" {bound.upper()}  3 copies")
    assert (read.bound, read.amount) == (bound, Amount(3, "copy"))


def test_a_limit_without_a_bound_is_exact() -> None:
    assert limit("70 %").bound == "exactly"
    for written in ("at most", "at most at least 2 mm", "about 2 mm", "atmost 2 mm", "at least"):
        assert refused(limit, written), written


# ── counting ────────────────────────────────────────────────────────────────────────────────────


def test_units_of_time_are_in_order() -> None:
    lengths = [Amount(1, unit).seconds for unit in TIMES]
    assert lengths == sorted(lengths)
    assert Amount(90, "second").seconds == Amount(1.5, "minute").seconds
    assert Amount(2, "mm").seconds == Amount(3, "ring").seconds == 0


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("12 months", "2026-12-01", "2027-12-01"),
        ("1 year", "2024-02-29", "2025-02-28"),
        ("4 years", "2024-02-29", "2028-02-29"),
        ("1 month", "2026-01-31", "2026-02-28"),
        ("1 month", "2026-12-31", "2027-01-31"),
        ("18 months", "2026-08-31", "2028-02-29"),
        ("1.5 years", "2026-01-01", "2027-07-01"),
        ("0.5 months", "2026-01-01", "2026-01-16"),
        ("2 weeks", "2026-12-25", "2027-01-08"),
        ("90 days", "2026-01-01", "2026-04-01"),
        ("1 hour", "2026-01-01", "2026-01-01"),
        ("100 years", "2099-12-31", "2199-12-31"),
    ],
)
def test_reviews_fall_due_by_the_calendar(written: str, start: str, end: str) -> None:
    assert span(written).after(dt.date.fromisoformat(start)) == dt.date.fromisoformat(end)


# ── saying ──────────────────────────────────────────────────────────────────────────────────────

SAID = {
    "second": "2 秒", "minute": "2 分鐘", "hour": "2 小時", "day": "2 天", "working day": "2 個工作天", "week": "2 週",
    "month": "2 個月", "year": "2 年", "ring": "2 聲", "mm": "2 毫米", "cm": "2 公分", "m": "2 公尺", "%": "2%",
    "time": "2 次", "person": "2 人", "copy": "2 份", "?": "2（單位？）",
}  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_said(unit: str) -> None:
    assert str(Amount(2, unit)) == SAID[unit]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2.0, "2"),
        (2.5, "2.5"),
        (0.125, "0.125"),
        (100000, "100000"),
        (999999.999, "999999.999"),
        (1234.567, "1234.567"),
    ],
)
def test_numbers_are_said_as_written(number: float, said: str) -> None:
    assert str(Amount(number, "m")) == f"{said} 公尺"


@pytest.mark.parametrize(
    ("kind", "written", "short", "full"),
    [
        ("within", "2 days", "2 天內", "接到投訴起 2 天內"),
        ("within", "third ring", "3 聲內", "接到投訴起 3 聲內"),
        ("within", "same day", "當天", "接到投訴當天"),
        ("within", "month end", "當月底前", "接到投訴當月底前"),
        ("within", "1 working day", "1 個工作天內", "接到投訴起 1 個工作天內"),
        ("before", "20 minutes", "20 分鐘前", "接到投訴前 20 分鐘"),
        ("after", "3 months", "滿 3 個月", "接到投訴滿 3 個月"),
        ("every", "day", "每天", "每天（接到投訴）"),
        ("every", "week", "每週", "每週（接到投訴）"),
        ("every", "month", "每月", "每月（接到投訴）"),
        ("every", "year", "每年", "每年（接到投訴）"),
        ("every", "hour", "每小時", "每小時（接到投訴）"),
        ("every", "working day", "每工作天", "每工作天（接到投訴）"),
        ("every", "2 weeks", "每 2 週", "每 2 週（接到投訴）"),
        ("every", "6 months", "每 6 個月", "每 6 個月（接到投訴）"),
        ("every", "month end", "每月底", "每月底（接到投訴）"),
    ],
)
def test_deadlines_are_said_with_and_without_their_event(kind: str, written: str, short: str, full: str) -> None:
    read = amount(written)
    assert Fact(kind, read).short == Fact(kind, read).full == short  # type: ignore[arg-type]
    assert Fact(kind, read, "接到投訴").short == short  # type: ignore[arg-type]
    assert Fact(kind, read, "接到投訴").full == full  # type: ignore[arg-type]
    assert Fact(kind, read).is_deadline  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at most 2 mm", "不超過 2 毫米"),
        ("at least 3 copies", "至少 3 份"),
        ("exactly 1 person", "1 人"),
        ("70 %", "70%"),
        ("at most 5 ?", "不超過 5（單位？）"),
        ("third ring", "3 聲"),
    ],
)
def test_limits_are_said(written: str, said: str) -> None:
    read = limit(written)
    fact = Fact("limit", read.amount, bound=read.bound)
    assert fact.short == fact.full == said
    assert not fact.is_deadline


@pytest.mark.parametrize(
    ("kind", "written", "clock"),
    [
        ("within", "2 days", "within 2 day"),
        ("within", "same day", "within 0 day"),
        ("within", "month end", "within month end"),
        ("every", "month end", "every month end"),
        ("within", "1.5 hours", "within 1.5 hour"),
        ("after", "3 working days", "after 3 working day"),
        ("before", "60 seconds", "before 60 second"),
        ("before", "59 seconds", ""),  # over before anybody has looked
        ("within", "third ring", ""),
        ("within", "90 rings", ""),
        ("limit", "2 days", ""),
    ],
)
def test_scripts_get_the_clocks_that_one_looks_at(kind: str, written: str, clock: str) -> None:
    assert Fact(kind, amount(written)).clock == clock
