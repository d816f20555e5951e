"""Amounts: so much of a unit; and limits, which are bounds on one. Read from a few English words, said in Chinese."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from .joined import joined


class Unit(NamedTuple):
    """How a unit is counted in Chinese, its length in seconds where it is one of time, its sign where it is money."""

    said: str
    seconds: int = 0
    sign: str = ""


UNITS: dict[str, Unit] = {
    "second": Unit("秒", 1),
    "minute": Unit("分鐘", 60),
    "hour": Unit("小時", 3_600),
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
BARE = ("%", "?")  # never one of it without a number
PLURALS = {"people": "person", "copies": "copy", "years old": "year old"}
SAME_DAY = 43_200  # seconds: the clock may start at any hour of the day
CENTURY = 100 * UNITS["year"].seconds
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(?:\.[0-9]{1,3})?"
_SHAPE = re.compile(rf"(?P<sign>[^\d\s,.-]{{0,4}}) ?(?P<number>-?{NUMBER}) ?(?P<unit>\D{{0,20}})")

Units = Mapping[str, Unit]


@dataclass(frozen=True)
class Amount:
    """A number of units; `same day` is 0 days, `at once` 0 seconds, `month end` the end of 1 month. `said` counts what
    the organisation added."""

    number: float
    unit: str
    end: bool = False
    said: str = ""

    @property
    def seconds(self) -> float:
        """Its length for sorting, in seconds; 0 for what is not time."""
        return self.number * (0 if self.said else UNITS[self.unit].seconds)

    @property
    def timed(self) -> bool:
        """Whether it is time."""
        return not self.said and bool(UNITS[self.unit].seconds)

    @property
    def size(self) -> float:
        """For comparing: seconds of what is time, the same day between hours and days; of anything else, the number."""
        return SAME_DAY if self == Amount(0, "day") else self.seconds or self.number

    @property
    def grain(self) -> float:
        """The smallest step in which it is told, as it was written: of `3 days` a day, of `2.5 mm` a tenth."""
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
        return f"{self.bare}{'' if self.unit in BARE else ' '}{self.said or UNITS[self.unit].said}"

    @property
    def bare(self) -> str:
        """Its number alone, thousands apart."""
        return f"{self.number:,.10g}"


def refuse(written: object, why: str) -> PydanticCustomError:
    """Why an amount, a moment or a limit can't be read, with what the author typed."""
    return PydanticCustomError("amount", "「{written}」{why}", {"written": str(written), "why": why})


def amount(written: object, units: Units | None = None) -> Amount:
    """Read `2 days`, `third ring`, `70 %`, `same day`, `month end`, `NT$1,200` or, for 'every', just `day`.

    `units` are those that the organisation adds to ours.
    """
    words = " ".join(texted(written).split())
    special = {"same day": Amount(0, "day"), "month end": Amount(1, "month", end=True)}.get(words.lower())
    return special or _counted(written, words, units or {})


def texted(written: object) -> str:
    """What an author wrote, where it is a text at all."""
    if not isinstance(written, str):
        raise PydanticCustomError("string_type", "not a text")
    return written


def _counted(written: object, words: str, units: Units) -> Amount:
    first, _, rest = words.partition(" ")
    if rest and first.lower() in ORDINALS:
        words = f"{ORDINALS[first.lower()]} {rest}"
    elif words not in BARE and words.lower() in map(str.lower, (*UNITS, *units)):
        words = f"1 {words}"
    match = _SHAPE.fullmatch(words)
    unit = _named(match, units) if match else ""
    if not match or not unit:
        known = "、".join([*UNITS, *units])
        raise refuse(written, f"不是數量；寫「數字 單位」，單位是 {known}（別的單位寫在 organization.yml 的 units）")
    number = float(match["number"].replace(",", ""))
    if number < 0 and unit in UNITS and unit != "°C":
        raise refuse(written, f"小於 0；{unit} 不會是負的")
    return Amount(number, unit, said=units[unit].said if unit in units else "")


def _named(match: re.Match[str], units: Units) -> str:
    """The unit of a written amount: by its name after the number, or by its sign before it."""
    if not match["sign"]:
        return _unit(match["unit"], units)
    return next((key for key, unit in units.items() if unit.sign == match["sign"] and not match["unit"]), "")


def _unit(name: str, units: Units) -> str:
    """A unit by its name in any case, one or many of it; nothing where there is no such unit."""
    name = name.strip().lower()
    known = {key.lower(): key for key in (*UNITS, *units)}
    return known.get(name) or PLURALS.get(name) or known.get(name.removesuffix("s"), "")


# ── limits ──

BOUNDS = {"at most": "不超過", "at least": "至少", "exactly": "", "under": "低於", "over": "超過", "from": ""}
_UNDER = {"year old": "未滿"}


@dataclass(frozen=True)
class Limit:
    """A bound on an amount: at most, at least, under, over or exactly so much, or from one to another (`over` one to
    another, where the first is not meant itself)."""

    bound: str
    amount: Amount
    upper: Amount | None = None

    def __str__(self) -> str:
        word = BOUNDS[self.bound]
        if self.bound == "under":
            word = _UNDER.get(self.amount.unit, "不到" if self.amount.timed else word)
        return f"{word} {self._amounts}".strip()

    @property
    def _amounts(self) -> str:
        low, high = self.amount, self.upper
        if not high:
            return str(low)
        return joined(low.bare if low.unit == high.unit else str(low), "到", str(high))

    @property
    def ends(self) -> tuple[float, float, bool, bool]:
        """The least and the most that it takes, in seconds or in units, and whether each of them is itself too much."""
        low, high = self.amount.size, (self.upper or self.amount).size
        if self.bound in ("at most", "under"):
            return float("-inf"), high, True, self.bound == "under"
        if self.bound in ("at least", "over") and not self.upper:
            return low, float("inf"), self.bound == "over", True
        return low, high, self.bound == "over", False


def limit(written: object, units: Units | None = None) -> Limit:
    """Read `at most 2 mm`, `at least 3 copies`, `under 5 °C`, `over 1,000 to 5,000 TWD`, `2 to 8 °C` or, exactly,
    `70 %`."""
    words = " ".join(texted(written).split())
    bound = next((b for b in BOUNDS if words.lower().startswith(b + " ")), "")
    first, to, last = words[len(bound) :].strip().partition(" to ")
    if not to:
        if bound == "from":
            raise refuse(written, "只有開頭；寫「from 2 to 8 °C」，沒有上限就寫「at least 2 °C」")
        return Limit(bound or "exactly", _within(written, first, units))
    if bound not in ("", "from", "over"):
        raise refuse(written, f"是一段範圍，前面不加 {bound}；寫「2 to 8 °C」")
    upper = _within(written, last, units)
    lower = _within(written, first if _ends_in_unit(first) else f"{first} {upper.unit}", units)
    if lower.timed != upper.timed or (not lower.timed and lower.unit != upper.unit) or lower.size >= upper.size:
        raise refuse(written, "要從小到大，兩頭用同一種單位，例如 2 to 8 °C")
    return Limit(bound or "from", lower, upper)


def _ends_in_unit(words: str) -> bool:
    return not re.fullmatch(rf"-?{NUMBER}", words)


def _within(written: object, words: str, units: Units | None) -> Amount:
    """An amount inside a limit: what is refused is shown as all of it was typed."""
    try:
        read = amount(words, units)
    except PydanticCustomError as error:
        raise refuse(written, str((error.context or {}).get("why", ""))) from None
    if read.end or read == Amount(0, "day"):
        raise refuse(written, "沒有固定的長度；期限寫在 within 或 by")
    return read
