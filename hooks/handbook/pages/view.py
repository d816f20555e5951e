"""The page that is being drawn: where things stand as seen from it, and its texts as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model.book import PLACEHOLDER, Handbook, Target, once, spaced


@dataclass(frozen=True)
class Site:
    """What the pages must know of the site they stand in."""

    edit_base: str = ""
    directory_urls: bool = True
    downloads: bool = True  # whether it has the files that take long to make
    url: str = ""
    paper: bool = True  # whether it has sheets to print; while serving they come later
    keys: bool = True  # whether it has the answers of papers and exams, and the question bank
    read: bool = False  # whether search reads the pages themselves: then they carry words that nobody else sees

    @classmethod
    def asked(cls, settings: Mapping[str, Any], **more: bool) -> Site:
        """The site that the settings of a generator ask for."""
        extra = settings.get("extra") or {}
        return cls(
            settings.get("edit_uri") or "",
            settings.get("use_directory_urls", True),
            url=settings.get("site_url") or "",
            paper=extra.get("paper", True),
            keys=extra.get("keys", True),
            **more,
        )


def folder_of(path: str) -> str:
    """A page's folder, with its slash. Each page has one: then a link is the same in the file as in its address,
    and generators that rewrite links find nothing to do."""
    return path.removesuffix("index") if is_overview(path) else f"{path}/"


def is_overview(path: str) -> bool:
    return path == "index" or path.endswith("/index")


@dataclass(frozen=True)
class View:
    """A page for the templates' filters: where it stands, and whose placeholders it fills."""

    book: Handbook
    site: Site
    path: str
    here: str | None
    found: dict[str, str] = field(default_factory=dict)  # addresses of other pages, as soon as one is asked for

    def url(self, to: str) -> str:
        """The address of a page (with or without #anchor) as seen from this one."""
        path, hash_, anchor = to.partition("#")
        return self._at(path, hash_ + anchor)

    def _at(self, path: str, anchor: str) -> str:
        if path == self.path or not path:
            return anchor or "#"
        found = self.found.get(path)
        if found is None:
            self.found[path] = found = self._away(path)
        return found + anchor

    def _away(self, path: str) -> str:
        return self.asset(f"{folder_of(path)}{'' if self.site.directory_urls else 'index.html'}") or "./"

    def asset(self, path: str) -> str:
        """The address of a file in the docs folder as seen from this page."""
        return "../" * folder_of(self.path).count("/") + path

    def link(self, key: str, clause: str = "") -> str:
        """The address of the page of an SOP or a form, or of one of its clauses."""
        return self._at(self.book.page(key) or "", f"#{clause}" if clause else "")

    def plain(self, text: str, of: str | None = None) -> str:
        """A text with its placeholders filled in."""
        return self.book.plain(text, of or self.here)

    def words(self, text: str, of: str | None = None) -> str:
        """A text as HTML: everything escaped, placeholders as links to what they name."""
        return once("".join(self._words(text, of or self.here))) if "$(" in text else html.escape(text)

    def _words(self, text: str, here: str | None) -> Iterator[str]:
        end = 0
        for match in PLACEHOLDER.finditer(text):
            yield html.escape(text[end : match.start()])
            end = match.end()
            target = self.book.target(match[1], here) or Target(match[0])
            before, _, after = spaced(match, target.told)
            yield f"{before}{self._named(target)}{after}"
        yield html.escape(text[end:])

    def _named(self, target: Target) -> str:
        """A link to what a placeholder names, but from that page itself."""
        words, (page, _, anchor) = html.escape(target.told), (target.page or self.path).partition("#")
        if page == self.path and not anchor:
            return words
        return f'<a href="{html.escape(self.url(target.page or ""))}">{words}</a>'

    def posts(self, keys: list[str]) -> str:
        """The names of posts, as links to what they do; of who has none, the name alone."""
        return "、".join(map(self._post, keys, self.book.who(keys)))

    def _post(self, key: str, name: str) -> str:
        if key not in self.book.organization.posts:
            return html.escape(name)
        page = f"roles/{key}" if key in self.book.roles else f"roles/index#{key}"
        return f'<a href="{html.escape(self.url(page))}">{html.escape(name)}</a>'
