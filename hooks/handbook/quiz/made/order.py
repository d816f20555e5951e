"""Questions about the order of steps: what comes after what, and which one is left out."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.questions import Choice, Order
from ...model.sops import Procedure
from ..answers import OPTIONS
from .choice import MADE, choice
from .entries import Entry, drawn, shelf, teller, without
from .spots import Pool, Spot

MOST = 8  # steps to put in order: more do not fit a phone


def order(pool: Pool) -> Iterator[Order]:
    """The stages of a procedure, each by its first step: inside a stage the order is not always a matter of course."""
    if not isinstance(pool.sop, Procedure):
        return
    first = {spot.stage: spot for spot in reversed(pool.steps)}
    steps = [first[letter] for letter in pool.sop.mnemonic if letter in first][:MOST]
    if len(steps) >= OPTIONS and len({spot.do for spot in steps}) == len(steps):
        meaning = "；".join(f"「{letter}」是{meant}" for letter, meant in pool.sop.mnemonic.items())
        yield Order.model_construct(
            id=f"order{MADE}stages",
            kind="order",
            steps=[spot.ref for spot in steps],
            ask=f"「{pool.title}」照「{''.join(pool.sop.mnemonic)}」來做。把這幾步排出先後。",
            why=f"{pool.book.plain(meaning, pool.sop.id)}。",
            formerly=[],
        )


def missing(pool: Pool) -> Iterator[Choice]:
    """A stage with one of its steps left out: the others to choose from belong to other stages."""
    if not isinstance(pool.sop, Procedure):
        return
    meaning = {letter: pool.book.plain(meant, pool.sop.id) for letter, meant in pool.sop.mnemonic.items()}
    steps = shelf(
        Entry(spot.do, spot, teller(lambda spot: f"那一步屬於「{spot.stage}」：{meaning[spot.stage]}。", spot))
        for spot in pool.steps
        if spot.stage in meaning
    )
    stages: dict[str, list[Spot]] = {}
    for spot in pool.steps:
        stages.setdefault(spot.stage, []).append(spot)
    for letter in meaning:
        inside = stages.get(letter, [])
        if len(inside) >= 2:
            known, lost = inside[0], inside[len(inside) // 2]
            here = {spot.do for spot in inside}
            ask = f"「{pool.title}」的「{letter}」，有一步是「{known.do}」，還少了哪一步？"
            options = drawn(lost.do, [(steps, without(here))])
            why = lost.why(f"「{letter}」是{meaning[letter]}：這兩步都在裡面。")
            yield from choice("missing", lost, ask, options, why)
