"""How far one is, and the pages to take quizzes and exams on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model.book import Handbook
from ...model.course import course
from ...model.sops import Role
from ...quiz.bank import bank
from ...quiz.coverage import started
from ...quiz.exam import Drawn, fingerprint, pool, sources
from ...quiz.papers import stock
from ...quiz.plain import rests_on
from ...quiz.progress import exam_rows, quiz_groups
from ..page import Draft
from ..team import clause_sum
from ..view import Site


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    groups, exams = (quiz_groups(book), exam_rows(book)) if started(book) else ([], [])

    def tells() -> dict[str, Any]:
        return {
            "groups": groups,
            "exams": exams,
            "sums": {key: clause_sum(book, sop) for key, sop in book.sops.items()},
            "plans": _plans(book),
        }

    yield Draft("quiz/index", "progress.html", "測驗與進度", tells=tells)
    if groups:
        yield Draft("review/index", "review.html", "每天 5 題", rests_on=())
    yield from (_quiz(book, key) for key in book.quizzes if groups)
    yield from (_exam(book, role, site) for role in book.roles.values() if groups)


def _plans(book: Handbook) -> list[tuple[Role, list[str]]]:
    """What each role is to know by day 1, week 1 and month 1, as ids between blanks."""
    return [(role, [" ".join(sop.id for sop in stage) for stage in course(book, role)]) for role in book.roles.values()]


def _quiz(book: Handbook, key: str) -> Draft:
    sop = book.sops[key]

    def tells() -> dict[str, Any]:
        drawn = [Drawn(key, question) for question in bank(book)[key]]
        return {"sop": sop, "drawn": drawn, "pass_mark": book.quizzes[key].pass_mark}

    title, quiz = f"{book.title(sop)}：測驗", book.quizzes[key]
    made_from = (quiz.pass_mark, *rests_on(book)[key])
    return Draft(f"quiz/{key}", "quiz.html", title, f"quiz/{key}", sop, tells=tells, rests_on=made_from)


def _exam(book: Handbook, role: Role, site: Site) -> Draft:
    drawn, mark, keys = pool(book, role), fingerprint(book, role), sources(book, role)
    count = min(role.exam.questions, len(drawn))
    held = role.exam.feedback == "at the end" or not site.keys  # which can't be told at once

    def tells() -> dict[str, Any]:
        told = {"role": role, "drawn": drawn, "count": count, "sources": keys, "fingerprint": mark}
        return told | {"stock": stock(book, role), "held": held}

    return Draft(
        f"exams/{role.id}",
        "exam.html",
        f"{book.title(role)}：崗位考試",
        role.id,
        tells=tells,
        rests_on=(role, drawn, mark, keys, [rests_on(book)[key] for key in dict.fromkeys(one.sop for one in drawn)]),
    )
