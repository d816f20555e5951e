"""What chance decides of an exam, the same here and in a browser: web/quiz/chance.js is this file over again.

A paper is drawn from a code that a supervisor names. So there is one way from a text to numbers, of 32 bits at every
step, and one to draw and to mix by them; tests/web/test_chance.py holds both files against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Random = Callable[[], float]  # at least 0, less than 1

WORD = 0xFFFFFFFF
NAMED = re.compile("[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")


def normal(text: str) -> str:
    """A code as it is drawn from, whichever keyboard it was typed on; nothing where it is none."""
    bare = re.sub("[ \t\r\n]", "", unicodedata.normalize("NFKC", text)).upper()
    return bare if NAMED.fullmatch(bare) else ""


def numbers(text: str) -> Callable[[], int]:
    """Numbers of 32 bits, one after another, that a text alone decides: mulberry32, begun with the text's FNV-1a."""
    state = 0x811C9DC5
    for byte in text.encode():
        state = (state ^ byte) * 0x01000193 & WORD

    def following() -> int:
        nonlocal state
        state = state + 0x6D2B79F5 & WORD
        mixed = (state ^ state >> 15) * (state | 1) & WORD
        mixed ^= mixed + ((mixed ^ mixed >> 7) * (mixed | 61) & WORD) & WORD
        return mixed ^ mixed >> 14

    return following


def chance(text: str) -> Random:
    """The same as fractions."""
    following = numbers(text)
    return lambda: following() / (WORD + 1)


def seal(ident: str, letters: str) -> str:
    """8 hexadecimal digits from which nobody reads off the right letters of a question, and a script can try any."""
    return f"{numbers(f'{ident}={letters}')():08x}"


def shuffle(items: Iterable[T], random: Random) -> list[T]:
    """A copy in an order that chance decides, each as likely as any other."""
    mixed = list(items)
    for last in range(len(mixed) - 1, 0, -1):
        other = int(random() * (last + 1))
        mixed[last], mixed[other] = mixed[other], mixed[last]
    return mixed


class Ticket(NamedTuple):
    """What chance has to know of a question."""

    sop: str
    kind: str


def draw(pool: Sequence[Ticket], count: int, random: Random) -> list[int]:
    """The places of the questions of an exam: from each SOP as many as from any other that has so many, give or take
    one, and a case where there is any."""
    rows = shuffle(range(len(pool)), random)
    if first := next(([row] for row in rows if pool[row].kind == "case"), None):
        rows = [*first, *(row for row in rows if row not in first)]
    taken: dict[str, int] = {}
    rounds = []
    for row in rows:
        rounds.append(taken.get(pool[row].sop, 0))
        taken[pool[row].sop] = rounds[-1] + 1
    picked = sorted(range(len(rows)), key=rounds.__getitem__)[:count]
    return [rows[place] for place in shuffle(picked, random)]
