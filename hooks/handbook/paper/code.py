"""The code on a sheet that a phone reads."""

from __future__ import annotations

from functools import cache

MODULE = 0.4  # mm: the side of the least square of a code; read by an old phone's camera, and by a scanner at 200 dpi


@cache  # several sheets of an SOP lead to the same page
def drawn(address: str) -> str:
    """A QR code as a drawing of one path, in SVG; a seventh of it may be dirty or torn. Of no address there is none.

    The longer the address, the larger the drawing: what it consists of is never smaller than a phone can tell apart.
    The white border that belongs to it is the templates' to leave.
    """
    import segno  # here, because a handbook that did not change needs none

    if not address:
        return ""
    return segno.make(address, error="m", micro=False).svg_inline(border=0, scale=MODULE, unit="mm")
