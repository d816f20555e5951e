"""What the authors' guide lists of the engine: every rule, and every field of every file."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ...model.amounts import UNITS
from ...model.book import Handbook
from ...model.fields import PATTERNS, SLUG
from ...model.questions import Quiz, Way
from ...model.registers import REGISTERS
from ...model.sops import Procedure, Role, Standard
from ...problem import RULES
from ...reading.shapes import models_of, options_of, shape_at
from ...rules.lengths import WAY, longest
from ...rules.texts import BREAKABLE
from ..page import Draft
from ..view import Site

SHAPES = {"procedures": Procedure, "standards": Standard, "roles": Role, **REGISTERS, "quiz": Quiz}


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    rules = [RULES[code] for code in sorted(RULES)]
    yield Draft("authors/rules", "rules.html", "規則", tells=partial(dict, rules=rules), rests_on=())
    more = {"ids": PATTERNS[SLUG], "units": [unit for unit in UNITS if unit != "?"], "breakable": sorted(BREAKABLE)}
    yield Draft("authors/fields", "fields.html", "欄位", tells=lambda: {"tables": _tables(), **more}, rests_on=())


@cache
def _tables() -> dict[str, list[tuple[str, list[Field]]]]:
    """The fields of every file: what they are, no edit of a handbook changes."""
    return {name: fields_of(shape, longest(name)) for name, shape in SHAPES.items()}


@dataclass(frozen=True)
class Field:
    """A field as authors see it."""

    name: str
    required: bool
    description: str
    bounds: str  # how it is written, how long or how many it may be


def fields_of(shape: Any, most: dict[str, int]) -> list[tuple[str, list[Field]]]:
    """The models below a shape, each once, with their fields; a model is named by its class."""
    found: dict[str, list[Field]] = {}
    for model in nested(shape):
        found.setdefault(
            model.__name__,
            [
                Field(n, info.is_required(), info.description or "", "；".join(_bounds(model, n, info, most)))
                for n, info in model.model_fields.items()
            ],
        )
    return list(found.items())


def _bounds(model: type[BaseModel], name: str, info: FieldInfo, most: dict[str, int]) -> Iterator[str]:
    """What a value is held to, from where it is held to it."""
    shape = shape_at(model, (name,))
    for option in options_of(shape):
        if typing.get_origin(option) is Literal:
            yield "、".join(typing.get_args(option))
    yield from dict.fromkeys("代號" if pattern == SLUG else PATTERNS[pattern] for pattern in _patterns(shape))
    found = {key: getattr(one, key) for one in info.metadata for key in MARKS if getattr(one, key, None) is not None}
    yield from (f"{MARKS[key]} {bound}" for key, bound in found.items() if (key, bound) != ("min_length", 1))
    if name in most and not _patterns(shape) and not any(models_of(shape)):
        yield f"最多 {WAY if model is Way and name == 'text' else most[name]} 字"


MARKS = {"ge": "至少", "le": "最多", "min_length": "項數至少", "max_length": "項數最多"}


def _patterns(shape: Any) -> list[str]:
    """The patterns that a value, or what is in it, has to match."""
    held = typing.get_args(shape)
    here = [one.pattern for one in held if getattr(one, "pattern", None)]
    return here + [pattern for one in held if typing.get_args(one) for pattern in _patterns(one)]


def nested(shape: Any, seen: set[type] | None = None) -> Iterator[type[BaseModel]]:
    seen = set() if seen is None else seen
    for model in models_of(shape):
        if model not in seen:
            seen.add(model)
            yield model
            for info in model.model_fields.values():
                yield from nested(info.annotation, seen)
    for option in options_of(shape):
        for argument in typing.get_args(option):
            yield from nested(argument, seen)
