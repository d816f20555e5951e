"""From a folder to pages that a site may take in: the one way for the hook and for `handbook write`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .book import Handbook
from .compile import Broken, compile_handbook
from .problem import Problem, declare
from .render import Page, Site, render

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs makes pages from

PAGE_TAKEN = declare("page-taken", "手寫的頁面不可以與產生的頁面同名。", "docs/glossary.md", "docs/authors/words.md")


def make_pages(root: Path, docs: Path, site: Site) -> tuple[Handbook, list[Page], list[Problem]]:
    """The handbook under `root`, its pages, and its warnings.

    Raises Broken where any rule is broken, or where a page written by hand in `docs` stands in the way.
    """
    book, warnings = compile_handbook(root)
    pages = list(render(book, site))
    refuse_collisions(docs, pages)
    return book, pages, warnings


def refuse_collisions(docs: Path, pages: Iterable[Page]) -> None:
    """Raise Broken where a hand-written page would have the address of a made one."""
    taken = {_address(Path(page.path)): page.edit for page in pages}
    by_hand = [path.relative_to(docs) for path in sorted(docs.rglob("*")) if path.suffix in MARKDOWN]
    problems = [
        Problem(f"docs/{path.as_posix()}", 1, 1, PAGE_TAKEN, f"這一頁由 {taken[_address(path)]} 產生；手寫的要改名")
        for path in by_hand
        if _address(path) in taken
    ]
    if problems:
        raise Broken(problems)


def _address(path: Path) -> Path:
    """Where a page will stand: `a.md`, `a/index.md` and `a/README.md` are all the page `a`."""
    return path.parent if path.stem in ("index", "README") else path.with_suffix("")
