"""What is published, from a folder: the one way for the hook and for `handbook write`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..compile import compile_handbook, uncollected
from ..exports.export import exports
from ..exports.feed import FEED, feed
from ..exports.reviews import CALENDAR, calendar
from ..model.book import Handbook
from ..paper.sheet import PAPER, Edition
from ..paper.shelf import shelved
from ..problem import Problem
from ..quiz.coverage import started
from .clashes import overrides, refuse_collisions
from .icons import STYLES, stylesheet
from .marks import MARKS, marks
from .onward import shortcuts, signposts
from .page import Page
from .render import render
from .settings import shared
from .team import TEAM, team
from .view import Site

Files = dict[str, bytes | Path]  # by their paths from the docs folder; a path is where the bytes lie


class Made(NamedTuple):
    """A handbook, its pages, the files beside them, and its warnings."""

    book: Handbook
    pages: list[Page]
    files: Files
    warnings: list[Problem]


@uncollected()
def make_site(root: Path, docs: Path, site: Site) -> Made:
    """All that the handbook under `root` gives to a site.

    Raises Broken where any rule is broken, or where a file written by hand in `docs` stands in the way.
    """
    book, warnings = compile_handbook(root)
    edition = Edition(book, site.url, site.directory_urls)
    sheets = shelved(edition, root, site.keys) if site.downloads and site.paper else {}
    sizes = {path: made.stat().st_size for path, made in sheets.items()}
    pages = list(render(book, site, sizes))
    ours: Files = dict(shared(root, docs))  # which the organisation may have its own of
    made = _made(edition, root, site) | {f"{PAPER}/{path}": sheet for path, sheet in sheets.items()}
    refuse_collisions(docs, pages, made, overrides(root))
    return Made(book, pages, made | ours, warnings)


def _made(edition: Edition, root: Path, site: Site) -> Files:
    """What is made beside pages and sheets."""
    book = edition.book
    found: Files = {STYLES: stylesheet(root), FEED: feed(edition), CALENDAR: calendar(edition)}
    found[MARKS] = marks(book, site.directory_urls)
    found[TEAM] = team(book, site)
    found |= shortcuts(book, site.directory_urls) | signposts(book, site.directory_urls)
    if site.downloads and site.keys and started(book):
        found |= {f"exports/{path}": content for path, content in exports(book).items()}
    return found
