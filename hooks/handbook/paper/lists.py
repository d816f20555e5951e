"""The checklist of a procedure, and of a role's day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

from ..model.checklist import Line, checklist
from ..model.clauses import Case
from ..model.sops import Procedure, Role, Sop
from .sheet import Edition, Sheet


def checklists(edition: Edition) -> Iterator[Sheet]:
    """A checklist for each procedure and each role."""
    sops: list[Procedure | Role] = [*edition.book.procedures.values(), *edition.book.roles.values()]
    for sop in sops:
        yield edition.sheet("checklist", sop, partial(_data, edition, sop))


def _data(edition: Edition, sop: Procedure | Role) -> dict[str, Any]:
    lines = checklist(edition.book, sop)
    parts = [
        {"name": name, "gloss": gloss, "lines": _nested(edition, sop, group)}
        for part, group in groupby(lines, lambda line: line.part)
        for name, gloss in [_part(edition, sop, part)]
    ]
    return {
        "head": edition.head(sop),
        "day": isinstance(sop, Role),
        "about": edition.book.plain(edition.book.organization.checklist_head),
        "drill": sop.drilled if isinstance(sop, Procedure) else "do-confirm",
        "trigger": edition.book.plain(sop.trigger, sop.id) if isinstance(sop, Procedure) else "",
        "who": edition.names(sop.actors),
        "parts": parts,
        "done": edition.book.plain(sop.done, sop.id) if isinstance(sop, Procedure) else "",
        "call": edition.names([_helper(sop)]),
        "stuck": [_stuck(edition, line) for line in lines if line.placed.clause.otherwise],
    }


def _part(edition: Edition, sop: Sop, part: int) -> tuple[str, str]:
    """A stage by its letter and what it means; a moment of the day by its name alone."""
    if isinstance(sop, Procedure):
        letter, gloss = list(sop.mnemonic.items())[part - 1]
        return letter, edition.book.plain(gloss, sop.id)
    assert isinstance(sop, Role)
    return "", edition.book.plain(sop.day[part - 1].at, sop.id)


def _nested(edition: Edition, sop: Sop, lines: Iterable[Line]) -> list[dict[str, Any]]:
    """The lines, each case with its own steps inside the line that branches."""
    found: list[dict[str, Any]] = []
    for line in lines:
        made = _line(edition, sop, line)
        if isinstance(line.placed.clause, Case) and isinstance(sop, Procedure):
            found[-1]["cases"].append([made])
        elif any(isinstance(around, Case) for around in line.placed.parents) and isinstance(sop, Procedure):
            found[-1]["cases"][-1].append(made)
        else:
            found.append(made)
    return found


def _line(edition: Edition, sop: Sop, line: Line) -> dict[str, Any]:
    clause, here = line.placed.clause, line.sop.id
    case = isinstance(clause, Case)
    fact = clause.fact
    others = line.placed.who != sop.actors and sop.id not in line.placed.who
    return {
        "number": line.number,
        "depth": line.number.count(".") if isinstance(sop, Procedure) else 0,
        "ticked": line.ticked,
        "label": edition.book.plain(clause.label, here) if isinstance(clause, Case) else "",
        "when": edition.book.plain(clause.condition, here),
        "act": edition.book.plain(clause.do or ("" if case else clause.headline), here),
        "value": edition.book.measure(line.sop, clause),
        "clock": bool(fact and fact.is_deadline),
        "who": edition.names(line.placed.who) if others else "",
        "form": edition.names(clause.form),
        "pause": edition.book.plain(line.pause, here),
        "cases": [],
    }


def _stuck(edition: Edition, line: Line) -> dict[str, str]:
    """What to do where a line can't be done, and whom to tell."""
    otherwise = line.placed.clause.otherwise
    assert otherwise
    return {
        "number": line.number,
        "do": edition.book.plain(otherwise.do, line.sop.id),
        "to": edition.names([otherwise.to]) if otherwise.to else "",
    }


def _helper(sop: Procedure | Role) -> str:
    return sop.reports_to if isinstance(sop, Role) else sop.call or sop.owner
