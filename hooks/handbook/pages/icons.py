"""Icons: empty elements that one stylesheet draws, so that no page carries drawings.

They say nothing to who can't see them: words stand beside each, or the element around it has a label.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

from ..kit import drawings

THEME = ".icons/material/"  # where the theme's own pages look for drawings
SAME = {"magnify": "search"}  # what one of ours is called there
SIGNS = re.compile(r"[%#\\]|(?<=:)/")  # the last one, as addresses of other hosts have
STYLES = "assets/icons.css"  # from the docs folder; mkdocs.yml names it


@cache
def icon(name: str) -> Markup:
    """An icon as HTML."""
    return Markup(f'<i class="icon icon-{name}"></i>')


def in_place(root: Path, template: str) -> str | None:
    """What the theme's pages include in place of a drawing that is among ours: none of them carries it then."""
    there = template.removeprefix(THEME).removesuffix(".svg")
    name = SAME.get(there, there)
    return icon(name) if template.startswith(THEME) and name in drawings(root) else None


def stylesheet(root: Path) -> bytes:
    """What draws each icon, in the colour of the text around it: `handbook.css` takes `--drawing` for a mask."""
    rules = (
        f'.icon-{name}{{--drawing:url("data:image/svg+xml,{_address(path)}")}}' for name, path in drawings(root).items()
    )
    return "\n".join(rules).encode()


def _address(path: Path) -> str:
    """A drawing as an address in double quotes: longer ones, with every sign escaped, say no more."""
    drawing = path.read_text("utf-8")
    return SIGNS.sub(lambda sign: f"%{ord(sign[0]):02X}", " ".join(drawing.split()).replace('"', "'"))
