"""What every site of ours asks of its generator, whatever its own mkdocs.yml asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..kit import listed
from .icons import STYLES

GUIDE = "authors"  # the folder of pages that the guide for authors is shown in
ASSETS = "assets"
CSS = (f"{ASSETS}/tokens.css", f"{ASSETS}/handbook.css", STYLES)
MODULE = f"{ASSETS}/handbook.js"
# The menu lists sections, and a section's page lists what is in it.
UNLISTED = (
    "procedures",
    "standards",
    "roles",
    "forms",
    "quiz",
    "exams",
    "review",
    "supervisors",
    "search-words",
    "runs",
    GUIDE,
)
NOT_IN_NAV = [f"/{folder}/*" for folder in UNLISTED]


def shared(root: Path, docs: Path) -> Iterator[tuple[str, Path]]:
    """Scripts, styles and the guide by their paths from the docs folder, but for those that the organisation has."""
    for folder, room in ((ASSETS, "web"), (GUIDE, "guide")):
        for name, path in listed(root, room).items():
            if not (docs / folder / name).exists():
                yield f"{folder}/{name}", path
