"""The shape that most made questions have."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.questions import Choice, Option
from .spots import Spot

MADE = "--"  # stands in the ids of made questions only: kind--clause


def choice(kind: str, spot: Spot, ask: str, options: list[Option] | None, why: str) -> Iterator[Choice]:
    """A question with its options; none where there are not enough of them."""
    if options:
        ident = f"{kind}{MADE}{spot.clause.id}"
        yield Choice.model_construct(
            id=ident,
            kind="choice",
            about=[spot.ref],
            ask=ask,
            options=options,
            why=why,
            formerly=[],  # which pydantic would take longer to find than all else
        )
