"""Questions about deadlines and limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model.facts import Fact
from ...model.questions import Number
from ..answers import measurable
from .choice import MADE
from .spots import Pool


def number(pool: Pool) -> Iterator[Number]:
    """Every deadline and every limit that is decided; what else could be it is drawn when it is shown."""
    for spot in pool.spots:
        fact = spot.clause.fact
        if fact and measurable(pool.book, pool.sop, spot.clause):
            full = spot.plain(fact.full)
            said = f"{spot.do}：{full}。" if fact.kind == "limit" else f"{spot.scene}{full}，{spot.do}。"
            yield Number.model_construct(
                id=f"number{MADE}{spot.clause.id}",
                kind="number",
                about=spot.ref,
                ask=spot.scene + _ASKS[fact.kind](spot.do, spot.plain(fact.event), fact),
                why=spot.why(said),
                formerly=[],
            )


_ASKS: dict[str, Callable[[str, str, Fact], str]] = {
    "within": lambda do, event, _: f"從{event}算起，「{do}」的期限是多久？" if event else f"「{do}」的期限是多久？",
    "before": lambda do, event, _: f"要在{event}之前多久，「{do}」？",
    "after": lambda do, event, _: f"{event}滿多久，才「{do}」？",
    "every": lambda do, event, _: f"「{do}」，多久做一次？",
    "limit": lambda do, event, fact: f"「{do}」，{'是百分之幾' if fact.amount.unit == '%' else '限度是多少'}？",
}
