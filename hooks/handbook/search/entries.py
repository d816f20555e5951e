"""What can be found: pages, and the places in them that an answer can jump to. Nothing here is HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from ..kept import Kept
from ..model.book import Handbook
from ..model.clauses import Case, Clause, Placed
from ..model.fields import OWN
from ..model.registers import Form, Term
from ..model.sops import Procedure, Role, Sop, Standard

# How much a match counts beside one in what tells how to do a thing.
DUTY = 0.9  # what somebody is there for
FORM = 0.85
ASIDE = 0.6  # what explains the handbook's words, or lists its parts, stands behind what tells one what to do
GLOSSARY = "glossary/"
AND = "與"  # who types the first letters of 收費與催繳 leaves it out
AMOUNT = re.compile(r"（[^）]*[0-9][^）]*）$")  # how a clause's line ends that says how much or when
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Place:
    """A place in a page: its anchor, its line in the list of results, what else it says, and other words for it."""

    anchor: str
    title: str
    words: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findable:
    """A page: its folder from the site's root (with its slash), what it is called and says of itself, its places, and
    how much a match in it counts."""

    folder: str
    title: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    places: list[Place] = field(default_factory=list)
    weight: float = 1.0


_kept: Kept[Findable] = Kept()  # by SOP


def findable(book: Handbook) -> Iterator[Findable]:
    """Every page of the handbook that staff may look for."""
    for sop in book.sops.values():
        yield _kept.get(sop.id, (sop, book.around), partial(_sop, book, sop))
    for kind, title in ((Procedure, "流程"), (Standard, "標準")):
        yield Findable(f"{kind.folder}/", title, weight=ASIDE)
    yield Findable(f"{Role.folder}/", "崗位", weight=ASIDE, places=list(_posts(book)))
    yield Findable("forms/", "表單", weight=ASIDE)
    for key, form in book.forms.items():
        says = f"{book.plain(form.purpose)}\n{'、'.join(book.plain(name) for name in form.fields)}"
        yield Findable(f"forms/{key}/", book.plain(form.name), says, _known_as(form), weight=FORM)
    yield Findable("deadlines/", "期限與限度", weight=ASIDE)
    yield Findable("phrases/", "話術", weight=ASIDE)
    terms = [Place(key, t.term, book.plain(t.means), _known_as(t)) for key, t in book.glossary.items()]
    yield Findable(GLOSSARY, "名詞", weight=ASIDE, places=terms)
    yield Findable("open-points/", "待定事項", weight=ASIDE)
    yield Findable("changes/", "版本", weight=ASIDE)


def _sop(book: Handbook, sop: Sop) -> Findable:
    opening = [sop.summary]
    if isinstance(sop, Procedure):
        opening += [sop.moment, sop.trigger]
    places = [_clause(book, sop, placed) for placed in book.clauses[sop.id].values()]
    summary = "\n".join(book.plain(text, sop.id) for text in opening)
    title = book.title(sop)
    aliases = (*sop.aliases, *([title.replace(AND, "")] if AND in title else []))
    weight = DUTY if isinstance(sop, Role) else 1.0
    return Findable(f"{sop.folder}/{sop.id}/", title, summary, aliases, places, weight)


def _clause(book: Handbook, sop: Sop, placed: Placed) -> Place:
    clause = placed.clause
    title = clause.label if isinstance(clause, Case) else clause.headline
    if placed.case and not isinstance(clause, Case):
        title = f"{placed.case}：{title}"
    if clause.fact:
        title = f"{title}（{book.measure(sop, clause)}）"
    words = "\n".join(_words(book, clause))
    return Place(clause.id, book.plain(title, sop.id), book.plain(words, sop.id), _known_as(clause))


def _known_as(one: Clause | Form | Term) -> tuple[str, ...]:
    """Other words for it, and the numbers of the source's clauses that stand beside it on the page."""
    return (*one.aliases, *(number for number in one.source if number != OWN))


def _words(book: Handbook, clause: Clause) -> Iterator[str]:
    """What a clause says beside its headline, piece by piece as it is read out in an extract."""
    if clause.condition:
        yield f"{clause.condition}："
    yield from (f"「{' '.join(line.split())}」" for line in clause.say)
    yield from (f"不可以{line}" for line in clause.never)
    yield from (book.forms[key].name for key in clause.form)
    if clause.otherwise:
        yield f"做不到時：{clause.otherwise.do}"
    if clause.note:
        yield clause.note
    if clause.why:
        yield clause.why


def _posts(book: Handbook) -> Iterator[Place]:
    """The posts and departments that have no page of their own."""
    for key, post in book.organization.posts.items():
        if key not in book.roles:
            yield Place(key, post.name, aliases=tuple(post.also))


def written(sections: Iterable[tuple[str, str, str]]) -> list[Findable]:
    """Pages written by hand, from their sections: location (with or without #anchor), and title and text as HTML."""
    pages: dict[str, Findable] = {}
    for location, *written in sections:
        folder, _, anchor = location.partition("#")
        title, text = (html.unescape(TAG.sub(" ", part)).strip() for part in written)
        if not anchor:
            pages[folder] = Findable(folder, title, text, weight=ASIDE)
        elif folder in pages:
            pages[folder].places.append(Place(anchor, title, text))
    return list(pages.values())
