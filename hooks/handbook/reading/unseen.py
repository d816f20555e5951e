"""Characters that nobody sees, and where in a text they stand."""

from __future__ import annotations

import re

from ..model.document import LINE_END, Position

UNSEEN = "這裡有看不見的控制字元，刪掉它"

# Controls, line breaks that only YAML knows, and what is of no width or turns the direction of reading: nobody sees
# them in an editor, and what stands around them is not what it looks like.
_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"
    r"\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_UNSEEN_BEYOND = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17)
)
_PLANES = "\U00010000-\U0010ffff"  # beyond Unicode's first
_HIDDEN, _BEYOND, _EITHER = (re.compile(f"[{signs}]") for signs in (_UNSEEN, _PLANES, _UNSEEN + _PLANES))
_HIDDEN_BEYOND = re.compile(f"[{_UNSEEN_BEYOND}]")

# Emoji that are joined, and flags that are spelt: what nobody sees in them is part of what everybody does.
_PICTURE = (
    "[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff\u20e3]*"
)
_JOINED = re.compile(f"{_PICTURE}(?:\u200d{_PICTURE})+|\U0001f3f4[\U000e0020-\U000e007e]{{2,8}}\U000e007f")


def hidden(text: str) -> re.Match[str] | None:
    """The first character that nobody sees. Few texts have one or leave Unicode's first plane, where to look takes
    long."""
    if not _EITHER.search(text):
        return None
    if _BEYOND.search(text):
        text = _JOINED.sub(lambda found: "." * len(found[0]), text)
        return _HIDDEN.search(text) or _HIDDEN_BEYOND.search(text)
    return _HIDDEN.search(text)


def position_after(before: str) -> Position:
    """The line and column at which a text goes on."""
    lines = LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1
