"""What is not decided says so wherever it goes, and nobody is examined on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.pages.render import render
from handbook.paper.sheet import Edition
from handbook.paper.sheets import sheets
from handbook.quiz.answers import options
from handbook.quiz.bank import bank
from handbook.reading.known import ids
from handbook.search.entries import findable
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")
TIMES = "sop/procedures/lost-property.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small handbook, in which the deadline of `hand-over` is not decided, and a third one is."""
    root = cases.copy(tmp_path)
    project.replace(root / "sop/organization.yml", "    facts_hold: true\n", "")
    quiz = root / "quiz/lost-property.yml"
    text = quiz.read_text("utf-8")
    quiz.write_text("pass_mark: 80\nquestions:\n" + text[text.index("  - id: wallet") :], "utf-8")
    project.replace(root / TIMES, "do: 鎖進櫃子\n", "do: 鎖進櫃子\n        within: 9 days\n        event: 收下東西\n")
    project.replace(root / TIMES, "        open: where-to-keep\n        source: S2\n", "        source: S2\n")
    project.replace(root / TIMES, "    do: 當面收下東西\n", "    do: 當面收下東西\n    open: where-to-keep\n")
    return root


@pytest.fixture
def book(root: Path) -> Handbook:
    return compile_handbook(root)[0]


def test_every_page_that_tells_it_says_so(book: Handbook) -> None:
    pages = {page.path: page.text for page in render(book)}
    told = pages["procedures/lost-property/index.md"]
    assert told.count("2 天內・待定") == 3  # at the top, in the picture of all ways, at the clause
    assert 'chip-time chip-undecided">' in told
    assert "最晚同貴重的一樣 <a" in told
    assert "2 天內（待定）</a>處理" in told
    assert "2 天內・待定" in pages["deadlines/index.md"]
    assert "2 天內・待定" in pages["roles/clerk/index.md"]
    for page in (text for path, text in pages.items() if not path.startswith(("quiz/", "exams/", "authors/"))):
        assert page.count("2 天內") == page.count("2 天內・待定") + page.count("2 天內（待定）")


def test_every_sheet_that_tells_it_says_so(book: Handbook) -> None:
    said = {sheet.path: str(sheet.make()) for sheet in sheets(Edition(book))}
    for path in ("procedures/lost-property-checklist", "procedures/lost-property-card", "handbook"):
        assert "收下東西起 2 天內・待定" in said[path]
    for words in (words for path, words in said.items() if not path.endswith(("quiz", "key", "exam"))):
        assert words.count("2 天內") == words.count("2 天內・待定") + words.count("2 天內（待定）")


def test_search_says_so(book: Handbook) -> None:
    page = next(page for page in findable(book) if page.folder == "procedures/lost-property/")
    titles = {place.anchor: place.title for place in page.places}
    assert "（收下東西起 2 天內・待定）" in titles["hand-over"]


def test_nobody_is_asked_for_it_nor_offered_it(book: Handbook) -> None:
    asked = {question.id: question for question in bank(book)["lost-property"]}
    assert "number--hand-over" not in asked
    assert "number--keep" in asked
    offered = {one.feedback for question in asked.values() for one in options(book, question)}
    assert not any("送到" in (said or "") for said in offered)


def test_it_demands_what_it_did(root: Path, book: Handbook) -> None:
    """Whether it is decided is no other demand: who signed has not signed anything else."""
    before = marks(book)
    project.replace(root / "sop/organization.yml", "    source: S2\n", "    source: S2\n    facts_hold: true\n")
    assert marks(compile_handbook(root)[0]) == before


def marks(book: Handbook) -> dict[str, str]:
    return {f"{sop.id}#{placed.clause.id}": book.fingerprint(sop, placed) for sop, placed in book.each()}


def test_a_sentence_says_it_once(book: Handbook) -> None:
    cited = "$(#hand-over)"
    told = book.plain(f"{cited}、{cited}。再等{cited}", "lost-property")
    assert told == "2 天內、2 天內（待定）。再等 2 天內（待定）"


def test_a_text_full_of_it_is_read_at_once(book: Handbook) -> None:
    assert book.plain("$(#hand-over)" * 20_000, "lost-property").count("待定") == 1


# ── who it is ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def anybody(tmp_path: Path) -> Handbook:
    """The small handbook, in which whoever found a thing acts, and nobody has decided who takes it to the police."""
    root = cases.copy(tmp_path)
    organization = root / "sop/organization.yml"
    project.replace(organization, "first: lost", "people: {finder: 撿到的人}\nfirst: lost")
    project.replace(organization, "{name: 店員}", "{name: 店員, open: working-days}")
    project.replace(root / "sop/forms.yml", "filled_by: clerk", "filled_by: [clerk, finder]")
    project.replace(root / "sop/forms.yml", "kept_by: manager", "kept_by: open\n  open: working-days")
    project.replace(root / "sop/glossary.yml", "  source: own\n", "  source: own\n  open: working-days\n")
    project.replace(root / TIMES, "who: manager", "who: open")
    project.replace(root / TIMES, "do: 鎖進櫃子\n", "do: 鎖進櫃子\n        who: finder\n")
    return compile_handbook(root)[0]


def test_anybody_acts_and_is_no_post(anybody: Handbook) -> None:
    pages = {page.path: page.text for page in render(anybody)}
    assert "<span>撿到的人</span>" in pages["procedures/lost-property/index.md"]
    assert "撿到的人</dd>" in pages["forms/found-log/index.md"]
    assert "撿到的人" not in pages["roles/index.md"]
    assert not any("finder" in ident for ident in ids(anybody))
    asked = [question for questions in bank(anybody).values() for question in questions]
    assert not any(question.id.startswith("who--keep") for question in asked)
    assert not any("撿到的人" in one.text for question in asked for one in options(anybody, question))


def test_anybody_may_do_a_whole_procedure_and_be_told(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    project.replace(root / "sop/organization.yml", "first: lost", "people: {finder: 撿到的人}\nfirst: lost")
    project.replace(root / TIMES, "actor: clerk", "actor: finder")
    project.replace(root / TIMES, "to: manager", "to: finder")
    project.replace(root / TIMES, "trigger: 客人或$(clerk)", "trigger: 客人或$(finder)")
    book = compile_handbook(root)[0]
    page = next(page.text for page in render(book) if page.path == "procedures/lost-property/index.md")
    assert "<dd>撿到的人</dd>" in page
    assert '<span class="to">→ 撿到的人</span>' in page
    assert "客人或撿到的人撿到東西" in page
    assert next(sheet.make()["who"] for sheet in sheets(Edition(book)) if sheet.kind == "checklist") == "撿到的人"


def test_who_is_not_decided_says_so(anybody: Handbook) -> None:
    pages = {page.path: page.text for page in render(anybody)}
    assert "<span>人選待定</span>" in pages["procedures/lost-property/index.md"]
    assert '<td class="who">人選待定</td>' in pages["deadlines/index.md"]
    assert "<dd>人選待定</dd>" in pages["forms/found-log/index.md"]
    said = {sheet.path: sheet.make() for sheet in sheets(Edition(anybody))}
    assert said["forms/found-log"]["kept_by"] == "人選待定"
    assert "'who': '人選待定'" in str(said["procedures/lost-property-checklist"])
    assert not any(question.id == "who--hand-over" for question in bank(anybody)["lost-property"])


def test_forms_words_and_posts_wait_with_the_clauses(anybody: Handbook) -> None:
    pages = {page.path: page.text for page in render(anybody)}
    for page in ("forms/found-log", "glossary", "roles/clerk"):
        assert '<a href="../../open-points/#working-days">待定</a>' in pages[f"{page}/index.md"].replace(
            '"../open', '"../../open'
        )
    told = pages["open-points/index.md"]
    for link in ("../forms/found-log/", "../glossary/#owner", "../roles/clerk/"):
        assert f'href="{link}"' in told
