"""Rules on what a clause has to say, and on branches."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.clauses import Case, Step
from ..model.fields import OWN
from ..problem import Problem, rule


@rule("clause-empty", bad="- {id: greet, source: own}", good="- {id: greet, say: 您好, source: own}")
def clause_empty(book: Handbook) -> Iterator[Problem]:
    """每條至少要有該做的事（do）、該說的話（say）或絕不可做的事（never）。"""
    for sop, placed in book.each():
        clause = placed.clause
        if not isinstance(clause, Case) and not (clause.do or clause.say or clause.never):
            yield book.problem(sop.id, placed.trail, "clause-empty", f"{clause.id} 沒有 do、say 或 never")


@rule("own-mixed", bad="source: [own, I1]", good="source: I1")
def own_mixed(book: Handbook) -> Iterator[Problem]:
    """依據寫 own 就是自己加的；與來源條文不混在一條裡。"""
    for sop, placed in book.each():
        sources = placed.clause.source
        if OWN in sources and len(sources) > 1:
            yield book.problem(sop.id, (*placed.trail, "source"), "own-mixed", "own 與來源條文要分成兩條")


@rule(
    "branch-or-steps",
    bad="steps: […]\nchoose: […]",
    good=(
        "choose:\n"
        "  - {id: major, label: 重大, when: …, source: own, steps: […]}\n"
        "  - {id: minor, label: 輕微, when: …, source: own, steps: […]}"
    ),
)
def branch_or_steps(book: Handbook) -> Iterator[Problem]:
    """一步不是分成小步驟，就是看情況分頭做；分頭至少兩種情況，每種都有步驟或做法。"""
    for sop, placed in book.each():
        clause = placed.clause
        if isinstance(clause, Step) and clause.steps and clause.choose:
            message = "steps 與 choose 只能選一個"
            yield book.problem(sop.id, (*placed.trail, "choose"), "branch-or-steps", message, key=True)
        if isinstance(clause, Step) and len(clause.choose) == 1:
            message = "只有一種情況，不必分頭；寫成 when"
            yield book.problem(sop.id, (*placed.trail, "choose"), "branch-or-steps", message, key=True)
        if isinstance(clause, Case) and not (clause.steps or clause.do):
            message = f"{clause.label} 沒有 steps，也沒有 do"
            yield book.problem(sop.id, placed.trail, "branch-or-steps", message)
