"""The engine's own files: templates, theme, scripts and styles, icons, guide. An organisation's take their place by name.

overrides/web/tokens.css          colours and sizes
overrides/icons/quiz.svg          a drawing
overrides/templates/home.html     a page; templates/paper/card.typ, a sheet
overrides/theme/main.html         what stands around every page
"""

from __future__ import annotations

from pathlib import Path

ENGINE = Path(__file__).parent
OVERRIDES = "overrides"  # from the project's folder
ROOMS = ("guide", "icons", "templates", "theme", "web")


def folders(root: Path, room: str) -> list[Path]:
    """Where the files of a room are looked for, one after another: the organisation's own come first."""
    return [folder for folder in (root / OVERRIDES / room, ENGINE / room) if folder.is_dir()]


def listed(root: Path, room: str, pattern: str = "*") -> dict[str, Path]:
    """Every file of a room by its name below it, in the order of names."""
    found = {}
    for folder in reversed(folders(root, room)):
        found |= {path.relative_to(folder).as_posix(): path for path in folder.rglob(pattern) if path.is_file()}
    return dict(sorted(found.items()))


def find(root: Path, room: str, name: str) -> Path:
    """One file of a room."""
    return next(path for folder in folders(root, room) if (path := folder / name).is_file())
