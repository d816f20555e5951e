"""What a model's annotations hold: the models inside lists, maps and alternatives."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel


def fields_at(shape: Any, trail: tuple) -> dict[str, str]:
    """The field names (and descriptions) of the model, or of all alternatives, that stand at a trail."""
    found: dict[str, list[str]] = {}
    for model in models_of(shape_at(shape, trail)):
        for name, info in model.model_fields.items():
            found.setdefault(name, []).append(info.description or "")
    return {name: "；".join(dict.fromkeys(said)) for name, said in found.items()}


def shape_at(shape: Any, trail: tuple) -> Any:
    """The shape of what stands at a trail."""
    for part in trail:
        shape = _inside(shape, part)
    return shape


def _inside(shape: Any, part: str | int) -> Any:
    for model in models_of(shape):
        if part in model.model_fields:
            info = model.model_fields[str(part)]
            return typing.Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        if "kind" in model.model_fields and part in typing.get_args(model.model_fields["kind"].annotation):
            return model
    for option in options_of(shape):
        arguments = typing.get_args(option)
        if typing.get_origin(option) in (list, dict) and arguments:
            return arguments[-1]
    return None


def models_of(shape: Any) -> Iterator[type[BaseModel]]:
    """The models that a shape may be at its top."""
    for option in options_of(shape):
        if isinstance(option, type) and issubclass(option, BaseModel):
            yield option


def options_of(shape: Any) -> Iterator[Any]:
    """The alternatives of a shape, with annotations taken off."""
    origin = typing.get_origin(shape)
    if origin is typing.Annotated:
        yield from options_of(typing.get_args(shape)[0])
    elif origin in (typing.Union, types.UnionType):
        for option in typing.get_args(shape):
            yield from options_of(option)
    else:
        yield shape
