"""Where words stand in what a handbook says, noted as a phone asks for it, and written in few characters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise, product

from .letters import folded

LOOSE = 1  # the field (title, words, other names) of which it only counts that a word stands there, not how much it is
LONGEST = 31  # of a piece; what is longer counts as this
LETTERS = 4  # initials of a piece that are told
WAYS = 8  # to read a piece's first characters
BEGINS = re.compile(r"(?<![0-9.])[0-9]")  # of a number: it is not found inside a longer one
BEGUN = 0xEF00  # a digit that begins a number
DIGITS = "".join(chr(BEGUN + ord(digit)) for digit in "0123456789")
RUNS = re.compile(rf"[\w%:,./&°+{DIGITS}-]+")  # the rest is never looked for

# Numbers are written as characters, small ones as those that weigh least on the way: from # on, but for the backslash.
FIRST, SKIPPED, MORE = 0x23, 0x5C, 0xD000


def coded(numbers: Iterable[int]) -> str:
    """Numbers from 0 on as characters."""
    return "".join(map(_coded, numbers))


@cache
def _coded(number: int) -> str:
    if number >= MORE:
        return chr(FIRST + MORE + 1) + _coded(number - MORE)
    code = FIRST + number
    return chr(code if code < SKIPPED else code + 1)


def steps(numbers: Sequence[int]) -> Iterator[int]:
    """How far each of some rising numbers is from the one before."""
    return (after - before for before, after in pairwise([0, *numbers]))


def placed(entries: Sequence[int], pieces: Iterable[int]) -> str:
    """Where a word stands: entries, and pieces (see `Words`)."""
    rising = sorted(set(pieces))
    numbers = [len(entries), *steps(entries), *steps([piece >> 6 for piece in rising])]
    return coded([*numbers, *(piece & 63 for piece in rising)])


class Words:
    """Word → where it stands, by the numbers of entries (pages, then places): where it only counts that it does, and in
    which pieces where it counts how much of one it is: entry, field, length and whether the piece begins with it, in
    one number."""

    def __init__(self, sounds: Mapping[str, Collection[str]]) -> None:
        self.sounds = sounds
        self.loose: defaultdict[str, list[int]] = defaultdict(list)
        self.pieces: defaultdict[str, list[int]] = defaultdict(list)
        self.initials: defaultdict[str, list[int]] = defaultdict(list)  # the same, of letters that pieces begin with
        self.texts: Counter[str] = Counter()  # word → in how many texts it stands
        self._known: set[str] = set()
        self._table = {ord(one): other for one, other in _same().items()}

    @property
    def size(self) -> int:
        """The number of texts."""
        return len(self._known)

    def note(self, entry: int, *fields: str, initials: bool = False) -> None:
        """The three texts of an entry, which come in the order of their numbers."""
        for number, text in enumerate(fields):
            pieces = self._pieces(text)
            words = set[str]().union(*map(_parts, pieces))
            if text not in self._known:
                self._known.add(text)
                self.texts.update(words)
            if number == LOOSE:
                for word in words:
                    self.loose[word].append(entry)
                continue
            for piece in pieces:
                self._note((2 * entry + number // 2) << 6, piece, initials)

    def _note(self, base: int, piece: str, initials: bool) -> None:
        base += 2 * min(len(piece), LONGEST)
        words = _parts(piece)
        for word in words:
            self.pieces[word].append(base)
        for word in words & {piece[:1], piece[:2]}:
            self.pieces[word][-1] += 1
        for letters in self._letters(piece) if initials else ():
            self.initials[letters].append(base + 1)

    def where(self, word: str) -> str:
        """Where a word stands, as it is sent."""
        return placed(self.loose.get(word, []), self.pieces.get(word, []))

    def _pieces(self, text: str) -> list[str]:
        """The pieces of a text as a phone compares them (web/search/letters.js), the beginnings of numbers marked."""
        normal = text.translate(self._table).lower()
        pieces = ("".join(piece.split()) for piece in normal.split("\n"))
        return [BEGINS.sub(lambda digit: chr(BEGUN + ord(digit[0])), piece) for piece in pieces]

    def _letters(self, piece: str) -> set[str]:
        """The initials of a piece's first characters, in all ways to read them."""
        ways = [{sound[0] for sound in self.sounds.get(one, ())} or {one} for one in piece[:LETTERS]]
        found = {"".join(way) for way in islice(product(*map(sorted, ways)), WAYS)}
        return {letters for letters in found if re.fullmatch("[a-z]{2,}", letters)}


def _parts(piece: str) -> set[str]:
    """The characters of a piece that are looked for, and the pairs of them."""
    runs = RUNS.findall(piece)
    return set[str]().union(*runs, *(map("".join, pairwise(run)) for run in runs))


@cache
def _same() -> dict[str, str]:
    """Character → what a phone takes it for."""
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    return folded() | wide | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-")
