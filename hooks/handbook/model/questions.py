"""What a quiz and its questions are; each question names the clauses that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from .document import Trail
from .fields import ClauseRef, Flag, Formers, Model, Slug, Text, Whole, listed, none

Abouts = Annotated[list[ClauseRef], BeforeValidator(listed), Field(description="考哪幾條：SOP#條文", min_length=1)]


class Option(Model):
    """One answer to choose; a distractor says why it is wrong."""

    text: Text = Field(description="選項；期限、限度、表單與名稱用 $(…) 引用")
    right: Flag = Field(False, description="正確的選項寫 true")
    feedback: Text | None = Field(None, description="為什麼不對；錯的選項一定要寫")


class Question(Model):
    """What every kind of question has."""

    id: Slug = Field(description="代號：在這份測驗裡只出現一次；改了，舊的寫在 formerly")
    ask: Text = Field(description="問題")
    why: Text = Field(description="答完之後的說明")
    formerly: Formers = Field(
        default_factory=none, description="舊的代號，最近的寫在最前面；從別份測驗搬來的寫 SOP#代號"
    )

    def cites(self) -> Iterator[tuple[Trail, str]]:
        """The clauses that it is about, each with its trail inside the question."""
        raise NotImplementedError

    @cached_property
    def clauses(self) -> list[str]:
        """The clauses that it is about, each once."""
        return list(dict.fromkeys(ref for _, ref in self.cites()))


class Choice(Question):
    """One right answer, or several."""

    kind: Literal["choice", "several"] = Field(description="choice：一個正確；several：兩個以上正確")
    about: Abouts
    options: list[Option] = Field(description="選項，至少三個", min_length=3, max_length=6)

    def cites(self) -> Iterator[tuple[Trail, str]]:
        yield from ((("about", n), ref) for n, ref in enumerate(self.about))


class Number(Question):
    """A measured fact, cited: the answer follows the clause."""

    kind: Literal["number"] = Field(description="number：答案是一條的期限或限度")
    about: ClauseRef = Field(description="考哪一條：答案就是它的期限或限度")
    fact: int = Field(1, ge=1, le=9, description="那一條量好幾件事時，考第幾件：期限在前，再照 limit 的順序")

    def cites(self) -> Iterator[tuple[Trail, str]]:
        yield ("about",), self.about


class Order(Question):
    """Steps to put in their order; the words are the clauses' own."""

    kind: Literal["order"] = Field(description="order：排出先後")
    steps: list[ClauseRef] = Field(description="照正確順序的步驟：SOP#條文", min_length=3, max_length=8)

    def cites(self) -> Iterator[tuple[Trail, str]]:
        yield from ((("steps", n), ref) for n, ref in enumerate(self.steps))


class Pair(Model):
    """Two things that belong together."""

    about: ClauseRef = Field(description="考哪一條：SOP#條文")
    left: Text = Field(description="左邊，例如情況或表單")
    right: Text = Field(description="與它相配的右邊，例如要說的話或步驟")
    feedback: Text = Field(description="為什麼這兩個相配")


class Match(Question):
    """Pairs to find again."""

    kind: Literal["match"] = Field(description="match：配對")
    pairs: list[Pair] = Field(description="相配的兩邊，三到六對", min_length=3, max_length=6)

    def cites(self) -> Iterator[tuple[Trail, str]]:
        yield from ((("pairs", n, "about"), pair.about) for n, pair in enumerate(self.pairs))


class Way(Model):
    """One thing to do in a scene, and what comes of it."""

    text: Text = Field(description="可以怎麼做、怎麼說")
    right: Flag = Field(False, description="正確的做法寫 true")
    then: Text = Field(description="這樣做的後果：眼前發生什麼；結局也寫在這裡")
    to: Slug | None = Field(None, description="接著到哪一幕；不寫就是結局")


class Scene(Model):
    """A moment in a case where one must choose."""

    id: Slug = Field(description="這一幕的代號，在這一題裡只出現一次")
    about: Abouts
    scene: Text = Field(description="眼前的情況")
    ways: list[Way] = Field(description="可以怎麼做，至少三種", min_length=3, max_length=5)


class CaseStudy(Question):
    """A scene at the desk that goes on as one decides, to a good or a bad ending."""

    kind: Literal["case"] = Field(description="case：情境題，二到四個決定")
    scenes: list[Scene] = Field(description="一幕一個決定，從第一幕開始，只往後走", min_length=2, max_length=5)

    def cites(self) -> Iterator[tuple[Trail, str]]:
        for n, scene in enumerate(self.scenes):
            yield from ((("scenes", n, "about", m), ref) for m, ref in enumerate(scene.about))


AnyQuestion = Annotated[Choice | Number | Order | Match | CaseStudy, Field(discriminator="kind")]


class Quiz(Model):
    """The questions of one SOP; the file has the SOP's name."""

    pass_mark: Whole = Field(80, description="及格百分比", ge=1, le=100)
    questions: list[AnyQuestion] = Field(description="題目", min_length=1)
