"""The rule on checklists: short enough between two pauses."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.checklist import Line, checklist, longest_way, stretches
from ..model.sops import Role, Sop
from ..problem import Problem, rule

MOST = 9  # lines that one can keep in mind between two pauses


@rule(
    "checklist-pause",
    bad="# 同一個口訣字底下有 12 步，中間沒有停下來對的地方",
    good=(
        "- id: check-keys\n"
        "  stage: 點\n"
        "  do: 把鑰匙一把一把數給住戶看\n"
        "  pause: 鑰匙的數目，住戶點過頭了嗎？\n"
        "  source: own"
    ),
    here="mnemonic stage pause clauses",
)
def checklist_pause(book: Handbook) -> Iterator[Problem]:
    """查核表上，兩個停頓點之間最多 9 項；口訣的每個字、一天的每個時候，結尾自然就是停頓點，再多就用 pause 加一個。"""
    for sop in book.sops.values():
        for stretch in stretches(checklist(book, sop)):
            count = longest_way(stretch)
            if count > MOST:
                trail = _trail(sop, stretch[MOST])
                message = f"從第 {stretch[0].number} 項起，連著 {count} 項沒有停頓點，最多 {MOST} 項"
                yield book.problem(sop.id, trail, "checklist-pause", message)


def _trail(sop: Sop, line: Line) -> tuple[str | int, ...]:
    """Where a line is written: the clause itself, or the place in a role's day that cites it."""
    if isinstance(sop, Role):
        place = line.number.partition(".")[2]
        return ("day", line.part - 1, "clauses", int(place) - 1)
    return line.placed.trail
