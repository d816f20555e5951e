"""Typed facts: amounts of time and of other things, read from a few English words, said in Chinese here only."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

# unit: how it is counted in Chinese, and its length in seconds where it is one of time
UNITS: dict[str, tuple[str, int]] = {
    "second": ("秒", 1),
    "minute": ("分鐘", 60),
    "hour": ("小時", 3_600),
    "day": ("天", 86_400),
    "working day": ("個工作天", 86_400),
    "week": ("週", 604_800),
    "month": ("個月", 2_592_000),
    "year": ("年", 31_536_000),
    "ring": ("聲", 0),
    "mm": ("毫米", 0),
    "cm": ("公分", 0),
    "m": ("公尺", 0),
    "%": ("%", 0),
    "time": ("次", 0),
    "person": ("人", 0),
    "copy": ("份", 0),
    "?": ("（單位？）", 0),
}
SAME_DAY = 43_200  # seconds: the clock may start at any hour of the day
CENTURY = 100 * UNITS["year"][1]
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
BOUNDS = {"at most": "不超過", "at least": "至少", "exactly": ""}
AMOUNT_SHAPE = r"(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(?P<unit>[a-z][a-z ]*|%|\?)"


@dataclass(frozen=True)
class Amount:
    """A number of units; `same day` is 0 days, `month end` the end of 1 month."""

    number: float
    unit: str
    end: bool = False

    @property
    def seconds(self) -> float:
        """Its length for sorting, in seconds; 0 for what is not time."""
        return self.number * UNITS[self.unit][1]

    @property
    def size(self) -> float:
        """For comparing: seconds of what is time, the same day between hours and days; of anything else, the number."""
        return SAME_DAY if self == Amount(0, "day") else self.seconds or self.number

    def after(self, start: dt.date) -> dt.date:
        """The day that lies this long after another; months end on their last day where they are shorter."""
        months = int({"month": 1, "year": 12}.get(self.unit, 0) * self.number)
        if not months:
            return start + dt.timedelta(seconds=self.seconds)
        years, month = divmod(start.month - 1 + months, 12)
        last = calendar.monthrange(start.year + years, month + 1)[1]
        return dt.date(start.year + years, month + 1, min(start.day, last))

    def __str__(self) -> str:
        return f"{self.number:.10g}{'' if self.unit in '%?' else ' '}{UNITS[self.unit][0]}"


def _refuse(written: object, why: str = f"不是數量；寫「數字 單位」，單位是 {'、'.join(UNITS)}") -> PydanticCustomError:
    return PydanticCustomError("amount", "「{written}」{why}", {"written": str(written), "why": why})


def amount(written: object) -> Amount:
    """Read `2 days`, `third ring`, `70 %`, `same day`, `month end` or, for 'every', just `day`."""
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "not a text")
    words = " ".join(written.lower().split())
    if words == "same day":
        return Amount(0, "day")
    if words == "month end":
        return Amount(1, "month", end=True)
    first, _, rest = words.partition(" ")
    if rest and first in ORDINALS:
        words = f"{ORDINALS[first]} {rest}"
    elif words in UNITS and words not in ("%", "?"):
        words = f"1 {words}"
    match = re.fullmatch(AMOUNT_SHAPE, words)
    if not match:
        raise _refuse(written)
    unit = match["unit"]
    singular = unit if unit in UNITS else {"people": "person", "copies": "copy"}.get(unit, unit.removesuffix("s"))
    if singular not in UNITS:
        raise _refuse(written)
    return Amount(float(match["number"]), singular)


def duration(written: object) -> Amount:
    """Read an amount that a clock can count: time, or rings of a telephone."""
    read = amount(written)
    if not UNITS[read.unit][1] and read.unit != "ring":
        raise _refuse(written, "不是時間；量得出的限度請用 limit")
    if not read.number and read.unit != "day":
        raise _refuse(written, "沒有長度；當天要做完的寫 same day")
    if read.seconds > CENTURY:
        raise _refuse(written, "太長了，最多 100 年")
    return read


def cycle(written: object) -> Amount:
    """Read a duration after which something comes again: `2 weeks`, `day`, `month end`."""
    read = duration(written)
    if not read.seconds:
        raise _refuse(written, "沒有長度；寫成例如 20 minutes、3 months")
    return read


def span(written: object) -> Amount:
    """Read a duration that can be counted from any moment: `20 minutes`, `3 months`."""
    read = cycle(written)
    if read.end:
        raise _refuse(written, "沒有固定的長度；寫成例如 20 minutes、3 months")
    return read


@dataclass(frozen=True)
class Limit:
    """A measured limit that is no time: at most, at least or exactly some amount."""

    bound: str
    amount: Amount


def limit(written: object) -> Limit:
    """Read `at most 2 mm`, `at least 3 copies` or, exactly, `70 %`."""
    words = " ".join(str(written).lower().split())
    bound = next((b for b in BOUNDS if words.startswith(b + " ")), "")
    read = amount(words[len(bound) :].strip() if isinstance(written, str) else written)
    if UNITS[read.unit][1]:
        raise _refuse(written, "是時間；用 within、before、after 或 every")
    return Limit(bound or "exactly", read)


Duration = Annotated[
    Amount,
    PlainValidator(duration),
    WithJsonSchema({"type": "string", "examples": ["2 days", "third ring", "same day"]}),
]
Cycle = Annotated[
    Amount,
    PlainValidator(cycle),
    WithJsonSchema({"type": "string", "examples": ["2 weeks", "day", "month end"]}),
]
Span = Annotated[
    Amount,
    PlainValidator(span),
    WithJsonSchema({"type": "string", "examples": ["20 minutes", "3 months"]}),
]
Measure = Annotated[
    Limit, PlainValidator(limit), WithJsonSchema({"type": "string", "examples": ["at most 2 mm", "70 %"]})
]

Clock = Literal["within", "before", "after", "every"]


@dataclass(frozen=True)
class Fact:
    """What a clause measures: a clock from an event, or a limit. Says itself in Chinese."""

    kind: Clock | Literal["limit"]
    amount: Amount
    event: str = ""
    bound: str = ""

    @property
    def is_deadline(self) -> bool:
        return self.kind != "limit"

    @property
    def clock(self) -> str:
        """For scripts: `within 2 day`, `every month end`; empty where nobody looks at a clock: rings, seconds."""
        amount = self.amount
        if not self.is_deadline or (amount.seconds < 60 and amount.unit != "day"):
            return ""
        return f"{self.kind} month end" if amount.end else f"{self.kind} {amount.number:.10g} {amount.unit}"

    @property
    def short(self) -> str:
        """As on a chip: 「2 天內」「每 2 週」「不超過 2 毫米」."""
        return _SHORT[self.kind](self)

    @property
    def full(self) -> str:
        """With the event that starts the clock: 「接到投訴起 2 天內」."""
        if not self.event or self.kind == "limit":
            return self.short
        if self.kind == "within":
            joint = "起 " if self.amount.number and not self.amount.end else ""
            return f"{self.event}{joint}{self.short}"
        if self.kind == "before":
            return f"{self.event}前 {self.amount}"
        if self.kind == "after":
            return f"{self.event}{self.short}"
        return f"{self.short}（{self.event}）"


def _within(fact: Fact) -> str:
    if fact.amount.end:
        return "當月底前"
    return f"{fact.amount}內" if fact.amount.number else "當天"


def _every(fact: Fact) -> str:
    if fact.amount.end:
        return "每月底"
    if fact.amount.number == 1:
        return "每" + UNITS[fact.amount.unit][0].removeprefix("個")
    return f"每 {fact.amount}"


_SHORT: dict[str, Callable[[Fact], str]] = {
    "within": _within,
    "every": _every,
    "before": lambda fact: f"{fact.amount}前",
    "after": lambda fact: f"滿 {fact.amount}",
    "limit": lambda fact: f"{BOUNDS[fact.bound]} {fact.amount}".strip(),
}
