"""Facts: what a clause measures. One grammar for clocks, days of the calendar and limits; said in Chinese here only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from .amounts import CENTURY, UNITS, Amount, Units, amount, refuse
from .joined import joined
from .limits import Limit, limit
from .moments import HOUR, WRITTEN, Point, over, point, told, window

Clock = Literal["within", "by", "before", "after", "between", "every", "keep"]
CLOCKS: tuple[Clock, ...] = ("within", "by", "before", "after", "between", "every", "keep")
AT_ONCE = Amount(0, "second")
OFTEN = "hour|shift|day|week|month|year"
SPOKEN = {"quarter": "3 months", "half year": "6 months"}


@dataclass(frozen=True)
class Times:
    """So many times in a unit of time: three times a day."""

    count: float
    unit: str

    @property
    def size(self) -> float:
        return UNITS[self.unit].seconds / self.count

    def __str__(self) -> str:
        return f"每{UNITS[self.unit].said.removeprefix('個')} {self.count:.10g} 次"


@dataclass(frozen=True)
class Hours:
    """From when to when, in minutes from midnight: over midnight where the end is earlier; and what amount counts
    then, and what at other times."""

    start: int
    end: int
    amount: Amount | None = None
    otherwise: Amount | None = None

    @property
    def size(self) -> float:
        return self.amount.size if self.amount else (self.end - self.start) % 1440 * 60

    @property
    def clock(self) -> str:
        return f"{told(self.start)}~{told(self.end)}"

    def __str__(self) -> str:
        return over(self.start, self.end)


Value = Amount | Point | Times | Hours | Limit


def duration(written: object, units: Units | None = None) -> Amount:
    """Read an amount that a clock can count: time, or rings of a telephone."""
    read = amount(written, units)
    if not read.timed and read.unit != "ring":
        raise refuse(written, "不是時間；量得出的限度請用 limit")
    if not read.number and read.unit != "day":
        raise refuse(written, "沒有長度；當天要做完的寫 same day，馬上要做的寫 at once")
    if read.seconds > CENTURY:
        raise refuse(written, "太長了，最多 100 年")
    return read


def within(written: object, units: Units | None = None) -> Amount | Hours:
    """Read `2 days`, `third ring`, `at once`, or `10 minutes between 08:00 and 22:00, else 30 minutes`."""
    text = " ".join(written.split()) if isinstance(written, str) else ""
    if text.lower() in ("at once", "immediately"):
        return AT_ONCE
    parts = re.fullmatch(rf"(.+?) between ({HOUR} (?:and|to) {HOUR}),? (?:else|otherwise) (?:within )?(.+)", text, re.I)
    if parts:
        return Hours(*window(parts[2]), span(parts[1], units), span(parts[3], units))
    return duration(written, units)


def cycle(written: object, units: Units | None = None) -> Amount | Point | Times | Hours:
    """Read after what something comes again: `2 weeks`, `day`, `month end`, `Monday at 09:00`, `3 times a day`,
    `4 hours between 08:00 and 20:00`."""
    text = " ".join(written.split()).lower() if isinstance(written, str) else ""
    if text in SPOKEN:
        return cycle(SPOKEN[text], units)
    if counted := re.fullmatch(rf"(?:([1-9]\d?) times|(once|twice)) (?:an?|per|every) ({OFTEN})", text):
        return Times({"once": 1, "twice": 2}.get(counted[2]) or int(counted[1]), counted[3])
    if parts := re.fullmatch(rf"(.+?) between ({HOUR} (?:and|to) {HOUR})", text):
        return Hours(*window(parts[2]), span(parts[1], units))
    if text in ("month end", "last day of the month"):
        return Amount(1, "month", end=True)
    found = None if text in (*UNITS, "same day") else point(written)
    if found:
        return _settled(written, found)
    read = duration(written, units)
    if not read.seconds:
        raise refuse(written, "沒有長度；寫成例如 20 minutes、3 months、Monday at 09:00")
    return read


def _settled(written: object, found: Point) -> Point:
    """A moment that comes again by itself."""
    if found.from_event:
        raise refuse(written, "從一件事算起，不會自己再來；寫在 by，或寫成例如 Monday at 09:00、5th of the month")
    return found


def span(written: object, units: Units | None = None) -> Amount:
    """Read a duration that can be counted from any moment: `20 minutes`, `3 months`."""
    read = duration(written, units)
    if not read.seconds:
        raise refuse(written, "沒有長度；寫成例如 20 minutes、3 months")
    if read.end:
        raise refuse(written, "沒有固定的長度；寫成例如 20 minutes、3 months")
    return read


def moment(written: object, units: Units | None = None) -> Point:
    """Read a moment by which something is done: `03:00`, `18:00 the day before`, `5th of the month`."""
    found = point(written)
    if not found or (found.days == "daily" and not found.times):
        raise refuse(written, f"不是鐘點或日子；寫成例如 {WRITTEN}；幾天、幾小時寫在 within")
    return found


def start(written: object, units: Units | None = None) -> Amount | Point:
    """Read from when something is done: `3 months` after its event, `15:00`, `06:00 next day`."""
    return point(written) or span(written, units)


def hours(written: object, units: Units | None = None) -> Hours:
    """Read between what times something is done: `22:00 and 06:00`."""
    return Hours(*window(written))


def _field(read: Callable[[object, Units], Any], *examples: str) -> Any:
    """How a field is read, with the organisation's own units; and what an editor offers."""

    def validated(written: object, info: ValidationInfo) -> Any:
        return read(written, (info.context or {}).get("units", {}))

    return PlainValidator(validated), WithJsonSchema({"type": "string", "examples": list(examples)})


Within = Annotated[Amount | Hours, *_field(within, "2 days", "third ring", "same day", "at once")]
By = Annotated[Point, *_field(moment, "03:00", "18:00 the day before", "5th of the month")]
Span = Annotated[Amount, *_field(span, "20 minutes", "3 months")]
After = Annotated[Amount | Point, *_field(start, "3 months", "15:00")]
Between = Annotated[Hours, *_field(hours, "22:00 and 06:00")]
Cycle = Annotated[Amount | Point | Times | Hours, *_field(cycle, "2 weeks", "Monday at 09:00", "month end")]
Measure = Annotated[Limit, *_field(limit, "at most 2 mm", "70 %", "2 to 8 °C", "under 20 minutes")]


@dataclass(frozen=True)
class Fact:
    """What a clause measures: a clock, from an event or by the calendar; or a limit. Says itself in Chinese."""

    kind: Clock | Literal["limit"]
    value: Value
    event: str = ""

    @property
    def is_deadline(self) -> bool:
        return self.kind != "limit"

    @property
    def chip(self) -> str:
        """What a page draws it as: time, or a limit."""
        return "time" if self.is_deadline else "limit"

    @property
    def recurring(self) -> bool:
        """Whether it comes again by itself: what counts from an event does not."""
        moment = isinstance(self.value, (Point, Hours)) and not (self.event or getattr(self.value, "from_event", False))
        return self.kind == "every" or (self.kind in ("by", "after", "between") and moment)

    @property
    def counted(self) -> bool:
        """Whether it is counted from an event, and means nothing without one."""
        if isinstance(self.value, Point):
            return self.kind != "every" and self.value.from_event
        return self.kind in ("within", "before", "after", "keep") and self.value != AT_ONCE

    @property
    def takes_event(self) -> bool:
        """Whether an event may stand beside it: days of the week or the month come by themselves."""
        moment = self.kind in ("by", "after") and isinstance(self.value, Point)
        return self.is_deadline and (self.counted or not moment or not getattr(self.value, "days", ""))

    @property
    def works(self) -> bool:
        """Whether it counts working days."""
        return (self.amount is not None and self.amount.unit == "working day") or (
            isinstance(self.value, Point) and "working" in self.value.days
        )

    @property
    def amount(self) -> Amount | None:
        """What it counts, where that is one amount: a moment has none, and a range has two."""
        if isinstance(self.value, Limit):
            return None if self.value.upper else self.value.amount
        return self.value if isinstance(self.value, Amount) else None

    @property
    def settled(self) -> bool:
        """Whether its unit is known."""
        return not isinstance(self.value, Limit) or self.value.amount.unit != "?"

    @property
    def size(self) -> float:
        """For comparing: seconds of what is time; of anything else, the number."""
        return self.value.amount.size if isinstance(self.value, Limit) else self.value.size

    @property
    def mark(self) -> tuple[float, str]:
        """Where it stands among its family, in order of size; equal for two that are the same demand."""
        return self.size, "" if self.amount else self.short

    @property
    def family(self) -> tuple[str, ...]:
        """Facts of one family can be compared: the same kind and bound, and a unit of time or the same unit."""
        value = self.value
        if isinstance(value, Limit):
            unit = "" if value.amount.timed else value.amount.unit
            return self.kind, f"{value.bound}{' to' * bool(value.upper)}", unit, value.per
        if isinstance(value, Amount):
            return self.kind, "", "" if value.timed else value.unit
        return self.kind, type(value).__name__, getattr(value, "days", "")

    @property
    def clock(self) -> str:
        """For scripts: `within 2 day`, `every month end`, `by 18:00|off -1`, `within 10 minute 08:00~22:00 30 minute`;
        empty where nobody looks at a clock: rings, seconds, so many times a day."""
        value = self.value
        if isinstance(value, Point):
            return f"{self.kind} {value.clock}"
        if isinstance(value, Hours):
            parts = (self.kind, _counted(value.amount), value.clock, _counted(value.otherwise))
            return " ".join(part for part in parts if part)
        if not isinstance(value, Amount) or value.unit == "shift" or (value.seconds < 60 and value.unit != "day"):
            return ""
        return f"{self.kind} month end" if value.end else f"{self.kind} {_counted(value)}"

    @property
    def short(self) -> str:
        """As on a chip: 「2 天內」「每 2 週」「不超過 2 毫米」「03:00 前」."""
        return _SHORT[self.kind](self.value)

    @property
    def bare(self) -> str:
        """So much alone, to stand in a sentence of its author's: 「2 天」「22:00」「每週一」."""
        value = self.value
        if isinstance(value, Limit):
            return value.bare
        return value.said() if isinstance(value, Point) else str(value)

    @property
    def full(self) -> str:
        """With the event that starts the clock: 「接到投訴起 2 天內」「入住前一天 18:00 前」."""
        if not self.event or self.kind == "limit":
            return self.short
        if isinstance(self.value, Point) and self.kind != "every":
            return _ENDS[self.kind](self.value.said(self.event))
        said = _FULL.get(self.kind)
        return said(self) if said else f"{self.short}（{self.event}）"


def _counted(amount: Amount | None) -> str:
    return f"{amount.number:.10g} {amount.unit}" if amount else ""


def _said_within(value: Value) -> str:
    if isinstance(value, Hours):
        return f"{value.amount}內（{value}），其他時間 {value.otherwise}內"
    assert isinstance(value, Amount)
    if value == AT_ONCE:
        return "立刻"
    if value.end:
        return "當月底前"
    return f"{value}內" if value.number else "當天"


def _said_every(value: Value) -> str:
    if isinstance(value, Point):
        return value.said() if value.days else joined("每天", value.hours)
    if isinstance(value, Hours):
        return f"{_said_every(value.amount or AT_ONCE)}（{value}）"
    if not isinstance(value, Amount):
        return str(value)
    if value.end:
        return "每月底"
    if value.number == 1:
        return "每" + UNITS[value.unit].said.removeprefix("個")
    return f"每 {value}"


def _full_within(fact: Fact) -> str:
    value = fact.value
    counted = isinstance(value, Hours) or (isinstance(value, Amount) and value.number and not value.end)
    return joined(fact.event, "起" if counted else "後" if value == AT_ONCE else "", fact.short)


_ENDS: dict[str, Callable[[str], str]] = {
    "by": lambda said: joined(said, "前"),
    "after": lambda said: joined(said, "起"),
}
_SHORT: dict[str, Callable[[Value], str]] = {
    "within": _said_within,
    "by": lambda value: _ENDS["by"](value.said() if isinstance(value, Point) else str(value)),
    "before": lambda value: f"{value}前",
    "after": lambda value: _ENDS["after"](value.said()) if isinstance(value, Point) else f"滿 {value}",
    "between": str,
    "every": _said_every,
    "keep": lambda value: f"保留 {value}",
    "limit": str,
}
_FULL: dict[str, Callable[[Fact], str]] = {
    "within": _full_within,
    "before": lambda fact: joined(fact.event, "前", str(fact.value)),
    "after": lambda fact: joined(fact.event, fact.short),
    "keep": lambda fact: joined(fact.event, "起", fact.short),
}
