"""What is typed by its sound, or as another character that sounds the same, is found."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
import yaml
from opencc import OpenCC  # type: ignore[import-untyped]
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT
from pypinyin.seg.mmseg import seg

from handbook.model.book import Handbook
from handbook.search.entries import findable
from handbook.search.letters import common, fold
from handbook.search.sounds import NONE, bare, readings
from tests import project
from tests.search.engine import Search
from tests.web.node import Node

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
    return names | {word for run in runs for word in seg.cut(run) if word in PHRASES_DICT} - NONE


def spelt(word: str) -> list[str]:
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
    for typed, word in ((spelt(word), word) for word in asked):
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


# ── bopomofo ────────────────────────────────────────────────────────────────────────────────────

TONES = {ord(tone): None for tone in "ˉˊˇˋ˙"}
COMPLAINT, REPAIR = "procedures/complaints", "procedures/repairs"


def test_each_syllable_is_in_bopomofo_what_the_library_of_sounds_writes() -> None:
    kinds = (pinyin(common(), style=style, heteronym=True) for style in (Style.TONE, Style.BOPOMOFO))
    pairs = (pair for one in zip(*kinds, strict=True) for pair in zip(*one, strict=True))
    written = {bare(sound): signs.translate(TONES) for sound, signs in pairs}
    assert len(written) > 400
    with Node("async (web) => (await import(`${web}/search/bopomofo.js`)).bopomofo") as node:
        for sound, signs in written.items():
            assert node.ask(sound) == signs, sound


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ㄊㄡˊㄙㄨˋ", COMPLAINT),
        ("ㄊㄡˊ ㄙㄨˋ", COMPLAINT),
        ("ㄊㄡㄙㄨ", COMPLAINT),  # without tones
        ("ㄕㄌㄡ", "procedures/repairs#leak-test"),  # 試漏
        ("ㄙㄨㄚˋ", "standards/appearance#plain-stockings"),  # 絲襪: the first tone has no sign
        ("ㄊㄡㄙ", COMPLAINT),  # the last by half
        ("ㄊㄙ", COMPLAINT),  # initials alone
        ("ㄅㄠˋㄒㄧㄡ", REPAIR),
        ("ㄅㄒ", REPAIR),
        ("ㄅㄠㄒㄧ", REPAIR),
        ("報ㄒㄧㄡ", REPAIR),
        ("ㄅㄠˋ修", REPAIR),
        ("報ㄒㄧㄡ沒人來", REPAIR),
        ("投ㄙ", COMPLAINT),
        ("客人要ㄊㄡˊㄙㄨˋ怎麼辦", COMPLAINT),
        ("˙ㄇㄜ投訴", COMPLAINT),
        ("ㄓㄨㄤ ㄒㄧㄡ ㄕㄣ ㄑㄧㄥˇ", "procedures/renovation"),
        ("ㄎㄨㄥㄊㄧㄠˊ", AIR),
    ],
)
def test_bopomofo_is_found(search: Search, typed: str, expected: str) -> None:
    assert search.place(typed, expected) == 1, search.find(typed)
    assert not search.find(typed).told


def test_bopomofo_finds_what_pinyin_does(search: Search) -> None:
    """The exact words of the queries, with tones and without."""
    queries = yaml.load((project.ROOT / "tests/content/queries.yml").read_text("utf-8"), project.YAML)
    several = [one for one in queries if one["class"] == "exact" and re.fullmatch("[\u4e00-\u9fff]{2,6}", one["query"])]
    assert len(several) > 50
    for one in several:
        word = SIMPLIFIED.convert(one["query"])
        by_pinyin = search.place("".join(spelt(word)), *one["expect"])
        toned = "".join(lazy_pinyin(word, style=Style.BOPOMOFO))
        for typed in (toned, toned.translate(TONES)):
            assert search.place(typed, *one["expect"]) <= max(by_pinyin + 1, 3), (word, typed)


def test_what_is_marked_is_what_was_typed_in_bopomofo(search: Search) -> None:
    assert search.find("ㄊㄡˊㄙㄨˋ").marked == {"投訴"}
    assert "報修" in search.find("報ㄒㄧㄡ").marked
