"""My progress: how far one is with every quiz and exam, and the results as a file, by mouse and by keyboard."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import broken
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

KEY = "handbook:/:quiz"
DAY = 1_780_000_000_000  # 29 May 2026, in any time zone the 28th to the 29th


def row(page: Page, name: str, kind: str = "sop") -> Locator:
    return page.locator(f"my-progress tr[data-{kind}='{name}']")


def questions(page: Page, sop: str) -> dict[str, str]:
    """The questions of a quiz, with their fingerprints of today."""
    marks = row(page, sop).get_attribute("data-questions") or ""
    return {f"{sop}/{one.partition('=')[0]}": one.partition("=")[2] for one in marks.split(" ")}


def answered(marks: dict[str, str], right: int, changed: int = 0) -> dict[str, Any]:
    """So many right answers, of which so many were given before the clause changed, and wrong ones for the rest."""
    return {
        one: {"fingerprint": "old" if n < changed else mark, "right": n < right, "sure": True, "at": DAY}
        for n, (one, mark) in enumerate(marks.items())
    }


def keep(page: Page, saved: int = 0, exams: dict[str, Any] | None = None, **results: Any) -> None:
    """Put a record into the phone, and open the page again."""
    record = {"version": 1, "results": results, "exams": exams or {}, "saved": saved}
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(record)])
    page.reload()


def result(page: Page, **more: Any) -> dict[str, Any]:
    """An answer to some question of the complaints quiz."""
    one, mark = next(iter(questions(page, "complaints").items()))
    return {one: {"fingerprint": mark, "right": True, "sure": True, "at": DAY, **more}}


def file(page: Page, site: str = "", **results: Any) -> dict[str, Any]:
    record = {"site": site or page.url.removesuffix("quiz/"), "version": 1, "results": results, "exams": {}, "saved": 0}
    return {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(record).encode()}


def choose(page: Page, file: dict[str, Any] | Path) -> None:
    page.get_by_label("匯入成績").set_input_files(file)  # type: ignore[arg-type]


def standing(page: Page, name: str, kind: str = "sop") -> Locator:
    return row(page, name, kind).locator(".standing")


# ── how far one is ──────────────────────────────────────────────────────────────────────────────


def test_without_a_script_every_quiz_and_exam_is_a_link(visit: Visit) -> None:
    page = visit("quiz/", java_script_enabled=False)
    rows = page.locator("my-progress tbody tr")
    expect(page.locator("my-progress tbody th a")).to_have_count(rows.count())
    expect(row(page, "complaints").locator("td")).to_have_text([re.compile(r"^\d+ 題$"), "80 %"])
    expect(page.locator("my-progress button, my-progress input")).to_have_count(0)


def test_of_a_new_reader_nothing_is_begun(visit: Visit) -> None:
    page = visit("quiz/")
    expect(page.locator(".standing b")).to_have_text(
        ["還沒考"] * page.locator("tr[data-role]").count() + ["還沒開始"] * page.locator("tr[data-sop]").count()
    )
    expect(page.locator(".tally")).to_contain_text(re.compile(r"測驗通過 0／\d+ 份，崗位考試通過 0／\d+ 場"))
    expect(page.locator(".notice")).to_have_count(0)


def test_each_quiz_says_how_far_it_is(visit: Visit) -> None:
    page = visit("quiz/")
    sops = ("complaints", "visitors", "fees", "conduct", "repairs")
    marks = {sop: questions(page, sop) for sop in sops}
    size = {sop: len(marks[sop]) for sop in sops}
    keep(
        page,
        **answered(marks["complaints"], size["complaints"]),
        **answered(marks["visitors"], 3),
        **answered(marks["fees"], size["fees"], changed=size["fees"] // 2),
        **answered(marks["conduct"], size["conduct"], changed=1),
    )
    expect(standing(page, "complaints")).to_have_text(f"通過{size['complaints']} 題答對 {size['complaints']} 題")
    expect(standing(page, "visitors")).to_have_text(f"還有 {size['visitors'] - 3} 題{size['visitors']} 題答對 3 題")
    expect(standing(page, "fees").locator("b")).to_have_text(f"條文改了，{size['fees'] // 2} 題再答")
    expect(standing(page, "conduct")).to_contain_text("通過")
    expect(standing(page, "conduct")).to_contain_text("條文改了 1 題")
    expect(standing(page, "repairs").locator("b")).to_have_text("還沒開始")
    looks = {row(page, sop).get_attribute("data-status") for sop in sops}
    assert looks == {"passed", "open", "changed", "new"}
    expect(page.locator(".tally")).to_contain_text("測驗通過 2／")


def test_each_exam_says_how_it_went_and_what_it_rests_on(visit: Visit) -> None:
    page = visit("quiz/")
    today = row(page, "service-desk", "role").get_attribute("data-fingerprint")
    exam = {"right": 179, "asked": 200, "passed": True, "at": DAY}
    keep(
        page,
        exams={
            "service-desk": {**exam, "fingerprint": today},
            "shift-lead": {**exam, "fingerprint": "old"},
            "online-agent": {**exam, "right": 60, "passed": False, "fingerprint": "old"},
        },
        **answered(questions(page, "complaints"), 99),
        **answered(questions(page, "fees"), 1),
    )
    sops = len((row(page, "service-desk", "role").get_attribute("data-sops") or "").split())
    expect(standing(page, "service-desk", "role")).to_have_text(
        re.compile(rf"^通過2026-05-2[89]，89 %測驗通過 1／{sops} 份$")
    )
    expect(standing(page, "shift-lead", "role").locator("b")).to_have_text("考過之後有改動，再考一次")
    expect(standing(page, "online-agent", "role")).to_contain_text(re.compile("沒通過，再考一次.*，30 %"))
    expect(standing(page, "meeting-attendant", "role").locator("b")).to_have_text("還沒考")
    expect(page.locator(".tally")).to_contain_text("崗位考試通過 1／")


def test_another_tab_is_followed_and_so_is_the_way_back(visit: Visit) -> None:
    page = visit("quiz/")
    expect(page.locator(".notice")).to_have_count(0)
    other = visit("quiz/complaints/")
    record = {"version": 1, "results": result(page), "exams": {}, "saved": 0}
    other.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(record)])
    expect(standing(page, "complaints").locator("b")).to_contain_text("還有")
    page.evaluate("(key) => localStorage.removeItem(key)", KEY)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(standing(page, "complaints").locator("b")).to_have_text("還沒開始")


def test_leaving_and_coming_back_doubles_nothing(visit: Visit) -> None:
    page = visit("quiz/")
    page.evaluate("""() => {
        const element = document.querySelector("my-progress");
        const { parentNode, nextSibling } = element;
        for (let time = 0; time < 3; time++) { element.remove(); parentNode.insertBefore(element, nextSibling); }
    }""")
    expect(page.locator(".tally, .files, .forget, .said")).to_have_count(4)
    expect(row(page, "complaints").locator("td")).to_have_count(3)
    shown = """() => {
        const element = document.querySelector("my-progress");
        let shown = 0;
        element.show = () => { shown++; };
        dispatchEvent(new Event("storage"));
        element.remove();
        dispatchEvent(new Event("storage"));
        return shown;
    }"""
    assert page.evaluate(shown) == 1


# ── as a file ───────────────────────────────────────────────────────────────────────────────────


def test_results_leave_as_a_file_and_come_back_by_keyboard(visit: Visit, tmp_path: Path) -> None:
    page = visit("quiz/")
    keep(page, **answered(questions(page, "complaints"), 99))
    expect(page.locator(".notice")).to_contain_text(re.compile(r"有 \d+ 筆成績還沒匯出.*Safari 七天"))
    page.get_by_role("button", name="匯出成績").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert re.fullmatch(r"前檯服務手冊-測驗成績-\d{4}-\d\d-\d\d\.json", saved.name)
    expect(page.get_by_role("status").filter(has_text="匯出了")).to_contain_text(saved.name)
    expect(page.locator(".notice")).to_have_count(0)

    page.evaluate("localStorage.clear()")
    page.reload()
    expect(standing(page, "complaints").locator("b")).to_have_text("還沒開始")
    page.get_by_role("button", name="匯出成績").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label("匯入成績")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.get_by_label("匯入成績").press("Space")  # where the key goes is waited for
    chooser.value.set_files(saved)
    expect(page.get_by_role("status").filter(has_text="匯入了")).to_have_text(re.compile(r"匯入了新的 \d+ 筆。"))
    expect(standing(page, "complaints").locator("b")).to_have_text("通過")
    choose(page, saved)
    expect(page.locator(".said")).to_have_text("檔案裡沒有比這支手機更新的成績。")


def test_what_an_import_brings_is_counted(visit: Visit) -> None:
    page = visit("quiz/")
    keep(page, **result(page, right=False))
    new = {"fees/aa": {"fingerprint": "abc", "right": True, "sure": False, "at": DAY}}
    choose(page, file(page, **result(page, at=DAY + 1), **new, spoilt=None))
    expect(page.locator(".said")).to_have_text("匯入了新的 1 筆、比較新的 1 筆。另外 1 筆壞了，沒有匯入。")
    expect(standing(page, "complaints")).to_contain_text("答對 1 題")


def test_a_file_that_cannot_be_taken_in_says_why(visit: Visit) -> None:
    page = visit("quiz/")
    keep(page, **result(page))
    for text, words in ((b"{broken", "不是測驗成績"), (b" " * 5_000_001, "檔案太大")):
        choose(page, {"name": "x.json", "mimeType": "application/json", "buffer": text})
        expect(page.locator(".said")).to_contain_text(words)
        expect(page.locator(".insist button")).to_have_count(0)
    expect(standing(page, "complaints")).to_contain_text("答對 1 題")


def test_a_file_of_another_handbook_asks_first(visit: Visit) -> None:
    page = visit("quiz/")
    for answer, words in (("不要匯入", "還沒開始"), ("還是匯入", "還有")):
        choose(page, file(page, "https://example.org/<b>other</b>/", **result(page)))
        anyway = page.get_by_role("button", name="還是匯入")
        expect(anyway).to_be_focused()
        expect(anyway).to_have_accessible_description(re.compile("另一本手冊"))
        page.get_by_role("button", name=answer).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".insist button")).to_have_count(0)
        expect(page.get_by_label("匯入成績")).to_be_focused()
        expect(standing(page, "complaints").locator("b")).to_contain_text(words)


# ── forgetting, and storage that fails ──────────────────────────────────────────────────────────


def test_forgetting_takes_a_second_step(visit: Visit) -> None:
    page = visit("quiz/")
    keep(page, **answered(questions(page, "complaints"), 99))
    summary = page.get_by_text("忘掉我在這支手機上的成績")
    erase = page.get_by_role("button", name="全部忘掉")
    expect(erase).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("找不回來")).to_be_visible()
    expect(standing(page, "complaints").locator("b")).to_have_text("通過")
    page.keyboard.press("Tab")
    expect(erase).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="都忘掉了")).to_have_count(1)
    expect(standing(page, "complaints").locator("b")).to_have_text("還沒開始")
    expect(summary).to_be_focused()
    expect(erase).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('handbook:'))") == []


def test_where_nothing_can_be_kept_the_page_says_so(visit: Visit) -> None:
    page = visit("quiz/")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.reload()
    expect(page.locator(".notice")).to_have_text(re.compile("這支手機存不了成績"))
    choose(page, file(page, **result(page)))
    expect(standing(page, "complaints").locator("b")).to_contain_text("還有")
    with page.expect_download():
        page.get_by_role("button", name="匯出成績").click()
    expect(page.locator(".notice")).to_have_text(re.compile("這支手機存不了成績"))


def test_what_was_not_understood_is_mentioned(visit: Visit) -> None:
    page = visit("quiz/")
    page.evaluate("(key) => localStorage.setItem(key, '{broken')", KEY)
    page.reload()
    choose(page, file(page, **result(page)))
    expect(page.locator(".notice").last).to_contain_text("有 1 份讀不懂的舊成績")


# ── seen and touched ────────────────────────────────────────────────────────────────────────────


def test_no_state_of_the_page_shuts_anybody_out(visit: Visit) -> None:
    page = visit("quiz/")
    fees, conduct = questions(page, "fees"), questions(page, "conduct")
    exam = {"right": 18, "asked": 20, "passed": True, "at": DAY}
    keep(
        page,
        exams={
            "shift-lead": {**exam, "fingerprint": "old"},
            "service-desk": {**exam, "passed": False, "fingerprint": "x"},
        },
        **answered(fees, len(fees), changed=len(fees)),
        **answered(conduct, len(conduct)),
        **result(page),
    )
    page.get_by_text("忘掉我在這支手機上的成績").click()
    choose(page, file(page, "https://example.org/", **result(page)))
    expect(page.get_by_role("button", name="還是匯入")).to_be_focused()
    assert broken(page, "my-progress") == []
    for target in page.locator("my-progress :is(button, input, summary, th a)").all():
        box = target.bounding_box()
        assert box and box["height"] >= 44 - 0.5, target.evaluate("one => one.outerHTML")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_holds_at_twice_the_size(visit: Visit) -> None:
    page = visit("quiz/", size=(195, 422))
    keep(page, **answered(questions(page, "fees"), 99, changed=99), **result(page))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
