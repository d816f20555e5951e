"""「交給主管」: what somebody has read and passed, as a code on the screen, a link or a file; and nothing unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import broken
from tests.conftest import Visit
from tests.phone import Picture
from tests.web.hand_over import Phones

pytestmark = [pytest.mark.browser, pytest.mark.bare]

AT = 1_797_280_000_000  # 14 December 2026
NO_KEY = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') })"
NO_BASE = "Object.defineProperty(globalThis, 'indexedDB', { value: undefined })"


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    with Phones() as made:
        yield made


def person(name: str = "王小明", ident: str = "") -> dict[str, str]:
    return {"id": ident, "name": name, "role": "service-desk", "first": "2026-12-01"}


def keep(page: Page, people: list[dict[str, str]], signed: int = 1, turn: str | None = None) -> None:
    """A phone whose owner has signed so many SOPs, and answered the first question of a quiz."""
    first = (page.locator("tr[data-sop=complaints]").get_attribute("data-questions") or "").split(" ")[0]
    question, mark = first.split("=")
    results = {f"complaints/{question}": {"fingerprint": mark, "right": False, "sure": True, "at": AT}}
    clauses = {"listen": "0a0b0c"}
    signatures = {f"sop-{number}": {"version": "1.0.0", "clauses": clauses, "at": AT} for number in range(signed)}
    kept: dict[str, Any] = {
        "people": {"version": 1, "people": people},
        "quiz": {"version": 1, "results": results, "exams": {}, "saved": 0},
        "quiz-signed": {"version": 1, "signed": signatures},
    }
    page.evaluate(
        "(kept) => Object.entries(kept).forEach(([name, one]) => localStorage.setItem(`handbook:/:${name}`, one))",
        {name: json.dumps(one) for name, one in kept.items()} | ({} if turn is None else {"turn": turn}),
    )
    page.reload()


def take(page: Page, ident: str) -> None:
    page.evaluate("(id) => localStorage.setItem('handbook:/:turn', `${id} ${Date.now() + 300_000}`)", ident)
    page.reload()


def press(page: Page) -> None:
    page.get_by_role("button", name="交給主管").press("Enter")


def read(page: Page) -> str:
    """What the code on the screen says, by two decoders."""
    path = page.locator("hand-over svg path").get_attribute("d") or ""
    side = int((page.locator("hand-over svg").get_attribute("viewBox") or "").split(" ")[2])
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for x, y, length in (map(int, run) for run in re.findall(r"M(\d+) (\d+)h(\d+)", path)):
        rows[y][x : x + length] = bytes(length)
    scale = 4
    pixels = b"".join(bytes(one for one in row for _ in range(scale)) * scale for row in rows)
    found = Picture(side * scale, side * scale, pixels).read()
    (text,) = found["zxing"] & found["zbar"]
    return text


def test_what_was_read_and_answered_is_on_the_screen_in_a_link_and_a_file(visit: Visit, phones: Phones) -> None:
    page = visit("quiz/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    keep(page, [person()])
    page.locator(".give").wait_for()
    assert not [url for url in asked if "handover" in url or "vendor" in url]
    press(page)
    expect(page.get_by_role("heading", name="交給主管")).to_be_focused()
    box = page.get_by_role("region", name="交給主管")
    expect(box).to_contain_text("王小明：簽名 1 份、測驗 1 份，每一題對錯")
    expect(box).to_contain_text("這支手機簽了章")
    text = read(page)
    assert text.startswith(page.url.replace("quiz/", "supervisors/team/#take="))
    found = phones("open", text)
    told = found["handOver"]
    assert found["signed"] == "yes"
    assert told["who"] == {name: one for name, one in person().items() if name != "id"}
    assert [one["sum"] for one in told["signed"].values()] == [0x0A0B0C]
    assert [one["answers"][0] for one in told["quizzes"].values()] == [3]
    assert broken(page, "article") == []
    box.get_by_role("button", name="傳連結").click()
    expect(page.locator(".message")).to_contain_text(re.compile("連結複製好了，貼給主管|請自己複製"))
    with page.expect_download() as saved:
        box.get_by_role("button", name="存成檔案").click()
    assert re.fullmatch(r".*交給主管-王小明-2026-12-15\.txt", saved.value.suggested_filename)
    assert phones("open", Path(saved.value.path()).read_text("utf-8"))["handOver"] == told
    assert not [url for url in asked if "take=" in url], "nothing reaches a server"
    box.get_by_role("button", name="收起來").press("Enter")
    expect(page.locator(".give")).to_be_focused()
    page.reload()
    press(page)
    again = phones("open", read(page))["handOver"]
    assert again["key"] == told["key"], "it is the same phone"
    page.evaluate("localStorage.clear()")
    keep(page, [person()])
    press(page)
    anew = phones("open", read(page))
    assert (anew["signed"], anew["handOver"]["key"] == told["key"]) == ("yes", False), "what was cleared is gone"


def test_without_a_name_there_is_nothing_to_hand_over(visit: Visit) -> None:
    page = visit("quiz/")
    press(page)
    expect(page.locator(".said").first).to_have_text("先寫上名字，再按「交給主管」：主管要知道是誰的成績。")
    expect(page.locator("who-am-i input").first).to_be_focused()
    expect(page.locator("hand-over")).to_have_count(0)
    keep(page, [person(), person("李大華", "5:")], turn="- 0")
    press(page)
    expect(page.locator("who-am-i .who button").first).to_be_focused()
    expect(page.locator("hand-over")).to_have_count(0)


def test_each_of_two_has_a_key_of_their_own(visit: Visit, phones: Phones) -> None:
    page = visit("quiz/")
    keep(page, [person(), person("李大華", "5:")], turn="")
    take(page, "")
    press(page)
    first = phones("open", read(page))["handOver"]
    take(page, "5:")
    press(page)
    second = phones("open", read(page))["handOver"]
    assert (first["who"]["name"], second["who"]["name"]) == ("王小明", "李大華")
    assert first["key"] != second["key"] != ""
    assert second["signed"] == {}, "what one signed another has not"


@pytest.mark.parametrize("lacking", [NO_KEY, FULL, NO_BASE], ids=["http", "full", "no base"])
def test_where_there_can_be_no_key_it_is_unsigned_and_says_so(visit: Visit, phones: Phones, lacking: str) -> None:
    page = visit("quiz/")
    keep(page, [person()])
    page.evaluate(lacking)
    press(page)
    expect(page.locator("hand-over .notice")).to_contain_text("這裡簽不了章")
    found = phones("open", read(page))
    assert (found["signed"], found["handOver"]["key"]) == ("no", "")


def test_what_one_code_does_not_hold_stands_in_several(visit: Visit, phones: Phones) -> None:
    page = visit("quiz/")
    keep(page, [person()], signed=250)
    page.emulate_media(reduced_motion="reduce")
    press(page)
    which = page.locator("hand-over .which")
    expect(which).to_have_text(re.compile(r"^第 1／\d 張$"))
    number = int((which.text_content() or "")[-3])
    seen = []
    for place in range(number):
        expect(which).to_have_text(f"第 {place + 1}／{number} 張")
        seen.append(read(page))
        page.get_by_role("button", name="下一張").press("Enter")
    expect(which).to_have_text(f"第 1／{number} 張")
    assert len(phones("decode", phones("gather", seen[::-1])["bytes"])["handOver"]["signed"]) == 250
    assert broken(page, "article") == []
    page.get_by_role("button", name="自動換").press("Enter")
    expect(which).to_have_text(f"第 2／{number} 張")
    expect(page.get_by_role("button", name="停住")).to_be_focused()
