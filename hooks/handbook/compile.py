"""The one way from a folder to a handbook that holds: read, check, refuse with every problem at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .model.book import Handbook
from .problem import Problem
from .quiz import coverage  # noqa: F401
from .reading.load import load
from .rules import (  # noqa: F401  (importing them registers their rules)
    checklist,
    complete,
    former,
    glyphs,
    known,
    references,
    typed,
    wording,
)
from .rules import quiz as rules  # noqa: F401
from .rules import search as search_rules  # noqa: F401
from .rules.complete import check


class Broken(Exception):
    """The files do not make a handbook; `problems` says all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(problems)

    @property
    def summary(self) -> str:
        errors = [problem for problem in self.problems if not problem.warning]
        return f"共 {len(errors)} 個問題，在 {len({problem.path for problem in errors})} 個檔案裡；手冊沒有建置。"


@contextmanager
def uncollected() -> Iterator[None]:
    """Whatever is read stays: to look for garbage in it, again and again as it grows, takes longer than to read it."""
    if not gc.isenabled():  # somebody around us sees to it
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # once: what a server reads later is little, and may be replaced
            gc.freeze()
        gc.enable()


@uncollected()
def compile_handbook(root: Path) -> tuple[Handbook, list[Problem]]:
    """The handbook under `root` and its warnings.

    Raises Broken where any rule is broken.
    """
    book, problems = load(root)
    if book:
        problems += check(book)
    problems = sorted(set(problems))
    if book is None or any(not problem.warning for problem in problems):
        raise Broken(problems)
    return book, problems
