"""A page: what it is drawn from, and what becomes of it. Every word from YAML in it is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..model.sops import Sop


@dataclass(frozen=True)
class Draft:
    """A page before it is drawn: its path from the docs folder without its ending, its template, its title, the key of
    the document to edit to change it, and what its template is told beside what all are told: gathered only where the
    page is drawn."""

    path: str
    template: str
    title: str
    source: str = "organization"
    sop: Sop | None = None  # whose own placeholders it fills
    description: str = ""
    meta: dict[str, object] = field(default_factory=dict)
    tells: Callable[[], dict[str, Any]] = dict
    # All that it takes from the files beside what is around every page (see render.py); None where that is too much.
    rests_on: tuple[object, ...] | None = None


@dataclass(frozen=True)
class Page:
    """One page: its path from the docs folder (with `.md`), its metadata, its title in words that mean nothing to
    Markdown, its body as HTML, and the file to edit to change it."""

    path: str
    meta: dict[str, object]
    title: str
    body: str
    edit: str

    @property
    def heading(self) -> str:
        """The title as a line of Markdown."""
        return f"# {self.title} {{ #_top }}\n"

    @property
    def html(self) -> str:
        """The page as Markdown would make it."""
        return f'<h1 id="_top">{self.title}</h1>\n{self.body.rstrip()}'

    @property
    def text(self) -> str:
        """The whole page as Markdown, with its metadata in front."""
        front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.meta.items())
        return f"---\n{front}\n---\n\n{self.heading}\n{self.body}"


def inert(text: str) -> str:
    """A text that Markdown and HTML leave alone: every ASCII sign that could mean something becomes an entity."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
