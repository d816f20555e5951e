"""The rule on `allow`: only where something is broken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..model.book import Handbook
from ..model.sops import Sop
from ..problem import Problem, rule
from .texts import BREAKABLE, texts_of


@rule("allow-unknown", bad="allow: {vague: 順口}", good="allow: {vague-word: 公司規定的用語}")
def allow_unknown(book: Handbook) -> Iterator[Problem]:
    """allow 只能破用字的規則，而且真的破了才寫。"""
    for sop in book.sops.values():
        for trail, allowed in overrides(sop):
            for code in allowed:
                if code not in BREAKABLE:
                    message = f"{code} 不能破例；可以的是 {'、'.join(sorted(BREAKABLE))}"
                    yield book.problem(sop.id, (*trail, code), "allow-unknown", message, key=True)
                elif not broken_below(book, sop.id, trail[:-1], code):
                    message = f"這裡沒有違反 {code}，拿掉這一項"
                    yield book.problem(sop.id, (*trail, code), "allow-unknown", message, key=True)


def overrides(sop: Sop) -> Iterator[tuple[tuple, dict[str, str]]]:
    """The file's and the clauses' `allow` maps with their trails."""
    yield ("allow",), sop.allow
    for placed in sop.placed:
        yield (*placed.trail, "allow"), placed.clause.allow


def broken_below(book: Handbook, key: str, trail: tuple, code: str) -> bool:
    """Whether any text at or below a place breaks a rule, with or without a reason."""
    return trail in _above_broken(book, key, code)


@lru_cache(maxsize=8)
def _above_broken(book: Handbook, key: str, code: str) -> frozenset[tuple]:
    """The places of a file with a text at or below them that breaks a rule."""
    broken = (words.trail for words in texts_of(book, key) if any(True for _ in BREAKABLE[code].about(words)))
    return frozenset(trail[:end] for trail in broken for end in range(len(trail) + 1))
