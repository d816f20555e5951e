"""The rules on written questions: each lets the mended question pass, and looks at no more than it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.model.facts import Amount, Fact
from handbook.problem import RULES
from handbook.reading.load import load
from handbook.rules import quiz_answers, quiz_cases, quiz_giveaways, quiz_questions, quiz_typed
from tests import cases, project
from tests.test_wording import sentences

ROOMS = (quiz_answers, quiz_cases, quiz_giveaways, quiz_questions, quiz_typed)
OURS = {room.__name__ for room in ROOMS}
pytestmark = pytest.mark.usefixtures("today")


def said(tmp_path: Path, key: str, text: str) -> list[str]:
    """The codes that a quiz gives rise to in the small handbook."""
    root = cases.copy(tmp_path)
    (root / f"quiz/{key}.yml").write_text(text, "utf-8")
    return [problem.code for problem in cases.problems(root)]


# ── each rule has a good twin ───────────────────────────────────────────────────────────────────

# A bad file of ours; what is mended in it; then it holds.
MENDED = [
    ("quiz-right-two", "等他走近來, right: true", "等他走近來, feedback: 他會以為沒有人理他。"),
    ("quiz-right-one-of-several", "等他走近來, feedback: 他會以為沒有人理他。", "看他的眼睛, right: true"),
    ("quiz-right-two-in-scene", "帶回家裡收著過夜, right: true", "帶回家裡收著過夜"),
    ("quiz-feedback-missing", "text: 等他走近來", "text: 等他走近來, feedback: 他會走掉，不再來。"),
    ("quiz-feedback-empty-words", "feedback: 不對。", "feedback: 他會走掉，不再來。"),
    ("quiz-then-says-nothing", "then: 不對，錯了。", "then: 他轉身走了，再也沒有回來。"),
    ("quiz-all-of-above", "以上都是", "看著他點頭"),
    ("quiz-all-are-right", "都可以", "看著他點頭"),
    ("quiz-double-negative", "不得不先做", "要先做"),
    ("quiz-double-negative-in-option", "不能不轉身", "轉過身來"),
    ("quiz-double-negative-of-ask-and-option", "不看著別處", "看著他點頭"),
    ("quiz-options-unlike", "放下手上的貨，轉身面向客人，看著他說早安", "轉身面向客人"),
    ("quiz-option-unlike-with-names", "填好$(found-log)，", ""),
    ("quiz-right-always-longest", "轉身面向他說早安, right: true", "轉身面向他, right: true"),
    ("quiz-option-twice", "等他，走近來。", "等他先開口"),
    ("quiz-left-twice", "left: 客人進門\n        right: 慢走", "left: 客人要走\n        right: 慢走"),
    ("quiz-right-twice", "right: 慢走。", "right: 謝謝您"),
    ("quiz-step-twice", "lost-property#log, lost-property#log", "lost-property#log, lost-property#keep"),
    ("quiz-ask-twice-elsewhere", "怎麼辦？", "先做哪一件？"),
    ("quiz-about-elsewhere", "about: lost-property#hand-over", "about: greeting#greet"),
    ("quiz-number-without-fact", "about: greeting#farewell", "about: greeting#greet"),
    ("undecided-asked-of-a-number", "    source: S2\n", "    source: S2\n    facts_hold: true\n"),
    ("quiz-order-reversed", "lost-property#log, lost-property#take", "lost-property#take, lost-property#log"),
    ("quiz-order-across-files", "greeting#greet", "lost-property#log"),
    ("quiz-way-to-nowhere", "to: tomorrow", "to: later"),
    ("quiz-way-to-its-own-scene", "to: now", "to: later"),
    ("quiz-way-back", ", to: now", ""),
    ("quiz-scene-never-reached", "then: 失主問東西怎麼會在你家。", "then: 失主問東西怎麼會在你家。, to: weeks-after"),
    ("quiz-typed-answer", "離客人 1 公尺就夠了嗎", "離客人 2 公尺就夠了嗎"),
    ("quiz-typed-answer-in-hours", "48 小時以內", "$(lost-property#hand-over)"),
    ("quiz-typed-answer-of-the-same-day", "當天寫進去", "$(lost-property#log)寫"),
    ("quiz-typed-answer-in-scene", "最慢兩天要送走", "最慢 $(lost-property#hand-over)要送走"),
    ("quiz-too-long-ask", "，旁邊的同事正在講電話，後面又有兩位客人在排隊等著結帳", ""),
    ("quiz-made-id", "say--greet", "say-hello"),
]


@pytest.mark.parametrize(("name", "wrong", "right"), MENDED, ids=[name for name, _, _ in MENDED])
def test_what_is_mended_holds(name: str, wrong: str, right: str, tmp_path: Path) -> None:
    case = cases.read(cases.HERE / "bad" / f"{name}.yml")
    [(path, data)] = case.put.items()
    text = data.decode("utf-8")
    assert wrong in text
    case.put[path] = text.replace(wrong, right).encode("utf-8")
    cases.apply(case, cases.copy(tmp_path))
    assert [str(problem) for problem in cases.problems(tmp_path)] == []


def test_every_rule_here_has_a_twin() -> None:
    """But for places: they are a matter of several questions, and stand below."""
    source = "".join(Path(module.__file__).read_text("utf-8") for module in ROOMS)
    codes = set(re.findall(r'@rule\(\s*"([a-z-]+)"', source))
    twins = {
        place.split()[0]
        for name, _, _ in MENDED
        for place, _ in cases.expected(cases.read(cases.HERE / "bad" / f"{name}.yml"))
    }
    assert codes - twins == {"right-place", "case-ending"}


# ── several questions together ──────────────────────────────────────────────────────────────────

WRONG = ["等他走近來", "先把貨排完"]


def quiz(right: list[str], places: list[int]) -> str:
    """A question for each right option, which stands at its place among the wrong ones."""
    text = "questions:\n"
    for number, (words, place) in enumerate(zip(right, places, strict=True), 1):
        options = [f"{{text: {other}, feedback: 他會以為沒有人理他。}}" for other in WRONG]
        options.insert(place, f"{{text: {words}, right: true}}")
        text += (
            f"  - id: question-{number}\n    kind: choice\n    about: greeting#greet\n"
            f"    ask: 今天第 {number} 位客人進門，先做什麼？\n    options: [{', '.join(options)}]\n"
            "    why: 先看到臉，才知道在招呼他。\n"
        )
    return text


LONG, SAME, MIXED = "轉身面向他微笑", "轉身面向他", [0, 1, 2, 0, 1, 2]


def test_the_right_one_may_be_the_longest_in_half_of_the_questions(tmp_path: Path) -> None:
    assert said(tmp_path, "greeting", quiz([LONG] * 3 + [SAME] * 3, MIXED)) == []
    assert said(tmp_path, "greeting", quiz([LONG] * 4 + [SAME] * 2, MIXED)) == ["right-longest"]
    assert said(tmp_path, "greeting", quiz([LONG] * 3, [0, 1, 2])) == []


def test_the_right_one_may_stand_at_one_place_in_two_thirds(tmp_path: Path) -> None:
    assert said(tmp_path, "greeting", quiz([SAME] * 6, [1, 1, 1, 1, 0, 2])) == []
    assert said(tmp_path, "greeting", quiz([SAME] * 6, [1, 1, 1, 1, 1, 2])) == ["right-place"]
    assert said(tmp_path, "greeting", quiz([SAME] * 3, [1, 1, 1])) == []


# ── words ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    sentences("以上皆是　以上皆非　以上都對　以上皆可　都對　都不對　皆是　全部都對　全都可以　兩者皆可　我選以上皆是"),
)
def test_no_option_gathers_the_others(text: str) -> None:
    assert quiz_giveaways.ABOVE.search(text)


@pytest.mark.parametrize(
    "text", sentences("三天都不對帳　先對好帳　把全部的東西點一次　都送到櫃檯去　對方不對的地方　住了十天以上的人")
)
def test_an_option_may_speak_of_all(text: str) -> None:
    assert not quiz_giveaways.ABOVE.search(text)


@pytest.mark.parametrize(
    "text",
    sentences("不得不報警　不能不說　不會沒有人　並非不可　非報警不可　沒有人不知道　不可能不來　不是不行　無不歡迎"),
)
def test_two_negations_are_struck(text: str) -> None:
    assert quiz_giveaways.TWICE_NOT.search(text)


@pytest.mark.parametrize(
    "text", sentences("不插話，也不打斷　要不要留話　不好意思，他不方便　沒有人接，也不留言　是不是漏水　能不能")
)
def test_two_plain_denials_are_not(text: str) -> None:
    assert not quiz_giveaways.TWICE_NOT.search(text)


TWO_DAYS = Amount(2, "day")


@pytest.mark.parametrize(
    ("text", "amount", "found"),
    [
        ("在 2 天內答覆", TWO_DAYS, "2 天內"),
        ("兩天後才答覆", TWO_DAYS, "兩天"),
        ("48 小時之內", TWO_DAYS, "48 小時之內"),
        ("四十八小時", TWO_DAYS, "四十八小時"),
        ("十二天", TWO_DAYS, ""),
        ("第二天才答覆", TWO_DAYS, ""),
        ("12 天", TWO_DAYS, ""),
        ("2 週", TWO_DAYS, ""),
        ("鈴響三聲", Amount(3, "ring"), "三聲"),
        ("響了三次", Amount(3, "ring"), ""),
        ("七成", Amount(70, "%"), "七成"),
        ("百分之七十", Amount(70, "%"), "百分之七十"),
        ("70%", Amount(70, "%"), "70%"),
        ("半小時", Amount(30, "minute"), "半小時"),
        ("二十分鐘", Amount(20, "minute"), "二十分鐘"),
        ("一天內要做完", Amount(1, "day"), "一天內"),
        ("每一天", Amount(1, "day"), "一天"),
        ("有一天", Amount(1, "day"), ""),
        ("2 公釐", Amount(2, "mm"), "2 公釐"),
        ("兩百一十五元", Amount(215, "time"), ""),
        ("兩百一十五次", Amount(215, "time"), "兩百一十五次"),
        ("一個月", Amount(1, "month", end=True), ""),
        ("當天就做", Amount(0, "day"), "當天"),
    ],
)
def test_a_fact_is_known_in_any_words(text: str, amount: Amount, found: str) -> None:
    assert quiz_typed.typed(text, Fact("within", amount), "text") == found


def test_the_same_day_is_a_deadline_only_in_an_answer() -> None:
    fact = Fact("within", Amount(0, "day"))
    assert quiz_typed.typed("當天下午，他又來了", fact, "scene") == ""
    assert quiz_typed.typed("當天告訴他", fact, "text") == "當天"


# ── what is shipped ─────────────────────────────────────────────────────────────────────────────


def test_what_cites_an_sop_that_cannot_be_read_waits_for_it(tmp_path: Path) -> None:
    """Nobody knows how long an option will be whose fact is missing."""
    root = cases.copy(tmp_path)
    project.replace(root / "sop/procedures/lost-property.yml", "within: 2 days", "within: 兩天")
    project.replace(root / "quiz/greeting.yml", "等他走近了再抬頭", "$(lost-property#hand-over)再抬頭看他")
    assert [problem.code for problem in cases.problems(root)] == ["bad-amount"]


def test_the_shipped_quizzes_hold() -> None:
    book, _ = load(project.ROOT)
    assert book
    ours = [known.check for known in RULES.values() if known.check and known.check.__module__ in OURS]
    assert len(ours) > 15
    assert [str(problem) for check in ours for problem in check(book)] == []
