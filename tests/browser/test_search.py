"""What people type into the box on a phone, and what comes: whether it is what they mean is seen without a browser, in
tests/content/test_queries.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from tests import project
from tests.browser.windows import FORGET, PLAIN, Window
from tests.conftest import Visit, serving
from tests.search.engine import ask

pytestmark = pytest.mark.browser

ALL = yaml.load((project.ROOT / "tests/content/queries.yml").read_text("utf-8"), project.YAML)
QUERIES = {query["class"]: query["query"] for query in reversed(ALL) if query.get("held")}  # the first of each class
AT_ONCE = 10  # pages that the theme draws; it goes on as the list is scrolled

# Types into the box as an input method does, and gives the pages of the list, each as the addresses that are seen.
ASK = """async (typed) => {
    const box = document.querySelector(".md-search__input");
    const list = document.querySelector(".md-search-result__list");
    const meta = document.querySelector(".md-search-result__meta");
    const type = async (words, done) => {
        box.value = words;
        box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        while (!done()) await new Promise((go) => setTimeout(go, 4));
    };
    window.nothing ??= (await type("", () => !list.children.length), meta.textContent);
    await type("", () => meta.textContent === window.nothing);
    await type(typed, () => meta.textContent !== window.nothing);
    return [...list.children].map((item) => [...item.querySelectorAll(":scope > a")].map((link) => {
        const address = new URL(link.href);
        return address.pathname.replace(/^\\//, "").replace(/\\/$/, "") + address.hash;
    }));
}"""


def opened(visit: Visit, path: str = "", **how: Any) -> Page:
    """A phone with the search box open and all search data there."""
    page = visit(path, **how)
    page.locator(".md-header__button[for=__search]").click()
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text("漏睡")  # found by its sound, which comes last of all
    expect(page.locator(".md-search-result__item a[href*='#']").first).to_contain_text("漏水")
    return page


@pytest.fixture(scope="module")
def shared(browser: Browser, server: str) -> Iterator[Window]:
    """A window for all that only look at what the list shows: the search data comes into it once."""
    options = {"viewport": {"width": 390, "height": 844}, "locale": "zh-TW", "service_workers": "block"}
    window = Window.open(browser, server, False, options)
    yield window
    window.context.close()
    assert window.wrong == []


@pytest.fixture
def box(shared: Window) -> Page:
    """The page of an open search box with nothing in it, of a reader who has looked for nothing yet."""
    page = shared.context.pages[0] if shared.context.pages else opened(lambda path: _first(shared, path))
    page.locator(".md-search__input").fill("")
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    page.evaluate(FORGET)
    return page


def _first(shared: Window, path: str) -> Page:
    page = shared.context.new_page()
    page.goto(shared.home + path)
    return page


# ── what the list shows ─────────────────────────────────────────────────────────────────────────


def test_the_box_shows_what_the_engine_finds(box: Page, site: Path) -> None:
    """A query of each class; what all of them find is in tests/content/test_queries.py."""
    found = [box.evaluate(ASK, typed) for typed in QUERIES.values()]
    assert found == [pages[:AT_ONCE] for pages in ask(site, [*QUERIES.values()])]


def test_a_result_is_the_clause_with_an_extract_and_jumps_to_it(visit: Visit) -> None:
    page = opened(visit)
    page.locator(".md-search__input").fill("獨立洽談室")
    item = page.locator(".md-search-result__item").first
    clause = item.locator("a", has_text="請主管來，把住戶請到獨立洽談室")
    expect(clause.locator("h2 mark")).to_have_text("獨立洽談室")
    expect(clause).to_contain_text("一時勸不下來")
    clause.click()
    expect(page).to_have_url(re.compile(r"/procedures/complaints/#private-room$"))
    expect(page.locator("#private-room mark").first).to_have_text("獨立洽談室")
    expect(page.locator("#private-room")).to_be_in_viewport()


def test_what_was_meant_is_marked_in_the_handbook_s_own_words(visit: Visit) -> None:
    page = opened(visit)
    first = page.locator(".md-search-result__item a").first
    for typed in ("投诉", "tousu", "頭訴", "客訴"):
        page.locator(".md-search__input").fill("")
        expect(first).to_have_count(0)
        page.locator(".md-search__input").fill(typed)
        expect(first.locator("mark").first).to_have_text("投訴")
    first.click()
    expect(page.locator(".md-content mark").first).to_have_text("投訴")


# ── nothing found ───────────────────────────────────────────────────────────────────────────────


def test_what_is_not_found_is_said_kept_on_the_phone_and_can_be_sent_on(visit: Visit) -> None:
    page = opened(visit, permissions=["clipboard-read", "clipboard-write"])
    box = page.locator(".md-search__input")
    first = page.locator(".md-search-result__item").first
    for words in ("螺旋槳葉片", "zxqj", "挖土機"):
        box.fill(words)
        expect(first).to_contain_text("沒有找到")
        box.blur()
    box.fill("投訴")
    expect(first).not_to_contain_text("沒有找到")
    box.fill("挖土機")
    expect(first).to_contain_text("沒有找到")
    first.locator("a").click()
    expect(page.locator("h1")).to_have_text("找不到的詞")
    expect(page.locator("unknown-words textarea")).to_have_value("挖土機\nzxqj\n螺旋槳葉片")
    page.get_by_role("button", name="複製").click()
    expect(page.get_by_role("status").filter(has_text="複製好了")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == "挖土機\nzxqj\n螺旋槳葉片"
    page.reload()
    page.get_by_role("button", name="全部刪掉").click()
    expect(page.locator("unknown-words")).to_contain_text("還沒有找不到的詞")
    page.reload()
    expect(page.locator("unknown-words")).to_contain_text("還沒有找不到的詞")


def test_what_is_met_in_part_comes_before_the_word_that_it_is_not_all(box: Page) -> None:
    page = box
    page.locator(".md-search__input").fill("投訴螺旋槳")
    items = page.locator(".md-search-result__item")
    expect(items.first.locator("h1")).to_have_text("投訴接待")
    expect(items.last).to_contain_text("沒有找到「螺旋槳」")
    page.locator(".md-search__input").blur()
    page.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('投訴螺旋槳'))")


def test_words_still_being_typed_are_not_kept(box: Page) -> None:
    page = box
    page.locator(".md-search__input").press_sequentially("zxqjvv", delay=20)
    expect(page.locator(".md-search-result__item").first).to_contain_text("沒有找到")
    page.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('zxqjvv'))")
    kept = page.evaluate("Object.values(localStorage).filter((kept) => kept.includes('zxqj'))")
    assert kept == ['["zxqjvv"]']


def test_spoilt_memory_breaks_nothing(visit: Visit, bare_server: str) -> None:
    page = visit("search-words/", at=bare_server)
    for spoilt in ("{", "5", '{"a": 1}', "[1, null, {}]"):
        page.evaluate("(spoilt) => localStorage.setItem('handbook:/:unknown-words', spoilt)", spoilt)
        page.reload()
        expect(page.locator("unknown-words")).to_contain_text("還沒有找不到的詞")


def test_an_extract_never_leaves_the_not_out(box: Page) -> None:
    page = box
    page.locator(".md-search__input").fill("哈哈生氣的人")
    clause = page.locator(".md-search-result__item a", has_text="收起輕鬆的語氣").first
    expect(clause).to_contain_text("不可以用「哈哈」或笑臉回覆生氣的人")


def test_a_site_in_a_folder_of_its_host_finds_its_own_pages(visit: Visit, site: Path) -> None:
    with serving(site.parent) as host:
        home = f"{host}{site.name}/"
        page = opened(visit, at=home)
        page.locator(".md-search__input").fill("放行條")
        clause = page.locator(".md-search-result__item a[href*='#goods']").first
        expect(clause).to_have_attribute("href", re.compile(f"^{re.escape(home)}procedures/visitors/"))
        clause.click()
        expect(page.locator("h1")).to_have_text("來訪接待")


# ── when the data comes ─────────────────────────────────────────────────────────────────────────

DATA = re.compile(r"/search/(names|part-\d+|sounds)\.json|/assets/search/engine\.js")


def test_the_data_is_fetched_once_the_box_is_entered_and_not_before(visit: Visit) -> None:
    page = visit("deadlines/")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    with page.context.expect_event("requestfinished", lambda one: one.url.endswith("/search/search_index.json")):
        page.reload()
    assert not [url for url in asked if DATA.search(url)]
    with (
        page.context.expect_event("request", lambda request: request.url.endswith("/search/sounds.json")),
        page.context.expect_event("request", lambda request: request.url.endswith("/assets/search/engine.js")),
    ):
        page.locator(".md-header__button[for=__search]").click()
    assert page.locator(".md-search__input").input_value() == ""


def test_words_typed_before_the_data_is_there_are_answered_when_it_comes(visit: Visit) -> None:
    page = visit("deadlines/")
    held: list[Route] = []
    page.context.route(DATA, lambda route: held.append(route) if slow else route.continue_())
    slow = True
    page.reload()
    page.locator(".md-header__button[for=__search]").click()
    page.keyboard.insert_text("独立洽谈")
    expect(page.locator(".md-search-result__meta")).to_contain_text("正在準備")
    assert page.locator(".md-search-result__item").count() == 0
    slow = False
    for route in held:
        route.continue_()
    expect(page.locator(".md-search-result__item").first).to_contain_text("請住戶到獨立洽談室")
    page.context.unroute_all()


def test_who_cannot_fetch_the_data_is_told_and_the_next_key_tries_again(visit: Visit) -> None:
    page = visit("deadlines/")
    page.context.route("**/search/*.json", lambda route: route.abort())
    page.locator(".md-header__button[for=__search]").click()
    page.keyboard.insert_text("投訴")
    expect(page.locator(".md-search-result__item")).to_contain_text("現在沒辦法搜尋")
    page.context.unroute_all()
    page.keyboard.insert_text("接待")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("投訴接待")


def test_without_the_rest_of_the_data_the_names_of_pages_are_found(visit: Visit) -> None:
    page = visit()
    page.context.route("**/search/part-*.json", lambda route: route.abort())
    page.goto(page.url + "deadlines/")
    page.locator(".md-header__button[for=__search]").click()
    page.keyboard.insert_text("投訴")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("投訴接待")
    page.locator(".md-search__input").fill("獨立洽談室")
    expect(page.locator(".md-search-result__meta")).not_to_contain_text("鍵入")
    assert page.locator(".md-search-result__item", has_text="沒有找到").count() == 0
    page.context.unroute_all()
    page.locator(".md-search__input").fill("獨立洽談")
    expect(page.locator(".md-search-result__item").first).to_contain_text("請住戶到獨立洽談室")


def test_who_lets_no_page_keep_anything_can_search_all_the_same(visit: Visit) -> None:
    page = visit(PLAIN, reduced_motion="reduce")  # a window of its own, as the script stays in it
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"]) {
            const get = () => { throw new DOMException("no", "SecurityError") };
            Object.defineProperty(window, name, { configurable: true, get });
        }"""
    )
    page.goto(page.url.replace(PLAIN, ""))
    page.locator(".md-header__button[for=__search]").click()
    page.keyboard.insert_text("投訴")
    expect(page.locator(".md-search-result__item h1").first).to_have_text("投訴接待")
    expect(page.get_by_role("button", name="改用深色")).to_be_attached()


# ── what an input method is at work on ──────────────────────────────────────────────────────────


def test_a_word_that_is_being_composed_is_not_looked_for_nor_said_nor_kept(box: Page) -> None:
    page = box
    typed_in, items = page.locator(".md-search__input"), page.locator(".md-search-result__item")
    typed_in.focus()
    keys = page.context.new_cdp_session(page)
    for typed in ("ㄊ", "ㄊㄡ", "ㄊㄡˊ"):
        keys.send("Input.imeSetComposition", {"text": typed, "selectionStart": 1, "selectionEnd": 1})
    expect(typed_in).to_have_value("ㄊㄡˊ")
    page.wait_for_timeout(2000)  # longer than what is typed rests before it is kept
    expect(items).to_have_count(0)
    keys.send("Input.insertText", {"text": "螺旋槳"})
    expect(items.first).to_contain_text("沒有找到「螺旋槳」")
    page.wait_for_function("Object.values(localStorage).some((kept) => kept.includes('螺旋槳'))")
    assert not page.evaluate("Object.values(localStorage).some((kept) => kept.includes('ㄊ'))")


def test_english_is_looked_for_while_android_s_keyboard_is_at_work_on_it(visit: Visit) -> None:
    page = opened(visit, user_agent="Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile")
    page.locator(".md-search__input").fill("")
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "complaint", "selectionStart": 9, "selectionEnd": 9})
    first = page.locator(".md-search-result__item h1").first
    expect(first).to_have_text("投訴接待")
    keys.send("Input.imeSetComposition", {"text": "ㄅㄠˋ", "selectionStart": 3, "selectionEnd": 3})
    page.wait_for_timeout(300)
    expect(first).to_have_text("投訴接待")


def test_bopomofo_that_became_no_word_is_not_said_to_be_unknown(box: Page) -> None:
    page = box
    page.locator(".md-search__input").fill("ㄌㄨㄛˊㄒㄩㄢˊㄐㄧㄤˇ")
    expect(page.locator(".md-search-result__item").first).to_contain_text("注音還沒變成字")
    page.locator(".md-search__input").blur()
    assert not page.evaluate("Object.values(localStorage).some((kept) => kept.includes('ㄌ'))")
