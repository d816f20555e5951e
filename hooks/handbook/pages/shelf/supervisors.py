"""What supervisors need: the team, everything on paper, questions for other systems, and what is asked about what."""

from __future__ import annotations

from collections.abc import Iterator

from ...exports.export import FORMATS
from ...model.book import Handbook
from ...model.gathered import open_points
from ...paper.sheets import catalogue
from ...quiz.coverage import by_gaps, started
from ...quiz.progress import quiz_groups
from ..page import Draft
from ..view import Site


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    groups = quiz_groups(book) if started(book) else []
    if site.paper:
        on_paper = catalogue(book, site.keys)
        yield Draft(
            "supervisors/paper",
            "paper.html",
            "紙本",
            tells=lambda: {"on_paper": on_paper},
            rests_on=(on_paper.whole, on_paper.of, [[sop.id for sop in sops] for sops in on_paper.mastered.values()]),
        )
    waiting = sum(len(questions) for _, questions in open_points(book))
    yield Draft(
        "supervisors/index",
        "supervisors.html",
        "主管",
        tells=lambda: {"groups": groups, "formats": FORMATS, "waiting": waiting},
    )
    yield Draft("supervisors/team", "team.html", "團隊", rests_on=())
    if groups:
        yield Draft("supervisors/coverage", "coverage.html", "題目對照表", tells=lambda: {"groups": by_gaps(book)})
