"""The whole handbook as one file to print and bind: every SOP in full, the deadlines, the forms and the glossary."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..model.book import Handbook
from ..model.clauses import Case, Clause, Placed
from ..model.fields import cited
from ..model.gathered import Due, deadlines, sections, told
from ..model.sops import Procedure, Role, Sop
from .sheet import Edition, Sheet


def whole(edition: Edition) -> Sheet:
    """The one sheet of many pages."""
    return Sheet("handbook", "handbook", edition.book.organization.title, "", partial(_data, edition))


def _data(edition: Edition) -> dict[str, Any]:
    book = edition.book
    title = book.organization.title
    latest = max((sop.current.effective for sop in book.sops.values()), default=book.source.published)
    return {
        "head": {
            "organization": title,
            "company": book.organization.names.get("company", ""),
            "title": title,
            "page": edition.page(""),
            "effective": str(latest),
            "source": f"{book.source.title}，{book.source.published}",
        },
        "parts": [
            {"title": name, "sops": [_sop(edition, sop) for sop in sops]} for _, name, sops in sections(book) if sops
        ],
        "due": [_due(book, one) for sop in book.sops.values() for one in deadlines(book, sop)],
        "forms": [
            {
                "name": book.plain(form.name),
                "purpose": book.plain(form.purpose),
                "fields": "、".join(book.plain(field) for field in form.fields),
                "by": edition.names(form.filled_by),
                "kept": edition.names([form.kept_by]),
            }
            for form in book.forms.values()
        ],
        "terms": [{"term": book.plain(one.term), "means": book.plain(one.means)} for one in book.glossary.values()],
    }


def _due(book: Handbook, one: Due) -> dict[str, str]:
    act = book.plain(one.clause.headline, one.sop.id)
    return {
        "value": one.full,
        "act": one.told(act),
        "sop": book.title(one.sop),
    }


def _sop(edition: Edition, sop: Sop) -> dict[str, Any]:
    book = edition.book
    procedure = sop if isinstance(sop, Procedure) else None
    stages = {letter: book.plain(gloss, sop.id) for letter, gloss in procedure.mnemonic.items()} if procedure else {}
    return {
        "head": edition.head(sop),
        "summary": book.plain(sop.summary, sop.id),
        "owner": edition.names([sop.owner]),
        "audience": edition.names(sop.audience),
        "review": str(sop.next_review),
        "trigger": book.plain(procedure.trigger, sop.id) if procedure else "",
        "actor": edition.names(procedure.actor) if procedure else "",
        "done": book.plain(procedure.done, sop.id) if procedure else "",
        "mnemonic": list(stages.items()),
        "masters": [book.title(book.sops[key]) for key in sop.masters] if isinstance(sop, Role) else [],
        "day": _day(book, sop) if isinstance(sop, Role) else [],
        "clauses": [_clause(edition, sop, placed) for placed in book.clauses[sop.id].values()],
    }


def _day(book: Handbook, role: Role) -> list[dict[str, Any]]:
    found = []
    for moment in role.day:
        cited = [at for at in map(book.clause, moment.clauses) if at]
        acts = [told(book, sop, placed) for sop, placed in cited]
        found.append({"at": book.plain(moment.at, role.id), "acts": acts})
    return found


def _clause(edition: Edition, sop: Sop, placed: Placed) -> dict[str, Any]:
    book, clause, here = edition.book, placed.clause, sop.id
    otherwise = clause.otherwise

    def said(text: str | None) -> str:
        return book.plain(text or "", here)

    return {
        "number": ".".join(str(place + 1) for place in placed.trail if isinstance(place, int)),
        "depth": len(placed.parents),
        "stage": _section(clause, placed),
        "label": said(clause.label) if isinstance(clause, Case) else "",
        "when": said(clause.condition),
        "do": said(clause.do),
        "value": book.measure(sop, clause),
        "who": edition.names(placed.who) if placed.who != sop.actors else "",
        "form": edition.names(clause.form),
        "say": [said(line) for line in clause.say],
        "never": [said(line) for line in clause.never],
        "otherwise": said(otherwise.do) if otherwise else "",
        "to": edition.names([otherwise.to]) if otherwise and otherwise.to else "",
        "why": said(clause.why),
        "note": said(clause.note),
        "meanwhile": " ".join(said(point.meanwhile) for point in book.points(sop, clause).values()),
        "source": cited(clause.source),
    }


def _section(clause: Clause, placed: Placed) -> str:
    """The stage or the group that a clause begins or goes on with; smaller ones have none of their own."""
    return "" if placed.parents else getattr(clause, "stage", None) or getattr(clause, "group", None) or ""
