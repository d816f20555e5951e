"""Amounts: so much of a unit. Read from a few English words, said in Chinese."""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic_core import PydanticCustomError


class Unit(NamedTuple):
    """How a unit is counted in Chinese, its length in seconds where it is one of time, its sign where it is money."""

    said: str
    seconds: int = 0
    sign: str = ""


UNITS: dict[str, Unit] = {
    "second": Unit("秒", 1),
    "minute": Unit("分鐘", 60),
    "hour": Unit("小時", 3_600),
    "shift": Unit("班", 28_800),
    "day": Unit("天", 86_400),
    "working day": Unit("個工作天", 86_400),
    "week": Unit("週", 604_800),
    "month": Unit("個月", 2_592_000),
    "year": Unit("年", 31_536_000),
    "ring": Unit("聲"),
    "mm": Unit("毫米"),
    "cm": Unit("公分"),
    "m": Unit("公尺"),
    "km": Unit("公里"),
    "g": Unit("公克"),
    "kg": Unit("公斤"),
    "ml": Unit("毫升"),
    "litre": Unit("公升"),
    "°C": Unit("°C"),
    "%": Unit("%"),
    "time": Unit("次"),
    "person": Unit("人"),
    "copy": Unit("份"),
    "piece": Unit("個"),
    "page": Unit("頁"),
    "room": Unit("間"),
    "night": Unit("晚"),
    "year old": Unit("歲"),
    "?": Unit("（單位？）"),
}
MEASURED = ("mm", "cm", "m", "km", "g", "kg", "ml", "litre", "°C")
_OURS = {key.lower(): key for key in UNITS}
BARE = ("%", "?")  # never one of it without a number
PLURALS = {"people": "person", "copies": "copy", "years old": "year old"}
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
INSTEAD = {  # what people write → what to write for it
    r"\b(?:(?:no|not) more than|up to|max(?:imum)?|or (?:fewer|less))\b": "at most",
    r"\b(?:(?:no|not) less than|min(?:imum)?|or more)\b": "at least",
    r"\b(?:more than|above)\b": "over",
    r"\b(?:(?:less|fewer) than|below)\b": "under",
    r"\bbetween\b|\d ?[-~–—～至] ?\d": "2 to 8 °C 這種範圍",
    r"\d quarters?\b": "月數，例如 6 months",
    r"\d [a-z]+ before [a-z]": "before: 20 minutes before closing（organization.yml 的 moments）",
    rf"\bhalf an? |\d (?!to |{_MONTHS})[a-z]+ (?:and )?\d": "一種單位，例如 30 minutes",
    r"\b(?:business days?|workdays?)\b": "working days",
    r"\d weekdays?\b": "working days",
    r"\bpercent\b": "%",
}
SAME_DAY = 43_200  # seconds: the clock may start at any hour of the day
CENTURY = 100 * UNITS["year"].seconds
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(?:\.[0-9]{1,3})?"
_PARTS = re.compile(rf"({NUMBER})(:[1-9][0-9]{{0,5}}|/[2-9]|/[1-9][0-9]{{1,5}})")  # 30:2, 1/3
_SHAPE = re.compile(rf"(?P<sign>[^\d\s,.-]{{0,4}}) ?(?P<number>-?{NUMBER}) ?(?P<unit>\D{{0,20}})")

Units = Mapping[str, Unit]


@dataclass(frozen=True)
class Amount:
    """A number of units; `same day` is 0 days, `at once` 0 seconds, `month end` the end of 1 month. `said` counts what
    the organisation added; `form` is how a number is told that no word counts: `pH 6.5`, `30:2`, `1/3`."""

    number: float
    unit: str
    end: bool = False
    said: str = ""
    form: str = ""

    @property
    def ours(self) -> bool:
        """Whether its unit is one of ours."""
        return not (self.said or self.form)

    @property
    def seconds(self) -> float:
        """Its length for sorting, in seconds; 0 for what is not time."""
        return self.number * (UNITS[self.unit].seconds if self.ours else 0)

    @property
    def timed(self) -> bool:
        """Whether it is time."""
        return self.ours and bool(UNITS[self.unit].seconds)

    @property
    def size(self) -> float:
        """For comparing: seconds of what is time, the same day between hours and days; of anything else, the
        number; of 1/3 and 30:2 what they come to."""
        if self.unit[0] in "/:":
            return self.number / int(self.unit[1:])
        return SAME_DAY if self == Amount(0, "day") else self.seconds or self.number

    @property
    def grain(self) -> float:
        """The smallest step in which it is told, as it was written: of `3 days` a day, of `2.5 rooms` a tenth. What is
        measured has none: between 5 °C and 6 °C lies whatever a thermometer shows."""
        if self.unit in MEASURED:
            return 0
        decimals = len(f"{self.number:.10g}".partition(".")[2])
        return (UNITS[self.unit].seconds if self.timed else 1) * 0.1**decimals

    def after(self, start: dt.date) -> dt.date:
        """The day that lies this long after another; months end on their last day where they are shorter."""
        months = int({"month": 1, "year": 12}.get(self.unit, 0) * self.number)
        if not months:
            return start + dt.timedelta(seconds=self.seconds)
        years, month = divmod(start.month - 1 + months, 12)
        last = calendar.monthrange(start.year + years, month + 1)[1]
        return dt.date(start.year + years, month + 1, min(start.day, last))

    def __str__(self) -> str:
        if self.form:
            return self.form.format(self.bare)
        return f"{self.bare}{'' if self.unit in BARE else ' '}{self.said or UNITS[self.unit].said}"

    @property
    def bare(self) -> str:
        """Its number alone, thousands apart."""
        return f"{self.number:,.10g}"


SPECIAL = {"same day": Amount(0, "day"), "the same day": Amount(0, "day"), "month end": Amount(1, "month", end=True)}


def refuse(written: object, why: str) -> PydanticCustomError:
    """Why an amount, a moment or a limit can't be read, with what the author typed."""
    return PydanticCustomError("amount", "「{written}」{why}", {"written": str(written), "why": why})


def amount(written: object, units: Units | None = None) -> Amount:
    """Read `2 days`, `third ring`, `70 %`, `same day`, `month end`, `NT$1,200` or, for 'every', just `day`.

    `units` are those that the organisation adds to ours.
    """
    words = " ".join(texted(written).split())
    return SPECIAL.get(words.lower()) or _counted(written, words, units or {})


def texted(written: object) -> str:
    """What an author wrote, where it is a text at all."""
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "not a text")
    return written


def _counted(written: object, words: str, units: Units) -> Amount:
    first, _, rest = words.partition(" ")
    if rest and first.lower() in ORDINALS:
        words = f"{ORDINALS[first.lower()]} {rest}"
    elif words not in BARE and words.lower() in _by_name(units):
        words = f"1 {words}"
    if parts := _PARTS.fullmatch(words):
        return Amount(_number(parts[1]), parts[2], form=f"{{}}{parts[2]}")
    match = _SHAPE.fullmatch(words)
    unit = _named(match, units) if match else ""
    if not match or not unit:
        check_words(written, words)
        raise refuse(written, _unread(match["unit"].strip() if match and not match["sign"] else "", units))
    number = _number(match["number"])
    if number < 0 and unit in UNITS and unit != "°C":
        raise refuse(written, f"小於 0；{unit} 不會是負的")
    known = units.get(unit, Unit(""))
    return Amount(number, unit, said=known.said, form="" if known.said else _led(known.sign))


def _led(sign: str) -> str:
    """How a number is told after a sign: `pH 6.5`, `$3`."""
    return sign and f"{sign}{' ' * sign[-1].isalnum()}{{}}"


def _number(written: str) -> float:
    return float(written.replace(",", ""))


def check_words(written: object, words: str) -> None:
    """Raises where words are ones that people write for others that we read."""
    for seen, right in INSTEAD.items():
        if re.search(seen, words, re.I):
            raise refuse(written, f"讀不懂；寫 {right}")


def _unread(unit: str, units: Units) -> str:
    """Why an amount can't be read, and what its author may have meant."""
    if unit:
        close = difflib.get_close_matches(unit.lower(), [*UNITS, *units], n=1, cutoff=0.6)
        guess = f"；是不是 {close[0]}？" if close else "；單位列在「怎麼寫」，自己的單位寫在 organization.yml 的 units"
        return f"不是數量：沒有「{unit}」這個單位{guess}"
    return "不是數量；寫「數字 單位」，例如 2 days、3 persons；還沒定的，不寫這一欄，寫 open"


def _named(match: re.Match[str], units: Units) -> str:
    """The unit of a written amount: by its name after the number, or by its sign before it."""
    if not match["sign"]:
        return _unit(match["unit"], units)
    return next((key for key, unit in units.items() if unit.sign == match["sign"] and not match["unit"]), "")


def _by_name(units: Units) -> Mapping[str, str]:
    """Every unit by its name in small letters."""
    return {**_OURS, **{key.lower(): key for key in units}} if units else _OURS


def _unit(name: str, units: Units) -> str:
    """A unit by its name in any case, one or many of it; nothing where there is no such unit."""
    name, known = name.strip().lower(), _by_name(units)
    return known.get(name) or PLURALS.get(name) or known.get(name.removesuffix("s"), "")
