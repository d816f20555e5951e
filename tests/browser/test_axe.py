"""Accessibility by rule: no violation on any kind of page, in light and dark, on a phone and on a desk."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import KINDS, LOOKS, SIZES
from tests.conftest import Visit

pytestmark = pytest.mark.browser
Options = dict[str, Any]
PAGE = ["html"]
FRAME = [".md-header", ".md-sidebar", ".md-footer"]  # what a wide window shows otherwise; text has the colours it had
ALL: Options = {"resultTypes": ["violations"], "preload": False}
COLOURS: Options = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}  # what dark may break where light holds
FORM: Options = {**ALL, "rules": {"color-contrast": {"enabled": False}}}  # measuring contrast takes most of the time
CHECKS = {
    ("phone", "light"): [(ALL, PAGE)],
    ("phone", "dark"): [(COLOURS, PAGE)],
    ("desktop", "light"): [(FORM, PAGE), (COLOURS, FRAME)],
    ("desktop", "dark"): [(COLOURS, FRAME)],
}


def start(page: Page, checks: list[tuple[Options, list[str]]]) -> None:
    """Let axe begin its work on a page, and do not wait: two windows keep two processors busy."""
    page.evaluate(
        """(checks) => {
            window.found = (async () => {
                const found = [];
                await new Promise((go) => setTimeout(go));
                for (const [rules, inside] of checks) {
                    found.push(...(await axe.run(inside.map((one) => [one]), rules)).violations);
                }
                return found;
            })();
        }""",
        checks,
    )


def violations(page: Page) -> list[str]:
    """What axe found on a page: rule, element and reason, one a line."""
    found = page.evaluate("window.found")
    return [f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def load(page: Page) -> None:
    """Bring axe in, and let nothing move any more: half-faded text has half the contrast."""
    page.evaluate(Axe().axe_script)
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; animation: none !important }")


def darken(page: Page) -> None:
    """Put on the dark colours as the colour switch does, which tests/browser/test_journeys.py presses."""
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")


def test_no_page_breaks_a_rule(visit: Visit) -> None:
    found = {}
    windows = {size: visit("", size=size) for size in SIZES}
    home = windows["phone"].url
    for path in KINDS:
        for size, page in windows.items():
            page.goto(home + path)
            load(page)
            start(page, CHECKS[size, "light"])
        found |= {(path, size, "light"): violations(page) for size, page in windows.items()}
        for size, page in windows.items():
            darken(page)
            start(page, CHECKS[size, "dark"])
        found |= {(path, size, "dark"): violations(page) for size, page in windows.items()}
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
    start(page, CHECKS["phone", "light"])
    assert violations(page) == []
    if size == "phone":
        page.keyboard.press("Escape")
        page.locator(".md-header label[for=__drawer]").click()
        page.locator(".md-nav--primary .md-nav__link").first.wait_for()
        start(page, CHECKS["phone", "light"])
        assert violations(page) == []


def test_a_folded_list_breaks_no_rule_when_it_opens(visit: Visit) -> None:
    page = visit("roles/")
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.locator("details[open]").count() > 3
    load(page)
    start(page, CHECKS["phone", "light"])
    assert violations(page) == []
