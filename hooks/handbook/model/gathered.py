"""What stands in many SOPs, gathered: their kinds, their deadlines, who fills which form, what is not settled."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .book import Handbook
from .clauses import Case, Clause, Placed
from .document import Trail
from .facts import Fact
from .fields import ID
from .sops import Change, OpenPoint, Procedure, Role, Sop, Standard

ENDING = re.compile(rf"\$\(#({ID})\.end\)")


def ending(fact: Fact) -> str:
    """The clause of the same SOP at whose end a clock starts, if it does so."""
    found = ENDING.fullmatch(fact.event)
    return found[1] if found else ""


@dataclass(frozen=True)
class Due:
    """A clause with a clock or a limit, and what one must know to act on it."""

    sop: Sop
    clause: Clause
    fact: Fact
    who: list[str]
    case: str  # its label
    when: str  # what else must be so: its own condition, and those of what it stands in
    branch: str  # for scripts: the ids of the step that branches and of the case
    week: list[str]  # the days on which who acts works, where they have a week of their own and it counts
    short: str  # as on a chip, 「2 天內」
    full: str  # with what starts the clock; both say what is not decided
    undecided: bool
    chosen: bool  # whether somebody is named who does it; else it holds for all whom a standard is for

    def told(self, act: str) -> str:
        """What one does, after the case and the condition in which it counts: 「重大投訴：如果有人受傷，呈報主任」."""
        return _in(self.case, self.when, act)

    @property
    def of(self) -> str:
        """The clause of the same SOP at whose end its clock starts, if it does so."""
        return ending(self.fact)


def _in(case: str, when: str, act: str) -> str:
    return f"{case}：" * bool(case) + f"如果{when}，" * bool(when) + act


def setting(book: Handbook, sop: Sop, placed: Placed) -> tuple[str, str]:
    """The case in which a clause counts, and what else must be so; each empty where it needs no such thing."""
    return book.plain(placed.case, sop.id), book.plain(_conditions(placed), sop.id)


def told(book: Handbook, sop: Sop, placed: Placed) -> str:
    """A clause in one line, to stand away from its page: an act without its condition would be another demand."""
    return _in(*setting(book, sop, placed), book.plain(placed.clause.headline, sop.id))


def sections(book: Handbook) -> list[tuple[type[Sop], str, list[Sop]]]:
    """The kinds of SOPs, what each is called, and its SOPs, in the order of the menu."""
    kinds: list[tuple[type[Sop], list[Sop]]] = [
        (Procedure, [*book.procedures.values()]),
        (Standard, [*book.standards.values()]),
        (Role, [*book.roles.values()]),
    ]
    return [(kind, kind.called, sops) for kind, sops in kinds]


def deadlines(book: Handbook, sop: Sop) -> list[Due]:
    """What the clauses of an SOP measure, in reading order."""
    found = []
    for placed in book.clauses[sop.id].values():
        for fact in placed.clause.facts:
            case, when = setting(book, sop, placed)
            said = (book.measure(sop, placed.clause, fact, short=True), book.measure(sop, placed.clause, fact))
            undecided = book.undecided(sop, placed.clause)
            week = _week(book, placed.who) if fact.works else []
            chosen = says_who(sop, placed)
            who = placed.who
            found.append(
                Due(sop, placed.clause, fact, who, case, when, _branch(placed), week, *said, undecided, chosen)
            )
    return found


def says_who(sop: Sop, placed: Placed) -> bool:
    """Whether it is said who acts on a clause: in a standard, only where it is written beside it."""
    return not isinstance(sop, Standard) or any(one.who for one in (*placed.parents, placed.clause))


@dataclass(frozen=True)
class Threshold:
    """What is done from some amount on, without a deadline or a limit of its own."""

    sop: Sop
    clause: Clause
    of: Clause  # with the range: the clause, or the case that it stands in
    who: list[str]
    chosen: bool
    case: str
    when: str  # what is measured, and what else must be so


def thresholds(book: Handbook, sop: Sop) -> list[Threshold]:
    """What depends on an amount in an SOP and stands in no other table, in reading order."""
    found = []
    for placed in book.clauses[sop.id].values():
        clause = placed.clause
        around = [one for one in (clause, *placed.parents) if one.range]
        if around and not clause.facts and not any(getattr(clause, key) for key in clause.nests):
            others = [one.condition for one in (*placed.parents, clause) if one is not around[0] and one.when]
            when = book.plain("，".join([*others, around[0].when or ""]), sop.id)
            case = book.plain(placed.case, sop.id)
            found.append(Threshold(sop, clause, around[0], placed.who, says_who(sop, placed), case, when))
    return found


def _conditions(placed: Placed) -> str:
    """When a clause counts, beside the case around it: 「客人等超過 20 分鐘」; of a case, by what amount."""
    around = [one for one in (*placed.parents, placed.clause) if one.range or not isinstance(one, Case)]
    return "，".join(one.condition.rstrip("。") for one in around if one.condition)


def _week(book: Handbook, who: list[str]) -> list[str]:
    """The days on which the first of some posts works that has a week of its own."""
    posts = book.organization.posts
    return next((list(week) for key in who if key in posts and (week := posts[key].works)), [])


def _branch(placed: Placed) -> str:
    """The step that branches and the case that a clause belongs to, by their ids; empty where it is in no case."""
    pairs = pairwise((*placed.parents, placed.clause))
    return next((f"{step.id} {case.id}" for step, case in pairs if isinstance(case, Case)), "")


def filled_where(book: Handbook) -> dict[str, list[tuple[Sop, Placed]]]:
    """Form → the clauses that fill it."""
    found: dict[str, list[tuple[Sop, Placed]]] = {form: [] for form in book.forms}
    for sop, placed in book.each():
        for form in dict.fromkeys(placed.clause.form) if placed.clause.form else ():
            found[form].append((sop, placed))
    return found


def called_upon(book: Handbook) -> dict[str, list[tuple[Sop, Placed]]]:
    """Post → the clauses of other SOPs that name it: it acts there, or is told when something can't be done."""
    found: dict[str, list[tuple[Sop, Placed]]] = {post: [] for post in book.organization.posts}
    for sop, placed in book.each():
        told = [placed.clause.otherwise.to] if placed.clause.otherwise and placed.clause.otherwise.to else []
        for post in dict.fromkeys([*placed.clause.who, *told]):
            if post != sop.id and post in found:
                found[post].append((sop, placed))
    return found


def roles_of(book: Handbook, sop: Sop) -> list[Role]:
    """The roles that must master an SOP."""
    return [role for role in book.roles.values() if sop.id in role.masters]


def phrases(book: Handbook) -> list[tuple[Sop, list[Placed]]]:
    """SOP by SOP, the clauses that give words to say; the phrase book's own standard first."""
    groups = [(sop, [p for p in book.clauses[sop.id].values() if p.clause.say]) for sop in book.sops.values()]
    return [(sop, spoken) for sop, spoken in sorted(groups, key=lambda group: group[0].icon != "speech") if spoken]


@dataclass(frozen=True)
class Question:
    """An open point and the clauses that wait for it."""

    key: str
    point: OpenPoint
    clauses: list[tuple[Sop, Clause]]
    others: list[tuple[str, str]]  # forms, words and posts: the page with its anchor, and the name


@lru_cache(maxsize=1)
def open_points(book: Handbook) -> list[tuple[Sop | None, list[Question]]]:
    """What the manager must settle: the site's own questions first, then SOP by SOP."""
    asked, others = _waiting(book), _registered(book)
    groups: list[tuple[Sop | None, dict[str, OpenPoint]]] = [(None, book.organization.open_points)]
    groups += [(sop, sop.open_points) for sop in book.sops.values()]
    return [
        (
            sop,
            [
                Question(key, point, asked.get((sop.id if sop else "", key), []), [] if sop else others.get(key, []))
                for key, point in points.items()
            ],
        )
        for sop, points in groups
        if points
    ]


def _waiting(book: Handbook) -> dict[tuple[str, str], list[tuple[Sop, Clause]]]:
    """The clauses that wait for each open point: by the SOP that it stands in (none for the site's own), and its id."""
    found: dict[tuple[str, str], list[tuple[Sop, Clause]]] = {}
    for sop, placed in book.each():
        for key in placed.clause.open:
            home = sop.id if key in sop.open_points else ""
            found.setdefault((home, key), []).append((sop, placed.clause))
    return found


def waiting_entries(book: Handbook) -> Iterator[tuple[str, Trail, list[str]]]:
    """What waits in the registers: the register, where in it, and for which open points."""
    yield from (("forms", (key,), form.open) for key, form in book.forms.items())
    yield from (("glossary", (key,), term.open) for key, term in book.glossary.items())
    yield from (("organization", ("posts", key), post.open) for key, post in book.organization.posts.items())


def _registered(book: Handbook) -> dict[str, list[tuple[str, str]]]:
    """The forms, words and posts that wait for each open point."""
    found: dict[str, list[tuple[str, str]]] = {}
    for register, (*_, key), keys in waiting_entries(book):
        for point in keys:
            found.setdefault(point, []).append(_entry(book, register, str(key)))
    return found


def _entry(book: Handbook, register: str, key: str) -> tuple[str, str]:
    if register == "glossary":
        return f"glossary#{key}", book.plain(book.glossary[key].term)
    page = book.page(key) or f"roles/index#{key}"
    return page, book.name(key) or key


def versions(book: Handbook) -> list[tuple[Change, Sop]]:
    """Every version of every SOP, the newest first."""
    every = [(change, sop) for sop in book.sops.values() for change in sop.history]
    return sorted(every, key=lambda entry: entry[0].effective, reverse=True)


def reviews(book: Handbook, until: dt.date) -> list[Sop]:
    """The SOPs that have to be looked at again by a day, the one that waits longest first."""
    due = (sop for sop in book.sops.values() if sop.next_review <= until)
    return sorted(due, key=lambda sop: (sop.next_review, sop.id))


def edition(book: Handbook) -> str:
    """The day from which the newest version of any SOP holds: `2026-12-01`."""
    return versions(book)[0][0].effective.isoformat()


def clause_count(book: Handbook) -> int:
    """How many clauses the handbook holds."""
    return sum(1 for _ in book.each())
