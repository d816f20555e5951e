"""The desk card of a procedure or a standard: what one wants at hand, on a card that stands beside the telephone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..model.book import Handbook
from ..model.clauses import Case, Placed
from ..model.gathered import deadlines, told
from ..model.sops import Procedure, Sop, Standard
from .sheet import Edition, Sheet

MATTER = 5  # lines that matter most
DUE = 5  # deadlines and limits
SPOKEN = 3  # things to say


def cards(edition: Edition) -> Iterator[Sheet]:
    """A card for each procedure and each standard."""
    sops: list[Procedure | Standard] = [*edition.book.procedures.values(), *edition.book.standards.values()]
    for sop in sops:
        yield edition.sheet("card", sop, partial(_data, edition, sop))


def _data(edition: Edition, sop: Procedure | Standard) -> dict[str, Any]:
    book = edition.book
    due = [one for one in deadlines(book, sop) if one.fact.settled]
    return {
        "head": edition.head(sop),
        "mnemonic": [[letter, book.plain(gloss, sop.id)] for letter, gloss in _mnemonic(sop).items()],
        "matter": [_told(book, sop, placed) for placed in matter(sop)],
        "due": [
            {
                "act": one.told(book.plain(one.clause.headline, sop.id)),
                "value": one.full,
            }
            for one in due[:DUE]
        ],
        "more": len(due) - DUE if len(due) > DUE else 0,
        "say": [book.plain(placed.clause.spoken[0], sop.id) for placed in spoken(sop)],
    }


def _mnemonic(sop: Sop) -> dict[str, str]:
    return sop.mnemonic if isinstance(sop, Procedure) else {}


def matter(sop: Sop) -> list[Placed]:
    """The five clauses that matter, in reading order: what must never happen first, then what each stage starts with.

    What has a deadline stands on the card as such, and does not count.
    """
    free = [p for p in sop.placed if not p.clause.fact and not isinstance(p.clause, Case) and p.clause.do]
    stages: set[str] = set()
    starts = []
    for placed in free:
        stage = getattr(placed.clause, "stage", None) or getattr(placed.clause, "group", None)
        if not placed.parents and stage and stage not in stages:
            stages.add(stage)
            starts.append(placed)
    ranked = [*(p for p in free if p.clause.never), *starts, *free]
    chosen = {id(placed): placed for placed in ranked}
    best = set(list(chosen)[:MATTER])
    return [placed for placed in free if id(placed) in best]


def spoken(sop: Sop) -> list[Placed]:
    """The first clauses of the SOP's own flow that give words to say; those of single cases come after them."""
    found = [placed for placed in sop.placed if placed.clause.spoken]
    return sorted(found, key=lambda placed: bool(placed.parents or placed.clause.when))[:SPOKEN]


def _told(book: Handbook, sop: Sop, placed: Placed) -> dict[str, str]:
    never = placed.clause.never
    return {
        "act": told(book, sop, placed),
        "never": book.plain(never[0], sop.id) if never else "",
    }
