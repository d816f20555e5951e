"""What a role's exam is drawn from: all that the role has to master, a few questions of each SOP (see papers.py)."""

from __future__ import annotations

from itertools import chain, zip_longest
from typing import NamedTuple

from ..kept import Kept
from ..model.book import Handbook, digest
from ..model.questions import AnyQuestion, CaseStudy, Question
from ..model.sops import Role
from .answers import shuffled
from .bank import bank
from .made.choice import MADE

PARTS = "ABC"  # three times as many questions as an exam has: the next one asks others


class Drawn(NamedTuple):
    """A question in an exam, and the SOP that it comes from."""

    sop: str
    question: Question


_queues: Kept[list[Drawn]] = Kept()  # by SOP and seed
_pools: Kept[list[Drawn]] = Kept()  # by role


def pool(book: Handbook, role: Role) -> list[Drawn]:
    """All that the papers of an exam may ask, on paper and on screen; nothing is asked in the same words twice."""

    def drawn() -> list[Drawn]:
        return list({one.question.ask: one for part in PARTS for one in _part(book, role, part)}.values())

    return _pools.get(role.id, (role, [(key, bank(book)[key]) for key in sources(book, role)]), drawn)


def _part(book: Handbook, role: Role, seed: str) -> list[Drawn]:
    """As many questions as an exam has. The seed alone decides which.

    Each SOP of the role gives as many as the others (or one more), a written one before a made one, and where any of
    them has a case, a case is among them.
    """
    queues = [_queue(book, key, seed) for key in shuffled(sources(book, role), f"{seed}/{role.id}")]
    rounds = chain.from_iterable(zip_longest(*queues))
    pool = list({one.question.ask: one for one in rounds if one}.values())
    picked = pool[: role.exam.questions]
    return shuffled(_with_a_case(picked, pool[len(picked) :]), f"{seed}/{role.id}/order")


def fingerprint(book: Handbook, role: Role) -> str:
    """12 hexadecimal digits over all that an exam draws from: a result counts as long as it stands."""
    return digest(" ".join(book.sop_fingerprint(book.sops[key]) for key in sources(book, role)))


def sources(book: Handbook, role: Role) -> list[str]:
    """The SOPs that an exam draws from: the role's own duties, and what it must master."""
    return [key for key in dict.fromkeys([role.id, *role.masters]) if key in book.sops]


def _queue(book: Handbook, key: str, seed: str) -> list[Drawn]:
    questions = bank(book)[key]
    return _queues.get((key, seed), (questions,), lambda: _by_turns(questions, key, seed))


def _by_turns(questions: list[AnyQuestion], key: str, seed: str) -> list[Drawn]:
    """The questions of an SOP in the order in which they are drawn: written and made ones by turns."""
    mixed = shuffled(questions, f"{seed}/{key}")
    written = [question for question in mixed if MADE not in question.id]
    made = [question for question in mixed if MADE in question.id]
    turns = chain.from_iterable(zip_longest(written, made))
    return [Drawn(key, question) for question in turns if question]


def _with_a_case(picked: list[Drawn], rest: list[Drawn]) -> list[Drawn]:
    """What was picked; where no case is in it, a case takes the place of a question of the same SOP."""
    if any(isinstance(one.question, CaseStudy) for one in picked):
        return picked
    for case in rest:
        if isinstance(case.question, CaseStudy):
            for place, one in enumerate(picked):
                if one.sop == case.sop:
                    return [*picked[:place], case, *picked[place + 1 :]]
    return picked
