"""Home tells what changed since its reader last saw what had changed: nothing at first, and nothing leaves a phone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import broken
from tests.browser.instant import instantly
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

NOTICE = ".message"
KEPT = "JSON.parse(localStorage.getItem('handbook:/:seen'))"
LISTEN = "請住戶坐下，等對方把話說完"
Edit = Callable[[dict[str, Any]], None]


def _kept(page: Page) -> None:
    page.wait_for_function(f"{KEPT}?.sops?.complaints")


def _mark(marks: dict[str, Any], clause: str = "listen", mark: str = "000000") -> None:
    """Another fingerprint of a clause."""
    sop = marks["sops"]["complaints"]
    sop["clauses"] = re.sub(rf"\b{clause}=\w+", f"{clause}={mark}", sop["clauses"])


def _changed(marks: dict[str, Any]) -> None:
    """A clause of today is another; one that was is gone; another SOP's first is new."""
    _mark(marks)
    marks["sops"]["complaints"]["clauses"] += " fax=000001"
    fees = marks["sops"]["fees"]
    fees["clauses"] = fees["clauses"].partition(" ")[2]


def _before(page: Page, edit: Edit) -> None:
    """As if the phone had seen another edition: what is kept is changed."""
    _kept(page)
    kept = page.evaluate(KEPT)
    edit(kept)
    page.evaluate("(kept) => localStorage.setItem('handbook:/:seen', kept)", json.dumps(kept))


def _told(page: Page) -> None:
    expect(page.locator(NOTICE)).to_contain_text("上次看過（2026-12-15）之後，2 份 SOP 改了。")


def test_a_first_visit_is_told_nothing(visit: Visit) -> None:
    page = visit()
    _kept(page)
    assert page.evaluate(f"{KEPT}.at") == "2026-12-15"
    expect(page.locator(NOTICE)).to_be_empty()
    page = visit()
    _kept(page)
    page.wait_for_load_state("networkidle")
    expect(page.locator(NOTICE)).to_be_empty()


def test_what_changed_is_told_until_its_reader_has_seen_it(visit: Visit, bare_server: str) -> None:
    _before(visit(), _changed)
    page = visit()
    _told(page)
    assert broken(page, NOTICE, ".news") == []
    page.keyboard.press("Tab")  # it is no trap, and takes no focus
    page.get_by_role("button", name="看改了哪幾條").click()
    news = page.get_by_role("region", name="上次看過")
    expect(news.get_by_role("heading")).to_be_focused()
    expect(page.locator(NOTICE)).to_be_empty()
    assert set(page.locator(".news > ul > li > a").all_inner_texts()) == {"收費與催繳", "投訴接待"}
    expect(news).to_contain_text(f"改了：{LISTEN}")
    expect(news).to_contain_text("拿掉了 1 條")
    expect(news).to_contain_text("新的：")
    assert broken(page, NOTICE, ".news") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    news.get_by_role("link", name=LISTEN).click()
    expect(page).to_have_url(f"{bare_server}procedures/complaints/#listen")
    page = visit()
    _told(page)
    page.get_by_role("button", name="看改了哪幾條").click()
    page.get_by_role("button", name="看過了").click()
    expect(page.locator(".news")).to_have_count(0)
    page = visit()
    page.wait_for_load_state("networkidle")
    expect(page.locator(NOTICE)).to_be_empty()


def test_words_alone_are_not_told(visit: Visit) -> None:
    def worded(marks: dict[str, Any]) -> None:
        _mark(marks)
        marks["sops"]["complaints"]["version"] = "0.9.0"

    def editorial(route: Route) -> None:
        marks = route.fetch().json()
        marks["sops"]["complaints"]["demands"] = "0.9.0"
        route.fulfill(json=marks)

    _before(visit(), worded)
    page = visit("glossary/")
    page.route("**/clauses.json", editorial)
    page.goto(page.url.removesuffix("glossary/"))
    page.wait_for_function(f"{KEPT}?.sops?.complaints?.version === '1.0.0'")
    expect(page.locator(NOTICE)).to_be_empty()


@pytest.mark.parametrize("spoilt", ["x", "null", "[]", '{"sops":{"complaints":{"page":"javascript:alert(1)"}}}', "{}"])
def test_what_is_spoilt_breaks_nothing(visit: Visit, spoilt: str) -> None:
    page = visit()
    _kept(page)
    page.evaluate("(kept) => localStorage.setItem('handbook:/:seen', kept)", spoilt)
    page = visit()
    page.wait_for_load_state("networkidle")
    assert page.locator(f"{NOTICE} a").count() == 0


def test_nothing_that_is_kept_runs(visit: Visit) -> None:
    def hostile(marks: dict[str, Any]) -> None:
        _changed(marks)
        marks["at"] = "<img src=x onerror=alert(1)>"
        marks["sops"]["complaints"]["title"] = "<img src=x onerror=alert(1)>"

    _before(visit(), hostile)
    page = visit()
    expect(page.locator(NOTICE)).to_contain_text("上次看過之後，2 份 SOP 改了。")
    page.get_by_role("button", name="看改了哪幾條").click()
    expect(page.locator(".news li").first).to_be_visible()
    assert page.locator(".news img, .message img").count() == 0


def test_where_nothing_can_be_kept_nothing_is_told(visit: Visit) -> None:
    for _ in range(2):
        page = visit("glossary/")
        page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full') }")
        page.goto(page.url.removesuffix("glossary/"))
        page.wait_for_load_state("networkidle")
        expect(page.locator(NOTICE)).to_be_empty()


def test_it_is_told_where_pages_are_swapped_in_place(visit: Visit, site: Path, tmp_path: Path) -> None:
    with instantly(site, tmp_path) as home:
        _before(visit(at=home, size="desktop"), _changed)
        page = visit("glossary/", at=home, size="desktop")
        page.wait_for_load_state("networkidle")
        expect(page.locator(NOTICE)).to_be_empty()
        page.evaluate("window.same = true")
        page.locator(".md-header .md-logo").click()
        _told(page)
        assert page.evaluate("window.same")
