"""What a checklist says, line by line: pure data, numbered as on paper, each line from a clause that it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from ..kept import Kept
from .book import Handbook
from .clauses import Case, Clause, Placed
from .sops import Procedure, Role, Sop


class Line(NamedTuple):
    """A line of a checklist: its number on paper (`4`, `4.1`), and the clause `sop#clause` that it comes from.

    `part` is the number of the stage or the moment of the day that it belongs to, counted from 1. A line that is not
    `ticked` only says which case it is, or what must not be done. After a line with a `pause`, one stops and confirms
    what that says.
    """

    number: str
    ref: str
    sop: Sop
    placed: Placed
    part: int
    ticked: bool = True
    pause: str = ""


_kept: Kept[list[Line]] = Kept()  # by procedure


def checklist(book: Handbook, sop: Sop) -> list[Line]:
    """The lines of a procedure, or of a role's day, in their order; a standard has none."""
    if isinstance(sop, Procedure):
        return _kept.get(sop.id, (sop,), lambda: list(_of_procedure(sop)))
    return list(_of_day(book, sop)) if isinstance(sop, Role) else []


def _of_procedure(sop: Procedure) -> Iterator[Line]:
    letters = list(sop.mnemonic)
    for placed in sop.placed:
        step = sop.steps[int(placed.trail[1])]
        number = ".".join(str(place + 1) for place in placed.trail if isinstance(place, int))
        part = letters.index(step.stage) + 1 if step.stage in letters else 0
        pause = placed.clause.pause or ""
        yield Line(number, f"{sop.id}#{placed.clause.id}", sop, placed, part, _acts(placed.clause), pause)


def _acts(clause: Clause) -> bool:
    """Whether there is something to tick: what one only must not do is read, and never done."""
    return bool(clause.do or (clause.say and not isinstance(clause, Case)))


def _of_day(book: Handbook, role: Role) -> Iterator[Line]:
    for part, moment in enumerate(role.day, 1):
        for place, ref in enumerate(moment.clauses, 1):
            if found := book.clause(ref):
                yield Line(f"{part}.{place}", ref, *found, part, _acts(found[1].clause))


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
