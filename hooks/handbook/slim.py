"""Scripts and styles without their comments and blanks: readers' phones need neither."""

from __future__ import annotations

import minify

KINDS = {".js": "application/javascript", ".css": "text/css"}


def slim(path: str, text: str) -> str:
    """The text of a script or a style without what only its authors read; comments that begin with `!` stay, as
    licences do.

    Raises ValueError, with its place, where it is not written right.
    """
    try:
        slimmed: str = minify.string(KINDS[path[path.rindex(".") :]], text)
    except minify.MinifyError as wrong:
        raise ValueError(f"{path}: {wrong}") from None
    return slimmed
