"""What a phone searches where a handbook says too much to be fetched whole: where each word stands lies in drawers, and
what each page says in a file of its own. A phone opens those that its words are in, and reads the pages that it shows.

Words are characters, and pairs of characters that stand beside each other: what is longer is met where all its pairs
are. They lie by their sound, so that what sounds alike is in one drawer, or in the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from .entries import AMOUNT, Findable, Place
from .standing import Words, coded, placed, steps

HEAD = "search/drawers.json"
DRAWER = "search/drawer-{}.json"
INITIALS = "search/initials-{}.json"
PAGE = "search/page-{}.json"
SIZE = 380  # characters of a drawer, but for what is more by itself: less than a KB on its way to a phone

Sounds = Mapping[str, Collection[str]]


def drawers(pages: Sequence[Findable], sounds: Sounds) -> dict[str, object]:
    """Path → content of all files of a handbook whose words lie in drawers, but for the names of its pages; `sounds`
    are those of each character that stands in it."""
    words = _noted(pages, sounds)
    single, pairs = _order(words.texts, sounds)
    filled = [*_filled(words.where(word) for word in (*single, *pairs))]
    begun = {letters: dict(some) for letters, some in _begun(words.initials)}
    return {
        HEAD: {
            "words": [*_vocabulary(_alike(single, sounds), pairs)],
            "texts": coded(words.texts[word] for word in (*single, *pairs)),
            "drawers": coded(map(len, filled)),
            "initials": " ".join(begun),
            "pages": coded(len(page.places) for page in pages),
            "size": words.size,
            "amounts": coded(steps([number for number, place in enumerate(_places(pages)) if _counts(place)])),
        },
        **{DRAWER.format(number): drawer for number, drawer in enumerate(filled)},
        **{INITIALS.format(letters): some for letters, some in begun.items()},
        **{PAGE.format(number): _page(page) for number, page in enumerate(pages)},
    }


def _noted(pages: Sequence[Findable], sounds: Sounds) -> Words:
    words = Words(sounds)
    for number, page in enumerate(pages):
        words.note(number, page.title, page.summary, "\n".join(page.aliases))
    for number, place in enumerate(_places(pages), len(pages)):
        words.note(number, place.title, place.words, "\n".join(place.aliases), initials=True)
    return words


def _places(pages: Sequence[Findable]) -> Iterator[Place]:
    return (place for page in pages for place in page.places)


def _counts(place: Place) -> bool:
    return bool(AMOUNT.search(place.title))


def _vocabulary(sounds: Iterable[list[str]], pairs: Iterable[str]) -> Iterator[list[str]]:
    """For each sound its characters, each with those that follow it somewhere."""
    after: dict[str, str] = {}
    for pair in pairs:
        after[pair[0]] = after.get(pair[0], "") + pair[1]
    return ([one + after.get(one, "") for one in alike] for alike in sounds)


def _sound(character: str, sounds: Sounds) -> str:
    return min(sounds.get(character, ()), default=character)


def _alike(single: Iterable[str], sounds: Sounds) -> Iterator[list[str]]:
    for _, alike in groupby(single, lambda one: _sound(one, sounds)):
        yield [*alike]


def _order(words: Iterable[str], sounds: Sounds) -> tuple[list[str], list[str]]:
    """The characters, and the pairs of them, in the order in which they lie."""
    known = sorted(words)
    single = sorted((word for word in known if len(word) == 1), key=lambda one: _sound(one, sounds))
    rank = {one: number for number, alike in enumerate(_alike(single, sounds)) for one in alike}
    place = {one: number for number, one in enumerate(single)}

    def lies(pair: str) -> tuple[int, int, int, int]:
        return rank[pair[0]], rank[pair[1]], place[pair[0]], place[pair[1]]

    return single, sorted((word for word in known if len(word) == 2), key=lies)


def _filled(words: Iterable[str]) -> Iterator[list[str]]:
    """Where words stand, in their order, as many to a drawer as it holds."""
    drawer: list[str] = []
    for where in words:
        if drawer and sum(map(len, drawer)) + len(where) > SIZE:
            yield drawer
            drawer = []
        drawer.append(where)
    yield drawer


def _begun(initials: Mapping[str, list[int]]) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """The initials with which pieces begin, by the first two of them."""
    for letters, some in groupby(sorted(initials), lambda one: one[:2]):
        yield letters, ((one, placed([], initials[one])) for one in some)


def _page(page: Findable) -> list[object]:
    return [page.summary, [(place.anchor, place.title, place.words) for place in page.places]]
