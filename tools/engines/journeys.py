"""What people do with the handbook, once for all engines: by what they see and press, not by how the page is made.

Each journey starts in a browser that was never here. Where it comes to another end than it should, it raises Differs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browser.host import Host
from tools.engines.drivers import Driver, called

PATIENCE = 30  # seconds until what a reader waits for must be there
QUIZ = "quiz/complaints/"
SOP = "procedures/complaints/"
EXAM = "exams/online-agent/"
KINDS = ("choice", "several", "number", "order", "match", "case")
UNREADABLE = b"const ?= 1;"

# The first thing that a selector finds, that says this, and that can be seen: brought into view, its middle.
POINT = """(selector, text) => {
    const seen = (one) => one.getClientRects().length && getComputedStyle(one).visibility === "visible";
    const said = (one) => `${one.getAttribute("aria-label") ?? ""} ${one.value ?? ""} ${one.innerText}`.includes(text);
    const one = [...document.querySelectorAll(selector)].find((each) => seen(each) && said(each) && !each.disabled);
    if (!one) return null;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getClientRects()[0];
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""
TYPE = "(text) => document.execCommand('insertText', false, text)"  # as an input method does
KEY = "() => { document.activeElement.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true })) }"
READS = "(text) => document.body.innerText.includes(text)"
# What the page hands over as a file.
CATCH = """() => {
    const given = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        window.caught = blob.text();
        return given.call(URL, blob);
    };
}"""
CAUGHT = "() => window.caught"
CHOOSE_FILE = """(text) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([text], "results.json", { type: "application/json" }));
    const input = document.querySelector("my-progress input[type=file]");
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}"""
# What is asked now: kind, the letters that answer it, and where they are to be pressed.
ASKED = """(kind) => {
    const shown = [...document.querySelectorAll(`.question.${kind || "question"}`)].find((one) =>
        one.getClientRects().length && !one.matches(".answered"));
    if (!shown) return null;
    document.querySelectorAll("[data-engine]").forEach((one) => one.removeAttribute("data-engine"));
    const scenes = [...shown.querySelectorAll("section[data-right]")];
    const scene = scenes.find((one) => one.querySelector("button[value=sure]"));
    const around = scene ?? shown;
    const key = scene ? scene.dataset.right : shown.querySelector("[data-right]").dataset.right;
    const items = shown.querySelector(".rights") ? ".rights > li" : ".options > li";
    for (const item of around.querySelectorAll(items)) {
        const place = key.indexOf(item.dataset.letter);
        if (place >= 0) (item.querySelector("button, label") ?? item).dataset.engine = place;
    }
    around.querySelector("button[value=sure]").dataset.engine = "sure";
    return [shown.id, key.length];
}"""

# What comes of an answer: a verdict, or what happens next in a case.
FOLLOWS = """(id) => {
    if (document.getElementById(id).matches(".answered")) return "verdict";
    return document.querySelector(".then button") && "scene";
}"""


class Differs(Exception):
    """What a reader would not have expected."""


@dataclass
class Reader:
    """Somebody with the handbook on a phone."""

    browser: Driver
    host: Host
    new: Path  # the next version of the site

    def open(self, path: str = "") -> None:
        self.browser.open(self.host.home + path)

    def ask(self, function: str, *values: Any) -> Any:
        return called(self.browser, function, *values)

    def until(self, function: str, *values: Any, what: str = "") -> Any:
        """Wait until a function gives something; while the page changes, it may fail."""
        end, wrong = time.monotonic() + PATIENCE, ""
        while time.monotonic() < end:
            try:
                if given := self.ask(function, *values):
                    return given
            except RuntimeError as error:
                wrong = f" ({error})"
            time.sleep(0.05)
        raise Differs(f"{what or ' '.join(map(str, values))} did not come{wrong}")

    def press(self, selector: str, text: str = "") -> None:
        """Press what stands still: a page moves as it comes, and as a browser shows its own bars."""
        point, before = self.until(POINT, selector, text, what=f"{selector} {text}"), None
        while point != before:
            time.sleep(0.2)
            point, before = self.until(POINT, selector, text, what=f"{selector} {text}"), point
        self.browser.click(*point)

    def reads(self, text: str) -> None:
        self.until(READS, text, what=f"「{text}」")

    def search(self, words: str) -> None:
        self.press(".searchbox, .md-header__button[for=__search]")
        self.press(".md-search__input")  # whose cursor may be there already
        self.until("() => document.activeElement?.matches('.md-search__input')", what="the cursor in the search box")
        self.ask(TYPE, words)

    def answer(self, kind: str = "") -> None:
        """Answer what is asked rightly; a case decision by decision."""
        name, letters = self.until(ASKED, kind, what=f"a question {kind}")
        while True:
            for place in range(letters):
                self.press(f"[data-engine='{place}']")
            self.press("[data-engine=sure]")
            if self.until(FOLLOWS, name, what="a verdict") == "verdict":
                break
            self.press(".then button")
            name, letters = self.until(ASKED, kind, what="the next scene")
        right = "(id) => document.getElementById(id).querySelector('.verdict.right')?.innerText"
        self.until(right, name, what=f"the verdict on a right answer to {name}")

    def is_kept(self) -> None:
        self.until(
            "() => /沒有訊號也能看/.test(document.querySelector('offline-mark')?.innerText)", what="the offline mark"
        )


# ── the journeys ────────────────────────────────────────────────────────────────────────────────


def looks_up_by_search(reader: Reader) -> None:
    reader.open()
    reader.search("放行條")
    reader.press(".md-search-result__item a", "放行條")
    reader.until("() => document.querySelector('.md-content article')?.innerText.includes('放行條')", what="the page")
    reader.until("() => document.querySelector('h1')?.innerText", what="its title")


def searches_by_sound_and_in_english(reader: Reader) -> None:
    reader.open("deadlines/")
    reader.search("鑰匙")
    for words, found in (("tousu", "投訴"), ("漏睡", "漏水"), ("complaints", "投訴")):
        reader.ask("() => document.activeElement.select()")
        reader.ask(TYPE, words)
        reader.until(POINT, ".md-search-result__item a", found, what=f"{found} for {words}")


def ticks_a_step(reader: Reader) -> None:
    reader.open(SOP)
    reader.press(".tick")
    ticked = "() => [...document.querySelectorAll('.tick')].filter((one) => one.checked).length"
    reader.until(ticked, what="a ticked box")
    reader.reads("勾了 1 步")
    reader.open(SOP)
    reader.until(ticked, what="the box, ticked, on coming back")


def reckons_deadlines_and_takes_them_along(reader: Reader) -> None:
    reader.open(SOP)
    reader.ask(CATCH)
    reader.press("due-times summary")
    reader.until("() => document.querySelectorAll('due-times ol li').length > 2", what="the deadlines")
    reader.press("due-times button", "加進行事曆")
    file = reader.until(CAUGHT, what="the calendar file")
    for line in ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART", "END:VCALENDAR"):
        if line not in file:
            raise Differs(f"the calendar file has no {line}")
    reader.reads("提醒寫進了")


def answers_every_kind_of_question(reader: Reader) -> None:
    reader.open(QUIZ)
    reader.press("button", "全部列出")
    for kind in KINDS:
        if reader.ask("(kind) => Boolean(document.querySelector(`.question.${kind}`))", kind):
            reader.answer(kind)
        elif kind in ("choice", "case"):
            raise Differs(f"the quiz has no {kind}")


def sits_an_exam(reader: Reader) -> None:
    reader.open(EXAM)
    size = reader.until("() => Number(document.querySelector('exam-sheet:defined')?.dataset.exam)", what="the exam")
    for _ in range(size):
        reader.answer()
        reader.press(".next")
    reader.until("() => document.querySelector('.results')?.innerText.includes('100 %')", what="100 % at the end")


def takes_the_progress_to_another_phone(reader: Reader) -> None:
    reader.open(QUIZ)
    reader.answer()
    reader.open("quiz/")
    reader.ask(CATCH)
    before = reader.until(
        "() => document.querySelector('tr[data-sop=complaints] .standing')?.innerText", what="progress"
    )
    reader.press("my-progress button", "匯出成績")
    file = reader.until(CAUGHT, what="the file")
    if json.loads(file)["version"] is None:
        raise Differs("the file names no version")
    reader.press("summary", "忘掉這支手機上的成績")
    reader.press("button", "全部忘掉")
    standing = (
        "(words, same) => (document.querySelector('tr[data-sop=complaints] .standing').innerText === words) === same"
    )
    reader.until(standing, before, False, what="progress gone")
    reader.ask(CHOOSE_FILE, file)
    reader.until(standing, before, True, what="progress back")


def reads_on_with_no_signal(reader: Reader) -> None:
    reader.open()
    reader.is_kept()
    reader.host.down()
    for path in ("deadlines/", SOP, QUIZ, "forms/"):
        reader.open(path)
        reader.until("() => document.querySelector('h1')?.innerText !== '沒有訊號'", what=path)
        reader.until("() => document.querySelector('.hb')?.innerText.length > 100", what=f"all of {path}")
    reader.search("漏水")
    reader.until(POINT, ".md-search-result__item a", "漏水", what="what is found with no signal")
    reader.open(SOP)
    reader.press(".tick")
    reader.reads("勾了 1 步")


def takes_an_update_when_it_suits(reader: Reader) -> None:
    reader.open()
    reader.is_kept()
    reader.host.site = reader.new
    reader.open(SOP)
    reader.ask("() => { document.dispatchEvent(new Event('visibilitychange')) }")
    reader.until(POINT, ".newer button", "更新", what="the offer")
    limit = "(words) => document.querySelector('.md-content article').innerText.includes(words)"
    reader.until(limit, "10 天內", what="the old version, until the reader says so")
    reader.press(".newer button", "更新")
    reader.until(limit, "11 天內", what="the new version")


def is_told_where_the_browser_is_too_old_for_search(reader: Reader) -> None:
    (worker,) = reader.host.site.glob("assets/javascripts/workers/search*.js")
    reader.host.replaced[worker.relative_to(reader.host.site).as_posix()] = UNREADABLE
    reader.open()
    reader.reads("這個瀏覽器太舊")
    reader.until(
        "() => /太舊，不能搜尋/.test(document.querySelector('.md-search-result__meta').textContent)", what="the words"
    )


def is_told_where_the_browser_is_too_old_for_all(reader: Reader) -> None:
    for name in ("handbook.js", "offline.js", "quiz/sheet.js", "quiz/card.js", "search/query.js"):
        reader.host.replaced[f"assets/{name}"] = UNREADABLE
    reader.open(QUIZ)
    reader.reads("這個瀏覽器太舊")
    reader.search("投訴")
    reader.ask(KEY)
    reader.until(POINT, ".md-search-result__item a", "這個瀏覽器太舊", what="what search says")


JOURNEYS: list[Callable[[Reader], None]] = [
    looks_up_by_search,
    searches_by_sound_and_in_english,
    ticks_a_step,
    reckons_deadlines_and_takes_them_along,
    answers_every_kind_of_question,
    sits_an_exam,
    takes_the_progress_to_another_phone,
    reads_on_with_no_signal,
    takes_an_update_when_it_suits,
    is_told_where_the_browser_is_too_old_for_search,
    is_told_where_the_browser_is_too_old_for_all,
]
