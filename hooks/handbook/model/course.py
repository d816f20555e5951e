"""What a role must know, and by when: the plan by which somebody is brought in, on paper and on their own phone."""

from __future__ import annotations

from .book import Handbook
from .sops import Role, Sop, Standard


def required(book: Handbook, role: Role) -> list[Sop]:
    """What a role must know: its own duties, then all that it must master."""
    return [role, *(book.sops[key] for key in role.masters)]


def course(book: Handbook, role: Role) -> tuple[list[Sop], list[Sop], list[Sop]]:
    """On the first day, how one looks and behaves; in the first week, what every day brings, by the role's own day; in
    the first month, all the rest."""
    mastered = required(book, role)
    daily = {ref.partition("#")[0] for moment in role.day for ref in moment.clauses}
    first: list[Sop] = [sop for sop in mastered if sop is role or isinstance(sop, Standard)]
    week = [sop for sop in mastered if sop not in first and sop.id in daily]
    return first, week, [sop for sop in mastered if sop not in first and sop not in week]
