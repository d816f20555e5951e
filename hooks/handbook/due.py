"""Which SOPs have to be looked at again, and what somebody has to sign or pass anew: `handbook due`."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from .day import today
from .expiries import Expiry
from .model.book import Handbook
from .model.clocks import span
from .model.gathered import reviews
from .model.sops import Sop
from .problem import Problem

SHORT = re.compile(r"([0-9]+) ?([dwy])", re.I)  # no `m`: that is metres
WORDS = {"d": "days", "w": "weeks", "y": "years"}


class Within:
    """How far ahead to look: `30 days` as the handbook reads it anywhere, or `30d` for short."""

    def __init__(self, written: str) -> None:
        """Raises ValueError where it can't be read, with how to write it."""
        short = SHORT.fullmatch(written.strip())
        try:
            self.amount = span(f"{short[1]} {WORDS[short[2].lower()]}" if short else written)
        except PydanticCustomError as error:
            why = error.message().partition("；")[0]  # what comes after is about fields
            raise ValueError(f"{why}；這樣寫：--within 30d、--within '6 weeks'、--within '3 months'") from None

    def end(self) -> dt.date:
        """The last day that is looked at."""
        return self.amount.after(today())

    def __str__(self) -> str:
        return str(self.amount)


def overdue(sop: Sop) -> bool:
    """Whether the day of its review is over."""
    return sop.next_review < today()


def listed(book: Handbook, within: Within, team: str = "", passes: list[Expiry] | None = None) -> str:
    """A line for each SOP that is due, and how many there are: whoever is late comes first. Then the same for what runs
    out of a team, whose table stands at a path."""
    return "\n".join([_reviews(book, within), *([_passes(book, within, team, passes)] if passes is not None else [])])


def _passes(book: Handbook, within: Within, team: str, passes: list[Expiry]) -> str:
    over = sum(one.over for one in passes)
    lines = [str(one.problem(team, book.title(one.sop))) for one in passes]
    ahead = f"{within}內到期的有 {len(passes) - over} 件"
    return "\n".join(
        [*lines, f"到期了的簽閱與測驗有 {over} 件，{ahead}" if passes else f"{within}內沒有到期的簽閱與測驗"]
    )


def _reviews(book: Handbook, within: Within) -> str:
    due = reviews(book, within.end())
    late = sum(map(overdue, due))
    lines = [str(_problem(book, sop)) for sop in due]
    ahead = f"{within}內要檢討的有 {len(due) - late} 份"
    return "\n".join([*lines, f"過了檢討日的有 {late} 份，{ahead}" if due else f"{within}內沒有要檢討的 SOP"])


def _problem(book: Handbook, sop: Sop) -> Problem:
    days = (sop.next_review - today()).days
    when = f"過期 {-days} 天" if days < 0 else f"還有 {days} 天" if days else "就是今天"
    said = f"「{book.title(sop)}」應在 {sop.next_review} 前檢討，{when}；負責：{book.name(sop.owner) or sop.owner}"
    code = "review-overdue" if overdue(sop) else "review-due"
    return book.problem(sop.id, ("review_every",), code, said, warning=True)


def as_json(book: Handbook, within: Within, team: str = "", passes: list[Expiry] | None = None) -> str:
    """The same for programs."""
    due = reviews(book, within.end())
    told: dict[str, object] = {
        "today": f"{today()}",
        "until": f"{within.end()}",
        "reviews": [dict(_fields(book, sop)) for sop in due],
    }
    if passes is not None:
        told["passes"] = [dict(_of_pass(book, team, one)) for one in passes]
    return json.dumps(told, ensure_ascii=False, indent=1)


def _fields(book: Handbook, sop: Sop) -> Iterator[tuple[str, object]]:
    at = _problem(book, sop)
    yield from (("sop", sop.id), ("title", book.title(sop)), ("path", at.path), ("line", at.line))
    yield from (("column", at.column), ("owner", sop.owner), ("owner_name", book.name(sop.owner)))
    yield from (("version", sop.current.version), ("last_review", f"{sop.current.effective}"))
    yield from (("due", f"{sop.next_review}"), ("days", (sop.next_review - today()).days), ("overdue", overdue(sop)))


def _of_pass(book: Handbook, team: str, one: Expiry) -> Iterator[tuple[str, object]]:
    yield from (("name", one.name), ("sop", one.sop.id), ("title", book.title(one.sop)), ("act", one.act))
    yield from (("path", team), ("line", one.line), ("done", f"{one.on}"))
    yield from (("due", f"{one.end}"), ("days", (one.end - today()).days), ("over", one.over))
