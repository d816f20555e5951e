"""What was called otherwise before: old ids and what they are called now, so that no link, result or sheet is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..problem import Problem
from .book import Handbook


class Claim(NamedTuple):
    """What once had an id, as its file says: the file's key and the place in it, the old id, and the one of now.

    Ids of clauses and questions are those of the SOP before, `sop#id`: of its name now, whatever the author wrote.
    """

    file: str
    trail: tuple[str | int, ...]
    old: str
    now: str

    def problem(self, book: Handbook, code: str, message: str) -> Problem:
        return book.problem(self.file, self.trail, code, message)


@dataclass(frozen=True)
class Former:
    """What old ids are called now, by sorts. A clause has as many as its SOP and it had names."""

    keys: dict[str, str] = field(default_factory=dict)  # SOPs, forms, posts
    clauses: dict[str, str] = field(default_factory=dict)  # sop#clause
    inside: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # SOP → clause → its old ids there
    moved: dict[str, dict[str, str]] = field(default_factory=dict)  # SOP → id of a clause once there → sop#clause

    def now(self, ref: str) -> str | None:
        """What an SOP, a form, a post or `sop#clause` is called now, if it was called so before."""
        return self.keys.get(ref) or self.clauses.get(ref)


@lru_cache(maxsize=1)
def former(book: Handbook) -> Former:
    """All old ids of a handbook."""
    found = Former(dict(_renamed(book)))
    for claim in claims_of_clauses(book):
        home, _, inner = claim.old.partition("#")
        sop, _, clause = claim.now.partition("#")
        if home == sop:
            found.inside.setdefault(sop, {}).setdefault(clause, []).append(inner)
        else:
            found.moved.setdefault(home, {})[inner] = claim.now
    found.clauses.update(everywhere(found.keys, claims_of_clauses(book), book.clauses))
    return found


def everywhere(
    keys: dict[str, str], claims: Iterator[Claim], present: dict[str, list[str]] | dict[str, dict]
) -> Iterator[tuple[str, str]]:
    """Old → now of all that stands in SOPs: each was there under every name that its SOP had, and has."""
    for claim in claims:
        home, _, inner = claim.old.partition("#")
        yield from ((f"{name}#{inner}", claim.now) for name in (home, *(old for old in keys if keys[old] == home)))
    for old, now in keys.items():
        yield from ((f"{old}#{ident}", f"{now}#{ident}") for ident in present.get(now, ()))


def claims_of_keys(book: Handbook) -> Iterator[Claim]:
    """What SOPs, forms and posts were called."""
    for sop in book.sops.values():
        yield from (Claim(sop.id, ("formerly", n), old, sop.id) for n, old in enumerate(sop.formerly))
    for key, form in book.forms.items():
        yield from (Claim("forms", (key, "formerly", n), old, key) for n, old in enumerate(form.formerly))
    for key, post in book.organization.posts.items():
        trail = ("posts", key, "formerly")
        yield from (Claim("organization", (*trail, n), old, key) for n, old in enumerate(post.formerly))


def claims_of_clauses(book: Handbook) -> Iterator[Claim]:
    """What clauses were called."""
    for sop, placed in book.each():
        for n, old in enumerate(placed.clause.formerly):
            trail = (*placed.trail, "formerly", n)
            yield Claim(sop.id, trail, full_id(book, sop.id, old), f"{sop.id}#{placed.clause.id}")


def full_id(book: Handbook, home: str, old: str) -> str:
    """An old id with its SOP as that is called now: `listen` → `complaints#listen`."""
    key, _, inner = old.rpartition("#")
    return f"{_renamed(book).get(key, key) or home}#{inner}"


@lru_cache(maxsize=1)
def _renamed(book: Handbook) -> dict[str, str]:
    return {claim.old: claim.now for claim in claims_of_keys(book)}
