"""Nothing is lost with a name: what is called otherwise now is found, counts and leads on under what it was before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.cli import main
from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.model.former import former
from handbook.pages.clashes import refuse_collisions
from handbook.pages.former import ways
from handbook.pages.onward import signposts
from handbook.pages.page import Page
from handbook.pages.render import render
from handbook.problem import Broken, Problem
from handbook.quiz import exam
from handbook.quiz.answers import fingerprint
from handbook.quiz.bank import bank
from handbook.quiz.former import former_questions
from handbook.reading.known import KNOWN_IDS, check_mark, ids, note
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")
PROCEDURE = "sop/procedures/lost-property.yml"


class Project:
    """The small handbook as its authors work on it."""

    def __init__(self, root: Path) -> None:
        self.root = cases.copy(root)
        note(self.root, self.book)

    @property
    def book(self) -> Handbook:
        return compile_handbook(self.root)[0]

    @property
    def problems(self) -> list[Problem]:
        try:
            return compile_handbook(self.root)[1]
        except Broken as broken:
            return broken.problems

    @property
    def said(self) -> list[str]:
        return [f"{problem.code} {problem.path}" for problem in self.problems]

    @property
    def pages(self) -> dict[str, Page]:
        return {page.path.removesuffix("/index.md"): page for page in render(self.book)}

    @property
    def ways(self) -> dict[str, str]:
        return {way.at: way.to for way in ways(self.book, "s")}

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8")

    def put(self, path: str, old: str, new: str) -> None:
        project.replace(self.root / path, old, new)

    def replace_all(self, old: str, new: str) -> None:
        """Replace an id throughout, as an editor does in all files of YAML, and the names of files with it."""
        for path in sorted(self.root.rglob("*.yml")):
            text = re.sub(rf"(?<![\w-]){old}(?![\w-])", new, path.read_text("utf-8"))
            path.write_text(text, "utf-8")
            if path.stem == old:
                path.rename(path.with_stem(new))


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return Project(tmp_path / "small")


def rename_everything(small: Project) -> None:
    """An SOP, a clause of it, a role, a post without one, and a form."""
    small.replace_all("lost-property", "finds")
    small.put("sop/procedures/finds.yml", "review_every:", "formerly: lost-property\nreview_every:")
    small.replace_all("hand-over", "deliver")
    small.put("sop/procedures/finds.yml", "id: deliver\n", "id: deliver\n            formerly: hand-over\n")
    small.replace_all("clerk", "seller")
    small.put("sop/roles/seller.yml", "review_every:", "formerly: clerk\nreview_every:")
    small.replace_all("manager", "boss")
    small.put("sop/organization.yml", "boss: {", "boss: {formerly: manager, ")
    small.replace_all("found-log", "log-of-finds")
    small.put("sop/forms.yml", "  source: S2", "  formerly: found-log\n  source: S2")
    small.put("quiz/finds.yml", "id: how-long\n", "id: how-soon\n    formerly: how-long\n")


# ── what was signed, passed and ticked counts ───────────────────────────────────────────────────


def test_a_rename_changes_no_fingerprint(small: Project) -> None:
    """Of clauses, SOPs, questions and exams: neither posts nor forms demand anything else under another id."""
    before = small.book
    rename_everything(small)
    after = small.book
    assert small.problems == []
    old, questions = former(after), former_questions(after)
    for sop, placed in before.each():
        ref = f"{sop.id}#{placed.clause.id}"
        found = after.clause(old.clauses.get(ref, ref))
        assert found
        assert after.fingerprint(*found) == before.fingerprint(sop, placed), ref
    for key, sop in before.sops.items():
        now = after.sops[old.keys.get(key, key)]
        assert after.sop_fingerprint(now) == before.sop_fingerprint(sop)
    marks = {f"{key}/{one.id}": fingerprint(after, one) for key, asked in bank(after).items() for one in asked}
    for key, asked in bank(before).items():
        for one in asked:
            ident = f"{key}/{one.id}"
            assert marks[questions.get(ident, ident)] == fingerprint(before, one), ident
    assert exam.fingerprint(after, after.roles["seller"]) == exam.fingerprint(before, before.roles["clerk"])


def test_the_first_of_all_ids_stands_in_what_a_clause_demands(small: Project) -> None:
    """The last in the list: who is renamed again writes the newer old id in front."""
    before = small.book.sop_fingerprint(small.book.sops["lost-property"])
    small.replace_all("manager", "head")
    small.put("sop/organization.yml", "head: {", "head: {formerly: [boss, manager], ")
    assert small.book.sop_fingerprint(small.book.sops["lost-property"]) == before
    small.put("sop/organization.yml", "[boss, manager]", "[manager, boss]")
    assert small.book.sop_fingerprint(small.book.sops["lost-property"]) != before


def test_results_of_every_old_question_have_a_new_one(small: Project) -> None:
    rename_everything(small)
    questions = former_questions(small.book)
    assert {old: new for old, new in questions.items() if "--" not in old} == {
        "lost-property/how-long": "finds/how-soon",
        "finds/how-long": "finds/how-soon",
        "lost-property/how-soon": "finds/how-soon",
        "lost-property/wallet": "finds/wallet",
        "clerk/early-customer": "seller/early-customer",
        "clerk/hostile": "seller/hostile",
    }


def test_questions_made_from_a_clause_follow_its_renames(small: Project) -> None:
    """Through every chain: the SOP's ids and the clause's, each with each."""
    small.replace_all("lost-property", "finds")
    small.put("sop/procedures/finds.yml", "review_every:", "formerly: [found, lost-property]\nreview_every:")
    small.replace_all("log", "note")
    small.put("sop/procedures/finds.yml", "id: note\n", "id: note\n        formerly: [write, log]\n")
    made = {old for old, new in former_questions(small.book).items() if new == "finds/number--note"}
    sops, idents = ("finds", "found", "lost-property"), ("note", "write", "log")
    assert made == {f"{sop}/number--{ident}" for sop in sops for ident in idents} - {"finds/number--note"}


# ── old addresses lead on ───────────────────────────────────────────────────────────────────────


def test_every_old_address_leads_on(small: Project) -> None:
    rename_everything(small)
    assert small.ways == {
        "procedures/lost-property": "procedures/finds",
        "quiz/lost-property": "quiz/finds",
        "s/lost-property": "procedures/finds",
        "roles/clerk": "roles/seller",
        "quiz/clerk": "quiz/seller",
        "exams/clerk": "exams/seller",
        "s/clerk": "roles/seller",
        "forms/found-log": "forms/log-of-finds",
    }
    assert '<i id="manager"></i>' in small.pages["roles"].body


def test_an_sop_of_another_kind_is_found_where_it_was(small: Project) -> None:
    """Its id is the same, so nobody need say a thing: the list of known ids knows where it stood."""
    small.write(
        KNOWN_IDS, "".join(f"{one} {check_mark(one)}\n" for one in ("standards/lost-property", "roles/greeting"))
    )
    assert small.problems == []
    assert small.ways == {
        "standards/lost-property": "procedures/lost-property",
        "roles/greeting": "standards/greeting",
        "exams/greeting": "standards/greeting",
    }


def test_an_old_anchor_is_in_the_clause(small: Project) -> None:
    rename_everything(small)
    assert '<i id="hand-over"></i>' in small.pages["procedures/finds"].body.split('id="deliver"')[1].split("</li>")[0]


def test_a_clause_that_went_to_another_sop_is_told_of_where_it_was(small: Project) -> None:
    small.put(PROCEDURE, "      - id: keep\n        do: 鎖進櫃子\n        why: 東西丟了，失主會再著急一次。\n", "")
    small.put(PROCEDURE, "        open: where-to-keep\n        source: S2\n", "")
    text = (small.root / PROCEDURE).read_text("utf-8")
    small.write(PROCEDURE, text.partition("\nopen_points:")[0] + "\n")
    new = "  - {id: lock-up, group: 招呼, do: 鎖進櫃子, formerly: lost-property#keep, source: S1}\n"
    small.put("sop/standards/greeting.yml", "rules:\n", f"rules:\n{new}")
    assert small.problems == []
    page = small.pages["procedures/lost-property"].body
    assert (
        '<li id="keep">搬到「招呼 &amp; *道別*」：<a href="../../standards/greeting/#lock-up">鎖進櫃子</a></li>' in page
    )
    assert former(small.book).clauses == {"lost-property#keep": "greeting#lock-up"}


def test_signposts_are_pages_that_nobody_may_write_by_hand(small: Project, tmp_path: Path) -> None:
    rename_everything(small)
    made = signposts(small.book)
    assert "procedures/lost-property/index.html" in made
    (tmp_path / "docs/procedures").mkdir(parents=True)
    (tmp_path / "docs/procedures/lost-property.md").write_text("# 手寫的\n", "utf-8")
    with pytest.raises(Broken) as refused:
        refuse_collisions(tmp_path / "docs", render(small.book), made)
    assert [problem.code for problem in refused.value.problems] == ["page-taken"]


# ── what is gone ────────────────────────────────────────────────────────────────────────────────

GONE = """\
standards/greeting:
  since: 2026-03-01
  why: 併進<b>$(clerk)</b>的職責。
  see: clerk#open-up
procedures/lost-property#burn: {since: 2026-02-01, why: 太危險。, see: lost-property#sort}
forms/lost-list: {since: 2026-01-15, why: 沒有人填。, see: found-log}
"""


def test_what_is_gone_is_told_where_it_was(small: Project) -> None:
    for folder in ("sop/standards", "quiz"):
        (small.root / folder / "greeting.yml").unlink()
    small.put("sop/roles/clerk.yml", "masters: [lost-property, greeting]", "masters: lost-property")
    small.put("sop/roles/clerk.yml", "greeting#greet, ", "")
    small.put("quiz/clerk.yml", ", greeting#hostile", "")
    assert "id-vanished sop/known-ids.txt" in small.said
    small.write("sop/gone.yml", GONE)
    assert small.problems == []
    page = small.pages["standards/greeting"]
    assert "這份 SOP 從 2026-03-01 起拿掉了，手上的紙本不要再用。" in page.body
    assert "併進&lt;b&gt;店員&lt;/b&gt;的職責。" in re.sub("</?a[^>]*>", "", page.body)
    assert '改看<a href="../../roles/clerk/#open-up">店員：準時開門</a>' in page.body
    assert page.meta["robots"] == "noindex"
    assert page.meta["search"] == {"exclude": True}
    assert "這張表單從 2026-01-15 起拿掉了" in small.pages["forms/lost-list"].body
    assert (
        '<li id="burn">2026-02-01 拿掉了：太危險。改看<a href="#sort">' in small.pages["procedures/lost-property"].body
    )
    assert small.ways == {"quiz/greeting": "standards/greeting", "s/greeting": "standards/greeting"}


# ── nothing vanishes in silence ─────────────────────────────────────────────────────────────────


def test_an_author_who_follows_what_is_said_comes_to_an_end(small: Project) -> None:
    """From a file that was given another name to a handbook that holds: each message names the next thing to do."""
    (small.root / PROCEDURE).rename(small.root / "sop/procedures/finds.yml")
    told = {problem.message for problem in small.problems if problem.code == "id-vanished"}
    assert len(told) == 1
    assert "SOP lost-property 不見了，是不是改成 finds？改了名，就在新的那裡寫 formerly: lost-property；" in told.pop()
    small.put("sop/procedures/finds.yml", "review_every:", "formerly: lost-property\nreview_every:")
    for problem in small.problems:
        if problem.code in ("quiz-sop", "unknown-sop", "unknown-clause", "unknown-placeholder"):
            assert "；現在叫 finds" in problem.message
    small.replace_all("lost-property", "finds")
    small.put("sop/procedures/finds.yml", "formerly: finds", "formerly: lost-property")
    assert small.problems == []


def test_what_cannot_be_read_has_not_vanished(small: Project) -> None:
    small.put(PROCEDURE, "title: ", "titel: ")
    assert "id-vanished sop/known-ids.txt" not in small.said


def test_what_is_new_is_noted_and_nothing_is_ever_taken_out(small: Project) -> None:
    file = small.root / KNOWN_IDS
    before = file.read_bytes()
    assert note(small.root, small.book) == 0
    assert file.read_bytes() == before
    small.put("sop/forms.yml", "found-log:\n", "log-of-finds:\n  formerly: found-log\n")
    text = (small.root / PROCEDURE).read_text("utf-8").replace("found-log", "log-of-finds")
    small.write(PROCEDURE, text)
    assert note(small.root, small.book) == 1
    lines = file.read_text("utf-8").splitlines()
    assert f"forms/found-log {check_mark('forms/found-log')}" in lines
    assert f"forms/log-of-finds {check_mark('forms/log-of-finds')}" in lines
    assert lines[2:] == sorted(lines[2:])


def test_two_branches_that_added_ids_are_merged_by_keeping_both(small: Project) -> None:
    """`merge=union` leaves lines twice and out of order: they are read as they are, and put right with the next one."""
    file = small.root / KNOWN_IDS
    text = file.read_text("utf-8")
    file.write_text("\n".join([*text.splitlines(), *reversed(text.splitlines())]), "utf-8")
    assert small.problems == []
    assert note(small.root, small.book) == 0


def test_where_nothing_may_be_written_the_check_goes_without(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (small.root / KNOWN_IDS).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "write_text", _refuse)
        assert main(["--root", str(small.root), "check"]) == 0
    assert capsys.readouterr().out.startswith("完整：")
    assert not (small.root / KNOWN_IDS).exists()


def _refuse(*_: object, **__: object) -> int:
    raise PermissionError


def test_the_shipped_list_of_known_ids_is_complete(book: Handbook) -> None:
    """It goes into the same commit as what is new: `make check` writes it."""
    assert set(ids(book)) - book.known.keys() == set()
