"""Rules on what is not settled: each open point is written down once, waited for, and says what is done meanwhile; who
acts is never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..model.book import Handbook
from ..model.clauses import Placed
from ..model.document import Trail
from ..model.fields import OPEN
from ..model.gathered import waiting_entries
from ..model.sops import Procedure, Sop
from ..problem import Problem, rule
from .closest import Closest


@rule(
    "unknown-open-point",
    bad="open: units",
    good=(
        "open: units\n"
        "# 檔案最後：\n"
        "open_points:\n"
        "  units: {question: 單位是什麼？, meanwhile: 先不收超量費, source: F6}"
    ),
    here="open open_points",
)
def unknown_open_point(book: Handbook) -> Iterator[Problem]:
    """提到的待定事項，條文的要寫在本檔或 organization.yml 的 open_points，登記簿的寫在後者；寫了就要有人提到它。"""
    closest = Closest(book)
    site = book.organization.open_points
    for key, trail, point, known in _waiting(book):
        if not any(point in points for points in known):
            message = f"沒有 {point} 這個待定事項{closest(point, chain(*known))}"
            yield book.problem(key, trail, "unknown-open-point", message)
    for sop in book.sops.values():
        yield from _unasked(book, sop.id, sop.open_points, {key for placed in sop.placed for key in placed.clause.open})
    if not book.unreadable:  # what can't be read may wait for it
        yield from _unasked(book, "organization", site, _of_the_site(book))


def _waiting(book: Handbook) -> Iterator[tuple[str, Trail, str, tuple[dict, ...]]]:
    """Each open point that something waits for: the file, the place, its id, and those that there are."""
    site = book.organization.open_points
    for sop, placed in book.each():
        for number, point in enumerate(placed.clause.open):
            yield sop.id, (*placed.trail, "open", number), point, (sop.open_points, site)
    for register, trail, points in waiting_entries(book):
        for number, point in enumerate(points):
            yield register, (*trail, "open", number), point, (site,)


def _of_the_site(book: Handbook) -> set[str]:
    """The open points of the whole site that something waits for."""
    clauses = {key for sop, placed in book.each() for key in placed.clause.open if key not in sop.open_points}
    return clauses.union(*(points for _, _, points in waiting_entries(book)))


def _unasked(book: Handbook, key: str, points: dict, used: set[str]) -> Iterator[Problem]:
    for point in points:
        if point not in used:
            message = f"沒有{'人' if key == 'organization' else '條文'}寫 open: {point}"
            yield book.problem(key, ("open_points", point), "unknown-open-point", message, key=True)


@rule("post-unsettled", bad="kept_by: open", good="kept_by: open\nopen: who-keeps-it")
def post_unsettled(book: Handbook) -> Iterator[Problem]:
    """還沒決定由誰（who、to、filled_by、kept_by 寫 open），要用 open 交給主管決定。"""
    for key, trail, points in _undecided(book):
        if not points:
            yield book.problem(key, trail, "post-unsettled", "人選待定，卻沒有待定事項：加一行 open: 代號", key=True)


def _undecided(book: Handbook) -> Iterator[tuple[str, Trail, list[str]]]:
    """Each field that says that nobody has decided who it is, and what is waited for there."""
    for sop, placed in book.each():
        clause = placed.clause
        if OPEN in clause.who:
            yield sop.id, (*placed.trail, "who"), clause.open
        if clause.otherwise and clause.otherwise.to == OPEN:
            yield sop.id, (*placed.trail, "otherwise", "to"), clause.open
    for key, form in book.forms.items():
        if OPEN in form.filled_by:
            yield "forms", (key, "filled_by"), form.open
        if form.kept_by == OPEN:
            yield "forms", (key, "kept_by"), form.open


@rule("every-who", bad="do: 巡查託管房\nevery: week", good="do: 巡查託管房\nevery: week\nwho: [maintenance]")
def every_who(book: Handbook) -> Iterator[Problem]:
    """流程裡動手的不只一個崗位時，定期要做的事寫明由誰做（who）；還沒決定的寫 who: open。"""
    for sop in book.procedures.values():
        if len({post for placed in sop.placed for post in placed.who}) > 1:
            for placed in sop.placed:
                fact = placed.clause.fact
                if fact and fact.kind == "every" and not _says_who(placed):
                    trail = (*placed.trail, fact.kind)
                    yield book.problem(sop.id, trail, "every-who", _asked(book, sop, placed), key=True)


def _says_who(placed: Placed) -> bool:
    return any(clause.who for clause in (*placed.parents, placed.clause))


def _asked(book: Handbook, sop: Sop, placed: Placed) -> str:
    assert isinstance(sop, Procedure) and placed.clause.fact
    short = placed.clause.fact.short
    return f"{short}要做的，由誰做？寫 who，例如 who: {sop.actor[0]}；還沒決定寫 who: open"
