"""What stands in many SOPs, gathered: their kinds, their deadlines, who fills which form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .book import Handbook
from .clauses import Case, Clause, Placed
from .facts import Fact
from .sops import Procedure, Role, Sop, Standard


@dataclass(frozen=True)
class Due:
    """A clause with a clock or a limit, and what one must know to act on it."""

    sop: Sop
    clause: Clause
    fact: Fact
    who: list[str]
    case: str  # its label
    branch: str  # for scripts: the ids of the step that branches and of the case


def sections(book: Handbook) -> list[tuple[type[Sop], str, list[Sop]]]:
    """The kinds of SOPs, what each is called, and its SOPs, in the order of the menu."""
    kinds: list[tuple[type[Sop], list[Sop]]] = [
        (Procedure, [*book.procedures.values()]),
        (Standard, [*book.standards.values()]),
        (Role, [*book.roles.values()]),
    ]
    return [(kind, kind.called, sops) for kind, sops in kinds]


def deadlines(book: Handbook, sop: Sop) -> list[Due]:
    """The clauses of an SOP that have a fact, in reading order."""
    found = []
    for placed in book.clauses[sop.id].values():
        fact = placed.clause.fact
        if fact:
            case = book.plain(placed.case, sop.id)
            found.append(Due(sop, placed.clause, fact, placed.who, case, _branch(placed)))
    return found


def _branch(placed: Placed) -> str:
    """The step that branches and the case that a clause belongs to, by their ids; empty where it is in no case."""
    pairs = pairwise((*placed.parents, placed.clause))
    return next((f"{step.id} {case.id}" for step, case in pairs if isinstance(case, Case)), "")


def filled_where(book: Handbook) -> dict[str, list[tuple[Sop, Placed]]]:
    """Form → the clauses that fill it."""
    found: dict[str, list[tuple[Sop, Placed]]] = {form: [] for form in book.forms}
    for sop, placed in book.each():
        for form in dict.fromkeys(placed.clause.form):
            found[form].append((sop, placed))
    return found


def clause_count(book: Handbook) -> int:
    """How many clauses the handbook holds."""
    return sum(1 for _ in book.each())
