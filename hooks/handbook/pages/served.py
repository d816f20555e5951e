"""What a served site was made of: after an edit, only what is another is made again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..kit import listed
from ..reading.files import walk
from .page import Page
from .settings import UNLISTED
from .site import Files


@dataclass(frozen=True)
class Served:
    """A site as it stands: a fingerprint of what is around every page, and the pages and files by their paths."""

    frame: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    files: Files = field(default_factory=dict)

    def is_like(self, other: Served) -> bool:
        """Whether each page is framed as in the other one, and has the same neighbours."""
        return self.frame == other.frame and [*self.pages] == [*other.pages] and self.files.keys() == other.files.keys()

    def has(self, page: Page) -> bool:
        """Whether a page that no menu lists by itself stands as it should."""
        return page.path.partition("/")[0] in UNLISTED and self.pages.get(page.path) == page

    def has_file(self, path: str, content: bytes | Path) -> bool:
        return isinstance(content, bytes) and self.files.get(path) == content


def frame(root: Path, settings: Path, docs: Path, words: Iterable[str]) -> str:
    """A fingerprint of what every page shows or obeys: settings, theme, the site's name, and the pages in its menu."""
    around = [path for room in ("theme", "guide") for path in listed(root, room).values()]
    files = sorted([settings, *around, *(path for path in walk(docs) if path.suffix == ".md")])
    parts = [*(word.encode() for word in words), *(path.as_posix().encode() + path.read_bytes() for path in files)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
