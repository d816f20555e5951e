"""A page that leads on: with scripts at once and with what the address carries, without them too, and nowhere else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import load, violations
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

SHORT, LONG = "s/complaints/", "procedures/complaints/"


@pytest.mark.parametrize("carried", ["", "?v=1.0.0-330550", "?v=9.9.9#record", "#record"])
def test_what_an_address_carries_goes_on(visit: Visit, bare_server: str, carried: str) -> None:
    visit(SHORT + carried).wait_for_url(f"{bare_server}{LONG}{carried}")


def test_the_way_back_leads_past_it(visit: Visit, bare_server: str) -> None:
    page = visit("glossary/")
    page.goto(f"{bare_server}{SHORT}")
    page.wait_for_url(f"{bare_server}{LONG}")
    page.go_back()
    page.wait_for_url(f"{bare_server}glossary/")


def test_it_leads_on_without_scripts(visit: Visit, bare_server: str) -> None:
    visit(f"{SHORT}?v=1.0.0-330550", java_script_enabled=False).wait_for_url(f"{bare_server}{LONG}")


@pytest.mark.parametrize(
    "carried",
    ["?//elsewhere.test", "?to=https://elsewhere.test/", "?<script>alert(1)</script>", "#//elsewhere.test", "#</h1>"],
)
def test_no_address_leads_anywhere_else(visit: Visit, bare_server: str, carried: str) -> None:
    page = visit(SHORT + carried)
    page.wait_for_url(re.compile(re.escape(bare_server + LONG)))
    expect(page.locator("h1")).to_have_text("投訴接待")


def test_where_its_script_is_lost_the_link_works_and_nothing_breaks_a_rule(visit: Visit, bare_server: str) -> None:
    page = visit("glossary/")
    page.route("**/onward.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{bare_server}{SHORT}")
    load(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="投訴接待").click()
    page.wait_for_url(f"{bare_server}{LONG}")
