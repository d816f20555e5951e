"""Facts that are none, to choose from beside the one that is: made up from it, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.amounts import Amount
from ..model.clocks import AT_ONCE, Hours, Times, Value
from ..model.days import Named
from ..model.facts import Fact
from ..model.limits import Limit
from ..model.moments import Point


def made_up(fact: Fact) -> Iterator[tuple[Fact, str]]:
    """Facts like one that no clause demands, the likeliest first, each with what is wrong with it."""
    for value in _derived(fact.value):
        if fact.kind == "by" and isinstance(value, Amount):
            continue  # until when is no length of time
        made = replace(fact, value=value)
        yield made, misses(fact, made)


def _derived(value: Value) -> Iterator[Value]:
    if isinstance(value, Amount):
        yield from _amounts(value)
    elif isinstance(value, Point):
        yield from _points(value)
    elif isinstance(value, Times):
        yield from (
            replace(value, count=count) for count in (value.count + 1, value.count - 1, value.count + 2) if count
        )
    elif isinstance(value, Hours):
        yield from _hours(value)
    else:
        yield from _limits(value)


def _amounts(amount: Amount) -> Iterator[Amount]:
    """Amounts made up from one: double, half and so on, in round numbers; parts of a whole stay below it."""
    if amount == AT_ONCE:
        yield from (Amount(0, "day"), Amount(30, "minute"))
    elif amount == Amount(0, "day"):
        yield from (Amount(2, "day"), Amount(3, "day"))
    elif amount.end:
        yield from (Amount(1, "week"), Amount(2, "month"))
    elif amount.unit == "%":
        yield from (
            Amount(number, "%") for number in (amount.number - 20, amount.number + 20, 50, 80, 30) if 0 < number <= 100
        )
    elif amount.unit.startswith("/"):
        yield from _parts(amount)
    else:
        number = amount.number
        for made in (number * 2, number / 2, number - 1, number + 1, number * 3):
            if made * number > 0 and (made == int(made) or number != int(number)):
                yield replace(amount, number=made)


def _parts(amount: Amount) -> Iterator[Amount]:
    """Parts of a whole: another number of them, or smaller ones."""
    number, parts = amount.number, int(amount.unit[1:])
    yield from (replace(amount, number=made) for made in (number + 1, number - 1) if 0 < made < parts)
    for more in (parts + 1, parts + 2):
        yield replace(amount, unit=f"/{more}", form=f"{{}}/{more}")


def _limits(limit: Limit) -> Iterator[Limit]:
    """A range moves, half its length up or down; of a bound, the amount."""
    if not limit.upper:
        yield from (replace(limit, amount=amount) for amount in _amounts(limit.amount))
        return
    length = max(1, round((limit.upper.number - limit.amount.number) / 2))
    for moved in (length, -length, 2 * length):
        low, high = (replace(one, number=one.number + moved) for one in (limit.amount, limit.upper))
        if low.number * limit.amount.number >= 0 and low.size < high.size:
            yield replace(limit, amount=low, upper=high)


def _points(point: Point) -> Iterator[Point | Amount]:
    """Another day of its kind, or its times an hour or so from where they are."""
    for day in _other_days(point) if point.which else ():
        yield replace(point, which=(*point.which[:-1], day))
    if point.days == "quarter" and not point.which:
        yield from (Amount(1, "month"), Amount(6, "month"), Amount(1, "year"))
        yield from (Point(point.times, "month", (-1,)), Point(point.times, "year", (12, 31)))
    for moved in (60, -60, 120, 30) if point.days != "hour" else ():
        if point.times and all(0 <= time + moved < 1440 for time in point.times):
            yield replace(point, times=tuple(time + moved for time in point.times))
    for moved in (10, 30, 40) if point.days == "hour" else ():
        yield replace(point, times=tuple(sorted((time + moved) % 60 for time in point.times)))
    if point.marks and not point.times:
        yield from _beside(point)


def _beside(point: Point) -> Iterator[Point]:
    """The other side of a named moment; or that moment of another day."""
    turned = {"before": "after", "after": "before"}
    if any(mark.relation in turned for mark in point.marks):
        yield replace(point, marks=tuple(replace(one, relation=turned.get(one.relation, "")) for one in point.marks))
    if point.days in ("", "daily") and not point.on:
        yield from (replace(point, days="week", which=(day,)) for day in (1, 5))


def _other_days(point: Point) -> Iterator[int]:
    """Days of the same kind as its last one, the nearest first."""
    day = point.which[-1]
    if point.days in ("off", "off working"):
        yield from (moved for moved in (day + 1, day - 1, day + 2) if moved * day > 0 or not day)
    elif point.days == "quarter":
        yield from (one for one in (1, -1, -7) if one != day)
    elif point.days in ("week", "next week", "nth"):
        yield from ((day - 1 + moved) % 7 + 1 for moved in (1, 2))
    else:
        round_days = (1, 2, 3, 5) if point.days == "nth working" else (1, 5, 10, 15, 20, 25)
        yield from sorted((one for one in round_days if one != day), key=lambda one: abs(one - day % 31))[:2]


def _hours(hours: Hours) -> Iterator[Hours]:
    if hours.amount:
        yield from (replace(hours, amount=amount) for amount in _amounts(hours.amount))
        return
    for moved in (60, -60, 120):
        if not (hours.start.name or hours.end.name):  # as a named moment is at no other time
            yield replace(hours, start=_moved(hours.start, moved), end=_moved(hours.end, moved))
    for on in ((8,), (6, 7), (1,)):
        if on != hours.on:
            yield replace(hours, on=on)


def _moved(end: Named, moved: int) -> Named:
    return Named("", tuple(((time + moved) % 1440, days) for time, days in end.at))


def misses(fact: Fact, made: Fact) -> str:
    """What is wrong with a fact that no clause demands."""
    return f"{_wrong(fact, made.size > fact.size)}手冊寫的是「{fact.short}」。"


def _wrong(fact: Fact, more: bool) -> str:
    value = fact.value
    if isinstance(value, (Point, Hours, Times)):
        return "不是這個時候。" if isinstance(value, Point) or not getattr(value, "amount", None) else "多久不對。"
    pair = _LIMITS.get(value.bound, _EXACTLY) if isinstance(value, Limit) else _CLOCKS[fact.kind]
    return pair[0 if more else 1]


# What is wrong with more, and with less.
_EXACTLY = ("比規定的多。", "比規定的少。")
_LIMITS = {
    "at most": ("超過限度了。", "不必壓到這麼低。"),
    "under": ("超過限度了。", "不必壓到這麼低。"),
    "at least": ("不必到這麼多。", "還沒有到下限。"),
    "over": ("不必到這麼多。", "還沒有到。"),
}
_CLOCKS = {
    "within": ("太晚了，已經過了期限。", "不必這麼趕，期限比這寬。"),
    "before": ("不必這麼早。", "太晚了，來不及準備。"),
    "after": ("等太久了，時候到了就要做。", "太早了，時候還沒有到。"),
    "every": ("隔太久了。", "不必這麼勤。"),
    "keep": ("不必留這麼久。", "太早了，還要留著。"),
}
