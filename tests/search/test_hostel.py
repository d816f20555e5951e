"""A handbook whose author has written down no other words for anything: what staff of a hostel type, and find."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from handbook.compile import compile_handbook
from handbook.search.index import index
from tests.search.engine import Search

HERE = Path(__file__).with_name("hostel")
QUERIES: list[dict[str, Any]] = yaml.safe_load((HERE / "queries.yml").read_text("utf-8"))


def test_a_handbook_without_synonyms_is_searched_in_everybody_s_words() -> None:
    book, problems = compile_handbook(HERE)
    assert book, problems
    assert not book.synonyms
    asked = [query for query in QUERIES if query["expect"]]
    with Search(index(book)) as engine:
        places = [engine.place(query["query"], *query["expect"]) for query in asked]
    assert sum(place == 1 for place in places) >= 0.55 * len(asked)
    assert sum(place <= 3 for place in places) >= 0.68 * len(asked)
