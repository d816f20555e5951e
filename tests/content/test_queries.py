"""What staff type, and what search finds for it: the goals of search, with the queries of a file that anyone can add to
(queries.yml). That the box on a page shows what the engine finds, tests/browser/test_search.py sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.model.book import Handbook
from tests import project
from tests.project import ROOT
from tests.search.engine import Found, Search, Site, ask

ALL: list[dict[str, Any]] = yaml.load((ROOT / "tests/content/queries.yml").read_text("utf-8"), project.YAML)
QUERIES = [query for query in ALL if query["expect"]]
UNSAID = [query["query"] for query in ALL if not query["expect"]]  # what the handbook does not say
HELD = [query for query in QUERIES if query.get("held")]
CLASSES = {
    *("exact", "simplified", "regional", "pinyin", "initials"),
    *("half", "question", "number", "typo", "english", "situation", "bopomofo"),
}
LATER = {"situation", "bopomofo"}  # there were none of them when the held ones were written
NEVER_MISSED = ("exact", "simplified", "pinyin", "half")
NONE = 99


@dataclass
class Asked:
    """A query, and the place of its answer in the list (from 1; NONE where it is not there)."""

    query: dict[str, Any]
    place: int
    shown: list[list[str]]

    def __str__(self) -> str:
        first = "、".join(addresses[0] for addresses in self.shown[:3])
        return f"{self.query['query']} ({self.query['class']}) at {self.place}: {first}"


def place(query: dict[str, Any], shown: list[list[str]]) -> int:
    """Where in the list the first right answer is: a clause must be seen without opening 'more'."""
    places = (n for n, seen in enumerate(shown, 1) if set(seen) & set(query["expect"]))
    return next(places, NONE)


def share(some: list[Asked], among: int) -> float:
    return sum(one.place <= among for one in some) / len(some)


def test_the_queries_are_many_of_every_class_and_name_what_there_is(book: Handbook) -> None:
    assert len(HELD) >= 120
    assert len({query["query"] for query in QUERIES}) == len(QUERIES)
    for some, least in ((QUERIES, 10), (HELD, 7)):
        counted = Counter(query["class"] for query in some)
        assert set(counted) | LATER >= CLASSES >= set(counted)
        assert min(number for kind, number in counted.items() if kind not in LATER) >= least
    for query in QUERIES:
        assert query["expect"], query
        for expected in query["expect"]:
            page, _, clause = expected.partition("#")
            folder, _, key = page.partition("/")
            if folder == "glossary":
                assert clause in book.glossary, query
            elif folder == "forms":
                assert key in book.forms, query
            elif key:
                assert book.page(key) == page, query
                assert not clause or clause in book.clauses[key], query


@pytest.fixture(scope="module")
def found(site: Path) -> dict[str, Found]:
    """What each query finds."""
    with Search(Site(site)) as engine:
        return {query["query"]: engine.find(query["query"]) for query in ALL}


def test_staff_find_what_they_mean_in_the_words_they_use(found: dict[str, Found]) -> None:
    shown = [(query, found[query["query"]].shown) for query in QUERIES]
    asked = [Asked(query, place(query, pages), pages) for query, pages in shown]
    held = [one for one in asked if one.query.get("held")]
    for some in (held, asked):
        missed = [str(one) for one in some if one.place > 1]
        assert share(some, 1) >= 0.90, missed
        assert share(some, 3) >= 0.97, missed
    for kind in NEVER_MISSED:
        missed = [str(one) for one in asked if one.query["class"] == kind and one.place > 3]
        assert not missed


def test_what_the_handbook_does_not_say_is_told_and_hardly_ever_what_it_says(found: dict[str, Found]) -> None:
    """As often as words can tell: 管理費可以刷卡嗎 has none that the handbook lacks."""
    told = [query for query in UNSAID if found[query].told]
    wrongly = [one["query"] for one in QUERIES if found[one["query"]].told]
    assert len(told) >= 0.4 * len(UNSAID), told
    assert len(wrongly) <= 0.05 * len(QUERIES), wrongly


def test_the_number_of_a_clause_of_the_source_leads_to_what_rests_on_it(site: Path, book: Handbook) -> None:
    """As it is printed beside a clause, in small letters too, and to nothing that rests on another."""
    cited: dict[str, set[str]] = {number: set() for number in book.source.clauses}
    for sop, placed in book.each():
        for number in placed.clause.source:
            cited.setdefault(number, set()).add(f"{book.page(sop.id)}#{placed.clause.id}")
    for key, term in book.glossary.items():
        for number in term.source:
            cited.setdefault(number, set()).add(f"glossary#{key}")
    numbers = sorted(set(cited) - {"N0", "own"})
    for number, found in zip(numbers, ask(site, [number.lower() for number in numbers]), strict=True):
        for shown in found:
            clauses = {address for address in shown if "#" in address}
            assert clauses <= cited[number], number
            assert clauses or shown[0].startswith("forms/"), number
    *whole, half = ask(site, ["M2.8", "依據 M2.8", "ｍ２．８", "m2"])
    assert ["standards/conduct#no-empty-post" in found[1] for found in whole] == [True] * 3
    assert half[0][0] == "standards/conduct", "while it is being typed"


def test_no_result_is_a_quiz_or_a_supervisors_page(site: Path) -> None:
    for found in ask(site, ["測驗", "考試", "題目對照表", "投訴", "主管"]):
        for seen in found:
            assert not seen[0].startswith(("quiz", "exams", "supervisors")), seen
