"""Browsers older than those that the handbook is for: they get the whole text, and the truth about the rest. A script
that such a browser can't read is one that does not parse, whatever the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import SIZES

pytestmark = pytest.mark.browser

WORKER = re.compile(r"/assets/javascripts/workers/")
MODULES = re.compile(r"/assets/(?!before\.js|old\.js|javascripts/)[^?]*\.js$")
ENGINE = re.compile(r"/assets/search/(query|engine)\.js$")
TOO_OLD = "這個瀏覽器太舊"

Older = Callable[..., Page]


@pytest.fixture
def older(browser: Browser, server: str) -> Iterator[Older]:
    """Open a page in a browser that can't read some of the scripts; what it says of them in its console is no fault."""
    context = browser.new_context(
        viewport=dict(zip(("width", "height"), SIZES["phone"], strict=True)), locale="zh-TW", service_workers="block"
    )

    def open(path: str, unreadable: re.Pattern[str], body: str = "const ?= 1;") -> Page:
        def answer(route: Route) -> None:
            route.fulfill(content_type="text/javascript", body=body)

        context.route(unreadable, answer)
        page = context.new_page()
        page.goto(server + path)
        return page

    yield open
    context.close()


def search(page: Page, words: str) -> None:
    page.locator(".md-header__button[for=__search]").click()
    page.locator(".md-search__input").fill(words)
    page.locator(".md-search__input").dispatch_event("keyup")


def test_a_search_worker_that_the_browser_cannot_read_is_told_apart_from_no_signal(older: Older) -> None:
    page = older("", WORKER)
    search(page, "投訴")
    meta = page.locator(".md-search-result__meta")
    expect(meta).to_contain_text(f"{TOO_OLD}，不能搜尋")
    expect(meta).to_contain_text("首頁")
    expect(page.locator(".banner.old")).to_contain_text("照樣能看")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="投訴接待").first.click()
    expect(page.locator("h1")).to_have_text("投訴接待")


@pytest.mark.parametrize("how", [{"status": 503}, {"content_type": "text/html"}], ids=lambda how: next(iter(how)))
def test_a_search_worker_that_does_not_arrive_says_nothing_about_the_browser(older: Older, how: dict[str, Any]) -> None:
    """No signal, or somebody's login page in between."""
    page = older("404.html", re.compile("/none"))
    page.context.route(WORKER, lambda route: route.fulfill(body="const ?= 1;", **how))
    failed = "() => new Promise((go) => { new Worker('assets/javascripts/workers/search.js').onerror = go })"
    page.goto(page.url.replace("404.html", ""))
    page.evaluate(failed)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".banner.old")).to_have_count(0)
    expect(page.locator(".md-search-result__meta")).to_contain_text("就先從首頁找")


def test_search_scripts_that_the_worker_cannot_read_are_told_apart_from_no_signal(older: Older) -> None:
    page = older("", ENGINE)
    search(page, "投訴")
    result = page.locator(".md-search-result__item")
    expect(result).to_contain_text(TOO_OLD)
    expect(result).not_to_contain_text("抓不到")


def test_a_script_that_another_build_wrote_says_nothing_about_the_browser(older: Older) -> None:
    page = older("", re.compile(r"/assets/handbook\.js$"), 'import { gone } from "./storage.js"; gone();')
    page.wait_for_load_state("networkidle")
    expect(page.locator(".banner.old")).to_have_count(0)


# What is off the screen is drawn when it is come to: no reader sees a difference, but `innerText` does.
TEXT = """() => {
    document.head.append(Object.assign(document.createElement("style"), {
        textContent: "* { content-visibility: visible !important }",
    }));
    return document.querySelector(".md-content").innerText;
}"""
PAGES = ["", "procedures/complaints/", "quiz/complaints/", "exams/service-desk/", "deadlines/", "quiz/"]


def test_where_no_script_of_ours_is_read_the_page_is_whole_and_says_so(older: Older, browser: Browser) -> None:
    page = older("404.html", MODULES)
    home, without = page.url.removesuffix("404.html"), browser.new_context(java_script_enabled=False)
    plain = without.new_page()
    for address in PAGES:
        page.goto(home + address)
        expect(page.locator(".banner.old")).to_have_count(1)
        expect(page.locator(".banner.old")).to_contain_text(TOO_OLD)
        plain.goto(home + address)
        assert page.evaluate(TEXT) == plain.evaluate(TEXT), address
    without.close()


def test_what_hides_the_rest_of_a_quiz_until_its_script_is_there_goes_when_it_never_comes(older: Older) -> None:
    page = older("quiz/complaints/", MODULES)
    cover = "() => getComputedStyle(document.querySelector('.question'), '::after').visibility"
    assert page.evaluate(cover) == "visible"
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    assert page.evaluate(cover) == "hidden"
