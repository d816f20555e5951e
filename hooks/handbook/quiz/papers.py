"""The papers of a role's exam: the same code gives the same one, on A4 and on screen (web/quiz/exam.js)."""

from __future__ import annotations

from dataclasses import replace

from ..kept import Kept
from ..model.book import Handbook, digest
from ..model.sops import Role
from .chance import Ticket, chance, draw, shuffle
from .exam import Drawn, pool
from .plain import Arrange, Choose, Pairs, Plain, plainly, rests_on

_stocks: Kept[str] = Kept()  # by role


def stock(book: Handbook, role: Role) -> str:
    """6 hexadecimal digits over all that the papers of an exam are drawn from, word for word: where one is another, a
    code may give another paper. Paper and screen show it."""
    drawn = pool(book, role)
    rests = [rests_on(book)[key] for key in dict.fromkeys(one.sop for one in drawn)]
    return _stocks.get(role.id, (book.around, role, drawn, rests), lambda: _stock(book, role, drawn))


def _stock(book: Handbook, role: Role, drawn: list[Drawn]) -> str:
    said = [_offered(one) for each in drawn for one in plainly(book, each) if isinstance(one, Plain)]
    return digest(repr((role.id, role.exam.questions, role.exam.options, said)))[:6]


def _offered(one: Plain) -> tuple[object, ...]:
    """What one sees of a question before it is answered, in the order in which it is seen, and what is right."""
    if isinstance(one, Choose):
        return one.id, one.ask, [(answer.text, answer.right) for answer in one.answers]
    if isinstance(one, Arrange):
        return one.id, one.ask, one.steps, one.shown
    assert isinstance(one, Pairs)
    return one.id, one.ask, [(couple.left, couple.right) for couple in one.couples], one.shown


def exam(book: Handbook, role: Role, code: str) -> list[Drawn]:
    """The questions of the paper that a code stands for."""
    drawn = [one for one in pool(book, role) if any(isinstance(said, Plain) for said in plainly(book, one))]
    tickets = [Ticket(one.sop, one.question.kind) for one in drawn]  # type: ignore[attr-defined]
    places = draw(tickets, role.exam.questions, chance(_seed(book, role, code)))
    return [drawn[place] for place in places]


def mixed(book: Handbook, role: Role, code: str, one: Plain) -> Plain:
    """A question as that paper has it: with its answers in an order of their own, where the exam wants that."""
    if role.exam.options == "in order":
        return one
    random = chance(f"{_seed(book, role, code)}/{one.id}")
    if isinstance(one, Choose):
        return replace(one, answers=tuple(shuffle(one.answers, random)))
    if isinstance(one, (Arrange, Pairs)):
        return replace(one, shown=tuple(shuffle(one.shown, random)))
    return one


def _seed(book: Handbook, role: Role, code: str) -> str:
    return f"{code}/{stock(book, role)}"
