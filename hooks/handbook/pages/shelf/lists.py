"""What is gathered from all SOPs: deadlines, words to say, names, what is not settled, what was changed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...exports.feed import FEED
from ...model.book import Handbook
from ...model.gathered import Due, deadlines, open_points, phrases, thresholds, versions
from ..page import Draft
from ..view import Site


def drafts(book: Handbook, site: Site) -> Iterator[Draft]:
    dues: list[Due] = [due for sop in book.sops.values() for due in deadlines(book, sop)]
    beyond = [one for sop in book.sops.values() for one in thresholds(book, sop)]
    yield Draft("deadlines", "deadlines.html", "期限與限度", tells=partial(dict, dues=dues, thresholds=beyond))
    yield Draft("phrases", "phrases.html", "話術", tells=partial(dict, groups=phrases(book)))
    yield Draft("glossary", "glossary.html", "名詞", "glossary")
    yield Draft("open-points", "open-points.html", "待定事項", tells=partial(dict, groups=open_points(book)))
    yield Draft("changes", "changes.html", "版本", meta={"feed": FEED}, tells=partial(dict, versions=versions(book)))
    yield Draft("runs", "runs.html", "我辦的事")
    yield Draft("search-words", "search-words.html", "找不到的詞", "synonyms")
