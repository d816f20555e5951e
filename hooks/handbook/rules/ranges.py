"""Rules on conditions by amount: the cases of a step leave no hole between them, and no two take the same."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ..model.book import Handbook
from ..model.clauses import Case, Step
from ..model.limits import Limit
from ..problem import Problem, rule

INFINITE = float("inf")
BELOW = ("°C",)  # units that go below 0


@rule("range-alone", bad="range: over 20 minutes", good="when: 客人等\nrange: over 20 minutes")
def range_alone(book: Handbook) -> Iterator[Problem]:
    """條件的範圍接在 when 後面：when 說是什麼的多少。"""
    for sop, placed in book.each():
        if placed.clause.range and not placed.clause.when:
            message = f"什麼{placed.clause.range}？寫在 when"
            yield book.problem(sop.id, (*placed.trail, "range"), "range-alone", message, key=True)


@rule(
    "range-hole",
    bad=(
        "choose:\n"
        "  - {id: early, label: 早取消, when: 離入住, range: at least 7 days, …}\n"
        "  - {id: late, label: 晚取消, when: 離入住, range: at most 2 days, …}"
    ),
    good=(
        "choose:\n"
        "  - {id: early, label: 早取消, when: 離入住, range: at least 7 days, …}\n"
        "  - {id: late, label: 晚取消, when: 離入住, range: at most 6 days, …}"
    ),
)
def range_hole(book: Handbook) -> Iterator[Problem]:
    """按數量分的情況要接得上：從最少到最多都有人管，沒有兩種情況管同一個數。"""
    for sop in book.sops.values():
        said: set[float] = set()  # by conditions before
        for placed in sop.placed:
            for case, message in _gaps(placed.clause.choose, said) if isinstance(placed.clause, Step) else ():
                yield book.problem(sop.id, (*placed.trail, "choose", case, "range"), "range-hole", message)
            said.update(placed.clause.range.ends[:2] if placed.clause.range else ())


def _gaps(cases: list[Case], said: set[float]) -> Iterator[tuple[int, str]]:
    """The number of a case, and what is wrong where it begins or ends: by the kind of amount. What a condition before
    them starts with, or stops at, is where they may do so too."""
    kinds: dict[str, list[tuple[int, Limit]]] = {}
    for number, case in enumerate(cases):
        if case.range:
            kinds.setdefault("" if case.range.amount.timed else case.range.amount.unit, []).append((number, case.range))
    for ranges in kinds.values():
        yield from _between(sorted(ranges, key=lambda one: one[1].ends[:2]), said)


def _between(ranges: list[tuple[int, Limit]], said: set[float]) -> Iterator[tuple[int, str]]:
    first, last = ranges[0], max(ranges, key=lambda one: one[1].ends[1])
    below = float("-inf") if first[1].amount.unit in BELOW else first[1].amount.grain or 0
    if first[1].ends[0] > below and first[1].ends[0] not in said:
        yield first[0], f"比「{first[1]}」少的怎麼辦？少了一種情況"
    for (_, before), (number, after) in pairwise(ranges):
        end, start = before.ends, after.ends
        if end[1] > start[0] or (end[1] == start[0] and not (end[3] or start[2])):
            yield number, f"「{before}」與「{after}」都管到同一個數"
        elif _apart(before, after):
            yield number, f"「{before}」與「{after}」之間的怎麼辦？少了一種情況，或兩頭要接上"
    if (
        last[1].ends[1] < INFINITE
        and last[1].ends[1] not in said
        and last[1].ends[1] != _WHOLE.get(last[1].amount.unit)
    ):
        yield last[0], f"比「{last[1]}」多的怎麼辦？少了一種情況"


def _apart(before: Limit, after: Limit) -> bool:
    """Whether something lies between two ranges: 3 days follow upon 2, 1,001 upon 1,000; between two ends that are
    themselves not meant lies one amount."""
    end, start = before.ends, after.ends
    step = min((before.upper or before.amount).grain, after.amount.grain)
    gap = start[0] - end[1]
    return gap > step * 1.000001 or (gap == 0 and end[3] and start[2]) or (gap > 0 and (end[3] or start[2]))


_WHOLE = {"%": 100}
