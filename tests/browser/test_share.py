"""What leaves a page: a link to a clause, which says nothing of how its sender came; and files that need a signal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handbook.model.book import Handbook
from tests.browser.axe import broken
from tests.browser.instant import instantly
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

PAGE = "procedures/complaints/"
CAME = ["", "?h=投訴", "?sheet=0.9.0&mark=330550343785", "?v=0.9.0-330550", "?fbclid=x"]
LISTEN = "連結：請住戶坐下，等對方把話說完"
NOTICE = ".message"
MAY_COPY = {"permissions": ["clipboard-read", "clipboard-write"]}
CLIPBOARD = "navigator.clipboard.readText()"
PLAIN_HTTP = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
NO_COPY = f"{PLAIN_HTTP}; document.execCommand = () => false"
SHEET = """(wrong) => {
  Object.defineProperty(navigator, 'share', { value: async (given) => {
    window.given = given;
    if (wrong) throw new DOMException('', wrong);
  } });
}"""


def _ready(page: Page) -> None:
    """What hands on and fetches comes once the page is idle."""
    expect(page.locator(NOTICE)).to_be_attached()


def _chain(page: Page) -> None:
    _ready(page)
    page.get_by_role("link", name=LISTEN).click()


@pytest.mark.parametrize("came", CAME)
def test_nothing_of_a_page_carries_along_how_its_reader_came(visit: Visit, bare_server: str, came: str) -> None:
    """The chain copies the clause; nor does what a browser copies by itself: the address bar's, a long press's."""
    page = visit(f"{PAGE}{came}#record", size="desktop", **MAY_COPY)
    expect(page).to_have_url(f"{bare_server}{PAGE}#record")
    expect(page.locator("#record")).to_be_in_viewport()
    links = page.locator("a[href]").evaluate_all("(all) => all.map((one) => one.href)")
    assert len(links) > 50
    assert not [link for link in links if "?" in link]
    _chain(page)
    expect(page.locator(NOTICE)).to_have_text("連結複製好了，貼給同事。這裡寫錯了✕")
    assert page.evaluate(CLIPBOARD) == f"{bare_server}{PAGE}#listen"


def test_where_there_is_touch_the_phone_hands_the_link_on(visit: Visit, bare_server: str) -> None:
    page = visit(PAGE, has_touch=True, is_mobile=True, **MAY_COPY)
    page.evaluate(SHEET, None)
    _chain(page)
    expect(page.locator(NOTICE)).to_contain_text("連結交給你選的程式了。")
    assert page.evaluate("given.url") == f"{bare_server}{PAGE}#listen"


def test_a_reader_who_thinks_better_of_it_is_told_nothing(visit: Visit) -> None:
    page = visit(PAGE, has_touch=True, is_mobile=True)
    page.evaluate(SHEET, "AbortError")
    _chain(page)
    page.wait_for_function("window.given")
    expect(page.locator(NOTICE)).to_be_empty()


def test_a_phone_that_can_not_hand_on_copies(visit: Visit, bare_server: str) -> None:
    page = visit(PAGE, has_touch=True, is_mobile=True, **MAY_COPY)
    page.evaluate(SHEET, "NotAllowedError")
    _chain(page)
    expect(page.locator(NOTICE)).to_contain_text("連結複製好了")
    assert page.evaluate(CLIPBOARD) == f"{bare_server}{PAGE}#listen"


def test_over_plain_http_the_chain_copies_too(visit: Visit, bare_server: str) -> None:
    page = visit(PAGE, size="desktop", **MAY_COPY)
    clipboard = page.evaluate_handle("navigator.clipboard")
    page.evaluate(PLAIN_HTTP)
    _chain(page)
    expect(page.locator(NOTICE)).to_contain_text("連結複製好了")
    assert clipboard.evaluate("(clipboard) => clipboard.readText()") == f"{bare_server}{PAGE}#listen"


def test_where_nothing_copies_the_link_is_there_to_be_copied(visit: Visit, bare_server: str) -> None:
    page = visit(f"{PAGE}?h=投訴", size="desktop")
    page.evaluate(NO_COPY)
    _chain(page)
    expect(page.locator(NOTICE)).to_contain_text("這裡不能自動複製，請自己複製：")
    field = page.get_by_role("textbox", name="連結", exact=True)
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{bare_server}{PAGE}#listen")
    assert page.evaluate("getSelection().toString()") == f"{bare_server}{PAGE}#listen"
    assert broken(page, NOTICE, "dialog") == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(NOTICE)).to_be_empty()
    expect(page.get_by_role("link", name=LISTEN)).to_be_focused()


def test_without_javascript_the_chain_is_a_link(visit: Visit, bare_server: str) -> None:
    page = visit(PAGE, java_script_enabled=False)
    page.locator("#listen > .anchor").click()
    assert page.url == f"{bare_server}{PAGE}#listen"


def test_what_search_found_is_marked_though_the_address_is_clean(visit: Visit, site: Path, tmp_path: Path) -> None:
    """Loaded whole, and swapped in by the theme."""
    with instantly(site, tmp_path) as home:
        page = visit(f"{PAGE}?h=火氣#listen", at=home)
        expect(page.locator("#listen mark")).to_have_text("火氣")
        expect(page).to_have_url(f"{home}{PAGE}#listen")
        page.evaluate("window.same = true")
        page.get_by_role("button", name="搜尋").click()
        page.locator(".md-search__input").fill("放行條")
        result = page.locator(".md-search-result__item a").first
        expect(result).to_have_attribute("href", re.compile(r"\?h="))
        result.click()
        expect(page.locator(".md-content mark").first).to_contain_text("放行條")
        expect(page).to_have_url(re.compile(r"^[^?]*$"))
        assert page.evaluate("window.same")


# ── what is wrong ───────────────────────────────────────────────────────────────────────────────

LISTENED = "「請住戶坐下，等對方把話說完」"


def _report(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="哪裡不對").fill(words)
    page.get_by_role("button", name="傳出去").click()


def test_from_a_clause_one_says_what_is_wrong(visit: Visit, bare_server: str, book: Handbook) -> None:
    page = visit(f"{PAGE}?h=投訴#record", size="desktop", **MAY_COPY)
    _chain(page)
    page.locator(NOTICE).get_by_role("button", name="這裡寫錯了").click()
    dialog = page.get_by_role("dialog", name="這裡寫錯了")
    expect(dialog.get_by_role("combobox", name="哪一條")).to_have_value("listen")
    expect(dialog.get_by_role("textbox", name="哪裡不對")).to_be_focused()
    _report(page, "沒有椅子，<b>站著</b>聽")
    expect(page.locator(NOTICE)).to_contain_text("這段話複製好了，貼給主管。")
    sop, placed = book.clause("complaints#listen") or pytest.fail("gone")
    assert page.evaluate(CLIPBOARD).replace("\r", "").splitlines() == [
        f"手冊這裡寫錯了：投訴接待，{sop.current.version} 版",
        f"{LISTENED}（{book.fingerprint(sop, placed)[:6]}）",
        f"{bare_server}{PAGE}#listen",
        "",
        "沒有椅子，<b>站著</b>聽",
    ]
    expect(page.locator("#listen > .anchor")).to_be_focused()


def test_a_phone_hands_what_is_wrong_on(visit: Visit) -> None:
    page = visit(PAGE, has_touch=True, is_mobile=True)
    page.evaluate(SHEET, None)
    _chain(page)
    page.locator(NOTICE).get_by_role("button", name="這裡寫錯了").click()
    _report(page, "")
    expect(page.locator(NOTICE)).to_contain_text("這段話交給你選的程式了。")
    assert LISTENED in page.evaluate("given.text")
    assert page.evaluate("given.url ?? null") is None


def test_at_the_end_of_the_page_with_keys_alone(visit: Visit, server: str) -> None:
    page = visit(f"{PAGE}#record", at=server)
    _ready(page)
    button = page.locator(".wrong button")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="這裡寫錯了")
    expect(dialog.get_by_role("combobox", name="哪一條")).to_have_value("record")
    assert broken(page, NOTICE, "dialog") == []
    assert dialog.evaluate(
        "(one) => one.scrollWidth <= one.clientWidth && one.getBoundingClientRect().right <= innerWidth"
    )
    page.keyboard.type("s/f 電話改了")  # which the theme takes for its search elsewhere
    expect(dialog.get_by_role("textbox", name="哪裡不對")).to_have_value("s/f 電話改了")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_where_nothing_copies_the_words_are_there(visit: Visit) -> None:
    page = visit(PAGE, size="desktop")
    page.evaluate(NO_COPY)
    _ready(page)
    page.locator(".wrong button").click()
    page.get_by_role("combobox", name="哪一條").select_option("")
    _report(page, "整頁都舊了")
    expect(page.get_by_role("textbox", name="這段話")).to_be_focused()
    assert page.evaluate("getSelection().toString()").endswith("整頁都舊了")


def test_no_clause_has_one_more_button(visit: Visit) -> None:
    page = visit(PAGE)
    _ready(page)
    expect(page.locator(".wrong button")).to_have_count(1)
    assert page.locator(".clause button", has_text="寫錯").count() == 0


# ── downloads ───────────────────────────────────────────────────────────────────────────────────


def _ask_for_the_sheet(page: Page) -> None:
    page.get_by_role("link", name="查核表 PDF").focus()
    page.keyboard.press("Enter")


def test_a_file_that_is_never_answered_for_is_given_up(visit: Visit) -> None:
    """A phone that believes it has a signal, and has none."""
    page = visit(PAGE)
    _ready(page)
    page.clock.install()
    page.route("**/*.pdf", lambda route: None)
    _ask_for_the_sheet(page)
    page.clock.fast_forward(1500)
    expect(page.locator(NOTICE)).to_contain_text("正在找這個檔案…")
    page.clock.fast_forward(9000)
    expect(page.locator(NOTICE)).to_contain_text("沒有訊號：這個檔案沒有存在手機裡")
