"""The rule on characters: a font has no drawing for some, and paper would show an empty box without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..paper.font import printable
from ..reading.unseen import hidden
from .texts import Words, wording

# What the font certainly has, so that hardly any handbook makes us open it; a test holds this against the font.
SURE = "\x20-\x7e\u00b0\u00b7\u2014\u2026\u3000-\u3003\u3008-\u3011\u4e00-\u9fa5\uff01-\uff5e"
_DOUBTFUL = re.compile(f"[^{SURE}\n]")  # a line's end is a blank at most
TYPED = {"aliases", "said"}  # fields that only search knows: nothing in them is printed


def missing(text: str) -> list[str]:
    """The characters of a text that can't be printed, each once; what nobody sees is refused as such elsewhere."""
    doubtful = (one for one in dict.fromkeys(_DOUBTFUL.findall(text)) if not hidden(one))
    return [one for one in doubtful if one not in printable()]


@wording("unprintable", breakable=False, bad="do: 請住戶簽名 😀", good="do: 請住戶簽名")
def unprintable(words: Words) -> Iterator[str]:
    """每個字都要印得出來：紙本用的字型沒有的字（例如表情符號），印出來會是空格。"""
    typed = words.field in TYPED or not _DOUBTFUL.search(words.text)
    if not typed and (lost := missing(words.text)):
        yield f"{'、'.join(f'「{one}」（U+{ord(one):04X}）' for one in lost)} 印不出來"
