"""What is kept of a quiz, in a browser's own storage: all that needs none is in tests/web/test_record.py."""

from __future__ import annotations

import json
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Module, anew
from tests.conftest import Visit

pytestmark = pytest.mark.browser

KEY = "handbook:/:quiz"
BLOCKED = (
    "void Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
)
ABSENT = "void Object.defineProperty(window, 'localStorage', { value: null })"
EMPTY = {"version": 1, "results": {}, "exams": {}, "saved": 0}


def result(right: bool = True, sure: bool = False, at: int = 1000, fingerprint: str = "abc") -> dict[str, Any]:
    return {"fingerprint": fingerprint, "right": right, "sure": sure, "at": at}


EXAM = {"fingerprint": "abc", "right": 9, "asked": 10, "passed": True, "at": 1000}


class Record(Module):
    """The module as a page has it that was opened just now: it remembers nothing but what is stored."""

    def __init__(self, page: Page) -> None:
        folder = f"{anew(page)}/quiz"
        super().__init__(page, f"{folder}/record.js")
        self.file = Module(page, f"{folder}/file.js")

    def load(self) -> Any:
        return self.call("load")

    def put(self, one: str, what: dict[str, Any]) -> None:
        self.call("put", one, what)

    def take(self, file: dict[str, Any]) -> Any:
        return self.file.call("importText", json.dumps(file))


def stored(page: Page, key: str = KEY) -> str | None:
    text: str | None = page.evaluate("(key) => localStorage.getItem(key)", key)
    return text


def store(page: Page, text: str, key: str = KEY) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def keys(page: Page) -> list[str]:
    return sorted(page.evaluate("Object.keys(localStorage)"))


@pytest.fixture
def record(blank: Page) -> Record:
    return Record(blank)


def test_a_name_of_the_language_itself_is_an_entry_like_any_other(record: Record) -> None:
    blank = record.page
    text = '{"version": 1, "results": {"__proto__": {"right": true}, "aa/bb": %s}, "exams": {"__proto__": 1}}'
    store(blank, text % json.dumps({**result(), "__proto__": {"sure": True}}))
    assert record.load() == {**EMPTY, "results": {"aa/bb": result()}}
    assert blank.evaluate("({}).right === undefined && ({}).sure === undefined")


def test_an_answer_is_kept(record: Record) -> None:
    assert record.call("kept") is True
    record.put("aa/bb", result())
    record.call("putExam", "service-desk", EXAM)
    assert Record(record.page).load() == {**EMPTY, "results": {"aa/bb": result()}, "exams": {"service-desk": EXAM}}
    assert record.call("kept") is True
    assert keys(record.page) == [KEY]


def test_a_storage_that_is_full_in_truth(record: Record) -> None:
    page = record.page
    record.put("aa/bb", result())
    page.evaluate("""() => {
        for (let size = 4_000_000; size >= 1; size = Math.floor(size / 2)) {
            try { while (true) localStorage.setItem(`x${Math.random()}`, "x".repeat(size)); } catch {}
        }
    }""")
    record.put("aa/cc", result())
    assert record.call("kept") is False
    assert set(record.load()["results"]) == {"aa/bb", "aa/cc"}
    assert set(Record(page).load()["results"]) == {"aa/bb"}


@pytest.mark.parametrize("fault", [BLOCKED, ABSENT])
def test_without_a_storage_a_quiz_goes_on(record: Record, fault: str) -> None:
    record.page.evaluate(fault)
    assert record.load() == EMPTY
    assert record.call("kept") is False
    record.put("aa/bb", result())
    record.put("aa/cc", result())
    record.call("putExam", "service-desk", EXAM)
    assert set(record.load()["results"]) == {"aa/bb", "aa/cc"}
    assert record.file.call("unsaved") == 3
    file = json.loads(record.file.call("exportFile", "手冊")["text"])
    assert set(file["results"]) == {"aa/bb", "aa/cc"}
    assert record.file.call("unsaved") == 0
    record.call("forget")
    assert record.load() == EMPTY
    assert record.take(file) == {"added": 3, "newer": 0, "refused": 0}


def agree(*tabs: Record) -> None:
    """Waits until all tabs see the same: a browser tells one tab of another's writing a moment later."""
    ends = monotonic() + 10
    while len({stored(tab.page) for tab in tabs}) > 1:
        assert monotonic() < ends, "the tabs never agree"


def test_two_tabs_lose_nothing_of_each_other(visit: Visit, scripts: str) -> None:
    one, two = (Record(visit(at=scripts)) for _ in range(2))
    one.put("aa/bb", result())
    agree(one, two)
    two.put("aa/cc", result())
    agree(one, two)
    one.put("aa/dd", result())
    agree(one, two)
    two.call("putExam", "service-desk", EXAM)
    agree(one, two)
    for tab in (one, two):
        assert set(tab.load()["results"]) == {"aa/bb", "aa/cc", "aa/dd"}
        assert set(tab.load()["exams"]) == {"service-desk"}


def test_the_phone_is_asked_once_to_keep_it(record: Record) -> None:
    page = record.page
    page.evaluate(
        "void (window.asked = 0); void (navigator.storage.persist = async () => { asked++; throw new Error('no') })"
    )
    for one in ("aa/bb", "aa/cc", "aa/bb"):
        record.put(one, result())
    assert page.evaluate("asked") == 1


def test_a_phone_that_knows_no_such_thing_is_left_alone(record: Record) -> None:
    record.page.evaluate("Object.defineProperty(navigator, 'storage', { value: undefined })")
    record.put("aa/bb", result())
    assert set(record.load()["results"]) == {"aa/bb"}
