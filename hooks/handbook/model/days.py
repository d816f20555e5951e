"""What a clock's time stands on: kinds of days, and moments that an organisation has a name for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .amounts import refuse, texted

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?"
HOUR = r"(?:(?:[01]?[0-9]|2[0-3]):[0-5][0-9]|24:00)"
# Kinds of days are numbers as those of the week are, 1 to 7: Monday to Friday but for holidays; holidays; working days.
ORDINARY, HOLIDAYS, WORKING = 8, 9, 10
_KINDS = {"weekday": (ORDINARY,), "weekend": (6, 7), "holiday": (HOLIDAYS,), "working day": (WORKING,)}
KIND = rf"(?:weekdays?|weekends?|(?:public )?holidays?|working days?|{WEEKDAY})"
ON = rf"{KIND}(?:(?:,? and|,)? {KIND})*"
_SAID = {ORDINARY: "平日", HOLIDAYS: "放假日", WORKING: "工作天"}

Days = tuple[int, ...]  # of which kinds a day has to be one; none: whatever day it is


def kinds(words: str) -> Days:
    """Read `weekdays`, `weekends and holidays`, `Friday`."""
    starts = {name[:3]: (number,) for number, name in enumerate(WEEK, 1)}
    found = (word.removeprefix("public ").removesuffix("s") for word in re.findall(KIND, words))
    return tuple(sorted({day for word in found for day in _KINDS.get(word) or starts[word[:3]]}))


def apart(one: Days, other: Days) -> bool:
    """Whether no day is of both kinds, as far as anybody can tell."""
    week = {ORDINARY: range(1, 6), WORKING: range(1, 8)}
    found = [{inner for day in days for inner in week.get(day, (day,))} for days in (one, other)]
    return bool(one and other) and not found[0] & found[1]


def told_on(days: Days) -> str:
    """「平日」「週六、日、放假日」."""
    named = "、".join("一二三四五六日"[day - 1] for day in days if day < ORDINARY)
    return "、".join([*[f"週{named}"][: len(named)], *(_SAID[day] for day in days if day >= ORDINARY)])


def data_on(days: Days) -> str:
    """For scripts: `@6,7,9`."""
    return f"@{','.join(map(str, days))}" if days else ""


def told(minutes: int) -> str:
    """A time of the day: `07:30`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def minutes(written: str) -> int:
    """The minutes from midnight to `7:30`."""
    hour, minute = written.split(":")
    return int(hour) * 60 + int(minute)


@dataclass(frozen=True)
class Named:
    """A moment that an organisation has a name for, and its times by the clock, where it has any: on what days each."""

    name: str
    at: tuple[tuple[int, Days], ...] = ()


Moments = Mapping[str, Named]
# Words that mean something else where a moment may stand.
TAKEN = {"at", "on", "in", "by", "the", "and", "of", "to", "or", "a", "else", "between", "before", "after", "next",
         "last", "same", "day", "days", "daily", "week", "month", "quarter", "year", "end", "every", "once", "twice",
         "times", *WEEK, *(name[:3] for name in WEEK), "weekday", "weekdays", "weekend", "weekends", "holiday",
         "holidays", "working", "hour", "minute", "shift"}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A named moment as part of another: before it, after it, at it."""

    relation: str
    named: Named

    def __str__(self) -> str:
        return self.named.name + {"before": "前", "after": "後", "at": "時"}.get(self.relation, "")


def opening(written: object) -> tuple[int, Days]:
    """Read when a named moment is: `22:00`, `21:00 on weekends and holidays`."""
    match = re.fullmatch(rf"({HOUR})(?: on ({ON}))?", " ".join(texted(written).lower().split()))
    if not match:
        raise refuse(written, "不是鐘點；寫成例如 22:00，平日與假日不同的，寫 [22:00 on weekdays, 21:00 on weekends]")
    return minutes(match[1]), kinds(match[2] or "")


def names(moments: Moments) -> str:
    """A pattern of the words for moments, the longest first; one that nothing matches where there are none."""
    return "|".join(sorted(map(re.escape, moments), key=len, reverse=True)) or "(?!)"


def marked(words: str, moments: Moments) -> tuple[str, tuple[Mark, ...]]:
    """Words without the moments that are named in them; what stands before one holds for the next as well."""
    marks: list[Mark] = []

    def take(match: re.Match[str]) -> str:
        relation = match[1] or (marks[-1].relation if marks else "")
        marks.append(Mark(relation.replace("in", ""), moments[match[2]]))
        return " "

    pattern = rf"(?:\b(before|after|at|in) )?(?:the )?(?<![\w-])({names(moments)})(?![\w-])"
    return (re.sub(pattern, take, words) if moments else words), tuple(marks)


def crossed(starts: Named, ends: Named) -> list[tuple[int, int, Days]]:
    """From when to when, on what days each: where two moments differ by the same kinds of days, or one of them by
    none."""
    return [
        (start, end, days or others)
        for start, days in starts.at
        for end, others in ends.at
        if days == others or not (days and others)
    ]
