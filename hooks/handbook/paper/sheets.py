"""Every sheet of a handbook, and where a supervisor finds it."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.book import Handbook
from ..model.course import required
from ..model.sops import Role, Sop
from .cards import cards
from .forms import forms
from .lists import checklists
from .people import inductions, matrices, signs
from .quizzes import quizzes
from .sheet import ANSWERS, KINDS, Edition, Sheet
from .whole import whole

MAKERS = (checklists, cards, signs, quizzes, inductions, matrices, forms)
OWN = ("induction", "matrix", "exam", "exam-key")  # kinds that only a role has
EACH = ("checklist", "card", "sign", "quiz", "key")  # kinds that an SOP may have


def sheets(edition: Edition, keys: bool = True) -> list[Sheet]:
    """All that can be printed, the whole handbook first, then kind by kind; without what has the answers, if so wanted.
    Of codes that somebody named, their papers alone."""
    if edition.codes:
        made = [sheet for sheet in quizzes(edition) if sheet.kind in ("exam", "exam-key")]
    else:
        made = [whole(edition), *(sheet for make in MAKERS for sheet in make(edition))]
    return [sheet for sheet in made if keys or sheet.kind not in ANSWERS]


@dataclass(frozen=True)
class Catalogue:
    """The sheets as a page lists them: by id of the SOP or form and kind; and what each role must master."""

    whole: Sheet
    of: dict[str, dict[str, Sheet]]
    mastered: dict[str, list[Sop]]
    kinds: dict[str, str]


def catalogue(book: Handbook, keys: bool = True) -> Catalogue:
    """Where each sheet lies; none of them is made."""
    first, *others = sheets(Edition(book), keys)
    found: dict[str, dict[str, Sheet]] = {}
    for sheet in others:
        found.setdefault(sheet.of, {})[sheet.kind] = sheet
    return Catalogue(first, found, {role.id: required(book, role) for role in book.roles.values()}, KINDS)


def of_role(book: Handbook, role: Role, made: list[Sheet]) -> list[Sheet]:
    """What a supervisor needs for a role: its own sheets, those of all that it must master, the forms it fills."""
    mastered = {sop.id for sop in required(book, role)}
    filled = {key for key, form in book.forms.items() if role.id in form.filled_by}

    def wanted(sheet: Sheet) -> bool:
        if sheet.kind == "form":
            return sheet.of in filled
        return sheet.of == role.id or (sheet.of in mastered and sheet.kind not in OWN)

    return [sheet for sheet in made if wanted(sheet)]
