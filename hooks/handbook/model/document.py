"""A file as it was read: its values, every text in it, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from ..problem import Problem

LINE_END = re.compile("\r\n|\r|\n")
Trail = tuple[str | int, ...]
Position = tuple[int, int]
ALIASED = "\ue000"  # a star in the text that marks are taken from
Link = tuple[Any, str | int]  # a name (a key, or a number in a list) after the link to what it stands in, or None

# A text of a file: the link to its place, the key that it stands under (numbers in lists do not count), and what it
# says. A thousand SOPs have six hundred thousand, so it is no class of its own.
Text = tuple[Link | None, str, str]


def trail_of(link: Link | None) -> Trail:
    """The keys and numbers that lead somewhere from the top: made of links only when somebody asks."""
    names: list[str | int] = []
    while link:
        names.append(link[1])
        link = link[0]
    return tuple(reversed(names))


@dataclass
class Document:
    """One file: its value, every text in it, and where each of its values and keys stands."""

    path: str
    value: Any = None
    yaml: str = ""
    problems: list[Problem] = field(default_factory=list)
    holes: set[Trail] = field(default_factory=set)  # where something stands in for what could not be read
    lost: set[str] = field(default_factory=set)  # the keys of what can't be known at all
    mended: dict[int, int] = field(default_factory=dict)  # the lines that were read as they should be → their length
    # By lines: where something was read otherwise than it is written, and by how much what follows moved.
    moved: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    @property
    def torn(self) -> bool:
        """Whether something of it could not be read."""
        return bool(self.holes or self.lost)

    def hides(self, names: Iterable[str]) -> bool:
        """Whether what could not be read may hold a value under one of these keys."""
        wanted = {*names}
        return bool(wanted & self._hidden) or bool(_WHOLE & self._hidden and wanted - _REGISTERED)

    def follows(self, trail: Trail, beside: Iterable[str] = ()) -> bool:
        """Whether a problem at a place may only follow from what could not be read there, or beside it."""
        inside = any(trail[:end] in self.holes for end in range(1, len(trail) + 1))
        return inside or bool(trail and trail in self._around) or bool(self._around.get(trail[:-1], set()) & {*beside})

    @cached_property
    def _hidden(self) -> set[str]:
        """The keys whose values could not be read: those nearest to each hole."""
        nearest = (next((part for part in reversed(hole) if isinstance(part, str)), "") for hole in self.holes)
        return self.lost | {*nearest}

    @cached_property
    def _around(self) -> dict[Trail, set[str | int]]:
        """What each hole stands in → the names of the holes in there."""
        found: dict[Trail, set[str | int]] = {}
        for hole in self.holes:
            found.setdefault(hole[:-1], set()).add(hole[-1])
        return found

    @cached_property
    def citing(self) -> list[Text]:
        """Those that have a placeholder."""
        return [text for text in self.texts if "$(" in text[2]]

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of the file that is not a key."""
        if isinstance(self.value, str):
            return [(None, "", self.value)]
        found: list[Text] = []
        rest: list[tuple[Link | None, str, Any]] = [(None, "", self.value)] if self.value else []
        while rest:
            around, field, value = rest.pop()
            keyed = type(value) is dict
            pairs: Iterable[tuple[Any, Any]] = value.items() if keyed else enumerate(value)
            for name, inner in pairs:
                under = name if keyed else field
                if type(inner) is str:
                    found.append(((around, name), under, inner))
                else:
                    rest.append(((around, name), under, inner))
        return found

    @cached_property
    def lines(self) -> list[str]:
        """Its text, line by line, as it is read."""
        return LINE_END.split(self.yaml)

    @cached_property
    def _marks(self) -> Marks | None:
        """Where everything stands: only a file that has problems is read once more for it."""
        loader = yaml.CSafeLoader(self.yaml)
        return _marks(loader.get_node()) if loader.check_node() else None

    def at(self, trail: Trail, key: bool = False) -> Position:
        """The line and column (from 1) of a value or its key; what is missing points at its nearest parent."""
        marks = self._marks
        if not marks:
            return 1, 1
        missing = list(trail)
        while missing and (found := marks.inside.get(missing[0])):
            marks = found
            missing.pop(0)
        whole = not missing or (len(missing) == 1 and isinstance(missing[0], int))  # one text stands for a list of one
        return self.as_written(marks.value if (whole and not key) or not marks.key else marks.key)

    def as_written(self, at: Position) -> Position:
        """A place in what was read as it is in the file."""
        line, column = at
        for start, moved in self.moved.get(line, ()):
            column += moved if column > start else 0
        return line, min(column, self.mended.get(line, column) + 1)

    def replace(self, value: Any, yaml: str) -> None:
        """Hold another reading of the same file."""
        self.value, self.yaml = value, yaml
        for name in ("_marks", "lines"):
            self.__dict__.pop(name, None)

    def refuse(self, code: str, message: str, at: Position = (1, 1)) -> Document:
        """Note why the file can't be read, and hold nothing of it."""
        self.problems.append(Problem(self.path, *at, code, message))
        self.value, self.yaml = None, ""
        return self

    def problem(self, trail: Trail, code: str, message: str, *, key: bool = False, warning: bool = False) -> Problem:
        return Problem(self.path, *self.at(trail, key), code, message, warning, trail)


# What holds whole clauses or questions: where one of them is a hole, it may have held anything.
_WHOLE = {"steps", "choose", "rules", "duties", "day", "questions"}
_REGISTERED = {"names", "posts", "work_week", "left_out", "open_points"}  # … but these


@dataclass(frozen=True)
class Marks:
    """Where a value and its key start, and where those inside do: by their keys, or by their numbers."""

    value: Position
    key: Position | None
    inside: dict[str | int, Marks]


def _marks(node: Any, key: Position | None = None) -> Marks:
    inside: dict[str | int, Marks] = {}
    if isinstance(node, yaml.SequenceNode):
        inside = {number: _marks(inner) for number, inner in enumerate(node.value)}
    elif isinstance(node, yaml.MappingNode):
        for name, inner in reversed(node.value):  # of equal keys, the first counts
            text = name.value.replace(ALIASED, "*") if isinstance(name, yaml.ScalarNode) else ""
            inside[text] = _marks(inner, place_of(name.start_mark))
    return Marks(place_of(node.start_mark), key, inside)


def place_of(mark: Any) -> Position:
    """The line and column of one of the parser's marks."""
    return mark.line + 1, mark.column + 1
