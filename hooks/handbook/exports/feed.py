"""What changed, for who follows it elsewhere: an Atom feed of every version (RFC 4287), with its clauses."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element

from ..model.book import Handbook
from ..model.clauses import Case, Placed
from ..model.former import former
from ..model.gathered import versions
from ..model.sops import Change, Sop
from ..paper.sheet import Edition, ascii_only
from ..quiz.plain import printable
from .qti.xml import as_bytes, node

FEED = "changes.atom"
MOST = 100  # versions: a reader asks for it every hour


def feed(edition: Edition) -> bytes:
    """The newest versions of all SOPs. What it says is as old as its newest day: the same book gives the same bytes."""
    newest = versions(edition.book)[:MOST]
    root = node("feed", *_head(edition, newest[0][0]), xmlns="http://www.w3.org/2005/Atom")
    root.set("xml:lang", "zh-Hant")
    root.extend(node("entry", *_entry(edition, change, sop)) for change, sop in newest)
    return as_bytes(root)


def _head(edition: Edition, newest: Change) -> Iterator[Element]:
    book, title = edition.book, printable(edition.book.organization.title)
    yield from (node("title", f"{title}：改了什麼"), node("id", f"urn:uuid:{identity(book, 'changes')}"))
    yield from (node("updated", _moment(newest)), node("author", node("name", title)))
    if home := ascii_only(edition.address("")):
        yield node("link", rel="self", type="application/atom+xml", href=f"{home.removesuffix('index.html')}{FEED}")
        yield node("link", rel="alternate", type="text/html", href=ascii_only(edition.address("changes")))


def _entry(edition: Edition, change: Change, sop: Sop) -> Iterator[Element]:
    book, page = edition.book, ascii_only(edition.address(f"{sop.folder}/{sop.id}"))
    said = printable(book.plain(change.change, sop.id))
    editorial = "（只改文字）" if change.editorial else ""
    yield node("title", f"{printable(book.title(sop))} {change.version}：{said}{editorial}")
    yield node("id", f"urn:uuid:{identity(book, of(sop), change.version)}")
    yield node("updated", _moment(change))
    if page:
        yield node("link", rel="alternate", type="text/html", href=page)
    clauses = "".join(f"<li>{told}</li>" for told in _clauses(book, page, change, sop))
    begins = f"<p>{change.effective} 起生效。{escape(said)}{editorial}</p>"
    yield node("content", printable(begins + f"<ul>{clauses}</ul>" * bool(clauses)), type="html")


def identity(book: Handbook, *parts: str) -> uuid.UUID:
    """What a thing is known by wherever it is read, for as long as the handbook has its name: a site may move."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(("handbook", book.organization.title, *parts)))


def of(sop: Sop) -> str:
    """The first id that an SOP had."""
    return sop.formerly[-1] if sop.formerly else sop.id


def _moment(change: Change) -> str:
    return f"{change.effective}T00:00:00Z"


# ── clauses ─────────────────────────────────────────────────────────────────────────────────────


def _clauses(book: Handbook, page: str, change: Change, sop: Sop) -> Iterator[str]:
    """The clauses that a version changed, as HTML: in whole where they still read as it made them, else what they are
    called. Of a first version, which made them all, no more than that."""
    if len(sop.history) == 1:
        yield from (_linked(page, placed, _name(book, sop, placed)) for placed in book.clauses[sop.id].values())
    for key in change.changed:
        if not (found := _now(book, sop, key)):
            yield f"{key}：不再有這一條"
        elif change is not sop.current or found[0] is not sop:
            yield _name(book, *found)
        else:
            yield _linked(page, found[1], "<br>".join(map(escape, told(book, *found))))


def _now(book: Handbook, sop: Sop, key: str) -> tuple[Sop, Placed] | None:
    """A clause by what it was called in an SOP."""
    ref = f"{sop.id}#{key}"
    return book.clause(former(book).clauses.get(ref, ref))


def _name(book: Handbook, sop: Sop, placed: Placed) -> str:
    return escape(book.plain(placed.clause.headline, sop.id))


def _linked(page: str, placed: Placed, words: str) -> str:
    return f'<a href="{escape(page)}#{placed.clause.id}">{words}</a>' if page else words


def told(book: Handbook, sop: Sop, placed: Placed) -> Iterator[str]:
    """A clause in lines: when it counts and what to do, what to say, what never to do, what if it can't be done."""
    clause = placed.clause
    around = [one for one in (*placed.parents, clause) if one.condition]
    when = "".join(f"{one.label}：" if isinstance(one, Case) else f"如果{one.condition}，" for one in around)
    measure = book.measure(sop, clause)
    lines = [f"{when}{clause.do or ''}{f'（{measure}）' if measure else ''}"]
    lines += [f"說：「{line}」" for line in clause.say]
    lines += [f"絕對不要{line}" for line in clause.never]
    if clause.otherwise:
        lines.append(f"做不到：{clause.otherwise.do}")
    return (book.plain(line, sop.id) for line in lines if line)
