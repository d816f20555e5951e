"""When deadlines fall, and the reminders of them, as our scripts reckon: held against a library for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr
from dateutil.tz import datetime_exists, resolve_imaginary
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.web.node import Node

# No summer time; at two in the morning; by half an hour; at midnight, so that a day begins at one.
ZONES = ["Asia/Taipei", "America/New_York", "Australia/Lord_Howe", "America/Santiago"]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
COUNT = """async (web) => {
    const { moments, readClock, readWorkdays } = await import(`${web}/deadlines/dates.js`);
    return (cases) => cases.map(([clock, start, days, holidays]) =>
        moments(readClock(clock), new Date(start), readWorkdays(days, holidays)).map((at) => at.getTime()));
}"""
AGAIN = """async (web) => {
    const { local, moments, readClock, readWorkdays } = await import(`${web}/deadlines/dates.js`);
    const { apart, free, rule } = await import(`${web}/deadlines/recurrence.js`);
    return (cases) => cases.map(([clock, begun, days, holidays]) => {
        const [start, workdays] = [new Date(begun), readWorkdays(days, holidays)];
        return apart(readClock(clock)).map((one) => {
            const at = moments(one, start, workdays);
            return [rule(one, start, workdays), at.map(local), free(one, at[0], workdays).map(local)];
        });
    });
}"""
WRITE = """async (web) => {
    const { calendarFile } = await import(`${web}/deadlines/ics.js`);
    return ([reminders, made]) => calendarFile(
        reminders.map((one) => ({ ...one, at: new Date(one.at), free: (one.free ?? []).map((at) => new Date(at)) })),
        new Date(made));
}"""
Case = tuple[str, str, str, str]  # as dates.js takes it: clock, start, working days, holidays


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
    if unit == "working day" and days:
        return [_stamp(_working(start, n * number, days.split(), holidays.split())) for n in times]
    length = relativedelta(**{f"{unit.removeprefix('working ')}s": number})
    return [_stamp(start.replace(fold=0) + n * length) for n in times]


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
def test_deadlines_fall_where_a_calendar_has_them(zone: str) -> None:
    with Node(COUNT, zone) as node:

        @settings(max_examples=60, deadline=None)
        @given(cases(NONE, NONE, AMOUNTS))
        def holds(some: list[Case]) -> None:
            assert node.ask(some) == [due(case, ZoneInfo(zone)) for case in some]

        holds()


@pytest.mark.parametrize("zone", ZONES[:2])
def test_working_days_skip_what_is_free_and_days_do_not(zone: str) -> None:
    days = st.sets(st.sampled_from(WEEK), min_size=1).map(" ".join)
    holidays = st.sets(st.dates(dt.date(2020, 1, 1), dt.date(2036, 12, 31)), max_size=40)
    near = st.lists(st.integers(0, 60), max_size=8).map(lambda some: {dt.date(2028, 1, 31 - n % 31) for n in some})
    free = st.one_of(holidays, near).map(lambda some: " ".join(sorted(map(str, some))))
    amounts = st.builds("{} {}".format, st.integers(1, 30), st.sampled_from(["day", "working day", "week"]))

    with Node(COUNT, zone) as node:

        @settings(max_examples=60, deadline=None)
        @given(cases(days, free, amounts))
        def holds(some: list[Case]) -> None:
            assert node.ask(some) == [due(case, ZoneInfo(zone)) for case in some]

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
def test_a_deadline_is_where_one_expects_it(zone: str, clock: str, start: str, falls: str) -> None:
    expected = dt.datetime.fromisoformat(falls).timestamp() * 1000
    with Node(COUNT, zone) as node:
        assert node.ask([(clock, start, "", "")]) == [[expected]]


@pytest.mark.parametrize(
    ("clock", "start", "falls"),
    [
        ("every 2 week", "2026-12-24T09:00", ["2027-01-07T09:00", "2027-01-21T09:00", "2027-02-04T09:00"]),
        ("every 1 month", "2027-01-31T09:00", ["2027-02-28T09:00", "2027-03-31T09:00", "2027-04-30T09:00"]),
        ("every month end", "2027-01-31T09:00", ["2027-01-31T23:59", "2027-02-28T23:59", "2027-03-31T23:59"]),
        ("every 4 hour 08:00~20:00", "2027-01-31T18:00", ["2027-02-01T08:00", "2027-02-01T12:00", "2027-02-01T16:00"]),
        ("every 4 hour 08:00~20:00", "2027-01-31T03:00", ["2027-01-31T08:00", "2027-01-31T12:00", "2027-01-31T16:00"]),
        ("within 10 minute 08:00~22:00 30 minute", "2027-01-31T22:00", ["2027-01-31T22:10"]),
        ("within 10 minute 08:00~22:00 30 minute", "2027-01-31T22:01", ["2027-01-31T22:31"]),
        ("within 10 minute 22:00~06:00 30 minute", "2027-01-31T23:55", ["2027-02-01T00:05"]),
        ("keep 48 hour", "2027-01-31T10:00", ["2027-02-02T10:00"]),
        ("by 03:00|", "2027-01-31T22:00", ["2027-02-01T03:00", "2027-02-02T03:00", "2027-02-03T03:00"]),
        ("by 18:00|off -1", "2027-03-01T15:00", ["2027-02-28T18:00"]),
        ("by |off 1", "2027-02-28T15:00", ["2027-03-01T23:59"]),
        ("after 06:00|off 1", "2027-02-28T15:00", ["2027-03-01T06:00"]),
        ("after |week 1", "2027-01-29T15:00", ["2027-02-01T00:00", "2027-02-08T00:00", "2027-02-15T00:00"]),
        ("by |next-week 3", "2027-01-29T15:00", ["2027-02-03T23:59"]),
        ("by 12:00|next-week 1", "2027-01-31T23:00", ["2027-02-01T12:00"]),
        ("by 12:00|next-week 7", "2027-02-01T00:00", ["2027-02-14T12:00"]),
        ("by |next-month 5", "2027-12-31T15:00", ["2028-01-05T23:59"]),
        ("by |next-month 31", "2027-01-15T15:00", ["2027-02-28T23:59"]),
        ("every |quarter", "2027-03-31T23:59", ["2027-06-30T23:59", "2027-09-30T23:59", "2027-12-31T23:59"]),
        ("every |quarter -7", "2027-01-31T23:00", ["2027-03-25T23:59", "2027-06-24T23:59", "2027-09-24T23:59"]),
        ("every 09:00|quarter 1", "2027-12-31T23:00", ["2028-01-01T09:00", "2028-04-01T09:00", "2028-07-01T09:00"]),
        ("every |month -7", "2028-01-31T23:00", ["2028-02-23T23:59", "2028-03-25T23:59", "2028-04-24T23:59"]),
        ("every 00:50|hour", "2027-01-31T22:50", ["2027-01-31T23:50", "2027-02-01T00:50", "2027-02-01T01:50"]),
        ("every 00:05 00:35|hour", "2027-01-31T22:10", ["2027-01-31T22:35", "2027-01-31T23:05", "2027-01-31T23:35"]),
        ("between 22:00~06:00", "2027-01-31T23:00", ["2027-02-01T22:00", "2027-02-02T22:00", "2027-02-03T22:00"]),
        ("every |year 2 29", "2027-01-31T23:00", ["2027-02-28T23:59", "2028-02-29T23:59", "2029-02-28T23:59"]),
        ("every 07:30 22:30|daily", "2027-01-31T07:30", ["2027-01-31T22:30", "2027-02-01T07:30", "2027-02-01T22:30"]),
    ],
)
def test_a_moment_is_where_one_expects_it(clock: str, start: str, falls: list[str]) -> None:
    zone = ZoneInfo("Asia/Taipei")
    expected = [dt.datetime.fromisoformat(at).replace(tzinfo=zone).timestamp() * 1000 for at in falls]
    with Node(COUNT, "Asia/Taipei") as node:
        assert node.ask([(clock, start, "", "")]) == [expected]


@pytest.mark.parametrize(
    ("clock", "falls"),
    [
        ("by 10:00|off-working 1", ["2027-02-02T10:00"]),
        ("by |off-working -2", ["2027-01-26T23:59"]),
        ("every |nth-working 1", ["2027-02-02T23:59", "2027-03-01T23:59", "2027-04-01T23:59"]),
        ("every |nth-working -1", ["2027-01-29T23:59", "2027-02-26T23:59", "2027-03-31T23:59"]),
        ("every 09:00|working", ["2027-01-29T09:00", "2027-02-02T09:00", "2027-02-03T09:00"]),
    ],
)
def test_working_days_of_the_calendar_know_holidays(clock: str, falls: list[str]) -> None:
    """1 February 2027 is a Monday, and free."""
    zone = ZoneInfo("Asia/Taipei")
    expected = [dt.datetime.fromisoformat(at).replace(tzinfo=zone).timestamp() * 1000 for at in falls]
    start = "2027-01-28T12:00" if clock.startswith("every") else "2027-01-29T12:00"
    if "-2" in clock:
        start = "2027-01-28T12:00"
    with Node(COUNT, "Asia/Taipei") as node:
        assert node.ask([(clock, start, "mon tue wed thu fri", "2027-02-01")]) == [expected]


@pytest.mark.parametrize(
    ("clock", "falls"),
    [
        ("by 18:00|@8", ["2027-01-29T18:00", "2027-02-02T18:00", "2027-02-03T18:00"]),
        ("by 18:00|daily@9,6", ["2027-01-30T18:00", "2027-02-01T18:00", "2027-02-06T18:00"]),
        ("after 18:00|daily@10", ["2027-01-29T18:00", "2027-02-02T18:00", "2027-02-03T18:00"]),
        ("between 06:00~22:00@8;07:00~21:00@6,7,9", ["2027-01-30T07:00", "2027-01-31T07:00", "2027-02-01T07:00"]),
        ("every 8 hour 06:00~22:00@8;07:00~21:00@6,7,9", ["2027-01-29T20:00", "2027-01-30T07:00", "2027-01-30T15:00"]),
        ("every 22:00|week 1 5@8;21:00|week 1 5@9", ["2027-01-29T22:00", "2027-02-01T21:00", "2027-02-05T22:00"]),
        ("within 10 minute 08:00~22:00@9 30 minute", ["2027-01-29T12:30"]),
        ("within 30 minute from 22:00|@8;21:00|@9", ["2027-01-29T22:30", "2027-02-01T21:30", "2027-02-02T22:30"]),
        ("within 30 minute from 11:45|", ["2027-01-29T12:15", "2027-01-30T12:15", "2027-01-31T12:15"]),
        ("before 30 minute from 12:30|", ["2027-01-30T12:00", "2027-01-31T12:00", "2027-02-01T12:00"]),
        ("by 22:00|off 0@8;21:00|off 0@6,7", ["2027-01-29T22:00"]),
        ("by 22:00|off 3@8;21:00|off 3@9", ["2027-02-01T21:00"]),
        ("by 22:00|off 1@8", []),
    ],
)
def test_a_clock_knows_kinds_of_days(clock: str, falls: list[str]) -> None:
    """29 January 2027 is a Friday; the Monday after it is free."""
    zone = ZoneInfo("Asia/Taipei")
    expected = [dt.datetime.fromisoformat(at).replace(tzinfo=zone).timestamp() * 1000 for at in falls]
    with Node(COUNT, "Asia/Taipei") as node:
        assert node.ask([(clock, "2027-01-29T12:00", "mon tue wed thu fri", "2027-02-01")]) == [expected]


# ── what comes again ────────────────────────────────────────────────────────────────────────────

HOURS = st.sampled_from(["", "00:00", "07:30", "02:30", "24:00", "09:00 18:30"])
NAMED = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


def numbers(least: int, most: int, count: int = 1) -> st.SearchStrategy[str]:
    return st.sets(st.integers(least, most), min_size=1, max_size=count).map(lambda some: " ".join(map(str, some)))


POINTS = st.builds(
    "{}|{}".format,
    HOURS,
    st.one_of(
        st.sampled_from(
            [
                "",
                "daily",
                "@8",
                "daily@6,8",
                "daily@3,5",
                "daily@10",
                "working",
                "month -1",
                "month -7",
                "quarter",
                "quarter -1",
                "quarter 1",
                "quarter -7",
                "nth -1 5",
                "year 2 29",
            ]
        ),
        st.builds("week {}".format, numbers(1, 7, 3)),
        st.builds("month {}".format, numbers(1, 31, 3)),
        st.builds("nth {} {}".format, st.integers(1, 4), st.integers(1, 7)),
        st.builds("year {} {}".format, st.integers(1, 12), st.integers(1, 28)),
    ),
)
CYCLES = st.builds("{} {}".format, st.integers(1, 5), st.sampled_from(["day", "week", "month", "year"]))
CLOCKS = st.builds("every {}".format, POINTS | CYCLES | st.sampled_from(["month end", "1 working day"]))


@pytest.mark.parametrize("zone", ZONES[:2])
def test_a_rule_says_when_it_comes_again(zone: str) -> None:
    """By the clock on the wall: what a library makes of the rule, from the first moment on, is what we reckon."""
    with Node(AGAIN, zone) as node:

        @settings(max_examples=100, deadline=None)
        @given(st.lists(st.tuples(CLOCKS, STARTS), min_size=1, max_size=20))
        def holds(some: list[tuple[str, dt.datetime]]) -> None:
            asked = [(clock, start.isoformat(timespec="minutes"), "mon tue thu", "") for clock, start in some]
            for (clock, _), found in zip(some, node.ask(asked), strict=True):
                for rule, falls, free in found:
                    assert rule, clock
                    assert not free
                    again = rrulestr(rule, dtstart=dt.datetime.fromisoformat(falls[0]))
                    wall = [at.isoformat(timespec="minutes") for at in islice(again, 3)]
                    assert wall == falls or spring(falls, zone), clock

        holds()


def spring(falls: list[str], zone: str) -> bool:
    """Whether a moment came an hour late, as the clock skipped it: no rule of the wall says so."""
    days = [dt.datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)) for at in falls]
    return any(not datetime_exists(at - dt.timedelta(hours=1)) for at in days)


def test_no_rule_says_what_comes_on_a_working_day_and_a_holiday_is_left_out() -> None:
    with Node(AGAIN, "Asia/Taipei") as node:
        asked = [
            ("every |nth-working 3", "2027-01-28T12:00", "mon tue wed thu fri", "2027-02-01"),
            ("every 20 minute", "2027-01-28T12:00", "", ""),
            ("every 4 hour 08:00~20:00", "2027-01-28T12:00", "", ""),
            ("every 00:50|hour", "2027-01-28T12:00", "", ""),
            ("every 1.5 week", "2027-01-28T12:00", "", ""),
            ("every 09:00|daily@6,7,9", "2027-01-28T12:00", "mon tue wed thu fri", "2027-02-01"),
            ("every 09:00|week 1@8", "2027-01-28T12:00", "mon tue wed thu fri", "2027-02-01"),
            ("every 09:00|working", "2027-01-28T12:00", "mon tue wed thu fri", "2027-02-01 2027-02-06"),
            ("every 09:00|daily@8", "2027-01-28T12:00", "sat", "2027-02-01 2027-02-06"),
            ("every 09:00|daily@6,8", "2027-01-28T12:00", "sat", "2027-02-01 2027-02-06"),
        ]
        *none, [[rule, _, free]], [[ordinary, _, off]], [[more, _, too]] = node.ask(asked)
    assert [one[0] for [one] in none] == [""] * 7
    assert (rule, free) == (ordinary, off) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", ["2027-02-01T09:00"])
    assert (more, too) == ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", ["2027-02-01T09:00"])


# ── reminders ───────────────────────────────────────────────────────────────────────────────────

WORDS = st.text(st.characters(exclude_categories=["Cs"])) | st.text('字，\\;,:\n\r"n😀é x', max_size=120)
LATELY = dt.datetime(2026, 12, 1, 2, tzinfo=dt.UTC)
MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2199, 12, 31), timezones=st.just(dt.UTC))


@pytest.fixture(scope="module")
def writer() -> Iterator[Node]:
    with Node(WRITE, "America/New_York") as node:
        yield node


def test_what_comes_again_is_told_by_the_clock_on_the_wall(writer: Node) -> None:
    one = {
        "id": "1@x",
        "at": "2027-02-01T14:00:00Z",
        "lead": 60,
        "title": "盤點",
        "details": "",
        "url": "https://x.test/",
    }
    again = {**one, "rule": "FREQ=WEEKLY;BYDAY=MO", "free": ["2027-02-08T14:00:00Z"]}
    once, [event] = (
        Calendar.from_ical(writer.ask([[some], "2026-12-01T02:00:00Z"])).walk("VEVENT") for some in (one, again)
    )
    assert once[0].decoded("DTSTART") == dt.datetime(2027, 2, 1, 14, tzinfo=dt.UTC)
    assert "RRULE" not in once[0]
    assert event.decoded("DTSTART") == dt.datetime(2027, 2, 1, 9)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    assert event["EXDATE"].dts[0].dt == dt.datetime(2027, 2, 8, 9)


def kept(words: str) -> str:
    """What a file keeps of a text: no sign that commands anything, and one way to end a line."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or not (sign < " " or sign == "\x7f"))


def test_a_calendar_reads_back_what_reminders_say(writer: Node) -> None:
    @settings(max_examples=100, deadline=None)
    @example([("a" * 200, "字" * 100, LATELY, 15)], LATELY)  # lines of every length that may have to be folded
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
        file = writer.ask([reminders, made.isoformat()])
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
