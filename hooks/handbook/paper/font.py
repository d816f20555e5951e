"""The one font that we print with: it comes in a package pinned by its hash, so that paper is the same everywhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

PACKAGE = "manimgx-fonts-cjk"
FACE = "Noto Sans CJK TC"  # of the five in the file, the one whose punctuation is Taiwan's


def font_file() -> Path:
    """Where the font lies."""
    return Path(str(files("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"))


@cache
def printable() -> frozenset[str]:
    """Every character that the font has a drawing for."""
    # Here, because hardly any handbook makes us open the font.
    from fontTools.ttLib import TTCollection  # type: ignore[import-untyped]

    with TTCollection(font_file(), lazy=True) as faces:
        face = next(face for face in faces if face["name"].getDebugName(1) == FACE)
        return frozenset(map(chr, face.getBestCmap()))
