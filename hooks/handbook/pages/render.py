"""A handbook to pages: each page is Markdown text, its content HTML in which every word from YAML is escaped."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from ..day import today
from ..exports.export import FORMATS
from ..kit import folders, listed
from ..model.book import PLACEHOLDER, Handbook
from ..model.clauses import Placed
from ..model.fields import cited
from ..model.former import former
from ..model.gathered import Due, deadlines, filled_where, sections
from ..model.questions import Quiz
from ..model.registers import REGISTERS
from ..model.sops import Procedure, Role, Sop, Standard
from ..paper.sheets import catalogue
from ..problem import RULES
from ..quiz.bank import bank
from ..quiz.coverage import by_gaps, started
from ..quiz.exam import Drawn, fingerprint, pool, sources
from ..quiz.progress import exam_rows, quiz_groups
from .clause import DRAWN, clause_html
from .former import GONE_TITLE, gone_clauses, told
from .icons import icon
from .question import question_html
from .views import (
    called_upon,
    fields_of,
    open_points,
    phrases,
    roles_of,
    versions,
    visible_rules,
)

UNSEARCHED = ("authors/", "exams/", "quiz/", "supervisors/")  # they repeat what the SOPs say, or serve other readers
BLANK = re.compile(r"\n\s*\n+")  # a blank line would end a block of HTML in Markdown


@dataclass(frozen=True)
class Page:
    """One page: its path from the docs folder (with `.md`), its metadata, its title in words that mean nothing to
    Markdown, its body as HTML, and the file to edit to change it."""

    path: str
    meta: dict[str, object]
    title: str
    body: str
    edit: str

    @property
    def heading(self) -> str:
        """The title as a line of Markdown."""
        return f"# {self.title} {{ #_top }}\n"

    @property
    def html(self) -> str:
        """The page as Markdown would make it."""
        return f'<h1 id="_top">{self.title}</h1>\n{self.body.rstrip()}'

    @property
    def text(self) -> str:
        """The whole page as Markdown, with its metadata in front."""
        front = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.meta.items())
        return f"---\n{front}\n---\n\n{self.heading}\n{self.body}"


@dataclass(frozen=True)
class Site:
    """What the pages must know of the site they stand in."""

    edit_base: str = ""
    directory_urls: bool = True
    downloads: bool = True  # whether it has the files that take long to make
    url: str = ""
    paper: bool = True  # whether it has sheets to print; while serving they come later
    read: bool = False  # whether search reads the pages themselves: then they carry words that nobody else sees
    sizes: Mapping[str, int] = field(default_factory=dict)  # bytes of each sheet, as far as they are known


def render(book: Handbook, site: Site | None = None) -> Iterator[Page]:
    """Every page of the handbook that is made from its YAML."""
    return _Renderer(book, site or Site()).pages()


@dataclass(frozen=True)
class View:
    """The page that is being drawn, for the templates' filters: where it stands, and whose placeholders it fills."""

    book: Handbook
    site: Site
    path: str
    here: str | None
    found: dict[str, str] = field(default_factory=dict)  # addresses of other pages, as soon as one is asked for

    def url(self, to: str) -> str:
        """The address of a page (with or without #anchor) as seen from this one."""
        path, hash_, anchor = to.partition("#")
        if path == self.path or not path:
            return f"#{anchor}"
        found = self.found.get(path)
        if found is None:
            self.found[path] = found = self._away(path)
        return found + hash_ + anchor

    def _away(self, path: str) -> str:
        return self.asset(f"{_folder(path)}{'' if self.site.directory_urls else 'index.html'}") or "./"

    def asset(self, path: str) -> str:
        """The address of a file in the docs folder as seen from this page."""
        return "../" * _folder(self.path).count("/") + path

    def link(self, key: str, clause: str = "") -> str:
        """The address of the page of an SOP or a form, or of one of its clauses."""
        page = self.book.page(key) or ""
        return self.url(f"{page}#{clause}" if clause else page)

    def plain(self, text: str, of: str | None = None) -> str:
        """A text with its placeholders filled in."""
        return self.book.plain(text, of or self.here)

    def words(self, text: str, of: str | None = None) -> str:
        """A text as HTML: everything escaped, placeholders as links to what they name."""
        if "$(" not in text:
            return html.escape(text)
        parts: list[str] = []
        end = 0
        for match in PLACEHOLDER.finditer(text):
            target = self.book.target(match[1], of or self.here)
            parts.append(html.escape(text[end : match.start()]))
            end = match.end()
            if target is None:
                parts.append(html.escape(match[0]))
            elif target.page is None or (target.page.partition("#")[0] == self.path and "#" not in target.page):
                parts.append(html.escape(target.words))
            else:
                parts.append(f'<a href="{html.escape(self.url(target.page))}">{html.escape(target.words)}</a>')
        parts.append(html.escape(text[end:]))
        return "".join(parts)

    def posts(self, keys: list[str]) -> str:
        """The names of posts, as links to what they do."""
        pages = ((key, f"roles/{key}" if key in self.book.roles else f"roles/index#{key}") for key in keys)
        linked = [
            f'<a href="{html.escape(self.url(page))}">{html.escape(self.book.name(key) or "")}</a>'
            for key, page in pages
        ]
        return "、".join(linked)


# What templates do with a value. Filters, as Jinja calls a filter several times faster than a function.


def _view(context: Context) -> View:
    found: View = context["view"]
    return found


@pass_context
def _words(context: Context, text: str, of: str | None = None) -> Markup:
    return Markup(_view(context).words(text, of))


@pass_context
def _plain(context: Context, text: str, of: str | None = None) -> str:
    return _view(context).plain(text, of)


@pass_context
def _name(context: Context, key: str) -> str | None:
    return _view(context).book.name(key)


@pass_context
def _posts(context: Context, keys: list[str]) -> Markup:
    return Markup(_view(context).posts(keys))


@pass_context
def _url(context: Context, to: str) -> str:
    return _view(context).url(to)


@pass_context
def _asset(context: Context, path: str) -> str:
    return _view(context).asset(path)


@pass_context
def _link(context: Context, key: str, clause: str = "") -> str:
    return _view(context).link(key, clause)


@pass_context
def _clause(context: Context, placed: Placed, tag: str, sop: Sop, number: int | None = None) -> Markup:
    return clause_html(_view(context), tag, sop, placed, number)


@pass_context
def _question(context: Context, drawn: Drawn) -> Markup:
    return question_html(_view(context), drawn)


@pass_context
def _fingerprint(context: Context, sop: Sop) -> str:
    return _view(context).book.sop_fingerprint(sop)


def _size(count: int) -> str:
    """Bytes as people read them: 「152 KB」「1.2 MB」."""
    return f"{count / 1024:.0f} KB" if count < 1_000_000 else f"{count / 1024 / 1024:.1f} MB"


@cache
def templates(root: Path) -> Environment:
    """The templates of a project, compiled once a process; a changed one is read again."""
    made = Environment(
        loader=FileSystemLoader(folders(root, "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "words": _words,
        "plain": _plain,
        "name": _name,
        "posts": _posts,
        "url": _url,
        "asset": _asset,
        "link": _link,
        "icon": icon,
        "drawn": DRAWN.__getitem__,
        "cited": cited,
        "clause": _clause,
        "question": _question,
        "fingerprint": _fingerprint,
        "size": _size,
    }
    return made


# SOP → what its page was made from, and the page: a server makes anew only what an edit may have changed.
_pages: dict[str, tuple[Sop, str, Page]] = {}


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
            "today": today(),
            "deadlines": lambda sop: deadlines(book, sop),
            "called_upon": called_upon(book),
            "site": self.site,
            "quizzed": started(book),
            "bygones": lambda key: (former(book).moved.get(key, {}), gone_clauses(book, key)),
        }

    def pages(self) -> Iterator[Page]:
        book = self.book
        yield self._page("index", "home.html", book.organization.title, "organization")
        for kind, title, sops in sections(book):
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
        yield self._page("search-words", "search-words.html", "找不到的詞", "synonyms")
        yield from self._quizzes()
        yield from self._gone()
        yield self._page("authors/rules", "rules.html", "規則", "organization", rules=visible_rules(RULES))
        shapes = {"procedures": Procedure, "standards": Standard, "roles": Role, **REGISTERS, "quiz": Quiz}
        tables = {name: fields_of(shape) for name, shape in shapes.items()}
        yield self._page("authors/fields", "fields.html", "欄位", "organization", tables=tables)

    def _gone(self) -> Iterator[Page]:
        """Pages for those who look for what is no more."""
        for line, gone in self.book.gone.items():
            folder, _, key = line.partition("/")
            if folder != "posts" and "#" not in key:
                page = self._page(line, "gone.html", GONE_TITLE, "gone", key=key, gone=gone, form=folder == "forms")
                yield replace(page, meta={**page.meta, "search": {"exclude": True}, "robots": "noindex"})

    def _quizzes(self) -> Iterator[Page]:
        """The pages to take quizzes and exams on, and those that show how one fares, and what is asked."""
        book = self.book
        groups, exams = (quiz_groups(book), exam_rows(book)) if started(book) else ([], [])
        yield self._page("quiz/index", "progress.html", "測驗與進度", "organization", groups=groups, exams=exams)
        yield from map(self._quiz, book.quizzes if groups else ())
        yield from map(self._exam, book.roles.values() if groups else ())
        if self.site.paper:
            on_paper = catalogue(book)
            yield self._page("supervisors/paper", "paper.html", "紙本", "organization", on_paper=on_paper)
        home = "supervisors/index"
        yield self._page(home, "supervisors.html", "主管", "organization", groups=groups, formats=FORMATS)
        if groups:
            covered = by_gaps(book)
            yield self._page("supervisors/coverage", "coverage.html", "題目對照表", "organization", groups=covered)

    def _quiz(self, key: str) -> Page:
        book, sop = self.book, self.book.sops[key]
        drawn = [Drawn(key, question) for question in bank(book)[key]]
        mark, title = book.quizzes[key].pass_mark, f"{book.title(sop)}：測驗"
        return self._page(f"quiz/{key}", "quiz.html", title, f"quiz/{key}", sop=sop, drawn=drawn, pass_mark=mark)

    def _exam(self, role: Role) -> Page:
        drawn = pool(self.book, role)
        return self._page(
            f"exams/{role.id}",
            "exam.html",
            f"{self.book.title(role)}：崗位考試",
            role.id,
            role=role,
            drawn=drawn,
            count=min(role.exam.questions, len(drawn)),
            sources=sources(self.book, role),
            fingerprint=fingerprint(self.book, role),
        )

    def _sop(self, sop: Sop, near: tuple[Sop | None, Sop | None]) -> Page:
        before = _pages.get(sop.id)
        if before and before[0] is sop and before[1] == self.around and not isinstance(sop, Role):
            return before[2]
        page = self._sop_anew(sop, near)
        _pages[sop.id] = sop, self.around, page
        return page

    @cached_property
    def around(self) -> str:
        """A fingerprint of all that the page of a procedure or a standard takes from elsewhere: names, facts, roles,
        templates, the day. A role's page takes much more from other SOPs."""
        book = self.book
        others = [
            (sop.id, sop.folder, book.title(sop), sop.icon, sop.masters if isinstance(sop, Role) else (), facts)
            for sop in book.sops.values()
            for facts in [[(p.clause.id, p.clause.fact) for p in book.clauses[sop.id].values() if p.clause.fact]]
        ]
        registers = [book.documents[name].yaml for name in REGISTERS if name in book.documents]
        drawn = [(path.as_posix(), path.stat().st_mtime_ns) for path in listed(book.root, "templates").values()]
        everything = repr((others, registers, drawn, today(), self.site, started(book), former(book)))
        return hashlib.sha256(everything.encode()).hexdigest()

    def _sop_anew(self, sop: Sop, near: tuple[Sop | None, Sop | None]) -> Page:
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

    def _page(self, path: str, template: str, title: str, source: str, description: str = "", **context: Any) -> Page:
        sop = context.get("sop")
        edit = self.book.documents[source].path
        view = View(self.book, self.site, path, sop.id if isinstance(sop, Sop) else None)
        edit_url = self.site.edit_base + edit if self.site.edit_base else ""
        drawn = templates(self.book.root).get_template(template)
        body = drawn.render(self.shared, **context, view=view, title=title, edit_url=edit_url)
        meta: dict[str, object] = {
            "title": str(escape(title)),
            "description": str(escape(description or title)),
            "hide": ["toc"],
        }
        if rank := _rank(path):
            meta["search"] = rank
        body = BLANK.sub("\n", body.strip())
        if pairs := told(self.book, path):
            body += f'\n<div hidden data-formerly="{pairs}"></div>'
        return Page(f"{_folder(path)}index.md", meta, inert(title), f"{body}\n", edit)


def _folder(path: str) -> str:
    """A page's folder, with its slash. Each page has one: then a link is the same in the file as in its address,
    and generators that rewrite links find nothing to do."""
    return path.removesuffix("index") if _is_overview(path) else f"{path}/"


def _is_overview(path: str) -> bool:
    return path == "index" or path.endswith("/index")


def _rank(path: str) -> dict[str, object]:
    """What search makes of a page: overviews repeat what the SOPs say, so they come last or not at all."""
    if _is_overview(path) or path.startswith(UNSEARCHED) or path in ("changes", "search-words"):
        return {"exclude": True}
    return {"boost": 0.3} if "/" not in path else {}


def inert(text: str) -> str:
    """A text that Markdown and HTML leave alone: every ASCII sign that could mean something becomes an entity."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", " ".join(text.split()))
