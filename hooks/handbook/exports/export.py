"""Write the question bank in the formats of other systems: a file an SOP, one of all, and a list of what they lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ..folder import whole
from ..model.book import Handbook
from ..quiz.answers import seed
from ..quiz.bank import bank
from ..quiz.exam import Drawn
from ..quiz.plain import Omitted
from .gift import gift
from .qti.package import qti

STAMP = "題庫匯出時放不進去的東西（由 handbook export 產生，下次會整個換掉）\n"
OMITTED = "omitted.txt"


class Format(NamedTuple):
    """A format: its name, its folder, how its files end, and what writes one: its bytes and what it can't hold."""

    name: str
    folder: str
    ending: str
    write: Callable[[Handbook, list[Drawn], str], tuple[bytes, list[Omitted]]]


def _gift(book: Handbook, questions: list[Drawn], title: str) -> tuple[bytes, list[Omitted]]:
    text, omitted = gift(book, questions, title)
    return text.encode(), omitted


# Moodle takes a GIFT file only where its name ends in .txt.
FORMATS = (Format("Moodle GIFT", "gift", ".gift.txt", _gift), Format("QTI 2.1", "qti", ".qti.zip", qti))


def exports(book: Handbook) -> dict[str, bytes]:
    """Every file of the export by its path: `handbook.qti.zip`, `gift/complaints.gift.txt`, `omitted.txt`."""
    banks = {key: [Drawn(key, one) for one in questions] for key, questions in bank(book).items() if questions}
    every = [one for questions in banks.values() for one in questions]
    files: dict[str, bytes] = {}
    lists = []
    for form in FORMATS:
        for key, questions in banks.items():
            files[f"{form.folder}/{key}{form.ending}"], _ = form.write(book, questions, book.title(book.sops[key]))
        files[f"handbook{form.ending}"], omitted = form.write(book, every, book.organization.title)
        lists.append("\n".join(_told(form.name, every, omitted)))
    files[OMITTED] = ("\n\n".join([STAMP.rstrip(), *lists]) + "\n").encode()
    return files


def _told(name: str, questions: list[Drawn], omitted: list[Omitted]) -> Iterator[str]:
    """What a format lacks, by the reason, in words for the one who imports it."""
    lost = [one for one in omitted if not one.part]
    named = {one.question for one in lost}
    held = sum(seed(*drawn) not in named for drawn in questions)
    yield f"{name}：{len(questions)} 題，放進了 {held} 題"
    yield from _by_reason("整題放不進去", lost)
    yield from _by_reason("放進去了，但是樣子不同", [one for one in omitted if one.part])


def _by_reason(heading: str, omitted: Iterable[Omitted]) -> Iterator[str]:
    found = sorted(omitted, key=lambda one: (one.reason, one.question))
    yield f"  {heading}：{'' if found else '沒有'}"
    for reason, ones in groupby(found, lambda one: one.reason):
        named = [one.question for one in ones]
        yield f"    {reason}（{len(named)} 題）"
        yield from (f"      {question}" for question in named)


def export(book: Handbook, root: Path, folder: Path) -> int:
    """Write the export of the handbook under `root` into a folder; answers the number of files.

    The folder appears whole or not at all. Raises FileExistsError where it has other things in it, or is one of those
    that the handbook is read from.
    """
    files = exports(book)
    with whole(folder, root, _ours) as draft:
        for path, content in files.items():
            (draft / path).parent.mkdir(exist_ok=True)
            (draft / path).write_bytes(content)
    return len(files)


def _ours(folder: Path) -> bool:
    """Whether we wrote the folder, and may replace it."""
    told = folder / OMITTED
    return told.is_file() and told.read_text("utf-8", "replace").startswith(STAMP.rstrip())
