"""Pages for those who look for what is no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...model.book import Handbook
from ..former import GONE_TITLE
from ..page import Draft
from ..view import Site

UNFOUND: dict[str, object] = {"search": {"exclude": True}, "robots": "noindex"}


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    for line, gone in book.gone.items():
        folder, _, key = line.partition("/")
        if folder != "posts" and "#" not in key:
            yield Draft(
                line,
                "gone.html",
                GONE_TITLE,
                "gone",
                meta=UNFOUND,
                tells=partial(dict, key=key, gone=gone, form=folder == "forms"),
            )
