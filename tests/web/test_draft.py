"""An exam that was begun, as it is kept: whatever stands in the storage, and whichever of two pages wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.web.device import Device, Page


def call(page: Page, name: str, *given: Any) -> Any:
    return page.call("quiz/draft.js", name, *given)


def result(right: bool = True, at: int = 1000, fingerprint: str = "abc") -> dict[str, Any]:
    return {"fingerprint": fingerprint, "right": right, "sure": True, "at": at}


def test_of_two_answers_the_first_counts_unless_the_words_differ(device: Device) -> None:
    mine = {"a/aa": result(at=2), "a/bb": result(at=2), "a/cc": result(at=2, fingerprint="new")}
    theirs = {"a/aa": result(False, at=1), "a/bb": result(False, at=3), "a/cc": result(False, at=1), "a/dd": result()}
    joined = call(device.open(), "join", mine, theirs)
    assert joined == {**mine, "a/aa": theirs["a/aa"], "a/dd": theirs["a/dd"]}


JUNK = [7, "x", [], {}, {"papers": 7}, {"papers": {}}, {"papers": [[], None, "x"]}, {"queue": ["a/aa"], "done": []}]


@pytest.mark.parametrize("junk", JUNK, ids=json.dumps)
def test_no_draft_breaks_an_exam(device: Device, junk: Any) -> None:
    device.store(**{"quiz-exam-online-agent": json.dumps(junk)})
    page = device.open()
    assert call(page, "load", "online-agent") == []
    paper = {"begun": 1.5, "fingerprint": "abc", "code": "", "stock": "", "until": 0}
    paper |= {"queue": ["a/aa", "a/bb"], "given": {}, "done": {"a/aa": result()}}
    assert call(page, "save", "online-agent", paper) is True
    assert call(page, "load", "online-agent") == [paper]
    call(page, "drop", "online-agent", 1.5)
    assert call(page, "load", "online-agent") == []
