"""Limits: bounds on an amount, a range, so much for each of something. Read from English words, said in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from .amounts import NUMBER, UNITS, Amount, Units, amount, check_words, refuse, texted
from .joined import joined

PER = ("hour", "shift", "day", "night", "week", "month", "year", "person", "room", "time")
BOUNDS = {"at most": "不超過", "at least": "至少", "exactly": "", "under": "低於", "over": "超過", "from": ""}
_UNDER = {"year old": "未滿"}


@dataclass(frozen=True)
class Limit:
    """A bound on an amount: at most, at least, under, over or exactly so much, or from one to another (`over` one to
    another, where the first is not meant itself)."""

    bound: str
    amount: Amount
    upper: Amount | None = None
    per: str = ""  # a unit: so much a day, a person

    def __str__(self) -> str:
        word = BOUNDS[self.bound]
        if self.bound == "under":
            word = _UNDER.get(self.amount.unit, "不到" if self.amount.timed else word)
        each = f"每{UNITS[self.per].said.removeprefix('個')}" if self.per else ""
        return joined(each + word, self.bare)

    @property
    def condition(self) -> str:
        """As part of a condition, after what is measured: 「7 天以上」「超過 6 歲、15 歲以下」."""
        if self.upper and self.bound == "over":
            return f"超過 {self.amount}、{joined(str(self.upper), '以下')}"
        end = {"at least": "以上", "at most": "以下"}.get(self.bound)
        return joined(str(self.amount), end) if end else str(self)

    @property
    def bare(self) -> str:
        """Its amounts without the bound."""
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


def limit(written: object, units: Units | None = None, moments: object = None) -> Limit:
    """Read `at most 2 mm`, `at least 3 copies`, `under 5 °C`, `over 1,000 to 5,000 TWD`, `2 to 8 °C` or, exactly,
    `70 %`."""
    words, per = _each(" ".join(texted(written).split()))
    bound = next((b for b in BOUNDS if words.lower().startswith(b + " ")), "")
    first, to, last = words[len(bound) :].strip().partition(" to ")
    if not to:
        if bound == "from":
            raise refuse(written, "只有開頭；寫「from 2 to 8 °C」，沒有上限就寫「at least 2 °C」")
        return Limit(bound or "exactly", _within(written, first, units), per=per)
    if bound not in ("", "from", "over"):
        raise refuse(written, f"是一段範圍，前面不加 {bound}；寫「2 to 8 °C」")
    upper = _within(written, last, units)
    lower = _within(written, first if _ends_in_unit(first) else f"{first} {upper.unit}", units)
    if lower.timed != upper.timed or (not lower.timed and lower.unit != upper.unit) or lower.size >= upper.size:
        raise refuse(written, "要從小到大，兩頭用同一種單位，例如 2 to 8 °C")
    return Limit(bound or "from", lower, upper, per)


def _each(words: str) -> tuple[str, str]:
    """A limit, and what it is for each of: `at most 8 rooms a day`."""
    match = re.fullmatch(r"(.+) (?:an?|per|each) ([a-z]+)", words, re.I)
    return (match[1], match[2].lower()) if match and match[2].lower() in PER else (words, "")


def _ends_in_unit(words: str) -> bool:
    return not re.fullmatch(rf"-?{NUMBER}", words)


def _within(written: object, words: str, units: Units | None) -> Amount:
    """An amount inside a limit: what is refused is shown as all of it was typed."""
    try:
        read = amount(words, units)
    except PydanticCustomError as error:
        check_words(written, str(written))  # all of it: its parts may say nothing of what was meant
        raise refuse(written, str((error.context or {}).get("why", ""))) from None
    if read.end or read == Amount(0, "day"):
        raise refuse(written, "沒有固定的長度；期限寫在 within 或 by")
    return read
