"""`--smoke` among a tool's arguments: it goes its whole way once, on little, so that one knows that it works; such
figures say nothing."""

from __future__ import annotations

import sys
from pathlib import Path

SMALL = "--smoke" in sys.argv
FLAGS = ["--smoke"] if SMALL else []  # for a tool that calls another
FEW = 30  # SOPs


def rounds(count: int) -> int:
    """How often something is measured."""
    return 1 if SMALL else count


def sizes(usual: list[int]) -> list[int]:
    """For which numbers of SOPs: those asked for, or the usual ones."""
    words = [one for one in sys.argv[1:] if one not in FLAGS]
    if not all(one.isdigit() for one in words):
        sys.exit(f"{Path(sys.argv[0]).name} takes numbers of SOPs (100 300 1000), or --smoke to do it once on little")
    asked = [int(one) for one in words]
    return asked or ([FEW] if SMALL else usual)
