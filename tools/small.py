"""`--smoke` among a tool's arguments: it goes its whole way once, on little, so that one knows that it works; such
figures say nothing."""

from __future__ import annotations

import sys

SMALL = "--smoke" in sys.argv
FLAGS = ["--smoke"] if SMALL else []  # for a tool that calls another
FEW = 30  # SOPs


def rounds(count: int) -> int:
    """How often something is measured."""
    return 1 if SMALL else count


def sizes(usual: list[int]) -> list[int]:
    """For which numbers of SOPs: those asked for, or the usual ones."""
    asked = [int(one) for one in sys.argv[1:] if one.isdigit()]
    return asked or ([FEW] if SMALL else usual)
