"""What there is to read, to sign and to pass, in a small file: by it the team's page (web/team/) tells how everybody
stands with what they handed over."""

from __future__ import annotations

import json
from typing import Any

from ..model.book import Handbook
from ..model.course import course
from ..model.former import former
from ..model.sops import Role, Sop
from ..quiz.bank import bank
from ..quiz.coverage import started
from ..quiz.exam import fingerprint
from ..quiz.made.choice import MADE
from ..quiz.progress import fingerprints
from .view import Site, folder_of

TEAM = "team.json"


def team(book: Handbook, site: Site) -> bytes:
    """Each SOP with its quiz, each role with its plan and its exam; old ids; where files are edited."""
    quizzed = started(book)
    told = {
        "edit": site.edit_base,
        "made": MADE,
        "sops": {key: _sop(book, sop, site, quizzed) for key, sop in book.sops.items()},
        "roles": {key: _role(book, role, site, quizzed) for key, role in book.roles.items()},
        "formerly": {old: now for old, now in former(book).keys.items() if now in book.sops or now in book.roles},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _sop(book: Handbook, sop: Sop, site: Site, quizzed: bool) -> dict[str, Any]:
    found = {
        "title": book.title(sop),
        "page": _page(f"{sop.folder}/{sop.id}", site),
        "file": book.documents[sop.id].path,
        "version": sop.current.version,
        "sum": clause_sum(book, sop),
        "renew": sop.renewal,
    }
    return found | ({"quiz": _quiz(book, sop, site)} if quizzed and sop.id in book.quizzes else {})


def clause_sum(book: Handbook, sop: Sop) -> int:
    """What the clauses of an SOP come to, in whatever order: another sum, and who has signed is asked again."""
    return sum(int(book.fingerprint(sop, placed)[:6], 16) for placed in book.clauses[sop.id].values())


def _quiz(book: Handbook, sop: Sop, site: Site) -> dict[str, Any]:
    """A quiz: its questions as on the page of progress, and beside each the clauses that it is about; what is made from
    the data is changed in the SOP's own file."""
    about = {question.id: question.clauses for question in bank(book)[sop.id]}
    marks = fingerprints(book, sop.id)
    return {
        "page": _page(f"quiz/{sop.id}", site),
        "file": book.documents[f"quiz/{sop.id}"].path,
        "pass": book.quizzes[sop.id].pass_mark,
        "questions": " ".join(f"{key}={mark}" for key, mark in marks.items()),
        "about": [" ".join(ref.removeprefix(f"{sop.id}#") for ref in about[key]) for key in marks],
    }


def _role(book: Handbook, role: Role, site: Site, quizzed: bool) -> dict[str, Any]:
    found = {
        "title": book.title(role),
        "stages": [[sop.id for sop in stage] for stage in course(book, role)],
        "renew": role.renewal,
    }
    exam = {
        "page": _page(f"exams/{role.id}", site),
        "fingerprint": fingerprint(book, role),
        "pass": role.exam.pass_mark,
    }
    return found | ({"exam": exam} if quizzed else {})


def _page(path: str, site: Site) -> str:
    return folder_of(path) + ("" if site.directory_urls else "index.html")
