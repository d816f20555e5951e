"""Exams, and quizzes that are come back to: what was begun is told, what changed is asked again, two tabs are one."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from handbook.model.book import Handbook
from tests.browser.axe import ALL, load, violations
from tests.browser.test_quiz import answer, record, shown
from tests.browser.windows import PLAIN
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

QUIZ = "quiz/meeting-attendant/"
EXAM = "exams/online-agent/"
DRAFT = "handbook:/:quiz-exam-online-agent"
NOON = datetime(2026, 12, 1, 12, 0)  # by the reader's clock
# Answers what comes, one after another: a sitting in no time.
QUICKLY = """([count, right]) => {
    const sheet = document.querySelector("quiz-sheet, exam-sheet");
    const other = (key) => ["A", "B", "C"].find((letter) => !key.includes(letter)) ?? key.slice(1);
    const give = (root, key) => {
        for (const letter of right ? key : other(key)) root.querySelector(`input[value=${letter}]`).click();
        root.querySelector("[value=sure]").click();
    };
    const tap = (card, list, key) => {
        const letters = right ? key : key.slice(1) + key[0];
        for (const letter of letters) card.querySelector(`${list} > [data-letter="${letter}"] button`).click();
        card.querySelector("[value=sure]").click();
    };
    while (count-- > 0 && sheet.querySelector(".results").hidden) {
        const card = sheet.querySelector(".question:not([hidden])");
        const key = card.querySelector(".answer").dataset.right;
        if (card.classList.contains("order")) tap(card, ".options", key);
        else if (card.classList.contains("match")) tap(card, ".rights", key);
        else if (!card.classList.contains("case")) give(card, key);
        else while (card.querySelector(".sure")) {
            const scene = card.querySelector("section:has(.sure)");
            give(scene, scene.dataset.right);
            card.querySelector(".then button")?.click();
        }
        sheet.querySelector(".next").click();
    }
}"""


def quickly(page: Page, count: int = 999, *, right: bool = True) -> None:
    page.evaluate(QUICKLY, [count, right])


def draft(page: Page) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", DRAFT) or "null")


def store(page: Page, value: Any, key: str = DRAFT) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(value)])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def at(visit: Visit, path: str = EXAM) -> Page:
    """A page whose clock shows noon, and goes on from there."""
    page = visit(PLAIN, ticking=True)
    page.clock.install(time=NOON)
    page.goto(page.url.removesuffix(PLAIN) + path)
    return page


# ── from the first question to the last ─────────────────────────────────────────────────────────


def test_an_exam_is_drawn_from_its_pool_and_kept(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    count = book.roles["online-agent"].exam.questions
    expect(page.locator(".count")).to_contain_text(f"共 {count} 題")
    assert page.locator(".question").count() > count
    answer(shown(page))
    page.locator(".next").click()
    quickly(page)
    kept = record(page)
    exam = kept["exams"]["online-agent"]
    assert (exam["right"], exam["asked"], exam["passed"]) == (count, count, True)
    assert exam["fingerprint"] == page.locator("exam-sheet").get_attribute("data-fingerprint")
    assert len(kept["results"]) == count
    assert draft(page) is None


def test_an_exam_left_after_its_last_answer_has_its_result(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    count = book.roles["online-agent"].exam.questions
    quickly(page, count - 1)
    answer(shown(page))
    assert record(page)["exams"]["online-agent"]["passed"] is True
    page.reload()
    press(page, "看結果")
    expect(page.locator(".results h2")).to_contain_text(f"答對 {count} 題，共 {count} 題")
    page.reload()
    expect(page.locator(".count")).to_contain_text("第 1 題")


# ── what was begun ──────────────────────────────────────────────────────────────────────────────


def test_who_comes_back_to_an_exam_is_told_and_goes_on(visit: Visit, book: Handbook) -> None:
    page = at(visit)
    count = book.roles["online-agent"].exam.questions
    quickly(page, 2)
    third = shown(page).get_attribute("id")
    page.reload()
    expect(page.locator(".offer")).to_contain_text(f"{count} 題答了 2 題，最後一題是 2026-12-01 12:0")
    expect(page.locator(".offer p").first).to_be_in_viewport(ratio=1)
    expect(shown(page)).to_have_count(0)
    press(page, "接著考")
    expect(shown(page)).to_have_id(third or "")
    expect(shown(page).locator("legend, .ask").first).to_be_focused()
    expect(page.locator(".count")).to_contain_text("第 3 題")
    press(page, "全部列出")
    expect(page.locator(".count")).to_contain_text("已答 2 題")
    expect(shown(page)).to_have_count(count - 2)


def test_an_exam_can_begin_anew_at_any_time_and_nothing_else_is_forgotten(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 2)
    press(page, "從頭開始")
    expect(page.locator(".offer")).to_contain_text("答了 2 題")
    press(page, "重新開始")
    expect(page.locator(".count")).to_contain_text("第 1 題")
    assert draft(page) is None
    assert len(record(page)["results"]) == 2


@pytest.mark.parametrize("hours", [25, -25, 40 * 24])
def test_a_day_later_an_exam_begins_anew_and_says_so(visit: Visit, hours: int) -> None:
    page = at(visit)
    quickly(page, 2)
    page.clock.set_system_time(NOON + timedelta(hours=hours))
    page.reload()
    expect(page.locator(".standing")).to_contain_text("上一場答了 2 題，已經超過一天：這是新的一場")
    expect(page.locator(".count")).to_contain_text("第 1 題")
    assert draft(page) is None


def test_a_page_that_lies_open_for_a_day_begins_anew_by_itself(visit: Visit) -> None:
    page = at(visit)
    quickly(page, 2)
    expect(page.locator(".count")).to_contain_text("第 3 題")
    page.clock.fast_forward("23:00:00")
    expect(page.locator(".count")).to_contain_text("第 3 題")
    page.clock.fast_forward("01:01:00")
    expect(page.locator(".standing")).to_contain_text("已經超過一天")
    expect(page.locator(".count")).to_contain_text("第 1 題")


def test_two_roles_have_an_exam_each(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 2)
    page.goto(page.url.replace("online-agent", "meeting-attendant"))
    expect(page.locator(".count")).to_contain_text("第 1 題")
    quickly(page, 1)
    page.go_back()
    expect(page.locator(".offer")).to_contain_text("答了 2 題")


def test_an_exam_begun_before_answers_had_fingerprints_goes_on(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 3)
    paper = draft(page)["papers"][0]
    done = {one: {"right": given["right"], "sure": given["sure"]} for one, given in paper["done"].items()}
    store(page, {"queue": paper["queue"], "done": done})
    page.reload()
    press(page, "接著考")
    expect(page.locator(".count")).to_contain_text("第 4 題")
    expect(shown(page)).to_have_id(f"_{paper['queue'][3]}")
    assert page.evaluate("document.querySelector('exam-sheet').sitting.queue") == paper["queue"]
    quickly(page)
    assert record(page)["exams"]["online-agent"]["passed"] is True


SPOILT = (None, 5, {"right": "yes"}, {"right": True, "sure": True})


def test_a_spoilt_exam_begins_anew(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 1)
    paper = draft(page)["papers"][0]
    page.evaluate("localStorage.clear()")
    papers = [{**paper, "done": dict.fromkeys(paper["done"], spoilt)} for spoilt in SPOILT]
    store(page, {"papers": [*papers, 7, {"queue": 1}]})
    page.reload()
    expect(page.locator(".count")).to_contain_text("第 1 題")
    quickly(page)
    assert record(page)["exams"]["online-agent"]["passed"] is True


def test_who_comes_back_to_a_quiz_is_told_and_may_begin_anew(visit: Visit) -> None:
    page = at(visit, QUIZ)
    count = page.locator(".question").count()
    quickly(page, 3)
    page.reload()
    expect(page.locator(".standing")).to_contain_text(
        re.compile(rf"上次作答是 2026-12-01 12:0\d。已答對 3 題，還有 {count - 3} 題")
    )
    other = {"fingerprint": "abc", "right": True, "sure": True, "at": 1}
    kept = record(page)
    store(page, {**kept, "results": {**kept["results"], "fees/aa": other}}, "handbook:/:quiz")
    press(page, "從頭開始")
    expect(page.locator(".standing")).to_contain_text("答了一題，先前的 3 題就不算了")
    expect(page.locator(".count")).to_contain_text(f"共 {count} 題")
    assert len(record(page)["results"]) == 4, "nothing is lost before the first answer"
    first = shown(page).get_attribute("id") or ""
    quickly(page, 1, right=False)
    assert set(record(page)["results"]) == {first[1:], "fees/aa"}


# ── a new edition of the handbook ───────────────────────────────────────────────────────────────


def publish(page: Page, changed: list[str]) -> str:
    """From now on the exam's page is as it is after some of its questions' clauses were changed."""

    def edition(route: Route) -> None:
        html = route.fetch().text()
        for one in changed:
            start = f'id="_{one}" data-fingerprint="'
            assert start in html
            html = re.sub(f'{re.escape(start)}[0-9a-f]+"', f'{start}ffffff"', html)
        sheet = re.compile(r'(<exam-sheet [^>]*data-fingerprint=")[0-9a-f]+')
        route.fulfill(body=sheet.sub(r"\1eeeeeeeeeeee", html), content_type="text/html; charset=utf-8")

    page.route(f"**/{EXAM}", edition)
    page.reload()
    return "eeeeeeeeeeee"


def test_what_was_changed_is_asked_again_and_only_that_passes(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    count = book.roles["online-agent"].exam.questions
    quickly(page, count - 1)
    changed = list(draft(page)["papers"][0]["done"])[4]
    today = publish(page, [changed])
    press(page, "接著考")
    expect(page.locator(".standing")).to_contain_text("手冊改了，答過的 1 題要再答")
    quickly(page, 1)
    assert record(page).get("exams") == {}, "nobody was asked about the new text"
    quickly(page, 1)
    exam = record(page)["exams"]["online-agent"]
    assert (exam["fingerprint"], exam["asked"], exam["passed"]) == (today, count, True)
    assert record(page)["results"][changed]["fingerprint"] == "ffffff"


def test_what_is_no_question_any_more_is_replaced(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    quickly(page, 3)
    paper = draft(page)["papers"][0]
    gone = paper["queue"][0]
    done = {("x/gone" if one == gone else one): given for one, given in paper["done"].items()}
    store(page, {"papers": [{**paper, "queue": ["x/gone", *paper["queue"][1:]], "done": done}]})
    page.reload()
    press(page, "接著考")
    expect(page.locator(".count")).to_contain_text(f"共 {book.roles['online-agent'].exam.questions} 題")
    expect(page.locator(".standing")).to_contain_text("1 題要再答")


# ── one verdict ─────────────────────────────────────────────────────────────────────────────────


def verdict(page: Page) -> str:
    """The one verdict, with what is said beside it."""
    expect(page.locator(".results .verdict")).to_have_count(1)
    expect(page.locator(".results h2")).to_be_focused()
    return page.locator(".results h2").inner_text() + page.locator(".results > p").first.inner_text()


def test_a_quiz_has_one_verdict_about_the_whole(visit: Visit) -> None:
    page = visit(QUIZ)
    count = page.locator(".question").count()
    quickly(page, 1, right=False)
    quickly(page)
    percent = (count - 1) * 100 // count
    assert verdict(page) == f"通過：答對 {count - 1} 題，共 {count} 題（{percent} %）及格是 80 %。"
    page.reload()
    quickly(page, right=False)
    told = f"通過：答對 {count - 1} 題，共 {count} 題（{percent} %）及格是 80 %。這一次問 1 題，答對 0 題。"
    assert verdict(page) == told
    press(page, "再答錯的 1 題")
    quickly(page)
    assert verdict(page) == f"通過：答對 {count} 題，共 {count} 題（100 %）及格是 80 %。這一次問 1 題，答對 1 題。"
    press(page, "全部重答")
    quickly(page, right=False)
    assert verdict(page) == f"還沒通過：答對 0 題，共 {count} 題（0 %）及格是 80 %。"


def test_an_exam_has_one_verdict_the_one_that_counts(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    count = book.roles["online-agent"].exam.questions
    all_right, all_wrong = (f"答對 {right} 題，共 {count} 題（{right * 100 // count} %）" for right in (count, 0))
    quickly(page, right=False)
    assert verdict(page) == f"還沒通過：{all_wrong}及格是 80 %。"
    press(page, f"再答錯的 {count} 題")
    quickly(page)
    assert re.fullmatch(
        rf"\S+ \S+ 考的，還沒通過：{all_wrong}這一次重答，{all_right}，不改考試的成績。.*", verdict(page)
    )
    assert record(page)["exams"]["online-agent"]["passed"] is False
    press(page, "換一卷再考")
    quickly(page)
    assert verdict(page) == f"通過：{all_right}及格是 80 %。"
    press(page, "換一卷再考")
    quickly(page, right=False)
    assert re.fullmatch(rf"\S+ \S+ 考的，通過：{all_right}這一次{all_wrong}，不改考試的成績.*", verdict(page))
    expect(page.locator(".results")).not_to_contain_text("還沒")
    assert record(page)["exams"]["online-agent"]["passed"] is True


# ── two tabs ────────────────────────────────────────────────────────────────────────────────────


def test_two_tabs_are_at_one_exam(visit: Visit) -> None:
    one, two = visit(EXAM), visit(EXAM)
    quickly(one, 3)
    expect(two.locator(".offer")).to_contain_text("答了 3 題")
    press(two, "接著考")
    expect(two.locator(".count")).to_contain_text("第 4 題")
    quickly(two, 1)
    expect(one.locator(".count")).to_contain_text("第 5 題")
    quickly(one, 2)
    expect(two.locator(".count")).to_contain_text("第 7 題")
    assert len(draft(one)["papers"][0]["done"]) == 6
    press(two, "從頭開始")
    press(two, "重新開始")
    expect(one.locator(".standing")).to_contain_text("這是新的一場")
    assert len(record(one)["results"]) == 6


def test_papers_of_two_tabs_do_not_overwrite_each_other(visit: Visit) -> None:
    """Where one tab did not hear of the other in time, each goes on with its own."""
    one, two = visit(EXAM), visit(EXAM)
    two.evaluate("document.querySelector('exam-sheet').away.abort()")
    quickly(one, 6)
    expect(one.locator(".count")).to_contain_text("第 7 題")
    two.wait_for_function("(key) => localStorage.getItem(key)", arg=DRAFT)
    quickly(two, 1)
    one.wait_for_function("(key) => JSON.parse(localStorage.getItem(key)).papers.length === 2", arg=DRAFT)
    assert sorted(len(paper["done"]) for paper in draft(one)["papers"]) == [1, 6]
    expect(one.locator(".count")).to_contain_text("第 7 題")
    quickly(one, 1)
    assert sorted(len(paper["done"]) for paper in draft(one)["papers"]) == [1, 7]


def test_two_tabs_are_at_one_quiz(visit: Visit) -> None:
    one, two = visit(QUIZ), visit(QUIZ)
    quickly(one, 2)
    expect(two.locator(".count")).to_contain_text("第 3 題")
    expect(two.locator(".standing")).to_contain_text("已答對 2 題")
    quickly(two, 1)
    expect(one.locator(".count")).to_contain_text("第 4 題")
    quickly(one)
    expect(two.locator(".next")).to_have_text("看結果")
    two.locator(".next").click()
    assert verdict(two).startswith("通過：")


# ── links to a question ─────────────────────────────────────────────────────────────────────────


def test_a_link_to_a_question_that_the_exam_did_not_draw_shows_it(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 2)
    other = page.locator(".question.out").first.get_attribute("id") or ""
    page.goto("about:blank")
    page.goto(f"{visit(PLAIN).url.removesuffix(PLAIN)}{EXAM}#{other}")
    expect(shown(page)).to_have_id(other)
    expect(shown(page)).to_be_in_viewport()
    expect(page.get_by_text("不算在考試裡")).to_be_visible()
    answer(shown(page))
    assert len(draft(page)["papers"][0]["done"]) == 2
    press(page, "去考試")
    expect(page.locator(".offer")).to_contain_text("答了 2 題")
    press(page, "接著考")
    expect(page.locator(".count")).to_contain_text("第 3 題")
    assert "#" not in page.url


def test_a_link_inside_the_page_leaves_the_exam_as_it_is(visit: Visit) -> None:
    page = visit(EXAM)
    quickly(page, 2)
    third, other = shown(page).get_attribute("id"), page.locator(".question.out").first.get_attribute("id")
    for named in (other, third):
        page.evaluate("(id) => { location.hash = id }", named)
        expect(shown(page)).to_have_id(named or "")
        expect(page.get_by_text("不算在考試裡")).to_be_visible()
        answer(shown(page))
        page.go_back()
        expect(page.locator(".count")).to_contain_text("第 3 題")
        expect(shown(page)).to_have_id(third or "")
        expect(shown(page).locator(".sure")).to_have_count(1)


def test_a_link_to_a_question_shows_it_alone_also_where_it_is_answered(visit: Visit) -> None:
    page = visit(QUIZ)
    first = shown(page).get_attribute("id") or ""
    quickly(page, 2)
    page.reload()
    page.evaluate("(id) => { location.hash = id }", first)
    expect(shown(page)).to_have_id(first)
    expect(shown(page)).to_be_in_viewport()
    press(page, "做整份測驗")
    expect(page.locator(".count")).to_be_visible()
    assert shown(page).get_attribute("id") != first


# ── on paper ────────────────────────────────────────────────────────────────────────────────────


def printed(page: Page) -> str:
    """What of the page would stand on paper, without blanks."""
    page.emulate_media(media="print")
    text = page.locator(".hb-quiz").inner_text()
    page.emulate_media(media="screen")
    return re.sub(r"\s+", "", text)


def test_paper_has_no_answers_unless_they_are_asked_for(visit: Visit) -> None:
    page = visit("quiz/complaints/")
    bare = printed(visit("quiz/complaints/", java_script_enabled=False))
    assert bare.count("A.") >= page.locator(".question").count()
    for secret in ("再讀：", "答案與說明", "：對。", "：不對。", "配A。", "先後是"):
        assert secret not in bare
    assert printed(page) == bare
    quickly(page, 4, right=False)
    assert printed(page) == bare
    press(page, "全部列出")
    answer(page.locator(".question:not([hidden], .answered)").first)
    assert printed(page) == bare
    page.get_by_label("附答案").check()
    whole = printed(page)
    assert whole.count("再讀：") == page.locator(".question").count()
    assert "B：對。" in whole and "不對。" in whole
    press(page, "從頭開始")
    assert printed(page) == whole, "also of what is asked again"
    page.get_by_label("附答案").uncheck()
    assert printed(page) == bare


def test_paper_has_the_questions_of_the_exam(visit: Visit, book: Handbook) -> None:
    page = visit(EXAM)
    page.emulate_media(media="print")
    expect(page.locator(".question:visible")).to_have_count(book.roles["online-agent"].exam.questions)


# ── translated by the browser ───────────────────────────────────────────────────────────────────

# As translators do: every text is another, in an element of its own.
TRANSLATE = """() => {
    const walker = document.createTreeWalker(document.querySelector(".hb"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.push(walker.currentNode);
    for (const text of texts) {
        const font = document.createElement("font");
        font.append(document.createElement("font"));
        font.firstChild.textContent = `Übersetzt ${text.length}`;
        text.replaceWith(font);
    }
}"""


@pytest.mark.parametrize("right", [True, False])
def test_a_translated_page_takes_the_same_answers(visit: Visit, right: bool) -> None:
    page = visit("quiz/complaints/")
    page.evaluate(TRANSLATE)
    for mode in page.locator(".modes button").all()[::-1]:
        mode.click()
        page.evaluate(TRANSLATE)
    quickly(page, right=right)
    kept = record(page)["results"].values()
    assert len(kept) == page.locator(".question").count()
    assert {one["right"] for one in kept} == {right}


# ── seen and touched ────────────────────────────────────────────────────────────────────────────


def test_no_state_of_an_exam_shuts_anybody_out(visit: Visit) -> None:
    page = visit(EXAM, size=(320, 568))
    quickly(page, 2)
    other = page.locator(".question.out").first.get_attribute("id")
    page.reload()

    def holds(state: str) -> None:
        load(page)
        assert violations(page, ALL, "article") == [], state
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state
        for target in page.locator("exam-sheet > :not(.questions) button:visible, .tools label:visible").all():
            box = target.bounding_box()
            assert box and box["height"] >= 44 - 0.5, (state, target.inner_text())

    holds("offered")
    page.evaluate("(id) => { location.hash = id }", other)
    expect(shown(page)).to_have_count(1)
    holds("one question alone")
    press(page, "去考試")
    press(page, "接著考")
    holds("gone on with")
    quickly(page, right=False)
    holds("at its end")
