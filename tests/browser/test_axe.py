"""Accessibility by rule: no violation on any kind of page, in light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import KINDS, LOOKS
from tests.conftest import Visit

pytestmark = pytest.mark.browser
Options = dict[str, Any]
FRAME = '[[".md-header"], [".md-sidebar"], [".md-footer"]]'  # what a wide window shows otherwise
ALL: Options = {"resultTypes": ["violations"], "preload": False}
COLOURS: Options = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
FORM: Options = {**ALL, "rules": {"color-contrast": {"enabled": False}}}
FRAMES = ("", "procedures/complaints/", "authors/fields/")  # one page of each sort of frame: none has another

# Of what is built alike and stands beside each other (rows, clauses, questions), two are enough.
THIN = """() => {
    const shape = (one) => one.shape ??= [one.localName, one.className, ...one.getAttributeNames(),
        ...[...one.childNodes].map((inner) => inner.localName ? `(${shape(inner)})` : inner.data?.trim() && "."),
    ].join(" ");
    for (const around of document.querySelectorAll("ul, ol, tbody, article, article div, section")) {
        const seen = {};
        for (const one of around.querySelectorAll(":scope > :is(li, tr, section, details, article)")) {
            seen[shape(one)] = (seen[shape(one)] ?? 0) + 1;
            if (seen[shape(one)] > 2) one.remove();
        }
    }
}"""
# To measure contrast takes most of the time. Text has the colours of its elements' classes: of each, one is enough.
FRESH = """(seen) => {
    const known = new Set(seen);
    window.fresh = [...document.body.querySelectorAll("*")].filter((one) => {
        if (![...one.childNodes].some((inner) => inner.nodeType === 3 && inner.data.trim())) return false;
        const chain = [];
        for (let up = one; up; up = up.parentElement) chain.push(up.localName, up.className, ...up.getAttributeNames());
        const name = chain.join(" ");
        return !known.has(name) && known.add(name);
    });
    return [...known];
}"""


def violations(page: Page, rules: Options = ALL, inside: str = "document") -> list[str]:
    """What axe finds on a page: rule, element and reason, one a line."""
    found = page.evaluate(f"async (rules) => (await axe.run({inside}, rules)).violations", rules)
    return [f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def load(page: Page) -> None:
    """Bring axe in, and let nothing move any more: half-faded text has half the contrast."""
    page.evaluate(Axe().axe_script)
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important }")


def darken(page: Page) -> None:
    """Put on the dark colours as the colour switch does, which tests/browser/test_journeys.py presses."""
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")


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
        found[path] = violations(page, FORM)
        seen = page.evaluate(FRESH, seen)
        if page.evaluate("fresh.length"):
            found[path] += violations(page, COLOURS, "fresh")
            darken(page)
            found[path] += violations(page, COLOURS, "fresh")
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


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_dialog_breaks_a_rule(visit: Visit, size: str, scheme: str) -> None:
    """The search box with results in it; on a phone, the drawer too."""
    page = visit("", size=size, scheme=scheme)
    load(page)
    page.locator("search-open button").click()
    page.locator(".md-search__input").fill("投訴")
    page.locator(".md-search-result__item").first.wait_for()
    assert violations(page) == []
    if size == "phone":
        page.keyboard.press("Escape")
        page.locator(".md-header label[for=__drawer]").click()
        page.locator(".md-nav--primary .md-nav__link").first.wait_for()
        assert violations(page) == []


def test_a_folded_list_breaks_no_rule_when_it_opens(visit: Visit) -> None:
    page = visit("roles/")
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.locator("details[open]").count() > 3
    load(page)
    assert violations(page) == []
