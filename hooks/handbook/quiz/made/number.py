"""Questions about deadlines and limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model.facts import Fact
from ...model.moments import Point
from ...model.questions import Number
from ..answers import measurable
from .choice import MADE
from .spots import Pool


def number(pool: Pool) -> Iterator[Number]:
    """Every deadline and every limit that is decided; what else could be it is drawn when it is shown."""
    for spot in pool.spots:
        facts = spot.clause.facts if measurable(pool.book, pool.sop, spot.clause) else []
        for place, fact in enumerate(facts, start=1):
            full = spot.plain(fact.full)
            said = f"{spot.do}：{full}。" if fact.kind == "limit" else f"{spot.scene}{full}，{spot.do}。"
            yield Number.model_construct(
                id=f"number{f'-{place}' * (place > 1)}{MADE}{spot.clause.id}",
                kind="number",
                about=spot.ref,
                fact=place,
                ask=spot.scene + _ASKS[fact.kind](spot.do, spot.plain(fact.event), fact),
                why=spot.why(said),
                formerly=[],
            )


def _limit(do: str, event: str, fact: Fact) -> str:
    return f"「{do}」，{'是百分之幾' if fact.amount and fact.amount.unit == '%' else '限度是多少'}？"


def _after(do: str, event: str, fact: Fact) -> str:
    return f"{event}滿多久，才「{do}」？" if fact.amount else f"什麼時候起，才「{do}」？"


def _every(do: str, event: str, fact: Fact) -> str:
    return f"「{do}」，{'什麼時候做' if isinstance(fact.value, Point) else '多久做一次'}？"


_ASKS: dict[str, Callable[[str, str, Fact], str]] = {
    "within": lambda do, event, _: f"從{event}算起，「{do}」的期限是多久？" if event else f"「{do}」的期限是多久？",
    "before": lambda do, event, _: f"要在{event}之前多久，「{do}」？",
    "by": lambda do, event, _: f"「{do}」，最晚什麼時候？",
    "after": _after,
    "between": lambda do, event, _: f"「{do}」，是幾點到幾點？",
    "every": _every,
    "keep": lambda do, event, _: f"「{do}」，從{event}起要保留多久？" if event else f"「{do}」，要保留多久？",
    "limit": _limit,
}
