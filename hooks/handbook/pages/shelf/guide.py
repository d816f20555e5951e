"""What the authors' guide lists of the engine: every rule, and every field of every file."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import BaseModel

from ...model.book import Handbook
from ...model.questions import Quiz
from ...model.registers import REGISTERS
from ...model.sops import Procedure, Role, Standard
from ...problem import RULES
from ...reading.shapes import models_of, options_of
from ..page import Draft
from ..view import Site

SHAPES = {"procedures": Procedure, "standards": Standard, "roles": Role, **REGISTERS, "quiz": Quiz}


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    rules = [RULES[code] for code in sorted(RULES)]
    yield Draft("authors/rules", "rules.html", "規則", tells=partial(dict, rules=rules))
    tables = {name: fields_of(shape) for name, shape in SHAPES.items()}
    yield Draft("authors/fields", "fields.html", "欄位", tells=partial(dict, tables=tables))


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
