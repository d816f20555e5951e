"""Questions about who acts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ...model.questions import Choice
from .choice import choice
from .entries import TRIES, Entry, drawn, shelf, teller, without
from .spots import Pool


def who(pool: Pool) -> Iterator[Choice]:
    """Who acts where it is not the SOP's own actor; each post once an SOP."""
    asked: set[str] = set()
    posts = pool.book.organization.posts
    for spot in pool.spots:
        named = spot.clause.who
        if len(named) == 1 and named[0] not in asked and named != pool.sop.actors and named[0] in posts and spot.do:
            asked.add(named[0])
            ask = f"{spot.scene}「{spot.do}」，由誰來做？"
            name = posts[named[0]].name
            if name not in ask:
                tiers = (_own(pool, named[0]), _beside(pool, named[0]), _elsewhere(pool, named[0]))
                options = drawn(name, ((shelf(islice(tier, TRIES)), without(ask)) for tier in tiers))
                yield from choice("who", spot, ask, options, spot.why(f"「{pool.title}」裡，這一步由{name}來做。"))


def _own(pool: Pool, right: str) -> Iterator[Entry]:
    """The posts that the SOP is for: they act wherever it does not say who."""
    posts = pool.book.organization.posts
    for post in pool.sop.actors:
        if post != right and post in posts:
            name = posts[post].name
            yield Entry(name, post, teller(lambda name: f"{name}做的是沒有另外指明的步驟。", name))


def _beside(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act elsewhere in the same SOP, or are told."""
    posts = pool.book.organization.posts
    for post, said in pool.named.items():
        if _may_be_taken(pool, post, right):
            yield Entry(posts[post].name, post, teller(str, said))


def _elsewhere(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act in other SOPs."""
    posts = pool.book.organization.posts
    for post, (sop, clause) in pool.stock.acting.items():
        if _may_be_taken(pool, post, right):
            done = pool.book.plain(clause.do or "", sop.id)
            said = f"{posts[post].name}做的是「{pool.book.title(sop)}」裡的「{done}」。"
            yield Entry(posts[post].name, post, teller(str, said))


def _may_be_taken(pool: Pool, post: str, right: str) -> bool:
    """Whether a post is of the same sort: a department and a post in it may be the same people."""
    posts = pool.book.organization.posts
    if post == right or post not in posts or right not in posts or post in pool.sop.actors:
        return False
    return posts[post].department == posts[right].department
