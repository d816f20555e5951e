"""The rule on mnemonics."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..problem import Problem, rule


@rule(
    "mnemonic-stages",
    bad="mnemonic: {聽: 聽完, 記: 記下}\nsteps:\n  - {id: note, stage: 記, do: 逐項記下, source: own}",
    good=(
        "mnemonic: {聽: 聽完, 記: 記下}\n"
        "steps:\n"
        "  - {id: listen, stage: 聽, do: 聽住戶說完, source: own}\n"
        "  - {id: note, stage: 記, do: 逐項記下, source: own}"
    ),
    here="mnemonic stage",
)
def mnemonic_stages(book: Handbook) -> Iterator[Problem]:
    """口訣的每個字就是一個階段：步驟照口訣的順序，每個字都用到。"""
    for sop in book.procedures.values():
        letters = list(sop.mnemonic)
        places = {letter: place for place, letter in enumerate(letters)}
        stages = {step.stage for step in sop.steps}
        for letter in letters:
            if len(letter) != 1:
                yield book.problem(sop.id, ("mnemonic", letter), "mnemonic-stages", f"「{letter}」不是一個字", key=True)
            elif letter not in stages:
                message = f"沒有步驟屬於「{letter}」"
                yield book.problem(sop.id, ("mnemonic", letter), "mnemonic-stages", message, key=True)
        furthest = 0
        for number, step in enumerate(sop.steps):
            trail = ("steps", number, "stage")
            if step.stage not in places:
                message = f"口訣「{''.join(letters)}」裡沒有「{step.stage}」"
                yield book.problem(sop.id, trail, "mnemonic-stages", message)
                continue
            if places[step.stage] < furthest:
                message = f"「{step.stage}」應排在「{letters[furthest]}」前面"
                yield book.problem(sop.id, trail, "mnemonic-stages", message)
            furthest = max(furthest, places[step.stage])
