"""Home, the lists of procedures, standards and roles, and a page for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from ...model.book import Handbook
from ...model.gathered import called_upon, roles_of, sections
from ...model.sops import Role, Sop
from ..page import Draft
from ..view import Site

Near = tuple[Sop | None, Sop | None]  # the pages before and after


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    yield Draft("index", "home.html", book.organization.title)
    called = called_upon(book)
    for kind, title, sops in sections(book):
        yield Draft(
            f"{kind.folder}/index",
            f"{kind.folder}.html",
            title,
            tells=partial(dict, sops=sops, called_upon=called),
        )
        for number, sop in enumerate(sops):
            near = (sops[number - 1] if number else None, sops[number + 1] if number + 1 < len(sops) else None)
            yield _sop(book, sop, near, called[sop.id] if isinstance(sop, Role) else [])


def _sop(book: Handbook, sop: Sop, near: Near, called: list) -> Draft:
    def tells() -> dict[str, Any]:
        return {
            "sop": sop,
            "at": book.clauses[sop.id],
            "near": near,
            "roles": roles_of(book, sop),
            "masters": [book.sops[key] for key in sop.masters] if isinstance(sop, Role) else [],
            "called": called,
        }

    return Draft(
        f"{sop.folder}/{sop.id}",
        f"{sop.kind}.html",  # type: ignore[attr-defined]
        book.title(sop),
        sop.id,
        sop,
        book.plain(sop.summary, sop.id),
        tells=tells,
        rests_on=None if isinstance(sop, Role) else (sop,),  # a role's page takes much from other SOPs
    )
