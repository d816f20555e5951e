"""All sheets as files: each PDF, one ZIP a role, and a list of them."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..folder import whole
from .press import press, replaced
from .sheet import KINDS, Edition, Sheet
from .sheets import of_role, sheets

LIST = "list.txt"
STAMP = "紙本清單（由 handbook paper 產生，下次會整個換掉）\n"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # a ZIP can't hold an earlier time, and ours says nothing


def shelved(edition: Edition, root: Path, keys: bool = True) -> dict[str, Path]:
    """Each file's path below `paper/` → where its bytes lie, in the cache of the project at `root`; with or without the
    answers.

    Raises Broken where a template can't be set.
    """
    made = sheets(edition, keys)
    files = press(made, root)
    roles = [] if edition.codes else list(edition.book.roles.values())
    with ThreadPoolExecutor(os.cpu_count()) as hands:
        packed = hands.map(lambda role: _zipped(of_role(edition.book, role, made), files), roles)
        return files | {f"roles/{role.id}.zip": file for role, file in zip(roles, packed, strict=True)}


def write(edition: Edition, root: Path, folder: Path, keys: bool = True) -> int:
    """Write all sheets into a folder; answers the number of files.

    The folder appears whole or not at all. Raises FileExistsError where it has other things in it, or is one of those
    that the handbook is read from, and Broken where a template can't be set.
    """
    files = shelved(edition, root, keys)
    with whole(folder, root, _ours) as draft:
        put(files, draft)
        (draft / LIST).write_text(STAMP + "".join(f"{path}\n" for path in sorted(files)), "utf-8")
    return len(files)


def put(files: Mapping[str, Path], folder: Path) -> None:
    """Copy files to their places in a folder."""
    for path, made in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(made, folder / path)


def _ours(folder: Path) -> bool:
    """Whether we wrote the folder, and may replace it."""
    told = folder / LIST
    return told.is_file() and told.read_text("utf-8", "replace").startswith(STAMP.rstrip())


def _zipped(chosen: Sequence[Sheet], files: Mapping[str, Path]) -> Path:
    """Sheets in one file, by kinds, under the names that people know them by: the same bytes each time."""
    named = {f"{KINDS[sheet.kind]}/{file_name(sheet.title)}.pdf": files[f"{sheet.path}.pdf"] for sheet in chosen}
    asked = "".join(f"{name}\0{made.stem}\n" for name, made in named.items())  # what is kept is named by its content
    kept = next(iter(named.values())).parent / f"{hashlib.sha256(asked.encode()).hexdigest()}.zip"
    if not kept.exists():
        with replaced(kept) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, made in named.items():
                packed.writestr(zipfile.ZipInfo(name, EARLIEST), made.read_bytes(), zipfile.ZIP_DEFLATED)
    else:
        kept.touch()
    return kept


def file_name(title: str) -> str:
    """A title as the name of a file on any system."""
    return re.sub(r'[\\/:*?"<>|.\s]+', " ", title).strip() or "_"
