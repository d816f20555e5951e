"""Moments: times of a clock and days of a calendar, as people say them. Read from English words, said in Chinese."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .amounts import UNITS, refuse, texted
from .days import (
    HOUR,
    KIND,
    ON,
    WEEK,
    WEEKDAY,
    Days,
    Mark,
    Moments,
    Named,
    data_on,
    kinds,
    marked,
    minutes,
    names,
    told,
    told_on,
)
from .joined import joined

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
TIME = re.compile(rf"(?<![0-9:]){HOUR}(?![0-9:])")
_NOISE = re.compile(r"\b(?:at|on|by|the|and|of|a)\b|(?<=[0-9](?:st|nd|rd|th)) days?\b|,")

Count = Literal[
    "",
    "off",
    "off working",
    "daily",
    "working",
    "week",
    "month",
    "next month",
    "nth",
    "nth working",
    "quarter",
    "year",
    "hour",
    "next week",
]
# The unit of time after which each kind comes again, or near enough.
LENGTHS = {
    "week": "week",
    "next week": "week",
    "month": "month",
    "next month": "month",
    "nth": "month",
    "nth working": "month",
    "quarter": "month",
    "year": "year",
    "hour": "hour",
}
DAY = UNITS["day"].seconds
WRITTEN = (
    "03:00、18:00 the day before、12:00 next day、3 days later、Monday at 09:00、5th of the month、"
    "last day of the month、first Monday of the month、last working day of the month、31 March"
)


@dataclass(frozen=True)
class Point:
    """Times of the day (in minutes from midnight; none: any), on days of a kind.

    `off`: so many days from an event (`off working`: working days); `week`: days of the week, 1 is Monday (`next
    week`: of that after the event's); `month`: days of the month, -1 is its last, -7 its last week; `nth`: the how
    manieth of which day of the week; `nth working`: the how manieth working day of the month; `quarter`: as of the
    month, none: by its end; `year`: month and day; `hour`: every hour, times are minutes of that. No kind at all:
    whatever day it is. `on`: of which kinds the day has to be; `marks`: moments that the organisation names, in place
    of times.
    """

    times: tuple[int, ...] = ()
    days: Count = ""
    which: tuple[int, ...] = ()
    on: Days = ()
    marks: tuple[Mark, ...] = ()

    @property
    def from_event(self) -> bool:
        """Whether it means nothing without the event that it is counted from."""
        return self.days in ("off", "off working", "next month", "next week")

    @property
    def size(self) -> float:
        """For sorting, in seconds: how far from its event, or after how long it comes again."""
        if self.days in ("off", "off working"):
            return abs(self.which[0] * DAY + (self.times[0] * 60 if self.times else 0)) or DAY
        return UNITS[LENGTHS.get(self.days, "day")].seconds * (3 if self.days == "quarter" else 1)

    @property
    def clock(self) -> str:
        """For scripts: `18:00|off -1`, `07:30 22:30|daily`, `|week 1 4`, `22:00|daily@8;21:00|daily@6,7`; empty
        where it has a moment of which nobody says when it is."""
        days = " ".join([self.days.replace(" ", "-"), *map(str, self.which)])
        if not self.marks:
            return f"{' '.join(map(told, self.times))}|{days}{data_on(self.on)}"
        known = [at for mark in self.marks for at in mark.named.at if not (self.on and at[1]) or self.on == at[1]]
        if not all(mark.named.at for mark in self.marks):
            return ""
        times = [*((time, ()) for time in self.times), *known]
        return ";".join(f"{told(time)}|{days}{data_on(on or self.on)}" for time, on in times)

    @property
    def hours(self) -> str:
        times = [f"{time:02} 分" for time in self.times] if self.days == "hour" else [*map(told, self.times)]
        return "、".join([*times, *map(str, self.marks)])

    def said(self, start: str = "") -> str:
        """「每週一 09:00」, 「前一天 18:00」; after the event that it is counted from: 「入住前一天 18:00」."""
        return joined(_SAID[self.days](self, start), self.hours)


def point(written: object, moments: Moments | None = None) -> Point | None:
    """Read a moment; None where it is none, so that another way to read it can be tried."""
    words, marks = marked(" ".join(texted(written).lower().split()), moments or {})
    times = tuple(dict.fromkeys(map(minutes, TIME.findall(words))))
    if minute := re.fullmatch(r"(?:every )?hour at ((?::[0-5]\d(?:,? and |, )?)+)", words):
        return Point(tuple(sorted({int(one) for one in re.findall(r"\d\d", minute[1])})), "hour")
    rest = " ".join(_NOISE.sub(" ", TIME.sub(" ", words)).split())
    for pattern, read in _READ:
        if match := re.fullmatch(pattern, rest):
            days, which = read(match)
            if days == "year" and which[1] > monthrange(2000, which[0])[1]:
                raise refuse(written, f"{which[0]} 月沒有 {which[1]} 日")
            on = kinds(match["on"]) if "on" in match.groupdict() else ()
            return Point(times, days, which, on, marks) if days or times or marks else None
    return None


def window(written: object, moments: Moments | None = None) -> tuple[Named, Named, Days]:
    """Read `22:00 and 06:00`, `opening and closing`, `8:00 and 12:00 on weekdays`: from when to when, over midnight
    where the second is earlier, and on what days."""
    end = rf"({HOUR}|{names(moments or {})})"
    words = " ".join(texted(written).lower().split())
    match = re.fullmatch(rf"{end} ?(?:and|to|-) ?{end}(?: on ({ON}))?", words)
    ends = [(moments or {}).get(one) or Named("", ((minutes(one), ()),)) for one in match.groups()[:2]] if match else []
    if not match or ends[0] == ends[1]:
        raise refuse(written, "不是一段時間；寫「22:00 and 06:00」，平日才這樣的，寫「22:00 and 06:00 on weekdays」")
    return ends[0], ends[1], kinds(match[3] or "")


Read = tuple[Count, tuple[int, ...]]


def _off(match: re.Match[str]) -> Read:
    """`3 working days before`, `next day`, `day before`, `day after`."""
    count = int(match["count"] or 1)
    return "off working" if match["working"] else "off", (-count if match["back"] else count,)


def _weekdays(match: re.Match[str]) -> Read:
    starts = {name[:3]: number for number, name in enumerate(WEEK, 1)}
    return "week", tuple(
        sorted({starts[name[:3]] for name in match[0].removeprefix("next ").removesuffix(" next week").split()})
    )


def _monthdays(match: re.Match[str]) -> Read:
    days = [int(day) for day in re.findall(r"\d+", match["days"])]
    last = [-1] if "last" in match["days"] or "end" in match[0] else []
    return "next month" if match["next"] else "month", tuple(sorted(set(days))) + tuple(last)


def _part(match: re.Match[str]) -> Read:
    return "month" if match["of"] == "month" else "quarter", (
        {"first day": 1, "last day": -1, "last week": -7}[match["which"]],
    )


def _nth(match: re.Match[str]) -> Read:
    number = NTH.get(match["nth"]) or int(re.sub(r"\D", "", match["nth"]))
    if match["day"] == "working day":
        return "nth working", (number,)
    return "nth", (number, next(n for n, name in enumerate(WEEK, 1) if name.startswith(match["day"][:3])))


def _yearday(match: re.Match[str]) -> Read:
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match["month"][:3]))
    return "year", (month, int(match["day"]))


_MONTH = "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501
_NUMBERED = "(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL = f"{_NUMBERED}(?:st|nd|rd|th)"
_READ: list[tuple[str, Callable[[re.Match[str]], Read]]] = [
    ("", lambda _: ("", ())),
    ("day|daily|every day", lambda _: ("daily", ())),
    ("working days?", lambda _: ("working", ())),
    ("same day", lambda _: ("off", (0,))),
    (r"(?:(?P<count>[1-9]\d?) )?(?P<working>working )?days? (?:(?P<back>before|earlier)|after|later)", _off),
    ("next (?P<working>working )?day(?P<count>)(?P<back>)", _off),
    (rf"{WEEKDAY} next week", lambda match: ("next week", _weekdays(match)[1])),
    (rf"(?:next )?{WEEKDAY}(?: {WEEKDAY}){{0,6}}", _weekdays),
    (rf"(?:day )?(?P<on>{KIND}(?: {KIND})*)", lambda _: ("daily", ())),
    (rf"(?P<days>(?:{_ORDINAL} ?){{1,5}}(?:last day)?|last day) ?(?P<next>next )?month", _monthdays),
    ("(?P<days>)(?P<next>next )?month end", _monthdays),
    ("quarter", lambda _: ("quarter", ())),
    ("(?P<which>first day|last day|last week) (?P<of>month|quarter)", _part),
    (rf"(?P<nth>first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) (?P<day>{WEEKDAY}) month", _nth),
    (rf"(?P<nth>first|second|third|fourth|last|{_ORDINAL}) (?P<day>working day) month", _nth),
    (rf"(?P<day>{_NUMBERED})(?:st|nd|rd|th)? {_MONTH}", _yearday),
    (rf"{_MONTH} (?P<day>{_NUMBERED})(?:st|nd|rd|th)?", _yearday),
]


def _said_off(point: Point, start: str) -> str:
    count, working = point.which[0], point.days == "off working"
    unit = "個工作天" if working else "天"
    if not count:
        said = "當天"
    elif abs(count) == 1:
        said = "前一" + unit if count < 0 else "下一個工作天" if working else "隔天"
    else:
        said = f"{'前' if count < 0 else '後'}第 {abs(count)} {unit}"
    return joined(start, said, "" if point.hours else "結束")


def _said_month(point: Point, start: str) -> str:
    days = [f"{day} 日" for day in point.which if day > 0]
    last = [_LAST[day] for day in point.which if day < 0]
    month = "每月" if point.days == "month" else joined(start, "的下個月") if start else "下個月"
    return joined(month, "、".join([*days, *last]))


def _said_nth(point: Point, start: str) -> str:
    number = point.which[0]
    what = "個工作天" if point.days == "nth working" else f"個週{'一二三四五六日'[point.which[1] - 1]}"
    if number < 0:
        return f"每月最後一{what}"
    return f"每月第 {number} {what}"


def _said_quarter(point: Point, start: str) -> str:
    return "每季" + "".join(_LAST.get(day, f"第 {day} 天") for day in point.which)


_LAST = {-1: "最後一天", -7: "最後一週"}
_SAID: dict[Count, Callable[[Point, str], str]] = {
    "": lambda point, start: start and joined(start, "後"),
    "daily": lambda point, start: joined(told_on(point.on), "" if point.on and point.hours else "每天"),
    "working": lambda point, start: "每個工作天",
    "off": _said_off,
    "off working": _said_off,
    "week": lambda point, start: f"每週{'、'.join('一二三四五六日'[day - 1] for day in point.which)}",
    "next week": lambda point, start: joined(start, f"{'的' * bool(start)}下週{'一二三四五六日'[point.which[0] - 1]}"),
    "month": _said_month,
    "next month": _said_month,
    "nth": _said_nth,
    "nth working": _said_nth,
    "quarter": _said_quarter,
    "hour": lambda point, start: "每小時",
    "year": lambda point, start: f"每年 {point.which[0]} 月 {point.which[1]} 日",
}
