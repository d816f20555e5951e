"""Amounts: every unit, every way to write one, and how each is said in Chinese."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic_core import PydanticCustomError

from handbook.model.amounts import ORDINALS, UNITS, Amount, Unit, amount
from handbook.model.clocks import Since, cycle, duration, hours, lead, moment, span, start, within
from handbook.model.days import Named, opening
from handbook.model.facts import CLOCKS, Fact
from handbook.model.joined import joined
from handbook.model.limits import BOUNDS, limit

TIMES = [unit for unit, known in UNITS.items() if known.seconds]


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_is_read(unit: str) -> None:
    assert amount(f"2 {unit}") == amount(f" 2  {unit.upper()} ") == amount(f"2{unit}") == Amount(2, unit)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("%", "?")])
def test_a_unit_alone_is_one_of_it(unit: str) -> None:
    assert amount(unit) == Amount(1, unit)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit not in ("%", "?", "°C", "person", "copy", "year old")])
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
        ("12 years old", Amount(12, "year old")),
        ("1,000 m", Amount(1000, "m")),
        ("1,234,567.5 g", Amount(1234567.5, "g")),
        ("-18 °C", Amount(-18, "°C")),
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
            "1.2345 days",
            ".5 days",
        ],
        *[
            "1. days",
            "2",
            "days2",
            "2 dayz",
            "2 days ago",
            "2 days 3 hours",
            "1/2 day",
            "1,00 m",
            "1000,000 m",
            "NT$3",
            "$",
            "3 NT$",
            "seventh ring",
            "%",
        ],
        *["30:0", "1/0", "1/1", "12:", ":50", "1/3/4"],
        *["?", "-2 mm", "70 percent", "2 minutess", "nan days"],
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
    assert not refused(limit, f"2 {unit}")  # 「不超過 10 分鐘」 is a limit as well


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


@pytest.mark.parametrize("bound", [bound for bound in BOUNDS if bound != "from"])
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
    "time": "2 次", "person": "2 人", "copy": "2 份", "?": "2（單位？）", "km": "2 公里", "g": "2 公克", "kg": "2 公斤",
    "ml": "2 毫升", "litre": "2 公升", "°C": "2 °C", "piece": "2 個", "page": "2 頁", "room": "2 間", "night": "2 晚",
    "year old": "2 歲", "shift": "2 班",
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
        (-18, "-18"),
        (100000, "100,000"),
        (999999.999, "999,999.999"),
        (1234.567, "1,234.567"),
    ],
)
def test_numbers_are_said_as_written(number: float, said: str) -> None:
    assert str(Amount(number, "m")) == f"{said} 公尺"


READ = {"within": within, "by": moment, "before": lead, "after": start, "between": hours, "every": cycle, "keep": span}


def fact(kind: str, written: str, event: str = "") -> Fact:
    return Fact(kind, READ[kind](written), event)  # type: ignore[arg-type, operator]


@pytest.mark.parametrize(
    ("kind", "written", "short", "full", "clock"),
    [
        ("within", "2 days", "2 天內", "接到投訴起 2 天內", "within 2 day"),
        ("within", "third ring", "3 聲內", "接到投訴起 3 聲內", ""),
        ("within", "same day", "當天", "接到投訴當天", "within 0 day"),
        ("within", "month end", "當月底前", "接到投訴當月底前", "within month end"),
        ("within", "1 working day", "1 個工作天內", "接到投訴起 1 個工作天內", "within 1 working day"),
        ("within", "1.5 hours", "1.5 小時內", "接到投訴起 1.5 小時內", "within 1.5 hour"),
        ("within", "At once", "立刻", "接到投訴後立刻", ""),
        (
            *("within", "10 minutes between 08:00 and 22:00, else within 30 minutes"),
            *(
                "10 分鐘內（08:00 到 22:00），其他時間 30 分鐘內",
                "接到投訴起 10 分鐘內（08:00 到 22:00），其他時間 30 分鐘內",
            ),
            "within 10 minute 08:00~22:00 30 minute",
        ),
        (
            "within",
            "7 to 14 working days",
            "7 到 14 個工作天內",
            "接到投訴起 7 到 14 個工作天內",
            "within 14 working day",
        ),
        ("within", "30 minutes to 2 hours", "30 分鐘到 2 小時內", "接到投訴起 30 分鐘到 2 小時內", "within 2 hour"),
        ("by", "03:00", "03:00 前", "接到投訴後 03:00 前", "by 03:00|"),
        ("by", "18:00 the day before", "前一天 18:00 前", "接到投訴前一天 18:00 前", "by 18:00|off -1"),
        ("by", "next day by 12:00", "隔天 12:00 前", "接到投訴隔天 12:00 前", "by 12:00|off 1"),
        ("by", "same day at 7:05", "當天 07:05 前", "接到投訴當天 07:05 前", "by 07:05|off 0"),
        ("by", "the day before", "前一天結束前", "接到投訴前一天結束前", "by |off -1"),
        ("by", "3 days later at 09:00", "後第 3 天 09:00 前", "接到投訴後第 3 天 09:00 前", "by 09:00|off 3"),
        ("by", "2 working days before", "前第 2 個工作天結束前", "接到投訴前第 2 個工作天結束前", "by |off-working -2"),
        (
            "by",
            "10:00 next working day",
            "下一個工作天 10:00 前",
            "接到投訴下一個工作天 10:00 前",
            "by 10:00|off-working 1",
        ),
        ("by", "Wednesday next week", "下週三前", "接到投訴的下週三前", "by |next-week 3"),
        ("by", "12:00 on Monday of next week", "下週一 12:00 前", "接到投訴的下週一 12:00 前", "by 12:00|next-week 1"),
        ("by", "5th of next month", "下個月 5 日前", "接到投訴的下個月 5 日前", "by |next-month 5"),
        ("before", "20 minutes", "20 分鐘前", "接到投訴前 20 分鐘", "before 20 minute"),
        ("before", "59 seconds", "59 秒前", "接到投訴前 59 秒", ""),  # over before anybody has looked
        ("after", "3 months", "滿 3 個月", "接到投訴滿 3 個月", "after 3 month"),
        ("after", "15:00", "15:00 起", "接到投訴後 15:00 起", "after 15:00|"),
        ("after", "same day", "當天起", "接到投訴當天起", "after |off 0"),
        ("after", "06:00 next day", "隔天 06:00 起", "接到投訴隔天 06:00 起", "after 06:00|off 1"),
        ("between", "22:00 and 06:00", "22:00 到隔天 06:00", "22:00 到隔天 06:00（接到投訴）", "between 22:00~06:00"),
        ("between", "8:00 to 20:00", "08:00 到 20:00", "08:00 到 20:00（接到投訴）", "between 08:00~20:00"),
        ("keep", "48 hours", "保留 48 小時", "接到投訴起保留 48 小時", "keep 48 hour"),
        ("every", "day", "每天", "每天（接到投訴）", "every 1 day"),
        ("every", "week", "每週", "每週（接到投訴）", "every 1 week"),
        ("every", "month", "每月", "每月（接到投訴）", "every 1 month"),
        ("every", "year", "每年", "每年（接到投訴）", "every 1 year"),
        ("every", "hour", "每小時", "每小時（接到投訴）", "every 1 hour"),
        ("every", "working day", "每工作天", "每工作天（接到投訴）", "every 1 working day"),
        ("every", "2 weeks", "每 2 週", "每 2 週（接到投訴）", "every 2 week"),
        ("every", "6 months", "每 6 個月", "每 6 個月（接到投訴）", "every 6 month"),
        ("every", "month end", "每月底", "每月底（接到投訴）", "every month end"),
        ("every", "3 times a day", "每天 3 次", "每天 3 次（接到投訴）", ""),
        (
            *("every", "4 hours between 08:00 and 20:00"),
            *("每 4 小時（08:00 到 20:00）", "每 4 小時（08:00 到 20:00）（接到投訴）", "every 4 hour 08:00~20:00"),
        ),
    ],
)
def test_clocks_are_said_with_and_without_their_event(
    kind: str, written: str, short: str, full: str, clock: str
) -> None:
    assert fact(kind, written).short == fact(kind, written).full == short
    assert fact(kind, written, "接到投訴").short == short
    assert fact(kind, written, "接到投訴").full == full
    assert fact(kind, written).clock == clock
    assert fact(kind, written).is_deadline
    assert fact(kind, written).size >= 0


@pytest.mark.parametrize(
    ("written", "said", "clock"),
    [
        ("Monday", "每週一", "|week 1"),
        ("Mondays and Thursdays at 9:00", "每週一、四 09:00", "09:00|week 1 4"),
        ("sun", "每週日", "|week 7"),
        ("day at 07:30 and 22:30", "每天 07:30、22:30", "07:30 22:30|daily"),
        ("5th of the month", "每月 5 日", "|month 5"),
        ("10th and 25th day of the month", "每月 10 日、25 日", "|month 10 25"),
        ("15th and last day of the month by 18:00", "每月 15 日、最後一天 18:00", "18:00|month 15 -1"),
        ("first Monday of the month", "每月第 1 個週一", "|nth 1 1"),
        ("last Friday of the month", "每月最後一個週五", "|nth -1 5"),
        ("3rd working day of the month", "每月第 3 個工作天", "|nth-working 3"),
        ("last working day of the month", "每月最後一個工作天", "|nth-working -1"),
        ("quarter", "每季", "|quarter"),
        ("last day of the quarter", "每季最後一天", "|quarter -1"),
        ("first day of the quarter at 9:00", "每季第 1 天 09:00", "09:00|quarter 1"),
        ("last week of the quarter", "每季最後一週", "|quarter -7"),
        ("last week of the month", "每月最後一週", "|month -7"),
        ("hour at :50", "每小時 50 分", "00:50|hour"),
        ("hour at :05 and :35", "每小時 05 分、35 分", "00:05 00:35|hour"),
        ("31 March", "每年 3 月 31 日", "|year 3 31"),
        ("September 9th at 24:00", "每年 9 月 9 日 24:00", "24:00|year 9 9"),
    ],
)
def test_days_of_the_calendar_are_said_the_same_wherever_they_stand(written: str, said: str, clock: str) -> None:
    assert fact("every", written).short == said
    assert fact("every", written).clock == f"every {clock}"
    assert fact("by", written).full == joined(said, "末" * (said == "每季"), "前")
    assert fact("by", written).clock == f"by {clock}"
    assert fact("after", written).full == joined(said, "起")
    for kind in ("every", "by", "after"):
        assert fact(kind, written).recurring
        assert not fact(kind, written).counted
    assert not fact("by", written, "接到投訴").takes_event


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("by", "2 days"), ("by", "25:00"), ("by", "12:60"), ("by", "day"), ("by", ""), ("by", "32nd of the month"),
        ("by", "5 of the month"), ("by", "0 days later"), ("by", "fifth Monday of the month"), ("by", "31 Brumaire"),
        ("every", "next day"), ("every", "18:00 the day before"), ("every", "5th of next month"), ("every", "0 days"),
        ("every", "same day"), ("every", "3 times"), ("between", "08:00"), ("between", "08:00 and 08:00"),
        ("between", "08:00 and noon"), ("after", "soon"), ("within", "10 minutes between 08:00 and 22:00"),
        ("within", "03:00"), ("keep", "month end"),
        ("within", "7 to 14 mm"), ("within", "14 to 7 days"), ("within", "1 to 101 years"),
        ("every", "hour at :60"), ("every", "first week of the quarter"), ("keep", "2 mm"), ("before", "03:00"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_as_it_was_typed(kind: str, written: str) -> None:
    assert f"「{written}」" in refused(READ[kind], written)


def test_every_clock_has_a_reader_and_takes_no_other_than_text() -> None:
    assert list(READ) == list(CLOCKS)
    for read in READ.values():
        for value in (None, 2, ["03:00"]):
            with pytest.raises(PydanticCustomError) as refusal:
                read(value)
            assert refusal.value.type == "string_type"


NAMED = {
    "closing": Named("閉館", ((1320, (8,)), (1260, (6, 7, 9)))),
    "opening": Named("開館", ((360, (8,)), (420, (6, 7, 9)))),
    "evening": Named("晚上"),
}


def named(kind: str, written: str) -> Fact:
    """A fact as a clause has it, in an organisation with moments of its own."""
    value = READ[kind](written, {}, NAMED)  # type: ignore[operator]
    if isinstance(value, Since):
        return Fact(kind, value.amount, value.named.name, value.named)  # type: ignore[arg-type]
    return Fact(kind, value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "written", "full", "clock"),
    [
        ("between", "06:00 and 22:00 on weekdays", "平日 06:00 到 22:00", "between 06:00~22:00@8"),
        (
            *("between", "07:00 and 21:00 on Saturday, Sunday and public holidays"),
            *("週六、日、放假日 07:00 到 21:00", "between 07:00~21:00@6,7,9"),
        ),
        ("between", "22:00 to 06:00 on Friday", "週五 22:00 到隔天 06:00", "between 22:00~06:00@5"),
        ("every", "day at 05:30 on weekends", "週六、日 05:30", "every 05:30|daily@6,7"),
        ("every", "day at 05:30 on weekends and holidays", "週六、日、放假日 05:30", "every 05:30|daily@6,7,9"),
        ("every", "weekday", "平日每天", "every |daily@8"),
        (
            *("every", "2 hours between 06:00 and 22:00 on weekdays"),
            *("每 2 小時（平日 06:00 到 22:00）", "every 2 hour 06:00~22:00@8"),
        ),
        ("by", "18:00 on Friday", "每週五 18:00 前", "by 18:00|week 5"),
        ("by", "18:00 on working days", "每個工作天 18:00 前", "by 18:00|working"),
        ("by", "18:00 on working days and Saturdays", "週六、工作天 18:00 前", "by 18:00|daily@6,10"),
        ("after", "20:00 on weekdays", "平日 20:00 起", "after 20:00|daily@8"),
        (
            *("within", "10 minutes between 08:00 and 22:00 on weekdays, else 30 minutes"),
            *("10 分鐘內（平日 08:00 到 22:00），其他時間 30 分鐘內", "within 10 minute 08:00~22:00@8 30 minute"),
        ),
        ("by", "closing", "閉館前", "by 22:00|@8;21:00|@6,7,9"),
        ("by", "closing on weekdays", "平日閉館前", "by 22:00|daily@8"),
        ("by", "closing same day", "當天閉館前", "by 22:00|off 0@8;21:00|off 0@6,7,9"),
        ("after", "closing", "閉館後", "after 22:00|@8;21:00|@6,7,9"),
        ("every", "day after closing", "每天閉館後", "every 22:00|daily@8;21:00|daily@6,7,9"),
        ("every", "day at closing", "每天閉館時", "every 22:00|daily@8;21:00|daily@6,7,9"),
        (
            *("every", "Monday, Thursday after closing", "每週一、四閉館後"),
            "every 22:00|week 1 4@8;21:00|week 1 4@6,7,9",
        ),
        (
            *("every", "day before opening and after closing", "每天開館前、閉館後"),
            "every 06:00|daily@8;07:00|daily@6,7,9;22:00|daily@8;21:00|daily@6,7,9",
        ),
        ("every", "day in the evening", "每天晚上", ""),
        ("every", "day at 14:00 and in the evening", "每天 14:00、晚上", ""),
        (
            *("every", "2 hours between opening and closing", "每 2 小時（開館到閉館）"),
            "every 2 hour 06:00~22:00@8;07:00~21:00@6,7,9",
        ),
        ("between", "opening and 12:00", "開館到 12:00", "between 06:00~12:00@8;07:00~12:00@6,7,9"),
        ("between", "opening and evening", "開館到晚上", ""),
        (
            *("within", "30 minutes after opening", "開館起 30 分鐘內"),
            "within 30 minute from 06:00|@8;07:00|@6,7,9",
        ),
        ("before", "20 minutes before closing", "閉館前 20 分鐘", "before 20 minute from 22:00|@8;21:00|@6,7,9"),
        ("after", "30 minutes after evening", "晚上滿 30 分鐘", "after 30 minute"),
    ],
)  # fmt: skip
def test_a_clock_stands_on_kinds_of_days_and_on_named_moments(kind: str, written: str, full: str, clock: str) -> None:
    fact = named(kind, written)
    assert fact.full == full
    assert fact.clock == clock
    assert fact.is_deadline
    assert fact.size >= 0


@pytest.mark.parametrize(
    ("kind", "written", "right"),
    [
        ("by", "after closing", "不加 before、after"),
        ("by", "lunch", "closing、opening、evening、03:00"),
        ("between", "opening and opening", "不是一段時間"),
        ("between", "08:00 and 10:00 on busy days", "on weekdays"),
        ("within", "soon after closing", "不是數量"),
    ],
)
def test_a_named_moment_is_refused_where_it_says_nothing(kind: str, written: str, right: str) -> None:
    message = refused(lambda text: READ[kind](text, {}, NAMED), written)  # type: ignore[operator]
    assert right in message.partition("」")[2]


@pytest.mark.parametrize("written", ["noon", "22:00 on busy days", "", "closing"])
def test_a_named_moment_is_at_times_of_the_clock(written: str) -> None:
    assert f"「{written}」" in refused(opening, written)
    assert opening("21:00 on weekends and holidays") == (1260, (6, 7, 9))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("at most 2 mm", "不超過 2 毫米"),
        ("at least 3 copies", "至少 3 份"),
        ("exactly 1 person", "1 人"),
        ("70 %", "70%"),
        ("at most 5 ?", "不超過 5（單位？）"),
        ("third ring", "3 聲"),
        ("at most 10 minutes", "不超過 10 分鐘"),
        ("at least 20 seconds", "至少 20 秒"),
        ("under 20 minutes", "不到 20 分鐘"),
        ("over 20 minutes", "超過 20 分鐘"),
        ("under 5 °C", "低於 5 °C"),
        ("under 12 years old", "未滿 12 歲"),
        ("2 to 8 °C", "2 到 8 °C"),
        ("from -18 to -15 °C", "-18 到 -15 °C"),
        ("over 1,000 to 5,000 m", "超過 1,000 到 5,000 公尺"),
        ("30 minutes to 2 hours", "30 分鐘到 2 小時"),
    ],
)
def test_limits_are_said(written: str, said: str) -> None:
    measured = Fact("limit", limit(written))
    assert measured.short == measured.full == said
    assert not measured.is_deadline
    assert measured.clock == ""


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("at most 2 days", (float("-inf"), 172_800, True, False)),
        ("under 5 °C", (float("-inf"), 5, True, True)),
        ("at least 2 days", (172_800, float("inf"), False, True)),
        ("over 20 m", (20, float("inf"), True, True)),
        ("2 to 8 °C", (2, 8, False, False)),
        ("over 1,000 to 5,000 m", (1000, 5000, True, False)),
        ("over 1,000 to under 5,000 m", (1000, 5000, True, True)),
        ("70 %", (70, 70, False, False)),
    ],
)
def test_what_a_limit_takes(written: str, ends: tuple[float, float, bool, bool]) -> None:
    assert limit(written).ends == ends


def test_an_organisation_counts_in_units_of_its_own() -> None:
    units = {"TWD": Unit("元", sign="NT$"), "cup": Unit("杯")}
    for written in ("3,000 TWD", "NT$3,000", "NT$ 3000", "3000 twd"):
        assert str(amount(written, units)) == "3,000 元"
    assert str(limit("at most NT$1,000", units)) == "不超過 1,000 元"
    assert str(limit("over 1,000 to 5,000 TWD", units)) == "超過 1,000 到 5,000 元"
    assert str(amount("2 cups", units)) == "2 杯"
    units["pH"] = Unit("", sign="pH")
    assert str(amount("pH 6.5", units)) == str(amount("6.5 ph", units)) == "pH 6.5"
    assert str(limit("pH 6.5 to 8.0", units)) == "pH 6.5 到 8"
    assert str(limit("at most NT$ 2 per cup", units)) == "每杯不超過 2 元"
    assert limit("NT$1,000 to 5,000", units) == limit("1,000 to 5,000 TWD", units)
    for written in ("US$3,000", "NT$3,000 TWD", "NT$ TWD", "3 jugs"):
        assert f"「{written}」" in refused(lambda text: amount(text, units), written)
    assert amount("2 cups", units).size == 2
    assert not amount("2 cups", units).timed


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        (("22:00", "起", "15 分鐘內"), "22:00 起 15 分鐘內"),
        (("量到 > 7 °C", "滿", "30 分鐘"), "量到 > 7 °C 滿 30 分鐘"),
        (("接到投訴", "起", "2 天內"), "接到投訴起 2 天內"),
        (("70%", "以上"), "70% 以上"),
        (("客人等", "", "超過 20 分鐘"), "客人等超過 20 分鐘"),
        (("check in", "15:00"), "check in 15:00"),
        (("（週一）", "09:00"), "（週一）09:00"),
        (("「完成」", "後"), "「完成」後"),
        (("", "前"), "前"),
        (("22:00 ", "前"), "22:00 前"),
    ],
)
def test_joining_knows_where_a_blank_belongs(parts: tuple[str, ...], line: str) -> None:
    assert joined(*parts) == line


@pytest.mark.parametrize(
    ("written", "said", "condition"),
    [
        ("at most 8 rooms a day", "每天不超過 8 間", "每天 8 間以下"),
        ("at least 3 hours a year", "每年至少 3 小時", "每年 3 小時以上"),
        ("at most 4 pieces per person", "每人不超過 4 個", "每人 4 個以下"),
        ("2 people each shift", "每班 2 人", "每班 2 人"),
        ("at most 2 persons a day per person", "每人每天不超過 2 人", "每人每天 2 人以下"),
        ("at most 2 persons per person a day", "每人每天不超過 2 人", "每人每天 2 人以下"),
        ("100 to 120 times a minute", "每分鐘 100 到 120 次", "每分鐘 100 到 120 次"),
        ("at most 1 piece per 100 ml", "每 100 毫升不超過 1 個", "每 100 毫升 1 個以下"),
        ("at least 1 person per 15 persons", "每 15 人至少 1 人", "每 15 人 1 人以上"),
        ("2 m per piece", "每個 2 公尺", "每個 2 公尺"),
        ("at least 2 hours a working day", "每工作天至少 2 小時", "每工作天 2 小時以上"),
        ("at least 3 times per 30 days", "30 天內至少 3 次", "30 天內 3 次以上"),
        ("30:2", "30:2", "30:2"),
        ("1:100", "1:100", "1:100"),
        ("1/3 to 2/3", "1/3 到 2/3", "1/3 到 2/3"),
        ("at most 1/3", "不超過 1/3", "1/3 以下"),
        ("over 10 minutes to under 1 hour", "超過 10 分鐘、不到 1 小時", "超過 10 分鐘、不到 1 小時"),
        ("6 to under 12 years old", "6 歲以上、未滿 12 歲", "6 歲以上、未滿 12 歲"),
        ("at least 7 days", "至少 7 天", "7 天以上"),
        ("at most 15 days", "不超過 15 天", "15 天以內"),
        ("under 3 people", "不足 3 人", "不足 3 人"),
        ("over 6 to 15 years old", "超過 6 到 15 歲", "超過 6 歲、15 歲以下"),
        ("under 18 years old", "未滿 18 歲", "未滿 18 歲"),
        ("over 500 m", "超過 500 公尺", "超過 500 公尺"),
    ],
)
def test_limits_are_for_each_of_something_and_stand_in_conditions(written: str, said: str, condition: str) -> None:
    read = limit(written)
    assert Fact("limit", read).short == said
    assert read.condition == condition


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("no more than 3 mm", "at most"), ("up to 3 mm", "at most"), ("4 people or fewer", "at most"),
        ("more than 3 mm", "over"), ("less than 3 mm", "under"), ("between 0 and 5 °C", "2 to 8 °C"),
        ("0-5 °C", "2 to 8 °C"), ("half an hour", "30 minutes"), ("1 hour 30 minutes", "30 minutes"),
        ("3 business days", "working days"), ("70 percent", "%"), ("3 dayz", "是不是 day？"),
        ("3 foo", "organization.yml 的 units"),
        ("2 people per adult", "沒有「adult」這個單位"), ("3 times per 1 year", "每年寫 a year；"),
        ("? days", "寫 open"), ("soon", "例如 2 days"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_write(written: str, right: str) -> None:
    assert right in refused(limit, written).partition("」")[2]


@pytest.mark.parametrize(
    ("kind", "written", "same"),
    [
        ("every", "twice a day", "2 times a day"),
        ("every", "once per week", "1 times a week"),
        ("every", "half year", "6 months"),
        ("every", "every hour at :50", "hour at :50"),
        ("every", "2nd Monday of the month", "second Monday of the month"),
        ("within", "immediately", "at once"),
        ("within", "the same day", "same day"),
    ],
)
def test_what_people_say_as_well(kind: str, written: str, same: str) -> None:
    assert fact(kind, written) == fact(kind, same)


@pytest.mark.parametrize(
    ("read", "written", "right"),
    [
        (cycle, "other week", "2 weeks、day、twice a day、quarter"),
        (cycle, "opening and closing", "organization.yml 的 moments"),
        (within, "today", "3 working days、7 to 14 working days、same day"),
        (span, "at least 30 days", "本來就是至少這麼久；寫 30 days"),
        (limit, "100 to 120 beats a minute", "單位"),
        (limit, "at most 2 people per adult", "沒有「adult」這個單位"),
        (limit, "at most 3 times per 0 days", "每多少"),
        (limit, "at most 3 times a same day", "每多少"),
        (limit, "2 – 8 °C", "2 to 8 °C"),
        (within, "1 to 101 years", "最多 100 年"),
        (within, "30 minutes before closing", "寫 before: 20 minutes before closing"),
        (cycle, "2 quarters", "6 months"),
        (cycle, "31 March and 30 September", "Monday at 09:00"),
        (moment, "31 April", "4 月沒有 31 日"),
        (cycle, "30 February", "2 月沒有 30 日"),
    ],
)
def test_a_field_says_what_it_takes(read: object, written: str, right: str) -> None:
    assert right in refused(read, written)


def test_what_is_written_in_another_order_is_the_same() -> None:
    assert limit("5 pieces per night per person") == limit("5 pieces per person a night")


def test_parts_of_a_whole_are_compared_by_what_they_come_to() -> None:
    third, half, ratio, same = (Fact("limit", limit(written)) for written in ("1/3", "1/2", "30:2", "15:1"))
    assert third.family == half.family
    assert third.size < half.size
    assert ratio.mark == same.mark
    assert ratio.family != half.family


def test_from_a_day_on_does_not_wait_for_its_end() -> None:
    assert fact("after", "next day").bare == "隔天"
    assert fact("by", "next day").bare == "隔天結束"


def test_rings_may_be_from_one_to_another() -> None:
    assert fact("within", "2 to 3 rings").short == "2 到 3 聲內"


def test_a_moment_before_something_says_that_it_is_the_latest() -> None:
    assert fact("before", "30 minutes").label == "最晚 30 分鐘前"
    assert fact("within", "30 minutes").label == fact("within", "30 minutes").short


def test_what_is_measured_has_no_smallest_step() -> None:
    assert amount("5 °C").grain == 0
    assert amount("5 people").grain == 1
    assert amount("2.5 rooms").grain == pytest.approx(0.1)
    assert amount("5 days").grain == 86_400
