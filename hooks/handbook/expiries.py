"""Whose signatures and passes run out: from the table that the supervisors' page of the team hands out (its CSV), and
from what each SOP and role says of how long they hold (`renew`)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .day import today
from .model.book import Handbook
from .model.sops import Sop
from .problem import Problem, Refused

# The columns of web/team/export.js, and what stands in them: tests/test_expiries.py holds both against each other.
NAME, WHAT, SIGNED, RESULT, TESTED = "姓名", "要會的", "簽閱日", "測驗、考試", "測驗、考試日"
EXAM, PASSED = "崗位考試：", "通過"
HOW = "這不是「團隊」頁匯出的 CSV：在那一頁點「存檔、匯出、列印」，再按一次「存成 CSV」"
LARGEST = 50_000_000  # bytes


@dataclass(frozen=True)
class Expiry:
    """What somebody has signed or passed, and the day on which it has to be done again."""

    name: str
    sop: Sop
    act: str  # 「簽閱」「測驗」「崗位考試」
    on: dt.date
    end: dt.date
    line: int

    @property
    def over(self) -> bool:
        return self.end <= today()

    def problem(self, path: str, title: str) -> Problem:
        """As reviews are told."""
        days = (self.end - today()).days
        when = f"過期 {-days} 天" if days < 0 else f"還有 {days} 天" if days else "就是今天"
        said = f"{self.name}的「{title}」{self.act}（{self.on}）{self.end} 到期，{when}"
        return Problem(path, self.line, 1, "pass-over" if self.over else "pass-due", said, warning=True)


def expiries(book: Handbook, path: Path, until: dt.date) -> list[Expiry]:
    """What runs out by a day, the earliest first. Raises Refused where the file is no team's table."""
    titles: dict[str, tuple[Sop, bool]] = {book.title(sop): (sop, False) for sop in book.sops.values()}
    titles |= {EXAM + book.title(role): (role, True) for role in book.roles.values()}
    found = (one for line, row in _rows(path) for one in _of(titles, line, row))
    return sorted((one for one in found if one.end <= until), key=lambda one: (one.end, one.line))


def _of(titles: dict[str, tuple[Sop, bool]], line: int, row: dict[str, str]) -> Iterator[Expiry]:
    """A row's signature and its result, where they are of something that runs out."""
    sop, exam = titles.get(row[WHAT], (None, False))
    if not sop or not sop.renew:
        return
    acts = [("簽閱", row[SIGNED]), ("崗位考試" if exam else "測驗", row[TESTED] if row[RESULT] == PASSED else "")]
    for act, told in acts:
        if on := _day(told):
            yield Expiry(row[NAME], sop, act, on, sop.renew.after(on), line)


def _day(told: str) -> dt.date | None:
    """A day as the page writes it, or as a spreadsheet that has saved it anew does: `2026-12-15`, `2026/12/15`."""
    try:
        return dt.date(*map(int, told.replace("/", "-").split("-")))
    except (ValueError, TypeError, OverflowError):
        return None


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows by the names of their columns, each with the line on which it ends."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1).decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""))
        head = next(reader, [])
        if len(text) > LARGEST or not {NAME, WHAT, SIGNED, RESULT, TESTED} <= {*head}:
            raise Refused(f"{path}：{HOW}")
        for row in reader:
            yield reader.line_num, dict.fromkeys(head, "") | dict(zip(head, map(_plain, row), strict=False))
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise Refused(f"{path}：{HOW}（{wrong.__class__.__name__}）") from None


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a formula."""
    return cell[1:] if cell[:1] == "'" else cell
