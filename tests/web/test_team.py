"""A team: merged from whatever came first, what its members have still to do, and tables for other programs."""

from __future__ import annotations

import base64
import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.model.book import Handbook
from handbook.pages.team import team
from handbook.pages.view import Site
from tests.web.hand_over import AT, Phones, hand_over
from tests.web.team import Supervisor


@pytest.fixture(scope="module")
def node() -> Iterator[Supervisor]:
    with Supervisor() as made:
        yield made


@pytest.fixture
def desk(node: Supervisor) -> Supervisor:
    node("set", {"full": False})
    node("clear")
    return node


@pytest.fixture(scope="module")
def phones() -> Iterator[list[Phones]]:
    """Two phones, each with a key of its own."""
    with Phones() as one, Phones() as other:
        yield [one, other]


@pytest.fixture(scope="module")
def table(book: Handbook) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(team(book, Site("https://example.org/edit/")))
    return found


# ── merging ─────────────────────────────────────────────────────────────────────────────────────


def held(name: str, key: str, at: int, text: str = "", **more: Any) -> dict[str, Any]:
    told = hand_over(at=at, key=key, who={"name": name, "role": "", "first": ""}) | more
    return {"text": text or f"{key}.{name}.{at}", "signed": "yes" if key else "no", "told": told}


some = st.builds(
    held, st.sampled_from("甲乙"), st.sampled_from(["", "k", "l"]), st.integers(1, 4), st.sampled_from(["", "x"])
)
moments = st.integers(0, 5)


SLOTS = ["k", "l", " 甲", " 乙"]  # who may be in a made-up team
NOBODY: dict[str, Any] = {"held": [], "gone": [], "same": []}


@pytest.fixture(scope="module")
def badges(node: Supervisor) -> dict[str, str]:
    return {one: node("without", NOBODY, [one], 1, NOBODY)["gone"][0][0] for one in SLOTS}


def newest(teams: list[dict[str, Any]], badges: dict[str, str]) -> list[str]:
    """What has to be left of some teams: of each phone the newest, where nobody was taken out since."""
    found = []
    for slot in SLOTS:
        all_ = [
            one
            for each in teams
            for one in each["held"]
            if (one["told"]["key"] or f" {one['told']['who']['name']}") == slot
        ]
        gone = max((at for each in teams for who, at in each["gone"] if who == badges[slot]), default=-1)
        best = max(all_, key=lambda one: (one["told"]["at"], one["text"]), default=None)
        found += [best["text"]] if best and best["told"]["at"] > gone else []
    return sorted(found)


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_teams_are_joined_in_any_order_and_as_often_as_one_likes(
    node: Supervisor, badges: dict[str, str], data: st.DataObject
) -> None:
    who = st.sampled_from(sorted(badges.values()))
    pairs = st.tuples(who, who).map(lambda two: "=".join(sorted(two)))
    gone = st.dictionaries(who, moments, max_size=2).map(lambda some: [*some.items()])
    same = st.dictionaries(pairs, st.tuples(moments, st.booleans()), max_size=2).map(lambda some: [*some.items()])
    team = st.fixed_dictionaries({"held": st.lists(some, max_size=5), "gone": gone, "same": same})
    teams = data.draw(st.lists(team, min_size=1, max_size=4))
    once = node("join", teams)
    assert once["packets"] == newest(teams, badges)
    assert node("join", data.draw(st.permutations(teams + teams[:2]))) == once


def test_the_newest_of_each_phone_is_kept(node: Supervisor) -> None:
    old, new, other = held("甲", "k", 1), held("甲", "k", 2), held("甲", "l", 1)
    assert node("join", [NOBODY | {"held": [new, other]}, NOBODY | {"held": [old]}])["packets"] == ["k.甲.2", "l.甲.1"]


def test_who_was_taken_out_stays_out_until_they_hand_over_anew(node: Supervisor) -> None:
    team = NOBODY | {"held": [held("甲", "k", 5), held("乙", "l", 5)]}
    again = node("without", team, ["k"], 9, NOBODY | {"held": [held("甲", "k", 9)]})
    assert again["packets"] == ["l.乙.5"]
    assert "甲" not in f"{again['gone']}" and "k" not in again["gone"][0][0]  # of who left, nothing tells the name
    assert node("without", team, ["k"], 9, NOBODY | {"held": [held("甲", "k", 10)]})["packets"] == ["k.甲.10", "l.乙.5"]


def test_two_phones_are_one_person_s_once_somebody_says_so(node: Supervisor) -> None:
    team = NOBODY | {"held": [held("甲", "k", 5), held("甲", "l", 6), held("乙", "", 7)]}
    assert sorted(map(len, node("people", team))) == [1, 1, 1]
    same = node("judged", team, ["k", "l"], True, 8)["same"]
    assert ["l.甲.6", "k.甲.5"] in node("people", team | {"same": [[pair, [at, bool(yes)]] for pair, at, yes in same]})
    apart = [[pair, [at + 1, False]] for pair, at, _ in same]
    assert (
        node("join", [team | {"same": [[p, [a, True]] for p, a, _ in same]}, NOBODY | {"same": apart}])["same"][0][2]
        == 0
    )


# ── taking in ───────────────────────────────────────────────────────────────────────────────────


def packet(
    phone: Phones, desk: Supervisor, *, name: str = "王小明", at: int = AT, key: bool = True, **more: Any
) -> str:
    who = {"name": name, "role": "service-desk", "first": "2026-12-01"}
    told = hand_over(site=desk("site"), who=who, at=at, key=phone("key") if key else "") | more
    made: str = phone("encode", told)
    return made


def test_what_is_taken_twice_changes_nothing_and_what_is_older_overwrites_nothing(
    desk: Supervisor, phones: list[Phones]
) -> None:
    old, new = packet(phones[0], desk, at=AT - 60), packet(phones[0], desk, name="王大明")
    assert desk("take", old) == {"what": "new", "was": "", "name": "王小明"}
    once = desk("load")
    assert desk("take", old)["what"] == "same"
    assert desk("load") == once
    assert desk("take", new) == {"what": "newer", "was": "王小明", "name": "王大明"}
    assert desk("take", old)["what"] == "older"
    assert desk("load")["packets"] == [new]
    assert desk("kept") == {"kept": True, "unsaved": 2}


def test_another_phone_under_the_same_name_is_beside_it(desk: Supervisor, phones: list[Phones]) -> None:
    for phone in phones:
        assert desk("take", packet(phone, desk))["what"] == "new"
    assert desk("take", packet(phones[0], desk, key=False))["what"] == "new"
    assert len(desk("load")["packets"]) == 3


def test_what_was_changed_is_of_tomorrow_or_of_another_handbook_is_refused(
    desk: Supervisor, phones: list[Phones]
) -> None:
    good = packet(phones[0], desk)
    forged = base64.urlsafe_b64decode(good + "=" * (-len(good) % 4))
    for place in range(12, len(forged), 7):
        changed = bytearray(forged)
        changed[place] ^= 1
        said = desk("take", base64.urlsafe_b64encode(changed).decode().rstrip("="))
        assert isinstance(said, str) and said.endswith(
            ("沒有收。", "再給一次。", "再收一次。", "再交一次。", "還是要收嗎？")
        ), said
    assert desk("take", packet(phones[0], desk, at=AT + 200_000)).startswith("這一份寫的時間還沒到")
    foreign = packet(phones[0], desk, site="0badcafe")
    assert desk("take", foreign).startswith("這一份來自另一本手冊")
    assert desk("load")["packets"] == []
    assert desk("take", foreign, True)["what"] == "new"


def test_a_file_of_another_supervisor_is_merged_and_nothing_in_it_is_trusted(
    desk: Supervisor, phones: list[Phones]
) -> None:
    one, other = packet(phones[0], desk), packet(phones[1], desk, name="李雅婷")
    desk("take", one)
    desk("take", other)
    text = desk("out")["text"]
    assert desk("kept")["unsaved"] == 0
    desk("clear")
    desk("take", packet(phones[0], desk, at=AT - 60))
    assert desk("open", text) | {"team": 0} == {"team": 0, "added": 1, "newer": 1, "refused": 0}
    assert desk("load")["packets"] == sorted([one, other])
    spoilt = text.replace(other, other[:-9] + "AAAAAAAAA")
    desk("clear")
    assert desk("open", spoilt) | {"team": 0} == {"team": 0, "added": 1, "newer": 0, "refused": 1}
    desk("clear")
    assert desk("open", text.replace(desk("site"), "0badcafe")).startswith("這個團隊檔來自另一本手冊")
    assert desk("open", text.replace('{"version":1', '{"version":2')).startswith("這個檔案是較新版")
    assert desk("open", '{"team": {"packets": 3, "gone": [[1, 2], null, ["x"]], "same": "no"}}', True)["added"] == 0
    assert desk("open", "hello?") == desk("open", "") != ""


def test_who_left_is_not_brought_back_by_an_old_file(desk: Supervisor, phones: list[Phones]) -> None:
    one = packet(phones[0], desk)
    desk("take", one)
    text = desk("out")["text"]
    desk("remove", [phones[0]("key")], AT + 1)
    assert desk("load")["packets"] == []
    desk("open", text)
    assert desk("load")["packets"] == []
    assert desk("take", one)["what"] == "gone"
    assert desk("take", packet(phones[0], desk, at=AT + 30))["what"] == "new"


def test_a_full_or_spoilt_storage_loses_nothing_that_is_on_the_page(desk: Supervisor, phones: list[Phones]) -> None:
    first = packet(phones[0], desk)
    desk("take", first)
    desk("set", {"full": True})
    second = packet(phones[1], desk)
    assert desk("take", second)["what"] == "new"
    assert desk("kept")["kept"] is False
    assert desk("load")["packets"] == sorted([first, second])
    assert second in desk("out")["text"]
    desk("clear")
    for text in ("{", "[]", '{"packets": [1, "é", "AAAA", {}], "gone": 1, "same": [[]]}'):
        desk("put", text)
        assert desk("load") == {"packets": [], "gone": [], "same": []}


def test_where_it_is_nobody_s_turn_nothing_is_taken(desk: Supervisor, phones: list[Phones]) -> None:
    one = packet(phones[0], desk)
    desk("take", one)
    text = desk("out")["text"]
    desk("turn", "- 0")
    assert desk("take", one) == desk("open", text) == "先選名字，才知道是誰的團隊。"
    assert desk("load")["packets"] == []
    desk("turn", "")
    assert desk("load")["packets"] == [one]


# ── how each one stands ─────────────────────────────────────────────────────────────────────────


def known(table: dict[str, Any], phone: Phones, role: str = "service-desk", **more: Any) -> dict[str, Any]:
    """Somebody who has done all that a role asks."""
    keys = [key for stage in table["roles"][role]["stages"] for key in stage]
    marks = {key: phone("mark", key) for key in [*keys, role]}
    signed = {marks[key]: {"version": "1.0.0", "sum": table["sops"][key]["sum"], "at": AT} for key in keys}
    quizzes = {marks[key]: quiz(table["sops"][key]["quiz"]) for key in keys}
    edition = phone("examEdition", table["roles"][role]["exam"]["fingerprint"])
    exams = {marks[role]: {"edition": edition, "right": 18, "asked": 20, "passed": True, "at": AT}}
    who = {"name": "王小明", "role": role, "first": "2026-12-10"}
    one = hand_over(who=who, signed=signed, quizzes=quizzes, exams=exams) | more
    return {"text": "a", "signed": "no", "told": one}


def quiz(told: dict[str, Any], **more: Any) -> dict[str, Any]:
    edition = sum(int(pair.split("=")[1], 16) for pair in told["questions"].split(" ")) % 2**24
    return {"edition": edition, "passed": True, "at": AT, "answers": [1] * len(told["about"])} | more


def test_who_has_done_all_has_nothing_to_do(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    (one,) = node("table", table, [known(table, phones[0])], "2026-12-15")
    assert (one["todo"], one["late"], one["unknown"]) == ([], 0, 0)
    asked = {key for stage in table["roles"]["service-desk"]["stages"] for key in stage}
    assert {key for key, sign in one["signs"].items() if sign} == asked


def test_what_is_open_says_why_and_what_is_late(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    one = known(table, phones[0])
    told, mark = one["told"], lambda key: phones[0]("mark", key)
    del told["signed"][mark("conduct")], told["quizzes"][mark("conduct")]  # of the first day
    told["quizzes"][mark("complaints")] |= {"passed": False}  # of the first week
    told["signed"][mark("complaints")]["sum"] += 1
    told["quizzes"][mark("move-in")] |= {"edition": 1}
    told["exams"] = {}
    told["signed"]["0badcafe"] = {"version": "1.0.0", "sum": 1, "at": AT}
    (found,) = node("table", table, [one], "2026-12-15")
    assert sorted(found["todo"]) == [
        ["complaints", "quiz", "failed", "2026-12-16", False],
        ["complaints", "read", "changed", "", False],
        ["conduct", "quiz", "never", "2026-12-10", True],
        ["conduct", "read", "never", "2026-12-10", True],
        ["move-in", "quiz", "changed", "", False],
        ["service-desk", "exam", "never", "2027-01-10", False],
    ]
    assert (found["late"], found["unknown"]) == (2, 1)
    assert [found["signs"][key] for key in ("conduct", "complaints", "move-in", "courteous-phrases")] == [
        "晚",
        "再",
        "改",
        "✓",
    ]
    (later,) = node("table", table, [one], "2026-12-17")
    assert later["late"] == 3


def test_what_holds_for_a_year_is_due_again(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    sops = {**table["sops"], "conduct": {**table["sops"]["conduct"], "renew": "12m"}}
    for today, why, sign in (("2027-11-20", "soon", "近"), ("2027-12-15", "due", "晚"), ("2027-11-01", None, "✓")):
        (one,) = node("table", {**table, "sops": sops}, [known(table, phones[0])], today)
        assert {task[2] for task in one["todo"]} == ({why} if why else set())
        assert one["signs"]["conduct"] == sign


def test_ids_of_before_are_the_ones_of_now(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    one = known(table, phones[0])
    told, old = one["told"], phones[0]("mark", "behaviour")
    for part in ("signed", "quizzes"):
        told[part][old] = told[part].pop(phones[0]("mark", "conduct"))
    assert len(node("table", table, [one], "2026-12-15")[0]["todo"]) == 2
    (found,) = node("table", {**table, "formerly": {"behaviour": "conduct"}}, [one], "2026-12-15")
    assert (found["todo"], found["unknown"]) == ([], 0)


def test_who_has_most_to_do_comes_first(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    late = held("李雅婷", "k", AT, who={"name": "李雅婷", "role": "service-desk", "first": "2026-11-01"})
    roleless, done = held("無崗位", "l", AT), known(table, phones[0])
    found = node("table", table, [done, roleless, late], "2026-12-15")
    assert found[0]["name"] == "李雅婷"
    assert [one["todo"] for one in found][1:] == [[], []]


# ── what the answers say ────────────────────────────────────────────────────────────────────────


def test_questions_and_clauses_that_most_missed_come_first(
    node: Supervisor, phones: list[Phones], table: dict[str, Any]
) -> None:
    told, mark = table["sops"]["complaints"]["quiz"], phones[0]("mark", "complaints")
    right = [1] * len(told["about"])
    people = [
        held(f"同事{n}", f"k{n}", AT, quizzes={mark: quiz(told, answers=answers)})
        for n, answers in enumerate([[3, *right[1:]], [2, 0, *right[2:]], right])
    ]
    people.append(held("舊版", "old", AT, quizzes={mark: quiz(told, edition=1)}))
    found = node("counted", table, people)
    first = told["questions"].split("=")[0]
    assert found["others"] == 1
    assert {key: found["questions"][0][key] for key in ("sop", "id", "asked", "right", "sure")} == {
        "sop": "complaints",
        "id": first,
        "asked": 3,
        "right": 1,
        "sure": 1,
    }
    about = {f"complaints#{ref}" if "#" not in ref else ref for ref in told["about"][0].split(" ")}
    assert {one["ref"] for one in found["clauses"][: len(about)]} == about
    assert found["clauses"][0]["missed"] == 2 and found["clauses"][0]["asked"] == 3


# ── for other programs ──────────────────────────────────────────────────────────────────────────

RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x","y")']


def test_a_csv_has_all_its_chinese_and_nothing_that_runs(node: Supervisor) -> None:
    text = node("csv", [["姓名", "備註"], ["王小明", 'a "b", c\nd'], *[[one, "Ａ"] for one in RUNS], ["第 1 名", 12]])
    assert text.startswith("\ufeff") and "\r\n" in text
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
    assert rows[:2] == [["姓名", "備註"], ["王小明", 'a "b", c\nd']]
    assert [row[0] for row in rows[2:-1]] == [f"'{one}" for one in RUNS]
    assert rows[-1] == ["第 1 名", "12"]


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def test_a_workbook_is_whole(node: Supervisor) -> None:
    rows = [["姓名", "日"], ["王小明 & <b>\u0001", "2026-12-15"], ["=1+1", 7], ["", "1900-01-05"], ["𠮷野家", "x"]]
    content = base64.b64decode(node("xlsx", [{"name": "總表", "rows": rows}, {"name": "明細", "rows": [["甲"]]}]))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist()}
    named = {one.get("PartName") for one in parts["[Content_Types].xml"] if one.get("PartName")}
    assert named == {f"/{name}" for name in parts if name.startswith("xl/") and not name.endswith(".rels")}
    assert [one.get("name") for one in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")] == ["總表", "明細"]
    targets = {one.get("Id"): one.get("Target") for one in parts["xl/_rels/workbook.xml.rels"]}
    assert targets["rId1"] == "worksheets/sheet1.xml" and targets["rId2"] == "worksheets/sheet2.xml"
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert not list(sheet.iter(f"{MAIN}f"))
    cells = {one.get("r"): "".join(one.itertext()) for one in sheet.iter(f"{MAIN}c")}
    assert cells["A2"] == "王小明 & <b>" and cells["A3"] == "=1+1" and cells["A5"] == "𠮷野家"
    assert (cells["B2"], cells["B3"], cells["B4"]) == ("46371", "7", "1900-01-05")  # days since the end of 1899
    widths = [float(one.get("width") or 0) for one in sheet.iter(f"{MAIN}col")]
    assert widths[0] >= 6 * 2


def test_the_table_tells_all(node: Supervisor, phones: list[Phones], table: dict[str, Any]) -> None:
    head, *rows = node("lines", table, [known(table, phones[0])])
    assert len(rows) == 1 + sum(map(len, table["roles"]["service-desk"]["stages"]))
    assert all(len(row) == len(head) for row in rows)
    assert rows[0][:4] == ["王小明", "前檯客服員", "2026-12-10", "崗位考試：前檯客服員"]


# ── codes that a camera sees ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("turn", "blur"), [(0, 0), (0.3, 0), (1.9, 1), (3.3, 2), (0, 4)])
def test_a_code_is_read_turned_and_blurred(node: Supervisor, turn: float, blur: int) -> None:
    chance = random.Random(7)
    for length in (300, 1000):
        digits = "".join(chance.choices("0123456789", k=length))
        assert node("seen", digits, turn, blur) == digits
