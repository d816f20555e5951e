"""What an organisation's own files may not be: in the way of made ones, links to anywhere else, or of no use."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..kit import OVERRIDES, ROOMS, engines
from ..offline.pack import MANIFEST, WORKER
from ..problem import Broken, Problem, declare
from ..reading.files import FILE_LINK, FILE_READ, LINKED, walk
from ..reading.source import ENCODING
from .page import Page

MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs makes pages from

PAGE_TAKEN = declare("page-taken", "手寫的頁面不可以與產生的頁面同名。", "docs/glossary.md", "docs/authors/words.md")
OVERRIDE = declare(
    "unknown-override",
    "overrides/ 裡的檔案要和程式的檔案同名，才會換掉它；圖示、樣式與程式可以另外加。",
    "overrides/templates/hom.html",
    "overrides/templates/home.html",
)
FIXED = ("guide", "templates")  # rooms in which a name that the engine does not know is of no use

ORIGINS = {  # what made files are made from, by where they stand; all others from SOPs
    "exports": "quiz/",
    "assets": "handbook/icons/",
    WORKER: "handbook/offline/",
    MANIFEST: "handbook/offline/",
}


def overrides(root: Path) -> Iterator[Problem]:
    """What stands among an organisation's own templates, styles and drawings, and can't take the place of any."""
    folder = root / OVERRIDES
    for path in walk(folder) if folder.exists() or folder.is_symlink() else []:
        shown = path.relative_to(root).as_posix()
        yield from _unfit(path, shown)
        if path.is_file() and (why := _useless(*path.relative_to(folder).as_posix().partition("/")[::2])):
            yield Problem(shown, 1, 1, OVERRIDE, why)


def _useless(room: str, name: str) -> str:
    """Why a file of this name in this folder takes no other's place, if it does not."""
    if room not in ROOMS:
        return f"{OVERRIDES}/ 裡只有 {'、'.join(ROOMS)} 這幾個資料夾"
    known = engines(room)
    if room not in FIXED or name in known:
        return ""
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"；是不是 {close[0]}？" if close else ""
    return f"程式沒有 {room}/{name}，這個檔案不會用到{hint}"


def refuse_collisions(
    docs: Path, made: Iterable[Page], files: Iterable[str] = (), more: Iterable[Problem] = ()
) -> None:
    """Raise Broken where a hand-written file would take the place of a made one, or can't be published at all, and for
    whatever `more` is wrong."""
    problems = [*_unfit(docs, docs.name), *more, *_in_the_way(docs, made, files)]
    if problems:
        raise Broken(problems)


def _in_the_way(docs: Path, made: Iterable[Page], files: Iterable[str]) -> Iterator[Problem]:
    pages = {_address(Path(page.path)): page.edit for page in made}
    others = {Path(path): ORIGINS.get(Path(path).parts[0], "sop/") for path in (*files, WORKER, MANIFEST)}
    pages |= {path.parent: edit for path, edit in others.items() if path.name == "index.html"}
    folders = {path: edit for made, edit in reversed((pages | others).items()) for path in (made, *made.parents)}
    for path in walk(docs) if not docs.is_symlink() else []:  # no generator publishes what is hidden
        place = path.relative_to(docs)
        shown = f"{docs.name}/{place.as_posix()}"
        yield from _unfit(path, shown)
        if path.suffix in MARKDOWN:
            edit = pages.get(_address(place))
        elif place.name == "index.html":
            edit = pages.get(place.parent)
        else:
            edit = None if path.is_dir() else folders.get(place)
        if edit:
            yield Problem(shown, 1, 1, PAGE_TAKEN, f"這一頁由 {edit} 產生；手寫的要改名")


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
