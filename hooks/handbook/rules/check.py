"""Every rule, and what they all find in a handbook."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..problem import RULES, Problem
from . import (  # noqa: F401  (importing them registers their rules)
    allowed,
    characters,
    checklists,
    clauses,
    contradictions,
    deadlines,
    former,
    glyphs,
    ids,
    lengths,
    mnemonics,
    placeholders,
    quiz_answers,
    quiz_cases,
    quiz_gaps,
    quiz_giveaways,
    quiz_questions,
    quiz_typed,
    ranges,
    references,
    registers,
    sops,
    synonyms,
    unsettled,
    vanished,
    wording,
)


def check(book: Handbook) -> Iterator[Problem]:
    """Every problem that any rule finds in a handbook."""
    for known in RULES.values():
        if known.check:
            yield from known.check(book)
