"""What is ticked and said lasts its own day, each by its own time, whichever page keeps it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.windows import stop_clock

pytestmark = pytest.mark.browser

KEY = "handbook:/:ticks:complaints"
CALL = """async ([name, ...values]) => {
    const found = (await import("/assets/memory.js"))[name](...values);
    return found instanceof Map ? Object.fromEntries(found) : found;
}"""
AT_TEN, AT_THREE, HALF_PAST_THREE, NEXT_EVENING = (
    "2026-12-01T22:00:00",
    "2026-12-02T03:00:00",
    "2026-12-02T03:30:00",
    "2026-12-02T20:00:00",
)
FOUR = {"listen": "a", "record": "b", "thank": "c", "grade": "d"}


def call(page: Page, name: str, *values: Any) -> Any:
    return page.evaluate(CALL, [name, *values])


def ticked(page: Page) -> Any:
    return call(page, "recall", "ticks:complaints")


def tick(page: Page, **news: str | None) -> None:
    call(page, "change", "ticks:complaints", news)


def test_each_tick_lasts_its_own_day_and_six_hours_of_the_night(blank: Page) -> None:
    stop_clock(blank, AT_TEN)
    tick(blank, **FOUR)
    stop_clock(blank, AT_THREE)
    tick(blank, reply="e")
    stop_clock(blank, HALF_PAST_THREE)
    assert ticked(blank) == FOUR | {"reply": "e"}
    stop_clock(blank, "2026-12-02T04:00:00")
    assert ticked(blank) == {"reply": "e"}
    stop_clock(blank, NEXT_EVENING)
    assert ticked(blank) == {"reply": "e"}
    stop_clock(blank, "2026-12-03T00:00:00")
    assert ticked(blank) == {}


def test_what_was_kept_before_each_had_its_own_time_is_read_on(blank: Page) -> None:
    stop_clock(blank, AT_TEN)
    old = """([key, entries]) => localStorage.setItem(key, JSON.stringify({ at: Date.now(), entries }))"""
    blank.evaluate(old, [KEY, FOUR])
    blank.evaluate(old, [KEY.replace("ticks", "said"), {"grade": "major", "major-escalate.at": "2026-12-01T21:00"}])
    stop_clock(blank, AT_THREE)
    assert ticked(blank) == FOUR
    tick(blank, reply="e", record=None)
    assert ticked(blank) == {"listen": "a", "thank": "c", "grade": "d", "reply": "e"}
    stop_clock(blank, NEXT_EVENING)
    assert ticked(blank) == {"reply": "e"}
    stop_clock(blank, "2027-01-20T09:00:00")
    assert call(blank, "said", "complaints") == {"grade": "major", "major-escalate.at": "2026-12-01T21:00"}


def test_what_two_pages_keep_is_merged(blank: Page) -> None:
    other = blank.context.new_page()
    other.goto(blank.url)
    tick(blank, listen="a", record="b")
    tick(other, reply="e", record=None)
    tick(blank, thank="c")
    assert ticked(other) == ticked(blank) == {"listen": "a", "reply": "e", "thank": "c"}
    call(blank, "say", "complaints", {"grade": "major"})
    call(other, "say", "complaints", {"responsibility": "ours"})
    assert call(blank, "said", "complaints") == {"grade": "major", "responsibility": "ours"}


def test_what_storage_refuses_overwrites_nothing_once_it_takes_it(blank: Page) -> None:
    other = blank.context.new_page()
    other.goto(blank.url)
    tick(blank, listen="a", record="b")
    blank.evaluate("""() => {
        window.set = Storage.prototype.setItem;
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""")
    tick(blank, thank="c", record=None)
    tick(other, reply="e")
    assert ticked(blank) == {"listen": "a", "thank": "c", "reply": "e"}
    blank.evaluate("() => { Storage.prototype.setItem = window.set; }")
    tick(blank, close="f")
    assert ticked(other) == ticked(blank) == {"listen": "a", "thank": "c", "reply": "e", "close": "f"}
