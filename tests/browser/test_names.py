"""What was kept, saved or sent under ids of before is read under those of now, and nothing of it is lost on the way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Module

pytestmark = pytest.mark.browser

NAMES = {
    "fees": "payments",
    "clerk": "seller",
    "fees#send": "payments#letter",
    "payments#send": "payments#letter",
    "fees#home": "payments#home",
    "fees/late": "payments/late",
    "fees/number--send": "payments/number--letter",
    "payments/number--send": "payments/number--letter",
}
AT = 1_790_000_000_000


class Kept(Module):
    """The storage of a page that tells names, and what is in it letter by letter."""

    def __init__(self, page: Page, names: dict[str, str]) -> None:
        super().__init__(page, "/assets/storage.js")
        told = " ".join(f"{old}={now}" for old, now in names.items())
        page.evaluate("(told) => { document.body.innerHTML = `<div data-formerly='${told}'></div>` }", told)

    def store(self, name: str, value: Any) -> None:
        text = value if isinstance(value, str) else json.dumps(value)
        self.page.evaluate("([name, text]) => localStorage.setItem(`handbook:/:${name}`, text)", [name, text])

    def stored(self) -> list[str]:
        return sorted(self.page.evaluate("Object.keys(localStorage).map((name) => name.replace('handbook:/:', ''))"))


@pytest.fixture
def kept(blank: Page) -> Kept:
    return Kept(blank, NAMES)


def result(at: int = AT, right: bool = True) -> dict[str, Any]:
    return {"fingerprint": "abc", "right": right, "sure": True, "at": at}


def test_results_are_read_under_the_ids_of_now(kept: Kept) -> None:
    old = {"fees/late": result(), "fees/number--send": result(), "visitors/greet": result()}
    kept.store("quiz", {"version": 1, "results": old, "exams": {"clerk": {"at": AT}, "porter": {"at": AT}}, "saved": 0})
    found = kept.call("read", "quiz")
    assert set(found["results"]) == {"payments/late", "payments/number--letter", "visitors/greet"}
    assert set(found["exams"]) == {"seller", "porter"}
    assert found["version"] == 1


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_results_of_one_question_the_newer_counts(kept: Kept, order: int) -> None:
    """Whichever stands first: an offline copy may have gone on under the old id."""
    both = [("fees/late", result(AT, right=False)), ("payments/late", result(AT + 1))]
    kept.store("quiz", {"version": 1, "results": dict(both[::order]), "exams": {}, "saved": 0})
    assert kept.call("read", "quiz")["results"] == {"payments/late": result(AT + 1)}


def test_the_record_takes_in_what_was_stored_or_saved_before(kept: Kept) -> None:
    before = {"version": 1, "results": {"fees/late": result()}, "exams": {}, "saved": 0}
    kept.store("quiz", before)
    record = Module(kept.page, "/assets/quiz/record.js")
    assert record.call("load")["results"] == {"payments/late": result()}
    record.call("put", "payments/other", result())
    kept.page.evaluate("document.body.innerHTML = ''")
    assert set(kept.call("read", "quiz")["results"]) == {"payments/late", "payments/other"}, "written as it is now"


@pytest.mark.parametrize("entry", ["0a1b2c", ["0a1b2c", AT]])
def test_ticks_follow_the_sop_and_the_clause(kept: Kept, entry: object) -> None:
    kept.store("ticks:fees", {"at": AT, "entries": {"send": entry, "home": entry}})
    assert kept.call("read", "ticks:payments") == {"at": AT, "entries": {"letter": entry, "home": entry}}


def test_picks_and_clocks_follow_with_the_case_that_was_picked(kept: Kept) -> None:
    kept.store(
        "said:payments", {"at": AT, "entries": {"send": "send", "send.at": "2026-12-15T08:00", "go": ["send", AT]}}
    )
    assert kept.call("read", "said:payments")["entries"] == {
        "letter": "letter",
        "letter.at": "2026-12-15T08:00",
        "go": ["letter", AT],
    }
    kept.store("due", {"at": AT, "entries": {"sop": "fees"}})
    assert kept.call("read", "due")["entries"] == {"sop": "payments"}


def test_what_stands_under_both_names_is_one_until_it_is_written(kept: Kept) -> None:
    kept.store("ticks:fees", {"entries": {"send": ["old", AT], "home": ["here", AT]}})
    kept.store("ticks:payments", {"entries": {"letter": ["new", AT + 1]}})
    both = {"entries": {"letter": ["new", AT + 1], "home": ["here", AT]}}
    assert kept.call("read", "ticks:payments") == both
    assert kept.stored() == ["ticks:fees", "ticks:payments"], "nothing is lost by looking"
    assert kept.call("write", "ticks:payments", None)
    assert kept.call("read", "ticks:payments") is None, "what was cleared does not come back under its old name"
    assert kept.stored() == []


def test_an_exam_that_was_begun_goes_on(kept: Kept) -> None:
    paper = {"queue": ["fees/late", "visitors/greet"], "done": {"fees/late": {"right": True}}}
    now = {"queue": ["payments/late", "visitors/greet"], "done": {"payments/late": {"right": True}}}
    paper["given"], now["given"] = {"fees/late": {"letters": "B"}}, {"payments/late": {"letters": "B"}}
    kept.store("quiz-exam-clerk", paper)
    assert kept.call("read", "quiz-exam-seller") == now
    kept.store("quiz-exam-clerk", {"papers": [{"begun": 1.5, **paper}]})
    assert kept.call("read", "quiz-exam-seller") == {"papers": [{"begun": 1.5, **now}]}


def test_what_a_link_says_follows(kept: Kept) -> None:
    kept.page.evaluate("location.hash = '#_due&_sop=fees&send=send&send.at=2026-12-15T08:00&x=fees'")
    memory = Module(kept.page, "/assets/memory.js")
    assert kept.page.evaluate("import('/assets/memory.js').then(({ linked }) => [...linked()])") == [
        ["_sop", "payments"],
        ["letter", "letter"],
        ["letter.at", "2026-12-15T08:00"],
        ["x", "fees"],
    ]
    assert memory.call("running", "payments")


SPOILT = ["{", "null", "[]", "7", '"fees"', '{"results": [], "exams": "fees"}', '{"results": {"fees/late": null}}']


@pytest.mark.parametrize("text", SPOILT)
def test_what_is_spoilt_stays_what_it_is(kept: Kept, text: str) -> None:
    kept.store("quiz", text)
    told = kept.call("text", "quiz")
    assert told == text or json.loads(told) == json.loads(text.replace("fees/late", "payments/late"))


def test_a_name_that_means_something_to_a_script_is_a_name(kept: Kept) -> None:
    text = '{"results":{"__proto__":{"at":1},"constructor":{"at":1}},"exams":{}}'
    kept.store("quiz", text)
    assert json.loads(kept.call("text", "quiz")) == json.loads(text)


def test_where_nothing_was_renamed_every_letter_stays(blank: Page) -> None:
    kept = Kept(blank, {})
    blank.evaluate("document.body.innerHTML = ''")
    kept.store("quiz", '{ "results" : {} }')
    assert kept.call("text", "quiz") == '{ "results" : {} }'
