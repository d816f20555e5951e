"""What was made before, for as long as all that it was made from stands: a server makes anew only what an edit may have
changed.

An edit leaves the objects of all other files as they are (see reading/load.py), so these are compared at a glance.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by their names, each with all that it was made from."""

    everything: ClassVar[list[Kept[Any]]] = []

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[tuple[object, ...], T]] = {}
        self.everything.append(self)

    def get(self, name: Hashable, made_from: tuple[object, ...], make: Callable[[], T]) -> T:
        """The value of before where it was made from the same, else a new one: if that is no other, the one of before,
        so that nothing is made anew for its sake."""
        before = self._made.get(name)
        if before and before[0] == made_from:
            return before[1]
        made = make()
        value = before[1] if before and before[1] == made else made
        self._made[name] = made_from, value
        return value

    @classmethod
    def forget(cls) -> None:
        """Be as a new process is."""
        for one in cls.everything:
            one._made.clear()
