"""What one may pass, for the page that shows how far one is: quizzes by the kind of their SOP, and exams."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..kept import Kept
from ..model.book import Handbook
from ..model.gathered import sections
from ..model.questions import CaseStudy
from ..model.sops import Role, Sop
from .answers import fingerprint
from .bank import bank
from .exam import fingerprint as exam_fingerprint
from .exam import sources
from .plain import rests_on

_fingerprints: Kept[dict[str, str]] = Kept()  # by SOP


class QuizRow(NamedTuple):
    """A quiz; `marks` are its questions as `id=fingerprint`, `cases` those that are cases, between blanks."""

    sop: Sop
    pass_mark: int
    size: int
    marks: str
    cases: str


class QuizGroup(NamedTuple):
    """The quizzes of one kind of SOP."""

    folder: str
    title: str
    quizzes: list[QuizRow]


class ExamRow(NamedTuple):
    """An exam; `sources` are the SOPs that it draws from."""

    role: Role
    sources: list[str]
    fingerprint: str


@lru_cache(maxsize=1)
def quiz_groups(book: Handbook) -> list[QuizGroup]:
    """Every quiz, in the order of the menu."""
    groups = [
        QuizGroup(kind.folder, title, [_row(book, sop) for sop in sops if sop.id in book.quizzes])
        for kind, title, sops in sections(book)
    ]
    return [group for group in groups if group.quizzes]


def _row(book: Handbook, sop: Sop) -> QuizRow:
    marks = [f"{question}={mark}" for question, mark in fingerprints(book, sop.id).items()]
    cases = [question.id for question in bank(book)[sop.id] if isinstance(question, CaseStudy)]
    return QuizRow(sop, book.quizzes[sop.id].pass_mark, len(marks), " ".join(marks), " ".join(cases))


def fingerprints(book: Handbook, key: str) -> dict[str, str]:
    """Question → its fingerprint, of all that belong to an SOP, in their order."""
    return _fingerprints.get(
        key,
        (book.around, *rests_on(book)[key]),
        lambda: {question.id: fingerprint(book, question) for question in bank(book)[key]},
    )


def exam_rows(book: Handbook) -> list[ExamRow]:
    """Every role's exam."""
    return [ExamRow(role, sources(book, role), exam_fingerprint(book, role)) for role in book.roles.values()]
