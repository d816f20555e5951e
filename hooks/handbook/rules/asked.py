"""The written questions of the handbook, place by place, for rules to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model.book import Handbook
from ..model.document import Trail
from ..model.questions import CaseStudy, Choice, Match, Option, Question, Way
from ..problem import Problem
from ..quiz.answers import folded


class Asked(NamedTuple):
    """A written question and where it stands."""

    key: str
    number: int
    question: Question

    def trail(self, *inner: str | int) -> Trail:
        return ("questions", self.number, *inner)


class Group(NamedTuple):
    """The answers among which one chooses at one place: their words with every placeholder filled, and what is left
    of these without blanks and punctuation."""

    asked: Asked
    inner: Trail
    answers: Sequence[Option | Way]
    words: list[str]
    bare: list[str]
    right: list[int]  # the places of the right ones

    @property
    def of_one(self) -> bool:
        """Whether exactly one of them may be right."""
        return not (isinstance(self.asked.question, Choice) and self.asked.question.kind == "several")


@lru_cache(maxsize=1)
def asked(book: Handbook) -> list[Asked]:
    """Every written question of the handbook."""
    return [Asked(key, n, question) for key, quiz in book.quizzes.items() for n, question in enumerate(quiz.questions)]


@lru_cache(maxsize=1)
def groups(book: Handbook) -> list[Group]:
    """Every place in the handbook where one chooses: the options of a question, the ways of a scene."""
    found = []
    for one in asked(book):
        for inner, answers in answers_of(one.question):
            words = [book.plain(answer.text) for answer in answers]
            right = [place for place, answer in enumerate(answers) if answer.right]
            found.append(Group(one, inner, answers, words, [folded(said) for said in words], right))
    return found


def answers_of(question: Question) -> Iterator[tuple[Trail, Sequence[Option | Way]]]:
    if isinstance(question, Choice):
        yield ("options",), question.options
    if isinstance(question, CaseStudy):
        yield from ((("scenes", n, "ways"), scene.ways) for n, scene in enumerate(question.scenes))


@lru_cache(maxsize=1)
def written(book: Handbook) -> list[tuple[Asked, Trail, str]]:
    """Every text of every written question, with its trail inside the question."""
    return [(one, trail, text) for one in asked(book) for trail, text in texts(one.question)]


def texts(question: Question) -> Iterator[tuple[Trail, str]]:
    """Every text of a question as it was written, with its trail."""
    yield ("ask",), question.ask
    yield ("why",), question.why
    if isinstance(question, Match):
        for n, pair in enumerate(question.pairs):
            yield from ((("pairs", n, side), getattr(pair, side)) for side in ("left", "right", "feedback"))
    if isinstance(question, CaseStudy):
        yield from ((("scenes", n, "scene"), scene.scene) for n, scene in enumerate(question.scenes))
    for inner, answers in answers_of(question):
        for n, answer in enumerate(answers):
            yield (*inner, n, "text"), answer.text
            if isinstance(answer, Way):
                yield (*inner, n, "then"), answer.then
            elif answer.feedback:
                yield (*inner, n, "feedback"), answer.feedback


def problem_in(book: Handbook, one: Asked, trail: Trail, code: str, message: str, key: bool = False) -> Problem:
    return book.problem(f"quiz/{one.key}", one.trail(*trail), code, message, key=key)
