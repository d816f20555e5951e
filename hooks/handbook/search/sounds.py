"""How characters sound, without their tones: all the ways that they do in the words of a handbook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from opencc import OpenCC  # type: ignore[import-untyped]
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from .letters import fold

HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST = 4  # characters of a word; what is longer is made of such

# What Taiwan says otherwise, where more than the tone differs: 教育部《國語一字多音審訂表》. Some sound so
# in one of their words alone: 和 as 'and', 暴露, 巷弄, 大廈.
TAIWAN = """
    bo 薄剥柏  chi 匙  gua 括  han 和  jue 角嚼  kan 槛  le 垃  long 弄  luo 酪烙  mo 抹  nian 粘  pu 暴曝  se 圾
    shei 谁  shou 熟  ti 堤  xi 携系  xia 厦夹  xian 癣  xiao 酵  xie 血  xue 削  yao 淆  yi 液  zhan 暂
"""

NONE = {"打的", "的当", "都会"}  # what stands in 打的電話, 他的當面 and 大家都會 is no word that sounds otherwise


@cache
def syllable(character: str) -> str:
    """How a character sounds by itself: `lv` for 率. Empty where it has no sound."""
    return bare(PINYIN_DICT.get(ord(character), "").split(",")[0])


@cache
def taiwan() -> dict[str, str]:
    """Character → how Taiwan says it."""
    parts = TAIWAN.split()
    return {one: sound for sound, some in zip(parts[::2], parts[1::2], strict=True) for one in some}


def bare(sound: str) -> str:
    """A syllable without its tone, with v for ü."""
    marks = unicodedata.normalize("NFD", sound).replace("u\u0308", "v")
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def words(texts: Iterable[str]) -> set[str]:
    """All words that stand in some texts and whose sound is known, in Simplified characters."""
    runs = set().union(*map(HAN.findall, texts))
    return set().union(*map(_words, runs)) - NONE


@lru_cache(1 << 17)
def _words(run: str) -> frozenset[str]:
    # The library knows Simplified words alone: of Traditional ones it makes gui hai (歸還) and qian jing (乾淨). The
    # 著 of 跟著 is 着 to it.
    simplified = _simplified().convert(run)
    both = {simplified, simplified.replace("著", "着")}
    return frozenset(word for one in both for word in _parts(one) if word in PHRASES_DICT)


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def _parts(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 2, min(start + LONGEST, len(run)) + 1):
            yield run[start:end]


def readings(characters: Iterable[str], texts: Iterable[str]) -> dict[str, set[str]]:
    """Folded character → all its sounds: by itself, in the words that stand in some texts, and in Taiwan."""
    found = {one: {syllable(one), taiwan().get(one, "")} - {""} for one in characters}
    for word in words(texts):
        for character, sounds in zip(fold(word), PHRASES_DICT[word], strict=True):
            if character in found:
                found[character].add(bare(sounds[0]))
    return found
