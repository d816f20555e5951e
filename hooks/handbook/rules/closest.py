"""The known word that an unknown one may be."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from ..model.book import Handbook
from ..model.former import former


class Closest:
    """`；現在叫 x` where a word is an id of before, `；是不是 x？` where a known word is close, else nothing.

    Thousands of wrong words are no slips of a finger: a check compares so many pairs of characters and no more, or it
    would go on for minutes."""

    def __init__(self, book: Handbook) -> None:
        self.former = former(book)
        self.left = 3_000_000

    def __call__(self, word: str, known: Iterable[str]) -> str:
        if now := self.former.now(word):
            return f"；現在叫 {now}"
        words = list(known) if self.left > 0 else []
        self.left -= len(word[:99]) * sum(map(len, words))
        near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
        return f"；是不是 {near[0]}？" if near else ""
