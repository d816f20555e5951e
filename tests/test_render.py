"""Pages that are kept from one build to the next are the pages that would be made anew, whatever was edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.pages import render
from handbook.pages.page import Page
from tests import cases, project

PROCEDURE = "sop/procedures/lost-property.yml"
STANDARD = "sop/standards/greeting.yml"
ROLE = "sop/roles/clerk.yml"
ORGANIZATION = "sop/organization.yml"


def pages(root: Path) -> dict[str, Page]:
    return {page.path: page for page in render.render(compile_handbook(root)[0])}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PROCEDURE, "do: 鎖進櫃子", "do: 鎖進抽屜"),
        (PROCEDURE, "within: 2 days", "within: 3 days"),
        (PROCEDURE, "title: 拾得物", "title: 撿到的東西"),
        (PROCEDURE, "version: 1.0.0", "version: 1.0.1"),
        (STANDARD, "limit: at least 1 m", "limit: at least 2 m"),
        (STANDARD, "title: ", "title: 好"),
        (ROLE, "title: ", "title: 小"),
        (ORGANIZATION, "company: 小店", "company: 大店"),
        (ORGANIZATION, "manager: {name: 店長", "manager: {name: 經理"),
        (ORGANIZATION, "first: ", "working_days: {days: mon}\nfirst: "),
        (ORGANIZATION, "meanwhile: 算日曆天", "meanwhile: 算工作天"),
        ("sop/forms.yml", "name: 拾得物登記本", "name: 失物登記本"),
        ("sop/source.yml", "title: ", "title: 新"),
    ],
)
def test_kept_pages_are_as_fresh_ones(tmp_path: Path, path: str, old: str, new: str) -> None:
    root = cases.copy(tmp_path)
    before = pages(root)
    project.replace(root / path, old, new)
    kept = pages(root)
    render._kept.clear()
    assert kept == pages(root) != before


def test_a_page_is_kept_while_nothing_in_it_changes(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    before = pages(root)
    project.replace(root / PROCEDURE, "do: 鎖進櫃子", "do: 鎖進抽屜")
    after = pages(root)
    standard, procedure = "standards/greeting/index.md", "procedures/lost-property/index.md"
    assert after[standard] is before[standard]
    assert after[procedure] != before[procedure]


def test_working_days_stand_in_words_and_for_scripts(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    days = "working_days:\n  days: [mon, sat]\n  holidays: [2027-02-08, 2027-01-01]\nfirst: "
    project.replace(root / ORGANIZATION, "first: ", days)
    for path in ("procedures/lost-property/index.md", "deadlines/index.md"):
        body = pages(root)[path].body
        assert "期限裡的「天」是工作天：週一、週六；放假日列到 2027-02-08。" in body
        assert 'data-works="mon sat" data-holidays="2027-02-08 2027-01-01"></due-times>' in body
