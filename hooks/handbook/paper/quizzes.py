"""Quiz papers A, B and C of each SOP and each role's exam, and the answers to them on sheets of their own.

A is as on the screen; B and C ask the same in another order, so that neighbours can't compare letters. An exam's
papers are drawn from codes, those that the supervisor names or these three: who takes the exam on a screen with the
same code is asked the same, letter for letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any

from ..model.book import Handbook
from ..model.sops import Role, Sop
from ..quiz.answers import jumbled, shuffled
from ..quiz.bank import bank
from ..quiz.exam import Drawn, sources
from ..quiz.papers import exam, mixed, stock
from ..quiz.plain import Arrange, Choose, Moment, Pairs, Plain, sorted_out
from .sheet import Edition, Sheet

Papers = dict[str, list[list[Plain]]]  # letter → groups of questions that stay together
Teller = Callable[[Plain], dict[str, Any]]

COPIES = "ABC"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def quizzes(edition: Edition) -> Iterator[Sheet]:
    """The papers and the answers of every SOP with a quiz, and of every role's exam: three papers a file."""
    book = edition.book
    for key, quiz in book.quizzes.items():
        if sop := book.sops.get(key):
            yield from _pair(
                edition, sop, ("quiz", "key"), partial(_of_quiz, book, key), {"pass": quiz.pass_mark, "exam": False}
            )
    for role in book.roles.values():
        if any(key in book.quizzes for key in sources(book, role)):
            codes = edition.codes or COPIES
            more = {"pass": role.exam.pass_mark, "exam": True, "drawn": partial(_drawn, edition, role)}
            yield from _pair(edition, role, ("exam", "exam-key"), partial(_of_exam, book, role, codes), more)


def _of_quiz(book: Handbook, key: str) -> Papers:
    drawn = [Drawn(key, question) for question in bank(book)[key]]
    return {copy: papered(book, drawn, copy) for copy in COPIES}


def _of_exam(book: Handbook, role: Role, codes: Sequence[str]) -> Papers:
    return {code: _paper(book, role, code) for code in codes}


def _paper(book: Handbook, role: Role, code: str) -> list[list[Plain]]:
    """The paper of an exam that a code stands for."""
    groups = in_groups(book, exam(book, role, code))
    return [[mixed(book, role, code, one) for one in group] for group in groups]


def _drawn(edition: Edition, role: Role) -> dict[str, Any]:
    """What an exam's papers say of it: what they are drawn from, how much time there is, where a screen has it."""
    page = edition.address(f"exams/{role.id}")
    return {"stock": stock(edition.book, role), "minutes": role.exam.minutes, "page": page}


def _pair(
    edition: Edition, sop: Sop, kinds: tuple[str, str], make: Callable[[], Papers], more: dict[str, Any]
) -> Iterator[Sheet]:
    """The papers of an SOP, and the answers to them."""
    tellers: tuple[Teller, Teller] = (_asked, partial(_answered, edition.book))
    for kind, told in zip(kinds, tellers, strict=True):
        yield edition.sheet(kind, sop, partial(_data, edition, sop, make, told, more))


def _data(edition: Edition, sop: Sop, make: Callable[[], Papers], told: Teller, more: dict[str, Any]) -> dict[str, Any]:
    papers = [
        {"copy": copy, "groups": [[told(one) for one in group] for group in groups], "count": len(groups)}
        for copy, groups in make().items()
    ]
    told_of = {name: tell() if callable(tell) else tell for name, tell in more.items()}
    return {"head": edition.head(sop) | told_of, "papers": papers}


def in_groups(book: Handbook, drawn: Sequence[Drawn]) -> list[list[Plain]]:
    """The questions in plain words, the scenes of a case together."""
    said, _ = sorted_out(book, drawn)
    return [list(group) for _, group in groupby(said, lambda one: (one.sop, one.question))]


def papered(book: Handbook, drawn: Sequence[Drawn], copy: str) -> list[list[Plain]]:
    """The questions of one paper of a quiz: A as on the screen, of the others all that may be is mixed."""
    groups = in_groups(book, drawn)
    if copy == COPIES[0] or not groups:
        return groups
    mixed = shuffled(groups, f"{groups[0][0].sop}/{copy}")
    return [[_other(one, copy) for one in group] for group in mixed]


def _other(one: Plain, copy: str) -> Plain:
    """The same question with its answers in another order."""
    seed = f"{one.id}/{copy}"
    if isinstance(one, Choose):
        return replace(one, answers=tuple(shuffled(one.answers, seed)))
    if isinstance(one, (Arrange, Pairs)):
        return replace(one, shown=tuple(jumbled(range(len(one.shown)), seed)))
    return one


def _asked(one: Plain) -> dict[str, Any]:
    """What a paper shows of a question; nothing of it tells the answer."""
    asked: dict[str, Any] = {"ask": list(one.ask), "kind": "choose", "left": [], "scene": isinstance(one, Moment)}
    if isinstance(one, Choose):
        return asked | {"kind": "several" if one.several else "choose", "options": [a.text for a in one.answers]}
    if isinstance(one, Arrange):
        return asked | {"kind": "arrange", "options": [one.steps[place] for place in one.shown]}
    assert isinstance(one, Pairs)
    rights = [one.couples[place].right for place in one.shown]
    return asked | {"kind": "pairs", "left": [couple.left for couple in one.couples], "options": rights}


def _answered(book: Handbook, one: Plain) -> dict[str, Any]:
    """What a key shows: the question, the answer, what is said about it, why each wrong one is wrong, the clauses."""
    clauses = next(each.clauses for each in bank(book)[one.sop] if each.id == one.question)
    return {
        "ask": one.ask[-1],
        "answer": answer(one),
        "after": list(one.after),
        "wrong": _wrong(one),
        "clauses": clauses,
    }


def answer(one: Plain) -> str:
    """The right letters: 「B」, 「A、C」, in their order 「C → A → B」, or pair by pair 「1C、2A」."""
    if isinstance(one, Choose):
        return "、".join(LETTERS[place] for place, each in enumerate(one.answers) if each.right)
    if isinstance(one, Arrange):
        return " → ".join(LETTERS[one.shown.index(place)] for place in range(len(one.steps)))
    assert isinstance(one, Pairs)
    return "、".join(f"{place + 1}{LETTERS[one.shown.index(place)]}" for place in range(len(one.couples)))


def _wrong(one: Plain) -> list[dict[str, str]]:
    """Each wrong answer's letter, and why it is wrong; in a case, only what comes of it at once."""
    if not isinstance(one, Choose):
        return []
    return [
        {"letter": LETTERS[place], "why": each.feedback[0]}
        for place, each in enumerate(one.answers)
        if not each.right and each.feedback
    ]
