"""Handbooks whose authors have written down no other words, or hardly any: what their staff type, and find."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handbook.compile import compile_handbook
from handbook.search.index import index
from tests.search.engine import Search

HERE = Path(__file__).parent


@pytest.mark.parametrize(("name", "first", "three"), [("hostel", 0.6, 0.7), ("pool", 0.7, 0.78)])
def test_a_handbook_without_synonyms_is_searched_in_everybody_s_words(name: str, first: float, three: float) -> None:
    book = compile_handbook(HERE / name)[0]
    assert book
    assert len(book.synonyms) < 3
    asked = [query for query in yaml.safe_load((HERE / name / "queries.yml").read_text("utf-8")) if query["expect"]]
    with Search(index(book)) as engine:
        places = [engine.place(str(query["query"]), *query["expect"]) for query in asked]
    print(f"\n{name}: {sum(p == 1 for p in places) / len(places):.3f} {sum(p <= 3 for p in places) / len(places):.3f}")
    assert sum(place == 1 for place in places) >= first * len(asked)
    assert sum(place <= 3 for place in places) >= three * len(asked)
