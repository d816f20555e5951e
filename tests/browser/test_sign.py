"""Read and signed: at the end of an SOP, what has changed since, and what is still to do by one's plan."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import broken
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

SIGNED = "handbook:/:quiz-signed"
SIGN = "我讀過這一版（1.0.0）"
GONE = """() => {
    document.querySelector(".hb").insertAdjacentHTML("beforeend", '<p id="dropped">2027-03-01 拿掉了</p>');
    dispatchEvent(new Event("pageshow"));
}"""
FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') })"


def stored(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.evaluate("(key) => localStorage.getItem(key)", SIGNED))["signed"]
    return found


def keep(page: Page, signed: dict[str, Any]) -> None:
    text = json.dumps({"version": 1, "signed": signed})
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [SIGNED, text])


def call(page: Page, role: str = "service-desk", first: str = "2026-12-09") -> None:
    """Give the phone an owner."""
    person = {"id": "", "name": "王小明", "role": role, "first": first}
    text = json.dumps({"version": 1, "people": [person]})
    page.evaluate("(text) => localStorage.setItem('handbook:/:people', text)", text)


@pytest.mark.parametrize("path", ["procedures/complaints/", "standards/conduct/", "roles/service-desk/"])
def test_every_clause_of_an_sop_is_signed(visit: Visit, path: str) -> None:
    page = visit(path)
    page.get_by_role("button", name=SIGN).press("Enter")
    expect(page.locator("read-sign")).to_contain_text("✓ 你 2026-12-15 簽了 1.0.0 版。")
    expect(page.locator("read-sign button")).to_have_count(0)
    sop = path.split("/")[1]
    assert len(stored(page)[sop]["clauses"]) == page.locator(".clause[id]").count()
    assert broken(page, "read-sign", "read-plan") == []
    page.goto(page.url.replace(path, "quiz/"))
    expect(page.locator("my-progress tr").first).to_be_visible()
    expect(page.locator("read-plan h2")).to_have_count(0)  # the list has the same sum: nothing is to be signed anew


def test_who_signed_before_sees_what_changed_and_nothing_else(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    page.get_by_role("button", name=SIGN).click()
    signed = stored(page)
    clauses = signed["complaints"]["clauses"]
    before = {**clauses, "listen": "000000", "former": clauses["calm"], "dropped": "111111"}
    del before["record"], before["calm"]
    keep(page, {"complaints": {**signed["complaints"], "version": "0.9.0", "clauses": before}})
    page.reload()
    told = page.locator("read-sign")
    expect(told).to_contain_text("你讀過的是 0.9.0 版；之後新增、改了、刪了：")
    expect(told.locator("li")).to_have_text(
        ["新增 把投訴逐項寫進投訴記錄本", "改了 請住戶坐下，等對方把話說完", "刪了 代號是 dropped 的那一條"]
    )
    assert [link.get_attribute("href") for link in told.locator("a").all()] == ["#record", "#listen"]
    page.evaluate(GONE)
    expect(told.locator("li a").last).to_have_text("2027-03-01 拿掉了")
    assert broken(page, "read-sign", "read-plan") == []
    page.get_by_role("button", name=SIGN).click()
    expect(told.locator("li")).to_have_count(0)
    assert stored(page)["complaints"]["clauses"] == clauses


def test_an_editorial_version_asks_nobody(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    page.get_by_role("button", name=SIGN).click()
    signed = stored(page)
    keep(page, {"complaints": {**signed["complaints"], "version": "0.9.0"}})
    page.reload()
    expect(page.locator("read-sign")).to_contain_text("這一版（1.0.0）要求沒有變，不用再簽。")
    expect(page.locator("read-sign button")).to_have_count(0)


def test_what_is_signed_for_a_year_is_due_again(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    page.get_by_role("button", name=SIGN).click()
    signed = stored(page)["complaints"]
    for days, words, again in ((10, "2027-12-05 到期", 0), (350, "2026-12-30 到期", 1), (366, "2026-12-14 到期", 1)):
        keep(page, {"complaints": {**signed, "at": signed["at"] - days * 86_400_000}})
        page.evaluate("document.querySelector('read-sign').dataset.renew = '12m'; dispatchEvent(new Event('pageshow'))")
        expect(page.locator("read-sign")).to_contain_text(words)
        expect(page.locator("read-sign button")).to_have_count(again)


def test_where_nothing_is_kept_nobody_is_told_that_it_is(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    expect(page.get_by_role("button", name=SIGN)).to_be_visible()
    page.evaluate(FULL)
    page.get_by_role("button", name=SIGN).click()
    expect(page.locator("read-sign")).to_contain_text("沒有簽成")
    expect(page.get_by_role("button", name=SIGN)).to_be_visible()


def test_what_is_to_do_is_listed_by_the_plan_the_late_first(visit: Visit) -> None:
    page = visit("quiz/")
    call(page)
    page.reload()
    plan = page.locator("read-plan")
    expect(plan.locator(".late")).to_have_text("晚了 10 件")
    expect(plan.locator("summary")).to_have_text(
        ["第 1 週（2026-12-15 前）：20 件", "第 1 個月（2027-01-09 前）：5 件"]
    )
    assert broken(page, "read-sign", "read-plan") == []
    plan.get_by_role("link", name="讀、簽").first.click()
    page.get_by_role("button", name=SIGN).click()
    page.go_back()
    expect(plan.locator(".late")).to_have_text("晚了 9 件")


def test_the_page_of_ones_role_lists_it_too(visit: Visit) -> None:
    page = visit("quiz/")
    call(page)
    page.goto(page.url.replace("quiz/", "roles/service-desk/"))
    expect(page.locator("read-plan .late")).to_have_text("晚了 10 件")
    links = page.locator("read-plan a").evaluate_all("(all) => all.map(({ pathname }) => pathname)")
    assert {"/roles/service-desk/", "/quiz/service-desk/", "/procedures/complaints/", "/exams/service-desk/"} <= set(
        links
    )
    page.get_by_role("button", name=SIGN).click()
    expect(page.locator("read-plan .late")).to_have_text("晚了 9 件")
    assert broken(page, "read-sign", "read-plan") == []
    page.goto(page.url.replace("service-desk", "shift-lead"))
    expect(page.locator("read-sign button")).to_be_visible()
    expect(page.locator("read-plan")).to_be_empty()
