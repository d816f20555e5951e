"""What an SOP is: its clauses in order, who acts on them, and the fingerprint that says whether a demand changed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from handbook.model.book import Handbook
from handbook.model.clauses import Clause
from handbook.model.fields import PATTERNS, Day, Flag, Slug, Text
from handbook.reading.load import load
from handbook.reading.schema import schemas
from tests import cases, project

PROCEDURE = "sop/procedures/lost-property.yml"
STANDARD = "sop/standards/greeting.yml"
ORGANIZATION = "sop/organization.yml"


def small(root: Path, *edits: tuple[str, str, str]) -> Handbook:
    """The small handbook with some texts of its files replaced."""
    cases.copy(root)
    for path, old, new in edits:
        project.replace(root / path, old, new)
    book, problems = load(root)
    assert book
    assert problems == []
    return book


def fingerprints(book: Handbook) -> dict[str, str]:
    return {f"{sop.id}#{placed.clause.id}": book.fingerprint(sop, placed) for sop, placed in book.each()}


def changed(root: Path, *edits: tuple[str, str, str]) -> set[str]:
    """The clauses whose fingerprints differ after the edits."""
    before, after = fingerprints(small(root / "before")), fingerprints(small(root / "after", *edits))
    return {key for key in before | after if before.get(key) != after.get(key)}


# ── fingerprints ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "old", "new", "clauses"),
    [
        (PROCEDURE, "do: 鎖進櫃子", "do: 鎖進抽屜", "keep"),
        (PROCEDURE, "say: 謝謝您，我記下來。", "say: 謝謝您。", "take"),
        (PROCEDURE, "say: 謝謝您，我記下來。", "say: [謝謝您，我記下來。, 請稍等。]", "take"),
        (PROCEDURE, "say: 謝謝您，我記下來。", "never: 謝謝您，我記下來。", "take"),
        (PROCEDURE, "        do: 鎖進櫃子\n", "        do: 鎖進櫃子\n        never: 交給別人\n", "keep"),
        (PROCEDURE, "            who: manager\n", "            who: [manager, clerk]\n", "hand-over"),
        (PROCEDURE, "            who: manager\n", "", "hand-over"),
        (PROCEDURE, "    say: 謝謝您", "    who: manager\n    say: 謝謝您", "take log keep"),
        (PROCEDURE, "actor: clerk", "actor: [clerk, manager]", "take log keep sort valuable ordinary"),
        (PROCEDURE, "when: 是錢、證件或手機", "when: 是錢或證件", "valuable hand-over"),
        (PROCEDURE, "        do: 鎖進櫃子\n", "        do: 鎖進櫃子\n        when: 櫃子空著\n", "keep"),
        (PROCEDURE, "        form: found-log\n", "", "log"),
        (PROCEDURE, "within: 2 days", "within: 3 days", "hand-over ordinary"),
        (PROCEDURE, "within: 2 days", "within: 2 working days", "hand-over ordinary"),
        (PROCEDURE, "within: 2 days", "before: 2 days", "hand-over ordinary"),
        (
            PROCEDURE,
            "within: 2 days\n            event: 收下東西",
            "within: 2 days\n            event: 登記完",
            "hand-over",
        ),
        (STANDARD, "limit: at least 1 m", "limit: at most 1 m", "greet"),
        (STANDARD, "limit: at least 1 m", "limit: at least 2 m", "greet"),
        (PROCEDURE, "do: 東西危險時，請對方別碰", "do: 東西危險時，請大家離開", "take"),
        (PROCEDURE, ", to: manager}", ", to: clerk}", "take"),
        (PROCEDURE, ", to: manager}", "}", "take"),
        (ORGANIZATION, "company: 小店", "company: 大店", "hand-over greet"),
        (ORGANIZATION, "manager: {name: 店長", "manager: {name: 經理", "hand-over"),
        ("sop/forms.yml", "name: 拾得物登記本", "name: 失物登記本", "log"),
        (PROCEDURE, "        open: where-to-keep\n", "", "keep"),
        (PROCEDURE, "meanwhile: 鎖在櫃檯下面。", "meanwhile: 鎖在後面。", "keep"),
    ],
)
def test_a_changed_demand_changes_the_fingerprint(tmp_path: Path, path: str, old: str, new: str, clauses: str) -> None:
    """Of the clause, of those around or below that it counts for, and of those that cite it; of no other."""
    assert {key.partition("#")[2] for key in changed(tmp_path, (path, old, new))} == set(clauses.split())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PROCEDURE, "why: 東西丟了，失主會再著急一次。", "why: 東西會丟。"),
        (PROCEDURE, "        why: 東西丟了，失主會再著急一次。\n", ""),
        (PROCEDURE, "        do: 鎖進櫃子\n", "        do: 鎖進櫃子\n        note: 鑰匙在店長那裡\n"),
        (PROCEDURE, "        do: 鎖進櫃子\n", "        aliases: [上鎖]\n        do: 鎖進櫃子\n"),
        (PROCEDURE, "source: [S2, S3]", "source: S3"),
        (PROCEDURE, "label: 貴重", "label: 值錢"),
        (PROCEDURE, "title: 拾得物", "title: 撿到的東西"),
        (PROCEDURE, "version: 1.0.0", "version: 1.0.1"),
        (PROCEDURE, "audience: clerk", "audience: [clerk, manager]"),
        (PROCEDURE, "trigger: 客人或", "trigger: 任何客人或"),
        (PROCEDURE, "收: 收下登記", "收: 收下並登記"),
        (STANDARD, "    group: 道別\n", "    group: 再見\n"),
        (STANDARD, "    aliases: 再會\n", ""),
        (ORGANIZATION, "also: 老闆", "also: 老大"),
        # layout and comments
        (PROCEDURE, "do: 鎖進櫃子", "do: '鎖進櫃子'   # 左邊那個"),
        (PROCEDURE, "do: 鎖進櫃子", "do: >\n          鎖進\n          櫃子\n"),
        (PROCEDURE, "do: 看東西貴不貴重，選一種", "do: 看東西貴不貴重，\n      選一種"),
        (PROCEDURE, "say: 謝謝您，我記下來。", "say:\n      - 謝謝您，我記下來。"),
        (PROCEDURE, "within: 2 days", "within: 2   DAYS"),
        (PROCEDURE, "            who: manager\n", "            who: [manager]\n"),
        (STANDARD, "say: [早安, 歡迎來到$(company)]", "say:\n      - 早安\n      # 下一句\n      - 歡迎來到$(company)"),
    ],
)
def test_all_else_leaves_the_fingerprint_as_it_is(tmp_path: Path, path: str, old: str, new: str) -> None:
    assert changed(tmp_path, (path, old, new)) == set()


def test_a_fingerprint_is_the_same_everywhere(tmp_path: Path) -> None:
    """It is printed on paper that people sign: another machine, another day, another Python must not change it."""
    book = small(tmp_path)
    assert fingerprints(book)["lost-property#hand-over"] == "2132e2825e6b"
    assert book.sop_fingerprint(book.sops["lost-property"]) == "2341b4e16189"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("do: 鎖進櫃子", "do: 鎖進抽屜", True),
        ("            who: manager\n", "", True),
        ("        do: 鎖進櫃子\n", "        do: 鎖進櫃子\n        never: 交給別人\n", True),
        ("why: 東西丟了，失主會再著急一次。", "why: 東西會丟。", False),
        ("version: 1.0.0", "version: 1.0.1", False),
        ("summary: 收下拾得物，登記後交還失主。", "summary: 收下，登記，交還。", False),
    ],
)
def test_the_fingerprint_of_an_sop_is_that_of_its_clauses(tmp_path: Path, old: str, new: str, differs: bool) -> None:
    before, after = small(tmp_path / "before"), small(tmp_path / "after", (PROCEDURE, old, new))
    one, other = (book.sop_fingerprint(book.sops["lost-property"]) for book in (before, after))
    assert (one != other) == differs


def test_the_order_of_clauses_counts(tmp_path: Path) -> None:
    greet = "  - {id: one, do: 點頭, source: own}\n"
    wave = "  - {id: two, do: 招手, source: own}\n"
    before = small(tmp_path / "before", (STANDARD, "rules:\n", f"rules:\n{greet}{wave}"))
    after = small(tmp_path / "after", (STANDARD, "rules:\n", f"rules:\n{wave}{greet}"))
    assert fingerprints(before) == fingerprints(after)
    assert before.sop_fingerprint(before.sops["greeting"]) != after.sop_fingerprint(after.sops["greeting"])


# ── clauses where they stand ────────────────────────────────────────────────────────────────────


def test_clauses_come_in_reading_order(tmp_path: Path) -> None:
    placed = [*small(tmp_path).sops["lost-property"].placed]
    assert [(p.clause.id, p.trail, [parent.id for parent in p.parents]) for p in placed] == [
        ("take", ("steps", 0), []),
        ("log", ("steps", 0, "steps", 0), ["take"]),
        ("keep", ("steps", 0, "steps", 1), ["take"]),
        ("sort", ("steps", 1), []),
        ("valuable", ("steps", 1, "choose", 0), ["sort"]),
        ("hand-over", ("steps", 1, "choose", 0, "steps", 0), ["sort", "valuable"]),
        ("ordinary", ("steps", 1, "choose", 1), ["sort"]),
    ]


def test_a_trail_leads_to_the_clause_in_the_file(tmp_path: Path) -> None:
    book = small(tmp_path)
    for sop, placed in book.each():
        value = book.documents[sop.id].value
        for part in placed.trail:
            value = value[part]
        assert value["id"] == placed.clause.id


def test_who_acts_is_said_by_the_nearest(tmp_path: Path) -> None:
    book = small(
        tmp_path,
        (PROCEDURE, "actor: clerk", "actor: [clerk, manager]"),
        (PROCEDURE, "  - id: sort\n", "  - id: sort\n    who: clerk\n"),
    )
    sop = book.sops["lost-property"]
    assert {p.clause.id: p.who for p in sop.placed} == {
        "take": ["clerk", "manager"],
        "log": ["clerk", "manager"],
        "keep": ["clerk", "manager"],
        "sort": ["clerk"],
        "valuable": ["clerk"],
        "hand-over": ["manager"],
        "ordinary": ["clerk"],
    }


def test_who_acts_where_nothing_is_said(tmp_path: Path) -> None:
    """The post itself, the readers of a standard, the actors of a procedure."""
    book = small(tmp_path, (STANDARD, "audience: clerk", "audience: [clerk, manager]"))
    assert book.sops["clerk"].actors == ["clerk"]
    assert book.sops["greeting"].actors == ["clerk", "manager"]
    assert book.sops["lost-property"].actors == ["clerk"]


def test_the_head_of_the_history_is_current(tmp_path: Path) -> None:
    sop = small(tmp_path).sops["greeting"]
    assert (sop.current.version, sop.current.editorial) == ("1.1.0", True)
    assert sop.next_review == dt.date(2036, 2, 1)


@pytest.mark.parametrize(
    ("written", "told"),
    [("12 months", "12m"), ("2 years", "24m"), ("1.5 years", "18m"), ("400 days", "400d"), ("60 weeks", "420d")],
)
def test_scripts_are_told_how_long_a_signature_holds(tmp_path: Path, written: str, told: str) -> None:
    book = small(tmp_path, (STANDARD, "review_every:", f"renew: {written}\nreview_every:"))
    assert {key: sop.renewal for key, sop in book.sops.items() if sop.renewal} == {"greeting": told}


@pytest.mark.parametrize(
    ("fields", "headline"),
    [
        ({"do": "站直", "say": "您好"}, "站直"),
        ({"say": ["您好", "請坐"], "never": "坐下"}, "說「您好」"),
        ({"never": ["坐下", "躺下"]}, "絕對不要坐下"),
        ({"when": "有人來"}, "有人來"),
        ({}, "stand"),
    ],
)
def test_every_clause_has_a_headline(fields: dict, headline: str) -> None:
    assert Clause.model_validate({"id": "stand", "source": "own", **fields}).headline == headline


def test_a_title_cites_names_of_the_organisation(tmp_path: Path) -> None:
    book = small(tmp_path, (PROCEDURE, "title: 拾得物", "title: $(company)的拾得物$(nothing)"))
    assert book.title(book.sops["clerk"]) == book.name("clerk") == "店員"
    assert book.title(book.sops["lost-property"]) == "小店的拾得物$(nothing)"


# ── the kinds of value ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (" 站直 ", "站直"),
        ("站直 不靠牆", "站直 不靠牆"),
        ("two\n words", "two words"),
        ("第 3 欄", "第 3 欄"),
        ("在 $(hub) 等", "在 $(hub) 等"),
        ("「好」 「不好」", "「好」 「不好」"),
    ],
)
def test_a_text_is_one_line_with_the_blanks_of_its_author(written: str, read: str) -> None:
    assert TypeAdapter(Text).validate_python(written) == read


def test_true_and_false_are_written_in_one_way() -> None:
    flag = TypeAdapter(Flag)
    assert (flag.validate_python("true"), flag.validate_python("false")) == (True, False)
    for written in ("yes", "no", "True", "on", "1", "t", "", 1, None):
        with pytest.raises(ValidationError):
            flag.validate_python(written)


def test_days_are_written_in_one_way() -> None:
    day = TypeAdapter(Day)
    assert day.validate_python("2026-12-01") == dt.date(2026, 12, 1)
    for written in (
        "1764547200",
        "2026-12-01T00:00:00",
        "2026-12-1",
        "20261201",
        "9999-12-31",
        "2026-02-29",
        " 2026-12-01",
    ):
        with pytest.raises(ValidationError):
            day.validate_python(written)


def test_an_id_has_an_upper_and_a_lower_bound() -> None:
    slug = TypeAdapter(Slug)
    for written in ("ab", "a" * 40, "a-1", "a--"):
        assert slug.validate_python(written) == written
    for written in ("a", "a" * 41, "-a", "1a", "a_b", "a.b", "../a", "a/b", "a b", "A", "甲", "ab\n", ""):
        with pytest.raises(ValidationError):
            slug.validate_python(written)


def test_every_pattern_is_explained() -> None:
    """A message shows the explanation; a bare pattern is no help to an author."""
    shown = {pattern for text in schemas().values() for pattern in _patterns(json.loads(text))}
    assert shown == set(PATTERNS)


def _patterns(schema: object) -> set[str]:
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    here = {schema["pattern"]} if isinstance(schema, dict) and isinstance(schema.get("pattern"), str) else set()
    here |= set(schema.get("patternProperties", ())) if isinstance(schema, dict) else set()
    return here.union(*(_patterns(part) for part in inner))


def test_nothing_is_changed_afterwards(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        small(tmp_path).sops["greeting"].title = "別的"
