"""The code on a sheet that a phone reads."""

from __future__ import annotations

from functools import cache


@cache  # several sheets of an SOP lead to the same page
def drawn(address: str) -> str:
    """A QR code as a drawing of one path, in SVG; a seventh of it may be dirty or torn. Of no address there is none."""
    import segno  # here, because a handbook that did not change needs none

    return segno.make(address, error="m", micro=False).svg_inline(border=2, omitsize=True) if address else ""
