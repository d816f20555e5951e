"""Every question of an SOP: those that somebody wrote, and those made from the data, which nobody has to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ..kept import Kept
from ..model.book import Handbook
from ..model.questions import AnyQuestion, Number
from .made.form import form
from .made.never import never
from .made.number import number
from .made.order import missing, order
from .made.post import who
from .made.say import say
from .made.spots import Pool, Stock

Maker = Callable[[Pool], Iterator[AnyQuestion]]

MAKERS: tuple[Maker, ...] = (order, missing, number, form, who, say, never)  # in the order in which they are asked


@lru_cache(maxsize=1)
def bank(book: Handbook) -> dict[str, list[AnyQuestion]]:
    """Every question by the SOP that it belongs to: those that were written, then those made from the data.

    A fact that somebody wrote a question about is not asked for a second time.
    """
    found: dict[str, list[AnyQuestion]] = {}
    for key in book.sops:
        written = book.quizzes[key].questions if key in book.quizzes else []
        numbers = {(question.about, question.fact) for question in written if isinstance(question, Number)}
        makes = (
            one for one in made(book).of(key) if not (isinstance(one, Number) and (one.about, one.fact) in numbers)
        )
        found[key] = [*written, *makes]
    return found


_kept: Kept[list[AnyQuestion]] = Kept()  # by SOP and sort


class Made:
    """The questions that follow from each SOP, made when somebody first wants them."""

    def __init__(self, book: Handbook) -> None:
        self.stock = Stock(book)
        self._pools: dict[str, Pool] = {}

    def of(self, key: str) -> list[AnyQuestion]:
        """All that follow from an SOP, in a fixed order."""
        return [question for make in MAKERS for question in self.by(make, key)]

    def by(self, make: Maker, key: str) -> list[AnyQuestion]:
        """Those of one sort."""
        if key not in self._pools:
            self._pools[key] = Pool(self.stock, self.stock.book.sops[key])
        pool = self._pools[key]
        return _kept.get((key, make), pool.rests_on, lambda: list(make(pool)))


@lru_cache(maxsize=1)
def made(book: Handbook) -> Made:
    """The made questions of a handbook."""
    return Made(book)
