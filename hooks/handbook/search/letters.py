"""What characters have in common: one form for all ways to write them, and how they sound."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC  # type: ignore[import-untyped]
from pypinyin.constants import PINYIN_DICT

HAN = [chr(code) for code in range(0x4E00, 0xA000)]
SAME = {"着": "著"}  # which Taiwan writes as one, and OpenCC tells apart


@cache
def folded() -> dict[str, str]:
    """Character → the Simplified form that it shares with others, for each that differs from it. Several Traditional
    characters may share one Simplified, never the other way round."""
    simplified = OpenCC("t2s").convert("\n".join(HAN)).split("\n")
    return {one: other for one, other in zip(HAN, simplified, strict=True) if one != other} | SAME


@cache
def syllable(character: str) -> str:
    """How a character sounds, without its tone: `lv` for 率. Empty where it has no sound."""
    first = PINYIN_DICT.get(ord(character), "").split(",")[0]
    marks = unicodedata.normalize("NFD", first).replace("u\u0308", "v")
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


@cache
def common() -> frozenset[str]:
    """The 3,755 characters that people write most: the first part of GB 2312, which is Simplified."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", "ignore") for code in codes))


def table(characters: Iterable[str]) -> dict[str, object]:
    """What a phone must know of some characters, given in their folded form: `fold`, pairs of a character and the form
    that it folds to; `sounds`, the characters of each syllable."""
    wanted = set(characters)
    fold = "".join(one + other for one, other in folded().items() if other in wanted)
    sounds: dict[str, str] = {}
    for character in sorted(wanted):
        if sound := syllable(character):
            sounds[sound] = sounds.get(sound, "") + character
    return {"fold": fold, "sounds": dict(sorted(sounds.items()))}
