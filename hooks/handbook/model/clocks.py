"""Clocks: how long, by when, how often. Read from English words; what a field of a clause may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from .amounts import CENTURY, UNITS, Amount, Units, amount, refuse
from .days import HOUR, ON, Days, Moments, Named, crossed, data_on, names, told, told_on
from .fields import listed
from .joined import joined
from .limits import Limit, limit
from .moments import WRITTEN, Point, point, window

AT_ONCE = Amount(0, "second")
OFTEN = "hour|shift|day|week|month|year"
OFTEN_WRITTEN = (
    "2 weeks、day、twice a day、quarter、month end、07:30 and 22:30、Monday at 09:00、5th of the month、hour at :50、"
    "2 hours between 08:00 and 20:00、day after closing（organization.yml 的 moments）"
)
WITHIN_WRITTEN = "2 days、3 working days、7 to 14 working days、same day、third ring、at once"
SPOKEN = {"half year": "6 months"}


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
    """From when to when, by the clock or from one named moment to another, over midnight where the end is earlier; on
    what days; and what amount counts then, and what at other times."""

    start: Named
    end: Named
    on: Days = ()
    amount: Amount | None = None
    otherwise: Amount | None = None

    @property
    def spans(self) -> list[tuple[int, int, Days]]:
        """In minutes from midnight, and on what days each; none where nobody says when it begins or ends."""
        found = crossed(self.start, self.end)
        return [
            (start, end, days or self.on) for start, end, days in found if not (days and self.on) or days == self.on
        ]

    @property
    def size(self) -> float:
        return self.amount.size if self.amount else next(((end - start) % 1440 * 60 for start, end, _ in self.spans), 0)

    @property
    def clock(self) -> str:
        return ";".join(f"{told(start)}~{told(end)}{data_on(days)}" for start, end, days in self.spans)

    def __str__(self) -> str:
        spans = self.spans
        over = "隔天" if spans and all(end < start for start, end, _ in spans) else ""
        start, end = (one.name or told(one.at[0][0]) for one in (self.start, self.end))
        return joined(told_on(self.on), start, f"到{over}", end)


@dataclass(frozen=True)
class Since:
    """So long after a named moment, or before it."""

    amount: Amount
    named: Named


Own = dict[str, Any]  # what an organisation adds to our words: `units` and `moments`
Value = Amount | Point | Times | Hours | Limit


def duration(written: object, units: Units | None = None) -> Amount:
    """Read an amount that a clock can count: time, or rings of a telephone."""
    return _clocked(written, amount(written, units))


def _clocked(written: object, read: Amount) -> Amount:
    """An amount, where a clock can count it."""
    if not read.timed and read.unit != "ring":
        raise refuse(written, "不是時間；量得出的限度請用 limit")
    if not read.number and read.unit != "day":
        raise refuse(written, "沒有長度；當天要做完的寫 same day，馬上要做的寫 at once")
    if read.seconds > CENTURY:
        raise refuse(written, "太長了，最多 100 年")
    return read


def within(
    written: object, units: Units | None = None, moments: Moments | None = None
) -> Amount | Hours | Since | Limit:
    """Read `2 days`, `7 to 14 working days`, `third ring`, `at once`, `30 minutes after opening`,
    `10 minutes between 08:00 and 22:00, else 30 minutes`."""
    text = " ".join(written.split()) if isinstance(written, str) else ""
    if text.lower() in ("at once", "immediately"):
        return AT_ONCE
    parts = re.fullmatch(rf"(.+?) between ({_window(moments)}),? (?:else|otherwise) (?:within )?(.+)", text, re.I)
    if parts:
        return Hours(*window(parts[2], moments), span(parts[1], units), span(parts[3], units))
    return since(text, units, moments) or _apart(text, units) or _shown(written, units, f"寫成例如 {WITHIN_WRITTEN}")


def _apart(text: str, units: Units | None) -> Limit | None:
    """Read `7 to 14 working days`; None where it is no range."""
    read = (
        limit(text, units) if re.fullmatch(r"(?:from )?[\d.,]+ (?:[a-z ]+ )?to [\d.,]+ [a-z ]+", text, re.I) else None
    )
    for one in (read.amount, read.upper) if read else ():
        _clocked(text, one or AT_ONCE)
    return read


def _window(moments: Moments | None) -> str:
    """A pattern of what `window` reads."""
    end = f"(?:{HOUR}|{names(moments or {})})"
    return f"{end} (?:and|to) {end}(?: on {ON})?"


def since(text: str, units: Units | None, moments: Moments | None, way: str = "after") -> Since | None:
    """Read `30 minutes after opening`; None where it counts from nothing that the organisation has a name for."""
    parts = re.fullmatch(rf"(.+) {way} ({names(moments or {})})", text, re.I) if moments else None
    return Since(span(parts[1], units), moments[parts[2].lower()]) if parts and moments else None


def cycle(
    written: object, units: Units | None = None, moments: Moments | None = None
) -> Amount | Point | Times | Hours:
    """Read after what something comes again: `2 weeks`, `day`, `month end`, `Monday at 09:00`, `3 times a day`,
    `4 hours between 08:00 and 20:00`."""
    text = " ".join(written.split()).lower() if isinstance(written, str) else ""
    if text in SPOKEN:
        return cycle(SPOKEN[text], units)
    if counted := re.fullmatch(rf"(?:([1-9]\d?) times|(once|twice)) (?:an?|per|every) ({OFTEN})", text):
        return Times({"once": 1, "twice": 2}.get(counted[2]) or int(counted[1]), counted[3])
    if parts := re.fullmatch(rf"(.+?) between ({_window(moments)})", text):
        return Hours(*window(parts[2], moments), span(parts[1], units))
    if text in ("month end", "last day of the month"):
        return Amount(1, "month", end=True)
    found = None if text in (*UNITS, "same day") else point(written, moments)
    if found:
        return _settled(written, found)
    read = _shown(written, units, f"寫成例如 {OFTEN_WRITTEN}")
    if not read.seconds:
        raise refuse(written, "沒有長度；寫成例如 20 minutes、3 months、Monday at 09:00")
    return read


def _shown(written: object, units: Units | None, shown: str) -> Amount:
    """A duration; where it is none, what the field takes is told, not what any amount is."""
    try:
        return duration(written, units)
    except PydanticCustomError as error:
        why = str((error.context or {}).get("why", ""))
        if not why.startswith("不是數量；"):
            raise
        raise refuse(written, f"不是數量；{shown}；還沒定的，不寫這一欄，寫 open") from None


def _settled(written: object, found: Point) -> Point:
    """A moment that comes again by itself."""
    if found.from_event:
        raise refuse(written, "從一件事算起，不會自己再來；寫在 by，或寫成例如 Monday at 09:00、5th of the month")
    return found


def span(written: object, units: Units | None = None, moments: object = None) -> Amount:
    """Read a duration that can be counted from any moment: `20 minutes`, `3 months`."""
    if isinstance(written, str) and (bound := re.match(r"at least (?=\d)", written.strip(), re.I)):
        raise refuse(written, f"這一欄本來就是至少這麼久；寫 {written.strip()[bound.end() :]}")
    read = _shown(written, units, "寫成例如 20 minutes、3 months")
    if not read.seconds:
        raise refuse(written, "沒有長度；寫成例如 20 minutes、3 months")
    if read.end:
        raise refuse(written, "沒有固定的長度；寫成例如 20 minutes、3 months")
    return read


def moment(written: object, units: Units | None = None, moments: Moments | None = None) -> Point:
    """Read a moment by which something is done: `03:00`, `closing`, `18:00 the day before`, `5th of the month`."""
    found = point(written, moments)
    if not found or (found.days == "daily" and not found.hours):
        named = f"{'、'.join(moments)}、" if moments else ""
        raise refuse(written, f"不是鐘點或日子；寫成例如 {named}{WRITTEN}；幾天、幾小時寫在 within")
    return _bare(written, found)


def _bare(written: object, found: Point) -> Point:
    """A moment that says neither before nor after: the field does."""
    if any(mark.relation in ("before", "after") for mark in found.marks):
        raise refuse(written, "欄位已經說了是以前還是以後：這裡只寫那個時刻的代號，不加 before、after")
    return found


def start(written: object, units: Units | None = None, moments: Moments | None = None) -> Amount | Point | Since:
    """Read from when something is done: `3 months` after its event, `15:00`, `closing`, `30 minutes after closing`."""
    text = " ".join(written.split()) if isinstance(written, str) else ""
    if counted := since(text, units, moments):
        return counted
    found = point(written, moments)
    return _bare(written, found) if found else span(written, units)


def lead(written: object, units: Units | None = None, moments: Moments | None = None) -> Amount | Since:
    """Read how long before something: `20 minutes`, `20 minutes before closing`."""
    text = " ".join(written.split()) if isinstance(written, str) else ""
    return since(text, units, moments, "before") or span(written, units)


def hours(written: object, units: Units | None = None, moments: Moments | None = None) -> Hours:
    """Read between what times something is done: `22:00 and 06:00`, `8:00 and 12:00 on weekdays`."""
    return Hours(*window(written, moments))


def _field(read: Callable[..., Any], *examples: str) -> Any:
    """How a field is read, with the organisation's own units and moments; and what an editor offers."""

    def validated(written: object, info: ValidationInfo) -> Any:
        return read(written, **(info.context or {}))

    return PlainValidator(validated), WithJsonSchema({"type": "string", "examples": list(examples)})


Within = Annotated[Amount | Hours | Since | Limit, *_field(within, "2 days", "third ring", "same day", "at once")]
By = Annotated[Point, *_field(moment, "03:00", "18:00 the day before", "5th of the month")]
Span = Annotated[Amount, *_field(span, "20 minutes", "3 months")]
After = Annotated[Amount | Point | Since, *_field(start, "3 months", "15:00")]
Before = Annotated[Amount | Since, *_field(lead, "20 minutes", "7 days")]
Between = Annotated[Hours, *_field(hours, "22:00 and 06:00")]
Cycle = Annotated[Amount | Point | Times | Hours, *_field(cycle, "2 weeks", "Monday at 09:00", "month end")]
Measure = Annotated[Limit, *_field(limit, "at most 2 mm", "70 %", "2 to 8 °C", "under 20 minutes")]
Measures = Annotated[list[Measure], BeforeValidator(listed)]
