"""Every rule, and what they all find in a handbook."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.document import Document
from ..problem import RULES, Problem, Rule
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
    torn = {document.path: document for document in book.documents.values() if document.torn}
    for known in RULES.values():
        if known.check and not any(document.hides(known.waits.anywhere) for document in torn.values()):
            yield from (
                problem for problem in known.check(book) if not _follows(torn.get(problem.path), known, problem)
            )


def _follows(document: Document | None, known: Rule, problem: Problem) -> bool:
    """Whether a problem may only follow from what could not be read of its file, which has been told."""
    waits = known.waits
    return document is not None and (document.hides(waits.here) or document.follows(problem.trail, waits.beside))
