"""What stands on a checklist: every act, in its order, under a number that one can read out."""

from __future__ import annotations

from pathlib import Path

from handbook.model.book import Handbook
from handbook.model.checklist import checklist, longest_way, stretches
from handbook.reading.load import load
from handbook.rules.checklists import MOST
from tests import cases
from tests.project import replace


def test_a_procedure_s_checklist_holds_each_clause_once_and_in_order(book: Handbook) -> None:
    for sop in book.procedures.values():
        assert [line.ref for line in checklist(book, sop)] == [f"{sop.id}#{key}" for key in book.clauses[sop.id]]


def test_a_role_s_checklist_is_its_day(book: Handbook) -> None:
    for role in book.roles.values():
        assert [line.ref for line in checklist(book, role)] == [ref for at in role.day for ref in at.clauses]


def test_a_standard_has_no_checklist(book: Handbook) -> None:
    assert not any(checklist(book, sop) for sop in book.standards.values())


def test_the_numbers_say_where_a_line_stands(book: Handbook) -> None:
    numbers = {line.ref: line.number for line in checklist(book, book.sops["complaints"])}
    assert numbers["complaints#stop-harm"] == "1"
    assert numbers["complaints#move-to-room"] == "6.2"
    assert numbers["complaints#major"] == "9.1"
    assert numbers["complaints#major-resolve"] == "9.1.3"
    day = checklist(book, book.sops["service-desk"])
    assert [line.number for line in day][:5] == ["1.1", "1.2", "1.3", "2.1", "2.2"]


def test_every_number_is_given_once(book: Handbook) -> None:
    for sop in book.sops.values():
        numbers = [line.number for line in checklist(book, sop)]
        assert len(set(numbers)) == len(numbers)


def test_a_case_that_only_says_when_it_counts_is_not_ticked(book: Handbook) -> None:
    lines = {line.ref: line for line in checklist(book, book.sops["complaints"])}
    assert not lines["complaints#major"].ticked
    assert lines["complaints#major-reply"].ticked


def test_what_must_not_be_done_needs_no_act_and_is_not_ticked(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    role, duty = root / "sop/roles/clerk.yml", "  - {id: no-candle, never: [點蠟燭, 燒紙, 點香], source: own}\n"
    replace(role, "[greeting#greet,", "[greeting#greet, clerk#no-candle,")
    role.write_text(role.read_text("utf-8") + duty, "utf-8")
    book, _ = load(root)
    assert book
    line = next(line for line in checklist(book, book.sops["clerk"]) if line.ref == "clerk#no-candle")
    assert not line.ticked
    assert line.placed.clause.headline == "絕對不要點蠟燭"


def test_between_two_pauses_nobody_has_to_keep_more_in_mind_than_nine_things(book: Handbook) -> None:
    for sop in book.sops.values():
        assert all(longest_way(stretch) <= MOST for stretch in stretches(checklist(book, sop)))


def test_of_a_branch_only_the_longest_case_counts(book: Handbook) -> None:
    grading = next(s for s in stretches(checklist(book, book.sops["complaints"])) if s[0].number == "9")
    assert longest_way(grading) == 2 + 3 + 2  # two acts, then the longest case of each
    assert len(grading) == 23


def test_a_pause_that_is_written_ends_a_stretch(book: Handbook) -> None:
    lines = checklist(book, book.sops["incoming-calls"])
    ends = [stretch[-1].ref for stretch in stretches(lines)]
    assert "incoming-calls#emergency-send" in ends


def test_who_speaks_confirms_afterwards_and_who_works_reads_along(book: Handbook) -> None:
    assert book.procedures["incoming-calls"].drilled == "do-confirm"
    assert book.procedures["complaints"].drilled == "read-do"
    told = book.procedures["complaints"].model_copy(update={"drill": "do-confirm"})
    assert told.drilled == "do-confirm"
