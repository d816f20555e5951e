"""Questions about the form that a step fills."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clauses import Clause
from ...model.questions import Choice
from .choice import choice
from .entries import Entry, Tier, drawn
from .spots import Pool, Spot

BLANK = "＿＿"


def form(pool: Pool) -> Iterator[Choice]:
    """Which form a clause fills; each form once an SOP, where it comes first."""
    asked: set[str] = set()
    for spot in pool.spots:
        filled = spot.clause.form
        if len(filled) == 1 and filled[0] in pool.book.forms and filled[0] not in asked and spot.do:
            asked.add(filled[0])
            yield from _form(pool, spot, filled[0])


def _form(pool: Pool, spot: Spot, key: str) -> Iterator[Choice]:
    name = pool.book.forms[key].name
    blanked = spot.plain((spot.clause.do or "").replace(f"$({key})", BLANK)).rstrip("。")
    ask = f"{spot.scene}「{blanked}」，{'空格' if BLANK in blanked else '用的'}是哪一份？"
    if name not in ask:
        options = drawn(name, _forms(pool, spot, ask))
        why = spot.why(f"{name}：{spot.plain(pool.book.forms[key].purpose)}。")
        yield from choice("form", spot, ask, options, why)


def _forms(pool: Pool, spot: Spot, ask: str) -> Iterator[Tier]:
    """Forms that the question does not name, and that no step around it or inside it fills."""
    kin = {form for clause in (*spot.placed.parents, *_inside(spot.clause)) for form in clause.form}

    def sound(entry: Entry) -> bool:
        return entry.about not in kin and entry.words not in ask

    yield pool.forms, sound
    yield pool.forms_around, sound


def _inside(clause: Clause) -> Iterator[Clause]:
    """A clause and all that stand in it."""
    yield clause
    for field in clause.nests:
        for inner in getattr(clause, field):
            yield from _inside(inner)
