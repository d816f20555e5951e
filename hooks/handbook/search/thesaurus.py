"""Words that say the same at any front desk: who types one finds what a handbook says with another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from .letters import fold

WORDS = Path(__file__).with_name("thesaurus.txt")


@cache
def groups() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The words of each group, each with the form in which it is compared."""
    lines = (line for line in WORDS.read_text("utf-8").splitlines() if line[:1] not in ("", "#"))
    return tuple(tuple((word, fold(word.lower())) for word in line.replace("_", "\0").split()) for line in lines)


def kin(texts: Iterable[str]) -> Iterator[str]:
    """The groups of which a word stands in some texts: `these,words|others`. What has one of these words in it is found
    without."""
    text = fold("\n".join(texts).lower())
    for group in groups():
        here = [(word, form) for word, form in group if _stands(form.replace("\0", " "), text)]
        others = [word for word, form in group if not any(known in form for _, known in here)]
        if here and (others or len(here) > 1):
            yield f"{','.join(word for word, _ in here)}|{','.join(others)}".replace("\0", " ")


def _stands(form: str, text: str) -> bool:
    """Whether a word stands in a text: one in letters by itself or as many, as there is a line in online and a tea in
    team."""
    if form not in text:
        return False
    return not form.isascii() or bool(re.search(rf"(?<![a-z]){re.escape(form)}(?:e?s)?(?![a-z])", text))
