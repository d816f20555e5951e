"""The whole handbook in memory, and the ways to find things in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from ..kept import Kept
from ..problem import Problem
from .clauses import Clause, Placed
from .document import Document
from .facts import CLOCKS, Fact
from .fields import OPEN
from .joined import between
from .questions import Quiz
from .registers import Form, Gone, Organization, SourceText, Synonym, Term
from .sops import OpenPoint, Procedure, Role, Sop, Standard

_around: Kept[tuple[object, ...]] = Kept()
_demanded: Kept[tuple[tuple[str, str], ...]] = Kept()  # by SOP: its clauses in their order, and their fingerprints

PLACEHOLDER = re.compile(r"\$\(([^()]*)\)")
MARK = "（待定）"
NOBODY = "人選待定"
AGAIN = re.compile(rf"{MARK}(?=[^。；！？\n]*?{MARK})")  # a sentence says it once, after the last that it is true of


@dataclass(frozen=True)
class Target:
    """What a placeholder stands for: the words, and the page (with anchor) that tells more, if there is one."""

    words: str
    page: str | None = None
    undecided: bool = False

    @property
    def told(self) -> str:
        return f"{self.words}{MARK}" if self.undecided else self.words


def once(text: str) -> str:
    """A text in which each sentence says once that something in it is not decided."""
    return AGAIN.sub("", text) if MARK in text else text


LATIN = "\u2e7f"  # what comes after it is written without blanks


def spaced(match: re.Match[str], words: str) -> tuple[str, str, str]:
    """What a placeholder stands for, and the blanks before and after it where an amount stands beside a character."""
    if words[:1] > LATIN and words[-1:] > LATIN:  # as most are
        return "", words, ""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return between(before, words), words, between(words, after)


@dataclass(eq=False)
class Handbook:
    """Everything that was read and understood; `documents` hold the positions, by the same ids."""

    organization: Organization
    source: SourceText
    forms: dict[str, Form] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    sops: dict[str, Sop] = field(default_factory=dict)
    quizzes: dict[str, Quiz] = field(default_factory=dict)
    synonyms: list[Synonym] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    gone: dict[str, Gone] = field(default_factory=dict)
    known: Mapping[str, int] = field(default_factory=dict)  # every id there ever was → its line (see known.py)
    root: Path = Path()  # the project's folder, where an organisation has templates and drawings of its own
    _targets: dict[tuple[str, str | None], Target | None] = field(default_factory=dict, init=False, repr=False)
    _filled: dict[tuple[str, str | None, bool], str] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def looked_up(self) -> str:
        """What to look for, for instance: the search box says it."""
        return "、".join(map(self.plain, self.organization.looked_up)) or "打一個詞，或問一句話"

    # ── kinds ──

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {key: sop for key, sop in self.sops.items() if isinstance(sop, Role)}

    @cached_property
    def standards(self) -> dict[str, Standard]:
        return {key: sop for key, sop in self.sops.items() if isinstance(sop, Standard)}

    @cached_property
    def procedures(self) -> dict[str, Procedure]:
        """The procedures, those that the organisation wants first in front."""
        found = {key: sop for key, sop in self.sops.items() if isinstance(sop, Procedure)}
        first = [key for key in self.organization.first if key in found]
        return {key: found[key] for key in [*first, *(key for key in found if key not in first)]}

    # ── clauses ──

    @cached_property
    def _placed(self) -> list[tuple[Sop, Placed]]:
        return [(sop, placed) for sop in self.sops.values() for placed in sop.placed]

    @cached_property
    def clauses(self) -> dict[str, dict[str, Placed]]:
        """SOP id → clause id → the clause where it stands."""
        found: dict[str, dict[str, Placed]] = {key: {} for key in self.sops}
        for sop, placed in self.each():
            found[sop.id][placed.clause.id] = placed
        return found

    def each(self) -> Iterator[tuple[Sop, Placed]]:
        """Every clause of every SOP, also where two share an id: each has problems of its own."""
        return iter(self._placed)

    def clause(self, ref: str) -> tuple[Sop, Placed] | None:
        """The clause that `sop#clause` names."""
        key, _, inner = ref.partition("#")
        placed = self.clauses.get(key, {}).get(inner)
        return (self.sops[key], placed) if placed else None

    def open_point(self, sop: Sop, key: str) -> OpenPoint | None:
        return sop.open_points.get(key) or self.organization.open_points.get(key)

    def points(self, sop: Sop, clause: Clause) -> dict[str, OpenPoint]:
        """What a clause waits for, as far as somebody has written it down."""
        if not clause.open:  # as with most
            return {}
        return {key: point for key in clause.open if (point := self.open_point(sop, key))}

    def undecided(self, sop: Sop, clause: Clause) -> bool:
        """Whether what a clause measures may yet turn out otherwise: then nobody is examined on it."""
        if not all(fact.settled for fact in clause.facts):
            return True
        return bool(clause.fact and clause.open) and any(
            not point.facts_hold for point in self.points(sop, clause).values()
        )

    def measure(self, sop: Sop, clause: Clause, *facts: Fact, short: bool = False) -> str:
        """What a clause measures, or some of it, in words, for lists: what is not decided says so wherever it goes."""
        if not clause.fact:
            return ""
        told = facts or clause.facts
        words = "，".join(fact.label if short else self.plain(fact.full, sop.id) for fact in told)
        return f"{words}・待定" if self.undecided(sop, clause) else words

    def waits(self, ref: str) -> bool:
        """Whether an SOP or `sop#clause` may stand in what could not be read: the problem there says enough."""
        key, hash_, _ = ref.partition("#")
        return key in self.unreadable or (bool(hash_) and key in self.sops and self.documents[key].hides({"id"}))

    @property
    def forms_unread(self) -> bool:
        """Whether there may be forms that could not be read."""
        return "forms" in self.unreadable or self.documents["forms"].hides({""})

    def measures_later(self, sop: Sop, placed: Placed) -> bool:
        """Whether a clause may have a fact that could not be read."""
        return self.documents[sop.id].follows((*placed.trail, ""), (*CLOCKS, "limit"))

    # ── words ──

    def page(self, key: str) -> str | None:
        """The page of an SOP, role or form, as a path from the docs folder without its ending."""
        if key in self.sops:
            return f"{self.sops[key].folder}/{key}"
        return f"forms/{key}" if key in self.forms else None

    def name(self, key: str) -> str | None:
        """What an id of the organisation, the form register or an SOP is called."""
        organization = self.organization
        if found := organization.names.get(key) or organization.people.get(key):
            return found
        if key in organization.posts:
            return organization.posts[key].name
        if key in self.forms:
            return self.forms[key].name
        return self._titles.get(key)

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {key: self.title(sop) for key, sop in self.sops.items()}

    def who(self, keys: list[str]) -> list[str]:
        """The names of those who act, are told or keep something: of posts, of anybody, or that it is not decided."""
        return [NOBODY if key == OPEN else self.name(key) or key for key in keys]

    def title(self, sop: Sop) -> str:
        """An SOP's title; it may cite names of the organisation, and nothing else."""

        def fill(match: re.Match[str]) -> str:
            names, posts = self.organization.names, self.organization.posts
            return names.get(match[1]) or (posts[match[1]].name if match[1] in posts else match[0])

        return PLACEHOLDER.sub(fill, sop.title)

    def target(self, ref: str, here: str | None) -> Target | None:
        """What `$(ref)` stands for in the SOP `here`; None where there is no such thing."""
        asked = ref, here if ref.startswith("#") else None  # a few names are cited again and again
        if asked not in self._targets:
            self._targets[asked] = self._target(ref, here)
        return self._targets[asked]

    def _target(self, ref: str, here: str | None) -> Target | None:
        key, hash_, inner = ref.partition("#")
        if not hash_:
            name = self.name(key)
            return Target(name, self.page(key)) if name is not None else None
        inner, _, part = inner.partition(".")
        found = self.clause(f"{key or here}#{inner}")
        words = self._measured(found[0], found[1].clause, part) if found else ""
        if not found or not words:
            return None
        undecided = not part and self.undecided(found[0], found[1].clause)
        return Target(words, f"{self.page(found[0].id)}#{inner}", undecided)

    def _measured(self, sop: Sop, clause: Clause, part: str) -> str:
        """What `$(#clause)` says of it: its fact, else the range of its condition; `.end`: when its deadline falls;
        `.limit`: its limit beside a deadline; `.amount`: so much alone."""
        fact, range_ = clause.fact, clause.range.condition if clause.range else ""
        if part == "end":
            return f"「{self.plain(clause.do or clause.id, sop.id)}」到期" if fact and fact.is_deadline else ""
        if part == "limit":
            return next((one.short for one in clause.facts if one.kind == "limit"), "")
        return {"": fact.short if fact else range_, "range": range_, "amount": fact.bare if fact else ""}.get(part, "")

    def plain(self, text: str, here: str | None = None, *, marked: bool = True) -> str:
        """The text with its placeholders filled in, as plain characters, and what is not decided marked as such."""
        if "$(" not in text:  # as most are
            return text
        asked = text, here, marked  # what is on a page is quoted on others
        if asked not in self._filled:
            self._filled[asked] = self._fill(*asked)
        return self._filled[asked]

    def _fill(self, text: str, here: str | None, marked: bool) -> str:
        def fill(match: re.Match[str]) -> str:
            target = self.target(match[1], here)
            return "".join(spaced(match, target.told if marked else target.words)) if target else match[0]

        return once(PLACEHOLDER.sub(fill, text))

    # ── what may have changed since somebody signed ──

    def fingerprint(self, sop: Sop, placed: Placed) -> str:
        """12 hexadecimal digits over what a clause demands, not over its layout, reasons or sources."""
        return self._fingerprints[sop.id][placed.clause.id]

    @cached_property
    def _fingerprints(self) -> dict[str, dict[str, str]]:
        return {
            key: dict(_demanded.get(key, (sop, self.around, self._first), partial(self._digests, sop)))
            for key, sop in self.sops.items()
        }

    def _digests(self, sop: Sop) -> tuple[tuple[str, str], ...]:
        return tuple((ident, digest(self._demand(sop, placed))) for ident, placed in self.clauses[sop.id].items())

    @cached_property
    def _first(self) -> dict[str, str]:
        """The first id of each post and form that has another one now."""
        groups = (self.organization.posts, self.roles, self.forms)
        return {key: one.formerly[-1] for group in groups for key, one in group.items() if one.formerly}

    def _demand(self, sop: Sop, placed: Placed) -> str:
        """What a clause demands, line by line (no text holds a line's end). What it does not say is left out, so that a
        new kind of field changes no old fingerprint; posts and forms stand under their first ids, as another one
        demands nothing else."""
        clause, first = placed.clause, self._first

        def plain(text: str) -> str:
            return self.plain(text, sop.id, marked=False) if "$(" in text else text

        lines = ["who " + " ".join(first.get(key, key) for key in placed.who)]
        lines += ["when " + plain(around.condition) for around in (*placed.parents, clause) if around.when]
        if clause.do:
            lines.append("do " + plain(clause.do))
        lines += ["say " + plain(line).replace("\n", "\\n") for line in clause.say]
        lines += ["never " + plain(line) for line in clause.never]
        if clause.form:
            lines.append("form " + " ".join(first.get(key, key) for key in clause.form))
        lines += ["fact " + plain(fact.full) for fact in clause.facts]
        if clause.otherwise:
            to = clause.otherwise.to
            lines.append(f"otherwise {first.get(to, to) if to else to} {plain(clause.otherwise.do)}")
        lines += ["meanwhile " + plain(point.meanwhile) for point in self.points(sop, clause).values()]
        return "\n".join(lines)

    def sop_fingerprint(self, sop: Sop) -> str:
        """12 hexadecimal digits over all clauses of an SOP in their order."""
        return digest("\n".join(self._fingerprints[sop.id].values()))

    # ── what is said of one SOP beside its own clauses ──

    @cached_property
    def around(self) -> tuple[object, ...]:
        """Registers, and what each SOP lends to all others, in their order: as long as this is the same, an edit of one
        SOP's words changes nothing of another's, but where they are quoted."""
        registers = (self.organization, self.source, self.forms, self.glossary, self.synonyms, self.gone)
        orders = tuple(tuple(names) for names in (self.forms, self.glossary, self.gone))
        parts = (*registers, orders, *(sop.lent for sop in self.sops.values()))
        return _around.get("", parts, lambda: parts)

    def problem(self, key: str, trail: tuple, code: str, message: str, /, **how: bool) -> Problem:
        """A problem at a place in the file that `key` (an SOP id or a register's name) was read from."""
        return self.documents[key].problem(trail, code, message, **how)


def digest(demand: str) -> str:
    """12 hexadecimal digits over a text: short enough to be read out, and no two alike by chance."""
    return hashlib.sha256(demand.encode()).hexdigest()[:12]
