"""Accessibility by rule: no violation on any kind of page, in light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import KINDS, LOOKS, SIZES
from tests.conftest import Visit

pytestmark = pytest.mark.browser
ALL: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}  # what dark may break where light holds


def start(page: Page, rules: dict[str, Any] = ALL) -> None:
    """Let axe begin its work on a page, and do not wait: two windows keep two processors busy."""
    page.evaluate(
        "rules => { window.found = new Promise((go) => setTimeout(go)).then(() => axe.run(rules)); }",
        rules,
    )


def violations(page: Page) -> list[str]:
    """What axe found on a page: rule, element and reason, one a line."""
    found = page.evaluate("window.found.then((results) => results.violations)")
    return [f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def load(page: Page) -> None:
    page.evaluate(Axe().axe_script)


def settle(page: Page) -> None:
    """Wait until nothing moves any more: half-faded text has half the contrast."""
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")


def darken(page: Page) -> None:
    """Put on the dark colours as the colour switch does, which tests/browser/test_journeys.py presses."""
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    settle(page)


def test_no_page_breaks_a_rule(visit: Visit) -> None:
    found = {}
    for path in KINDS:
        windows = {size: visit(path, size=size) for size in SIZES}
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            for page in windows.values():
                if scheme == "light":
                    load(page)
                else:
                    darken(page)
                start(page, rules)
            found |= {(path, size, scheme): violations(page) for size, page in windows.items()}
        for page in windows.values():
            page.close()
    assert len(found) == len(KINDS) * len(LOOKS)
    assert {look: wrong for look, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_no_dialog_breaks_a_rule(visit: Visit, size: str, scheme: str) -> None:
    """The search box with results in it; on a phone, the drawer too."""
    page = visit("", size=size, scheme=scheme)
    load(page)
    page.locator("search-open button").click()
    page.locator(".md-search__input").fill("投訴")
    page.locator(".md-search-result__item").first.wait_for()
    settle(page)
    start(page)
    assert violations(page) == []
    if size == "phone":
        page.keyboard.press("Escape")
        page.locator(".md-header label[for=__drawer]").click()
        page.locator(".md-nav--primary .md-nav__link").first.wait_for()
        settle(page)
        start(page)
        assert violations(page) == []


def test_a_folded_list_breaks_no_rule_when_it_opens(visit: Visit) -> None:
    page = visit("roles/")
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.locator("details[open]").count() > 3
    load(page)
    start(page)
    assert violations(page) == []
