"""What people come to do: find the clause that counts now, read it, print it, with whatever they have at hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from handbook.model.book import Handbook
from tests.browser.kinds import KINDS
from tests.browser.paper import A4, Paper
from tests.browser.windows import PLAIN
from tests.conftest import SIZES, Visit

pytestmark = pytest.mark.browser


def in_view(page: Page, clause: Locator) -> bool:
    """Whether the head of a clause can be read: on the screen, and not below the bar at its top."""
    box, bar = clause.bounding_box(), page.locator(".md-header").bounding_box()
    assert box and bar and page.viewport_size
    return bar["y"] + bar["height"] <= box["y"] < page.viewport_size["height"] - 40


# ── look something up ───────────────────────────────────────────────────────────────────────────


def test_from_home_to_the_clause_in_two_taps(visit: Visit) -> None:
    page = visit()
    page.locator(".tile", has_text="有人投訴").click()
    expect(page.locator("h1")).to_have_text("投訴接待")
    page.locator(".dues a", has_text="10 天內").click()
    expect(page).to_have_url(re.compile(r"procedures/complaints/#major-resolve$"))
    clause = page.locator("#major-resolve")
    expect(clause).to_contain_text("接到投訴起 10 天內")
    assert in_view(page, clause)


@pytest.mark.parametrize("opener", ["search-open button", ".md-header__button[for=__search]"])
def test_search_opens_at_a_tap_with_the_cursor_in_it(visit: Visit, opener: str) -> None:
    page = visit("", has_touch=True)
    page.locator(opener).tap()
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator(".md-search__input")).to_be_in_viewport()


def test_search_opens_by_keyboard_from_the_home_page(visit: Visit) -> None:
    page = visit()
    button = page.locator("search-open button")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("投訴")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).not_to_be_focused()


def test_a_roles_day_leads_to_its_clauses(visit: Visit, book: Handbook) -> None:
    page = visit("", size="desktop")
    role = book.roles["lobby-reception"]
    page.locator(".tile.role", has_text=book.title(role)).click()
    expect(page.locator("h1")).to_have_text(book.title(role))
    expect(page.locator(".day > li")).to_have_count(len(role.day))
    ref = role.day[0].clauses[0]
    page.locator(".day a").first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(ref.replace('#', '/#'))}$"))
    assert in_view(page, page.locator(f"#{ref.partition('#')[2]}"))


def test_a_linked_clause_stands_clear_of_the_bar(visit: Visit, server: str) -> None:
    """A link to a clause that somebody sent: on every kind of SOP, the clause is what one sees."""
    page = visit(PLAIN)
    for path in ("procedures/complaints/#tell-resident", "standards/conduct/#no-insults", "roles/#maintenance"):
        page.goto(server + path)
        assert in_view(page, page.locator(f"#{path.partition('#')[2]}")), path


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def test_a_table_is_sorted_by_keyboard(visit: Visit) -> None:
    page = visit("deadlines/")
    table = page.locator("sortable-table").first
    amount, act = table.locator("th").nth(0), table.locator("th").nth(1)
    keys = "rows => rows.map((row) => Number(row.cells[0].dataset.sort))"
    shipped = table.locator("tbody tr").evaluate_all(keys)
    amount.locator("button").focus()
    page.keyboard.press("Enter")
    expect(amount).to_have_attribute("aria-sort", "ascending")
    assert table.locator("tbody tr").evaluate_all(keys) == sorted(shipped)
    page.keyboard.press("Space")
    expect(amount).to_have_attribute("aria-sort", "descending")
    assert table.locator("tbody tr").evaluate_all(keys) == sorted(shipped, reverse=True)
    expect(amount.locator("button")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(act).to_have_attribute("aria-sort", "ascending")
    assert amount.get_attribute("aria-sort") is None
    assert len(set(shipped)) > 5, "every row weighs the same: nothing was sorted"


# ── paper ───────────────────────────────────────────────────────────────────────────────────────


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("key", ["complaints", "conduct", "shift-lead"])
def test_an_sop_prints_whole_and_alone(visit: Visit, book: Handbook, key: str) -> None:
    page = visit(f"{book.page(key)}/", scheme="dark")
    paper = Paper(page.pdf(format="A4"))
    assert set(paper.sizes()) == {A4}
    assert len(paper.sizes()) < 9
    printed = paper.text()
    for placed in book.clauses[key].values():
        for words in (placed.clause.do, *placed.clause.say, *placed.clause.never):
            assert squeezed(book.plain(words or "", key)) in printed, placed.clause.id
    for frame in ("跳轉", "首頁", "上一份", "下一份", "回到頁面頂端", "改用淺色"):
        assert frame not in printed, frame


def test_paper_is_black_on_white(visit: Visit) -> None:
    page = visit("procedures/complaints/", scheme="dark")
    page.emulate_media(media="print")
    page.wait_for_function("document.getAnimations().length === 0")  # the screen's colours fade into those of paper
    seen = "all => [...new Set(all.map((one) => getComputedStyle(one)).map((s) => `${s.color} ${s.backgroundColor}`))]"
    words = page.locator("article, article :not(.icon)").evaluate_all(seen)
    assert words == ["rgb(0, 0, 0) rgba(0, 0, 0, 0)"]
    icons = page.locator("article .icon").evaluate_all(seen)
    assert icons == ["rgb(0, 0, 0) rgb(0, 0, 0)"], "an icon is its background seen through a mask"
    ground = page.evaluate("[document.documentElement, document.body].map((e) => getComputedStyle(e).backgroundColor)")
    assert set(ground) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert page.locator(".md-header, .md-sidebar, .md-footer").filter(visible=True).count() == 0


# ── narrow, large, thick-fingered ───────────────────────────────────────────────────────────────

# Whatever reaches over the right edge, unless it stands in something that scrolls by itself, as wide tables may.
SPILLS = """() => {
    const wide = document.scrollingElement.scrollWidth;
    const own = (one) => one.closest(".scroll, sortable-table, pre, .md-typeset__scrollwrap, .highlight");
    const out = [...document.querySelectorAll("article *")]
        .filter((one) => one.checkVisibility() && !own(one) && one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.outerHTML.slice(0, 120));
    return [...(wide > innerWidth ? [`page ${wide} in ${innerWidth}`] : []), ...out];
}"""
MAIN = ".tile, .mnemonic a, .dues a, .index a, .card, .searchbox, .jump a, summary, .md-header [role=button], .md-logo"
# Whatever a finger may want, with its size; a link inside a sentence may be as low as the sentence's letters.
TARGETS = """main => [...document.querySelectorAll("a[href], button, summary, [role=button]")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((one) => !one.closest(".md-skip"))
    .filter((one) => {
        const around = one.closest("p, li, dd, dt, td, h2, h3, small, span") ?? one.parentElement;
        const alone = around.textContent.trim() === one.textContent.trim();
        return !(getComputedStyle(one).display === "inline" && !alone);
    })
    .map((one) => {
        const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
        return { html: one.outerHTML.slice(0, 140), width, height, main: one.matches(main) };
    })"""
# Window sizes: a phone; a desk's window at 200 % and at 400 %; a phone whose owner wants letters of twice the size.
WINDOWS = {"phone": SIZES["phone"], "200 %": (640, 450), "400 %": (320, 256), "large letters": SIZES["phone"]}
LARGE = "html { font-size: 250% !important }"  # the theme's own is 125 %


@pytest.fixture(scope="module")
def measured(browser: Browser, server: str) -> dict[str, dict[str, list]]:
    """What each kind of page measures in each window: measured in one walk, judged by one test each."""
    found: dict[str, dict[str, list]] = {name: {} for name in (*WINDOWS, "targets")}
    page = browser.new_page(locale="zh-TW", service_workers="block")
    for path in KINDS:
        page.goto(server + path)
        for name, (width, height) in WINDOWS.items():
            page.set_viewport_size({"width": width, "height": height})
            if name == "large letters":
                page.add_style_tag(content=LARGE)
            found[name][path] = page.evaluate(SPILLS)
            if name == "phone":
                found["targets"][path] = page.evaluate(TARGETS, MAIN)
    page.close()
    return found


@pytest.mark.parametrize("window", WINDOWS)
def test_nothing_needs_sideways_scrolling(measured: dict[str, dict[str, list]], window: str) -> None:
    assert set(measured[window]) == set(KINDS)
    assert {path: spills[:3] for path, spills in measured[window].items() if spills} == {}


def test_everything_to_touch_is_large_enough(measured: dict[str, dict[str, list]]) -> None:
    """24 px for everything, as WCAG asks; 44 px for what one goes for in a hurry."""
    targets = [(path, one) for path, found in measured["targets"].items() for one in found]
    assert sum(1 for _, one in targets if one["main"]) > 100
    assert [(path, one) for path, one in targets if min(one["width"], one["height"]) < 23.9] == []
    assert [(path, one) for path, one in targets if one["main"] and one["height"] < 43.9] == []


# ── no JavaScript ───────────────────────────────────────────────────────────────────────────────


def test_every_page_is_whole_without_scripts(visit: Visit, book: Handbook) -> None:
    page = visit("", java_script_enabled=False)
    expect(page.locator("search-open")).to_be_hidden()
    page.locator(".tile", has_text="有人投訴").click()
    expect(page.locator("h1")).to_have_text("投訴接待")
    shown = squeezed(page.locator("article").inner_text())
    for placed in book.clauses["complaints"].values():
        assert squeezed(book.plain(placed.clause.do or "", "complaints")) in shown, placed.clause.id
    page.locator(".mnemonic a").nth(2).click()
    expect(page).to_have_url(re.compile("#_stage-3$"))
    page.goto(page.url.partition("procedures/")[0] + "deadlines/")
    facts = [placed for _, placed in book.each() if placed.clause.fact]
    assert page.locator("tbody tr").filter(visible=True).count() == len(facts)
    assert page.locator("th button").count() == 0


def test_the_menu_opens_without_scripts(visit: Visit) -> None:
    page = visit("procedures/complaints/", java_script_enabled=False)
    page.locator(".md-header label[for=__drawer]").click()
    page.locator(".md-nav--primary").get_by_text("期限", exact=True).click()
    expect(page.locator("h1")).to_have_text("期限與限度")


def test_what_does_nothing_without_scripts_is_not_shown(visit: Visit) -> None:
    page = visit("", java_script_enabled=False)
    for switch in ("label[for=__search]", "label[for=__palette_0]", "label[for=__palette_1]"):
        assert page.locator(f".md-header {switch}").filter(visible=True).count() == 0, switch


# ── keyboard ────────────────────────────────────────────────────────────────────────────────────

FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        name: one.getAttribute("aria-label") ?? one.textContent.trim(),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        shown: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth,
        inside: Boolean(one.closest("article")),
    };
}"""
STOPS = {
    "phone": ["跳轉到", "選單", "改用深色", "搜尋", "首頁", "流程"],
    "desktop": ["跳轉到", "前檯服務手冊", "改用深色", "搜尋", "首頁", "流程"],
}


@pytest.mark.parametrize("size", SIZES)
def test_tab_reaches_every_switch_and_shows_where_it_is(visit: Visit, size: str) -> None:
    """In the order of the page, with no stop at anything shut or hidden, on into the content."""
    page = visit("procedures/complaints/", size=size)
    stops = []
    while not stops or not stops[-1]["inside"]:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < 40, [stop["name"] for stop in stops]
    page.keyboard.press("Tab")
    stops.append(page.evaluate(FOCUSED))
    assert [stop["name"] for stop in stops][: len(STOPS[size])] == STOPS[size]
    assert [stop for stop in stops if not stop["shown"]] == []
    assert [stop for stop in stops if not stop["ring"]] == []


def test_enter_works_the_switches(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    header = page.locator(".md-header")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    header.get_by_role("button", name="改用深色").press("Enter")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    header.get_by_role("button", name="改用淺色").press("Space")
    expect(header.get_by_role("button", name="改用深色")).to_be_focused()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    header.get_by_role("button", name="選單").press("Enter")
    expect(page.locator("#__drawer")).to_be_checked()
    page.keyboard.press("Escape")
    page.reload()
    header.get_by_role("button", name="搜尋").press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()


DRAWN = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


def test_the_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit("procedures/complaints/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#_top$"))
    page.evaluate(DRAWN)  # a browser moves to what an address names when it draws next
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize(("scheme", "expected"), [("light", "default"), ("dark", "slate")])
def test_a_first_visit_takes_the_devices_colours(visit: Visit, scheme: str, expected: str) -> None:
    expect(visit("", scheme=scheme).locator("body")).to_have_attribute("data-md-color-scheme", expected)
