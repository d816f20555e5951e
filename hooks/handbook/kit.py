"""The engine's own files: templates, theme, scripts and styles, icons, guide. An organisation's own, of the same name
in its folder `overrides/`, takes their place: `overrides/web/tokens.css` (colours), `overrides/icons/quiz.svg` (a
drawing), `overrides/templates/home.html` (a page's words), `overrides/templates/paper/card.typ` (a sheet).
"""

from __future__ import annotations

from pathlib import Path

ENGINE = Path(__file__).parent
OVERRIDES = "overrides"  # from the project's folder
FRONT_DESK, LANGUAGE = "front-desk", "zh-Hant"  # what `handbook new` can start from, in `new/`
ROOMS = ("guide", "icons", "templates", "theme", "web")


def folders(root: Path, room: str) -> list[Path]:
    """Where the files of a room are looked for, one after another: the organisation's own come first."""
    return [folder for folder in (root / OVERRIDES / room, ENGINE / room) if folder.is_dir()]


def listed(root: Path, room: str, pattern: str = "*") -> dict[str, Path]:
    """Every file of a room by its name below it, in the order of names."""
    found: dict[str, Path] = {}
    for folder in reversed(folders(root, room)):
        found |= _below(folder, pattern)
    return dict(sorted(found.items()))


def engines(room: str) -> dict[str, Path]:
    """The engine's files of a room by their names."""
    return _below(ENGINE / room, "*")


def _below(folder: Path, pattern: str) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob(pattern) if path.is_file()}


def find(root: Path, room: str, name: str) -> Path:
    """One file of a room."""
    return next(path for folder in folders(root, room) if (path := folder / name).is_file())


def drawings(root: Path) -> dict[str, Path]:
    """All icons there are, by their names."""
    return dict(sorted((path.stem, path) for path in listed(root, "icons", "*.svg").values()))
