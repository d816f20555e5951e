"""Facts: what a clause measures, a clock or a limit; said in Chinese here only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from .amounts import UNITS, Amount
from .clocks import AT_ONCE, Hours, Value
from .days import WORKING, Days, Mark, Named
from .joined import joined
from .limits import Limit
from .moments import Point

Clock = Literal["within", "by", "before", "after", "between", "every", "keep"]
CLOCKS: tuple[Clock, ...] = ("within", "by", "before", "after", "between", "every", "keep")


@dataclass(frozen=True)
class Fact:
    """What a clause measures: a clock, from an event or by the calendar; or a limit. Says itself in Chinese."""

    kind: Clock | Literal["limit"]
    value: Value
    event: str = ""
    named: Named | None = None  # the moment that it is counted from, where the event is one that is known by name

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
        counted = self.counted or not moment or not getattr(self.value, "days", "")
        return self.is_deadline and counted and not self.named

    @property
    def works(self) -> bool:
        """Whether it counts working days."""
        return (self.last is not None and self.last.unit == "working day") or (
            (isinstance(self.value, Point) and "working" in self.value.days) or WORKING in self.on
        )

    @property
    def days(self) -> Days:
        """The kinds of days on which it counts; none: on all."""
        return self.value.on if isinstance(self.value, (Point, Hours)) else ()

    @property
    def on(self) -> Days:
        """The kinds of days that one must know to count it."""
        if isinstance(self.value, (Point, Hours)):
            named = [mark.named for mark in self.value.marks] if isinstance(self.value, Point) else []
            ends = [self.value.start, self.value.end] if isinstance(self.value, Hours) else named
            return (*self.value.on, *(day for one in ends for _, days in one.at for day in days))
        return ()

    @property
    def amount(self) -> Amount | None:
        """What it counts, where that is one amount: a moment has none, and a range has two."""
        if isinstance(self.value, Limit):
            return None if self.value.upper else self.value.amount
        return self.value if isinstance(self.value, Amount) else None

    @property
    def last(self) -> Amount | None:
        """The amount after which it is over: of a range, where that ends."""
        return self.value.upper if self.is_deadline and isinstance(self.value, Limit) else self.amount

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
            unit = "" if value.amount.timed else re.sub("[0-9]", "", value.amount.unit)
            return self.kind, f"{value.bound}{' to' * bool(value.upper)}", unit, value.each
        if isinstance(value, Amount):
            return self.kind, "", "" if value.timed else value.unit
        return self.kind, type(value).__name__, getattr(value, "days", "")

    @property
    def clock(self) -> str:
        """For scripts: `within 2 day`, `every month end`, `by 18:00|off -1`, `within 10 minute 08:00~22:00 30 minute`;
        empty where nobody looks at a clock: rings, seconds, so many times a day."""
        value = self.value
        if isinstance(value, Point):
            return f"{self.kind} {value.clock}" if value.clock else ""
        if isinstance(value, Hours):
            if not value.clock:
                return ""
            parts = (self.kind, _counted(value.amount), value.clock, _counted(value.otherwise))
            return " ".join(part for part in parts if part)
        last = self.last if self.is_deadline else None
        if not last or last.unit == "shift" or (last.seconds < 60 and last.unit != "day"):
            return ""
        start = f" from {Point(marks=(Mark('', self.named),)).clock}" if self.named and self.named.at else ""
        return f"{self.kind} month end" if last.end else f"{self.kind} {_counted(last)}{start}"

    @property
    def short(self) -> str:
        """As on a chip: 「2 天內」「每 2 週」「不超過 2 毫米」「03:00 前」."""
        return _SHORT[self.kind](self.value)

    @property
    def label(self) -> str:
        """Where it stands alone: 「最晚 7 天前」, as 「30 分鐘前」 alone is half an hour ago."""
        return joined("最晚", self.short) if self.kind == "before" else self.short

    @property
    def bare(self) -> str:
        """So much alone, to stand in a sentence of its author's: 「2 天」「22:00」「每週一」."""
        value = self.value
        if isinstance(value, Limit):
            return value.bare
        said = value.said() if isinstance(value, Point) else str(value)
        return said.removesuffix("結束") if self.kind == "after" else said

    @property
    def full(self) -> str:
        """With the event that starts the clock: 「接到投訴起 2 天內」「入住前一天 18:00 前」."""
        if not self.event or self.kind == "limit":
            return self.short
        if isinstance(self.value, Point) and self.kind != "every":
            return _begins(self.value, self.event) if self.kind == "after" else _ends(self.value, self.event)
        said = _FULL.get(self.kind)
        return said(self) if said else f"{self.short}（{self.event}）"


def _counted(amount: Amount | None) -> str:
    return f"{amount.number:.10g} {amount.unit}" if amount else ""


def _said_within(value: Value) -> str:
    if isinstance(value, Hours):
        return f"{value.amount}內（{value}），其他時間 {value.otherwise}內"
    if isinstance(value, Limit):
        return f"{value.bare}內"
    assert isinstance(value, Amount)
    if value == AT_ONCE:
        return "立刻"
    if value.end:
        return "當月底前"
    return f"{value}內" if value.number else "當天"


def _said_every(value: Value) -> str:
    if isinstance(value, Point):
        return value.said() if value.days or value.marks else joined("每天", value.hours)
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
    counted = isinstance(value, (Hours, Limit)) or (isinstance(value, Amount) and value.number and not value.end)
    return joined(fact.event, "起" if counted else "後" if value == AT_ONCE else "", fact.short)


def _ends(point: Point, event: str = "") -> str:
    """Up to a moment: 「每週五 16:00 前」「閉館前」."""
    return joined(point.said(event), "末" * (point.days == "quarter" and not point.which), "前")


def _begins(point: Point, event: str = "") -> str:
    """From a moment on: 「15:00 起」「閉館後」."""
    return joined(point.said(event).removesuffix("結束"), "後" if point.marks else "起")


_SHORT: dict[str, Callable[[Value], str]] = {
    "within": _said_within,
    "by": lambda value: _ends(value) if isinstance(value, Point) else f"{value}前",
    "before": lambda value: f"{value}前",
    "after": lambda value: _begins(value) if isinstance(value, Point) else f"滿 {value}",
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
