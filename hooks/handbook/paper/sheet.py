"""What a sheet is before it is set: a template, and plain data for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from string import punctuation
from typing import Any
from urllib.parse import quote

import yaml

from ..model.book import Handbook
from ..model.sops import Sop

KINDS = {
    "checklist": "查核表",
    "card": "桌卡",
    "sign": "閱讀簽收單",
    "quiz": "測驗卷",
    "key": "測驗解答",
    "exam": "崗位測驗卷",
    "exam-key": "崗位測驗解答",
    "induction": "到職培訓計畫",
    "matrix": "培訓總表",
    "form": "空白表單",
    "handbook": "整本手冊",
}
ANSWERS = ("key", "exam-key")  # kinds that nobody should read before they are asked
ASKED = "v"  # what stands before version and mark in a code's address, as web/sheet.js reads it
MARKED = 6  # digits of the fingerprint that a code carries: enough to tell two states of one SOP apart
SHORT = "s"  # the folder of the addresses that codes on paper say: the fewer letters, the larger each dot
PAPER = "paper"  # the folder of a site that all sheets lie in


@dataclass(frozen=True)
class Sheet:
    """One file to print: its path below `paper/` without its ending, its kind, its title, the id of the SOP or the form
    that it belongs to, and what makes the data that the template of its kind is filled with: most are only listed."""

    path: str
    kind: str
    title: str
    of: str
    make: Callable[[], dict[str, Any]] = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """What the sheet is called: 「投訴接待 查核表」."""
        return f"{self.title} {KINDS[self.kind]}"


def ascii_only(address: str) -> str:
    """An address as any program takes it."""
    return quote(address, safe=punctuation)


@dataclass(frozen=True)
class Edition:
    """What every sheet of one printing shares: the handbook, the site's address or nothing, and the codes from which
    exams are drawn, where a supervisor named any."""

    book: Handbook
    site_url: str = ""
    directory_urls: bool = True
    codes: tuple[str, ...] = ()

    @classmethod
    def read(cls, book: Handbook, root: Path, codes: tuple[str, ...] = ()) -> Edition:
        """The edition that the settings of the site at `root` make of a handbook."""
        settings = yaml.load((root / "mkdocs.yml").read_text("utf-8"), Loader=yaml.SafeLoader)
        return cls(book, settings.get("site_url") or "", settings.get("use_directory_urls", True), codes)

    def page(self, path: str, short: str = "", asked: str = "") -> dict[str, str]:
        """Where a page stands, and what the code on the sheet says: that address or a short one that leads there, and
        what it asks of the page. A code has ASCII alone: of other characters, each reader takes the bytes its own way.
        """
        if not self.site_url:
            return {"path": f"{path}/" if path else "", "code": ""}
        return {"path": self.address(path), "code": ascii_only(self.address(short or path) + asked)}

    def address(self, path: str) -> str:
        """Where a page stands; nothing where nobody has said where the site does."""
        if not self.site_url:
            return ""
        folder = f"{path}/" if path else ""
        return f"{self.site_url.rstrip('/')}/{folder}{'' if self.directory_urls else 'index.html'}"

    def head(self, sop: Sop) -> dict[str, Any]:
        """What the head of an SOP's sheet says."""
        fingerprint = self.book.sop_fingerprint(sop)
        asked = f"?{ASKED}={sop.current.version}-{fingerprint[:MARKED]}"
        return {
            "organization": self.book.organization.title,
            "title": self.book.title(sop),
            "version": sop.current.version,
            "effective": str(sop.current.effective),
            "fingerprint": fingerprint,
            "page": self.page(f"{sop.folder}/{sop.id}", f"{SHORT}/{sop.id}", asked),
        }

    def sheet(self, kind: str, sop: Sop, make: Callable[[], dict[str, Any]]) -> Sheet:
        """A sheet of an SOP."""
        return Sheet(f"{sop.folder}/{sop.id}-{kind}", kind, self.book.title(sop), sop.id, make)

    def names(self, posts: list[str]) -> str:
        """The names of posts, as one reads them: 「前檯客服員、大廳接待員」."""
        return "、".join(self.book.who(posts))
