"""What pages tell scripts about reading and signing: what an SOP's clauses come to, how long a signature holds, by when
a role must know what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.model.course import course, required
from handbook.pages.render import render
from tests import cases, project

STANDARD, ROLE = "sop/standards/greeting.yml", "sop/roles/clerk.yml"


def pages(root: Path) -> dict[str, str]:
    return {page.path: page.body for page in render(compile_handbook(root)[0])}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return cases.copy(tmp_path)


def sums(page: str) -> dict[str, int]:
    """SOP → what its clauses come to, by the list of all SOPs."""
    return {key: int(number) for key, number in re.findall(r'data-read="([a-z-]+)" data-sum="(\d+)"', page)}


def test_the_list_has_the_sum_of_what_each_page_has(copy: Path) -> None:
    made = pages(copy)
    found = sums(made["quiz/index.md"])
    assert len(found) == 3
    for key, total in found.items():
        page = next(text for path, text in made.items() if path.endswith(f"s/{key}/index.md") and "read-sign" in text)
        marks = re.findall(r'class="clause[^>]* data-fingerprint="([0-9a-f]{6})"', page)
        assert sum(int(mark, 16) for mark in marks) == total, key


def test_a_changed_demand_changes_the_sum_and_words_alone_do_not(copy: Path) -> None:
    before = sums(pages(copy)["quiz/index.md"])
    project.replace(copy / "sop/procedures/lost-property.yml", "title: 拾得物", "title: 撿到的東西")
    assert sums(pages(copy)["quiz/index.md"]) == before
    project.replace(copy / "sop/procedures/lost-property.yml", "do: 鎖進櫃子", "do: 鎖進抽屜")
    after = sums(pages(copy)["quiz/index.md"])
    assert {key for key in before if before[key] != after[key]} == {"lost-property"}


def test_how_long_it_holds_is_on_the_page_and_in_the_list(copy: Path) -> None:
    assert not any("data-renew" in page or "<dt>再簽</dt>" in page for page in pages(copy).values())
    for path, length in ((STANDARD, "12 months"), (ROLE, "400 days")):
        project.replace(copy / path, "review_every:", f"renew: {length}\nreview_every:")
    made = pages(copy)
    assert '<read-sign data-sop="greeting" data-renew="12m">' in made["standards/greeting/index.md"]
    assert "<dt>再簽</dt><dd>每 12 個月</dd>" in made["standards/greeting/index.md"]
    assert re.search(r'data-read="clerk" data-sum="\d+" data-renew="400d"', made["quiz/index.md"])
    assert re.search(r'data-role="clerk"[^>]* data-renew="400d"', made["quiz/index.md"])


def test_a_role_learns_each_thing_once(book: Handbook) -> None:
    """How one looks on the first day, what every day brings in the first week, all the rest in the first month."""
    for role in book.roles.values():
        stages = course(book, role)
        every = [sop for stage in stages for sop in stage]
        assert len(every) == len({sop.id for sop in every})
        assert {sop.id for sop in every} == {sop.id for sop in required(book, role)}
        assert role in stages[0]
