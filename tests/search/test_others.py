"""Handbooks whose authors have written down no other words, or hardly any: what their staff type, and find."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handbook.compile import compile_handbook
from handbook.search.index import index
from handbook.search.thesaurus import kin
from tests import project
from tests.search.engine import Search

HERE = Path(__file__).parent


@pytest.mark.parametrize(("name", "first", "three"), [("hostel", 0.6, 0.7), ("pool", 0.7, 0.78)])
def test_a_handbook_without_synonyms_is_searched_in_everybody_s_words(name: str, first: float, three: float) -> None:
    book = compile_handbook(HERE / name)[0]
    assert book
    assert len(book.synonyms) < 3
    asked = [
        query for query in yaml.load((HERE / name / "queries.yml").read_text("utf-8"), project.YAML) if query["expect"]
    ]
    with Search(index(book)) as engine:
        places = [engine.place(str(query["query"]), *query["expect"]) for query in asked]
    print(f"\n{name}: {sum(p == 1 for p in places) / len(places):.3f} {sum(p <= 3 for p in places) / len(places):.3f}")
    assert sum(place == 1 for place in places) >= first * len(asked)
    assert sum(place <= 3 for place in places) >= three * len(asked)


def test_letters_inside_a_word_are_no_word_of_everybody_s() -> None:
    found = [*kin(["登入線上服務要 password，issues 也記下；the team buses"])]
    assert not any(group.startswith(("tea|", "LINE", "sue", "POS")) for group in found)
    assert any(group.startswith("bus|") for group in found)
    assert not [*kin(["online"])]


def test_what_only_looks_alike_stands_in_no_group() -> None:
    said = ["核對數量", "充電到滿", "控制水溫", "操作動線", "超過數量", "回收數量", "未到期的", "再加一條", "點算現金"]
    others = {other for group in kin(said) for other in group.partition("|")[2].split(",")}
    assert not others & {"對帳", "觸電", "停水", "分娩", "匯款", "討債", "爽約", "服務費", "怎麼辦"}
