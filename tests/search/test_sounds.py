"""What is typed by its sound, or as another character that sounds the same, is found."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from opencc import OpenCC  # type: ignore[import-untyped]
from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.mmseg import seg

from handbook.model.book import Handbook
from handbook.search.entries import findable
from handbook.search.letters import fold
from handbook.search.sounds import bare, readings
from tests.search.engine import Search

SIMPLIFIED = OpenCC("t2s")
AIR, AGAIN, MEDIATE = (
    "procedures/meeting-service#prepare-air",
    "procedures/repairs#still-broken",
    "procedures/complaints",
)


def plain(text: str) -> str:
    """As the library of sounds writes it, in folded form."""
    return fold(SIMPLIFIED.convert(text))


@pytest.fixture(scope="module")
def said(book: Handbook) -> dict[str, str]:
    """Address → all that it says, of all that can be found."""
    found = {}
    for page in findable(book):
        folder = page.folder.rstrip("/")
        found[folder] = plain("\n".join((page.title, page.summary, *page.aliases)))
        for one in page.places:
            found[f"{folder}#{one.anchor}"] = plain("\n".join((one.title, one.words, *one.aliases)))
    return found


def words(texts: Iterable[str]) -> set[str]:
    """The words of a handbook: those that the library of sounds knows, and short names and aliases."""
    lines = {line for text in texts for line in text.split("\n")}
    names = {line for line in lines if re.fullmatch("[\u4e00-\u9fff]{2,6}", line)}
    runs = {run for line in lines for run in re.findall("[\u4e00-\u9fff]+", line)}
    return names | {word for run in runs for word in seg.cut(run) if word in PHRASES_DICT}


def pinyin(word: str) -> list[str]:
    return [bare(one) for one in lazy_pinyin(word, style=Style.TONE)]


def test_every_word_of_the_handbook_is_found_by_its_pinyin(search: Search, said: dict[str, str]) -> None:
    """Among three; where several words sound the same, one of them. Of those whose characters are read in one way only,
    every fifth: all of them take a while."""
    sounds = readings(set().union(*said.values()), said.values())
    every = sorted(words(said.values()))
    assert len(every) > 3500
    several = [word for word in every if any(len(sounds.get(one, "")) > 1 for one in word)]
    asked = sorted({*several, *every[::5]})
    missed = []
    for typed, word in ((pinyin(word), word) for word in asked):
        alike = ("".join(one for one in sounds if sound in sounds[one]) for sound in typed)
        pattern = re.compile("".join(f"[{some}]" for some in alike))
        found = search.find("".join(typed))
        assert not found.told, word
        if not any(pattern.search(said.get(address, "")) for seen in found.pages[:3] for address in seen):
            missed.append(word)
    print(f"\n{len(asked)} words by their pinyin, {len(missed)} not among three: {missed}")
    assert len(missed) <= len(asked) / 200


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("kongtiao", AIR),  # 空調
        ("kongdiao", AIR),  # as it was found before
        ("空條", AIR),
        ("chongxin", AGAIN),  # 重新
        ("崇新", AGAIN),
        ("guihuan", "procedures/meeting-service"),  # 歸還
        ("歸環", "procedures/meeting-service"),
    ],
)
def test_what_is_read_in_several_ways_is_found_by_each(search: Search, typed: str, expected: str) -> None:
    assert search.place(typed, expected) <= 3, search.find(typed)
