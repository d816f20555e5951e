"""The fonts that we print with: they come in packages pinned by their hashes, so that paper is the same everywhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

PACKAGES = ("manimgx-fonts-cjk", "manimgx-fonts")  # Chinese; and what it lacks: emoji, Thai and other scripts
CHANGING = frozenset("\u200d\ufe0e\ufe0f\u20e3")  # joins, colours or frames what stands before it
FACE = "Noto Sans CJK TC"  # of the five in the file, the one whose punctuation is Taiwan's


def font_file() -> Path:
    """Where the font lies."""
    return Path(str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"))


def other_files() -> list[Path]:
    """Where the fonts lie for what that one lacks."""
    return sorted(Path(str(files("manimgx_fonts"))).glob("*.ttf"))


@cache
def printable() -> frozenset[str]:
    """Every character that some font has a drawing for, and what changes the one before it."""
    # Here, because hardly any handbook makes us open the fonts.
    from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

    with TTCollection(font_file(), lazy=True) as faces:
        face = next(face for face in faces if face["name"].getDebugName(1) == FACE)
        found = set(face.getBestCmap())
    for path in other_files():
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(map(chr, found)) | CHANGING
