"""A sheet of paper says its version when its code is scanned; the page says whether that still counts."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from handbook.model.book import Handbook
from handbook.paper.sheet import Edition
from tests.browser.bare import bare
from tests.browser.windows import PLAIN, stop_clock
from tests.conftest import Visit, serving

pytestmark = [pytest.mark.browser, pytest.mark.bare]

HOME = "https://handbook.test/"
PAGE = "procedures/complaints/"
COUNTS = "你手上的紙本是 1.0.0 版，與這一頁相同，可以照用。"
REWORDED = '<li data-change="1.1.0" data-editorial>1.1.0（2026-12-05）改了錯字</li>'
CHANGED = '<li data-change="1.2.0">1.2.0（2026-12-10）答覆改用書面</li>'


@contextlib.contextmanager
def _later(site: Path, folder: Path, version: str, changes: str) -> Iterator[str]:
    """The site as it will be when a procedure has come to another version; gives its address."""
    shutil.copytree(site, folder, ignore=shutil.ignore_patterns("paper", "exports"))
    page = folder / PAGE / "index.html"
    text = page.read_text("utf-8")
    now, first = 'data-version="1.0.0"', '<li data-change="1.0.0"'
    assert text.count(now) == text.count(first) == 1
    page.write_text(text.replace(now, f'data-version="{version}"').replace(first, changes + first), "utf-8")
    with serving(folder, bare) as home:
        yield home


def _mark(book: Handbook) -> str:
    return book.sop_fingerprint(book.sops["complaints"])


def test_a_page_without_a_sheet_loads_nothing_for_it(visit: Visit) -> None:
    page = visit(PAGE)
    asked = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert not [name for name in asked if name.endswith("assets/sheet.js")]
    expect(page.locator(".banner.sheet")).to_have_count(0)


def test_a_code_leads_to_its_page_which_says_that_the_sheet_still_counts(visit: Visit, book: Handbook) -> None:
    sop = book.sops["complaints"]
    code = Edition(book, HOME).head(sop)["page"]["code"].removeprefix(HOME)
    page = visit(code)
    expect(page.locator(".sheet[role=status]")).to_have_text(COUNTS)
    assert PAGE in page.url


def test_a_sheet_of_this_version_still_counts(visit: Visit, bare_server: str, book: Handbook) -> None:
    """Also one printed with the first edition, whose code says more than it would today."""
    page = visit(PLAIN)
    for asked in ("?sheet=1.0.0&mark={}", "?sheet=1.0.0", "?v=1.0.0-{:.6}", "?v=1.0.0"):
        page.goto(bare_server + PAGE + asked.format(_mark(book)))
        expect(page.locator(".sheet[role=status]")).to_have_text(COUNTS)


def test_a_sheet_counts_until_the_next_version_is_in_force(visit: Visit, site: Path, tmp_path: Path) -> None:
    waiting = CHANGED.replace("data-change", 'data-from="2026-12-20" data-change')
    with _later(site, tmp_path / "site", "1.2.0", waiting) as home:
        page = visit(f"{PAGE}?sheet=1.0.0&mark=330550343785", at=home)
        words = "你手上的紙本是 1.0.0 版，今天就照它做；這一頁的 1.2.0 版 2026-12-20 起才生效。"
        expect(page.locator(".sheet.good[role=status]")).to_have_text(words)
        early = visit(f"{PAGE}?sheet=1.2.0", at=home)
        expect(early.locator(".sheet[role=status]")).to_contain_text("1.2.0 版，2026-12-20 起才照它做。")
        stop_clock(page, "2026-12-20T00:00:00")
        page.goto(f"{home}{PAGE}?sheet=1.0.0&mark=330550343785")
        expect(page.locator(".sheet[role=status]")).to_contain_text("這一頁已經是 1.2.0 版。請換一張新的。")


@pytest.mark.parametrize("code", [f"{PAGE}?sheet=1.0.0&mark=330550343785", "s/complaints/?v=1.0.0-330550"])
def test_an_older_sheet_is_told_what_changed_and_where_the_new_one_is(
    visit: Visit, site: Path, tmp_path: Path, code: str
) -> None:
    with _later(site, tmp_path / "site", "1.2.0", CHANGED + REWORDED) as home:
        page = visit(code, at=home)
        banner = page.locator(".sheet[role=status]")
        expect(banner).to_contain_text("你手上的紙本是 1.0.0 版，這一頁已經是 1.2.0 版。請換一張新的。")
        expect(banner.locator("li")).to_have_text(["1.2.0（2026-12-10）答覆改用書面", "1.1.0（2026-12-05）改了錯字"])
        link = banner.get_by_role("link")
        expect(link).to_have_attribute("href", re.compile("paper/procedures/complaints-checklist.pdf$"))


def test_a_sheet_that_lacks_a_change_of_words_alone_may_be_used_on(visit: Visit, site: Path, tmp_path: Path) -> None:
    with _later(site, tmp_path / "site", "1.1.0", REWORDED) as home:
        page = visit(f"{PAGE}?sheet=1.0.0", at=home)
        banner = page.locator(".sheet[role=status]")
        expect(banner).to_contain_text("只改了文字，要求沒有變，舊的還可以用。")
        expect(banner.get_by_role("link")).to_have_count(0)


@pytest.mark.parametrize("asked", ["sheet=1.0.0&mark=000000000000", "v=1.0.0-000000"])
def test_a_sheet_of_the_same_version_with_other_demands_is_found_out(visit: Visit, asked: str) -> None:
    page = visit(f"{PAGE}?{asked}")
    expect(page.locator(".sheet[role=status]")).to_contain_text("版本相同，內容卻改過了。請換一張新的。")


def test_a_sheet_from_the_future_asks_to_look_again(visit: Visit) -> None:
    page = visit(f"{PAGE}?sheet=9.10.0")
    expect(page.locator(".sheet[role=status]")).to_contain_text("這一頁還是 1.0.0 版。請重新整理")


def test_a_sheet_is_told_about_again_on_a_new_load_and_on_the_way_back_but_to_nobody_else(visit: Visit) -> None:
    page = visit(f"{PAGE}?sheet=9.10.0")
    told = page.locator(".sheet[role=status]")
    expect(told).to_be_visible()
    expect(page).to_have_url(re.compile(f"{PAGE}$"))
    page.reload()  # as it advises
    expect(told).to_contain_text("你手上的紙本是 9.10.0 版")
    page.get_by_role("link", name="流程").first.click()
    page.wait_for_url("**/procedures/")
    page.go_back()
    expect(told).to_contain_text("你手上的紙本是 9.10.0 版")
    clean = page.url
    page.goto("about:blank")
    page.goto(clean)
    page.wait_for_load_state("networkidle")
    expect(page.locator("h1")).to_have_text("投訴接待")
    expect(told).to_have_count(0)


@pytest.mark.parametrize("name", ["sheet", "v"])
def test_what_is_no_version_says_nothing(visit: Visit, bare_server: str, name: str) -> None:
    page = visit(f"{PAGE}?{name}=")
    for asked in ("1", "<img src=x onerror=alert(1)>", "1.0.0.0", "99999.0.0", ""):
        page.goto(f"{bare_server}{PAGE}?{name}={asked}")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".banner.sheet")).to_have_count(0)


def test_the_button_of_a_page_gives_its_sheet(visit: Visit) -> None:
    page = visit(PAGE)
    with page.expect_download() as given:
        page.get_by_role("link", name="查核表 PDF").click()
    assert given.value.suggested_filename == "投訴接待 查核表.pdf"
    assert Path(given.value.path()).read_bytes().startswith(b"%PDF-")
