"""A handbook to pages: each page is Markdown text, its content HTML in which every word from YAML is escaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .book import PLACEHOLDER, Handbook
from .complete import today
from .model import OWN, REGISTERS, Procedure, Role, Sop, Standard
from .problem import RULES
from .quiz import Quiz
from .views import (
    Due,
    called_upon,
    deadlines,
    fields_of,
    filled_where,
    open_points,
    phrases,
    roles_of,
    versions,
    visible_rules,
)

TEMPLATES = Path(__file__).parent.parent / "templates"


@dataclass(frozen=True)
class Page:
    """One page: its path from the docs folder (with `.md`), its text, and the file to edit to change it."""

    path: str
    text: str
    edit: str


@dataclass(frozen=True)
class Site:
    """What the pages must know of the site they stand in."""

    edit_base: str = ""
    directory_urls: bool = True


def render(book: Handbook, site: Site | None = None) -> Iterator[Page]:
    """Every page of the handbook that is made from its YAML."""
    return _Renderer(book, site or Site()).pages()


@cache
def _environment() -> Environment:
    """The templates, compiled once a process; a changed one is read again."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass
class _Renderer:
    book: Handbook
    site: Site

    @cached_property
    def shared(self) -> dict[str, object]:
        """What every template may use."""
        book = self.book
        return {
            "book": book,
            "icon": cache(icon),  # for this rendering: `mkdocs serve` draws anew what was edited
            "today": today(),
            "name": book.name,
            "plain": book.plain,
            "fingerprint": book.fingerprint,
            "sop_fingerprint": book.sop_fingerprint,
            "deadlines": lambda sop: deadlines(book, sop),
            "called_upon": called_upon(book),
            "own": OWN,
        }

    def pages(self) -> Iterator[Page]:
        book = self.book
        yield self._page("index", "home.html", book.organization.title, "organization")
        kinds: list[tuple[type[Sop], str, list[Sop]]] = [
            (Procedure, "流程", [*book.procedures.values()]),
            (Standard, "標準", [*book.standards.values()]),
            (Role, "崗位", [*book.roles.values()]),
        ]
        for kind, title, sops in kinds:
            yield self._page(f"{kind.folder}/index", f"{kind.folder}.html", title, "organization", sops=sops)
            for number, sop in enumerate(sops):
                near = (sops[number - 1] if number else None, sops[number + 1] if number + 1 < len(sops) else None)
                yield self._sop(sop, near)
        yield self._page("forms/index", "forms.html", "表單", "forms")
        filled = filled_where(book)
        for key, form in book.forms.items():
            yield self._page(f"forms/{key}", "form.html", form.name, "forms", form=form, steps=filled[key])
        every: list[Due] = [due for sop in book.sops.values() for due in deadlines(book, sop)]
        yield self._page("deadlines", "deadlines.html", "期限與限度", "organization", dues=every)
        yield self._page("phrases", "phrases.html", "話術", "organization", groups=phrases(book))
        yield self._page("glossary", "glossary.html", "名詞", "glossary")
        yield self._page("open-points", "open-points.html", "待定事項", "organization", groups=open_points(book))
        yield self._page("changes", "changes.html", "版本", "organization", versions=versions(book))
        yield self._page("authors/rules", "rules.html", "規則", "organization", rules=visible_rules(RULES))
        shapes = {"procedures": Procedure, "standards": Standard, "roles": Role, **REGISTERS, "quiz": Quiz}
        tables = {name: fields_of(shape) for name, shape in shapes.items()}
        yield self._page("authors/fields", "fields.html", "欄位", "organization", tables=tables)

    def _sop(self, sop: Sop, near: tuple[Sop | None, Sop | None]) -> Page:
        return self._page(
            f"{sop.folder}/{sop.id}",
            f"{sop.kind}.html",  # type: ignore[attr-defined]
            self.book.title(sop),
            sop.id,
            sop=sop,
            at=self.book.clauses[sop.id],
            near=near,
            roles=roles_of(self.book, sop),
            masters=[self.book.sops[key] for key in sop.masters] if isinstance(sop, Role) else [],
            description=self.book.plain(sop.summary, sop.id),
        )

    def _page(
        self, path: str, template: str, title: str, source: str, description: str = "", **context: object
    ) -> Page:
        sop = context.get("sop")
        here = sop.id if isinstance(sop, Sop) else None
        edit = self.book.documents[source].path
        body = (
            _environment()
            .get_template(template)
            .render(
                **self.shared,
                **context,
                title=title,
                page=path,
                edit_url=self.site.edit_base + edit if self.site.edit_base else "",
                url=lambda to: self._url(path, to),
                words=lambda text, of=here: self._words(text, path, of),
            )
        )
        heading: dict[str, object] = {
            "title": str(escape(title)),
            "description": str(escape(description or title)),
            "hide": ["toc"],
        }
        if rank := _rank(path):
            heading["search"] = rank
        front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in heading.items())
        block = re.sub(r"\n\s*\n+", "\n", body.strip())
        return Page(f"{_folder(path)}index.md", f"---\n{front}\n---\n\n# {inert(title)} {{ #_top }}\n\n{block}\n", edit)

    def _url(self, here: str, to: str) -> str:
        """The address of a page (with or without #anchor) as seen from another page."""
        path, hash_, anchor = to.partition("#")
        tail = hash_ + anchor
        if path == here or not path:
            return tail or "#"
        up = "../" * _folder(here).count("/")
        return f"{up}{_folder(path)}{'' if self.site.directory_urls else 'index.html'}{tail}" or "./"

    def _words(self, text: str, path: str, here: str | None) -> Markup:
        """A text as HTML: everything escaped, placeholders as links to what they name."""
        text = " ".join(text.split())
        if "$(" not in text:
            return escape(text)
        parts: list[str] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            target = self.book.target(match[1], here)
            parts.append(str(escape(text[end : match.start()])))
            end = match.end()
            if target is None:
                parts.append(str(escape(match[0])))
            elif target.page is None or (target.page.partition("#")[0] == path and "#" not in target.page):
                parts.append(str(escape(target.words)))
            else:
                parts.append(f'<a href="{escape(self._url(path, target.page))}">{escape(target.words)}</a>')
        parts.append(str(escape(text[end:])))
        return Markup("".join(parts))


def _folder(path: str) -> str:
    """A page's folder, with its slash. Each page has one: then a link is the same in the file as in its address,
    and generators that rewrite links find nothing to do."""
    return path.removesuffix("index") if path.endswith("index") else f"{path}/"


def _rank(path: str) -> dict[str, object]:
    """What search makes of a page: overviews repeat what the SOPs say, so they come last or not at all."""
    if path.endswith("index") or path.startswith("authors/") or path == "changes":
        return {"exclude": True}
    return {"boost": 0.3} if "/" not in path else {}


def inert(text: str) -> str:
    """A text that Markdown and HTML leave alone: every ASCII sign that could mean something becomes an entity."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def icon(name: str) -> Markup:
    """An icon as inline SVG, hidden from screen readers: words stand beside each."""
    drawn = (TEMPLATES / "icons" / f"{name}.svg").read_text("utf-8").strip()
    return Markup(drawn.replace("<svg ", '<svg class="icon" aria-hidden="true" ', 1))
