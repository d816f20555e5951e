"""Which question asks about which clause, and where one lacks that is needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..model.book import Handbook
from ..model.checklist import checklist
from ..model.clauses import Clause, Placed
from ..model.questions import Question
from ..model.sops import Sop
from .answers import measurable
from .bank import bank


class Covered(NamedTuple):
    """A clause, the questions about it, each with the SOP whose quiz it stands in, and the lines of checklists that
    come from it, each with the SOP whose list it is."""

    sop: Sop
    placed: Placed
    questions: list[tuple[str, Question]]
    lines: list[tuple[Sop, str]]
    gap: str  # the field of the clause that some question must ask about and none does, if there is one


def coverage(book: Handbook) -> Iterator[Covered]:
    """Every clause of the handbook in reading order, with the questions about it and the lines that come from it."""
    asked, ticked = _asked(book), _ticked(book)
    for sop, placed in book.each():
        ref = f"{sop.id}#{placed.clause.id}"
        questions = asked.get(ref, [])
        gap = "" if questions else needed(book, sop, placed.clause)
        yield Covered(sop, placed, questions, ticked.get(ref, []), gap)


def _ticked(book: Handbook) -> dict[str, list[tuple[Sop, str]]]:
    found: dict[str, list[tuple[Sop, str]]] = {}
    for sop in book.sops.values():
        for line in checklist(book, sop):
            found.setdefault(line.ref, []).append((sop, line.number))
    return found


class Group(NamedTuple):
    """The clauses of an SOP, those that no question is about in front, and how many these are."""

    sop: Sop
    clauses: list[Covered]
    gaps: int


def by_gaps(book: Handbook) -> list[Group]:
    """SOP by SOP, the one with the most clauses that nobody asks about first."""
    found: dict[str, list[Covered]] = {}
    for one in coverage(book):
        found.setdefault(one.sop.id, []).append(one)
    groups = [
        Group(ones[0].sop, sorted(ones, key=lambda one: bool(one.questions)), sum(not one.questions for one in ones))
        for ones in found.values()
    ]
    return sorted(groups, key=lambda group: -group.gaps)


@lru_cache(maxsize=1)
def _asked(book: Handbook) -> dict[str, list[tuple[str, Question]]]:
    found: dict[str, list[tuple[str, Question]]] = {}
    lone = {key: quiz.questions for key, quiz in book.quizzes.items() if key not in book.sops}
    for key, questions in [*bank(book).items(), *lone.items()]:
        for question in questions:
            for ref in question.clauses:
                found.setdefault(ref, []).append((key, question))
    return found


def needed(book: Handbook, sop: Sop, clause: Clause) -> str:
    """The field for which a clause must be asked about: a deadline or a limit that is decided, a prohibition."""
    if clause.fact and measurable(book, sop, clause):
        return clause.fact.kind
    return "never" if clause.never else ""


@lru_cache(maxsize=1)
def started(book: Handbook) -> bool:
    """Whether the handbook has any quiz: one without can be built, and is reminded of what it lacks."""
    return any(key.startswith("quiz/") for key in book.documents)
