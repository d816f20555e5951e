"""The most of a file that can be read: what is wrong is told once, left out or stood in for, and the rest is whole.

So one hole hides no other: rules look at all that stands, and say nothing that would only follow from a hole.
"""

from __future__ import annotations

import copy
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from ..model.clocks import Own
from ..model.document import Document, Position, Trail
from ..problem import Problem
from .explain import adapter, closest, expected, explain, trail_of
from .patch import cut_off, quoted
from .shapes import fields_at, models_of, shape_at
from .source import Edit, reread

ROUNDS = 12  # each looks a step deeper into what stood in for a whole
MOST = 300  # errors of one file: whoever made more of them mends these first, and nobody waits for the rest
# One of these stands in for whatever is required and can't be read. None of them breaks a rule of its own accord.
STAND_INS: tuple[Any, ...] = (
    "…", "hole", "own", "hole#hole", "2000-01-01", "0.0.1", "1 day", "1 %", "1", "true", "00:00", ["…"], ["hole#hole"],
    ["own"], [{}], {"hole": "…"}, {"hole": {}}, {"…": "…", "‥": "…"}, {},
)  # fmt: skip


def sound(shape: Any, document: Document, own: Own) -> tuple[Any, list[Problem]]:
    """What a file means, as far as it does, and what is wrong with it; None where nothing of it can be used."""
    raw, problems = document.value, list[Problem]()
    for _ in range(ROUNDS):
        try:
            return adapter(shape).validate_python(raw, context=own), problems
        except ValidationError as error:
            told = [*explain(error, shape, document)]
            found = error.errors(include_url=False)
            slips = [*_slips([*zip(found, told, strict=True)], shape, document)] if len(found) <= MOST else []
            if slips:
                problems += [problem for problem, _ in slips]
                reread(document, [edit for _, edit in slips])
                raw = document.value
                continue
            problems += _new(told, document)
            raw = copy.deepcopy(raw) if raw is document.value else raw
            if len(found) > MOST or not _mend(raw, found, shape, document):
                break
    return None, problems


def _new(told: list[Problem], document: Document) -> list[Problem]:
    """What is told of what stands in the file, and not of what stands in for it."""
    return [
        problem
        for problem in told
        if problem.line not in document.mended
        and not any(problem.trail[:end] in document.holes for end in range(1, len(problem.trail) + 1))
        and not (document.lost and problem.trail and problem.trail[-1] in document.lost)
    ]


def _slips(told: list[tuple[Any, Problem]], shape: Any, document: Document) -> Iterator[tuple[Problem, Edit]]:
    """The unknown keys that are another one but for a letter, or the rest of a value that a comma cut in two; and how
    each is read from now on. One a line: to read on needs no more, and the others stand elsewhere then."""
    lines: set[int] = set()
    for found, problem in told:
        if found["type"] == "extra_forbidden" and problem.line not in lines | document.moved.keys():
            place, trail = trail_of(found, shape)
            at, name = document.at(trail, key=True), str(trail[-1])
            right = closest(name, fields_at(shape, place[:-1]))
            if right and right not in _reach(document.value, trail[:-1]):
                yield problem, Edit(at, name, right)
            elif not found["input"] and (cut := _cut(document, at, name)):
                yield problem, cut
            else:
                continue
            lines.add(problem.line)


def _cut(document: Document, at: Position, name: str) -> Edit | None:
    """The value before a comma in braces that an empty key is the rest of, in quotation marks."""
    line, column = at
    cut = cut_off(document.lines[line - 1][: column - 1], name)
    return Edit((line, cut[0] + 1), cut[1], quoted(cut[1])) if cut else None


def _mend(raw: Any, errors: list[Any], shape: Any, document: Document) -> bool:
    """Put something in the place of all that is wrong; whether that could be done."""
    for found in errors:
        place, trail = trail_of(found, shape)
        if not trail:
            return False
        holes = _mended(raw, found, place, trail, shape)
        if "[key]" in found["loc"]:  # what has no name in a map may have had any
            document.lost.add(str(trail[-2]) if trail[1:] else "")
        elif isinstance(_reach(raw, trail), dict):
            document.lost.add(str(trail[-1]))
        if found["type"] != "extra_forbidden":  # that is not missed
            document.holes.update(holes)
    return True


def _mended(raw: Any, found: Any, place: Trail, trail: Trail, shape: Any) -> list[Trail]:
    """Mend one place; the trails of what can't be relied on from now."""
    around, name = _reach(raw, trail[:-1]), trail[-1]
    if found["type"] in ("too_short", "too_long"):
        return _resize(_reach(raw, trail), found, place, trail, shape)
    if isinstance(around, str) and isinstance(name, int):  # one text that stood for a list of one
        _reach(raw, trail[:-2])[trail[-2]] = [_stand_in(shape_at(shape, place))]
    elif isinstance(around, list) and isinstance(name, int):
        around[name] = _stand_in(shape_at(shape, place))
    elif not isinstance(around, dict):
        return []  # it is mended around
    elif found["type"].startswith("union_tag"):
        around[name] = _kind(around)
    elif "[key]" in found["loc"] or not _required(shape, place):
        around.pop(name, None)
    else:
        around[name] = expected(found)[0] if found["type"] == "literal_error" else _stand_in(shape_at(shape, place))
    return [trail]


def _resize(held: Any, found: Any, place: Trail, trail: Trail, shape: Any) -> list[Trail]:
    """Make a list or map as long as it must be, or as short."""
    context = found["ctx"]
    if found["type"] == "too_long":
        del held[context["max_length"] :]
        return [trail]
    names = range(len(held), context["min_length"])
    if isinstance(held, dict):
        held.update({f"hole{number}": _stand_in(shape_at(shape, (*place, "hole"))) for number in names})
        return [(*trail, f"hole{number}") for number in names]
    held.extend(_stand_in(shape_at(shape, (*place, number))) for number in names)
    return [(*trail, number) for number in names]


def _reach(raw: Any, trail: Trail) -> Any:
    for part in trail:
        inside = (isinstance(raw, dict) and part in raw) or (isinstance(raw, list) and isinstance(part, int))
        raw = raw[part] if inside else None
    return raw


def _required(shape: Any, place: Trail) -> bool:
    """Whether a field may not be left out; what a map holds by a name may not either."""
    models = [*models_of(shape_at(shape, place[:-1]))]
    return not models or any(
        m.model_fields[name].is_required() for m in models if (name := place[-1]) in m.model_fields
    )


def _kind(question: dict) -> str:
    """What kind of question one is that does not say so, by what it has."""
    known = {"options": "choice", "scenes": "case", "pairs": "match", "steps": "order"}
    return next((kind for key, kind in known.items() if key in question), "number")


def _stand_in(shape: Any) -> Any:
    """Something that may stand where a shape is asked for; of a model, one whose fields are all missing."""
    literal = typing.get_args(shape) if typing.get_origin(shape) is typing.Literal else ()
    return next((copy.deepcopy(one) for one in (*literal, *STAND_INS) if _fits(shape, one)), None)


def _fits(shape: Any, value: Any) -> bool:
    try:
        adapter(shape).validate_python(value)
    except ValidationError as error:
        return all(found["type"] == "missing" for found in error.errors(include_url=False))
    return True
