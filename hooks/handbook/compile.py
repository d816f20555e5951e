"""The one way from a folder to a handbook that holds: read, check, refuse with every problem at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from .model.book import Handbook
from .problem import Broken, Problem
from .reading.load import load
from .rules.check import check


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
        _freeze()
        gc.enable()


@cache
def _freeze() -> None:
    """Once: what a server reads later is little, and may be replaced."""
    gc.freeze()


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
