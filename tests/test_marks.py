"""The small file by which a phone tells what changed: every clause's fingerprint, and no more than that takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.pages.marks import MARKS, marks
from tests import cases, project
from tests.project import Built

pytestmark = pytest.mark.usefixtures("today")


def test_it_has_what_each_clause_s_page_has(book: Handbook, pages: dict[str, Built], site: Path) -> None:
    told = json.loads((site / MARKS).read_text("utf-8"))
    assert told["sops"].keys() == book.sops.keys()
    for sop in told["sops"].values():
        shown = {key: one.get("data-fingerprint") for key, one in pages[sop["page"]].ids.items()}
        clauses = dict(pair.split("=") for pair in sop["clauses"].split(" "))
        assert clauses == {key: mark for key, mark in shown.items() if mark}


def test_the_version_that_demanded_something_is_not_the_one_that_worded_it(tmp_path: Path) -> None:
    book = compile_handbook(cases.copy(tmp_path))[0]
    told = json.loads(marks(book, directory_urls=False))["sops"]["greeting"]
    assert (told["version"], told["demands"], told["from"]) == ("1.1.0", "1.0.0", "2026-02-01")
    assert told["page"] == "standards/greeting/index.html"


def test_it_knows_what_clauses_were_called(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    project.replace(
        root / "sop/standards/greeting.yml", "    aliases: 再會", "    aliases: 再會\n    formerly: goodbye"
    )
    assert json.loads(marks(compile_handbook(root)[0]))["formerly"] == {"greeting#goodbye": "greeting#farewell"}


def test_it_is_small(site: Path) -> None:
    """Beside the 1.1 MB that a phone keeps: it comes once home is there, and no page waits for it."""
    assert (site / MARKS).stat().st_size <= 20_000
