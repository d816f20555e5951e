"""What is past its review, and what is not in force yet: by the reader's day, whenever the site was built."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Page, expect

from handbook.compile import compile_handbook
from handbook.pages import render
from tests import project
from tests.browser.axe import broken
from tests.browser.bare import bare
from tests.browser.windows import stop_clock
from tests.conftest import Visit, serving

pytestmark = [pytest.mark.browser, pytest.mark.bare]

PAGE = "procedures/complaints/"
BANNER = "sop-days .banner"
OVERDUE = "這份 SOP 應在 2027-12-01 前檢討，已經過期。照做之前，先問客服主管。"
WAITING = "這一版（1.1.0）2027-02-01 起生效，在那之前照 1.0.0 版。還沒生效的是：1.1.0（2027-02-01）答覆改用書面"
NEXT = "  - {version: 1.1.0, effective: 2027-02-01, change: 答覆改用書面}\n"
LATE = "1924992000"  # 1 January 2031


def on(visit: Visit, day: str, path: str = PAGE, **more: object) -> Page:
    return visit(path, now=day, **more)


@pytest.fixture(scope="module")
def later(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site as it is once a version is published that is to hold from 1 February 2027."""
    folder = tmp_path_factory.mktemp("later") / "site"
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("paper", "exports"))
    first = '<li data-change="1.0.0"'
    new = '<li data-change="1.1.0" data-from="2027-02-01">1.1.0（2027-02-01）答覆改用書面</li>'
    project.replace(folder / PAGE / "index.html", first, new + first)
    with serving(folder, bare) as home:
        yield home


def test_the_readers_day_says_what_is_overdue(visit: Visit, bare_server: str) -> None:
    page = on(visit, "2027-12-01T12:00")
    expect(page.locator(BANNER)).to_have_count(0)
    stop_clock(page, "2028-01-15T12:00")
    page.reload()
    expect(page.locator(BANNER)).to_have_text(OVERDUE)
    link = page.locator(BANNER).get_by_role("link")
    expect(link).to_have_attribute("href", re.compile("roles/#service-supervisor$"))
    for path, marked in (("procedures/", 14), ("standards/", 5), ("roles/", 5)):
        page.goto(bare_server + path)
        expect(page.locator("day-mark", has_text="過了檢討日")).to_have_count(marked)


def test_a_day_begins_where_the_reader_is(visit: Visit) -> None:
    moment = "2027-12-01T20:00:00Z"  # the second of December, in Taipei alone
    expect(on(visit, moment, timezone_id="Asia/Taipei").locator(BANNER)).to_have_text(OVERDUE)
    expect(on(visit, moment, timezone_id="America/New_York").locator(BANNER)).to_have_count(0)


def test_a_version_that_is_not_in_force_says_which_one_is(visit: Visit, later: str) -> None:
    page = visit(PAGE, at=later, ticking=True)
    page.clock.install(time="2027-01-31T23:00:00")
    page.reload()
    expect(page.locator(BANNER)).to_have_text(WAITING)
    page.clock.fast_forward("02:00:00")  # the page is still open
    expect(page.locator(BANNER)).to_have_count(0)


def test_what_is_said_of_the_day_breaks_no_rule(visit: Visit, later: str) -> None:
    page = visit(PAGE, at=later, size=(320, 700))
    expect(page.locator(BANNER)).to_have_text(WAITING)
    assert broken(page, "sop-days") == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_the_list_of_versions_marks_those_that_are_not_in_force(visit: Visit) -> None:
    expect(on(visit, "2026-11-30T12:00", "changes/").locator("day-mark", has_text="還沒生效")).to_have_count(24)
    expect(on(visit, "2026-12-01T12:00", "changes/").locator("day-mark b")).to_have_count(0)
    expect(on(visit, "2026-11-30T12:00", "roles/").locator("day-mark").first).to_have_text("2026-12-01 起生效")


def test_an_element_that_goes_follows_no_clock(visit: Visit) -> None:
    page = on(visit, "2027-11-30T12:00")
    page.evaluate("() => { window.days = document.querySelector('sop-days'); days.remove(); }")
    stop_clock(page, "2028-01-15T12:00")
    page.evaluate("() => window.dispatchEvent(new Event('pageshow'))")
    assert page.evaluate("days.childElementCount") == 0


@pytest.mark.parametrize(("epoch", "told"), [(project.TODAY, WAITING), (LATE, OVERDUE)])
def test_without_scripts_the_builds_day_decides_in_the_same_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, told: str
) -> None:
    copy = project.copy_to(tmp_path / "project")
    waiting = told == WAITING
    if waiting:
        project.replace(copy / f"sop/{PAGE[:-1]}.yml", "history:\n", f"history:\n{NEXT}")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    made = {page.path: page.html for page in render.render(compile_handbook(copy)[0])}
    page = html5lib.parse(made["procedures/complaints/index.md"], namespaceHTMLElements=False)
    assert [project.text(one) for one in page.iter("sop-days")] == [told]
    assert f"<b>{'2027-02-01 起生效' if waiting else '過了檢討日'}</b></day-mark>" in made["procedures/index.md"]
    assert ("還沒生效</b></day-mark>" in made["changes/index.md"]) == waiting
