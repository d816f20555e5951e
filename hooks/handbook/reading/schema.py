"""JSON Schemas written from the model, so that an editor completes and checks while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from ..model.questions import Quiz
from ..model.registers import REGISTERS
from ..model.sops import Procedure, Role, Standard

AnySop = Annotated[Role | Standard | Procedure, Field(discriminator="kind")]


def schemas() -> dict[str, str]:
    """Path below the project → the schema's text."""
    shapes: dict[str, Any] = {f"sop/schema/{name}.json": shape for name, shape in REGISTERS.items()}
    shapes |= {"sop/schema/sop.json": AnySop, "quiz/schema.json": Quiz}
    return {path: _text(shape) for path, shape in shapes.items()}


def _text(shape: Any) -> str:
    schema = TypeAdapter(shape).json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(_as_written(schema), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _as_written(schema: Any) -> Any:
    """The schema of what an author may write: one text for a list of one, but no empty value and no other id."""
    if isinstance(schema, list):
        return [_as_written(inner) for inner in schema if inner != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    plain = {key: _as_written(value) for key, value in schema.items() if key != "title" or isinstance(value, dict)}
    if len(plain.get("anyOf", [])) == 1:
        plain |= plain.pop("anyOf")[0]
    if plain.get("default", "") is None:
        del plain["default"]
    if "patternProperties" in plain:
        plain["additionalProperties"] = False
    if plain.get("type") == "array" and plain.get("items", {}).get("type") == "string":
        described = {key: plain.pop(key) for key in ("description", "default") if key in plain}
        return {"anyOf": [plain["items"], plain], **described}
    return plain


def stale(root: Path) -> list[str]:
    """The schema files that differ from what the model says now."""
    fresh = schemas()
    return [
        path for path, text in fresh.items() if not (root / path).exists() or (root / path).read_text("utf-8") != text
    ]


def write(root: Path) -> None:
    """Write every schema file."""
    for path, text in schemas().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
