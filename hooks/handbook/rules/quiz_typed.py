"""The rule that no question types what a clause says: whatever words a number is put in, it is known again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.amounts import UNITS, Amount
from ..model.book import Handbook
from ..model.days import minutes
from ..model.document import Trail
from ..model.facts import Fact
from ..model.limits import Limit
from ..model.moments import TIME, Point
from ..model.questions import CaseStudy, Match, Question
from ..problem import Problem, rule
from .asked import asked, problem_in, texts

_COUNTED = {
    "天": "day", "日": "day", "個工作天": "working day", "工作天": "working day", "週": "week", "個星期": "week",
    "星期": "week", "個禮拜": "week", "個月": "month", "年": "year", "個小時": "hour", "小時": "hour", "個鐘頭": "hour",
    "分鐘": "minute", "秒": "second", "聲": "ring", "響": "ring", "毫米": "mm", "公釐": "mm", "公分": "cm", "公尺": "m",
    "%": "%", "％": "%", "成": "%", "次": "time", "人": "person", "份": "copy", "公里": "km", "公克": "g",
    "公斤": "kg", "毫升": "ml", "公升": "litre", "°C": "°C", "度": "°C", "頁": "page", "間": "room", "晚": "night",
    "歲": "year old",
}  # fmt: skip
_NUMERALS = "一二三四五六七八九十兩半百"
# 「一」 alone is hardly ever a number (有一天、一次): only 「一天內」「每一天」 are.
TYPED = re.compile(
    rf"百分之(?P<percent>[{_NUMERALS}]{{1,9}}|\d{{1,9}})"  # not `+`: a long row took hours
    rf"|(?P<number>(?<!\d)\d{{1,9}}(?:\.\d{{1,9}})?|(?<![第{_NUMERALS}])[{_NUMERALS}]{{1,9}})\s?"
    rf"(?P<unit>{'|'.join(sorted(_COUNTED, key=len, reverse=True))})(?P<within>[以之]?內)?"
)
SAME_DAY = re.compile("當天|當日")
ANSWERS = {"ask", "text", "left", "right"}  # where 「當天」 states a deadline; in a story it may be any day


@rule(
    "typed-answer",
    bad="about: complaints#major-reply\noptions:\n  - {text: 兩天內答覆, right: true}",
    good="about: complaints#major-reply\noptions:\n  - {text: $(complaints#major-reply)答覆, right: true}",
)
def typed_answer(book: Handbook) -> Iterator[Problem]:
    """題目裡不打出它所考條文的期限或限度（中文數字也算），用 $(SOP#條文) 引用，條文改了才會跟著改。"""
    for one in asked(book):
        facts = {ref: at[1].clause.facts for ref in one.question.clauses if (at := book.clause(ref))}
        for trail, text in texts(one.question) if any(facts.values()) else ():
            for ref in _about(one.question, trail):
                for fact in facts.get(ref, ()):
                    if not (said := typed(text, fact, str(trail[-1]))):
                        continue
                    cited = ref if fact is facts[ref][0] else f"{ref}.limit"
                    message = f"「{said}」是 {ref} 的{'期限' if fact.is_deadline else '限度'}，寫成 $({cited})"
                    yield problem_in(book, one, trail, "typed-answer", message)


def _about(question: Question, trail: Trail) -> list[str]:
    """The clauses that a text is about: those of its own scene or pair, where it stands in one."""
    if isinstance(question, CaseStudy) and trail[0] == "scenes":
        return question.scenes[int(trail[1])].about
    if isinstance(question, Match) and trail[0] == "pairs":
        return [question.pairs[int(trail[1])].about]
    return question.clauses


def typed(text: str, fact: Fact, field: str) -> str:
    """The words in a text that say a fact, where any do."""
    value = fact.value
    if isinstance(value, Point):
        return next((time for time in TIME.findall(text) if minutes(time) in value.times), "")
    if value == Amount(0, "day"):
        found = SAME_DAY.search(text) if field in ANSWERS else None
        return found[0] if found else ""
    amounts = (
        [value] if isinstance(value, Amount) else [value.upper or value.amount] if isinstance(value, Limit) else []
    )
    return next((m[0] for one in amounts if not one.end for m in TYPED.finditer(text) if _equal(m, text, one)), "")


def _equal(match: re.Match[str], text: str, amount: Amount) -> bool:
    if match["percent"]:
        return amount.unit == "%" and _value(match["percent"]) == amount.number
    if match["number"] == "一" and not match["within"] and text[: match.start()][-1:] != "每":
        return False
    written = Amount(_value(match["number"]) * (10 if match["unit"] == "成" else 1), _COUNTED[match["unit"]])
    if UNITS[written.unit].seconds:
        return written.seconds == amount.seconds
    return (written.number, written.unit) == (amount.number, amount.unit)


def _value(written: str) -> float:
    """A number in digits or in Chinese: 兩, 十二, 三十, 半."""
    if written[0].isdigit():
        return float(written)
    if written == "半":
        return 0.5
    total = digit = 0
    for character in written:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = 2 if character == "兩" else "零一二三四五六七八九".find(character)
    return total + digit
