"""Every id that the handbook ever had, in a file beside it: what vanishes from one build to the next is noticed.

The file is made by the first check or build, and gets what is new by every later one; only its authors take lines out.
A server does not write it: what somebody is still typing is known to nobody.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..model.book import Handbook
from ..model.document import Document
from ..problem import Problem, declare
from .files import MAX_BYTES, fetch

KNOWN_IDS = "sop/known-ids.txt"
KNOWN_ID = declare(
    "known-id",
    "known-ids.txt 由程式寫：一行一個代號與它的檢查碼，只有不問了的題目、從來沒有發布過的可以刪掉。",
    "procedures/payments 2bbf   # 全部取代時，連這裡的 fees 也換掉了",
    "procedures/fees 2bbf",
)
MOST_KNOWN = 16 * MAX_BYTES  # a thousand SOPs have 50,000 ids


def known_ids(root: Path, problems: list[Problem]) -> dict[str, int]:
    """Every id there ever was, and the line that it stands in; none where nobody has noted them yet."""
    path = root / KNOWN_IDS
    document = Document(KNOWN_IDS)
    data = fetch(path, document, MOST_KNOWN) if os.path.lexists(path) else None
    problems += document.problems
    found: dict[str, int] = {}
    spoilt: list[tuple[int, str]] = []
    for number, line in enumerate((data or b"").decode("utf-8-sig", "replace").splitlines(), 1):
        ident, _, mark = line.partition(" ")
        if mark == check_mark(ident):
            found[ident] = number
        elif line.strip() and line[0] != "#":
            spoilt.append((number, line))
    if spoilt:
        problems.append(_spoilt(spoilt))
    return found


def _spoilt(lines: list[tuple[int, str]]) -> Problem:
    number, line = lines[0]
    message = f"這一行被改過：{line}（這樣的有 {len(lines)} 行）。還原整個檔案；合併留下的記號就刪掉"
    return Problem(KNOWN_IDS, number, 1, KNOWN_ID, message)


def check_mark(ident: str) -> str:
    """4 hexadecimal digits behind a known id: who replaces a word in all files would make the old one forgotten."""
    return f"{zlib.crc32(ident.encode()) & 0xFFFF:04x}"


HEAD = """\
# 用過的代號，一行一個。handbook check 與 make build 會添上新的；和你的修改一起提交。
# 少了一個，手冊就不建置：改名的，在新的地方寫 formerly；拿掉的，寫進 sop/gone.yml；不問了的題目與
# 從來沒有發布過的，刪掉那一行。
"""


def ids(book: Handbook) -> Iterator[str]:
    """What links, results and signatures rest on now, as the file names it: `procedures/fees#pay`, `quiz/fees#late`."""
    yield from (f"{sop.folder}/{sop.id}" for sop in book.sops.values())
    yield from (f"{sop.folder}/{sop.id}#{placed.clause.id}" for sop, placed in book.each())
    yield from (f"forms/{key}" for key in book.forms)
    yield from (f"posts/{key}" for key in book.organization.posts)
    yield from (f"quiz/{key}#{question.id}" for key, quiz in book.quizzes.items() for question in quiz.questions)


def note(root: Path, book: Handbook) -> int:
    """Add to the file what is new; answers how many that were. Where nothing may be written, it goes without."""
    new = {*ids(book)} - book.known.keys()
    if new:
        text = HEAD + "".join(f"{line} {check_mark(line)}\n" for line in sorted(new | book.known.keys()))
        try:
            (root / KNOWN_IDS).write_text(text, "utf-8", newline="\n")
        except OSError:
            return 0
    return len(new)
