"""Pages that are kept from one build to the next are the pages that would be made anew, whatever was edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.kept import Kept
from handbook.pages.page import Page
from handbook.pages.render import render
from handbook.pages.site import make_site
from handbook.pages.view import Site
from handbook.search.index import index
from tests import cases, project

PROCEDURE = "sop/procedures/lost-property.yml"
STANDARD = "sop/standards/greeting.yml"
ROLE = "sop/roles/clerk.yml"
ORGANIZATION = "sop/organization.yml"


def pages(root: Path) -> dict[str, Page]:
    return {page.path: page for page in render(compile_handbook(root)[0])}


def published(root: Path) -> dict[str, object]:
    """Pages, the data that phones search, and warnings."""
    made = make_site(root, root / "docs", Site(downloads=False))
    return {page.path: page for page in made.pages} | index(made.book) | made.files | {"warnings": made.warnings}


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
        (ORGANIZATION, "first: ", "work_week: {days: mon}\nfirst: "),
        (ORGANIZATION, "meanwhile: 算日曆天", "meanwhile: 算工作天"),
        ("sop/forms.yml", "name: 拾得物登記本", "name: 失物登記本"),
        ("sop/source.yml", "title: ", "title: 新"),
        ("sop/glossary.yml", "term: 失主", "term: 物主人"),
        ("sop/synonyms.yml", "said: [物主", "said: [主人"),
        ("quiz/lost-property.yml", "pass_mark: 80", "pass_mark: 90"),
        ("quiz/greeting.yml", "背後有客人推門進來", "背後有客人走進來"),
        ("quiz/greeting.yml", "id: busy-hands", "id: full-hands\n    formerly: busy-hands"),
        (PROCEDURE, "say: 謝謝您，我記下來。", "say: 謝謝您，我先記下來。"),
        (PROCEDURE, "id: keep\n", "id: lock-up\n        formerly: keep\n"),
        (PROCEDURE, "who: manager\n", "who: clerk\n"),
        (STANDARD, "related: lost-property\n", ""),
        (STANDARD, "do: 轉身面向客人", "do: 轉身看著客人"),
        (STANDARD, "say: 慢走", "say: 再見慢走"),
        (STANDARD, "summary: 客人進門", "summary: 有客人進門"),
        (ROLE, "do: 準時開門", "do: 準時打開門"),
    ],
)
def test_kept_pages_are_as_fresh_ones(tmp_path: Path, path: str, old: str, new: str) -> None:
    root = cases.copy(tmp_path)
    before = published(root)
    project.replace(root / path, old, new)
    kept = published(root)
    Kept.forget()
    assert kept == published(root) != before


@pytest.mark.parametrize(
    ("path", "old", "new", "words", "shown"),
    [
        (
            ORGANIZATION,
            "clerk: {name: 店員}",
            "clerk: {name: 夥伴}",
            "夥伴",
            [
                "roles/",
                "roles/clerk/",
                "exams/clerk/",
                "quiz/clerk/",
                "procedures/lost-property/",
                "standards/greeting/",
            ],
        ),
        (
            "sop/forms.yml",
            "name: 拾得物登記本",
            "name: 失物簿",
            "失物簿",
            ["forms/", "forms/found-log/", "procedures/lost-property/", "quiz/lost-property/"],
        ),
        ("quiz/lost-property.yml", "pass_mark: 80", "pass_mark: 90", "90 %", ["quiz/", "quiz/lost-property/"]),
        ("sop/glossary.yml", "term: 失主", "term: 物主人", "物主人", ["glossary/"]),
        (
            "quiz/greeting.yml",
            "背後有客人推門進來",
            "背後有客人走進來",
            "背後有客人走進來",
            ["quiz/greeting/", "exams/clerk/", "supervisors/coverage/"],
        ),
        (
            PROCEDURE,
            "within: 2 days",
            "within: 5 days",
            "5 天",
            ["deadlines/", "procedures/lost-property/", "quiz/lost-property/", "exams/clerk/"],
        ),
        (PROCEDURE, "do: 當面收下東西", "do: 雙手接過東西", "雙手接過東西", ["supervisors/coverage/", "phrases/"]),
        (STANDARD, "do: 轉身面向客人", "do: 轉身看著客人", "轉身看著客人", ["roles/clerk/", "standards/greeting/"]),
    ],
)
def test_an_edit_shows_wherever_it_is_said(
    tmp_path: Path, path: str, old: str, new: str, words: str, shown: list[str]
) -> None:
    root = cases.copy(tmp_path)
    before = pages(root)
    project.replace(root / path, old, new)
    after = pages(root)
    assert {page for page in shown if words not in after[f"{page}index.md"].text} == set()
    assert {page for page in shown if words in before[f"{page}index.md"].text} == set()


def test_an_edit_of_nothing_but_the_order_shows(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    glossary = root / "sop/glossary.yml"
    first = glossary.read_text("utf-8")
    second = "finder:\n  term: 拾得人\n  means: 撿到東西的人。\n  source: own\n"
    for words in (first + second, second + first):
        glossary.write_text(words, "utf-8")
        body = pages(root)["glossary/index.md"].body
        assert (body.index("失主") < body.index("拾得人")) == words.startswith("owner")


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
    days = "work_week:\n  days: [mon, sat]\n  holidays: [2027-02-08, 2027-01-01]\nfirst: "
    project.replace(root / ORGANIZATION, "first: ", days)
    project.replace(root / ORGANIZATION, "{name: 店長", "{works: [tue, sat], name: 店長")
    project.replace(root / PROCEDURE, "within: 2 days", "within: 2 working days")
    for path in ("procedures/lost-property/index.md", "deadlines/index.md"):
        body = pages(root)[path].body
        assert "工作天是週一、週六；放假日列到 2027-02-08。" in body
        assert (
            'data-due="within 2 working day" data-branch="sort valuable" data-works="tue sat"' in body
        )  # the manager's
        assert 'data-works="mon sat" data-holidays="2027-02-08 2027-01-01"></due-times>' in body
