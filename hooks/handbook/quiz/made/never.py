"""Questions about what is never done."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.questions import Choice
from ...model.sops import Procedure
from .choice import choice
from .entries import Entry, Tier, drawn
from .spots import Pool, Spot


def never(pool: Pool) -> Iterator[Choice]:
    """What is forbidden, among what is done."""
    kind = "這一步" if isinstance(pool.sop, Procedure) else "這一條"
    for spot in pool.spots:
        if spot.clause.never:
            # What is forbidden is mostly said in fewer words than what is done: the longest is the best hidden.
            lines = [spot.plain(line).rstrip("。") for line in spot.clause.never]
            forbidden = max(lines, key=len)
            part = f"「{spot.do}」{kind}，" if spot.do else f"說到「{spot.stage or pool.title}」，"
            rather = f"該做的是「{spot.do}」；" if spot.do else ""
            options = drawn(forbidden, _acts(pool, spot))
            why = spot.why(f"{rather}不可以做的是{''.join(f'「{line}」' for line in lines)}。")
            yield from choice("never", spot, f"{spot.scene}{part}哪一件不可以做？", options, why)


def _acts(pool: Pool, spot: Spot) -> Iterator[Tier]:
    """What is done in the same part whatever the case, then in the whole SOP, then in any case."""

    def always(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.always and entry.words != spot.do

    def here(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.stage == spot.stage and always(entry)

    yield pool.acts, here
    yield pool.acts, always
    yield pool.acts, lambda entry: entry.words != spot.do
