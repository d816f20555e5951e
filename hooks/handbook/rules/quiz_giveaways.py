"""Rules on what gives an answer away: its form, its length, its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from ..model.book import Handbook
from ..model.questions import CaseStudy
from ..problem import Problem, rule
from ..quiz.answers import like
from .asked import Group, groups, problem_in, written

ENOUGH = 4  # questions: in fewer of them, what recurs may be chance
ABOVE = re.compile(
    r"^以上|以上(?:皆|都|全|均|[兩三四]者)|以下皆|上述(?:皆|都|全)|(?:前|這|此)?[兩三四]者(?:皆|都)"
    r"|^(?:全部|全|通通|統統)?(?:都|皆|全)(?:是|非|對|錯|不是|不對|可以|不可以|正確|不正確|有可能)$"
)


@rule("all-of-above", bad="- {text: 以上皆是}", good="- {text: 請他到旁邊坐下}")
def all_of_above(book: Handbook) -> Iterator[Problem]:
    """選項不寫「以上皆是」「以上皆非」「都對」「都不對」。"""
    for group in groups(book):
        for place, words in enumerate(group.bare):
            if found := ABOVE.search(words):
                message = f"「{found[0]}」不是一個做法，換成真的有人會選的"
                yield problem_in(book, group.asked, (*group.inner, place, "text"), "all-of-above", message)


TWICE_NOT = re.compile(
    r"不得不|不[能可會是該應宜想肯敢]不|不可以不|不應該不|不可能不|不[能可會該應是]沒|沒有(?:一[個件位項])?不"
    r"|沒有人不|並非[不沒無]|[絕並]?不是[不沒無]|無不|莫不|未必不|不無|不至於不|難免不|非.{1,6}不可"
)
TWO = re.compile("[不沒無莫非未免].*[不沒無莫非未免]")  # without two of these there is nothing to look for
ASKS_FOR_WRONG = re.compile(
    r"(?:哪|何者|什麼).{0,8}(?:不[可能該應對宜是要]|錯|有誤|不屬於|禁止|避免)|(?:不該|不可以|不能)做"
)
STARTS_WITH_NOT = re.compile(r"^(?:不|沒|別|勿|無須|避免|禁止)")


@rule("double-negative", bad="ask: 哪一件不可以不做？", good="ask: 哪一件一定要做？")
def double_negative(book: Handbook) -> Iterator[Problem]:
    """題目與選項不用雙重否定；題目問「哪一件不可以」時，選項不再用「不」開頭。"""
    for one, trail, text in written(book):
        twice = trail[-1] in ("ask", "scene", "text") and TWO.search(text)
        if found := TWICE_NOT.search(text) if twice else None:
            message = f"「{found[0]}」是雙重否定，改成正面的說法"
            yield problem_in(book, one, trail, "double-negative", message)
    yield from _denied_again(book)


def _denied_again(book: Handbook) -> Iterator[Problem]:
    for group in groups(book):
        if ASKS_FOR_WRONG.search(_prompt(group)):
            for place, words in enumerate(group.words):
                if STARTS_WITH_NOT.search(words):
                    message = f"題目問的是不對的，「{words}」又用否定開頭"
                    yield problem_in(book, group.asked, (*group.inner, place, "text"), "double-negative", message)


def _prompt(group: Group) -> str:
    question = group.asked.question
    return question.scenes[int(group.inner[1])].scene if isinstance(question, CaseStudy) else question.ask


@rule(
    "options-unlike",
    bad="- {text: 請他坐下，倒一杯水，等他把整件事從頭到尾說完}\n- {text: 請他走}",
    good="- {text: 請他坐下，聽他把話說完}\n- {text: 請他改天冷靜了再來}",
    here="options ways text",
)
def options_unlike(book: Handbook) -> Iterator[Problem]:
    """選項要差不多長：最長的比最短的多出 6 個字的話，不超過它的 1.75 倍。"""
    for group in groups(book):
        sizes = sorted(map(len, group.bare))
        unfilled = any("$(" in words for words in group.words)  # what they cite could not be read
        if not unfilled and not like(sizes[0], sizes[-1]):
            message = f"最長的 {sizes[-1]} 字，最短的 {sizes[0]} 字：看長短就猜得到"
            yield problem_in(book, group.asked, group.inner, "options-unlike", message, key=True)


@lru_cache(maxsize=1)
def _of_one(book: Handbook) -> dict[str, list[Group]]:
    """File by file, the places with exactly one right answer, where there are enough of them to compare."""
    found: dict[str, list[Group]] = {}
    for group in groups(book):
        if group.of_one and len(group.right) == 1:
            found.setdefault(group.asked.key, []).append(group)
    return {key: found[key] for key in found if len(found[key]) >= ENOUGH}


@rule(
    "right-longest",
    bad="# 8 題裡，有 6 題正確的選項最長",
    good="# 8 題裡，正確的選項最長的不超過 4 題：把錯的也寫得一樣具體",
    here="options ways text right kind",
)
def right_longest(book: Handbook) -> Iterator[Problem]:
    """正確的選項不能老是最長：一份測驗裡，最多一半的題目（情境的每一幕也算一題）。"""
    for key, choices in _of_one(book).items():
        longest = [group for group in choices if _right_is_longest(group)]
        if 2 * len(longest) > len(choices):
            named = "、".join(dict.fromkeys(group.asked.question.id for group in longest))
            message = f"{len(choices)} 題裡有 {len(longest)} 題正確的最長（{named}）"
            yield book.problem(f"quiz/{key}", ("questions",), "right-longest", message, key=True)


def _right_is_longest(group: Group) -> bool:
    sizes = [len(words) for words in group.bare]
    right = sizes.pop(group.right[0])
    return right > max(sizes)


@rule(
    "right-place",
    bad="# 6 題裡，有 5 題正確的選項都寫在第 2 個",
    good="# 6 題裡，正確的選項第 1、2、3 個各有 2 題",
    here="options ways right kind",
)
def right_place(book: Handbook) -> Iterator[Problem]:
    """正確的選項要輪流放在不同的位置：同一個位置不超過三分之二的題目。"""
    for key, choices in _of_one(book).items():
        place, count = Counter(group.right[0] for group in choices).most_common(1)[0]
        if 3 * count > 2 * len(choices):
            message = f"{len(choices)} 題裡有 {count} 題正確的都在第 {place + 1} 個"
            yield book.problem(f"quiz/{key}", ("questions",), "right-place", message, key=True)
