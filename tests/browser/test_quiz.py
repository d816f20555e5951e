"""Quizzes and exams as people take them: with a finger, with a keyboard, without scripts, and coming back later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from handbook.model.book import Handbook
from handbook.quiz.bank import bank
from tests.browser.instant import instantly
from tests.browser.windows import PLAIN
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

QUIZ = "quiz/complaints/"
KINDS = {"choice", "several", "number", "order", "match", "case"}


def shown(page: Page) -> Locator:
    """The questions that are on the screen."""
    return page.locator(".question:not([hidden])")


def to(page: Page, kind: str) -> Locator:
    """List all questions, and find the first of a kind."""
    page.get_by_role("button", name="全部列出").click()
    return page.locator(f".question.{kind}").first


def press(target: Locator, keyboard: bool) -> None:
    if keyboard:
        target.focus()
        target.press("Enter" if target.evaluate("one => one.tagName === 'BUTTON'") else "Space")
    else:
        target.click()


def choose(form: Locator, letters: str, keyboard: bool) -> None:
    for letter in letters:
        press(form.locator(f"input[value={letter}]"), keyboard)


def tap(items: Locator, letters: str, keyboard: bool) -> None:
    for letter in letters:
        press(items.and_(items.page.locator(f"[data-letter={letter}]")).locator("button"), keyboard)


def wrong(key: str, kind: str) -> str:
    """Another answer of the same sort."""
    if kind in ("order", "match"):
        return key[1:] + key[0]
    return next(letter for letter in "ABC" if letter not in key) if kind != "several" else key[:-1]


def answer(question: Locator, *, right: bool = True, sure: bool = True, keyboard: bool = False) -> None:
    """Answer a question of any kind; a case decision by decision."""
    kind = (question.get_attribute("class") or "").split()[1]
    button = "我有把握" if sure else "我用猜的"
    if kind == "case":
        while question.locator(".sure").count():
            scene = question.locator("section:has(.sure)")
            key = scene.get_attribute("data-right") or ""
            choose(scene, key if right else wrong(key, kind), keyboard)
            press(scene.get_by_role("button", name=button), keyboard)
            onward = question.locator(".then button")
            if onward.count():
                press(onward, keyboard)
        return
    key = question.locator(".answer").get_attribute("data-right") or ""
    letters = key if right else wrong(key, kind)
    if kind == "order":
        tap(question.locator(".options > li"), letters, keyboard)
    elif kind == "match":
        tap(question.locator(".rights > li"), letters, keyboard)
    else:
        choose(question, letters, keyboard)
    press(question.get_by_role("button", name=button), keyboard)


def go_through(page: Page, *, right: bool = True) -> None:
    """Answer what comes, one by one, to the end."""
    while not page.locator(".results").is_visible():
        answer(shown(page), right=right)
        page.locator(".next").click()


def record(page: Page) -> dict:
    name = page.evaluate("Object.keys(localStorage).find((key) => key.endsWith(':quiz'))")
    return json.loads(page.evaluate("(name) => localStorage.getItem(name)", name)) if name else {}


# ── without scripts ─────────────────────────────────────────────────────────────────────────────


def test_without_scripts_every_question_can_be_thought_over_and_looked_up(visit: Visit, book: Handbook) -> None:
    page = visit(QUIZ, java_script_enabled=False)
    questions = bank(book)["complaints"]
    expect(page.locator(".question")).to_have_count(len(questions))
    for question in questions:
        item = page.locator(f"[id='_complaints/{question.id}']")
        assert item.locator("input, select, .scene a").count() >= 3, question.id
        item.locator("summary").click()
        expect(item.locator(".reason")).to_be_visible()
        expect(item.locator(".read a").first).to_have_attribute("href", re.compile("/#"))


def test_without_scripts_a_form_sends_nothing(visit: Visit) -> None:
    page = visit(QUIZ, java_script_enabled=False)
    option = page.locator(".question input").first
    option.check()
    option.press("Enter")
    expect(option).to_be_checked()
    assert page.url.endswith(QUIZ)


def test_without_scripts_a_case_is_played_by_links(visit: Visit) -> None:
    page = visit(QUIZ, java_script_enabled=False)
    case = page.locator(".case").first
    for _ in range(5):
        scene = case.locator(".scene:visible")
        expect(scene).to_have_count(1)
        expect(case.locator(".then:visible")).to_have_count(0)
        letter = scene.get_attribute("data-right")
        scene.locator(f"a[href$='/{letter}']").click()
        then = case.locator(".then:visible")
        expect(then).to_have_count(1)
        expect(then).to_have_class(re.compile("right"))
        end = "end" in (then.get_attribute("class") or "")
        then.locator("a").click()
        if end:
            break
    assert end
    expect(case.locator(".scene:visible .told")).to_contain_text("第 1 幕")


# ── each kind ───────────────────────────────────────────────────────────────────────────────────


def test_the_quizzes_here_have_every_kind(book: Handbook) -> None:
    assert {question.kind for questions in bank(book).values() for question in questions} == KINDS


@pytest.mark.parametrize("keyboard", [False, True], ids=["finger", "keyboard"])
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
def test_a_question_of_each_kind_is_answered_and_explained(visit: Visit, right: bool, keyboard: bool) -> None:
    page = visit(QUIZ)
    for kind in sorted(KINDS):
        question = to(page, kind)
        answer(question, right=right, keyboard=keyboard)
        verdict = question.locator(".verdict")
        expect(verdict).to_have_class(re.compile("right" if right else "wrong"))
        expect(verdict).to_be_focused()
        expect(question.locator(".reason")).to_be_visible()
        reason = question.locator(".reason").text_content() or ""
        heard = page.locator(".heard[role=status]")
        expect(heard).to_contain_text(verdict.text_content() or "")
        expect(heard).to_contain_text(reason)
        expect(question.locator("input:enabled, fieldset button:enabled")).to_have_count(0)
        kept = record(page)["results"][(question.get_attribute("id") or "")[1:]]
        assert (kept["right"], kept["sure"]) == (right, True), kind


def test_an_empty_answer_is_no_answer(visit: Visit) -> None:
    page = visit(QUIZ)
    for kind in sorted(KINDS - {"case"}):
        question = to(page, kind)
        question.get_by_role("button", name="我用猜的").click()
        expect(question.get_by_role("alert")).not_to_be_empty()
        expect(question.locator(".verdict")).to_have_count(0)
        assert record(page) == {}, kind


def test_a_tapped_step_can_be_taken_back(visit: Visit) -> None:
    page = visit(QUIZ)
    question = to(page, "order")
    steps = question.locator(".tap")
    for step in (steps.nth(0), steps.nth(1), steps.nth(0)):
        step.click()
    expect(steps.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(steps.nth(1)).to_contain_text("第 1 步")


def test_a_partner_can_be_given_to_another(visit: Visit) -> None:
    page = visit(QUIZ)
    question = to(page, "match")
    lefts, rights = question.locator(".lefts .tap"), question.locator(".rights .tap")
    rights.nth(0).click()
    expect(lefts.nth(0)).to_contain_text("配 A")
    lefts.nth(2).click()
    rights.nth(0).click()
    expect(lefts.nth(0)).not_to_contain_text("配 A")
    expect(lefts.nth(2)).to_contain_text("配 A")
    expect(rights.nth(0)).to_contain_text("配 3")


def test_a_case_goes_on_after_a_mistake_and_counts_as_one(visit: Visit) -> None:
    page = visit(QUIZ)
    question = to(page, "case")
    answer(question, right=False, sure=False)
    expect(question.locator(".then.wrong.end:visible")).to_have_count(1)
    kept = record(page)["results"][(question.get_attribute("id") or "")[1:]]
    assert (kept["right"], kept["sure"]) == (False, False)


# ── from the first question to the last ─────────────────────────────────────────────────────────


def test_a_quiz_goes_from_question_to_question_by_keyboard(visit: Visit) -> None:
    page = visit(QUIZ)
    expect(shown(page)).to_have_count(1)
    first = shown(page).get_attribute("id")
    answer(shown(page), keyboard=True)
    press(page.locator(".next"), keyboard=True)
    expect(shown(page)).to_have_count(1)
    assert shown(page).get_attribute("id") != first
    expect(shown(page).locator("legend, .ask").first).to_be_focused()


def test_who_answers_all_has_passed_and_who_comes_back_sees_it(visit: Visit) -> None:
    page = visit("quiz/meeting-attendant/")
    go_through(page)
    heading = page.locator(".results h2")
    expect(heading).to_contain_text("100 %")
    expect(heading).to_be_focused()
    expect(heading).to_contain_text("通過：")
    expect(page.locator(".reread")).to_have_count(0)
    page.reload()
    expect(page.locator(".standing")).to_contain_text("已通過")


def test_a_confident_mistake_comes_back_first(visit: Visit) -> None:
    page = visit("quiz/meeting-attendant/")
    asked = []
    for number in range(page.locator(".question").count()):
        asked.append(shown(page).get_attribute("id"))
        answer(shown(page), right=number not in (1, 3), sure=number == 3)
        page.locator(".next").click()
    expect(page.locator(".results h2")).not_to_contain_text("100 %")
    assert page.locator(".reread a").count() >= 1
    page.get_by_role("button", name="再答錯的 2 題").click()
    expect(shown(page)).to_have_id(asked[3] or "")
    page.reload()
    expect(shown(page)).to_have_id(asked[3] or "")
    expect(page.locator(".count")).to_contain_text("共 2 題")


def test_a_changed_clause_opens_its_question_again_and_no_other(visit: Visit) -> None:
    page = visit("quiz/meeting-attendant/")
    go_through(page)
    changed = sorted(record(page)["results"])[0]
    page.evaluate(
        """(id) => {
            const name = Object.keys(localStorage).find((key) => key.endsWith(":quiz"));
            const kept = JSON.parse(localStorage.getItem(name));
            kept.results[id].fingerprint = "000000000000";
            localStorage.setItem(name, JSON.stringify(kept));
        }""",
        changed,
    )
    page.reload()
    expect(page.locator(".standing")).to_contain_text("條文改了，1 題要再答")
    expect(page.locator(".count")).to_contain_text("共 1 題")
    expect(shown(page)).to_have_id(f"_{changed}")


# ── where nothing can be kept ───────────────────────────────────────────────────────────────────

FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BLOCKED = """
for (const name of ["localStorage", "sessionStorage"]) {
    const get = () => { throw new DOMException("no", "SecurityError"); };
    Object.defineProperty(window, name, { configurable: true, get });
}
"""


@pytest.mark.parametrize("fault", [FULL, BLOCKED], ids=["full", "blocked"])
def test_a_quiz_works_where_nothing_can_be_kept_and_says_so(visit: Visit, fault: str) -> None:
    page = visit(PLAIN)
    page.add_init_script(fault)
    page.goto(page.url.replace(PLAIN, "quiz/meeting-attendant/"))
    go_through(page)
    expect(page.locator(".results h2")).to_contain_text("100 %")
    expect(page.locator(".keeping")).to_contain_text("存不了")


# ── links that swap the page in place ───────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def instant(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with instantly(site, tmp_path_factory.mktemp("instant")) as home:
        yield home


def test_a_jump_inside_a_page_leaves_what_was_done_there(visit: Visit, instant: str) -> None:
    page = visit(QUIZ, at=instant)
    answer(shown(page))
    page.locator(".md-container").evaluate("element => { element.same = true }")
    page.evaluate("location.hash = '_top'")
    page.wait_for_timeout(500)  # as long as the theme would need to draw the page anew
    assert page.locator(".md-container").evaluate("element => element.same")
    expect(page.locator(".verdict")).to_have_count(1)
    page.go_back()
    expect(page.locator(".verdict")).to_have_count(1)
    page.get_by_role("link", name="投訴接待", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("投訴接待")
    page.go_back()
    expect(page.locator("h1")).to_have_text("投訴接待：測驗")


def test_back_and_forth_in_place_leaves_one_of_everything(visit: Visit, instant: str) -> None:
    page = visit("procedures/complaints/", at=instant)
    page.evaluate("window.here = true")
    for _ in range(2):
        page.get_by_role("link", name="這份 SOP 的測驗").click()
        expect(page.locator("h1")).to_have_text("投訴接待：測驗")
        expect(page.locator(".sheet-head")).to_have_count(1)
        answer(shown(page))
        expect(page.locator(".verdict")).to_have_count(1)
        page.go_back()
        expect(page.locator("h1")).to_have_text("投訴接待")
    assert page.evaluate("window.here"), "else the pages were loaded, not swapped"
    assert len(record(page)["results"]) == 2
    page.go_forward()
    expect(page.locator(".sheet-head")).to_have_count(1)
    expect(shown(page).locator(".sure")).to_have_count(1)
