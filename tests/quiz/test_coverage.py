"""What is asked about what, and each role's exam."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from handbook.model.book import Handbook
from handbook.model.questions import CaseStudy
from handbook.model.sops import Exam, Role
from handbook.pages.render import render
from handbook.quiz.bank import bank
from handbook.quiz.coverage import coverage, needed
from handbook.quiz.exam import Drawn, sources
from handbook.quiz.papers import exam
from handbook.reading.load import load
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture(scope="module")
def shipped() -> Handbook:
    book, _ = load(project.ROOT)
    assert book
    return book


# ── coverage ────────────────────────────────────────────────────────────────────────────────────


def test_every_clause_stands_in_the_map_once(shipped: Handbook) -> None:
    assert [(one.sop, one.placed) for one in coverage(shipped)] == list(shipped.each())


def test_every_question_stands_at_each_of_its_clauses(shipped: Handbook) -> None:
    at = {f"{one.sop.id}#{one.placed.clause.id}": one.questions for one in coverage(shipped)}
    for key, questions in bank(shipped).items():
        for question in questions:
            assert all((key, question) in at[ref] for ref in question.clauses)


def test_the_shipped_handbook_has_no_gap(shipped: Handbook) -> None:
    assert [one.placed.clause.id for one in coverage(shipped) if one.gap] == []
    needs = Counter(needed(shipped, one.sop, one.placed.clause) for one in coverage(shipped))
    assert needs["within"] > 10
    assert needs["never"] > 50


def test_a_question_elsewhere_closes_a_gap(tmp_path: Path) -> None:
    """As in the small handbook, where one on a standard stands in the quiz of a role."""
    root = cases.copy(tmp_path)
    assert cases.problems(root) == []
    project.replace(root / "quiz/clerk.yml", "about: [clerk#open-up, greeting#hostile]", "about: clerk#open-up")
    assert [cases.place(problem) for problem in cases.problems(root)] == [
        "clause-unasked sop/standards/greeting.yml:26:5"
    ]


def test_a_quiz_that_cannot_be_read_may_hold_the_question(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    (root / "quiz/clerk.yml").write_text("questions: '", "utf-8")
    assert [problem.code for problem in cases.problems(root)] == ["yaml-syntax"]


def test_a_handbook_without_quizzes_is_only_reminded(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    project.replace(root / "sop/organization.yml", "quizzes: required\n", "")
    for path in (root / "quiz").iterdir():
        path.unlink()
    assert [(problem.code, problem.warning) for problem in cases.problems(root)] == [("quiz-missing", True)]
    book = load(root)[0]
    assert book
    (progress,) = (page.html for page in render(book) if page.path == "quiz/index.md")
    assert "有一份測驗" not in progress and "還沒有測驗" in progress  # nor does it say that it has some


@pytest.mark.parametrize("required", [True, False])
def test_one_quiz_breaks_nothing_until_quizzes_are_required(tmp_path: Path, required: bool) -> None:
    root = cases.copy(tmp_path)
    if not required:
        project.replace(root / "sop/organization.yml", "quizzes: required\n", "")
    for name in ("greeting", "lost-property"):
        (root / f"quiz/{name}.yml").unlink()
    found = cases.problems(root)
    assert [(problem.code, problem.warning) for problem in found] == [("quiz-missing", not required)] * 2


# ── exams ───────────────────────────────────────────────────────────────────────────────────────


def of(role: Role, questions: int) -> Role:
    changed = role.model_copy(update={"exam": Exam(questions=questions)})
    changed._id = role.id
    return changed


def test_a_role_says_nothing_and_has_an_exam(shipped: Handbook) -> None:
    for role in shipped.roles.values():
        assert (role.exam.questions, role.exam.pass_mark) == (20, 80)
        assert len(exam(shipped, role, "2026")) == 20


@pytest.mark.parametrize("count", [1, 7, 20, 36])
@pytest.mark.parametrize("seed", ["", "2026-12-15", "王"])
def test_an_exam_is_spread_evenly(shipped: Handbook, count: int, seed: str) -> None:
    for role in shipped.roles.values():
        drawn = exam(shipped, of(role, count), seed)
        pool = [question for key in sources(shipped, role) for question in bank(shipped)[key]]
        assert len(drawn) == min(count, len({question.ask for question in pool}))
        assert len({one.question.ask for one in drawn}) == len(drawn)
        shares = Counter(dict.fromkeys([role.id, *role.masters], 0))
        shares.update(one.sop for one in drawn)
        assert set(shares) == set(sources(shipped, role))
        left = [share for key, share in shares.items() if share < len(bank(shipped)[key]) - 3]
        assert max(left, default=0) - min(left, default=0) <= 2
        assert drawn == exam(shipped, of(role, count), seed)


def test_a_case_is_among_them(shipped: Handbook) -> None:
    for role in shipped.roles.values():
        for sitting in range(20):
            assert any(isinstance(one.question, CaseStudy) for one in exam(shipped, role, str(sitting)))


def test_another_sitting_has_other_questions(shipped: Handbook) -> None:
    role = shipped.roles["service-desk"]
    one, two = ({(d.sop, d.question.id) for d in exam(shipped, role, seed)} for seed in ("first", "second"))
    assert len(one - two) > 5


def test_an_exam_of_more_than_there_is_has_all_there_is() -> None:
    book, _ = load(cases.MINIMAL)
    assert book
    drawn = exam(book, of(book.roles["clerk"], 100), "any")
    every = [Drawn(key, question) for key in ("clerk", "lost-property", "greeting") for question in bank(book)[key]]
    assert sorted(one.question.ask for one in drawn) == sorted({one.question.ask for one in every})
