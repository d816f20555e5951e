"""What questions and their files are called in a package."""

from __future__ import annotations

from ...quiz.plain import Moment, Plain


def identifier(one: Plain) -> str:
    """What an item is called in the package: `complaints_harm-goes-on`, `complaints_mrs-lin_shouting`."""
    scene = f"_{one.scene}" if isinstance(one, Moment) else ""
    return f"{one.sop}_{one.question}{scene}"


def file_of(one: Plain) -> str:
    """Where an item lies in the package."""
    return f"items/{identifier(one)}.xml"


def letter(place: int) -> str:
    """An answer's identifier in its item."""
    return chr(ord("A") + place)
