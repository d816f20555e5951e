"""Steps to tick off: on this phone, for one run of them, and only those of the case at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from handbook.model.book import Handbook
from tests.browser.axe import broken
from tests.browser.instant import instantly
from tests.browser.paper import Paper
from tests.browser.windows import PLAIN, stop_clock
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

SOP = "procedures/complaints/"
EVENING, NIGHT, MORNING = "2026-12-01T22:00:00", "2026-12-02T01:00:00", "2026-12-02T08:00:00"
MAJOR = {"major-escalate", "major-reply", "major-resolve"}


def at(visit: Visit, time: str, path: str = SOP) -> Page:
    return visit(path, now=time)


def box(page: Page, clause: str) -> Locator:
    return page.locator(f"#{clause} > .tick, #{clause} > .do > .tick")


def ticked(page: Page) -> list[str]:
    return page.locator(".clause").evaluate_all(
        "all => all.filter((one) => one.matches('.ticked')).map((one) => one.id)"
    )


def count(page: Page) -> Locator:
    return page.locator("step-ticks [role=status]")


def case(page: Page, label: str) -> Locator:
    return page.locator(".pick").get_by_role("button", name=label, exact=True)


# ── tick ────────────────────────────────────────────────────────────────────────────────────────


def test_every_act_of_a_procedure_has_one_box(visit: Visit, book: Handbook) -> None:
    page = visit(SOP)
    expect(count(page)).to_have_text("勾了 0 步，共 34 步")
    acts = [placed.clause for placed in book.clauses["complaints"].values() if placed.clause.do]
    assert len(acts) == 34
    for clause in acts:
        expect(box(page, clause.id)).to_have_count(1)
        do = book.plain(clause.do or "", "complaints")
        expect(box(page, clause.id)).to_have_attribute("aria-label", f"做完：{do}")
    assert page.locator(".tick").count() == 34
    assert visit("standards/conduct/").locator("step-ticks, .tick").count() == 0


def test_ticks_survive_a_reload_and_one_can_be_taken_back(visit: Visit) -> None:
    page = visit(SOP)
    for clause in ("listen", "call-supervisor", "major-reply"):
        box(page, clause).check()
    expect(count(page)).to_have_text("勾了 3 步，共 34 步")
    box(page, "listen").uncheck()
    page.reload()
    expect(count(page)).to_have_text("勾了 2 步，共 34 步")
    assert ticked(page) == ["call-supervisor", "major-reply"]


def test_another_procedure_has_ticks_of_its_own(visit: Visit) -> None:
    page = visit(SOP)
    box(page, "listen").check()
    page.goto(page.url.replace("complaints", "repairs"))
    expect(count(page)).to_contain_text("勾了 0 步")


def test_who_comes_back_later_may_come_for_another_case(visit: Visit) -> None:
    page = at(visit, EVENING)
    box(page, "listen").check()
    case(page, "重大投訴").click()
    stop_clock(page, "2026-12-01T22:29:00")
    page.reload()
    expect(count(page)).to_have_text("勾了 1 步，共 30 步")
    stop_clock(page, NIGHT)
    page.reload()
    expect(count(page)).to_have_text("勾了 0 步，共 34 步")
    page.get_by_role("button", name="22:00 開始的一件").click()
    expect(count(page)).to_have_text("勾了 1 步，共 30 步")


def test_a_clock_that_was_set_keeps_its_case_for_longer(visit: Visit) -> None:
    page = at(visit, EVENING)
    page.locator("due-times summary").click()
    page.locator("due-times select").first.select_option(label="重大投訴")
    expect(page.locator("#minor")).to_be_hidden()
    stop_clock(page, MORNING)
    page.reload()
    expect(page.locator("#minor")).to_be_hidden()
    expect(count(page)).to_have_text("勾了 0 步，共 30 步")
    box(page, "listen").check()
    expect(count(page)).to_have_text("勾了 1 步，共 30 步")
    page.get_by_role("button", name="新的一件").click()  # which has nothing of the other's case and times
    expect(count(page)).to_have_text("勾了 0 步，共 34 步")
    page.get_by_role("button", name="08:00 開始的一件").click()
    expect(page.locator("#minor")).to_be_hidden()


def test_a_page_that_stays_open_overnight_changes_nothing_by_itself(visit: Visit) -> None:
    page = visit(PLAIN, ticking=True)
    page.clock.install(time=EVENING)
    page.goto(page.url.replace(PLAIN, SOP))
    for clause in ("listen", "record", "call-supervisor"):
        box(page, clause).check()
    case(page, "重大投訴").click()
    page.clock.fast_forward("10:00:00")  # it is eight o'clock
    expect(count(page)).to_have_text("勾了 3 步，共 30 步")
    box(page, "major-reply").check()
    assert ticked(page) == ["listen", "call-supervisor", "record", "major-reply"]


def test_nothing_waits_for_the_time_once_the_element_is_gone(visit: Visit) -> None:
    page = visit(SOP)
    page.evaluate("""() => {
        const ticks = document.querySelector("step-ticks");
        ticks.remove();
        ticks.update = () => { window.late = true; };
        for (const news of ["focus", "pageshow", "storage", "said"]) window.dispatchEvent(new Event(news));
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    assert page.evaluate("window.late") is None


def test_what_two_pages_tick_of_one_run_is_merged_and_shown_in_both(visit: Visit) -> None:
    page, other = visit(SOP), visit(SOP)
    box(page, "listen").check()
    expect(box(other, "listen")).not_to_be_checked()  # it may be at another case
    other.get_by_role("button", name="開始的一件").click()
    expect(box(other, "listen")).to_be_checked()
    box(other, "record").check()
    expect(count(page)).to_have_text("勾了 2 步，共 34 步")
    case(other, "重大投訴").click()
    expect(page.locator("#minor")).to_be_hidden()
    box(page, "listen").uncheck()
    expect(box(other, "listen")).not_to_be_checked()
    other.get_by_role("button", name="做完了").click()
    expect(count(page)).to_contain_text("勾了 0 步")


def test_a_step_that_has_changed_is_unticked(visit: Visit) -> None:
    page = visit(SOP)
    box(page, "listen").check()
    box(page, "record").check()
    expect(count(page)).to_have_text("勾了 2 步，共 34 步")

    def changed(route: Route) -> None:
        answer = route.fetch()
        body, times = re.subn('(id="listen"[^>]*data-fingerprint=")[^"]*', r"\g<1>0123456789ab", answer.text())
        assert times == 1
        route.fulfill(response=answer, body=body)

    page.route("**/procedures/complaints/", changed)
    page.reload()
    expect(count(page)).to_have_text("勾了 1 步，共 34 步")
    assert ticked(page) == ["record"]


def test_it_works_for_as_long_as_the_page_is_there_where_nothing_can_be_stored(visit: Visit) -> None:
    page = visit(PLAIN)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    page.goto(page.url.replace(PLAIN, SOP))
    box(page, "listen").check()
    case(page, "重大投訴").click()
    expect(count(page)).to_have_text("勾了 1 步，共 30 步")
    expect(page.get_by_role("alert")).to_contain_text("這支手機存不了")


def test_spoilt_memory_is_no_memory(visit: Visit) -> None:
    page = visit(SOP)
    box(page, "listen").check()
    keys = page.evaluate("Object.keys(localStorage).filter((key) => key.includes('ticks:complaints'))")
    assert len(keys) == 1
    page.goto(page.url.partition("#")[0] + "#%E0%A4%A")
    for spoilt in ("1", '"x"', "[]", "{", '{"at":7}', '{"at":1e99,"entries":{"listen":{}}}'):
        page.evaluate("([key, value]) => localStorage.setItem(key, value)", [keys[0], spoilt])
        page.reload()
        expect(count(page)).to_have_text("勾了 0 步，共 34 步")
    expect(page.get_by_role("button", name="列印")).to_be_visible()


# ── the case at hand ────────────────────────────────────────────────────────────────────────────


def test_only_the_steps_of_the_case_at_hand_are_shown(visit: Visit) -> None:
    page = visit(SOP)
    case(page, "重大投訴").click()
    expect(case(page, "重大投訴")).to_have_attribute("aria-pressed", "true")
    shown = page.locator("#grade .case").filter(visible=True)
    expect(shown).to_have_count(1)
    expect(shown).to_have_id("major")
    expect(page.locator("#responsibility .case").filter(visible=True)).to_have_count(4)
    page.reload()
    expect(shown).to_have_count(1)
    page.locator(".pick").first.get_by_role("button", name="全部").click()
    expect(shown).to_have_count(4)


def test_what_is_not_shown_is_said_at_the_top_and_one_tap_away(visit: Visit) -> None:
    page = visit(SOP)
    top = page.locator(".banner.partly")
    expect(top).to_be_hidden()
    page.evaluate("() => { document.documentElement.style.overflowAnchor = 'none'; }")  # not every browser has it
    button = case(page, "重大投訴")
    button.scroll_into_view_if_needed()
    place = "one => one.getBoundingClientRect().top"
    before = button.evaluate(place)
    button.click()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert abs(button.evaluate(place) - before) < 1, "what one taps stays where it is"
    words = "只列出「重大投訴」，另外 3 種情況沒有列出。"
    expect(top).to_contain_text(words)
    expect(page.locator("#grade p.partly")).to_have_text(words)
    expect(page.locator("#responsibility p.partly")).to_be_hidden()
    top.get_by_role("button", name="全部顯示").click()
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)
    expect(top).to_be_hidden()
    page.reload()
    expect(top).to_be_visible()


def test_the_browsers_search_finds_what_is_not_shown(visit: Visit) -> None:
    page = visit(SOP)
    case(page, "輕微投訴").click()
    assert page.locator("#major").get_attribute("hidden") == "until-found"
    page.locator("#major").dispatch_event("beforematch", {"bubbles": True})  # as a browser says what it has found
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)


def test_calculator_and_steps_share_one_choice(visit: Visit) -> None:
    page = visit(SOP)
    page.locator("due-times summary").click()
    grade = page.locator("due-times select").first
    expect(page.locator("due-times li")).to_have_count(7)
    case(page, "輕微投訴").click()
    expect(grade).to_have_value("minor")
    expect(page.locator("due-times li")).to_have_count(2)
    grade.select_option(label="無效投訴")
    expect(case(page, "無效投訴")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="重新開始").click()
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)


def test_a_clause_that_one_is_led_to_is_never_hidden(visit: Visit) -> None:
    page = visit(SOP)
    case(page, "輕微投訴").click()
    expect(page.locator("#major")).to_be_hidden()
    page.locator(".dues a", has_text="10 天內").click()
    expect(page.locator("#major-resolve")).to_be_in_viewport()
    page.goto("about:blank")
    page.goto(f"{visit(SOP).url}#major-reply")
    expect(page.locator("#major-reply")).to_be_in_viewport()
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)
    case(page, "輕微投訴").click()
    expect(page.locator("#major")).to_be_hidden()


# ── paper, fingers, keys ────────────────────────────────────────────────────────────────────────


def test_paper_shows_what_was_ticked(visit: Visit) -> None:
    page = visit(SOP)
    page.locator("run-bar button").wait_for()
    assert "✓" not in Paper(page.pdf(format="A4")).text()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.reload()
    for clause in ("listen", "call-supervisor", "major-reply"):
        box(page, clause).check()
    case(page, "重大投訴").click()
    printed = Paper(page.pdf(format="A4")).text()
    assert printed.count("✓") == 3
    assert "給住戶明確的答覆" in printed
    assert "偶發的小事" not in printed
    for button in ("新的一件", "做完了", "只看", "勾了"):
        assert button not in printed
    page.get_by_role("button", name="新的一件").click()
    page.get_by_role("button", name="列印").click()
    assert page.evaluate("window.printed")


def test_a_choice_of_another_day_leaves_nothing_out_on_paper(visit: Visit) -> None:
    page = at(visit, "2026-12-01T10:00:00")
    page.locator("run-bar button").wait_for()  # with which the styles for paper come
    page.locator("due-times summary").click()
    page.locator("due-times select").first.select_option(label="重大投訴")
    assert "只列出「重大投訴」，另外3種情況沒有列出。" in Paper(page.pdf(format="A4")).text()
    stop_clock(page, "2027-01-20T10:00:00")
    page.reload()
    page.locator("run-bar button").wait_for()
    expect(page.locator(".banner.partly")).to_contain_text("只列出「重大投訴」（12 月 1 日選的），另外 3 種")
    expect(page.locator("#minor")).to_be_hidden()
    printed = Paper(page.pdf(format="A4")).text()
    assert "偶發的小事" in printed and "給住戶明確的答覆" in printed
    assert "只列出" not in printed
    case(page, "重大投訴").click()
    assert "偶發的小事" not in Paper(page.pdf(format="A4")).text()


def test_a_link_leaves_nothing_out_on_paper(visit: Visit) -> None:
    page = visit(f"{SOP}#_due&_sop=complaints&grade=major&major-escalate.at=2026-12-01T10:00")
    page.locator("run-bar button").wait_for()
    expect(page.locator(".banner.partly")).to_contain_text("只列出「重大投訴」，另外 3 種")
    assert "偶發的小事" in Paper(page.pdf(format="A4")).text()


def test_the_keyboard_does_it_all(visit: Visit) -> None:
    page = visit(SOP)
    box(page, "listen").focus()
    page.keyboard.press("Space")
    expect(box(page, "listen")).to_be_checked()
    ring = page.locator("#listen > .num").evaluate("one => getComputedStyle(one).outlineStyle")
    assert ring == "solid"
    case(page, "全部").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(case(page, "重大投訴")).to_be_focused()
    expect(page.locator("#minor")).to_be_hidden()


def test_there_are_no_dead_boxes_without_scripts(visit: Visit) -> None:
    page = visit(SOP, java_script_enabled=False)
    assert page.locator("article :is(input, button)").filter(visible=True).count() == 0
    assert page.locator("step-ticks").bounding_box() is None
    expect(page.locator("#grade .case").filter(visible=True)).to_have_count(4)


SIZES = """all => all.map((one) => one.getBoundingClientRect())
    .map((one) => ({ size: Math.min(one.width, one.height), inside: one.left >= 0 && one.right <= innerWidth }))"""
OVERLAPS = """all => {
    const boxes = all.map((one) => one.getBoundingClientRect());
    return boxes.flatMap((one, n) => boxes.slice(n + 1).filter((two) =>
        one.left < two.right && two.left < one.right && one.top < two.bottom - 1 && two.top < one.bottom - 1));
}"""


def test_boxes_are_large_enough_and_apart(visit: Visit) -> None:
    page = visit(SOP)
    box(page, "listen").check()
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 700})
        found = page.locator(".tick, .pick button, step-ticks button").evaluate_all(SIZES)
        assert len(found) > 40
        assert [one for one in found if one["size"] < 43.9 or not one["inside"]] == []
        assert page.locator(".tick").evaluate_all(OVERLAPS) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_a_procedure_under_way_breaks_no_rule(visit: Visit) -> None:
    page = visit(SOP)
    for clause in ("listen", "call-supervisor"):
        box(page, clause).check()
    case(page, "重大投訴").click()
    assert broken(page, "step-ticks", ".pick", ".banner", ".ticked") == []


@pytest.fixture(scope="module")
def instant(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with instantly(site, tmp_path_factory.mktemp("instant")) as home:
        yield home


def test_going_and_coming_back_leaves_nothing_behind(visit: Visit, instant: str) -> None:
    page = visit("procedures/", at=instant)
    page.evaluate("window.same = true")
    for ticks in (True, False, True):
        page.locator(".index a", has_text="投訴接待").click()
        expect(count(page)).to_contain_text("共 34 步")
        assert page.locator(".tick").count() == 34
        assert page.locator(".pick").count() == 2
        expect(box(page, "listen")).to_be_checked(checked=not ticks)
        box(page, "listen").click()
        expect(box(page, "listen")).to_be_checked(checked=ticks)
        page.go_back()
        expect(page.locator("h1")).to_have_text("流程")
    page.go_forward()
    expect(box(page, "listen")).to_be_checked()
    assert page.evaluate("window.same"), "the page was loaded anew: nothing was shown"


def test_an_element_that_goes_takes_everything_with_it(visit: Visit) -> None:
    page = visit(SOP)
    case(page, "重大投訴").click()
    page.evaluate("() => { window.ticks = document.querySelector('step-ticks'); window.place = ticks.parentElement; }")
    page.evaluate("ticks.remove()")
    assert page.locator(".tick, .pick, .ticking").count() == 0
    page.evaluate("place.append(ticks)")
    assert page.locator(".tick").count() == 34
    expect(count(page)).to_have_text("勾了 0 步，共 30 步")
