"""The days on which SOPs have to be looked at again, as a calendar to subscribe to or take in (RFC 5545)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from ..model.gathered import reviews
from ..model.sops import Sop
from ..paper.sheet import Edition, ascii_only
from .feed import identity, of

CALENDAR = "reviews.ics"
LONGEST = 75  # octets of a line
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendar(edition: Edition) -> bytes:
    """One whole day for each SOP. The same book gives the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//handbook//reviews//ZH-TW", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_text(edition.book.organization.title)}：該檢討的 SOP"]
    lines += [line for sop in reviews(edition.book, dt.date.max) for line in _event(edition, sop)]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(edition: Edition, sop: Sop) -> Iterator[str]:
    """Once it is reviewed, its next day takes the place of this one: by its UID, as the later revision of it."""
    book, last = edition.book, sop.current
    title, owner = book.title(sop), book.name(sop.owner) or sop.owner
    yield from ("BEGIN:VEVENT", f"UID:{identity(book, of(sop), 'review')}", f"SEQUENCE:{len(sop.history) - 1}")
    yield from (f"DTSTAMP:{last.effective:%Y%m%d}T000000Z", f"DTSTART;VALUE=DATE:{sop.next_review:%Y%m%d}")
    yield f"DTEND;VALUE=DATE:{sop.next_review + dt.timedelta(1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'檢討 {title}')}"
    yield f"DESCRIPTION:{_text(f'負責：{owner}。現在是 {last.version} 版，{last.effective} 起生效。')}"
    if page := ascii_only(edition.address(f"{sop.folder}/{sop.id}")):
        yield f"URL:{page}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _text(words: str) -> str:
    return CONTROL.sub("", re.sub(r"[\\;,]", r"\\\g<0>", words).replace("\n", "\\n"))


def _folded(line: str) -> str:
    """A line in pieces, none longer than octets may be; no character is cut."""
    pieces, used = [""], 0
    for character in line:
        size = len(character.encode())
        if used + size > LONGEST:
            pieces.append(" ")
            used = 1
        pieces[-1] += character
        used += size
    return "\r\n".join(pieces)
