"""Questions about what one says."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clauses import Case
from ...model.questions import Choice
from .choice import choice
from .entries import PAUSES, Entry, Tier, drawn
from .spots import Pool, Spot


def say(pool: Pool) -> Iterator[Choice]:
    """What the handbook has one say in a situation. What is said in the same part may do as well: it comes last."""
    for spot in pool.spots:
        if spot.clause.spoken and spot.clause.when and not isinstance(spot.clause, Case):
            done = f"這時候要做的是：{spot.do}。" if spot.do else f"{spot.scene}就說這一句。"
            options = drawn(f"「{spot.plain(spot.clause.spoken[0])}」", _phrases(pool, spot))
            yield from choice("say", spot, f"{spot.scene}手冊教你說哪一句？", options, spot.why(done))


def _phrases(pool: Pool, spot: Spot) -> Iterator[Tier]:
    """Phrases of other parts, of what is related, of the same part: none that is right as well."""
    said = [spot.plain(line) for line in spot.clause.say]
    whole = PAUSES.sub("", "".join(said))
    parts = [part for line in said for part in PAUSES.split(line) if len(part) >= 4]

    def sound(entry: Entry) -> bool:
        other = entry.bare
        return not (other in whole or whole in other or any(part in other for part in parts))

    def elsewhere(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.stage != spot.stage and sound(entry)

    yield pool.phrases, elsewhere
    yield pool.phrases_around, sound
    yield pool.phrases, sound
