"""Limits: bounds on an amount, a range, so much for each of something. Read from English words, said in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from .amounts import NUMBER, UNITS, Amount, Units, amount, check_words, refuse, texted
from .joined import joined

BOUNDS = {"at most": "不超過", "at least": "至少", "exactly": "", "under": "低於", "over": "超過", "from": ""}
_UNDER = {"year old": "未滿", "person": "不足"}


@dataclass(frozen=True)
class Limit:
    """A bound on an amount: at most, at least, under, over or exactly so much, or from one to another (`over` one to
    another, where the first is not meant itself; `below`, where the last is not)."""

    bound: str
    amount: Amount
    upper: Amount | None = None
    per: tuple[Amount, ...] = ()  # for each of them: so much a day, a person, 100 ml
    below: bool = False

    def __str__(self) -> str:
        if self.below:
            return self.condition
        return joined(self.each + (_under(self.amount) if self.bound == "under" else BOUNDS[self.bound]), self.bare)

    @property
    def each(self) -> str:
        """What it is for each of: 「每人每天」「每 100 毫升」."""
        return "".join(map(_each_of, self.per))

    @property
    def condition(self) -> str:
        """As part of a condition, after what is measured: 「7 天以上」「超過 6 歲、15 歲以下」."""
        low, high = self.amount, self.upper
        if high and (self.bound == "over" or self.below):
            start = joined("超過", str(low)) if self.bound == "over" else joined(str(low), "以上")
            end = joined(_under(high), str(high)) if self.below else joined(str(high), _up_to(high))
            return joined(self.each, f"{start}、", end)
        end = {"at least": "以上", "at most": _up_to(low)}.get(self.bound, "")
        return joined(self.each, str(low), end) if end else str(self)

    @property
    def bare(self) -> str:
        """Its amounts without the bound."""
        low, high = self.amount, self.upper
        if not high:
            return str(low)
        if low.form.endswith("{}"):  # its sign stands before both
            return joined(str(low), "到", high.bare)
        return joined(low.bare if low.unit == high.unit and not low.form else str(low), "到", str(high))

    @property
    def ends(self) -> tuple[float, float, bool, bool]:
        """The least and the most that it takes, in seconds or in units, and whether each of them is itself too much."""
        low, high = self.amount.size, (self.upper or self.amount).size
        if self.bound in ("at most", "under"):
            return float("-inf"), high, True, self.bound == "under"
        if self.bound in ("at least", "over") and not self.upper:
            return low, float("inf"), self.bound == "over", True
        return low, high, self.bound == "over", self.below


def _under(amount: Amount) -> str:
    """How one says that it is not reached."""
    return _UNDER.get(amount.unit, "不到" if amount.timed else BOUNDS["under"])


def _up_to(amount: Amount) -> str:
    return "以內" if amount.timed else "以下"


def _each_of(amount: Amount) -> str:
    """「每天」「每人」「每 100 毫升」; of some time, in that: 「30 天內」."""
    if amount.number != 1 or amount.form:
        return f"{amount}內" if amount.timed else f"每 {amount}"
    said = amount.said or UNITS[amount.unit].said
    return f"每{said.removeprefix('個') or said}"


def limit(written: object, units: Units | None = None, moments: object = None) -> Limit:
    """Read `at most 2 mm`, `at least 3 copies`, `under 5 °C`, `over 1,000 to 5,000 TWD`, `2 to 8 °C` or, exactly,
    `70 %`."""
    words, per = _each(written, " ".join(texted(written).split()), units)
    bound = next((b for b in BOUNDS if words.lower().startswith(b + " ")), "")
    first, to, last = words[len(bound) :].strip().partition(" to ")
    if not to:
        if bound == "from":
            raise refuse(written, "只有開頭；寫「from 2 to 8 °C」，沒有上限就寫「at least 2 °C」")
        return Limit(bound or "exactly", _within(written, first, units), per=per)
    if bound not in ("", "from", "over"):
        raise refuse(written, f"是一段範圍，前面不加 {bound}；寫「2 to 8 °C」")
    below = last.lower().startswith("under ")
    upper = _within(written, _led(first, last[6 * below :]), units)
    lower = _within(written, first if _ends_in_unit(first) else f"{first} {upper.unit}", units)
    if lower.timed != upper.timed or (not lower.timed and lower.unit != upper.unit) or lower.size >= upper.size:
        raise refuse(written, "要從小到大，兩頭用同一種單位，例如 2 to 8 °C")
    return Limit(bound or "from", lower, upper, per, below)


def _each(written: object, words: str, units: Units | None) -> tuple[str, tuple[Amount, ...]]:
    """A limit, and what it is for each of: `at most 8 rooms a day`, `at most 2 people per person a day`."""
    per: list[Amount] = []
    while match := re.fullmatch(r"(.+) (?:(per|each|every)|an?) ((?:\d[\d,]* )?[^\d ]+(?: (?:day|old))?)", words, re.I):
        try:
            each = amount(match[3], units)
        except PydanticCustomError as error:
            if match[2]:
                unit = match[3].lstrip("0123456789, ")
                raise refuse(
                    written, f"沒有「{unit}」這個單位，不知道是每多少；自己的寫在 organization.yml 的 units"
                ) from error
            break
        per.append(_several(written, match[3], each))
        words = match[1]
    return words, tuple(sorted(per, key=lambda one: one.timed + 2 * (one.unit == "night")))


def _several(written: object, words: str, one: Amount) -> Amount:
    """What a limit is for each of; `per 1 year` may be meant as `per 12 months`, which is not the same as `a year`."""
    if not one.number:
        raise refuse(written, "不知道是每多少；寫成例如 at most 3 times a day")
    if one.timed and re.match(r"1 ", words):
        raise refuse(
            written, f"{_each_of(one)}寫 a {one.unit}；一段時間之內寫小一號的單位，例如 per 12 months、per 30 days"
        )
    return one


def _led(first: str, last: str) -> str:
    """The end of a range with the sign that stands before its beginning: of `pH 6.5 to 8`, `pH 8`."""
    sign = re.match(r"[^\d\s,.-]{1,4} ?(?=\d)", first)
    return last if _ends_in_unit(last) or not sign else f"{sign[0]}{last}"


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
