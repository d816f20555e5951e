"""When deadlines fall, and the reminders of them, as the browser reckons: held against a library for each."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.tz import resolve_imaginary
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from playwright.sync_api import Page

from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

# No summer time; at two in the morning; by half an hour; at midnight, so that a day begins at one.
ZONES = ["Asia/Taipei", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
COUNT = """async (cases) => {
    const { moments, readClock, readWorkdays } = await import(new URL("assets/deadlines/dates.js", HOME));
    return cases.map(([clock, start, days, holidays]) =>
        moments(readClock(clock), new Date(start), readWorkdays(days, holidays)).map((at) => at.getTime()));
}"""
WRITE = """async ([reminders, made]) => {
    const { calendarFile } = await import(new URL("assets/deadlines/ics.js", HOME));
    return calendarFile(reminders.map((one) => ({ ...one, at: new Date(one.at) })), new Date(made));
}"""
Case = tuple[str, str, str, str]  # as dates.js takes it: clock, start, working days, holidays


def asked(page: Page, script: str, argument: object) -> Any:
    home = page.url.partition("deadlines/")[0]
    return page.evaluate(script.replace("HOME", f"'{home}'"), argument)


def due(case: Case, zone: ZoneInfo) -> list[float]:
    """The moments of a deadline in milliseconds, by a library's calendar."""
    clock, begun, days, holidays = case
    kind, amount = clock.split(" ", 1)
    start = resolve_imaginary(dt.datetime.fromisoformat(begun).replace(tzinfo=zone))
    times = {"before": [-1], "every": [1, 2, 3]}.get(kind, [1])
    if amount == "month end":
        return [_stamp((start + relativedelta(months=n - 1, day=31)).replace(hour=23, minute=59)) for n in times]
    written, unit = amount.split(" ", 1)
    if written == "0":
        return [_stamp(start.replace(hour=23, minute=59, fold=0))]
    if unit in ("minute", "hour"):
        length = dt.timedelta(**{f"{unit}s": float(written)})
        return [_stamp(start) + n * length.total_seconds() * 1000 for n in times]
    number = int(written)
    if unit == "working day" or (unit == "day" and days and kind != "every"):
        return [_stamp(_working(start, n * number, days.split(), holidays.split())) for n in times]
    return [_stamp(start.replace(fold=0) + relativedelta(**{f"{unit}s": n * number})) for n in times]


def _working(start: dt.datetime, count: int, days: list[str], holidays: list[str]) -> dt.datetime:
    step = dt.timedelta(days=1 if count > 0 else -1)
    free = [WEEK.index(day) for day in WEEK if day not in days]
    ahead = (start + n * step for n in range(1, 10_000))
    open_days = (day for day in ahead if day.weekday() not in free and day.date().isoformat() not in holidays)
    return next(day for number, day in enumerate(open_days, 1) if number == abs(count)).replace(fold=0)


def _stamp(at: dt.datetime) -> float:
    return resolve_imaginary(at).timestamp() * 1000


STARTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2036, 12, 31)) | st.sampled_from(
    [
        *(dt.datetime(2028, 1, 31, 10), dt.datetime(2028, 2, 29, 10), dt.datetime(2027, 12, 31, 23, 59)),
        *(dt.datetime(2027, 3, 13, 2, 30), dt.datetime(2027, 3, 14, 2, 30), dt.datetime(2027, 11, 7, 1, 30)),
        *(dt.datetime(2027, 9, 5, 0, 30), dt.datetime(2027, 10, 3, 2, 15), dt.datetime(2027, 4, 4, 1, 45)),
    ]
)
AMOUNTS = st.one_of(
    st.sampled_from(["1 day", "2 day", "10 day", "1 month", "3 month", "2 week", "1 year"]),
    st.builds("{} {}".format, st.integers(1, 40), st.sampled_from(["minute", "hour", "day", "week", "month", "year"])),
    st.builds("{} hour".format, st.sampled_from(["0.5", "1.5", "0.25"])),
)
KINDS = st.sampled_from(["within", "before", "after", "every"])
ENDS = st.sampled_from(["within 0 day", "within month end", "every month end"])
NONE = st.just("")


def cases(days: st.SearchStrategy[str], holidays: st.SearchStrategy[str], amounts: st.SearchStrategy[str]) -> Any:
    starts = STARTS.map(lambda start: start.isoformat(timespec="minutes"))
    clocks = ENDS | st.builds("{} {}".format, KINDS, amounts)
    return st.lists(st.tuples(clocks, starts, days, holidays), min_size=1, max_size=30)


@pytest.mark.parametrize("zone", ZONES)
def test_deadlines_fall_where_a_calendar_has_them(visit: Visit, zone: str) -> None:
    page = visit("deadlines/", timezone_id=zone)

    @settings(max_examples=60, deadline=None)
    @given(cases(NONE, NONE, AMOUNTS))
    def holds(some: list[Case]) -> None:
        assert asked(page, COUNT, some) == [due(case, ZoneInfo(zone)) for case in some]

    holds()


@pytest.mark.parametrize("zone", ZONES[:2])
def test_working_days_skip_what_is_free(visit: Visit, zone: str) -> None:
    page = visit("deadlines/", timezone_id=zone)
    days = st.sets(st.sampled_from(WEEK), min_size=1).map(" ".join)
    holidays = st.sets(st.dates(dt.date(2020, 1, 1), dt.date(2036, 12, 31)), max_size=40)
    near = st.lists(st.integers(0, 60), max_size=8).map(lambda some: {dt.date(2028, 1, 31 - n % 31) for n in some})
    free = st.one_of(holidays, near).map(lambda some: " ".join(sorted(map(str, some))))
    amounts = st.builds("{} {}".format, st.integers(1, 30), st.sampled_from(["day", "working day", "week"]))

    @settings(max_examples=60, deadline=None)
    @given(cases(days, free, amounts))
    def holds(some: list[Case]) -> None:
        assert asked(page, COUNT, some) == [due(case, ZoneInfo(zone)) for case in some]

    holds()


@pytest.mark.parametrize(
    ("zone", "clock", "start", "falls"),
    [
        ("Asia/Taipei", "within 0 day", "2026-12-01T00:00", "2026-12-01T23:59:00+08:00"),
        ("Asia/Taipei", "within 1 hour", "2026-12-31T23:30", "2027-01-01T00:30:00+08:00"),
        ("Asia/Taipei", "within 2 day", "2026-12-31T23:59", "2027-01-02T23:59:00+08:00"),
        ("Asia/Taipei", "within 1 month", "2027-01-31T10:00", "2027-02-28T10:00:00+08:00"),
        ("Asia/Taipei", "within 1 month", "2028-01-31T10:00", "2028-02-29T10:00:00+08:00"),
        ("Asia/Taipei", "after 3 month", "2026-11-30T10:00", "2027-02-28T10:00:00+08:00"),
        ("Asia/Taipei", "before 20 minute", "2026-12-01T00:10", "2026-11-30T23:50:00+08:00"),
        ("Asia/Taipei", "within month end", "2028-02-01T00:00", "2028-02-29T23:59:00+08:00"),
        ("America/New_York", "within 1 day", "2027-03-13T02:30", "2027-03-14T03:30:00-04:00"),  # the clock skips 2:30
        ("America/New_York", "within 24 hour", "2027-03-13T10:00", "2027-03-14T11:00:00-04:00"),
        ("America/New_York", "within 1 day", "2027-03-13T10:00", "2027-03-14T10:00:00-04:00"),
        ("America/New_York", "within 1 hour", "2027-11-07T01:30", "2027-11-07T01:30:00-05:00"),  # it strikes twice
    ],
)
def test_a_deadline_is_where_one_expects_it(visit: Visit, zone: str, clock: str, start: str, falls: str) -> None:
    page = visit("deadlines/", timezone_id=zone)
    expected = dt.datetime.fromisoformat(falls).timestamp() * 1000
    assert asked(page, COUNT, [(clock, start, "", "")]) == [[expected]]


@pytest.mark.parametrize(
    ("clock", "start", "falls"),
    [
        ("every 2 week", "2026-12-24T09:00", ["2027-01-07T09:00", "2027-01-21T09:00", "2027-02-04T09:00"]),
        ("every 1 month", "2027-01-31T09:00", ["2027-02-28T09:00", "2027-03-31T09:00", "2027-04-30T09:00"]),
        ("every month end", "2027-01-31T09:00", ["2027-01-31T23:59", "2027-02-28T23:59", "2027-03-31T23:59"]),
    ],
)
def test_what_comes_again_does_not_drift(visit: Visit, clock: str, start: str, falls: list[str]) -> None:
    page = visit("deadlines/", timezone_id="Asia/Taipei")
    zone = ZoneInfo("Asia/Taipei")
    expected = [dt.datetime.fromisoformat(at).replace(tzinfo=zone).timestamp() * 1000 for at in falls]
    assert asked(page, COUNT, [(clock, start, "", "")]) == [expected]


# ── reminders ───────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(st.characters(exclude_categories=["Cs"])) | st.text('字，\\;,:\n\r"n😀é x', max_size=120)
MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2199, 12, 31), timezones=st.just(dt.UTC))


def kept(words: str) -> str:
    """What a file keeps of a text: no sign that commands anything, and one way to end a line."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or not (sign < " " or sign == "\x7f"))


def test_a_calendar_reads_back_what_reminders_say(visit: Visit) -> None:
    page = visit("deadlines/", timezone_id="America/New_York")

    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.tuples(WORDS, WORDS, MOMENTS, st.integers(1, 1440)), max_size=3), MOMENTS)
    def holds(some: list[tuple[str, str, dt.datetime, int]], made: dt.datetime) -> None:
        reminders = [
            {
                "id": f"{n}@x",
                "at": at.isoformat(),
                "lead": lead,
                "title": title,
                "details": more,
                "url": "https://x.test/",
            }
            for n, (title, more, at, lead) in enumerate(some)
        ]
        file = asked(page, WRITE, [reminders, made.isoformat()])
        lines = file.split("\r\n")
        assert not any("\r" in line or "\n" in line for line in lines)
        assert max(len(line.encode()) for line in lines) <= 75
        events = Calendar.from_ical(file).walk("VEVENT")
        assert len(events) == len(some)
        for number, (event, (title, more, at, lead)) in enumerate(zip(events, some, strict=True)):
            assert event["UID"] == f"{number}@x"
            assert event["SUMMARY"] == kept(title)
            assert event["DESCRIPTION"] == kept(more)
            assert event.decoded("DTSTART") == at.replace(microsecond=0)
            assert event.decoded("DTSTAMP") == made.replace(microsecond=0)
            alarms = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
            assert alarms == [-dt.timedelta(minutes=lead), dt.timedelta(0)]

    holds()
