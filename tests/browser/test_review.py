"""Five questions a day: from the card on the home page to the end, and what becomes of the record."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import broken
from tests.browser.test_quiz import answer, shown
from tests.browser.test_sign import call
from tests.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.bare]

CARD = ".daily a"
DAYS_AGO = "(days) => Date.now() - days * 86_400_000"
# Question by question, as their pages have them and in another order: what is said of which answer, in words.
REORDERED = """async () => {
    const { reorder } = await import(new URL("assets/review/options.js", document.baseURI.replace(/quiz.*/, "")).href);
    const words = (item, list) => Object.fromEntries([...item.querySelectorAll(`${list} > li`)].map((one) =>
        [one.dataset.letter, one.querySelector("span").textContent]));
    const sorted = (some) => JSON.stringify([...some].sort());
    const told = {
        choice: (item, key) => {
            const said = [...item.querySelectorAll(".verdicts li")].map(({ textContent }) => textContent.trim());
            const options = words(item, ".options");
            const lines = said.map((line) => options[line[0]] + line.slice(1));
            return sorted([...key].map((one) => options[one])) + sorted(lines);
        },
        order: (item, key) => {
            const options = words(item, ".options");
            const said = [...item.querySelectorAll(".sequence b")].map((one) => options[one.textContent]);
            return JSON.stringify([[...key].map((one) => options[one]), said]);
        },
        match: (item, key) => {
            const [lefts, rights] = [words(item, ".lefts"), words(item, ".rights")];
            const said = [...item.querySelectorAll(".verdicts li")].map(({ textContent }) => textContent.trim());
            const pairs = [...key].map((one, place) => [lefts[place + 1], rights[one]]);
            return sorted(pairs) + sorted(said.map((line) => lefts[line[0]] + rights[line[4]] + line.slice(5)));
        },
        case: (item) => JSON.stringify([...item.querySelectorAll(".scene")].map((scene) => {
            const options = words(scene, ".options");
            const ways = Object.keys(options).map((one) => {
                const then = item.querySelector(`[id="${scene.id}/${one}"]`).textContent.trim();
                return [options[one], then[0] === one, then.slice(1)];
            });
            return [options[scene.dataset.right], sorted(ways)];
        })),
    };
    const texts = (item) => [...item.querySelectorAll(".options:not(.lefts) span")].map((one) => one.textContent);
    const looks = (item) => texts(item).join();
    const found = { kinds: new Set(), wrong: [], same: [], letters: [] };
    for (const item of document.querySelectorAll(".question")) {
        const kind = item.classList[1];
        const tell = told[kind] ?? told.choice;
        const key = (one) => one.querySelector(".answer").dataset.right;
        for (let n = 0; n < 4; n++) {
            const other = item.cloneNode(true);
            reorder(other, Math.random);
            if (tell(other, key(other)) !== tell(item, key(item))) found.wrong.push(item.id);
            if (looks(other) === looks(item)) found.same.push(item.id);
            if (/order|match/.test(kind) && key(other) === [...key(other)].sort().join("")) found.same.push(item.id);
            const letters = [...other.querySelectorAll("input[value]")];
            found.letters.push(...letters.filter((one) => one.value !== one.closest("li").dataset.letter));
        }
        found.kinds.add(kind);
    }
    return { ...found, kinds: [...found.kinds].sort() };
}"""


def stored(page: Page, name: str) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", f"handbook:/:{name}") or "null")


def store(page: Page, name: str, value: Any) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"handbook:/:{name}", json.dumps(value)])


def log(page: Page) -> dict[str, str]:
    kept = stored(page, "quiz-log")
    return dict(zip(kept["asked"], kept["answers"], strict=True))


def passed(page: Page, sop: str, days: int) -> dict[str, Any]:
    """A record of a quiz that was passed so many days ago; the page is my progress."""
    marks = page.locator(f"tr[data-sop={sop}]").get_attribute("data-questions") or ""
    result = {"right": True, "sure": True, "at": page.evaluate(DAYS_AGO, days)}
    pairs = (mark.split("=") for mark in marks.split(" "))
    results = {f"{sop}/{ident}": {**result, "fingerprint": fingerprint} for ident, fingerprint in pairs}
    return {"version": 1, "results": results, "exams": {}, "saved": 0}


def settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def looked_at(page: Page) -> None:
    """Nothing breaks a rule, and nothing is wider than a phone, at any size of letters."""
    assert broken(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# ── a day ───────────────────────────────────────────────────────────────────────────────────────


def test_the_days_five_from_home_to_their_end(visit: Visit) -> None:
    call(visit("nothing.html"))
    page = visit()
    expect(page.locator(CARD)).to_have_text("今天 5 題")
    looked_at(page)
    page.locator(CARD).click()
    expect(page.locator(".count")).to_have_text("第 1 題，共 5 題")
    queue = stored(page, "quiz-review")["queue"]
    answer(shown(page))
    expect(page.locator(".again")).to_have_text("明天再問這一題。")
    looked_at(page)
    page.go_back()
    expect(page.locator(CARD)).to_have_text("今天 4 題")
    page.locator(CARD).click()
    expect(page.locator(".count")).to_have_text("第 1 題，共 4 題")
    answer(shown(page), right=False)
    page.locator(".next").click()
    answer(shown(page), sure=False)
    for _ in range(2):
        page.locator(".next").click()
        answer(shown(page))
    page.locator(".next").click()
    expect(page.locator(".results h2")).to_have_text("答完了：4 題答對 3 題")
    expect(page.locator(".results h2")).to_be_focused()
    assert page.locator(".reread a").count() > 0
    looked_at(page)
    assert stored(page, "quiz-review")["queue"] == queue, "the same all day"
    assert list(log(page)) == queue and set(stored(page, "quiz")["results"]) == set(queue)
    page.reload()
    expect(page.locator(".results h2")).to_have_text("今天的 5 題答完了")
    page.get_by_role("link", name="回首頁").click()
    settled(page)
    expect(page.locator(CARD)).to_have_count(0)


def test_the_next_day_begins_with_what_was_missed_or_guessed(visit: Visit) -> None:
    page = visit("nothing.html")
    call(page)
    page = visit("review/")
    for right, sure in ((True, True), (True, False), (False, True), (True, True), (False, False)):
        answer(shown(page), right=right, sure=sure)
        page.locator(".next").click()
    first = log(page)
    missed = {one for one, told in first.items() if "-3" not in told}
    assert len(missed) == 3
    page = visit(now="2026-12-16T08:00:00")
    expect(page.locator(CARD)).to_have_text("今天 5 題")
    queue = stored(page, "quiz-review")["queue"]
    assert set(queue) == set(first), "nothing new while something is due"
    page = visit("review/", now="2026-12-17T08:00:00")
    for _ in range(5):
        answer(shown(page))
        page.locator(".next").click()
    assert all(len(told.split()) == 2 for told in log(page).values())
    page = visit("review/", now="2026-12-18T08:00:00")
    expect(page.locator(".count")).to_have_text("第 1 題，共 5 題")
    again = stored(page, "quiz-review")["queue"]
    assert missed == set(again) & set(first), "a rung below the others"


def test_a_mistake_takes_no_pass_away_and_says_so(visit: Visit) -> None:
    page = visit("quiz/")
    record = passed(page, "fees", 20)
    store(page, "quiz", record)
    page.goto(page.url.replace("quiz/", "review/"))
    answer(shown(page), right=False)
    expect(page.locator(".again")).to_have_text("明天再問這一題。你先前答對過：測驗的成績不變。")
    assert stored(page, "quiz") == record
    page.locator(".next").click()
    answer(shown(page))
    expect(page.locator(".again:visible")).to_have_text("3 天後再問這一題。")
    renewed = [one["at"] for one in stored(page, "quiz")["results"].values()]
    assert len(set(renewed)) == 2, "what was answered right is as of today"
    page.goto(page.url.replace("review/", "quiz/"))
    expect(page.locator("tr[data-sop=fees]")).to_have_attribute("data-status", "passed")
    changed = {
        **record["results"],
        **{next(iter(record["results"])): {**next(iter(record["results"].values())), "right": False}},
    }
    store(page, "quiz", {**record, "results": changed})
    page.get_by_role("link", name="每天 5 題").click()
    expect(page.locator(".count")).to_have_text("第 1 題，共 3 題")


def test_a_question_stands_in_another_order_with_the_same_answers(visit: Visit) -> None:
    found = visit("quiz/complaints/").evaluate(REORDERED)
    assert found["kinds"] == ["case", "choice", "match", "number", "order", "several"]
    assert (found["wrong"], found["same"], found["letters"]) == ([], [], [])


# ── who sees it ─────────────────────────────────────────────────────────────────────────────────


def test_a_first_visit_loads_nothing_of_it(visit: Visit) -> None:
    page = visit("nothing.html")
    asked: list[str] = []
    page.context.on("request", lambda one: asked.append(one.url))
    page = visit()
    settled(page)
    assert any("idle.js" in one for one in asked)
    assert [one for one in asked if "/review/" in one or one.endswith("/quiz/")] == []
    expect(page.locator(CARD)).to_have_count(0)


def test_without_a_script_nothing_is_promised(visit: Visit) -> None:
    page = visit("review/", java_script_enabled=False)
    expect(page.locator(".hb-review")).to_contain_text("這一頁要有 JavaScript 才能出題")
    page.get_by_role("link", name="每份 SOP 的測驗").click()
    expect(page.get_by_role("link", name="每天 5 題")).to_have_count(0)


def test_on_a_shared_phone_each_has_their_own_five_and_nobody_none(visit: Visit) -> None:
    page = visit("nothing.html")
    people = [
        {"id": one, "name": name, "role": "service-desk", "first": ""} for one, name in (("", "王"), ("7:", "李"))
    ]
    store(page, "people", {"version": 1, "people": people})
    page.evaluate("localStorage.setItem('handbook:/:turn', '7: ' + (Date.now() + 500_000))")
    page = visit("review/")
    answer(shown(page))
    assert stored(page, "quiz-log") is None and stored(page, "7:quiz-log")
    page.evaluate("localStorage.setItem('handbook:/:turn', '- 0')")
    page = visit()
    settled(page)
    expect(page.locator(CARD)).to_have_count(0)
    page = visit("review/")
    expect(page.locator(".banner.nobody")).to_contain_text("還沒選名字")


def test_where_the_questions_cannot_be_had_it_says_so_and_tries_again(visit: Visit) -> None:
    page = visit("nothing.html")
    page.route(re.compile("/quiz/$"), lambda route: route.fulfill(status=200, body=""))
    page.goto(page.url.replace("nothing.html", "review/"))
    expect(page.locator(".results h2")).to_have_text("今天沒有要問的題目")
    page.unroute_all()
    page.reload()
    expect(page.locator(".count")).to_have_text("第 1 題，共 5 題")
    page.route(re.compile(r"/quiz/[a-z-]+/$"), lambda route: route.fulfill(status=200, body=""))
    page.reload()
    expect(page.locator(".results h2")).to_contain_text("題目拿不到")
    page.unroute_all()
    page.get_by_role("button", name="再試一次").click()
    expect(page.locator(".count")).to_have_text("第 1 題，共 5 題")


def test_what_is_stored_is_a_strangers(visit: Visit) -> None:
    page = visit("nothing.html")
    call(page)
    for queue in (["<img src=x onerror=alert(1)>", "__proto__", 5, "fees/none"], "x", [["a"]], {}, None):
        store(page, "quiz-review", {"day": "2026-12-15", "role": "service-desk", "queue": queue})
        page = visit("review/")
        expect(page.locator(".count")).to_have_text("第 1 題，共 5 題")
        assert len(stored(page, "quiz-review")["queue"]) == 5
