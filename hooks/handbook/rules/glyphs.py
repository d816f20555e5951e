"""The rule on characters: our fonts have no drawing for some, and paper would show an empty box without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..paper.font import printable
from ..paper.wanted import printed
from ..reading.unseen import hidden
from .texts import Words, wording

# What the font certainly has, so that hardly any handbook makes us open it; a test holds this against the font.
SURE = "\n\x20-\x7e\u00b0\u00b7\u2014\u2026\u3000-\u3003\u3008-\u3011\u4e00-\u9fa5\uff01-\uff5e"
_DOUBTFUL = re.compile(f"[^{SURE}]")
TYPED = {"aliases", "said"}  # fields that only search knows: nothing in them is printed


def missing(text: str) -> list[str]:
    """The characters of a text that can't be printed, each once; what nobody sees is refused as such elsewhere."""
    doubtful = (one for one in dict.fromkeys(_DOUBTFUL.findall(text)) if not hidden(one))
    return [one for one in doubtful if one not in printable()]


@wording("unprintable", suspect=_DOUBTFUL, bad="do: 請住戶簽名 𓀀", good="do: 請住戶簽名")
def unprintable(words: Words) -> Iterator[str]:
    """每個字都要印得出來：紙本用的字型沒有的字（例如古文字），印出來會是空格。沒有紙本（paper: false）就不管。"""
    if words.field not in TYPED and (lost := missing(words.text)) and printed(words.book.root):
        shown = "、".join(f"「{one}」（U+{ord(one):04X}）" for one in lost)
        yield f"{shown} 印不出來；螢幕上看得到就好的，用 allow 寫明"
