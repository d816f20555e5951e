"""Questions made from the data: sound, whole and the same each time, in any handbook that holds."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.model.amounts import Amount
from handbook.model.book import Handbook
from handbook.model.clauses import Case, Item, Step
from handbook.model.days import Named
from handbook.model.facts import Fact
from handbook.model.fields import SLUG
from handbook.model.limits import Limit, limit
from handbook.model.questions import Choice, Number, Order, Question
from handbook.model.sops import Procedure, Sop
from handbook.problem import RULES
from handbook.quiz import answers
from handbook.quiz.bank import bank
from handbook.quiz.made.choice import MADE
from handbook.quiz.made.order import MOST
from handbook.quiz.made.spots import Stock
from handbook.quiz.near import made_up
from handbook.reading.load import load
from tests import cases, project
from tests.test_facts import READ


@pytest.fixture(scope="module")
def books() -> dict[str, Handbook]:
    """The shipped handbook and the small one."""
    found = {"shipped": load(project.ROOT)[0], "small": load(cases.MINIMAL)[0]}
    return {name: book for name, book in found.items() if book}


def made_ones(book: Handbook) -> list[tuple[str, Question]]:
    return [(key, question) for key, questions in bank(book).items() for question in questions if MADE in question.id]


def named(book: Handbook, kind: str) -> Iterator[tuple[str, Question]]:
    return ((key, question) for key, question in made_ones(book) if question.id.startswith(kind + MADE))


@pytest.fixture(scope="module", params=["shipped", "small"])
def book(request: pytest.FixtureRequest, books: dict[str, Handbook]) -> Handbook:
    return books[request.param]


# ── every question ──────────────────────────────────────────────────────────────────────────────


def test_each_has_one_right_answer_and_reasons_for_the_others(book: Handbook) -> None:
    for key, question in made_ones(book):
        if not isinstance(question, Order):
            options = answers.options(book, question)
            assert [one.right for one in options].count(True) == 1, (key, question.id)
            assert len(options) == answers.OPTIONS
            assert len({answers.folded(one.text) for one in options}) == len(options), (key, question.id)
            assert all(bool(one.feedback) != one.right for one in options)
        assert question.why.endswith(("。", "）", "？", "！")), question.why


def test_each_is_of_the_model(book: Handbook) -> None:
    """They are made without a check, which costs; they must pass one all the same, but for ids, which may be long."""
    for _, question in made_ones(book):
        data = {**question.model_dump(), "id": "any-id"}
        assert type(question).model_validate(data).model_dump() == data


def test_no_two_share_an_id_and_no_written_one_can_take_it(book: Handbook) -> None:
    for questions in bank(book).values():
        assert [ident for ident, count in Counter(one.id for one in questions).items() if count > 1] == []
    assert re.match(SLUG, f"number{MADE}x"), "a written id could look like this, and is refused"
    assert "made-id" in RULES


def test_all_words_are_plain(book: Handbook) -> None:
    for _, question in made_ones(book):
        said = [question.ask, question.why]
        said += [words for one in answers.options(book, question) for words in (one.text, one.feedback or "")]
        for words in said:
            assert "$(" not in words
            assert not re.search(r"。。|，。|：。|「」|None|  ", words), words


def test_each_names_clauses_that_are_there(book: Handbook) -> None:
    for key, question in made_ones(book):
        assert question.clauses
        assert all(ref.startswith(f"{key}#") and book.clause(ref) for ref in question.clauses)


def test_the_bank_has_the_written_ones_first(book: Handbook) -> None:
    for key, questions in bank(book).items():
        written = book.quizzes[key].questions if key in book.quizzes else []
        assert questions[: len(written)] == written
        assert all(MADE in question.id for question in questions[len(written) :])


def test_the_same_handbook_makes_the_same_questions(book: Handbook) -> None:
    again = load(project.ROOT if "complaints" in book.sops else cases.MINIMAL)[0]
    assert again
    assert bank(again) == bank(book)
    for (_, one), (_, other) in zip(made_ones(book), made_ones(again), strict=True):
        assert answers.options(book, one) == answers.options(again, other)


# ── by kind ─────────────────────────────────────────────────────────────────────────────────────


def test_the_shipped_handbook_has_every_kind(books: dict[str, Handbook]) -> None:
    kinds = Counter(question.id.partition(MADE)[0] for _, question in made_ones(books["shipped"]))
    assert set(kinds) == {"order", "missing", "number", "form", "who", "say", "never"}
    assert kinds["order"] == len(books["shipped"].procedures)


def test_order_follows_the_mnemonic(book: Handbook) -> None:
    for key, question in named(book, "order"):
        assert isinstance(question, Order)
        steps = [found[1].clause for ref in question.steps if (found := book.clause(ref))]
        letters = [step.stage for step in steps if isinstance(step, Step)]
        sop = book.sops[key]
        assert isinstance(sop, Procedure)
        assert letters == [letter for letter in sop.mnemonic if letter in letters]
        assert 3 <= len(letters) <= MOST
        assert not any(step.when for step in steps)


def test_a_missing_step_belongs_to_its_stage_alone(book: Handbook) -> None:
    for key, question in named(book, "missing"):
        assert isinstance(question, Choice)
        stages = {book.plain(step.do, key): step.stage for step in _steps(book, key)}
        right, *wrong = (stages[one.text] for one in question.options)
        assert f"的「{right}」" in question.ask
        assert right not in wrong


def _steps(book: Handbook, key: str) -> list[Step]:
    sop = book.sops[key]
    return sop.steps if isinstance(sop, Procedure) else []


def test_every_settled_fact_becomes_a_number(book: Handbook) -> None:
    facts = {
        f"{sop.id}#{placed.clause.id}"
        for sop, placed in book.each()
        if placed.clause.fact and not book.undecided(sop, placed.clause)
    }
    written = {one.about for quiz in book.quizzes.values() for one in quiz.questions if isinstance(one, Number)}
    made_up = [question.clauses[0] for _, question in named(book, "number")]
    assert sorted(made_up) == sorted(facts - written)


def test_a_fact_is_asked_for_once(books: dict[str, Handbook]) -> None:
    numbers = [one.about for one in bank(books["small"])["lost-property"] if isinstance(one, Number)]
    assert numbers == ["lost-property#hand-over", "lost-property#log"]


def test_no_wrong_amount_means_the_same(book: Handbook) -> None:
    for _, question in named(book, "number"):
        right, *wrong = (one.text for one in answers.options(book, question))
        found = book.clause(question.clauses[0])
        assert found
        assert found[1].clause.fact
        assert right == found[1].clause.fact.short
        assert right not in wrong
        assert right not in question.ask


def test_no_form_beside_it_is_filled_by_the_same_clause(book: Handbook) -> None:
    names = {form.name: key for key, form in book.forms.items()}
    for _, question in named(book, "form"):
        assert isinstance(question, Choice)
        found = book.clause(question.clauses[0])
        assert found
        right, *wrong = (names[one.text] for one in question.options)
        assert found[1].clause.form == [right]
        assert right not in wrong
        assert book.forms[right].name not in question.ask


def test_who_acts_is_no_one_of_those_beside(book: Handbook) -> None:
    posts = {post.name: key for key, post in book.organization.posts.items()}
    for key, question in named(book, "who"):
        assert isinstance(question, Choice)
        found = book.clause(question.clauses[0])
        assert found
        right, *wrong = (posts[one.text] for one in question.options)
        assert found[1].clause.who == [right]
        for post in wrong:
            sorts = {book.organization.posts[one].department for one in (right, post)}
            assert post in book.sops[key].actors or len(sorts) == 1


def test_no_phrase_beside_it_would_do_as_well(books: dict[str, Handbook]) -> None:
    for _, question in named(books["shipped"], "say"):
        assert isinstance(question, Choice)
        right, *wrong = (answers.folded(one.text) for one in question.options)
        assert not any(right in other or other in right for other in wrong), question.ask


def test_what_is_never_done_stands_beside_what_is(book: Handbook) -> None:
    for key, question in named(book, "never"):
        assert isinstance(question, Choice)
        placed = book.clauses[key][question.clauses[0].partition("#")[2]]
        assert question.options[0].text in {book.plain(line, key).rstrip("。") for line in placed.clause.never}
        done = {book.plain(other.clause.do or "", key).rstrip("。") for other in book.clauses[key].values()}
        forbidden = {book.plain(line, key) for other in book.clauses[key].values() for line in other.clause.never}
        for one in question.options[1:]:
            assert one.text in done - forbidden


# ── one clause at a time ────────────────────────────────────────────────────────────────────────


def standard(book: Handbook, *rules: dict) -> Handbook:
    """The small handbook with other rules in its standard."""
    greeting = book.sops["greeting"]
    items = [Item.model_validate({"source": "own", **rule}) for rule in rules]
    return dataclasses.replace(book, sops={**book.sops, "greeting": changed(greeting, rules=items, related=[])})


def changed(sop: Sop, **fields: object) -> Sop:
    """An SOP with other clauses: a copy, but for where the old ones stood."""
    copy = sop.model_copy(update=fields)
    copy.__dict__.pop("placed", None)
    return copy


def asks(book: Handbook, kind: str) -> list[str]:
    return [question.ask for key, question in named(book, kind) if key == "greeting"]


ACTS = [{"id": f"act-{n}", "do": words} for n, words in enumerate(["看著客人", "放下手機", "站直身體"])]


def test_too_few_acts_make_no_question(books: dict[str, Handbook]) -> None:
    never = {"id": "never", "never": "背對客人"}
    assert asks(standard(books["small"], never, *ACTS[:1]), "never") == []
    assert asks(standard(books["small"], never, *ACTS[:2]), "never") == ["說到「招呼 & *道別*」，哪一件不可以做？"]


def test_what_counts_only_in_a_case_comes_last(books: dict[str, Handbook]) -> None:
    never = {"id": "never", "never": "背對客人"}
    book = standard(books["small"], never, {"id": "rain", "do": "遞上毛巾", "when": "下雨"}, *ACTS[:2])
    [question] = [question for _, question in named(book, "never") if question.clauses == ["greeting#never"]]
    assert {one.text for one in answers.options(book, question)[1:]} == {"看著客人", "放下手機"}


def test_two_forms_at_once_are_not_asked_for(books: dict[str, Handbook]) -> None:
    book = books["small"]
    forms = {
        key: book.forms["found-log"].model_copy(update={"name": name})
        for key, name in {"found-log": "甲表", "log-b": "乙表", "log-c": "丙表"}.items()
    }
    rules = [
        {"id": "both", "do": "兩張都填", "form": ["found-log", "log-b"]},
        {"id": "third", "do": "填$(log-c)", "form": "log-c"},
    ]
    changed = dataclasses.replace(standard(book, *rules), forms=forms)
    assert asks(changed, "form") == ["「填＿＿」，空格是哪一份？"]


def test_a_form_that_the_question_names_is_no_question(books: dict[str, Handbook]) -> None:
    book = books["small"]
    forms = {
        key: book.forms["found-log"].model_copy(update={"name": name})
        for key, name in {"found-log": "甲表", "log-b": "乙表", "log-c": "丙表"}.items()
    }
    rules = [{"id": "one", "do": "照甲表填", "form": "found-log"}, {"id": "two", "do": "再填", "form": "log-b"}]
    changed = dataclasses.replace(standard(book, *rules, {"id": "three", "do": "又填", "form": "log-c"}), forms=forms)
    assert asks(changed, "form") == ["「再填」，用的是哪一份？", "「又填」，用的是哪一份？"]


def test_a_form_of_an_inner_step_is_not_set_beside(books: dict[str, Handbook]) -> None:
    """Who files a case fills what the steps inside are about, too."""
    book = books["small"]
    names = {"found-log": "甲表", "log-b": "乙表", "log-c": "丙表", "log-d": "丁表"}
    forms = {key: book.forms["found-log"].model_copy(update={"name": name}) for key, name in names.items()}
    inner = {"id": "inner", "do": "再填一張", "form": "log-b", "source": "own"}
    steps = [
        {"id": "outer", "stage": "收", "do": "填好收件", "form": "found-log", "steps": [inner]},
        {"id": "third", "stage": "收", "do": "送出", "form": "log-c"},
        {"id": "fourth", "stage": "還", "do": "收回", "form": "log-d"},
    ]
    sop = book.sops["lost-property"]
    new = changed(sop, steps=[Step.model_validate({"source": "own", **step}) for step in steps])
    book = dataclasses.replace(book, forms=forms, sops={**book.sops, sop.id: new})
    drawn = {
        question.clauses[0].partition("#")[2]: {one.text for one in answers.options(book, question)[1:]}
        for _, question in named(book, "form")
    }
    assert drawn["outer"] == {"丙表", "丁表"}
    assert drawn["inner"] == {"丙表", "丁表"}
    assert "甲表" in drawn["third"] | drawn["fourth"]


def test_a_phrase_within_another_is_not_set_beside_it(books: dict[str, Handbook]) -> None:
    rules = [
        {"id": "hello", "group": "甲", "when": "客人進門", "say": "您好。"},
        {"id": "hello-too", "group": "乙", "when": "電話響了", "say": "您好，這裡是小店。"},
        {"id": "wait", "group": "乙", "when": "還沒找到", "say": "請稍等。"},
        {"id": "bye", "group": "丙", "when": "客人要走", "say": "慢走。"},
    ]
    book = standard(books["small"], *rules)
    asked = {question.clauses[0]: question for _, question in named(book, "say")}
    assert {one.text for one in answers.options(book, asked["greeting#hello"])} == {
        "「您好。」",
        "「請稍等。」",
        "「慢走。」",
    }


def test_a_phrase_of_the_same_part_comes_last(books: dict[str, Handbook]) -> None:
    """When somebody comes in, 「請坐。」 may do as well as 「您好。」."""
    rules = [
        {"id": "hello", "group": "甲", "when": "客人進門", "say": "您好。"},
        {"id": "sit", "group": "甲", "when": "客人來了", "say": "請坐。"},
        {"id": "wait", "group": "乙", "when": "還沒找到", "say": "請您再稍等一會兒。"},
        {"id": "bye", "group": "丙", "when": "客人要走", "say": "慢走。"},
    ]
    for left_out, beside in (
        (None, {"「請您再稍等一會兒。」", "「慢走。」"}),
        ("bye", {"「請您再稍等一會兒。」", "「請坐。」"}),
    ):
        book = standard(books["small"], *(rule for rule in rules if rule["id"] != left_out))
        asked = {question.clauses[0]: question for _, question in named(book, "say")}
        assert {one.text for one in answers.options(book, asked["greeting#hello"])[1:]} == beside


def test_what_is_as_long_is_drawn_first(books: dict[str, Handbook]) -> None:
    never = {"id": "never", "never": "背對著客人"}
    long = [{"id": f"long-{n}", "do": words} for n, words in enumerate(["看著客人的眼睛微笑", "放下手上所有的東西"])]
    book = standard(books["small"], *long, never, *ACTS)
    [question] = [question for _, question in named(book, "never") if question.clauses == ["greeting#never"]]
    drawn = {one.text for one in answers.options(book, question)[1:]}
    assert len(drawn) == 2
    assert drawn < {"看著客人", "放下手機", "站直身體"}


def test_the_usual_actor_stands_beside_the_one_who_acts(books: dict[str, Handbook]) -> None:
    book = books["shipped"]
    asked = list(named(book, "who"))
    assert len(asked) > 8
    for key, question in asked:
        usual = {book.name(post) for post in book.sops[key].actors}
        said = {one.text for one in answers.options(book, question)}
        assert usual & said or any(name and name in question.ask for name in usual)


def test_an_unsettled_unit_is_not_asked_for(books: dict[str, Handbook]) -> None:
    rule = {"id": "water", "do": "看水表", "limit": [Limit("at most", Amount(5, "?"))]}
    item = Item.model_construct(
        **{**Item.model_validate({"source": "own", "id": "water", "do": "看水表"}).__dict__, **rule}
    )
    book = standard(books["small"])
    book.sops["greeting"].rules.append(item)  # type: ignore[attr-defined]
    assert list(named(book, "number"))
    assert asks(book, "number") == []


# ── amounts ─────────────────────────────────────────────────────────────────────────────────────

AMOUNTS = st.builds(
    Amount,
    st.integers(0, 400).map(float) | st.sampled_from([0.5, 1.5, 2.5]),
    st.sampled_from(["second", "minute", "hour", "day", "working day", "week", "month", "year", "ring"]),
).filter(lambda amount: amount.number or amount.unit == "day")
MEASURES = st.builds(
    Amount, st.integers(1, 400).map(float), st.sampled_from(["mm", "cm", "m", "time", "person", "copy"])
)
WRITTEN = [
    *(("by", "03:00"), ("by", "18:00 the day before"), ("by", "5th of the month"), ("by", "last day of the month")),
    *(
        ("by", "next working day"),
        ("by", "quarter"),
        ("by", "31 March"),
        ("by", "same day at 23:30"),
        ("after", "15:00"),
    ),
    *(("after", "3 months"), ("every", "Monday"), ("every", "Sundays and Mondays"), ("every", "07:30 and 22:30")),
    *(("every", "3 times a day"), ("every", "1 times a week"), ("every", "first Monday of the month")),
    *(("every", "last working day of the month"), ("every", "4 hours between 08:00 and 20:00"), ("every", "month end")),
    *(("between", "22:00 and 06:00"), ("within", "at once"), ("keep", "48 hours"), ("every", "28th of the month")),
    ("within", "10 minutes between 08:00 and 22:00, else within 30 minutes"),
    *(("limit", "2 to 8 °C"), ("limit", "-18 to -15 °C"), ("limit", "-18 °C"), ("limit", "under 5 °C")),
    *(
        ("limit", "over 1,000 to 5,000 m"),
        ("limit", "1/2"),
        ("limit", "over 10 minutes to under 1 hour"),
        ("limit", "at most 1 minute"),
        ("limit", "0 to 1 m"),
    ),
]
SHARES = st.builds(Amount, st.integers(1, 100).map(float), st.just("%"))
FACTS = (
    st.builds(Fact, st.sampled_from(["within", "before", "after", "every"]), AMOUNTS, st.just("開門"))
    | st.builds(Fact, st.sampled_from(["within", "every"]), st.just(Amount(1, "month", end=True)))
    | st.builds(
        Fact, st.just("limit"), st.builds(Limit, st.sampled_from(["at most", "at least", "exactly"]), MEASURES | SHARES)
    )
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fact=FACTS.filter(lambda fact: (fact.amount and fact.amount.number) or fact.kind == "within"))
def test_any_amount_gets_two_others(books: dict[str, Handbook], fact: Fact) -> None:
    book = books["shipped"]
    sop = book.sops["complaints"]
    placed = book.clauses["complaints"]["listen"]
    made_up = answers.measured(book, sop, placed, fact)
    assert [one.right for one in made_up] == [True, False, False]
    assert len({one.text for one in made_up}) == 3
    assert not any(re.match(r"\D*0 |\D*-", one.text) for one in made_up[1:])
    assert all(one.feedback for one in made_up[1:])


@pytest.mark.parametrize(("kind", "written"), WRITTEN)
def test_whatever_a_clause_measures_gets_two_others(books: dict[str, Handbook], kind: str, written: str) -> None:
    book = books["small"]
    reader = {**READ, "limit": limit}[kind]
    sop = book.sops["lost-property"]
    fact = Fact(kind, reader(written))  # type: ignore[arg-type, operator]
    made_up = answers.measured(book, sop, book.clauses["lost-property"]["keep"], fact)
    assert [one.right for one in made_up] == [True, False, False]
    assert len({one.text for one in made_up}) == 3
    assert all(one.feedback and one.feedback.endswith("。") for one in made_up[1:])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Amount(7, "day"), Amount(1, "week")),
        (Amount(60, "minute"), Amount(1, "hour")),
        (Amount(0, "day"), Amount(1, "day")),
        (Amount(0, "day"), Amount(1, "working day")),
        (Amount(1, "month", end=True), Amount(1, "month")),
    ],
)
def test_the_same_in_other_words_is_no_other_answer(one: Amount, other: Amount) -> None:
    assert answers._alike(Fact("within", one), Fact("within", other))


def test_facts_of_the_same_procedure_come_first(books: dict[str, Handbook]) -> None:
    book = books["shipped"]
    asked = Number.model_construct(id="any", kind="number", about="complaints#major-reply", ask="？", why="。")
    feedback = [one.feedback or "" for one in answers.options(book, asked)[1:]]
    assert all(said.startswith("那是「重") and "裡「" not in said for said in feedback)


def test_a_written_number_has_the_same_options(books: dict[str, Handbook]) -> None:
    book = books["small"]
    [written] = [question for question in book.quizzes["lost-property"].questions if isinstance(question, Number)]
    assert [one.text for one in answers.options(book, written)] == ["2 天內", "當天", "4 天內"]


# ── order and fingerprints ──────────────────────────────────────────────────────────────────────


@given(items=st.lists(st.integers(), unique=True, max_size=9), seed=st.text(max_size=20))
def test_shuffling_loses_nothing_and_repeats_itself(items: list[int], seed: str) -> None:
    assert sorted(answers.shuffled(items, seed)) == sorted(items)
    assert answers.shuffled(items, seed) == answers.shuffled(tuple(items), seed)
    assert len(items) < 2 or answers.jumbled(items, seed) != items
    assert sorted(answers.jumbled(items, seed)) == sorted(items)


def test_the_order_is_the_same_for_ever() -> None:
    """On paper that hangs on a wall, and on the screen of next year."""
    assert answers.shuffled("甲乙丙丁", "complaints/order--stages") == ["丁", "甲", "乙", "丙"]


def test_each_place_has_its_turn() -> None:
    first = Counter(answers.shuffled("甲乙丙", f"complaints/question-{n}")[0] for n in range(600))
    assert all(150 < count < 250 for count in first.values())


def test_a_fingerprint_follows_what_a_clause_demands(books: dict[str, Handbook], tmp_path: Path) -> None:
    book = books["small"]
    [written] = [question for question in book.quizzes["lost-property"].questions if isinstance(question, Number)]
    before = answers.fingerprint(book, written)
    assert re.fullmatch("[0-9a-f]{6}", before)
    path = book.documents["lost-property"].path
    text = (cases.MINIMAL / path).read_text("utf-8")
    for old, new, same in (("within: 2 days", "within: 3 days", False), ("why: 東西丟了", "why: 東西不見", True)):
        assert old in text
        root = cases.copy(tmp_path / new)
        (root / path).write_text(text.replace(old, new), "utf-8")
        changed, _ = load(root)
        assert changed
        assert (answers.fingerprint(changed, written) == before) is same


def test_spots_know_their_case(books: dict[str, Handbook]) -> None:
    spots = {spot.clause.id: spot for spot in Stock(books["small"]).spots(books["small"].sops["lost-property"])}
    assert [key for key, spot in spots.items() if spot.always] == ["take", "log", "keep", "sort"]
    assert spots["hand-over"].stage == "還"
    assert spots["hand-over"].scene == "貴重："
    assert isinstance(spots["ordinary"].clause, Case)


@pytest.mark.parametrize(
    ("kind", "written", "made"),
    [
        ("limit", "at most 1/3", ["不超過 2/3", "不超過 1/4"]),
        ("limit", "2/3", ["1/3", "2/4"]),
        ("limit", "over 10 minutes to under 1 hour", ["超過 11 分鐘、不到 2 小時", "超過 12 分鐘、不到 3 小時"]),
        ("by", "quarter", ["每月最後一天前", "每年 12 月 31 日前"]),
    ],
)
def test_what_is_made_up_can_be_but_is_not(kind: str, written: str, made: list[str]) -> None:
    fact = Fact(kind, {**READ, "limit": limit}[kind](written))  # type: ignore[arg-type, operator]
    assert [other.short for other, _ in made_up(fact)][:2] == made


def test_a_named_moment_and_its_time_are_one_answer() -> None:
    moments = {"opening": Named("開館", ((360, ()),)), "closing": Named("閉館", ((1320, ()),))}
    for kind, one, two in (("by", "closing", "22:00"), ("between", "opening and closing", "06:00 and 22:00")):
        facts = (Fact(kind, READ[kind](written, moments=moments)) for written in (one, two))  # type: ignore[arg-type]
        assert answers._alike(*facts)
