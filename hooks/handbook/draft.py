"""A site is made beside the one that stands, and takes its place once it is whole."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path


def beside(last: Path) -> Path:
    """A new folder, on the same disk."""
    last.parent.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=".site-", dir=last.parent))


def replace(last: Path, draft: Path) -> None:
    """Put a whole site in the place of the last one; what is hidden there stays, as MkDocs itself leaves it."""
    last.mkdir(exist_ok=True)
    for old in last.iterdir():
        if not old.name.startswith("."):
            remove(old)
    for made in draft.iterdir():
        shutil.move(made, last / made.name)


def renew(last: Path, draft: Path, but: tuple[str, ...] = ()) -> None:
    """Put what was made anew in its place in the last site, but for files of some names, and leave all else."""
    for made in draft.rglob("*"):
        if made.is_file() and made.name not in but:
            place = last / made.relative_to(draft)
            place.parent.mkdir(parents=True, exist_ok=True)
            made.replace(place)


def remove(path: Path) -> None:
    """Take away a file, or a folder with all in it; what is not there is no matter."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
