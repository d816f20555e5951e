"""What the overview pages show, gathered from the handbook; nothing here is HTML."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..model.book import Handbook
from ..model.clauses import Clause, Placed
from ..model.sops import Change, OpenPoint, Role, Sop
from ..problem import Rule
from ..reading.shapes import models_of, options_of


def called_upon(book: Handbook) -> dict[str, list[tuple[Sop, Placed]]]:
    """Post → the clauses of other SOPs that name it: it acts there, or is told when something can't be done."""
    found: dict[str, list[tuple[Sop, Placed]]] = {post: [] for post in book.organization.posts}
    for sop, placed in book.each():
        told = [placed.clause.otherwise.to] if placed.clause.otherwise and placed.clause.otherwise.to else []
        for post in dict.fromkeys([*placed.clause.who, *told]):
            if post != sop.id:
                found[post].append((sop, placed))
    return found


def roles_of(book: Handbook, sop: Sop) -> list[Role]:
    """The roles that must master an SOP."""
    return [role for role in book.roles.values() if sop.id in role.masters]


def phrases(book: Handbook) -> list[tuple[Sop, list[Placed]]]:
    """SOP by SOP, the clauses that give words to say; the phrase book's own standard first."""
    groups = [(sop, [p for p in book.clauses[sop.id].values() if p.clause.say]) for sop in book.sops.values()]
    return [(sop, spoken) for sop, spoken in sorted(groups, key=lambda group: group[0].icon != "speech") if spoken]


@dataclass(frozen=True)
class Question:
    """An open point and the clauses that wait for it."""

    key: str
    point: OpenPoint
    clauses: list[tuple[Sop, Clause]]


def open_points(book: Handbook) -> list[tuple[Sop | None, list[Question]]]:
    """What the manager must settle: the site's own questions first, then SOP by SOP."""
    asked: dict[tuple[str, str], list[tuple[Sop, Clause]]] = {}
    for sop, placed in book.each():
        if key := placed.clause.open:
            home = sop.id if key in sop.open_points else ""
            asked.setdefault((home, key), []).append((sop, placed.clause))
    groups: list[tuple[Sop | None, dict[str, OpenPoint]]] = [(None, book.organization.open_points)]
    groups += [(sop, sop.open_points) for sop in book.sops.values()]
    return [
        (sop, [Question(key, point, asked.get((sop.id if sop else "", key), [])) for key, point in points.items()])
        for sop, points in groups
        if points
    ]


def versions(book: Handbook) -> list[tuple[Change, Sop]]:
    """Every version of every SOP, the newest first."""
    every = [(change, sop) for sop in book.sops.values() for change in sop.history]
    return sorted(every, key=lambda entry: entry[0].effective, reverse=True)


def edition(book: Handbook) -> str:
    """The day from which the newest version of any SOP holds: `2026-12-01`."""
    return versions(book)[0][0].effective.isoformat()


def visible_rules(rules: dict[str, Rule]) -> list[Rule]:
    """The rules in the order of their codes."""
    return [rules[code] for code in sorted(rules)]


# ── the fields of the files, for the authors' guide ─────────────────────────────────────────────


@dataclass(frozen=True)
class Field:
    """A field as authors see it."""

    name: str
    required: bool
    description: str


def fields_of(shape: Any) -> list[tuple[str, list[Field]]]:
    """The models below a shape, each once, with their fields; a model is named by its class."""
    found: dict[str, list[Field]] = {}
    for model in _nested(shape):
        found.setdefault(
            model.__name__,
            [Field(n, info.is_required(), info.description or "") for n, info in model.model_fields.items()],
        )
    return list(found.items())


def _nested(shape: Any, seen: set[type] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    for model in models_of(shape):
        if model not in seen:
            seen.add(model)
            yield model
            for info in model.model_fields.values():
                yield from _nested(info.annotation, seen)
    for option in options_of(shape):
        for argument in typing.get_args(option):
            yield from _nested(argument, seen)
