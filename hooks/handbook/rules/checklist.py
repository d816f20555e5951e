"""What a checklist says, line by line: pure data, numbered as on paper, each line from a clause that it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ..model.book import Handbook
from ..model.model import Case, Placed, Procedure, Role, Sop
from ..problem import Problem, rule

MOST = 9  # lines that one can keep in mind between two pauses


class Line(NamedTuple):
    """A line of a checklist: its number on paper (`4`, `4.1`), and the clause `sop#clause` that it comes from.

    `part` is the number of the stage or the moment of the day that it belongs to, counted from 1. A line that is not
    `ticked` only says which case it is. After a line with a `pause`, one stops and confirms what that says.
    """

    number: str
    ref: str
    sop: Sop
    placed: Placed
    part: int
    ticked: bool = True
    pause: str = ""


def checklist(book: Handbook, sop: Sop) -> list[Line]:
    """The lines of a procedure, or of a role's day, in their order; a standard has none."""
    if isinstance(sop, Procedure):
        return list(_of_procedure(sop))
    return list(_of_day(book, sop)) if isinstance(sop, Role) else []


def _of_procedure(sop: Procedure) -> Iterator[Line]:
    letters = list(sop.mnemonic)
    for placed in sop.placed:
        step = sop.steps[int(placed.trail[1])]
        number = ".".join(str(place + 1) for place in placed.trail if isinstance(place, int))
        part = letters.index(step.stage) + 1 if step.stage in letters else 0
        ticked = bool(placed.clause.do) or not isinstance(placed.clause, Case)
        yield Line(number, f"{sop.id}#{placed.clause.id}", sop, placed, part, ticked, placed.clause.pause or "")


def _of_day(book: Handbook, role: Role) -> Iterator[Line]:
    for part, moment in enumerate(role.day, 1):
        for place, ref in enumerate(moment.clauses, 1):
            if found := book.clause(ref):
                yield Line(f"{part}.{place}", ref, *found, part)


def stretches(lines: list[Line]) -> Iterator[list[Line]]:
    """The lines between two pauses: each stage and each moment ends with one."""
    for _, group in groupby(lines, lambda line: line.part):
        stretch: list[Line] = []
        for line in group:
            stretch.append(line)
            if line.pause:
                yield stretch
                stretch = []
        if stretch:
            yield stretch


def longest_way(stretch: list[Line]) -> int:
    """How many lines one ticks at most: of the cases of a branch, one goes through a single one."""
    always = 0
    cases: dict[str, dict[str, int]] = {}
    for line in stretch:
        branch, case = _case(line)
        if case:
            ways = cases.setdefault(branch, {})
            ways[case] = ways.get(case, 0) + line.ticked
        else:
            always += line.ticked
    return always + sum(max(ways.values()) for ways in cases.values())


def _case(line: Line) -> tuple[str, str]:
    """The ids of the branch and of the case that a line stands in, or two empty ones."""
    around = [*line.placed.parents, line.placed.clause]
    place = next((place for place, clause in enumerate(around) if isinstance(clause, Case)), 0)
    return (around[place - 1].id, around[place].id) if place else ("", "")


# ── rules ───────────────────────────────────────────────────────────────────────────────────────


@rule(
    "checklist-pause",
    bad="# 同一個口訣字底下有 12 步，中間沒有停下來對的地方",
    good=(
        "- id: check-keys\n"
        "  stage: 點\n"
        "  do: 把鑰匙一把一把數給住戶看\n"
        "  pause: 鑰匙的數目，住戶點過頭了嗎？\n"
        "  source: own"
    ),
)
def checklist_pause(book: Handbook) -> Iterator[Problem]:
    """查核表上，兩個停頓點之間最多 9 項；口訣的每個字、一天的每個時候，結尾自然就是停頓點，再多就用 pause 加一個。"""
    for sop in book.sops.values():
        for stretch in stretches(checklist(book, sop)):
            count = longest_way(stretch)
            if count > MOST:
                trail = _trail(sop, stretch[MOST])
                message = f"從第 {stretch[0].number} 項起，連著 {count} 項沒有停頓點，最多 {MOST} 項"
                yield book.problem(sop.id, trail, "checklist-pause", message)


@rule(
    "checklist-act",
    bad="steps:\n  - {id: no-promise, never: 答應賠償, source: own}",
    good="steps:\n  - {id: no-promise, do: 記下住戶的要求, never: 答應賠償, source: own}",
)
def checklist_act(book: Handbook) -> Iterator[Problem]:
    """查核表的每一項都要有做的事或說的話：只寫不可以做什麼，沒有東西可以打勾。"""
    for sop in book.sops.values():
        for line in checklist(book, sop):
            clause = line.placed.clause
            if clause.never and not (clause.do or clause.say):
                message = f"{line.ref} 只有 never，查核表上打不了勾"
                yield book.problem(sop.id, _trail(sop, line), "checklist-act", message)


def _trail(sop: Sop, line: Line) -> tuple[str | int, ...]:
    """Where a line is written: the clause itself, or the place in a role's day that cites it."""
    if isinstance(sop, Role):
        place = line.number.partition(".")[2]
        return ("day", line.part - 1, "clauses", int(place) - 1)
    return line.placed.trail
