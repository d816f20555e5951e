"""The texts that people read, and rules on one of them at a time, most of which a clause may break with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from ..kept import Kept
from ..model.book import Handbook
from ..model.document import Link, Text, Trail, trail_of
from ..paper.wanted import printed
from ..problem import Problem, rule

# Codes, references and amounts; and what is not ours to word: search words are typed as people type them.
UNWORDED = {
    "id", "kind", "icon", "version", "effective", "published", "editorial", "department", "review_every", "renew",
    "keep_runs", "source", "owner", "audience", "actor", "who", "to", "masters", "reports_to", "related", "first",
    "form", "filled_by", "kept_by", "open", "measures", "drill", "call", "clauses", "changed", "about", "steps",
    "within", "by", "before", "after", "between", "every", "time", "keep", "limit", "range", "works", "days",
    "aliases", "also",
}  # fmt: skip


@dataclass(slots=True)
class Words:
    """A text that people read, where it stands, and how it reads with its placeholders filled in."""

    book: Handbook
    key: str
    link: Link | None
    field: str
    text: str
    in_sop: bool
    plain: str

    @property
    def trail(self) -> Trail:
        return trail_of(self.link)

    def allows(self, code: str) -> bool:
        """Whether the clause (or the file) around the text gives a reason to break a rule."""
        value = self.book.documents[self.key].value
        around = [value]
        for part in self.trail:
            value = value[part]
            around.append(value)
        return any(isinstance(v, dict) and isinstance(v.get("allow"), dict) and code in v["allow"] for v in around)


_broken: Kept[dict[str, list[Problem]]] = Kept()  # by files: the problems of each code


@lru_cache(maxsize=1)
def broken(book: Handbook) -> list[dict[str, list[Problem]]]:
    """File by file, the problems that rules on texts find in it, by their codes."""
    readable = book.documents.keys() - book.unreadable
    around = (book.around, len(OF_TEXTS), printed(book.root))
    return [_broken.get(key, (book.documents[key], around), partial(_broken_in, book, key)) for key in readable]


def _broken_in(book: Handbook, key: str) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for text, plain in _ours(book, key):
        for suspect, each in _concerned(text[1], len(OF_TEXTS)):
            if suspect(plain):  # as few are
                words = _words(book, key, text, plain)
                for message in each.find(words):
                    if each.code not in BREAKABLE or not words.allows(each.code):
                        found.setdefault(each.code, []).append(book.problem(key, words.trail, each.code, message))
    return found


def texts_of(book: Handbook, key: str) -> Iterator[Words]:
    """The texts of one file that are ours to word."""
    return (_words(book, key, text, plain) for text, plain in _ours(book, key))


def _ours(book: Handbook, key: str) -> Iterator[tuple[Text, str]]:
    for text in book.documents[key].texts:
        link, field, value = text
        if field not in UNWORDED and not (link and link[0] and link[0][1] == "allow"):
            if "\n" in value or "  " in value:
                value = " ".join(value.split())
            yield text, book.plain(value, key) if "$(" in value else value


def _words(book: Handbook, key: str, text: Text, plain: str) -> Words:
    return Words(book, key, *text, key in book.sops, plain)


@dataclass(frozen=True)
class TextRule:
    """A rule on one text at a time: `find` yields what is wrong with it.

    It looks at the texts of some fields only, where they are given, and at those in which the pattern finds a cause,
    or which are longer than their field may be.
    """

    code: str
    fields: Collection[str]
    suspect: re.Pattern[str] | Mapping[str, int]
    find: Callable[[Words], Iterator[str]]

    def about(self, words: Words) -> Iterator[str]:
        """What is wrong with one text."""
        if self.concerns(words.field) and self.suspects(words.field)(words.plain):
            yield from self.find(words)

    def concerns(self, field: str) -> bool:
        """Whether it looks at the texts of a field."""
        return not self.fields or field in self.fields

    def suspects(self, field: str) -> Callable[[str], object]:
        """What tells whether a text of a field gives cause to look at it."""
        if isinstance(self.suspect, re.Pattern):
            return self.suspect.search
        most = self.suspect[field]
        return lambda plain: len(plain) > most

    def check(self, book: Handbook) -> Iterator[Problem]:
        """What is wrong with all texts, but for those that give a reason."""
        for found in broken(book):
            yield from found.get(self.code, ())


@cache
def _concerned(field: str, known: int) -> list[tuple[Callable[[str], object], TextRule]]:
    """The rules on the texts of a field, of so many that are known, each after what gives it cause."""
    return [(one.suspects(field), one) for one in OF_TEXTS[:known] if one.concerns(field)]


OF_TEXTS: list[TextRule] = []
BREAKABLE: dict[str, TextRule] = {}  # those that a clause may break, with a reason, by their codes


def wording(
    code: str,
    bad: str,
    good: str,
    suspect: re.Pattern[str] | Mapping[str, int],
    fields: Collection[str] = (),
    breakable: bool = True,
) -> Callable[[Callable[[Words], Iterator[str]]], TextRule]:
    """Register a rule on texts; the docstring of what finds is its sentence."""

    def register(find: Callable[[Words], Iterator[str]]) -> TextRule:
        made = TextRule(code, fields, suspect, find)
        OF_TEXTS.append(made)
        if breakable:
            BREAKABLE[code] = made
        rule(code, bad, good, sentence=find.__doc__, breakable=breakable)(made.check)
        return made

    return register
