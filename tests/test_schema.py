"""The schemas that editors read: fresh, and of one mind with the model about every file that we have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handbook.model.document import Document
from handbook.model.registers import REGISTERS
from handbook.model.sops import KINDS
from handbook.reading import schema
from handbook.reading.source import parse
from tests import cases, project

SCHEMAS = {path: json.loads(text) for path, text in schema.schemas().items()}
TOLD = {"$defs", "$schema", "default", "description", "discriminator", "examples", "format"}  # what editors only show
CHECKED = {
    *(
        "$ref",
        "additionalProperties",
        "anyOf",
        "const",
        "enum",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minLength",
    ),
    *("minProperties", "minimum", "oneOf", "pattern", "patternProperties", "properties"),
    *("propertyNames", "required", "type"),
}


def schema_of(path: str) -> str:
    """Which schema a file is written by."""
    folder, _, name = path.rpartition("/")
    kind = name.removesuffix(".yml") if folder == "sop" else "sop"
    return "quiz/schema.json" if folder == "quiz" else f"sop/schema/{kind}.json"


# ── a small reader of schemas: no more of the standard than ours use ──────────────────────────────


def complaints(value: Any, part: dict, whole: dict, at: str = "") -> Iterator[str]:
    """What a schema has against a value, in which every scalar is the text that was written."""
    if "$ref" in part:
        yield from complaints(value, whole["$defs"][part["$ref"].rpartition("/")[2]], whole, at)
    for choice in (part[key] for key in ("anyOf", "oneOf") if key in part):
        if all([*complaints(value, option, whole, at)] for option in choice):
            yield f"{at}: none of {len(choice)} fits"
    yield from {"object": _object, "array": _array}.get(part.get("type", ""), _text)(value, part, whole, at)


def _object(value: Any, part: dict, whole: dict, at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at}: no object"
        return
    fields, shapes, others = (
        part.get("properties", {}),
        part.get("patternProperties", {}),
        part.get("additionalProperties"),
    )
    yield from (f"{at}: lacks {key}" for key in part.get("required", []) if key not in value)
    if len(value) < part.get("minProperties", 0):
        yield f"{at}: too few"
    for key, inner in value.items():
        yield from complaints(key, part.get("propertyNames", {}), whole, f"{at}/{key}")
        wanted = fields.get(key) or next((shapes[shape] for shape in shapes if re.search(shape, key)), others)
        if wanted is False:
            yield f"{at}: has {key}"
        else:
            yield from complaints(inner, wanted or {}, whole, f"{at}/{key}")


def _array(value: Any, part: dict, whole: dict, at: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{at}: no array"
    elif not part.get("minItems", 0) <= len(value) <= part.get("maxItems", len(value)):
        yield f"{at}: {len(value)} items"
    else:
        for number, inner in enumerate(value):
            yield from complaints(inner, part.get("items", {}), whole, f"{at}/{number}")


def _text(value: Any, part: dict, whole: dict, at: str) -> Iterator[str]:
    shapes = {"string": ".*", "boolean": "true|false", "integer": "0|[1-9][0-9]*"}
    if "type" in part and not (isinstance(value, str) and re.fullmatch(shapes[part["type"]], value, re.DOTALL)):
        yield f"{at}: no {part['type']}"
    elif part.get("type") == "integer" and not part.get("minimum", 0) <= int(value) <= part.get("maximum", int(value)):
        yield f"{at}: {value}"
    elif part.get("type") == "string" and (
        len(value) < part.get("minLength", 0) or not re.search(part.get("pattern", ""), value)
    ):
        yield f"{at}: {value!r}"
    if value not in part.get("enum", [part.get("const", value)]):
        yield f"{at}: {value!r} is not among those"


def judge(path: str, text: str) -> list[str]:
    shape = SCHEMAS[schema_of(path)]
    return [*complaints(parse(text, Document(path)).value, shape, shape)]


def keywords(part: Any) -> Iterator[str]:
    if isinstance(part, list):
        for inner in part:
            yield from keywords(inner)
    if isinstance(part, dict):
        for key, inner in part.items():
            yield key
            named = key in ("properties", "patternProperties", "$defs", "mapping")
            for below in inner.values() if named and isinstance(inner, dict) else [inner]:
                yield from keywords(below)


def test_no_part_of_our_schemas_is_skipped() -> None:
    used = {key for shape in SCHEMAS.values() for key in keywords(shape)}
    assert used - TOLD - {"mapping", "propertyName"} == CHECKED


# ── the files ───────────────────────────────────────────────────────────────────────────────────


def test_the_schemas_are_fresh() -> None:
    assert schema.stale(project.ROOT) == []
    kept = [*(project.ROOT / "sop/schema").iterdir(), project.ROOT / "quiz/schema.json"]
    assert {path.relative_to(project.ROOT).as_posix() for path in kept} == set(SCHEMAS)


def test_there_is_a_schema_for_every_kind_of_file() -> None:
    folders = {kind.folder for kind in KINDS.values()}
    assert {schema_of(f"sop/{folder}/a.yml") for folder in folders} == {"sop/schema/sop.json"}
    assert {schema_of(f"sop/{name}.yml") for name in REGISTERS} | {"sop/schema/sop.json", "quiz/schema.json"} == set(
        SCHEMAS
    )


def files(root: Path) -> list[tuple[str, Path]]:
    found = [*root.glob("sop/*.yml"), *root.glob("sop/*/*.yml"), *root.glob("quiz/*.yml")]
    return [(path.relative_to(root).as_posix(), path) for path in sorted(found)]


GOOD = [*files(project.ROOT), *files(cases.MINIMAL)]


@pytest.mark.parametrize(("path", "file"), GOOD, ids=[path for path, _ in GOOD])
def test_a_file_that_holds_is_good_by_its_schema(path: str, file: Path) -> None:
    assert judge(path, file.read_text("utf-8")) == []


def test_every_shipped_file_names_its_schema() -> None:
    """So that an editor completes and checks it without any setting."""
    for path, file in files(project.ROOT):
        first = file.read_text("utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve() == (project.ROOT / schema_of(path)).resolve(), path


# A missing key says the same in both; the schema knows nothing of units, days and what files say of each other.
SHARED = {"unknown-key", "missing-key", "empty-value", "wrong-type"}


def shapely() -> Iterator[tuple[str, str, bytes]]:
    for file in sorted((cases.HERE / "bad").glob("*.yml")):
        case = cases.read(file)
        codes = {place.split()[0] for place, _ in cases.expected(case)}
        if codes <= SHARED and len(case.put) == 1 and not file.stem.startswith("empty-"):
            yield (file.stem, *next(iter(case.put.items())))


SHAPELY = [*shapely()]


@pytest.mark.parametrize(("path", "data"), [rest for _, *rest in SHAPELY], ids=[name for name, *_ in SHAPELY])
def test_a_file_of_another_shape_is_bad_by_its_schema(path: str, data: bytes) -> None:
    assert judge(path, data.decode("utf-8-sig")) != []


def test_one_text_is_as_good_as_a_list_of_one() -> None:
    text = (cases.MINIMAL / "sop/standards/greeting.yml").read_text("utf-8")
    for one, many in (
        ("audience: clerk", "audience: [clerk]"),
        ("source: own", "source: [own]"),
        ("say: 慢走", "say: [慢走]"),
    ):
        assert one in text
        assert judge("sop/standards/a.yml", text.replace(one, many)) == []


def test_every_field_is_described() -> None:
    """An editor shows it beside the field."""
    for shape in SCHEMAS.values():
        for name, model in shape["$defs"].items():
            for field, part in model["properties"].items():
                assert part.get("description"), f"{name}.{field}"
