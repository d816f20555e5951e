"""Old ids of questions, and what they are called now: of those that were written, and of those made from clauses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..model.book import Handbook
from ..model.former import Claim, Former, everywhere, former, full_id
from .bank import bank
from .coverage import started
from .made.choice import MADE


@lru_cache(maxsize=1)
def former_questions(book: Handbook) -> dict[str, str]:
    """What questions (`sop/question`) that were called otherwise before are called now."""
    if not started(book):
        return {}
    written = {key: [question.id for question in quiz.questions] for key, quiz in book.quizzes.items()}
    asked = everywhere(former(book).keys, claims_of_questions(book), written)
    found = {old.replace("#", "/"): now.replace("#", "/") for old, now in asked}
    return {**found, **dict(_made(book, former(book)))}


def _made(book: Handbook, found: Former) -> Iterator[tuple[str, str]]:
    """Old → now of the questions that follow from clauses: their ids hold the clauses'."""
    olds: dict[str, list[str]] = {}
    for old, now in found.clauses.items():
        olds.setdefault(now, []).append(old)
    touched = {now.partition("#")[0] for now in found.clauses.values()}
    for key in sorted(touched & book.sops.keys()):
        names = [old for old, now in found.keys.items() if now == key]
        for question in bank(book)[key]:
            kind, made, clause = question.id.partition(MADE)
            if made:
                before = olds.get(f"{key}#{clause}", [f"{name}#{clause}" for name in names])
                for home, _, inner in (ref.partition("#") for ref in before):
                    yield f"{home}/{kind}{MADE}{inner}", f"{key}/{question.id}"


def claims_of_questions(book: Handbook) -> Iterator[Claim]:
    """What written questions were called."""
    for key, quiz in book.quizzes.items():
        for number, question in enumerate(quiz.questions):
            for n, old in enumerate(question.formerly):
                trail = ("questions", number, "formerly", n)
                yield Claim(f"quiz/{key}", trail, full_id(book, key, old), f"{key}#{question.id}")
