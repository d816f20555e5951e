"""What characters have in common: one form for all ways to write them, and how they look and sound to a phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from opencc import OpenCC  # type: ignore[import-untyped]

HAN = [chr(code) for code in range(0x4E00, 0xA000)]

# Further characters that are one, each with the form that it shares: what Taiwan writes as one and OpenCC tells apart;
# what the official OpenCC (1.4.2) folds and this port of it does not; what neither does, and keyboards and staff write.
SAME = (
    "着著 "
    "劄札 箚札 幷并 扞捍 拚拼 搧扇 擡抬 牴抵 舖铺 袷夹 谿溪 貍狸 逕径 迳径 遶绕 "
    "妳你 枱台 櫈凳 粧妆 衞卫 吿告 祇只 祗只 衹只 麺面 菓果 搾榨 痲麻 塲场 鉄铁 濶阔 姉姐 勅敕 佰百 煑煮 妬妒 藉借"
)
ALIKE = Path(__file__).with_name("alike.txt")


@cache
def folded() -> dict[str, str]:
    """Character → the Simplified form that it shares with others, for each that differs from it. Several Traditional
    characters may share one Simplified, never the other way round."""
    simplified = OpenCC("t2s").convert("\n".join(HAN)).split("\n")
    fold = {one: other for one, other in zip(HAN, simplified, strict=True) if one != other}
    fold |= {pair[0]: pair[1] for pair in SAME.split()}
    return {one: fold.get(other, other) for one, other in fold.items()}  # 薴 is 苧, and that is 苎


def fold(text: str) -> str:
    """A text with every character in its folded form."""
    known = folded()
    return "".join(known.get(character, character) for character in text)


@cache
def common() -> str:
    """The 3,755 characters that people write most, which are Simplified: the first part of GB 2312, in its order. A
    phone has them too, in the decoder of every browser."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", "ignore") for code in codes)


@lru_cache(2)
def alike(known: frozenset[str]) -> tuple[str, ...]:
    """Groups of characters that are taken for one another as they look alike. They are folded, but for those whose
    folded form is neither known nor common: a phone leaves these as they are."""
    folds = known.union(common())
    lines = ALIKE.read_text("utf-8").splitlines()
    groups = ([fold(one) if fold(one) in folds else one for one in line] for line in lines if line[:1] != "#")
    return tuple("".join(dict.fromkeys(group)) for group in groups)


def forms(order: str, wanted: Iterable[str]) -> str:
    """What folds to the characters of a text, where they are wanted: each of these forms as it stands, with the number
    of characters before it that the one it folds to is further than that of the form before."""
    others: dict[str, str] = {}
    for one, other in folded().items():
        others[other] = others.get(other, "") + one
    left = set(wanted)
    told, skipped = "", 0
    for character in order:
        for form in others.get(character, "") if character in left else "":
            told += f"{skipped or ''}{form}"
            skipped = 0
        left.discard(character)
        skipped += 1
    return told


def table(sounds: Mapping[str, Iterable[str]]) -> dict[str, object]:
    """What a phone must know of some characters, given in their folded form with all their sounds: `sounds`, the
    characters of each syllable; `fold`, the other forms of these characters, in this order; `alike`, which of them are
    taken for others."""
    by_sound: dict[str, str] = {}
    for character in sorted(sounds):
        for sound in sorted(sounds[character]):
            by_sound[sound] = by_sound.get(sound, "") + character
    by_sound = dict(sorted(by_sound.items()))
    order = "".join(by_sound.values())
    groups = " ".join(group for group in alike(frozenset(sounds)) if any(one in sounds for one in group))
    return {"fold": forms(order, sounds), "sounds": by_sound, "alike": groups}


def rest(sounds: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """What a phone must know of the other common characters, which are in queries alone: `common`, how they sound one
    after the other, each sound with how many in a row; `fold`, as in a table. Those it knows may sound as they like."""
    known = set(known)
    heard: list[str] = []
    for character in common():
        heard.append(heard[-1] if heard and character in known else sounds.get(character, ""))
    counts = ((sound, len(list(run))) for sound, run in groupby(heard))
    runs = "".join(f"{sound or '-'}{count}" for sound, count in counts)
    return {"fold": forms(common(), set(common()) - known), "common": runs}
