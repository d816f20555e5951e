"""A procedure is renamed throughout, as are a role, a form and a clause: nobody who was there before loses a thing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handbook.model.book import Handbook
from handbook.quiz.answers import fingerprint
from handbook.quiz.bank import bank
from handbook.quiz.exam import fingerprint as exam_fingerprint
from tests import project
from tests.browser.bare import bare
from tests.browser.windows import PLAIN, stop_clock
from tests.conftest import Visit, serving

pytestmark = [pytest.mark.browser, pytest.mark.bare]
NOON, AT = "2026-12-15T12:00:00Z", 1_797_336_000_000 - 60_000
FORMERLY = {  # file → where the old id is written
    "sop/procedures/payments.yml": ("\nrelated:", "\nformerly: fees\nrelated:"),
    "sop/roles/captain.yml": ("\nmasters:", "\nformerly: shift-lead\nmasters:"),
    "sop/forms.yml": ("\ncomplaint-book:\n", "\ncomplaint-book:\n  formerly: complaint-log\n"),
}
CLAUSE = ("- id: home-bell\n", "- id: home-bell\n            formerly: home-names\n")
RENAMES = {"fees": "payments", "shift-lead": "captain", "complaint-log": "complaint-book", "home-names": "home-bell"}


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped project after an author replaced ids in all of its YAML, and said what they were before."""
    copy = project.copy_to(tmp_path_factory.mktemp("renamed") / "project")
    for path in [*copy.glob("sop/*.yml"), *copy.glob("sop/*/*.yml"), *copy.glob("quiz/*.yml")]:
        text = path.read_text("utf-8")
        for old, new in RENAMES.items():
            text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, text)
        path.write_text(text, "utf-8")
        path.rename(path.with_stem(RENAMES.get(path.stem, path.stem)))
    for file, edit in FORMERLY.items():
        project.replace(copy / file, *edit)
    project.replace(copy / "sop/procedures/payments.yml", *CLAUSE)
    return copy


@pytest.fixture(scope="module")
def home(renamed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(project.build(tmp_path_factory.mktemp("site"), renamed), bare) as where:
        yield where


def keep(page: Page, name: str, value: object) -> None:
    """What the phone had kept before the rename."""
    page.evaluate("([name, text]) => localStorage.setItem(`handbook:/:${name}`, text)", [name, json.dumps(value)])


def test_who_had_passed_has_passed(visit: Visit, home: str, book: Handbook) -> None:
    """All of the quiz and the exam: 20 of 20 is 20 of 20."""
    at = AT
    results = {
        f"fees/{one.id}": {"fingerprint": fingerprint(book, one), "right": True, "sure": True, "at": at}
        for one in bank(book)["fees"]
    }
    mark = exam_fingerprint(book, book.roles["shift-lead"])
    exams = {"shift-lead": {"fingerprint": mark, "right": 20, "asked": 20, "passed": True, "at": at}}
    page = visit(PLAIN, at=home)
    stop_clock(page, NOON)
    keep(page, "quiz", {"version": 1, "results": results, "exams": exams, "saved": 0})
    page.goto(f"{home}quiz/")
    expect(page.locator("[data-sop=payments] .standing b")).to_have_text("通過")
    expect(page.locator("[data-sop=payments] .standing")).to_contain_text(f"{len(results)} 題答對 {len(results)} 題")
    expect(page.locator("[data-role=captain] .standing b")).to_have_text("通過")
    page.goto(f"{home}quiz/fees/")
    expect(page).to_have_url(f"{home}quiz/payments/")
    expect(page.locator("quiz-sheet")).to_contain_text(f"已通過：{len(results)} 題答對 {len(results)} 題")


def test_the_code_on_an_old_sheet_leads_to_its_page_and_is_judged_right(
    visit: Visit, home: str, book: Handbook
) -> None:
    asked = f"?sheet=1.0.0&mark={book.sop_fingerprint(book.sops['fees'])}"
    page = visit(f"procedures/fees/{asked}", at=home)
    expect(page).to_have_url(f"{home}procedures/payments/")
    expect(page.locator(".banner.sheet")).to_contain_text("與這一頁相同，可以照用")


def test_an_old_link_to_a_clause_shows_it(visit: Visit, home: str) -> None:
    page = visit("procedures/fees/#home-names", at=home)
    expect(page).to_have_url(f"{home}procedures/payments/#home-names")
    clause = page.locator("#home-bell")
    expect(clause).to_be_in_viewport()
    expect(clause).to_have_css("outline-style", "solid")


def test_ticks_go_on(visit: Visit, home: str, book: Handbook) -> None:
    page = visit(PLAIN, at=home)
    stop_clock(page, NOON)
    old = {
        inner: book.fingerprint(*found)[:6]
        for inner in ("home-names", "carry-receipt")
        if (found := book.clause(f"fees#{inner}"))
    }
    keep(page, "ticks:fees", {"at": AT, "entries": old})
    page.goto(f"{home}procedures/payments/")
    for clause in ("home-bell", "carry-receipt"):
        expect(page.locator(f"#{clause} > .tick")).to_be_checked()
    expect(page.locator("step-ticks")).to_contain_text("勾了 2 步")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("forms/complaint-log/", "forms/complaint-book/"),
        ("roles/shift-lead/", "roles/captain/"),
        ("exams/shift-lead/", "exams/captain/"),
        ("s/fees/", "procedures/payments/"),
    ],
)
def test_every_old_address_leads_on_without_a_script(visit: Visit, home: str, old: str, new: str) -> None:
    page = visit(old, at=home, java_script_enabled=False)
    expect(page).to_have_url(home + new)


def test_phones_keep_the_old_addresses_and_nobody_finds_them(home: str, visit: Visit) -> None:
    page = visit(PLAIN, at=home)
    told = page.evaluate(
        "async () => [await (await fetch('/sw.js')).text(), await (await fetch('/sitemap.xml')).text()]"
    )
    assert '"procedures/fees/"' in told[0]
    assert "fees/" not in told[1]
