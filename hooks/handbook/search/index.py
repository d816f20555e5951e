"""The data that a phone searches, once somebody does: the names of the pages, and what stands in them in parts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..model.book import Handbook
from .drawers import HEAD, drawers
from .entries import GLOSSARY, Findable, findable
from .letters import common, fold, rest, table
from .sounds import readings, syllable
from .thesaurus import kin

START = "search/search_index.json"  # which the theme fetches with every first page: it only tells where the data lies
NAMES = "search/names.json"
SOUNDS = "search/sounds.json"
UNKNOWN = "search-words/"  # the page that keeps the words that were not found
PART = "search/part-{}.json"
PART_LENGTH = 120_000  # characters of text: some 100 KB on their way to a phone
PARTS = 4  # what is more lies in drawers, of which a phone opens what it needs

# What the theme wants to know. Its highlighter takes words apart where the separator says: at blanks.
THEME = {"lang": ["en"], "separator": r"\s+", "pipeline": ["stopWordFilter"], "fields": {}}


@dataclass
class Part:
    """Texts, each of them once, and the places that they stand in: page, anchor, and three texts (title, words, other
    names), each 0 where it is the next that did not stand before, or how far before that one it was."""

    texts: list[str] = field(default_factory=list)
    places: list[tuple[int | str, ...]] = field(default_factory=list)
    length: int = 0


def index(
    book: Handbook, by_hand: Iterable[Findable] = (), directory_urls: bool = True, most: int = PARTS
) -> dict[str, str]:
    """Path from the site's root → content of each file of search data, for a handbook and the pages written by hand; in
    drawers where it would be more than `most` parts."""
    pages = [*findable(book), *by_hand]
    parts = {PART.format(number): part for number, part in enumerate(_parts(pages))}
    large = len(parts) > most
    names: dict[str, Any] = {
        "pages": [
            (
                _address(page.folder, directory_urls),
                page.title,
                "" if large else page.summary,
                page.aliases,
                page.weight,
            )
            for page in pages
        ],
        "glossary": next(number for number, page in enumerate(pages) if page.folder == GLOSSARY),
        "said": [(book.plain(synonym.word), *synonym.said) for synonym in book.synonyms],
        "kin": [*kin(_texts(pages))],
    }
    texts = [*_texts(pages), _json(names)]
    sounds = readings(fold("".join(set().union(*texts))), texts)
    start: dict[str, Any] = {"names": NAMES, "parts": [*parts, SOUNDS], "words": _address(UNKNOWN, directory_urls)}
    files: dict[str, Any]
    if large:
        start |= {"parts": [SOUNDS], "drawers": HEAD}
        files = drawers(pages, sounds)
    else:
        files = {path: {"texts": part.texts, "places": part.places} for path, part in parts.items()}
    files[SOUNDS] = rest({one: syllable(one) for one in common()}, sounds)  # only in queries: typos that sound right
    files = {START: {"config": {**THEME, "handbook": start}, "docs": []}, NAMES: names | table(sounds), **files}
    return {path: _json(data) for path, data in files.items()}


def _texts(pages: list[Findable]) -> Iterator[str]:
    """All that the handbook itself says."""
    for page in pages:
        yield from (page.title, page.summary, *page.aliases)
        for place in page.places:
            yield from (place.title, place.words, *place.aliases)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _address(folder: str, directory_urls: bool) -> str:
    return folder if directory_urls or not folder.endswith("/") else f"{folder}index.html"


def _parts(pages: list[Findable]) -> Iterator[Part]:
    """The places of all pages in their order. A text that stood before is not sent again."""
    numbers: dict[str, int] = {}
    part = Part()
    for number, page in enumerate(pages):
        for place in page.places:
            before = []
            for text in (place.title, place.words, "\n".join(place.aliases)):
                before.append(len(numbers) - numbers.get(text, len(numbers)))
                if text not in numbers:
                    numbers[text] = len(numbers)
                    part.texts.append(text)
                    part.length += len(text)
            part.places.append((number, place.anchor, *before))
        if part.length > PART_LENGTH:
            yield part
            part = Part()
    yield part
