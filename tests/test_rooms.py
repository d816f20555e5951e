"""How the engine is laid out: data flows one way, so each room imports only rooms before it, and no file is long."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from handbook.kit import ENGINE

# The order in which data flows: whoever stands in a line may import from those before it, and from its own room.
ORDER = (
    ("problem", "kit", "folder", "day", "kept", "draft"),
    ("model",),
    ("reading",),
    ("quiz",),
    ("paper",),
    ("search",),
    ("rules",),
    ("compile", "expiries"),
    ("due",),
    ("exports",),
    ("offline",),
    ("pages",),
    ("begin", "network"),
    ("hook",),
    ("serve",),
    ("cli",),
    ("__main__",),
)
PLACES = {room: place for place, rooms in enumerate(ORDER) for room in rooms}
LONGEST = 250  # lines of code

MODULES = sorted(path for path in ENGINE.rglob("*.py") if not path.is_relative_to(ENGINE / "new"))  # which is a project
SCRIPTS = sorted(
    path for room in ("web", "offline") for path in (ENGINE / room).rglob("*.js") if "vendor" not in path.parts
)


def name(path: Path) -> str:
    return path.relative_to(ENGINE).as_posix()


def room(path: Path) -> str:
    """The folder that a module lies in, or its own name where it lies beside the rooms."""
    return name(path).split("/")[0].removesuffix(".py")


def imported(path: Path) -> Iterator[Path]:
    """The modules of the engine that a module imports, wherever in it."""
    package = ["handbook", *path.relative_to(ENGINE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            around = package[: len(package) + 1 - node.level] if node.level else []
            module = [*around, *(node.module.split(".") if node.module else [])]
            yield from filter(None, (_found([*module, alias.name]) or _found(module) for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from filter(None, (_found(alias.name.split(".")) for alias in node.names))


def _found(module: list[str]) -> Path | None:
    place = ENGINE.joinpath(*module[1:])
    if module[0] != "handbook":
        return None
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)


def others(path: Path) -> set[Path]:
    """The modules that a module waits for: that a package is made ready before what lies in it is no circle."""
    return {one for one in imported(path) if one.name != "__init__.py"}


def lines(path: Path) -> int:
    """Lines of code: neither blank nor a comment, and in Python no docstring."""
    text = path.read_text("utf-8")
    left = _undocumented(text) if path.suffix == ".py" else re.sub(r"(?ms)^\s*/\*.*?\*/|^\s*//[^\n]*", "", text)
    return sum(1 for line in left.splitlines() if line.strip() and not line.strip().startswith("#"))


def _undocumented(text: str) -> str:
    left = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        documented = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)
        if documented and isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            said = node.body[0]
            left[said.lineno - 1 : said.end_lineno] = [""] * ((said.end_lineno or 0) - said.lineno + 1)
    return "\n".join(left)


@pytest.mark.parametrize("path", [path for path in MODULES if room(path) != "__init__"], ids=name)
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    here = PLACES[room(path)]
    later = {name(one) for one in imported(path) if room(one) != room(path) and PLACES.get(room(one), -1) >= here}
    assert later == set()


def test_no_circle_of_modules() -> None:
    try:
        TopologicalSorter({path: others(path) for path in MODULES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(name(path) for path in error.args[1]))


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name)
def test_no_file_is_long(path: Path) -> None:
    assert lines(path) <= LONGEST


def test_one_file_knows_the_generator() -> None:
    knows = [name(path) for path in MODULES if re.search(r"(?m)^\s*(?:from|import) mkdocs\b", path.read_text("utf-8"))]
    assert knows == ["hook.py"]


def test_rules_ask_paper_only_what_it_can_print_and_whether() -> None:
    asked = {name(one) for path in MODULES if room(path) == "rules" for one in imported(path) if room(one) == "paper"}
    assert asked == {"paper/font.py", "paper/wanted.py"}
