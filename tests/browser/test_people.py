"""People who share a device: whose turn it is stands on every page, and the next one takes it with one tap."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import broken
from tests.browser.bare import bare
from tests.browser.instant import instantly
from tests.conftest import Visit, serving

pytestmark = [pytest.mark.browser, pytest.mark.bare]

NAME = "名字（主管怎麼叫你）"
NOBODY = "都不會留下來"


def name(page: Page, who: str, form: str = "寫上名字", button: str = "存起來") -> None:
    """Fill in a form on one's own page."""
    page.locator("who-am-i summary", has_text=form).click()
    form_ = page.locator("who-am-i details[open]")
    form_.get_by_label(NAME).fill(who)
    form_.get_by_label("崗位").select_option("service-desk")
    form_.get_by_label("到職第一天").fill("2026-12-01")
    form_.get_by_role("button", name=button).click()


def turn(page: Page) -> str:
    found: str = page.evaluate("localStorage.getItem('handbook:/:turn')")
    return found


def two(page: Page) -> None:
    """Two people, of whom it is the second one's turn."""
    name(page, "王小明")
    expect(page.locator("who-am-i b")).to_have_text("王小明")
    name(page, "李大華", "再加一個人", "加進來")
    expect(page.locator("who-am-i b")).to_have_text("李大華")
    expect(page.locator(".turn")).to_have_text("李大華")


def test_a_name_is_asked_of_nobody_and_kept_where_it_is_given(visit: Visit) -> None:
    page = visit("quiz/")
    expect(page.locator("who-am-i")).to_contain_text("不寫，一切照樣能用")
    name(page, "王小明")
    expect(page.locator("who-am-i .me")).to_have_text("王小明前檯客服員・第一天 2026-12-01")
    expect(page.locator("who-am-i summary").first).to_be_focused()
    page.reload()
    expect(page.locator("who-am-i b")).to_have_text("王小明")
    expect(page.locator(".turn")).to_have_count(0)  # one person alone is never asked who it is
    name(page, " 王小明", "再加一個人", "加進來")
    expect(page.locator("who-am-i .done")).to_contain_text("已經有一位王小明")  # nobody could tell them apart
    assert broken(page, "who-am-i", ".turn", ".banner", "dialog") == []


def test_ticks_of_one_are_not_anothers(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    page.locator("input.tick").first.check()
    page.goto(page.url.replace("procedures/complaints/", "quiz/"))
    two(page)
    page.go_back()
    expect(page.locator("input.tick").first).not_to_be_checked()
    page.locator("input.tick").nth(1).check()
    page.locator(".turn").press("Enter")  # by keyboard alone
    page.get_by_role("button", name="王小明").press("Enter")
    expect(page.locator(".turn")).to_have_text("王小明")
    page.locator(".which button").nth(1).click()  # theirs, which they go on with
    expect(page.locator("input.tick").first).to_be_checked()
    expect(page.locator("input.tick").nth(1)).not_to_be_checked()


def test_of_nobody_nothing_is_kept_and_the_page_says_so(visit: Visit) -> None:
    page = visit("quiz/")
    two(page)
    page.locator(".turn").click()
    assert broken(page, "who-am-i", ".turn", ".banner", "dialog") == []
    page.get_by_role("button", name="我用完了").click()
    expect(page.locator("who-am-i")).to_contain_text(NOBODY)
    assert broken(page, "who-am-i", ".turn", ".banner", "dialog") == []
    page.goto(page.url.replace("quiz/", "procedures/complaints/"))
    expect(page.locator(".banner.nobody")).to_contain_text(NOBODY)
    assert broken(page, "who-am-i", ".turn", ".banner", "dialog") == []
    before = page.evaluate("JSON.stringify(localStorage)")
    page.locator("input.tick").first.check()
    assert page.evaluate("JSON.stringify(localStorage)") == before
    page.locator(".banner.nobody button").click()
    page.get_by_role("button", name="王小明").click()
    expect(page.locator(".turn")).to_have_text("王小明")
    expect(page.locator(".banner.nobody")).to_have_count(0)
    expect(page.locator("input.tick").first).not_to_be_checked()


def test_other_tabs_follow(visit: Visit) -> None:
    page, other = visit("quiz/"), visit("procedures/complaints/")
    name(page, "王小明")
    other.locator("input.tick").first.check()
    name(page, "李大華", "再加一個人", "加進來")
    expect(other.locator(".turn")).to_have_text("李大華")
    expect(other.locator("input.tick").first).not_to_be_checked()


def test_two_tabs_of_my_progress_leave_each_other_alone(visit: Visit) -> None:
    """Each tries whether the phone keeps anything: who tried again whenever the other did would never end, and no form
    would stand for long enough to be filled in."""
    page, other = visit("quiz/"), visit("quiz/")
    expect(other.locator("who-am-i summary")).to_be_visible()
    page.evaluate("window.heard = 0; addEventListener('storage', () => (window.heard += 1))")
    other.reload()
    expect(other.locator("who-am-i summary")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") < 10


def test_a_name_given_in_two_tabs_is_one_persons(visit: Visit) -> None:
    page, other = visit("quiz/"), visit("quiz/")
    other.bring_to_front()
    other.locator("who-am-i summary", has_text="寫上名字").click()
    other.get_by_label(NAME).fill("王曉明")
    page.bring_to_front()
    name(page, "王小明")
    expect(page.locator("who-am-i b")).to_have_text("王小明")
    other.bring_to_front()
    other.get_by_role("button", name="存起來").click()
    expect(other.locator("who-am-i b")).to_have_text("王曉明")
    assert other.evaluate("JSON.parse(localStorage.getItem('handbook:/:people')).people.length") == 1


def test_a_page_of_who_is_gone_wakes_without_their_ticks(visit: Visit) -> None:
    """While it slept, nobody told it."""
    page = visit("procedures/complaints/")
    page.locator("input.tick").first.check()
    page.evaluate("localStorage.clear(); dispatchEvent(new Event('pageshow'))")
    expect(page.locator("input.tick").first).not_to_be_checked()


@pytest.mark.parametrize("leaves", ["by its link", "by the way back"])
def test_the_list_does_not_stay_in_front_of_another_page(visit: Visit, site: Path, tmp_path: Path, leaves: str) -> None:
    with instantly(site, tmp_path) as home:
        page = visit("glossary/", at=home)
        page.evaluate("""() => {
            const people = [{ id: "", name: "王" }, { id: "9:", name: "李" }];
            localStorage.setItem("handbook:/:people", JSON.stringify({ version: 1, people }));
            localStorage.setItem("handbook:/:turn", `9: ${Date.now() + 60000}`);
        }""")
        page.goto(f"{home}roles/")
        page.evaluate("window.stays = true")
        page.locator("a[href$='glossary/']").first.evaluate("link => link.click()")
        expect(page.locator("h1")).to_have_text("名詞")
        page.locator(".turn").click()
        page.evaluate("document$.next(document)")  # the page arrives late: what was asked on it stays
        expect(page.locator("dialog")).to_be_visible()
        if leaves == "by its link":
            page.locator("dialog a").click()
            page.wait_for_url(f"{home}quiz/")
        else:
            page.go_back()
            page.wait_for_url(f"{home}roles/")
        expect(page.locator("dialog")).to_have_count(0)
        assert page.evaluate("window.stays")
        expect(page.locator(".turn")).to_be_visible()


def test_a_page_that_went_to_sleep_is_drawn_anew(visit: Visit) -> None:
    """By the browser's way back, a page comes as it was left."""
    page = visit("procedures/complaints/")
    page.locator("input.tick").first.check()
    page.evaluate("""() => {
        const people = [{ id: "", name: "王" }, { id: "9:", name: "李" }];
        localStorage.setItem("handbook:/:people", JSON.stringify({ version: 1, people }));
        localStorage.setItem("handbook:/:turn", `9: ${Date.now() + 60000}`);
        dispatchEvent(new Event("pageshow"));
    }""")
    expect(page.locator(".turn")).to_have_text("李")
    expect(page.locator("input.tick").first).not_to_be_checked()


def test_after_some_quiet_minutes_it_is_nobodys_turn(visit: Visit) -> None:
    page = visit("quiz/", ticking=True)
    two(page)
    page.clock.install()
    page.reload()
    expect(page.locator(".turn")).to_have_text("李大華")
    page.clock.fast_forward("09:00")
    page.mouse.click(5, 300)
    page.clock.fast_forward("09:00")
    expect(page.locator(".turn")).to_have_text("李大華")
    page.clock.fast_forward("02:00")
    expect(page.locator(".turn")).to_have_text("選名字")


def test_who_goes_is_asked_first_and_offered_a_file(visit: Visit) -> None:
    page = visit("quiz/")
    two(page)
    page.locator("who-am-i summary", has_text="不再用這支手機").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="先匯出成績").click()
    assert "李大華" in got.value.suggested_filename
    page.get_by_role("button", name="拿掉 李大華").click()
    expect(page.locator("who-am-i b")).to_have_text("王小明")
    expect(page.locator(".turn")).to_have_count(0)
    assert turn(page) == ""


def test_of_the_only_one_who_goes_nothing_is_shown_any_more(visit: Visit) -> None:
    page = visit("quiz/")
    name(page, "王小明")
    signed = '{"version":1,"signed":{"fees":{"version":"1.0.0","clauses":{"pay":"012345"},"at":1}}}'
    page.evaluate("text => localStorage.setItem('handbook:/:quiz-signed', text)", signed)
    page.reload()
    expect(page.locator(".notices")).to_contain_text("有 1 筆成績還沒匯出")
    page.locator("who-am-i summary", has_text="不再用這支手機").click()
    page.get_by_role("button", name="拿掉 王小明").click()
    expect(page.locator("who-am-i [role=status]")).to_have_text("拿掉了。")
    expect(page.locator(".notices")).to_be_empty()


def test_where_there_is_no_role_none_is_asked_for(site: Path, visit: Visit) -> None:
    with serving(site, lambda html: bare(html).replace("data-plan=", "data-none=")) as home:
        page = visit("quiz/", at=home)
        page.locator("who-am-i summary").click()
        page.get_by_label(NAME).fill("王小明")
        assert page.get_by_label("崗位").count() == 0
        page.get_by_role("button", name="存起來").click()
        expect(page.locator("who-am-i b")).to_have_text("王小明")
        expect(page.locator("read-plan")).to_have_text("")


def test_the_mark_fits_on_a_phone(visit: Visit) -> None:
    """Also where all is shown twice as large."""
    page = visit("quiz/")
    name(page, "王小明")
    name(page, "歐陽李大華美惠子", "再加一個人", "加進來")
    expect(page.locator(".turn")).to_be_visible()
    page.wait_for_function("getComputedStyle(document.querySelector('.turn')).fontWeight === '700'")
    for width, height in ((390, 844), (320, 640), (195, 422)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator(".turn").bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= width
