"""What is written otherwise than the handbook writes it is found: characters that look alike or have several forms,
blanks between characters, signs; and what only looks like a word is not marked as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from handbook.model.book import Handbook
from handbook.search.entries import Findable, Place
from handbook.search.index import index
from handbook.search.letters import ALIKE, SAME, alike, fold, folded
from tests.search.engine import Search

COMPLAINT, MOVE_IN, LOST = "procedures/complaints", "procedures/move-in", "procedures/meeting-service#left-items"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # characters that look alike
        ("投拆", COMPLAINT),
        ("投訢", COMPLAINT),
        ("我要投拆", COMPLAINT),
        ("岐視", "standards/conduct"),
        ("來訪登紀", "procedures/visitors"),
        ("催激函", "procedures/fees#send-letter"),
        ("放行条", "forms/release-slip"),
        # blanks between characters
        ("投 訴", COMPLAINT),
        ("投　訴", COMPLAINT),
        ("交 屋", MOVE_IN),
        ("帶 位 奉 茶", "procedures/receiving-guests"),
        ("2 天 內 答 覆", "procedures/complaints#major-reply"),
        # short for English words
        ("C/I", MOVE_IN),
        ("c / i", MOVE_IN),
        ("L&F", LOST),
        ("L＆F", LOST),
        ("C/O", "procedures/visitors#goods"),
        ("check-in", MOVE_IN),
    ],
)
def test_what_is_written_otherwise_is_found(search: Search, typed: str, expected: str) -> None:
    assert search.place(typed, expected) <= 3, search.find(typed)
    assert not search.find(typed).told


@pytest.mark.parametrize("typed", ["天便", "外量人", "螺旋漿", "X/Y", "J&K"])
def test_what_looks_like_nothing_of_ours_is_not_found(search: Search, typed: str) -> None:
    assert search.find(typed).told


# ── another handbook ────────────────────────────────────────────────────────────────────────────

TEXTS = {
    "wifi": "客房 Wi-Fi 密碼",
    "email": "寄 email 給主管",
    "cold": "冷凍庫保持在 −18 °C",
    "ranges": "3-5 天回覆",
    "head": "抬頭",
    "shop": "店鋪",
    "path": "路徑",
    "round": "繞道",
    "you": "祝你健康",
    "table": "會議檯",
    "stool": "板凳",
    "make-up": "化妝",
    "guard": "守衛",
}


@pytest.fixture(scope="module")
def other(book: Handbook) -> Iterator[Search]:
    """A handbook that says a few things more."""
    pages = [Findable(f"x/{key}/", key, places=[Place("it", text)]) for key, text in TEXTS.items()]
    engine = Search(index(book, pages))
    with engine:
        yield engine


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        *(("wifi", "wifi"), ("WIFI", "wifi"), ("Wi-Fi", "wifi"), ("wi fi", "wifi"), ("wi‑fi", "wifi")),
        *(("e-mail", "email"), ("email", "email")),
        *(("-18", "cold"), ("−18", "cold"), ("–18 度", "cold"), ("-18°C", "cold"), ("零下 -18", "cold")),
        *(("3–5 天", "ranges"), ("3-5天", "ranges")),
        *(("擡頭", "head"), ("店舖", "shop"), ("路逕", "path"), ("遶道", "round"), ("祝妳健康", "you")),
        *(("會議枱", "table"), ("板櫈", "stool"), ("化粧", "make-up"), ("守衞", "guard")),
    ],
)
def test_signs_and_forms_of_characters_are_one(other: Search, typed: str, key: str) -> None:
    assert other.place(typed, f"x/{key}#it") <= 3, other.find(typed)
    assert not other.find(typed).told


# ── what is marked ──────────────────────────────────────────────────────────────────────────────


def test_what_only_looks_like_a_word_is_not_marked(book: Handbook) -> None:
    said = {"guest": "告訴訪客人馬上來", "serve": "招待客人喝茶", "leak": "處理滲漏水的房間"}
    with Search(index(book, [Findable(f"x/{key}/", key, text, weight=9) for key, text in said.items()])) as engine:
        for typed, key, marked in (("客人", "guest", False), ("客人", "serve", True), ("漏水", "leak", True)):
            items = engine.ask(typed)["items"]
            shown = [one["text"] for item in items for one in item if one["location"] == f"x/{key}/"]
            assert shown
            marks = [re.findall("<mark>(.*?)</mark>", text) for text in shown]
            assert [any(typed in mark for mark in some) for some in marks] == [marked], (typed, shown)


# ── the tables ──────────────────────────────────────────────────────────────────────────────────


def test_every_pair_of_one_is_needed_and_leads_to_a_form_that_folds_no_further() -> None:
    for pair in SAME.split():
        assert folded()[pair[0]] == pair[1]
        assert pair[1] not in folded(), pair


def test_groups_of_what_looks_alike_are_of_two_or_more_each_once() -> None:
    lines = [line for line in ALIKE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == len(alike(frozenset()))
    for line, group in zip(lines, alike(frozenset(fold("".join(lines)))), strict=True):
        assert len(line) == len(set(line)) >= len(set(group)) >= 2, line
    assert len({frozenset(line) for line in lines}) == len(lines)


def test_a_page_pasted_is_answered_as_its_beginning_and_at_once(search: Search) -> None:
    typed = "ㄎㄜˋㄖㄣˊ我想問飛碟怎麼降落" * 400
    whole = search.ask(typed)
    assert whole == search.ask(typed[:200])


def test_a_word_that_is_missing_twice_is_told_once(search: Search) -> None:
    lacking = search.ask("龘龘飛碟 客人 龘龘飛碟")["lacking"]
    assert lacking
    assert len(lacking) == len(set(lacking))
