"""Rules on the answers of a written question: which are right, what they say, none twice."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.document import Trail
from ..model.questions import Match, Option, Order
from ..problem import Problem, rule
from ..quiz.answers import folded
from .asked import Asked, asked, groups, problem_in, written

SAYS = {"feedback": 6, "why": 6, "then": 8}  # characters: fewer explain nothing, or tell nothing that happens


@rule(
    "right-count",
    bad="kind: choice\noptions:\n  - {text: 請他坐下, right: true}\n  - {text: 請他站著, right: true}",
    good=(
        "kind: choice\noptions:\n"
        "  - {text: 請他坐下聽他說, right: true}\n"
        "  - {text: 請他改天再來, feedback: 把人推走，他會越級投訴。}\n"
        "  - {text: 馬上解釋規定, feedback: 他還沒說完，聽起來像爭辯。}"
    ),
    here="options ways right",
)
def right_count(book: Handbook) -> Iterator[Problem]:
    """choice 與情境的每一幕恰好一個正確；several 至少兩個正確，也至少一個不對。"""
    for group in groups(book):
        right, count = len(group.right), len(group.answers)
        if group.of_one and right != 1:
            message = f"有 {right} 個寫了 right: true，應該恰好一個"
        elif not group.of_one and not 2 <= right < count:
            message = f"{count} 個選項裡有 {right} 個正確；several 要兩個以上正確，也要有不對的"
        else:
            continue
        yield problem_in(book, group.asked, group.inner, "right-count", message, key=True)


@rule(
    "feedback-missing",
    bad="- {text: 請他改天再來}",
    good="- {text: 請他改天再來, feedback: 把人推走，他會越級投訴。}",
)
def feedback_missing(book: Handbook) -> Iterator[Problem]:
    """錯的選項都要寫 feedback：為什麼不對、會怎麼樣。"""
    for group in groups(book):
        for place, answer in enumerate(group.answers):
            if isinstance(answer, Option) and not answer.right and not answer.feedback:
                message = f"「{group.words[place]}」為什麼不對？寫在 feedback"
                yield problem_in(book, group.asked, (*group.inner, place), "feedback-missing", message)


@rule(
    "says-nothing",
    bad="feedback: 不對。\nthen: 錯誤。",
    good="feedback: 把人推走，他會越級投訴。\nthen: 他轉身走了，隔天主任接到他的信。",
)
def says_nothing(book: Handbook) -> Iterator[Problem]:
    """feedback 與 why 說出道理（至少 6 個字），then 說出眼前發生的事（至少 8 個字）；結局也一樣。"""
    for one, trail, text in written(book):
        least = SAYS.get(str(trail[-1]), 0)
        if len(text) < 2 * least and len(folded(book.plain(text))) < least:
            message = f"「{text}」不到 {least} 個字，沒有說出什麼"
            yield problem_in(book, one, trail, "says-nothing", message)


@rule(
    "answer-twice",
    bad="- {text: 請他坐下, right: true}\n- {text: 請他坐下。, feedback: …}",
    good="- {text: 請他坐下, right: true}\n- {text: 請他先回去, feedback: 把人推走，他會越級投訴。}",
)
def answer_twice(book: Handbook) -> Iterator[Problem]:
    """同一題的選項、做法、步驟或配對的每一邊，說的都不能一樣。"""
    for group in groups(book):
        yield from _twice(book, group.asked, (*group.inner, "text"), group.words, group.bare)
    for one in asked(book):
        if isinstance(one.question, Match):
            for side in ("left", "right"):
                words = [book.plain(getattr(pair, side)) for pair in one.question.pairs]
                yield from _twice(book, one, ("pairs", side), words, [folded(said) for said in words])
        if isinstance(one.question, Order):
            at = [book.clause(ref) for ref in one.question.steps]
            words = [book.plain(found[1].clause.headline, found[0].id) if found else "" for found in at]
            yield from _twice(book, one, ("steps",), words, [folded(said) for said in words])


def _twice(book: Handbook, one: Asked, around: Trail, words: list[str], bare: list[str]) -> Iterator[Problem]:
    """The answers that say what an earlier one says; `around` is their trail without the number."""
    if len(set(bare)) < len(bare):
        for place, said in enumerate(bare):
            first = bare.index(said)
            if first < place and said:
                head, tail = (around, ()) if around == ("steps",) else (around[:-1], around[-1:])
                message = f"與「{words[first]}」一樣"
                yield problem_in(book, one, (*head, place, *tail), "answer-twice", message)
