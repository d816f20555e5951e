"""What a question offers to choose from, in an order that is the same on paper and on screen."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from ..model.amounts import SAME_DAY, UNITS
from ..model.book import Handbook, digest
from ..model.clauses import Case, Clause, Placed
from ..model.facts import Fact
from ..model.questions import Choice, Number, Option, Question
from ..model.sops import Sop
from .near import made_up

T = TypeVar("T")
Mark = tuple[float, str]

UNLIKE, APART = 1.75, 6  # how much longer, and by how many characters, an answer may be than another
OPTIONS = 3  # enough: a fourth is hardly ever chosen, and costs reading
DAY = UNITS["day"].seconds
NEAR = 30  # times as long or as short: farther apart, nobody takes one for the other
LOOKS = 100  # facts of an SOP: more are not looked at for one question, or the largest files would take minutes
NAMES = {"within": "期限", "by": "期限", "before": "時間", "after": "時間", "between": "時間", "every": "週期",
         "keep": "期限", "limit": "限度"}  # fmt: skip


def seed(sop: str, question: Question) -> str:
    """What the order of a question's answers depends on: the question itself, and nothing around it."""
    return f"{sop}/{question.id}"


def shuffled(items: Sequence[T], seed: str) -> list[T]:
    """The items in an order that only the seed decides, on every machine."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest())
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        number, place = divmod(number, last + 1)
        mixed[last], mixed[place] = mixed[place], mixed[last]
    return mixed


def jumbled(items: Sequence[T], seed: str) -> list[T]:
    """The items shuffled, but never as they stood: for answers that are themselves an order."""
    places = shuffled(range(len(items)), seed)
    if places == sorted(places):
        places = [*places[1:], *places[:1]]
    return [items[place] for place in places]


def fingerprint(book: Handbook, question: Question) -> str:
    """6 hexadecimal digits over what the clauses of a question demand: a result counts as long as they stand."""
    found = [book.clause(ref) for ref in question.clauses]
    return digest(" ".join(book.fingerprint(*at) for at in found if at))[:6]


def option(text: str, feedback: str | None = None) -> Option:
    """An option that is made, not read: a right one without feedback. It needs no check, so it costs little."""
    return Option.model_construct(text=text, right=feedback is None, feedback=feedback)


def like(one: int, two: int) -> bool:
    """Whether answers of so many characters are about equally long, so that neither stands out."""
    less, more = min(one, two), max(one, two)
    return more <= UNLIKE * less or more - less <= APART


def folded(text: str) -> str:
    """A text without what readers skip: blanks and punctuation."""
    return _SKIPPED.sub("", text)


_SKIPPED = re.compile(r"[\W_]+")


def options(book: Handbook, question: Question) -> list[Option]:
    """What one chooses from, in the order of the file; a number's are drawn from the facts of other clauses."""
    if isinstance(question, Choice):
        return question.options
    found = book.clause(question.about) if isinstance(question, Number) else None
    fact = asked_for(found[1].clause, question.fact) if found and isinstance(question, Number) else None
    return measured(book, *found, fact) if found and fact else []


def asked_for(clause: Clause, number: int) -> Fact | None:
    """The fact of a clause that a question asks for, by its number from 1."""
    return clause.facts[number - 1] if number <= len(clause.facts) else None


def measured(book: Handbook, sop: Sop, placed: Placed, fact: Fact) -> list[Option]:
    """A fact and two that are not: those of its own SOP first, then others like it, else some made up from it."""
    taken = [fact]
    made = [option(fact.short)]
    for other, feedback in _others(book, sop, placed.clause, fact):
        if len(made) < OPTIONS and not any(_alike(other, one) for one in taken):
            taken.append(other)
            made.append(option(other.short, feedback))
        if len(made) == OPTIONS:
            break
    return made


def scene(book: Handbook, sop: Sop, placed: Placed) -> str:
    """When a clause counts, to stand before a question: 「重大投訴：」「住戶情緒激動。」, or nothing."""
    clause = placed.clause
    when = "" if isinstance(clause, Case) else clause.condition
    said = (f"{placed.case}：" if placed.case else "") + (f"{when.rstrip('。')}。" if when else "")
    return book.plain(said, sop.id)


def _others(book: Handbook, sop: Sop, clause: Clause, fact: Fact) -> Iterator[tuple[Fact, str]]:
    """Facts that one may take for another, the best first, each with what it really is."""
    for placed in _within(book).get(sop.id, {}).get(fact.family, [])[:LOOKS]:
        other = placed.clause.fact
        if other and placed.clause is not clause and _comparable(fact, other):
            yield other, f"那是「{named(book, sop, placed)}」的{NAMES[other.kind]}。"
    for home, placed in _around(book, fact):
        other = placed.clause.fact
        if other and home is not sop and _comparable(fact, other):
            yield other, f"那是「{book.title(home)}」裡「{named(book, home, placed)}」的{NAMES[other.kind]}。"
    yield from made_up(fact)


def named(book: Handbook, sop: Sop, placed: Placed) -> str:
    """A clause in a few words, after the case that it stands in: 「重大投訴：把問題解決」."""
    label = f"{placed.case}：" if placed.case else ""
    return book.plain(label + placed.clause.headline, sop.id)


def _comparable(fact: Fact, other: Fact) -> bool:
    one, two = abs(fact.size), abs(other.size)
    return fact.family == other.family and one / NEAR <= two <= one * NEAR


def _alike(one: Fact, two: Fact) -> bool:
    """Whether two facts are the same demand in other words: 7 days and 1 week, the same day and within 1 day, closing
    and 22:00."""
    sizes = {one.size, two.size}
    counted = one.amount is not None and two.amount is not None
    same = bool(one.clock) and one.clock == two.clock
    return (counted and (len(sizes) == 1 or sizes == {SAME_DAY, DAY})) or same or one.short == two.short


@lru_cache(maxsize=1)
def _index(book: Handbook) -> dict[tuple[str, ...], list[tuple[Mark, Sop, Placed]]]:
    """Family → its facts by size, one clause for each size: what a thousand SOPs share is looked at once."""
    found: dict[tuple[str, ...], dict[Mark, tuple[Mark, Sop, Placed]]] = {}
    for sop, placed in book.each():
        if (fact := placed.clause.fact) and not book.undecided(sop, placed.clause):
            measure = fact.mark
            found.setdefault(fact.family, {}).setdefault(measure, (measure, sop, placed))
    return {family: [sizes[key] for key in sorted(sizes)] for family, sizes in found.items()}


@lru_cache(maxsize=1)
def _within(book: Handbook) -> dict[str, dict[tuple[str, ...], list[Placed]]]:
    """SOP → family → its facts in reading order, the first clause of each size: one as large is no other answer."""
    found: dict[str, dict[tuple[str, ...], list[Placed]]] = {}
    seen: set[tuple[str, tuple[str, ...], Mark]] = set()
    for sop, placed in book.each():
        if (fact := placed.clause.fact) and not book.undecided(sop, placed.clause):
            family, measure = fact.family, fact.mark
            if (sop.id, family, measure) not in seen:
                seen.add((sop.id, family, measure))
                found.setdefault(sop.id, {}).setdefault(family, []).append(placed)
    return found


def _around(book: Handbook, fact: Fact) -> list[tuple[Sop, Placed]]:
    """The clauses of the whole handbook whose facts come closest: a few on either side are enough."""
    facts = _index(book).get(fact.family, [])
    place = bisect_left(facts, fact.mark, key=lambda entry: entry[0])
    return [(sop, placed) for _, sop, placed in facts[max(0, place - OPTIONS) : place + OPTIONS + 1]]


@lru_cache(maxsize=1)
def _told(book: Handbook) -> dict[tuple[tuple[str, ...], Mark], list[tuple[str, str]]]:
    return {}


def told_beside(book: Handbook, sop: Sop) -> list[list[tuple[str, str]]]:
    """What is told of other SOPs wherever a fact of this one is asked for: their ids, and the clauses in words."""
    told, found = _told(book), []
    for placed in book.clauses[sop.id].values():
        for fact in placed.clause.facts:
            like = fact.family, fact.mark
            if like not in told:
                told[like] = [(home.id, named(book, home, one)) for home, one in _around(book, fact)]
            found.append(told[like])
    return found


def measurable(book: Handbook, sop: Sop, clause: Clause) -> bool:
    """Whether a clause has a fact that can be asked for: a deadline or a limit that is decided."""
    return clause.fact is not None and not book.undecided(sop, clause)
