"""Sheets about who knows what: what one signs for, how one is brought in, and a table of everybody."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ..model.book import Handbook
from ..model.course import course, required
from ..model.sops import Change, Procedure, Role, Sop, Standard
from .sheet import Edition, Sheet

RECENT = 4  # versions whose changes a sheet tells
STAGES = (
    ("第 1 天", "看得懂自己的崗位，知道該有的樣子。"),
    ("第 1 週", "每天都會遇到的事，有人陪著做得出來。"),
    ("第 1 個月", "其他的事也做得出來，並通過崗位測驗。"),
)


# ── read and sign ───────────────────────────────────────────────────────────────────────────────


def signs(edition: Edition) -> Iterator[Sheet]:
    """A sheet to sign for each SOP; a role's is for all that the role must master."""
    for sop in edition.book.sops.values():
        yield edition.sheet("sign", sop, partial(_signed, edition, sop))


def _signed(edition: Edition, sop: Sop) -> dict[str, Any]:
    book = edition.book
    demanded, edited = _changes(book, sop)
    return {
        "head": edition.head(sop),
        "summary": book.plain(sop.summary, sop.id),
        "owner": edition.names([sop.owner]),
        "renew": _renewed(sop),
        "signed": [_listed(book, one) for one in required(book, sop)] if isinstance(sop, Role) else [],
        "demanded": demanded,
        "edited": edited,
    }


def _changes(book: Handbook, sop: Sop) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """What changed lately: in what is demanded, and in words alone."""

    def told(change: Change) -> dict[str, str]:
        words = book.plain(change.change, sop.id)
        return {"version": change.version, "effective": str(change.effective), "change": words}

    recent = sop.history[:RECENT]
    return [told(one) for one in recent if not one.editorial], [told(one) for one in recent if one.editorial]


def _listed(book: Handbook, sop: Sop) -> dict[str, str]:
    return {
        "title": book.title(sop),
        "kind": sop.called,
        "version": sop.current.version,
        "effective": str(sop.current.effective),
        "fingerprint": book.sop_fingerprint(sop),
        "renew": _renewed(sop),
    }


def _renewed(sop: Sop) -> str:
    """After how long one has to sign and pass anew: 「12 個月」; empty where that never is."""
    return str(sop.renew or "")


# ── induction and training ──────────────────────────────────────────────────────────────────────


def matrices(edition: Edition) -> Iterator[Sheet]:
    """For each role, everybody against everything: who has passed which version."""
    for role in edition.book.roles.values():
        yield edition.sheet("matrix", role, partial(_everybody, edition, role))


def _everybody(edition: Edition, role: Role) -> dict[str, Any]:
    book = edition.book
    rows = [_listed(book, sop) | {"pass": _pass_mark(book, sop)} for sop in required(book, role)]
    return {"head": edition.head(role), "rows": rows, "exam": role.exam.pass_mark, "renew": _renewed(role)}


def _pass_mark(book: Handbook, sop: Sop) -> int:
    quiz = book.quizzes.get(sop.id)
    return quiz.pass_mark if quiz else 0


def inductions(edition: Edition) -> Iterator[Sheet]:
    """For each role, what to read, see, do and be asked on the first day, in the first week and the first month."""
    for role in edition.book.roles.values():
        yield edition.sheet("induction", role, partial(_brought_in, edition, role))


def _brought_in(edition: Edition, role: Role) -> dict[str, Any]:
    book = edition.book
    return {
        "head": edition.head(role),
        "reports_to": edition.names([role.reports_to]),
        "stages": [
            {"name": name, "goal": goal, "rows": [_learned(edition, sop) for sop in sops]}
            for (name, goal), sops in zip(STAGES, course(book, role), strict=True)
        ],
        "forms": [book.plain(form.name) for form in book.forms.values() if role.id in form.filled_by],
        "exam": {"questions": role.exam.questions, "pass": role.exam.pass_mark},
    }


def _learned(edition: Edition, sop: Sop) -> dict[str, Any]:
    """What one learns from an SOP: its title and version, what to be shown and to do, and what is asked."""
    pass_mark = _pass_mark(edition.book, sop)
    return {
        "title": edition.book.title(sop),
        "version": sop.current.version,
        "mnemonic": "・".join(sop.mnemonic) if isinstance(sop, Procedure) else "",
        "acts": not isinstance(sop, Standard),
        "pass": pass_mark,
    }
