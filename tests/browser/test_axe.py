"""Accessibility by rule: no violation on any kind of page, in light and dark, on a phone and on a desk."""

from __future__ import annotations

import pytest

from tests.browser.axe import COLOURS, FORM, THIN, broken, darken, load, violations
from tests.browser.kinds import FRAMES, KINDS, SIZES
from tests.conftest import Visit

pytestmark = pytest.mark.browser
FRAME = [[".md-header"], [".md-sidebar"], [".md-footer"]]  # what a wide window shows otherwise

# To measure contrast takes most of the time. Text has the colours of its elements' classes: of each, one is enough.
FRESH = """(seen) => {
    const known = new Set(seen);
    const fresh = [...document.body.querySelectorAll("*")].filter((one) => {
        if (![...one.childNodes].some((inner) => inner.nodeType === 3 && inner.data.trim())) return false;
        const chain = [];
        for (let up = one; up; up = up.parentElement) chain.push(up.localName, up.className, ...up.getAttributeNames());
        const name = chain.join(" ");
        return !known.has(name) && known.add(name);
    });
    for (const one of fresh) one.dataset.fresh = "";
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-fresh]" }] });
    return [...known];
}"""


def test_no_page_breaks_a_rule(visit: Visit, server: str, bare_server: str) -> None:
    """Without the frame, which is looked at below; but what is written by hand is shown by the theme's scripts."""
    found, seen = {}, []
    pages = {home: visit(at=home) for home in (server, bare_server)}
    for path in KINDS:
        home = server if path.startswith("authors/") else bare_server
        page = pages[home]
        page.goto(home + path)
        load(page)
        page.evaluate(THIN)
        known, seen = seen, page.evaluate(FRESH, seen)
        found[path] = violations(page)
        if len(seen) > len(known):
            darken(page)
            found[path] += violations(page, COLOURS, "[data-fresh]")
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(seen) > 200


@pytest.mark.parametrize("path", FRAMES)
def test_no_wide_frame_breaks_a_rule(visit: Visit, path: str) -> None:
    page = visit(path, size="desktop")
    load(page)
    page.evaluate(THIN)
    found = violations(page, FORM) + violations(page, COLOURS, FRAME)
    darken(page)
    assert found + violations(page, COLOURS, FRAME) == []


@pytest.mark.parametrize("size", SIZES)
def test_no_dialog_breaks_a_rule(visit: Visit, size: str) -> None:
    """The search box with results in it; on a phone, the drawer too."""
    page = visit("", size=size)
    page.locator("search-open button").click()
    page.locator(".md-search__input").fill("投訴")
    page.locator(".md-search-result__item").first.wait_for()
    assert broken(page) == []
    if size == "phone":
        page.keyboard.press("Escape")
        page.locator(".md-header label[for=__drawer]").click()
        page.locator(".md-nav--primary .md-nav__link").first.wait_for()
        assert broken(page) == []


def test_a_folded_list_breaks_no_rule_when_it_opens(visit: Visit) -> None:
    page = visit("roles/")
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.locator("details[open]").count() > 3
    load(page)
    assert violations(page) == []
