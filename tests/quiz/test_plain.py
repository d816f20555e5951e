"""Questions in plain words: what every format is written from."""

from __future__ import annotations

import pytest

from handbook.model.book import Handbook
from handbook.model.questions import CaseStudy, Choice, Match, Option, Order, Question
from handbook.quiz.answers import jumbled, seed, shuffled
from handbook.quiz.bank import bank
from handbook.quiz.exam import Drawn
from handbook.quiz.plain import Arrange, Choose, Moment, Omitted, Pairs, Plain, plainly, printable
from handbook.reading.load import load
from tests import cases, project


@pytest.fixture(scope="module")
def shipped() -> Handbook:
    book, _ = load(project.ROOT)
    assert book
    return book


@pytest.fixture(scope="module")
def small() -> Handbook:
    book, _ = load(cases.MINIMAL)
    assert book
    return book


def choice(*about: str) -> Choice:
    options = [Option(text="對", right=True), Option(text="錯", feedback="不對"), Option(text="不", feedback="不行")]
    return Choice(id="one", kind="choice", about=list(about), ask="問", why="因為", options=options)


def said(book: Handbook, sop: str, question: Question) -> Plain:
    [one] = plainly(book, Drawn(sop, question))
    assert isinstance(one, Plain)
    return one


def test_where_to_read_names_each_sop_and_clause_once(shipped: Handbook) -> None:
    about = ["complaints#listen", "complaints#major-resolve", "complaints#major", "lobby-service#read-back"]
    why, where = said(shipped, "complaints", choice(*about, "complaints#listen")).after
    assert why == "因為"
    other = shipped.clauses["lobby-service"]["read-back"].clause.headline.rstrip("。")
    title = shipped.title(shipped.sops["lobby-service"])
    assert where == (
        f"請看「投訴接待」：請住戶坐下，等對方把話說完；重大投訴：把問題解決；重大投訴。請看「{title}」：{other}。"
    )


def test_no_placeholder_is_left(shipped: Handbook) -> None:
    for key, questions in bank(shipped).items():
        for question in questions:
            assert "$(" not in repr(list(plainly(shipped, Drawn(key, question))))


def test_answers_stand_in_the_order_of_the_seed(shipped: Handbook) -> None:
    """The same as on paper and on screen."""
    for key, questions in bank(shipped).items():
        for question in questions:
            first, *_ = plainly(shipped, Drawn(key, question))
            if isinstance(question, Choice):
                assert isinstance(first, Choose)
                wanted = shuffled(question.options, seed(key, question))
                assert [one.text for one in first.answers] == [shipped.plain(one.text) for one in wanted]
            elif isinstance(question, (Order, Match)):
                assert isinstance(first, (Arrange, Pairs))
                assert list(first.shown) == jumbled(range(len(first.shown)), seed(key, question))


def test_a_case_is_a_question_a_scene(small: Handbook) -> None:
    [case] = [one for one in bank(small)["lost-property"] if isinstance(one, CaseStudy)]
    scenes = list(plainly(small, Drawn("lost-property", case)))
    assert all(isinstance(one, Moment) for one in scenes)
    assert [one.id for one in scenes if isinstance(one, Moment)] == [
        "lost-property/wallet/1-handed-in",
        "lost-property/wallet/2-evening",
    ]
    assert [[answer.to for answer in one.answers] for one in scenes if isinstance(one, Moment)] == [
        [{"evening": 2}.get(way.to or "") for way in shuffled(scene.ways, f"lost-property/wallet/{scene.id}")]
        for scene in case.scenes
    ]


def test_a_kind_that_nobody_knows_is_listed(small: Handbook) -> None:
    question = Question(id="essay", ask="問", why="因為")
    assert list(plainly(small, Drawn("clerk", question))) == [Omitted("clerk/essay", "沒有一種格式認得這一類題目")]


def test_two_options_are_too_few(small: Handbook) -> None:
    question = choice("clerk#open-up")
    few = question.model_copy(update={"options": question.options[:2]})
    assert list(plainly(small, Drawn("clerk", few))) == [Omitted("clerk/one", "選項不到三個")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("字😀\t\n", "字😀\t\n"),
        ("\x00\x0b\x1f", "\ufffd\ufffd\ufffd"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("\x7f\ue000", "\x7f\ue000"),
    ],
)
def test_what_no_file_may_hold_is_replaced(text: str, shown: str) -> None:
    assert printable(text) == shown
