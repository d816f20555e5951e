"""The calculator of due times: pick the case, say when it happened, and see what is due when, by whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from icalendar import Calendar
from playwright.sync_api import Locator, Page, expect

from handbook.model.book import Handbook
from handbook.model.gathered import deadlines
from tests.browser.axe import broken
from tests.browser.instant import instantly
from tests.browser.windows import PLAIN, stop_clock
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

SOP = "procedures/complaints/"
HERE = {"timezone_id": "Asia/Taipei"}
NOW = "2026-12-01T10:00:00+08:00"
EVENT, RESULT = "「接到投訴」的時間", "「得知處理結果」的時間"
GRADE = "看影響輕重，選一個等級"


def opened(visit: Visit, path: str = SOP, **more: object) -> Page:
    """A page at ten o'clock on 1 December 2026, its calculator open."""
    page = visit(path, now=NOW, **HERE, **more)
    unfold(page)
    return page


def unfold(page: Page) -> None:
    if not page.locator("due-times details[open]").count():
        page.locator("due-times summary").click()
    expect(page.locator("due-times .field").first).to_be_visible()


def lines(page: Page) -> list[str]:
    """The list: when, and what."""
    return page.locator("due-times ol li").evaluate_all(
        "all => all.map((li) => [...li.querySelectorAll('b, strong, a')].map((one) => one.textContent).join(' '))"
    )


def field(page: Page, words: str) -> Locator:
    return page.locator("due-times").get_by_label(words, exact=True)


def result(page: Page) -> Locator:
    return page.locator("due-times [role=status]").first


MAJOR = [
    "12 月 1 日（二）23:59 前 呈報管理處主任，開始處理",
    "12 月 3 日（四）10:00 前 給住戶明確的答覆",
    "12 月 11 日（五）10:00 前 把問題解決",
    "填了時間才算得出 打電話或上門，把結果告訴住戶",
]


# ── count ───────────────────────────────────────────────────────────────────────────────────────


def test_now_is_when_it_happened_until_one_says_otherwise(visit: Visit) -> None:
    page = opened(visit)
    expect(field(page, EVENT)).to_have_value("2026-12-01T10:00")
    expect(field(page, RESULT)).to_have_value("")
    assert lines(page)[0] == "12 月 1 日（二）11:00 前 轉呈負責的部門主管，開始處理"
    assert len(lines(page)) == 7


def test_a_case_is_picked_and_its_deadlines_stand_in_order(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    assert lines(page) == MAJOR
    expect(result(page)).to_have_text("4 個期限；最近的是 12 月 1 日（二）23:59：呈報管理處主任，開始處理。")
    reply = page.locator("due-times li").nth(1)
    expect(reply.locator("small")).to_have_text("管理處主任・重大投訴・接到投訴・2 天內")
    reply.locator("a").click()
    expect(page).to_have_url(re.compile("complaints/#major-reply$"))
    field(page, GRADE).select_option(label="無效投訴")
    assert lines(page) == ["12 月 1 日（二）23:59 前 打電話或上門，把結果告訴住戶"]


def test_each_event_has_a_time_of_its_own(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    field(page, EVENT).fill("2026-11-30T23:30")
    field(page, RESULT).fill("2026-12-04T09:00")
    field(page, RESULT).blur()
    assert lines(page) == [
        "11 月 30 日（一）23:59 前 已經過了 呈報管理處主任，開始處理",
        "12 月 2 日（三）23:30 前 給住戶明確的答覆",
        "12 月 4 日（五）23:59 前 打電話或上門，把結果告訴住戶",
        "12 月 10 日（四）23:30 前 把問題解決",
    ]
    expect(result(page)).to_contain_text("4 個期限，1 個已經過了；最近的是 12 月 2 日")
    page.get_by_role("button", name=f"{EVENT}：現在").click()
    expect(field(page, EVENT)).to_have_value("2026-12-01T10:00")


def test_a_deadline_passes_while_one_looks_on(visit: Visit) -> None:
    page = visit(PLAIN, ticking=True, **HERE)
    page.clock.install(time=NOW)
    page.goto(page.url.replace(PLAIN, SOP))
    page.locator("due-times summary").click()
    field(page, GRADE).select_option(label="重要投訴")
    assert page.locator("due-times strong").count() == 0
    page.clock.run_for(62 * 60_000)
    expect(page.locator("due-times li").first).to_contain_text("11:00 前已經過了")


def test_a_calculator_that_stays_open_overnight_follows_the_clock(visit: Visit) -> None:
    page = visit(PLAIN, ticking=True, **HERE)
    page.clock.install(time="2026-12-01T20:00:00+08:00")
    page.goto(page.url.replace(PLAIN, SOP))
    page.locator("due-times summary").click()
    page.locator(".pick").get_by_role("button", name="重大投訴", exact=True).click()
    expect(page.locator("due-times li")).to_have_count(4)
    page.clock.fast_forward("12:00:00")
    expect(page.locator("due-times li")).to_have_count(7)
    expect(field(page, GRADE)).to_have_value("")
    expect(field(page, EVENT)).to_have_value("2026-12-02T08:00")


def test_what_a_browser_has_translated_is_shown_and_never_compared(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    page.locator("due-times summary").click()
    page.goto(page.url.replace(SOP, "deadlines/"))
    page.evaluate(TRANSLATE)
    page.locator("due-times summary").click()
    page.locator("due-times select").first.select_option("complaints")
    expect(page.locator("due-times input").filter(visible=True)).to_have_count(2)
    field(page, EVENT).fill("2026-11-30T10:00")
    field(page, EVENT).blur()
    expect(page.locator("due-times li")).to_have_count(4)
    due = [line.partition("）")[0] for line in lines(page)]
    assert due[:3] == ["11 月 30 日（一", "12 月 2 日（三", "12 月 10 日（四"]
    expect(page.locator("due-times li a").first).to_have_text(re.compile(r"^translated \d+$"))
    kept = page.evaluate("JSON.parse(Object.entries(localStorage).find(([key]) => key.includes('said:complaints'))[1])")
    assert {key: value for key, (value, _) in kept["entries"].items()} == {
        "grade": "major",
        "major-escalate.at": "2026-11-30T10:00",
    }


# As a browser's own translation does it: each text in an element of its own, no two of them in the same words.
TRANSLATE = """() => {
    const walk = document.createTreeWalker(document.querySelector(".hb"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) if (walk.currentNode.data.trim()) texts.push(walk.currentNode);
    texts.forEach((text, number) => {
        const font = document.createElement("font");
        font.textContent = `translated ${number}`;
        text.replaceWith(font);
    });
}"""


def test_the_page_of_all_deadlines_asks_which_sop_first(visit: Visit, book: Handbook) -> None:
    page = opened(visit, "deadlines/")
    which = field(page, "哪一件事？")
    counted = {sop.id for sop in book.sops.values() for due in deadlines(book, sop) if due.fact.clock}
    assert set(which.locator("option").evaluate_all("all => all.map((one) => one.value)")) == counted | {""}
    expect(page.locator("due-times .buttons")).to_be_hidden()
    which.select_option("complaints")
    field(page, "哪一種情況？").select_option(label="重大投訴")
    assert lines(page) == MAJOR
    page.reload()
    expect(page.locator("due-times li")).to_have_count(4)
    assert lines(page) == MAJOR
    which.select_option("fees")
    expect(page.locator("due-times li")).to_have_count(1)
    expect(which).to_be_focused()
    page.locator("due-times li a").first.click()
    expect(page).to_have_url(re.compile("procedures/fees/#"))


def test_what_lies_ahead_counts_back_and_what_waits_may_begin(visit: Visit) -> None:
    page = opened(visit, "standards/lobby-service/")
    shift = field(page, "「班次開始」的時間")
    expect(shift).to_have_value("")
    assert lines(page)[0].startswith("填了時間才算得出")
    shift.fill("2026-12-02T00:10")
    shift.blur()
    assert lines(page)[0].startswith("12 月 1 日（二）23:50 前")
    page = opened(visit, "procedures/fees/")
    call = field(page, "「電話通知」的時間")
    call.fill("2026-11-30T09:00")
    call.blur()
    assert lines(page)[0].startswith("2027 年 2 月 28 日（日）09:00 起 ")
    call.fill("2026-08-30T09:00")
    call.blur()
    assert lines(page)[0].startswith("11 月 30 日（一）09:00 起 可以做了 ")


def test_what_comes_again_counts_from_the_last_time(visit: Visit, book: Handbook) -> None:
    page = opened(visit, "procedures/community-events/")
    last = page.locator("due-times input")
    last.fill("2026-12-24T09:00")
    last.blur()
    assert lines(page)[0].startswith("2027 年 1 月 7 日（四）09:00，再來 2027 年 1 月 21 日（四）09:00、2027 年 2 月")


def test_rings_seconds_and_limits_have_no_clock(visit: Visit, bare_server: str) -> None:
    page = visit(PLAIN)
    for path in ("procedures/incoming-calls/", "procedures/online-shop/", "standards/appearance/"):
        page.goto(bare_server + path)
        assert page.locator(".dues li").count()
        assert page.locator("due-times").count() == 0
        assert page.locator("script[src*='due-times']").count() == 0


# ── keep, send, remind ──────────────────────────────────────────────────────────────────────────


def test_it_survives_a_reload_and_starts_again_at_a_button(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    stop_clock(page, "2026-12-02T15:00:00+08:00")
    page.reload()
    expect(page.locator("due-times li")).to_have_count(4)
    expect(field(page, EVENT)).to_have_value("2026-12-01T10:00")
    page.get_by_role("button", name="重新開始").click()
    expect(field(page, EVENT)).to_have_value("2026-12-02T15:00")
    expect(page.locator("due-times li")).to_have_count(7)
    page.reload()
    expect(page.locator("due-times details")).not_to_have_attribute("open", "")


def test_it_works_where_nothing_can_be_stored(visit: Visit) -> None:
    page = visit(PLAIN, **HERE)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(page.url.replace(PLAIN, SOP))
    page.locator("due-times summary").click()
    field(page, GRADE).select_option(label="重大投訴")
    expect(page.locator("due-times li")).to_have_count(4)
    page.get_by_role("button", name="重新開始").click()
    expect(page.locator("due-times li")).to_have_count(7)


def test_a_link_shows_the_same_to_somebody_else(visit: Visit) -> None:
    page = opened(visit, permissions=["clipboard-read", "clipboard-write"])
    field(page, GRADE).select_option(label="重大投訴")
    page.get_by_role("button", name="傳這個結果").click()
    expect(page.locator(".message p")).to_have_text("連結複製好了，貼給同事。")
    link = page.evaluate("navigator.clipboard.readText()")
    assert "?" not in link.partition("#")[0], "what stands after a question mark is sent to the server"
    other = opened(visit, link.partition("/procedures/")[1][1:] + link.partition("/procedures/")[2])
    assert lines(other) == MAJOR
    field(other, GRADE).select_option(label="輕微投訴")
    expect(other).to_have_url(re.compile("complaints/$"))
    other.reload()
    expect(other.locator("due-times li")).to_have_count(2)


def test_a_link_holds_while_its_reader_looks_around_in_the_page(visit: Visit) -> None:
    page = opened(visit, f"{SOP}#_due&_sop=complaints&grade=major&major-escalate.at=2026-12-01T10:00")
    expect(page.locator("due-times li")).to_have_count(4)
    page.locator("due-times li a").nth(1).click()
    expect(page).to_have_url(re.compile("#major-reply$"))
    page.evaluate("dispatchEvent(new Event('said'))")
    assert lines(page) == MAJOR
    expect(field(page, GRADE)).to_have_value("major")
    page.get_by_role("button", name="重新開始").click()
    expect(page.locator("due-times li")).to_have_count(7)


def test_what_led_here_does_not_go_on_to_others(visit: Visit) -> None:
    page = opened(visit, f"{SOP}?sheet=0.9.0&mark=x", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="傳這個結果").click()
    expect(page.locator(".message p")).to_have_text("連結複製好了，貼給同事。")
    assert "sheet" not in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="加進行事曆").click()
    assert "sheet" not in Path(download.value.path()).read_text("utf-8")


def test_a_link_fills_no_memory(visit: Visit) -> None:
    junk = "&".join(f"k{number}={'x' * 50}" for number in range(300))
    page = opened(visit, f"{SOP}#_due&_sop=complaints&grade=major&{junk}&K=1&a={'y' * 500}")
    field(page, GRADE).select_option(label="輕微投訴")
    kept = page.evaluate("Object.values(localStorage).join('')")
    assert "minor" in kept
    assert len(kept) < 8_000


def test_a_link_changes_nothing_of_ones_own(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    home = page.url
    page.goto("about:blank")
    page.goto(f"{home}#_due&_sop=complaints&grade=minor&major-escalate.at=2027-05-05T05:05")
    expect(page.locator("due-times li")).to_have_count(2)
    page.goto("about:blank")
    page.goto(home)
    expect(page.locator("due-times li")).to_have_count(4)
    expect(field(page, EVENT)).to_have_value("2026-12-01T10:00")


HOSTILE = [
    "grade=%3Cimg src=x onerror=hit()%3E&major-escalate.at=%22%3E%3Cscript%3Ehit()%3C/script%3E",
    "grade=constructor&major-escalate.at=__proto__&__proto__=x&toString=1",
    "grade=major&grade=minor&major-escalate.at=9999-99-99T99:99",
    "major-escalate.at=2026-02-31T10:00&tell-resident.at=" + "9" * 5000,
    "=&&&=%E0%A4%A&%",
]


def test_a_hostile_link_is_a_page_like_any_other(visit: Visit, bare_server: str) -> None:
    page = visit(PLAIN, now=NOW, **HERE)
    every = [(SOP, "complaints", query) for query in HOSTILE]
    of_all = [("deadlines/", "complaints", HOSTILE[0]), ("deadlines/", quote("<b>"), HOSTILE[1])]
    for number, (path, sop, query) in enumerate((*every, *of_all)):
        page.goto(f"{bare_server}{path}?{number}#_due&_sop={sop}&{query}")
        unfold(page)
        if sop == "complaints":
            expect(field(page, EVENT)).to_have_value("2026-12-01T10:00")
            assert page.locator("due-times img, due-times script").count() == 0


SPOIL = """spoilt => Object.keys(localStorage).filter((key) => key.startsWith("handbook:"))
    .forEach((key) => localStorage.setItem(key, spoilt))"""


def test_spoilt_memory_is_no_memory(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    for spoilt in ("1", '"x"', "[]", "{", '{"at":"x","entries":7}', '{"at":1e99,"entries":{"grade":{"a":1}}}', "null"):
        page.evaluate(SPOIL, spoilt)
        page.reload()
        page.locator("due-times summary").click()
        expect(page.locator("due-times li")).to_have_count(7)


def test_a_phones_calendar_takes_the_reminders(visit: Visit) -> None:
    page = opened(visit)
    field(page, GRADE).select_option(label="重大投訴")
    field(page, EVENT).fill("2026-11-30T10:00")
    files = []
    for _ in range(2):
        with page.expect_download() as download:
            page.get_by_role("button", name="加進行事曆").click()
        assert download.value.suggested_filename == "complaints.ics"
        files.append(Path(download.value.path()).read_text("utf-8"))
    assert files[0] == files[1]
    events = Calendar.from_ical(files[0]).walk("VEVENT")
    assert [(event["SUMMARY"], event.decoded("DTSTART")) for event in events] == [
        ("給住戶明確的答覆", dt.datetime(2026, 12, 2, 2, tzinfo=dt.UTC)),  # what is past needs no reminder
        ("把問題解決", dt.datetime(2026, 12, 10, 2, tzinfo=dt.UTC)),
    ]
    assert events[0]["DESCRIPTION"] == "管理處主任\n重大投訴\n2 天內\n接到投訴：11 月 30 日（一）10:00"
    assert events[0]["URL"] == page.url.partition("#")[0] + "#major-reply"
    assert len({event["UID"] for event in events}) == 2
    assert all(event.decoded("DTEND") - event.decoded("DTSTART") == dt.timedelta(minutes=1) for event in events)
    made = dt.datetime(2026, 12, 1, 2, tzinfo=dt.UTC)
    assert {event.decoded(key) for event in events for key in ("DTSTAMP", "LAST-MODIFIED")} == {made}
    stop_clock(page, "2026-12-01T12:00:00+08:00")
    with page.expect_download() as download:
        page.get_by_role("button", name="加進行事曆").click()
    later = Calendar.from_ical(Path(download.value.path()).read_text("utf-8")).walk("VEVENT")
    assert [event["UID"] for event in later] == [event["UID"] for event in events]
    assert all(new["SEQUENCE"] > old["SEQUENCE"] for new, old in zip(later, events, strict=True))
    assert all(len(event.walk("VALARM")) == 2 for event in events)
    expect(page.locator("due-times [role=status]").last).to_contain_text("2 個提醒寫進了 complaints.ics")
    field(page, EVENT).fill("2026-01-01T10:00")
    page.get_by_role("button", name="加進行事曆").click()
    expect(page.locator("due-times [role=status]").last).to_have_text("沒有還沒到的期限。")


# ── everybody ───────────────────────────────────────────────────────────────────────────────────


def test_the_keyboard_does_it_all(visit: Visit) -> None:
    page = visit(SOP, **HERE)
    page.locator("due-times summary").focus()
    page.keyboard.press("Enter")
    expect(field(page, GRADE)).to_be_visible()
    page.keyboard.press("Tab")
    expect(field(page, GRADE)).to_be_focused()
    page.keyboard.type("重大")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    field(page, GRADE).focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("due-times li").first).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "現在":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "現在"


@pytest.mark.parametrize("path", [SOP, "deadlines/"])
def test_the_open_calculator_breaks_no_rule(visit: Visit, path: str) -> None:
    page = opened(visit, path)
    if path != SOP:
        field(page, "哪一件事？").select_option("complaints")
    field(page, EVENT).fill("2026-11-01T10:00")
    field(page, EVENT).blur()
    assert broken(page, "due-times") == []
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 600})
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    sizes = (
        page.locator("due-times :is(input, select, button, summary)")
        .filter(visible=True)
        .evaluate_all("all => all.map((one) => one.getBoundingClientRect()).map((box) => [box.width, box.height])")
    )
    assert min(min(size) for size in sizes) >= 43.9


def test_the_tables_stand_without_scripts(visit: Visit) -> None:
    page = visit(SOP, java_script_enabled=False)
    assert page.locator(".dues li").filter(visible=True).count() == 8
    assert page.locator("due-times").inner_text() == ""


@pytest.fixture(scope="module")
def instant(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with instantly(site, tmp_path_factory.mktemp("instant")) as home:
        yield home


def test_going_and_coming_back_leaves_nothing_behind(visit: Visit, instant: str) -> None:
    page = visit("procedures/", at=instant, **HERE)
    page.evaluate("window.same = true")
    for _ in range(2):
        page.locator(".index a", has_text="投訴接待").click()
        expect(page.locator("h1")).to_have_text("投訴接待")
        if not page.locator("due-times details[open]").count():
            page.locator("due-times summary").click()
        field(page, GRADE).select_option(label="重大投訴")
        expect(page.locator("due-times li")).to_have_count(4)
        assert page.locator("due-times details").count() == 1
        page.go_back()
        expect(page.locator("h1")).to_have_text("流程")
    page.go_forward()
    expect(page.locator("due-times li")).to_have_count(4)
    assert page.evaluate("window.same"), "the page was loaded anew: nothing was shown"


def test_a_working_day_is_counted_and_a_day_is_a_day(visit: Visit) -> None:
    page = visit(SOP, now=NOW, **HERE)
    page.locator("due-times").evaluate(
        "one => Object.assign(one.dataset, { works: 'mon tue wed thu fri', holidays: '2026-12-02' })"
    )
    page.locator("[data-due='within 2 day']").first.evaluate("one => one.dataset.due = 'within 2 working day'")
    page.locator("due-times summary").click()
    field(page, GRADE).select_option(label="重大投訴")
    assert lines(page)[1:3] == ["12 月 4 日（五）10:00 前 給住戶明確的答覆", "12 月 11 日（五）10:00 前 把問題解決"]


CHANGED = """() => {
    const rows = [...document.querySelectorAll("[data-due]")];
    rows.slice(4).forEach((row) => row.remove());
    const changes = [
        { due: "every 09:00 18:30|week 1 4", event: "" },
        { due: "keep 6 month" },
        { due: "before 7 day", of: rows[1].querySelector("a").hash.slice(1), event: "到期" },
        { due: "by |month 5", event: "" },
    ];
    changes.forEach((change, number) => {
        delete rows[number].dataset.branch;
        Object.assign(rows[number].dataset, change);
    });
}"""


def test_what_the_calendar_says_needs_no_start_and_one_deadline_starts_another(visit: Visit, book: Handbook) -> None:
    page = visit(SOP, now=NOW, **HERE)
    page.evaluate(CHANGED)
    timed = [due for due in deadlines(book, book.sops["complaints"]) if due.fact.clock]
    first, second, third, fourth = (book.plain(due.clause.do or "") for due in timed[:4])
    unfold(page)
    expect(page.locator("due-times .field:visible")).to_have_count(1)
    assert lines(page) == [
        f"12 月 3 日（四）09:00，再來 12 月 3 日（四）18:30、12 月 7 日（一）09:00 {first}",
        f"12 月 5 日（六）前，再來 2027 年 1 月 5 日（二）、2027 年 2 月 5 日（五） {fourth}",
        f"2027 年 5 月 25 日（二）10:00 前 {third}",
        f"留到 2027 年 6 月 1 日（二）10:00 {second}",
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="加進行事曆").click()
    events = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    rules = [event["RRULE"].to_ical().decode() if "RRULE" in event else "" for event in events]
    assert rules == ["FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=5", "", ""]
    assert len({event["UID"] for event in events}) == 5
    assert [event.decoded("DTSTART").replace(tzinfo=None) for event in events][:3] == [
        dt.datetime(2026, 12, 3, 9),
        dt.datetime(2026, 12, 3, 18, 30),
        dt.datetime(2026, 12, 5, 23, 59),
    ]


def test_what_is_not_decided_says_so_on_the_list_and_in_the_reminder(visit: Visit) -> None:
    page = visit(SOP, now=NOW, **HERE)
    page.locator("[data-due] a[href='#major-reply'] .chip").evaluate(
        "one => (one.classList.add('chip-undecided'), one.append('・待定'))"
    )
    page.locator("due-times summary").click()
    field(page, GRADE).select_option(label="重大投訴")
    assert lines(page) == [MAJOR[0], "12 月 3 日（四）10:00 前 待定 給住戶明確的答覆", *MAJOR[2:]]
    with page.expect_download() as download:
        page.get_by_role("button", name="加進行事曆").click()
    events = Calendar.from_ical(Path(download.value.path()).read_text("utf-8")).walk("VEVENT")
    assert [event["SUMMARY"] for event in events][1:] == ["給住戶明確的答覆（待定）", "把問題解決"]
    assert "2 天內・待定" in events[1]["DESCRIPTION"]
