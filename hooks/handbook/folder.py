"""Write a folder whole or not at all, and never over what somebody else put there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCES = ("docs", "hooks", "quiz", "sop")  # what is read, so that nothing is written there


@contextmanager
def whole(folder: Path, root: Path, ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder to write into, which takes the place of `folder` once all is written.

    Raises FileExistsError where that is one of those that the project at `root` is read from, or has things in it and
    is not `ours` to replace.
    """
    if any(folder.resolve().is_relative_to((root / name).resolve()) for name in SOURCES):
        raise FileExistsError(f"{folder} 是手冊自己的資料夾；換一個地方")
    if folder.exists() and not ours(folder) and (folder.is_file() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} 裡有別的東西；換一個空的資料夾")
    there = folder.is_dir() and not any(folder.iterdir())  # somebody may stand in it, and goes on standing there
    home = folder if there else folder.parent
    home.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home))
    try:
        draft.chmod(0o755)  # mkdtemp's are for their owner alone
        yield draft
        _place(draft, folder, there)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _place(draft: Path, folder: Path, there: bool) -> None:
    if there:
        for made in list(draft.iterdir()):
            made.replace(folder / made.name)
        return
    if folder.exists():
        shutil.rmtree(folder)
    draft.replace(folder)
