"""Joining words of several scripts: the one place that knows where a blank belongs."""

from __future__ import annotations

import unicodedata


def joined(*parts: str) -> str:
    """Parts in one line, 「22:00」 and 「起」 as 「22:00 起」: Chinese and what is written in letters or digits have a
    blank between them, two of the latter as well; nothing beside punctuation that is as wide as a character."""
    line = ""
    for part in parts:
        line += between(line, part) + part
    return line


def between(one: str, two: str) -> str:
    """The blank that belongs between two parts, if one does."""
    return " " if one and two and _apart(one[-1], two[0]) else ""


def _apart(one: str, two: str) -> bool:
    return not (one.isspace() or two.isspace()) and not (_wide(one) and _wide(two)) and _written(one) and _written(two)


def _wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF"


def _written(sign: str) -> bool:
    """Whether a sign is part of a word or an amount; wide punctuation has its own blank, and brackets need none."""
    return sign.isalnum() or sign in "%°$<>-"
