"""Runs of a procedure: several at a time, each with its name, its notes and its case; done, listed, printed, handed
over, taken in."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.axe import load, violations
from tests.browser.paper import A4, Paper
from tests.browser.windows import PLAIN, stop_clock
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

SOP = "procedures/complaints/"
TEN = "2026-12-15T10:00:00"
PRINT = "window.print = () => (window.printed = true)"
MISS = "A 棟 12 樓王小姐"
NOTE = "浴室漏水\n</script><b>明天看</b>"


def box(page: Page, clause: str) -> Locator:
    return page.locator(f"#{clause} > .tick, #{clause} > .do > .tick")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def name_it(page: Page, about: str, note: str = "") -> None:
    button(page, "取名、備註").click()
    page.get_by_label("這一件是").fill(about)
    page.get_by_label("備註", exact=True).fill(note)
    button(page, "存起來").click()


def begun(visit: Visit, **more: Any) -> Page:
    """A complaint with a name, a note, a case and two ticks."""
    page = visit(SOP, now=TEN, **more)
    for clause in ("listen", "record"):
        box(page, clause).check()
    page.locator(".pick").get_by_role("button", name="重大投訴", exact=True).click()
    name_it(page, MISS, NOTE)
    return page


def marks(page: Page) -> list[str]:
    return page.locator(".clause.ticked").evaluate_all("all => all.map((one) => one.id)")


def test_the_second_complaint_has_nothing_of_the_first(visit: Visit) -> None:
    page = begun(visit)
    expect(page.locator("#record > .run-note")).to_have_text(f"備註：{NOTE}")
    button(page, "新的一件").click()
    assert marks(page) == []
    expect(page.locator(".run-note")).to_have_count(0)
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)
    stop_clock(page, "2026-12-15T11:00:00")
    box(page, "thank-and-comfort").check()
    which = page.get_by_role("group", name="正在做哪一件").get_by_role("button")
    assert which.all_inner_texts() == ["新的一件", "11:00 開始的一件", MISS]
    expect(which.nth(1)).to_have_attribute("aria-pressed", "true")
    which.nth(2).press("Enter")
    expect(which.nth(2)).to_be_focused()
    assert marks(page) == ["listen", "record"]
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(1)
    load(page)
    assert violations(page) == []
    button(page, "取名、備註").click()
    expect(page.get_by_label("備註寫在哪一步")).to_have_value("record")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(button(page, "取名、備註")).to_be_focused()


def test_what_is_done_is_listed_printed_and_handed_over(visit: Visit, tmp_path: Path) -> None:
    page = begun(visit)
    expect(page.locator("#record > .run-note")).to_be_visible()
    printed = Paper(page.pdf(format="A4"))
    assert printed.sizes()[0] == A4
    for words in (MISS, "開始：2026-12-1510:00", "情況：重大投訴", "備註：浴室漏水"):
        assert words.replace(" ", "") in printed.text()
    button(page, "做完了").click()
    expect(page.locator(".message")).to_contain_text(f"做完了：{MISS}。留在這支手機 90 天。")
    assert marks(page) == []
    button(page, "復原").click()
    assert marks(page) == ["listen", "record"]
    button(page, "做完了").click()
    page.locator(".ran summary").click()
    page.locator(".ran li a", has_text=MISS).click()
    page.wait_for_url(re.compile(r"/runs/#complaints:\d{17}$"))
    expect(page.locator(".record td", has_text="把投訴逐項寫進投訴記錄本")).to_contain_text(NOTE)
    expect(page.locator(".record tbody tr")).to_have_count(30)
    load(page)
    assert violations(page) == []
    page.evaluate(PRINT)
    button(page, "列印").click()
    assert page.evaluate("printed")
    sheet = Paper(page.pdf(format="A4")).text()
    assert MISS.replace(" ", "") in sheet and "✓10:00請住戶坐下" in sheet and "辦的人＿" in sheet
    for words in ("傳文字", "收別人", "再打開"):
        assert words not in sheet
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.told = text; }")
    button(page, "傳文字").click()
    page.wait_for_function("window.told")
    assert page.evaluate("told").startswith(
        f"投訴接待\n對象：{MISS}\n開始：2026-12-15 10:00\n做完：10:00\n情況：重大投訴"
    )
    with page.expect_download() as got:
        button(page, "傳檔案").click()
    assert got.value.suggested_filename == "辦事紀錄-投訴接待-2026-12-15.html"
    file = tmp_path / "run.html"
    got.value.save_as(file)
    told = file.read_text("utf-8")
    assert told.count("</script>") == 1 and "<b>明天" not in told


def test_a_file_is_taken_in_by_another_phone_and_gone_on_with(visit: Visit, tmp_path: Path) -> None:
    page = begun(visit)
    button(page, "取名、備註").click()
    button(page, "交給別人").click()
    with page.expect_download() as got:
        button(page, "傳檔案").click()
    file = tmp_path / "run.html"
    got.value.save_as(file)
    page.goto(page.url.replace(SOP, "runs/"))
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.reload()
    expect(page.locator("my-runs")).to_contain_text("還沒有。")
    for _ in range(2):  # twice changes nothing
        page.locator("my-runs input").set_input_files(file)
        expect(page.locator("my-runs .said")).to_have_text("收了 1 件。")
    expect(page.locator("my-runs details")).to_have_count(1)
    (tmp_path / "x.html").write_text("<p>x", "utf-8")
    page.locator("my-runs input").set_input_files(tmp_path / "x.html")
    expect(page.locator("my-runs .said")).to_contain_text("檔案裡沒有辦事的紀錄")
    page.locator("my-runs summary").click()
    button(page, "接著做").click()
    page.wait_for_url(f"**/{SOP}")
    expect(box(page, "listen")).to_be_checked()
    assert marks(page) == ["listen", "record"]
    page.go_back()
    page.locator("my-runs summary").click()
    button(page, "刪掉").click()
    expect(page.locator("my-runs details")).to_have_count(0)
    button(page, "復原").press("Enter")
    expect(page.locator("my-runs details")).to_have_count(1)


def test_one_that_was_dropped_comes_back(visit: Visit) -> None:
    page = begun(visit)
    button(page, "取名、備註").click()
    button(page, "不留這一件").click()
    assert marks(page) == []
    assert [name for name in page.evaluate("Object.keys(localStorage)") if ":ticks:" in name] == []
    button(page, "復原").click()
    assert marks(page) == ["listen", "record"]
    expect(page.locator("#record > .run-note")).to_be_visible()
    expect(page.locator("#minor")).to_be_hidden()


def test_an_sop_that_changed_since_says_so_and_what_is_gone_stays(visit: Visit) -> None:
    page = begun(visit)

    def changed(route: Route) -> None:
        answer = route.fetch()
        body = re.sub('(id="listen"[^>]*data-fingerprint=")[^"]*', r"\g<1>0123456789ab", answer.text())
        body = re.sub('id="record"([^>]*data-fingerprint=")[^"]*', r'id="record-anew"\g<1>abcdef012345', body)
        body = re.sub('(hb-procedure" data-fingerprint=")[^"]*', r"\g<1>ba9876543210", body)
        route.fulfill(response=answer, body=body)

    page.route("**/procedures/complaints/", changed)
    page.reload()
    button(page, "開始之後，這份 SOP 改了 3 條").click()
    expect(page.locator("dialog li")).to_have_count(3)
    expect(page.locator("dialog")).to_contain_text("改了：請住戶坐下，等對方把話說完")
    page.keyboard.press("Escape")
    assert marks(page) == []
    box(page, "listen").check()
    page.goto(page.url.replace(SOP, "runs/"))
    page.locator("my-runs summary").click()
    expect(page.locator(".record tr", has_text="把投訴逐項寫進投訴記錄本（後來拿掉了）")).to_contain_text("✓ 10:00")


def test_a_shared_device_keeps_runs_apart_and_names_who(visit: Visit) -> None:
    page = visit(PLAIN)
    people = [{"id": "", "name": "王小明"}, {"id": "9:", "name": "李大華"}]
    page.evaluate(
        """(people) => {
            localStorage.setItem("handbook:/:people", people);
            localStorage.setItem("handbook:/:turn", `9: ${Date.now() + 60000}`);
        }""",
        json.dumps({"version": 1, "people": people}),
    )
    page.goto(page.url.replace(PLAIN, SOP))
    box(page, "listen").check()
    expect(button(page, "做完了")).to_be_visible()
    page.goto(page.url.replace(SOP, "runs/"))
    expect(page.locator("my-runs summary small")).to_contain_text("投訴接待・李大華・")
    page.locator(".turn").click()
    button(page, "王小明").click()
    expect(page.locator("my-runs")).to_contain_text("還沒有。")
    page.locator(".turn").click()
    button(page, "我用完了").click()
    expect(page.locator(".banner.nobody")).to_be_visible()
    expect(page.locator("my-runs")).to_contain_text("還沒選名字")


@pytest.mark.parametrize("size", [(390, 844), (320, 640), (195, 422)])
def test_the_bar_and_its_box_fit_on_a_phone(visit: Visit, size: tuple[int, int]) -> None:
    """Also where all is shown twice as large."""
    page = begun(visit, size=size)
    button(page, "新的一件").click()
    box(page, "listen").check()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= size[0]
    for one in page.locator("run-bar button").all():
        assert (one.bounding_box() or {"height": 0})["height"] >= 44
    button(page, "取名、備註").click()
    shown = page.locator("dialog").bounding_box()
    assert shown and shown["x"] >= 0 and shown["x"] + shown["width"] <= size[0]
    assert page.locator("dialog").evaluate("box => box.scrollWidth <= box.clientWidth")
