"""Exams as a supervisor holds them: from a code, against the clock, handed in at once, judged at the end."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from handbook.model.book import Handbook
from handbook.pages.render import render
from handbook.pages.view import Site
from handbook.quiz import papers
from handbook.quiz.plain import Choose, Pairs, Plain, plainly
from tests.browser.axe import ALL, load, violations
from tests.browser.test_exam import press, quickly
from tests.browser.test_quiz import record, shown
from tests.browser.windows import PLAIN
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

ROLE = "shift-lead"
EXAM = f"exams/{ROLE}/"
PLAINER = "exams/online-agent/"  # an exam that tells at once, with all the time one wants
CODE = f"{EXAM}#code=1208"
NOON = datetime(2026, 12, 1, 12, 0)  # by the reader's clock
# Answers the question on the screen as a finger would: right, or with what comes first.
ANSWER = """(right) => {
    const exam = document.querySelector("held-exam");
    const card = exam.card(exam.current);
    const keys = card.parts.map((part) => part.right);
    const other = (key) => (card.kind === "several" ? key.slice(1) : "ABC".replace(key, "")[0]);
    const tap = (list, letters) => {
        for (const one of letters) {
            const made = card.item.querySelector(`${list} > [data-made="${one}"]`);
            (made ?? card.item.querySelector(`${list} > [data-letter="${one}"]`)).querySelector("button").click();
        }
    };
    const turned = (key) => (right ? key : key.slice(1) + key[0]);
    if (card.kind === "order") tap(".options", turned(keys[0]));
    else if (card.kind === "match") tap(".rights", turned(keys[0]));
    else card.forms.forEach((form, n) => {
        for (const one of right ? keys[n] : other(keys[n])) form.querySelector(`[data-made="${one}"] input`).click();
    });
}"""


def answer(page: Page, *, right: bool = True) -> None:
    page.evaluate(ANSWER, right)


def begin(page: Page) -> None:
    press(page, "開始")


def onward(page: Page) -> None:
    press(page, "下一題")


def number(page: Page) -> str:
    return page.locator(".count").inner_text()


def go_through(page: Page, *open_: int) -> None:
    """Answer all but some."""
    for place in range(1, 21):
        if place not in open_:
            answer(page)
        if place < 20:
            onward(page)


def hand_in(page: Page) -> None:
    press(page, "交卷")
    press(page, "確定交卷")


# ── handed in at once ───────────────────────────────────────────────────────────────────────────


def test_what_is_still_open_is_listed_before_it_is_handed_in_and_told_after(visit: Visit) -> None:
    page = visit(EXAM)
    expect(page.locator(".offer")).to_contain_text("限時 40 分鐘")
    expect(shown(page)).to_have_count(0)
    begin(page)
    go_through(page, 4, 9)
    assert "答了 18 題" in number(page)
    assert page.locator(".verdict, .answered, .sure").count() == 0
    expect(page.locator(".answer:visible")).to_have_count(0)
    assert record(page).get("results", {}) == {}, "nothing counts before it is handed in"
    press(page, "交卷")
    expect(page.locator(".check h2")).to_be_focused()
    expect(page.locator(".check")).to_contain_text("還有 2 題沒有答完")
    press(page, "第 9 題")
    expect(shown(page).locator("legend, .ask").first).to_be_focused()
    answer(page)
    press(page, "上一題")
    before = page.locator("held-exam").evaluate("one => one.given[one.current].letters")
    answer(page, right=False)
    assert page.locator("held-exam").evaluate("one => one.given[one.current].letters") != before, "8 is another now"
    shown(page).get_by_label("這一題我用猜的").check()
    press(page, "交卷")
    expect(page.locator(".check")).to_contain_text("還有 1 題沒有答完")
    press(page, "確定交卷")
    expect(page.locator(".results h2")).to_have_text("通過：答對 18 題，共 20 題（90 %）")
    expect(page.locator(".results h2")).to_be_focused()
    expect(page.locator(".results h2")).to_be_in_viewport()
    expect(page.locator(".question .verdict.right:visible")).to_have_count(18)
    expect(page.locator(".question .verdict.wrong:visible")).to_have_text(
        [re.compile("沒有答完，|個決定裡"), re.compile("不對")]
    )
    expect(page.locator(".question:visible .reason:visible")).to_have_count(20)
    kept = record(page)
    exam = kept["exams"][ROLE]
    assert (exam["right"], exam["asked"], exam["passed"]) == (18, 20, True)
    assert exam["fingerprint"] == page.locator("held-exam").get_attribute("data-fingerprint")
    assert len(kept["results"]) == 19, "who did not answer made no mistake yet"
    page.wait_for_function("Object.keys(localStorage).some((key) => key.endsWith(':quiz-log'))")
    log = json.loads(
        page.evaluate("localStorage.getItem(Object.keys(localStorage).find((key) => /:quiz-log$/.test(key)))")
    )
    assert sorted(log["asked"]) == sorted(kept["results"])
    assert sorted((one["right"], one["sure"]) for one in kept["results"].values())[0] == (False, False)


def test_who_comes_back_goes_on_with_every_answer_as_it_was(visit: Visit) -> None:
    page = visit(CODE)
    begin(page)
    go_through(page, 2)
    shown(page).get_by_label("這一題我用猜的").check()
    given = page.locator("held-exam").evaluate("one => one.given")
    queue = page.locator("held-exam").evaluate("one => one.sitting.queue")
    page.reload()
    expect(page.locator(".offer")).to_contain_text("（代碼 1208）：20 題答了 19 題")
    press(page, "接著考")
    assert number(page).startswith("第 2 題，共 20 題")
    assert page.locator("held-exam").evaluate("one => one.sitting.queue") == queue
    press(page, "全部列出")
    again = page.locator("held-exam").evaluate("""(one) => Object.fromEntries(
        one.sitting.queue.map((id) => [id, { letters: one.card(id).given, sure: one.card(id).sure }]))""")
    for ident, told in again.items():
        before = given.get(ident, {"letters": "", "sure": True})
        assert told == {"letters": before["letters"], "sure": before["sure"]}, ident
    hand_in(page)
    expect(page.locator(".results h2")).to_contain_text("答對 19 題")
    expect(page.locator(".results")).to_contain_text(re.compile("代碼 1208・題庫 [0-9a-f]{6}"))


def test_two_tabs_are_at_one_exam_and_hand_it_in_once(visit: Visit) -> None:
    one = visit(EXAM)
    begin(one)
    answer(one)
    two = visit(EXAM)
    press(two, "接著考")
    assert number(two).startswith("第 2 題")
    answer(two)
    expect(one.locator(".count")).to_contain_text("答了 2 題")
    onward(one)
    expect(one.locator(".question:visible :is(.options input:checked, [aria-pressed=true])")).not_to_have_count(0)
    hand_in(one)
    expect(two.locator(".offer")).to_contain_text("在別的分頁考完了")
    assert record(two)["exams"][ROLE]["right"] == 2


# ── against the clock ───────────────────────────────────────────────────────────────────────────


def at(visit: Visit, path: str) -> Page:
    """A page whose clock shows noon, and goes on from there."""
    page = visit(PLAIN, ticking=True)
    page.clock.install(time=NOON)
    page.goto(page.url.removesuffix(PLAIN) + path)
    return page


def test_when_the_time_is_over_what_is_answered_is_handed_in(visit: Visit) -> None:
    page = at(visit, EXAM)
    expect(page.locator(".offer")).to_contain_text("關掉這一頁，時間照走；時間到，答了的就交卷")
    begin(page)
    expect(page.locator(".clock")).to_have_text("還有 40 分鐘，做到 12:40")
    answer(page)
    page.clock.fast_forward("20:00")
    expect(page.locator(".clock")).to_have_text("還有 20 分鐘，做到 12:40")
    page.reload()
    expect(page.locator(".offer")).to_contain_text("時間到 12:40。")
    press(page, "接著考")
    answer(page)
    page.clock.fast_forward("15:00")
    expect(page.locator(".clock")).to_have_text("還有 5 分鐘，做到 12:40")
    expect(page.locator(".heard")).to_have_text("還有 5 分鐘，做到 12:40。")
    page.clock.fast_forward("04:58")
    expect(page.locator(".clock")).to_contain_text("不到 1 分鐘")
    page.clock.fast_forward("00:10")
    expect(page.locator(".results h2")).to_have_text("還沒通過：答對 2 題，共 20 題（10 %）")
    expect(page.locator(".results")).to_contain_text("時間到了：答了的 2 題交卷。")
    assert record(page)["exams"][ROLE]["right"] == 2


@pytest.mark.parametrize("away", ["41:00", "48:00:00"])
def test_who_left_finds_it_handed_in_however_late(visit: Visit, away: str) -> None:
    page = at(visit, EXAM)
    begin(page)
    answer(page)
    page.goto(page.url.removesuffix(EXAM) + PLAIN)
    page.clock.fast_forward(away)
    page.goto(page.url.removesuffix(PLAIN) + EXAM)
    expect(page.locator(".results")).to_contain_text("時間到了：答了的 1 題交卷。")
    exam = record(page)["exams"][ROLE]
    assert (exam["right"], exam["asked"]) == (1, 20)
    assert abs(exam["at"] / 1000 - NOON.timestamp() - 40 * 60) < 60, "at the end of its time"
    press(page, "再考一次")
    expect(page.locator(".offer")).to_be_focused()
    begin(page)
    expect(page.locator(".clock")).to_contain_text("還有 40 分鐘")


def test_where_nothing_was_answered_there_was_no_exam(visit: Visit) -> None:
    page = at(visit, EXAM)
    begin(page)
    page.reload()
    expect(page.locator(".offer")).to_contain_text("答了 0 題，2026-12-01 12:00 開始的")
    press(page, "接著考")
    page.clock.fast_forward("40:01")
    expect(page.locator(".offer")).to_contain_text("一題都沒有答：這一場不算")
    assert record(page).get("exams", {}) == {}


# ── from a code ─────────────────────────────────────────────────────────────────────────────────

SEEN = """(exam) => [...document.querySelectorAll(".question:not([hidden])")].map((item) => [
    item.id.slice(1),
    [...item.querySelectorAll(".options:not(.lefts)")].map((list) => [...list.querySelectorAll("li > *")].map(
        (one) => `${one.querySelector("b").textContent} ${one.querySelector("span").textContent}`)),
])"""


def on_paper(book: Handbook, role: str, code: str) -> list[Any]:
    """What a code's paper asks on A4, as test_paper.py has it: each question, and its options by their letters."""
    found = []
    for drawn in papers.exam(book, book.roles[role], code):
        said = [one for one in plainly(book, drawn) if isinstance(one, Plain)]
        options = [_options(papers.mixed(book, book.roles[role], code, one)) for one in said]
        found.append([f"{drawn.sop}/{drawn.question.id}", options])
    return found


def _options(one: Plain) -> list[str]:
    if isinstance(one, Choose):
        texts = [answer.text for answer in one.answers]
    else:
        sides = [couple.right for couple in one.couples] if isinstance(one, Pairs) else one.steps  # type: ignore[attr-defined]
        texts = [sides[place] for place in one.shown]  # type: ignore[attr-defined]
    return [f"{letter}. {text}" for letter, text in zip("ABCDEFGH", texts, strict=False)]


def test_a_code_gives_the_paper_that_is_printed(visit: Visit, book: Handbook) -> None:
    page = visit(CODE)
    for code in ("1208", "A"):
        page.get_by_label("主管給的代碼").fill(code)
        page.locator(".offer [type=submit]").click()
        expect(page.locator(".drawn")).to_have_text(f"代碼 {code}・題庫 {papers.stock(book, book.roles[ROLE])}")
        press(page, "全部列出")
        assert page.evaluate(SEEN) == on_paper(book, ROLE, code)
        press(page, "從頭開始")


def test_a_code_may_be_typed_for_any_exam(visit: Visit, book: Handbook) -> None:
    page = visit(PLAINER)
    quickly(page, 2)
    press(page, "照主管給的代碼考")
    expect(page.get_by_label("主管給的代碼")).to_be_focused()
    expect(page.locator(".offer")).to_contain_text("答了 2 題")
    page.get_by_label("主管給的代碼").fill("三月")
    press(page, "重新開始")
    expect(page.get_by_role("alert")).to_contain_text("代碼只有英文字母、數字和中間的連字號")
    page.get_by_label("主管給的代碼").fill(" ｂ-７ ")
    press(page, "重新開始")
    queue = page.evaluate("document.querySelector('exam-sheet').sitting.queue")
    assert queue == [ident for ident, _ in on_paper(book, "online-agent", "B-7")]
    expect(page.locator(".drawn")).to_contain_text("代碼 B-7・題庫")
    page.evaluate("location.hash = '#code=1208'")
    expect(page.get_by_label("主管給的代碼")).to_have_value("1208")
    press(page, "開始")
    quickly(page, 1)
    page.route(f"**/{PLAINER}", lambda route: fulfil(route, 'data-stock="[0-9a-f]+"', 'data-stock="bbbbbb"'))
    page.reload()
    press(page, "接著考")
    expect(page.locator(".drawn")).to_contain_text("現在是 bbbbbb：手冊改過了，和紙本不再一樣")
    quickly(page)
    expect(page.locator(".results > p").first).to_contain_text("代碼 1208・題庫")


def fulfil(route: Route, old: str, new: str) -> None:
    """A page as another edition, or other settings, have it."""
    text = re.sub(old, new, route.fetch().text())
    route.fulfill(body=text, content_type="text/html; charset=utf-8")


def test_options_may_be_shuffled_where_each_answer_is_told_at_once(visit: Visit) -> None:
    page = visit(PLAIN)
    ask = '<exam-sheet data-options="shuffled" data-minutes="30" '
    page.route(f"**/{PLAINER}", lambda route: fulfil(route, "<exam-sheet ", ask))
    page.goto(page.url.removesuffix(PLAIN) + f"{PLAINER}#code=1208")
    begin(page)
    moved = 0
    while page.locator(".results").is_hidden():
        letters = (
            shown(page).locator(".options:not(.lefts) > li").evaluate_all("all => all.map(({dataset}) => dataset.made)")
        )
        moved += letters != sorted(letters)
        names = shown(page).locator(".options:not(.lefts) b").all_inner_texts()
        quickly(page, 1)
        assert all(name[0] in "ABCDEFGH" for name in names)
    expect(page.locator(".results h2")).to_contain_text("（100 %）")
    assert moved > 10


# ── answers that the page does not say ──────────────────────────────────────────────────────────


@pytest.fixture
def sealed(visit: Visit, book: Handbook) -> Page:
    """The exam as a site without answers has it, beside quizzes as they are."""
    text = {page.path: page.html for page in render(book, Site(keys=False))}[f"{EXAM}index.md"]
    page = visit(PLAIN)

    def without(route: Route) -> None:
        parts = re.split(r'(?s)<div class="hb hb-quiz hb-exam">.*</div>(?=.*?</article>)', route.fetch().text())
        assert len(parts) == 2
        route.fulfill(body=text.join(parts), content_type="text/html; charset=utf-8")

    page.route(f"**/{EXAM}", without)
    page.goto(page.url.removesuffix(PLAIN) + EXAM)
    return page


OPENED = """async () => {
    const exam = document.querySelector("held-exam");
    const { opened } = await import("/assets/quiz/seals.js");
    for (const { parts } of exam.cards.values())
        for (const part of parts) part.known = opened(part.sealed, part.id, part.kind, part.letters);
    return [...exam.cards.values()].flatMap(({ parts }) => parts).every(({ known }) => known);
}"""
FILLED = """(wrong) => {
    const exam = document.querySelector("held-exam");
    exam.sitting.queue.forEach((id, place) => {
        const { parts, kind, fingerprint } = exam.card(id);
        const key = parts.map(({ known }) => known).join("");
        const other = "ABC".replace(key[0], "")[0];
        const missed = kind === "order" || kind === "match" ? key.slice(1) + key[0] : other + key.slice(1);
        const letters = place < wrong ? missed : key;
        exam.given[id] = { letters, sure: true, fingerprint, at: Date.now() };
        exam.unready.add(exam.card(id));
    });
    exam.arrange();
}"""


@pytest.mark.parametrize("signal", [True, False])
def test_an_exam_is_judged_though_its_page_says_no_answer(sealed: Page, signal: bool) -> None:
    begin(sealed)
    assert sealed.locator("[data-right], .reason, .verdicts, .then").count() == 0
    assert sealed.evaluate(OPENED) is True
    sealed.evaluate(FILLED, 3)
    if not signal:
        sealed.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no signal')) }")
    hand_in(sealed)
    expect(sealed.locator(".results h2")).to_have_text("通過：答對 17 題，共 20 題（85 %）")
    expect(sealed.locator(".question .verdict.wrong:visible")).to_have_count(3)
    expect(sealed.locator(".question:visible .read:visible")).to_have_count(20)
    expect(sealed.locator(".question:visible .reason:visible")).to_have_count(20 if signal else 0)
    expect(sealed.locator(".results h2")).to_be_in_viewport()


# ── seen and touched ────────────────────────────────────────────────────────────────────────────


def test_no_state_of_an_exam_shuts_anybody_out(visit: Visit) -> None:
    page = visit(CODE, size=(320, 568))

    def holds(state: str) -> None:
        load(page)
        assert violations(page, ALL, "article") == [], state
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        targets = "held-exam > :not(.questions) :is(button, input):visible, .guess:visible, .tools label"
        for target in page.locator(targets).all():
            box = target.bounding_box()
            assert box and box["height"] >= 44 - 0.5, (state, target.inner_text())

    holds("offered")
    begin(page)
    go_through(page, 3)
    holds("asked")
    page.emulate_media(media="print")
    expect(page.locator(".question:visible")).to_have_count(20)
    expect(page.locator(":is(.guess, .clock, .steps, .answer, .then):visible")).to_have_count(0)
    page.emulate_media(media="screen")
    press(page, "交卷")
    holds("before it is handed in")
    press(page, "確定交卷")
    holds("at its end")
