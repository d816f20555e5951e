"""A handbook to pages: each is Markdown text, its content HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..day import today
from ..kept import Kept
from ..kit import listed
from ..model.book import Handbook
from ..model.former import former
from ..model.gathered import deadlines
from ..quiz.coverage import started
from .former import gone_clauses, told
from .page import Draft, Page, inert
from .shelf import SHELVES
from .templates import templates
from .view import Site, View, folder_of, is_overview

UNSEARCHED = ("authors/", "exams/", "quiz/", "supervisors/")  # they repeat what the SOPs say, or serve other readers
BLANK = re.compile(r"\n\s*\n+")  # a blank line would end a block of HTML in Markdown


def render(book: Handbook, site: Site | None = None, sizes: Mapping[str, int] | None = None) -> Iterator[Page]:
    """Every page of the handbook that is made from its YAML; `sizes` are the bytes of each sheet, as far as they are
    known."""
    desk = _Desk(book, site or Site(), sizes or {})
    return (desk.page(draft) for drafts in SHELVES for draft in drafts(book, desk.site))


_kept: Kept[Page] = Kept()  # by their paths
_parts: Kept[Markup] = Kept()  # by paths, templates and names


@dataclass
class _Desk:
    """Where pages are drawn."""

    book: Handbook
    site: Site
    sizes: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def shared(self) -> dict[str, object]:
        """What every template may use."""
        book = self.book
        return {
            "book": book,
            "today": today(),
            "deadlines": lambda sop: deadlines(book, sop),
            "site": self.site,
            "sizes": self.sizes,
            "quizzed": started(book),
            "part": self.part,
            "bygones": lambda key: (former(book).moved.get(key, {}), gone_clauses(book, key)),
        }

    @cached_property
    def around(self) -> tuple[object, ...]:
        """All that the page of a procedure or a standard takes from elsewhere: what it cites, old names, templates, the
        day."""
        book = self.book
        drawn = [(path.as_posix(), path.stat().st_mtime_ns) for path in listed(book.root, "templates").values()]
        bygones = [*former(book).clauses.values(), *(gone.see or "" for gone in book.gone.values())]
        quoted = [at[1].clause.headline for at in map(book.clause, bygones) if at]
        return book.around, former(book), quoted, drawn, today(), self.site, self.sizes, started(book)

    @pass_context
    def part(self, context: Context, template: str, name: str, **told: Any) -> Markup:
        """A part of a page by a template of its own, drawn anew only where it is told something else."""
        view: View = context["view"]

        def drawn() -> Markup:
            made = templates(self.book.root).get_template(template)
            return Markup(f"{made.render(self.shared, **told, view=view)}\n")

        return _parts.get((view.path, template, name), (self.around, told), drawn)

    def page(self, draft: Draft) -> Page:
        """A page as it was drawn before, where nothing in it may have changed, or drawn anew."""
        if draft.rests_on is None:
            return self._drawn(draft)
        return _kept.get(draft.path, (self.around, *draft.rests_on), lambda: self._drawn(draft))

    def _drawn(self, draft: Draft) -> Page:
        edit = self.book.documents[draft.source].path
        view = View(self.book, self.site, draft.path, draft.sop.id if draft.sop else None)
        told_all = {"view": view, "title": draft.title, "edit_url": self.site.edit_base and self.site.edit_base + edit}
        template = templates(self.book.root).get_template(draft.template)
        body = BLANK.sub("\n", template.render(self.shared, **draft.tells(), **told_all).strip())
        if pairs := told(self.book, draft.path):
            body += f'\n<div hidden data-formerly="{pairs}"></div>'
        return Page(f"{folder_of(draft.path)}index.md", _meta(draft), inert(draft.title), f"{body}\n", edit)


def _meta(draft: Draft) -> dict[str, object]:
    found: dict[str, object] = {
        "title": str(escape(draft.title)),
        "description": str(escape(draft.description or draft.title)),
        "hide": ["toc"],
    }
    if rank := _rank(draft.path):
        found["search"] = rank
    return found | draft.meta


def _rank(path: str) -> dict[str, object]:
    """What search makes of a page: overviews repeat what the SOPs say, so they come last or not at all."""
    if is_overview(path) or path.startswith(UNSEARCHED) or path in ("changes", "search-words", "runs"):
        return {"exclude": True}
    return {"boost": 0.3} if "/" not in path else {}
