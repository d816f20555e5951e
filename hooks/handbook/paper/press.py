"""Sheets to PDF: set by Typst from its templates, in one font that comes with us, and kept by what they are made of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import typst

from ..draft import remove
from ..kit import ENGINE, folders, listed
from ..problem import Broken, Problem
from .code import drawn
from .font import PACKAGES, font_file, other_files
from .sheet import Sheet

TEMPLATES = "templates/paper"
SHARED = {"exam": "quiz", "exam-key": "key"}  # kinds that another kind's template sets
FORGOTTEN = 30 * 86_400  # seconds after which a sheet that nobody asked for again leaves the cache


def press(sheets: Sequence[Sheet], root: Path) -> dict[str, Path]:
    """Each sheet's path with its ending → the PDF in the cache of the project at `root`; the same bytes each time.

    Raises Broken where a template can't be set.
    """
    cached = cache_of(root)
    cached.mkdir(parents=True, exist_ok=True)
    templates = _gathered(root, cached)
    ground = _ground(templates)

    def one(sheet: Sheet) -> tuple[str, Path]:
        told = sheet.make()
        data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        template = f"{SHARED.get(sheet.kind, sheet.kind)}.typ"
        made = cached / f"{hashlib.sha256(f'{ground}{template}{data}'.encode()).hexdigest()}.pdf"
        if made.exists():
            made.touch()
        else:
            with replaced(made) as draft:
                draft.write_bytes(_set(templates / template, data, drawn(told["head"]["page"]["code"])))
        return f"{sheet.path}.pdf", made

    with ThreadPoolExecutor(os.cpu_count()) as hands:
        pressed = dict(hands.map(one, sheets))
    _tidy(cached)
    return pressed


def cache_of(root: Path) -> Path:
    """Where sheets are kept between builds."""
    return Path(os.environ.get("HANDBOOK_CACHE") or root / ".cache") / "paper"


def _gathered(root: Path, cached: Path) -> Path:
    """The one folder that Typst may read: ours, or a copy with what the organisation has put in place."""
    if len(folders(root, TEMPLATES)) == 1:
        return ENGINE / TEMPLATES
    texts = {name: path.read_bytes() for name, path in listed(root, TEMPLATES).items()}
    gathered = cached / f"templates-{hashlib.sha256(repr(texts).encode()).hexdigest()}"
    if gathered.exists():
        gathered.touch()
    else:
        with replaced(gathered) as draft:
            draft.mkdir()
            for name, text in texts.items():
                (draft / name).write_bytes(text)
    return gathered


def _set(template: Path, data: str, code: str) -> bytes:
    """One sheet as a tagged PDF that keeps to PDF/UA, with its code and no time in it."""
    try:
        compiler = typst.Compiler(
            template,
            root=template.parent,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": data, "code": code},
        )
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError as error:
        raise Broken([_misprint(template.name, error)]) from None
    assert isinstance(made, bytes)
    return made


def _misprint(template: str, error: typst.TypstError) -> Problem:
    """What is wrong, where in the templates, and what Typst would try."""
    found = re.search(r"(\w+\.typ):(\d+):(\d+)", error.diagnostic)
    name, line, column = found.groups() if found else (template, "1", "1")
    message = "；".join([error.message, *error.hints])
    return Problem(f"{TEMPLATES}/{name}", int(line), int(column), "paper-template", message)


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """A place to write a file or a folder that appears whole or not at all: two builds may make the same at once."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        yield draft
        if not path.is_dir():  # which the other build was quicker to make
            draft.replace(path)
    finally:
        remove(draft)


def _tidy(cached: Path) -> None:
    oldest = time.time() - FORGOTTEN
    for path in cached.iterdir():
        with suppress(FileNotFoundError):  # another build was done with its draft, or tidied up first
            if path.stat().st_mtime < oldest:
                remove(path)


@cache
def fonts() -> typst.Fonts:
    """Our fonts, and none of those that this machine happens to have."""
    ours = [font_file().parent, other_files()[0].parent]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=ours)


def _ground(templates: Path) -> str:
    """What all sheets are made from: the templates and how codes are drawn, and who sets them in which font."""
    written = [*sorted(templates.glob("*.typ")), Path(__file__).with_name("code.py")]
    texts = [path.read_text("utf-8") for path in written]
    return "\0".join([version("typst"), version("segno"), *map(version, PACKAGES), *texts])
