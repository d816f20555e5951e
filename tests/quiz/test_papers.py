"""Papers of exams: drawn from codes, and answers that stay off the published site."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.pages.render import render
from handbook.pages.site import Made, make_site
from handbook.pages.view import Site
from handbook.paper import later
from handbook.quiz import papers
from handbook.quiz.exam import pool
from handbook.quiz.plain import Arrange, Choose, Pairs, Plain, plainly
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")
CLERK = "exams/clerk/index.md"
EXAM = "exam: {feedback: at the end, minutes: 20, options: shuffled}\n"


def held(root: Path, exam: str = EXAM) -> Handbook:
    """The small handbook with an exam as a supervisor holds it."""
    cases.copy(root)
    project.replace(root / "sop/roles/clerk.yml", "\nduties:", f"\n{exam}duties:")
    return compile_handbook(root)[0]


# ── drawn from codes ────────────────────────────────────────────────────────────────────────────


def test_what_is_asked_in_other_words_is_another_stock(tmp_path: Path) -> None:
    """A code may give another paper then: whoever holds a screen against paper sees it."""
    before = compile_handbook(cases.MINIMAL)[0]
    root = cases.copy(tmp_path)
    project.replace(
        root / "quiz/lost-property.yml", "ask: 貴重的東西最晚多久送出去？", "ask: 貴重的東西，最晚多久要送出去？"
    )
    after = compile_handbook(root)[0]
    one, other = (papers.stock(book, book.roles["clerk"]) for book in (before, after))
    assert re.fullmatch("[0-9a-f]{6}", one)
    assert one != other
    assert one == papers.stock(compile_handbook(cases.MINIMAL)[0], before.roles["clerk"])


def test_no_paper_asks_in_the_same_words_twice(book: Handbook) -> None:
    for role in book.roles.values():
        asks = [one.question.ask for one in pool(book, role)]
        assert len(set(asks)) == len(asks) > role.exam.questions


def test_options_are_shuffled_where_the_exam_wants_it_and_nothing_is_lost(tmp_path: Path) -> None:
    book = held(tmp_path)
    plain = compile_handbook(cases.MINIMAL)[0]
    moved = 0
    for drawn in papers.exam(book, book.roles["clerk"], "1208"):
        for one in (said for said in plainly(book, drawn) if isinstance(said, Plain)):
            other = papers.mixed(book, book.roles["clerk"], "1208", one)
            assert sorted(_shown(other)) == sorted(_shown(one))
            assert papers.mixed(plain, plain.roles["clerk"], "1208", one) == one
            moved += _shown(other) != _shown(one)
    assert moved > 3


def _shown(one: Plain) -> list[str]:
    if isinstance(one, Choose):
        return [f"{answer.right} {answer.text}" for answer in one.answers]
    assert isinstance(one, Arrange | Pairs)
    return [str(place) for place in one.shown]


def test_a_page_says_how_its_exam_will_be(tmp_path: Path) -> None:
    text = {page.path: page.text for page in render(held(tmp_path))}[CLERK]
    assert "交卷以前都可以改，交卷以後才說對錯。限時 20 分鐘：時間到，答了的就交卷。" in text
    assert re.search('<held-exam [^>]* data-minutes="20" data-options="shuffled">', text)
    before = {page.path: page.text for page in render(compile_handbook(cases.MINIMAL)[0])}[CLERK]
    assert "交卷" not in before
    assert re.search(r'<exam-sheet [^>]* data-stock="[0-9a-f]{6}">', before)


# ── answers that stay off the site ──────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[bool, Made]]:
    """The small handbook as published with answers and without."""
    root = cases.copy(tmp_path_factory.mktemp("keys"))
    (root / "docs").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        yield {keys: make_site(root, root / "docs", Site(keys=keys)) for keys in (True, False)}


def page(made: Made, path: str) -> str:
    return next(one.text for one in made.pages if one.path == path)


def test_no_key_and_no_question_bank_is_published(sites: dict[bool, Made]) -> None:
    gone = set(sites[True].files) - set(sites[False].files)
    assert {path.split("/")[0] for path in gone} == {"exports", "paper"}
    assert all(path.startswith("exports/") or path.endswith("-key.pdf") for path in gone)
    assert not [path for path in sites[False].files if "-key" in path or path.startswith("exports/")]
    assert {"paper/roles/clerk-exam.pdf", "paper/roles/clerk.zip"} <= set(sites[False].files)
    for path in ("supervisors/paper/index.md", "supervisors/index.md"):
        assert re.findall(r'(?:href)="[^"]*(?:-key\.pdf|/exports/)', page(sites[True], path))
        assert not re.findall(r'(?:href)="[^"]*(?:-key\.pdf|/exports/)', page(sites[False], path))
        assert "<code>handbook paper 資料夾</code>" in page(sites[False], path)


def test_the_page_of_an_exam_says_none_of_its_answers(sites: dict[bool, Made]) -> None:
    """It asks the same, and nothing of it is the same for two answers of which one is right."""
    shown, sealed = (page(sites[keys], CLERK) for keys in (True, False))
    ids = re.findall(r'<li class="question [^"]*" id="([^"]+)"', shown)
    assert len(ids) > 5
    assert re.findall(r'<li class="question [^"]*" id="([^"]+)"', sealed) == ids
    for secret in ("data-right", 'class="right', 'class="wrong', "verdicts", "reason", "：對。", "onward"):
        assert secret in shown
        assert secret not in sealed
    assert "<held-exam " in sealed, "what can't be judged at once is told at the end"
    assert len(re.findall('data-sealed="[0-9a-f]{8}"', sealed)) >= len(ids)


@pytest.mark.parametrize("keys", [True, False])
def test_a_server_prints_what_the_site_will_have(keys: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started: list[list[str]] = []
    process = SimpleNamespace(pid=os.getpid(), terminate=lambda: None, wait=lambda: None)
    monkeypatch.setattr(later.subprocess, "Popen", lambda command, **_: started.append(command) or process)
    monkeypatch.setattr(later.os, "setpriority", lambda *_: None)
    later.Printing().start(tmp_path, tmp_path / "paper", keys)
    assert ("--without-keys" in started[0]) is not keys


def test_quizzes_still_teach(sites: dict[bool, Made]) -> None:
    path = "quiz/lost-property/index.md"
    assert page(sites[False], path) == page(sites[True], path)


def test_search_and_the_phone_s_list_know_no_answer(tmp_path: Path) -> None:
    """Nothing is kept, listed or found by words that only an answer has."""
    root = cases.project_of(tmp_path / "project")
    (root / "mkdocs.yml").write_text(
        (root / "mkdocs.yml").read_text("utf-8").replace("keys: true", "keys: false"), "utf-8"
    )
    site = project.build(tmp_path / "site", root)
    worker = (site / "sw.js").read_text("utf-8")
    files = json.loads(re.search(r"self\.handbook = (\{.*?\n\});", worker, re.DOTALL)[1])["files"]  # type: ignore[index]
    assert "exams/clerk/" in files
    assert not [name for name in files if "-key" in name or name.startswith(("exports/", "paper/"))]
    assert not [path for path in site.rglob("*") if "exports" in path.parts or path.name.endswith("-key.pdf")]
    found = "".join(path.read_text("utf-8") for path in site.glob("search/*"))
    secret = "他嫌麻煩，把錢包放回門口"
    assert secret in (site / "quiz/lost-property/index.html").read_text("utf-8")
    assert secret not in found + (site / "exams/clerk/index.html").read_text("utf-8")
