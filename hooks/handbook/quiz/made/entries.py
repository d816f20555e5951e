"""Words that may stand as wrong answers, and how some are drawn that do not give the right one away."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable
from typing import NamedTuple
from zlib import crc32

from ...model.questions import Option
from ..answers import APART, OPTIONS, UNLIKE, option

NEAR = 2  # characters: so much longer or shorter is as good as equal
TRIES = 100  # entries: more are not looked at for one question, or the largest files would take minutes
PAUSES = re.compile(r"[，。？！；、…「」\s]+")


class Entry:
    """Words that may stand as a wrong option. The option itself is made when it is first drawn, and then shared."""

    __slots__ = ("_bare", "_option", "about", "size", "tell", "words")

    def __init__(self, words: str, about: object, tell: Callable[[], str]) -> None:
        self.words, self.about, self.tell = words, about, tell
        self.size = len(words)
        self._option: Option | None = None
        self._bare = ""

    @property
    def bare(self) -> str:
        """The words without their punctuation."""
        self._bare = self._bare or PAUSES.sub("", self.words)
        return self._bare

    @property
    def option(self) -> Option:
        if self._option is None:
            self._option = option(self.words, self.tell())
        return self._option


class Shelf(NamedTuple):
    """Entries by their size, so that those about as long stand together."""

    entries: list[Entry]
    sizes: list[int]


def shelf(entries: Iterable[Entry]) -> Shelf:
    placed = sorted(entries, key=lambda entry: entry.size)
    return Shelf(placed, [entry.size for entry in placed])


Fits = Callable[[Entry], bool]
Tier = tuple[Shelf, Fits]  # what is drawn from, and which of it is sound


def drawn(words: str, tiers: Iterable[Tier]) -> list[Option] | None:
    """The words as the right option beside two others, from the first tiers that have some; None where they have not.

    Those that are as long come first, then those about as long: else one knows the right one by its length. Among
    them it is as good as chance, so that not every question of an SOP has the same two.
    """
    size, chance = len(words), crc32(words.encode())
    found: list[Entry] = []
    seen: list[Tier] = []
    for (entries, sizes), fits in tiers:
        for low, high in (
            (size - NEAR, size + NEAR),
            (min(size / UNLIKE, size - APART), max(size * UNLIKE, size + APART)),
        ):
            _take(found, words, entries[bisect_left(sizes, low) : bisect_right(sizes, high)], fits, chance)
        if len(found) == OPTIONS - 1:
            break
        seen.append((Shelf(entries, sizes), fits))
    else:
        for (entries, _), fits in seen:
            _take(found, words, entries, fits, chance)
    return [option(words), *(entry.option for entry in found)] if len(found) == OPTIONS - 1 else None


def _take(found: list[Entry], words: str, entries: list[Entry], fits: Fits, chance: int) -> None:
    """Add sound entries, from a place that chance decides, until there are enough."""
    taken = [words, *(one.words for one in found)]
    for step in range(min(len(entries), TRIES)):
        if len(taken) == OPTIONS:
            return
        entry = entries[(chance + step) % len(entries)]
        if entry.words not in taken and fits(entry):
            found.append(entry)
            taken.append(entry.words)


def without(ruled_out: Container[str]) -> Fits:
    """Entries whose words do not stand in a question, or are not among others that are right."""
    return lambda entry: entry.words not in ruled_out


def teller(tell: Callable, about: object) -> Callable[[], str]:
    return lambda: str(tell(about))
