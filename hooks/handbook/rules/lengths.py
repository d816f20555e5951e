"""The rule on length: each text can be read at a glance."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.clauses import sent
from ..model.registers import REGISTERS
from .texts import Words, wording

GLANCE = {
    "title": 16, "summary": 60, "moment": 8, "trigger": 60, "done": 60, "label": 10, "group": 12, "pause": 30,
    "do": 40, "never": 40, "when": 50, "say": 70, "why": 90, "note": 90, "question": 90, "meanwhile": 90, "change": 60,
}  # fmt: skip
GLANCE_QUIZ = {"ask": 60, "text": 30, "feedback": 60, "why": 90, "scene": 120, "then": 90, "left": 30, "right": 30}
WAY = 40  # what one does in a scene is told in more words than an option
LEAST = {**GLANCE, **{field: min(most, GLANCE.get(field, most)) for field, most in GLANCE_QUIZ.items()}}


@wording(
    "too-long",
    fields=LEAST,
    suspect=LEAST,
    bad="do: 請住戶坐下之後把對方說的事情從頭到尾詳細記在記錄本上並且複述一次請對方確認沒有遺漏再往下進行",
    good="do: 把投訴逐項寫進$(complaint-log)",
)
def too_long(words: Words) -> Iterator[str]:
    """一眼要能讀完：每種文字都有長度上限（例如 do 40 字、say 70 字）。"""
    length = len(words.plain)
    if length > LEAST[words.field] and sent(words.text):
        length = max(map(len, words.text.splitlines()))
    unfilled = "$(" in words.plain  # what it cites could not be read, so nobody knows how long it will be
    most = _most(words) if length > LEAST[words.field] and not unfilled else None
    if most and length > most:
        yield f"{words.field} 有 {length} 字，最多 {most} 字；{'拆成兩步或' * (words.field == 'do')}寫短一點"


def longest(file: str) -> dict[str, int]:
    """Field → how many characters it may have, in a quiz, a register by its name, or else an SOP."""
    if file == "quiz":
        return GLANCE_QUIZ
    return {field: GLANCE[field] for field in ("question", "meanwhile")} if file in REGISTERS else GLANCE


def _most(words: Words) -> int | None:
    """How many characters may stand there, where that is limited."""
    if words.field == "text" and "ways" in words.trail:
        return WAY
    return longest("quiz" if words.key.startswith("quiz/") else "" if words.in_sop else words.key).get(words.field)
