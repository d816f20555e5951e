"""Each question in plain words, or why it has none: for pages, for paper, and for the formats of other systems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..model.book import Handbook
from ..model.clauses import Case, Placed
from ..model.questions import AnyQuestion, CaseStudy, Choice, Match, Number, Option, Order, Question, Scene, Way
from ..model.sops import Sop
from .answers import OPTIONS, jumbled, measurable, named, options, seed, shuffled, told_beside
from .bank import bank
from .exam import Drawn

Lines = tuple[str, ...]


class Omitted(NamedTuple):
    """What a format can't hold of a question (`sop/question`): all of it or, if `part`, only what the reason names."""

    question: str
    reason: str
    part: bool = False


class Answer(NamedTuple):
    """One thing to choose, and what is said to those who do; `to` is the number of the scene that it leads to."""

    text: str
    right: bool
    feedback: Lines = ()
    to: int | None = None


class Couple(NamedTuple):
    """Two things that belong together, and why."""

    left: str
    right: str
    feedback: str


@dataclass(frozen=True, kw_only=True)
class Plain:
    """A question without placeholders. `ask` and `after` are paragraphs: what is asked, what is said to everybody."""

    sop: str
    question: str  # its id in the SOP's quiz
    ask: Lines
    why: str = ""  # a scene has none: its ways say what comes of them
    clauses: Lines  # to read it again, as `sop#clause`
    read: Callable[[], str] = field(compare=False)  # the same in words, which only some who ask want to have

    @property
    def id(self) -> str:
        """Unique in the handbook; slugs and slashes only."""
        return f"{self.sop}/{self.question}"

    @property
    def after(self) -> Lines:
        return (self.why, self.read()) if self.why else (self.read(),)


@dataclass(frozen=True, kw_only=True)
class Choose(Plain):
    """One right answer, or several; in the order in which they are shown."""

    answers: tuple[Answer, ...]
    several: bool = False


@dataclass(frozen=True, kw_only=True)
class Moment(Choose):
    """A scene of a case. The numbers of scenes count from 1."""

    number: int
    scene: str

    @property
    def id(self) -> str:
        return f"{self.sop}/{self.question}/{self.number}-{self.scene}"


@dataclass(frozen=True, kw_only=True)
class Arrange(Plain):
    """Steps in their order, and the places among them in the order in which they are shown."""

    steps: Lines
    shown: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Pairs(Plain):
    """What belongs together, and the places of the right sides in the order in which they are shown."""

    couples: tuple[Couple, ...]
    shown: tuple[int, ...]


def plainly(book: Handbook, drawn: Drawn) -> Iterator[Plain | Omitted]:
    """A question in plain words: one, for a case one a scene, or what it lacks to be asked anywhere but here."""
    return _Speaker(book, *drawn).say()


def sorted_out(book: Handbook, questions: Iterable[Drawn]) -> tuple[list[Plain], list[Omitted]]:
    """All that can be said in plain words, in the order given, and all that can't."""
    said = [one for drawn in questions for one in plainly(book, drawn)]
    return [one for one in said if isinstance(one, Plain)], [one for one in said if isinstance(one, Omitted)]


@lru_cache(maxsize=1)
def rests_on(book: Handbook) -> dict[str, tuple[object, ...]]:
    """SOP → all that its questions say, beside what is around every SOP: themselves, the SOPs that they are about, and
    what may be told of others."""
    return {key: _rests_on(book, key, questions) for key, questions in bank(book).items()}


def _rests_on(book: Handbook, key: str, questions: list[AnyQuestion]) -> tuple[object, ...]:
    about = {key, *(ref.partition("#")[0] for question in questions for ref in question.clauses)}
    homes = [book.sops[home] for home in sorted(about) if home in book.sops]
    return questions, homes, [told_beside(book, home) for home in homes]


def heading(book: Handbook, sop: Sop, placed: Placed) -> str:
    """A clause in a few words: a case by its label, which is shorter than when it counts."""
    clause = placed.clause
    return book.plain(clause.label, sop.id) if isinstance(clause, Case) else named(book, sop, placed)


# ── words ───────────────────────────────────────────────────────────────────────────────────────

# What XML 1.0 can't hold (https://www.w3.org/TR/xml/#charsets), and no reader misses.
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """The text with U+FFFD for each character that no file of these formats may hold."""
    return text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)


class _Speaker:
    """A question, its SOP and the handbook that fills its words."""

    def __init__(self, book: Handbook, sop: str, question: Question) -> None:
        self.book, self.sop, self.question = book, sop, question
        self.seed = seed(sop, question)

    def say(self) -> Iterator[Plain | Omitted]:
        question = self.question
        if isinstance(question, (Choice, Number)):
            yield self.choose(question)
        elif isinstance(question, Order):
            yield self.arrange(question)
        elif isinstance(question, Match):
            yield self.pairs(question)
        elif isinstance(question, CaseStudy):
            yield from (self.moment(question, number) for number in range(1, len(question.scenes) + 1))
        else:
            yield self.omitted("沒有一種格式認得這一類題目")

    def choose(self, question: Choice | Number) -> Plain | Omitted:
        if isinstance(question, Number) and not self.measurable(question):
            return self.omitted("條文沒有量得出的答案，或它還待定")
        found = options(self.book, question)
        if len(found) < OPTIONS:
            return self.omitted("選項不到三個")
        answers = tuple(self.answer(one) for one in shuffled(found, self.seed))
        several = isinstance(question, Choice) and question.kind == "several"
        return Choose(
            **self.said(question),
            answers=answers,
            several=several,
        )

    def measurable(self, question: Number) -> bool:
        at = self.book.clause(question.about)
        return bool(at and measurable(self.book, at[0], at[1].clause))

    def answer(self, one: Option) -> Answer:
        return Answer(self.words(one.text), one.right, (self.words(one.feedback),) if one.feedback else ())

    def arrange(self, question: Order) -> Plain | Omitted:
        found = [at for ref in question.steps if (at := self.book.clause(ref))]
        steps = tuple(printable(self.book.plain(placed.clause.headline, sop.id)) for sop, placed in found)
        if len(set(steps)) < len(question.steps):
            return self.omitted("有兩步的字一樣，或有一步找不到，排不出先後")
        shown = tuple(jumbled(range(len(steps)), self.seed))
        return Arrange(
            **self.said(question),
            steps=steps,
            shown=shown,
        )

    def pairs(self, question: Match) -> Plain | Omitted:
        couples = tuple(Couple(*map(self.words, (one.left, one.right, one.feedback))) for one in question.pairs)
        if any(len(set(side)) < len(couples) for side in ([c.left for c in couples], [c.right for c in couples])):
            return self.omitted("有兩對的字一樣，配不出唯一的答案")
        shown = tuple(jumbled(range(len(couples)), self.seed))
        return Pairs(
            **self.said(question),
            couples=couples,
            shown=shown,
        )

    def moment(self, case: CaseStudy, number: int) -> Moment:
        scene = case.scenes[number - 1]
        places = {one.id: place for place, one in enumerate(case.scenes, 1)}
        ways = shuffled(scene.ways, f"{self.seed}/{scene.id}")
        return Moment(
            sop=self.sop,
            question=case.id,
            ask=self.opening(case, scene, number),
            clauses=tuple(dict.fromkeys(scene.about)),
            read=partial(self.where, scene.about),
            number=number,
            scene=scene.id,
            answers=tuple(self.way(case, way, places) for way in ways),
        )

    def opening(self, case: CaseStudy, scene: Scene, number: int) -> Lines:
        return f"{self.words(case.ask)}（第 {number} 幕，共 {len(case.scenes)} 幕）", self.words(scene.scene)

    def way(self, case: CaseStudy, way: Way, places: dict[str, int]) -> Answer:
        """What comes of it and where it leads; where the story ends, the case's own explanation."""
        to = places.get(way.to or "")
        onward = f"接第 {to} 幕。" if to else f"到這裡結束。{self.words(case.why)}"
        return Answer(self.words(way.text), way.right, (self.words(way.then), onward), to)

    def said(self, question: Question) -> dict[str, Any]:
        """What every question but a case says."""
        return {
            "sop": self.sop,
            "question": question.id,
            "ask": (self.words(question.ask),),
            "why": self.words(question.why),
            "clauses": tuple(question.clauses),
            "read": partial(self.where, question.clauses),
        }

    def where(self, clauses: Sequence[str]) -> str:
        """Where to read it again: 「請看「投訴接待」：聽完再說；逐項記下。」"""
        headlines: dict[str, list[str]] = {}
        for at in filter(None, map(self.book.clause, clauses)):
            sop, placed = at
            headlines.setdefault(self.book.title(sop), []).append(heading(self.book, sop, placed).rstrip("。"))
        told = (f"請看「{title}」：{'；'.join(dict.fromkeys(read))}。" for title, read in headlines.items())
        return printable("".join(told))

    def words(self, text: str) -> str:
        return printable(self.book.plain(text, self.sop))

    def omitted(self, reason: str) -> Omitted:
        return Omitted(self.seed, reason)
