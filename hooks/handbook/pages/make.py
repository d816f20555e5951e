"""From a folder to pages that a site may take in: the one way for the hook and for `handbook write`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..compile import Broken, compile_handbook, uncollected
from ..exports.export import exports
from ..model.book import Handbook
from ..offline.pack import MANIFEST, WORKER
from ..paper.sheet import PAPER, Edition
from ..paper.shelf import shelved
from ..problem import Problem, declare
from ..quiz.coverage import started
from ..reading.source import ENCODING, FILE_LINK, FILE_READ, LINKED, walk
from . import icons
from .onward import shortcuts, signposts
from .render import Page, Site, render
from .settings import shared

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs makes pages from

PAGE_TAKEN = declare("page-taken", "手寫的頁面不可以與產生的頁面同名。", "docs/glossary.md", "docs/authors/words.md")

ORIGINS = {  # what made files are made from, by where they stand; all others from SOPs
    "exports": "quiz/",
    "assets": "handbook/icons/",
    WORKER: "handbook/offline/",
    MANIFEST: "handbook/offline/",
}


class Made(NamedTuple):
    """A handbook, its pages, the files to download by their paths from the docs folder, and its warnings."""

    book: Handbook
    pages: list[Page]
    files: dict[str, bytes | Path]  # a path is where the bytes lie
    warnings: list[Problem]


@uncollected()
def make_pages(root: Path, docs: Path, site: Site) -> Made:
    """All that the handbook under `root` gives to a site.

    Raises Broken where any rule is broken, or where a file written by hand in `docs` stands in the way.
    """
    book, warnings = compile_handbook(root)
    printed = _printed(book, root, site)
    pages = list(render(book, replace(site, sizes={path: made.stat().st_size for path, made in printed.items()})))
    files: dict[str, bytes | Path] = {icons.STYLES: icons.stylesheet(root)}
    files |= shared(root, docs)
    files |= {f"{PAPER}/{path}": made for path, made in printed.items()}
    files |= shortcuts(book, site.directory_urls) | signposts(book, site.directory_urls)
    if _exported(book, site):
        files |= {f"exports/{path}": content for path, content in exports(book).items()}
    refuse_collisions(docs, pages, files)
    return Made(book, pages, files, warnings)


def _printed(book: Handbook, root: Path, site: Site) -> dict[str, Path]:
    return shelved(Edition(book, site.url, site.directory_urls), root) if site.downloads and site.paper else {}


def _exported(book: Handbook, site: Site) -> bool:
    return site.downloads and started(book)


def refuse_collisions(docs: Path, made: Iterable[Page], files: Iterable[str] = ()) -> None:
    """Raise Broken where a hand-written file would take the place of a made one, or can't be published at all."""
    pages = {_address(Path(page.path)): page.edit for page in made}
    others = {Path(path): ORIGINS.get(Path(path).parts[0], "sop/") for path in (*files, WORKER, MANIFEST)}
    pages |= {path.parent: edit for path, edit in others.items() if path.name == "index.html"}
    folders = {path: edit for made, edit in reversed((pages | others).items()) for path in (made, *made.parents)}
    problems = [*_unfit(docs, docs.name)]
    for path in walk(docs) if not docs.is_symlink() else []:  # no generator publishes what is hidden
        place = path.relative_to(docs)
        shown = f"{docs.name}/{place.as_posix()}"
        problems += _unfit(path, shown)
        if path.suffix in MARKDOWN:
            edit = pages.get(_address(place))
        elif place.name == "index.html":
            edit = pages.get(place.parent)
        else:
            edit = None if path.is_dir() else folders.get(place)
        if edit:
            problems.append(Problem(shown, 1, 1, PAGE_TAKEN, f"這一頁由 {edit} 產生；手寫的要改名"))
    if problems:
        raise Broken(problems)


def _unfit(path: Path, shown: str) -> Iterator[Problem]:
    """Why a hand-written file can't be published: a link, say, would bring in what stands anywhere else."""
    if path.is_symlink():
        yield Problem(shown, 1, 1, FILE_LINK, LINKED)
    elif path.exists() and not (path.is_file() or path.is_dir()):
        yield Problem(shown, 1, 1, FILE_READ, "這不是檔案")
    elif path.is_file() and path.suffix in MARKDOWN:
        try:
            path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            lines = error.object[: error.start].decode("utf-8").split("\n")
            yield Problem(shown, len(lines), len(lines[-1]) + 1, ENCODING, "這個位置不是 UTF-8 文字")
        except OSError as error:
            yield Problem(shown, 1, 1, FILE_READ, f"讀不到檔案：{error.strerror}")


def _address(path: Path) -> Path:
    """Where a page will stand: `a.md`, `a/index.md` and `a/README.md` are all the page `a`."""
    return path.parent if path.stem in ("index", "README") else path.with_suffix("")
