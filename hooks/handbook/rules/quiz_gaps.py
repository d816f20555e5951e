"""Rules that leave no gap that matters: every SOP has a quiz, and what can go wrong is asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model.book import Handbook
from ..model.clauses import Placed
from ..model.questions import AnyQuestion, CaseStudy
from ..problem import Problem, rule
from ..quiz.answers import measurable
from ..quiz.bank import made
from ..quiz.coverage import started
from ..quiz.made.never import never


@rule(
    "quiz-missing",
    bad="# sop/procedures/complaints.yml，沒有 quiz/complaints.yml",
    good="# quiz/complaints.yml\nquestions: […]",
)
def quiz_missing(book: Handbook) -> Iterator[Problem]:
    """SOP 要有同名的測驗：缺的各提醒一行，全無只提醒一次；organization.yml 寫了 quizzes: required 就不建置。"""
    reminds = not _required(book)
    if reminds and not started(book):
        yield book.problem("organization", (), "quiz-missing", "quiz/ 裡還沒有測驗", warning=True)
        return
    for sop in book.sops.values():
        if not _has_quiz(book, sop.id):
            message = f"「{book.title(sop)}」沒有測驗：寫在 quiz/{sop.id}.yml"
            yield book.problem(sop.id, (), "quiz-missing", message, warning=reminds)


def _required(book: Handbook) -> bool:
    return book.organization.quizzes == "required"


def _has_quiz(book: Handbook, key: str) -> bool:
    return f"quiz/{key}" in book.documents


@rule(
    "case-missing",
    bad="# quiz/complaints.yml 裡只有 kind: choice",
    good="- id: leaking-ceiling\n  kind: case",
    here="kind",
)
def case_missing(book: Handbook) -> Iterator[Problem]:
    """每份流程的測驗至少要有一題情境（kind: case）。"""
    for key in book.procedures:
        quiz = book.quizzes.get(key)
        if quiz and not any(isinstance(question, CaseStudy) for question in quiz.questions):
            yield book.problem(f"quiz/{key}", ("questions",), "case-missing", "沒有情境題：加一題 kind: case", key=True)


@rule(
    "clause-unasked",
    bad="# 沒有題目考 never\nnever: 與住戶爭辯",
    good="# quiz/ 裡有一題\nabout: complaints#listen",
    anywhere="about kind pairs scenes",
)
def clause_unasked(book: Handbook) -> Iterator[Problem]:
    """有測驗的 SOP，每個期限、限度與「絕不可以」都要有題目考到；系統從條文做不出題目的，自己寫一題。"""
    unread = any(key.startswith("quiz/") for key in book.unreadable)  # it may hold the question
    for key, left in _unwritten(book).items() if started(book) and not unread else ():
        if not _required(book) and not _has_quiz(book, key):  # its reminder says enough
            continue
        for placed in _unmade(book, key, left):
            message = f"沒有題目考到 {key}#{placed.clause.id}，選項也不夠讓系統自己出題"
            yield book.problem(key, (*placed.trail, "never"), "clause-unasked", message, key=True)


def _unmade(book: Handbook, key: str, left: list[Placed]) -> list[Placed]:
    """Those clauses of an SOP that no made question is about: most have one about just what they forbid, and all else
    that could be asked is made only for the rest."""
    asked = _named(made(book).by(never, key))
    if any(f"{key}#{placed.clause.id}" not in asked for placed in left):
        asked = _named(made(book).of(key))
    return [placed for placed in left if f"{key}#{placed.clause.id}" not in asked]


def _named(questions: Iterable[AnyQuestion]) -> set[str]:
    return {ref for question in questions for ref in question.clauses}


def _unwritten(book: Handbook) -> dict[str, list[Placed]]:
    """SOP by SOP, the clauses that need a question, have no written one, and may have no made one either: whatever can
    be measured always has one. Most SOPs have none, so that to check a handbook few questions are made."""
    written = _named(question for quiz in book.quizzes.values() for question in quiz.questions)
    found: dict[str, list[Placed]] = {}
    for sop, placed in book.each():
        clause = placed.clause
        if clause.never and not measurable(book, sop, clause) and f"{sop.id}#{clause.id}" not in written:
            found.setdefault(sop.id, []).append(placed)
    return found
