"""What questions are made from: the clauses of an SOP in plain words, and what other SOPs lend it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ...kept import Kept
from ...model.book import Handbook
from ...model.clauses import Case, Clause, Item, Placed, Step
from ...model.sops import Sop
from ..answers import scene
from .entries import Entry, Shelf, shelf, teller


class Spot:
    """A clause of an SOP, read for questions: its words are plain, so that they can be quoted anywhere."""

    __slots__ = ("_scene", "always", "book", "clause", "do", "placed", "sop", "stage")

    def __init__(self, book: Handbook, sop: Sop, placed: Placed, always: bool) -> None:
        self.book, self.sop, self.placed, self.clause = book, sop, placed, placed.clause
        self.always = always  # whether it counts in every case
        self.do = self.plain(placed.clause.do).rstrip("。") if placed.clause.do else ""
        outermost = placed.parents[0] if placed.parents else placed.clause
        self.stage = ""  # the part of the SOP that it stands in: a letter of the mnemonic, or a group
        if isinstance(outermost, Step):
            self.stage = outermost.stage
        elif isinstance(outermost, Item):
            self.stage = outermost.group or ""
        self._scene: str | None = None

    @property
    def ref(self) -> str:
        return f"{self.sop.id}#{self.clause.id}"

    @property
    def scene(self) -> str:
        if self._scene is None:
            self._scene = scene(self.book, self.sop, self.placed)
        return self._scene

    def plain(self, text: str) -> str:
        return self.book.plain(text, self.sop.id)

    def why(self, otherwise: str) -> str:
        """Its reason, else a sentence made from it."""
        return self.plain(self.clause.why) if self.clause.why else otherwise


class Stock:
    """What the questions of a whole handbook share: each index is made once, so no SOP looks through the others."""

    def __init__(self, book: Handbook) -> None:
        self.book = book
        self._phrases: dict[str, Shelf] = {}

    def spots(self, sop: Sop) -> list[Spot]:
        """The clauses of an SOP in reading order."""
        always: dict[int, bool] = {}
        found = []
        for placed in self.book.clauses[sop.id].values():
            clause = placed.clause
            here = not (clause.when or isinstance(clause, Case))
            always[id(clause)] = here and (not placed.parents or always.get(id(placed.parents[-1]), False))
            found.append(Spot(self.book, sop, placed, always[id(clause)]))
        return found

    def phrases(self, sop: Sop, spots: list[Spot] | None = None) -> Shelf:
        """What an SOP has one say, by size."""
        if sop.id not in self._phrases:
            spoken = [spot for spot in spots or self.spots(sop) if spot.clause.spoken]
            self._phrases[sop.id] = shelf(
                Entry(f"「{spot.plain(spot.clause.spoken[0])}」", spot, teller(_said, spot)) for spot in spoken
            )
        return self._phrases[sop.id]

    @cached_property
    def forms(self) -> dict[str, Entry]:
        """Form → its name and what it is for."""
        return {
            key: Entry(
                form.name, key, teller(lambda purpose: f"那一份用在別的事：{self.book.plain(purpose)}。", form.purpose)
            )
            for key, form in self.book.forms.items()
        }

    @cached_property
    def filled(self) -> dict[str, list[str]]:
        """SOP → the forms that it fills."""
        found: dict[str, list[str]] = {}
        for sop, placed in self.book.each():
            if placed.clause.form:
                found.setdefault(sop.id, []).extend(placed.clause.form)
        return found

    @cached_property
    def by_post(self) -> dict[str, list[str]]:
        """Post → the forms that it fills."""
        found: dict[str, list[str]] = {}
        for key, form in self.book.forms.items():
            for post in form.filled_by:
                found.setdefault(post, []).append(key)
        return found

    @cached_property
    def known_for(self) -> list[tuple[str, str, str]]:
        """What is told of each post that acts elsewhere: the SOP, and what is done there."""
        return [(post, sop.id, clause.do or "") for post, (sop, clause) in self.acting.items()]

    @cached_property
    def acting(self) -> dict[str, tuple[Sop, Clause]]:
        """Post → the first clause in the handbook that names it as its actor."""
        found: dict[str, tuple[Sop, Clause]] = {}
        for sop, placed in self.book.each():
            for post in placed.clause.who if placed.clause.do else ():
                found.setdefault(post, (sop, placed.clause))
        return found


class Pool:
    """An SOP, read for questions: its clauses, and those from which wrong options are drawn."""

    def __init__(self, stock: Stock, sop: Sop) -> None:
        self.stock, self.book, self.sop = stock, stock.book, sop

    @cached_property
    def rests_on(self) -> tuple[object, ...]:
        """All that its questions are made from."""
        return self.sop, self.book.around, self.stock.known_for, *(lent(sop) for sop in self.around)

    @cached_property
    def spots(self) -> list[Spot]:
        return self.stock.spots(self.sop)

    @cached_property
    def title(self) -> str:
        return self.book.title(self.sop)

    @cached_property
    def acts(self) -> Shelf:
        """What one does, by size."""
        return shelf(Entry(spot.do, spot, teller(_due, spot)) for spot in self.spots if spot.do)

    @cached_property
    def steps(self) -> list[Spot]:
        """The steps of a procedure that count in every case."""
        return [spot for spot in self.spots if spot.always and isinstance(spot.clause, Step)]

    @property
    def around(self) -> list[Sop]:
        """The SOPs that this one names as related."""
        return [self.book.sops[key] for key in self.sop.related if key in self.book.sops and key != self.sop.id]

    @cached_property
    def phrases(self) -> Shelf:
        return self.stock.phrases(self.sop, self.spots)

    @cached_property
    def phrases_around(self) -> Shelf:
        return shelf(entry for sop in self.around for entry in self.stock.phrases(sop).entries)

    @cached_property
    def forms(self) -> Shelf:
        """The forms of this SOP."""
        return self._shelf_of(self.stock.filled.get(self.sop.id, ()))

    @cached_property
    def forms_around(self) -> Shelf:
        """The forms of what is related, and of the SOP's actors."""
        stock = self.stock
        near = [form for sop in self.around for form in stock.filled.get(sop.id, ())]
        return self._shelf_of([*near, *(form for post in self.sop.actors for form in stock.by_post.get(post, ()))])

    def _shelf_of(self, forms: Iterable[str]) -> Shelf:
        return shelf(self.stock.forms[key] for key in dict.fromkeys(forms) if key in self.stock.forms)

    @cached_property
    def named(self) -> dict[str, str]:
        """Post → what it does in this SOP, or when it is told."""
        found: dict[str, str] = {}
        for spot in self.spots:
            for post in spot.clause.who if spot.do else ():
                found.setdefault(post, f"{self.book.name(post)}做的是「{spot.do}」。")
            if spot.clause.otherwise and (told := spot.clause.otherwise.to):
                found.setdefault(told, f"做不到的時候，才往上報給{self.book.name(told)}。")
        return found


_lent: Kept[list[tuple[object, ...]]] = Kept()


def lent(sop: Sop) -> list[tuple[object, ...]]:
    """What the questions of other SOPs may take of one: words to say, when and for what, and its forms."""

    def made() -> list[tuple[object, ...]]:
        clauses = [one.clause for one in sop.placed if one.clause.say or one.clause.form]
        return [(one.spoken[:1], one.condition, one.do, one.form) for one in clauses]

    return _lent.get(sop.id, (sop,), made)


def _said(spot: Spot) -> str:
    if spot.clause.when:
        return f"那一句用在另一種時候：{spot.plain(spot.clause.condition).rstrip('。')}。"
    return f"要「{spot.do}」的時候，才說那一句。" if spot.do else f"那一句用在「{spot.book.title(spot.sop)}」。"


def _due(spot: Spot) -> str:
    if spot.clause.why:
        return f"這是該做的：{spot.plain(spot.clause.why)}"
    return f"這是該做的，屬於「{spot.stage}」。" if spot.stage else "這是該做的。"
