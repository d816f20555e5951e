"""What a quiz and its questions are; each question names the clauses that it is about."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from .model import ClauseRef, Flag, Model, Slug, Text


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("0|-?[1-9][0-9]{0,8}", value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


Whole = Annotated[int, BeforeValidator(_whole)]  # pydantic alone takes 1_0 and 010 for ten
Abouts = Annotated[list[ClauseRef], Field(description="考哪幾條：SOP#條文", min_length=1)]


class Option(Model):
    """One answer to choose; a distractor says why it is wrong."""

    text: Text = Field(description="選項")
    right: Flag = Field(False, description="正確的選項寫 true")
    feedback: Text = Field(description="為什麼對、為什麼不對")


class Question(Model):
    id: Slug = Field(description="代號：永久不變，在這份測驗裡只出現一次")
    about: Abouts
    ask: Text = Field(description="問題")
    why: Text = Field(description="答完之後的說明")


class Choice(Question):
    kind: Literal["choice", "several"] = Field(description="choice：一個正確；several：好幾個正確")
    options: list[Option] = Field(description="選項，至少三個", min_length=3)


class Number(Question):
    kind: Literal["number"] = Field(description="number：答案是一個數量")
    answer: ClauseRef = Field(description="答案是哪一條的期限或限度")


class Order(Question):
    kind: Literal["order"] = Field(description="order：排出先後")
    steps: list[ClauseRef] = Field(description="正確的順序", min_length=3)


class Pair(Model):
    left: Text = Field(description="左邊")
    right: Text = Field(description="與它相配的右邊")


class Match(Question):
    kind: Literal["match"] = Field(description="match：配對")
    pairs: list[Pair] = Field(description="相配的兩邊", min_length=3)


class Decision(Model):
    """A point in a case where one must choose; each option tells what comes of it."""

    scene: Text = Field(description="眼前的情況")
    options: list[Option] = Field(description="可以怎麼做", min_length=2)


class CaseStudy(Question):
    kind: Literal["case"] = Field(description="case：情境題，二到四個決定")
    decisions: list[Decision] = Field(description="依序的決定", min_length=2, max_length=4)


AnyQuestion = Annotated[Choice | Number | Order | Match | CaseStudy, Field(discriminator="kind")]


class Quiz(Model):
    """The questions of one SOP; the file has the SOP's name."""

    title: Text = Field(description="測驗名稱")
    pass_mark: Whole = Field(80, description="及格百分比", ge=1, le=100)
    questions: list[AnyQuestion] = Field(description="題目", min_length=1)
