"""What is kept of a quiz: whatever the storage holds or refuses, and whatever file comes in, nothing sound is lost.

What only a browser's own storage can show is in tests/browser/test_record.py.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.device import Device, Refused

# `EXAMPLES=500 .venv/bin/python -m pytest tests/web/test_record.py` looks further.
held = settings(
    max_examples=int(os.environ.get("EXAMPLES", "20")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

NOW = 1_797_292_800_000
HERE = "https://handbook.test/"
EMPTY = {"version": 1, "results": {}, "exams": {}, "saved": 0}


def result(right: bool = True, sure: bool = False, at: int = 1000, fingerprint: str = "abc") -> dict[str, Any]:
    return {"fingerprint": fingerprint, "right": right, "sure": sure, "at": at}


EXAM = {"fingerprint": "abc", "right": 9, "asked": 10, "passed": True, "at": 1000}


class Record:
    """The modules as a page has them that was opened just now: they remember nothing but what is stored."""

    def __init__(self, device: Device) -> None:
        self.device, self.page = device, device.open()

    def call(self, name: str, *given: Any) -> Any:
        return self.page.call("quiz/record.js", name, *given)

    def file(self, name: str, *given: Any) -> Any:
        return self.page.call("quiz/file.js", name, *given)

    def load(self) -> Any:
        return self.call("load")

    def put(self, one: str, what: dict[str, Any]) -> None:
        self.call("put", one, what)

    def take(self, file: dict[str, Any] | str, *insist: bool) -> Any:
        return self.file("importText", file if isinstance(file, str) else json.dumps(file), *insist)

    def refusal(self, file: dict[str, Any] | str) -> str:
        """The message with which a file is refused; after "?" where the reader may insist."""
        try:
            self.take(file)
        except Refused as refused:
            kind, message = refused.args
            return f"?{message}" if kind == "Foreign" else str(message)
        return ""


def read_file(**more: Any) -> dict[str, Any]:
    """An exported file of this very handbook."""
    return {"site": HERE, **EMPTY, **more}


@pytest.fixture
def record(device: Device) -> Record:
    return Record(device)


# ── what strangers write ────────────────────────────────────────────────────────────────────────

FINITE = {"allow_nan": False, "allow_infinity": False}  # JSON has no others: a text with one is no record at all
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(**FINITE) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
ids = st.builds("{}/{}".format, st.sampled_from(["complaints", "constructor"]), st.sampled_from(["aa", "who--listen"]))
roles = st.sampled_from(["service-desk", "constructor", "to-string"])
odd = st.sampled_from(["__proto__", "constructor", "a/b", "A/BB", "aa/bb/cc", "aa/" + "b" * 101, "", "aa/__proto__"])
moments = st.integers(0, NOW) | st.sampled_from([0.5, 1e300, 2**53])
flags = st.booleans()
sound_result = st.fixed_dictionaries(
    {"fingerprint": st.sampled_from(["abc", "0123456789ab"]), "right": flags, "sure": flags, "at": moments}
)
sound_exam = st.integers(0, 30).flatmap(
    lambda asked: st.fixed_dictionaries(
        {
            "fingerprint": st.just("abc"),
            "right": st.integers(0, asked),
            "asked": st.just(asked),
            "passed": flags,
            "at": moments,
        }
    )
)
sound_results = st.dictionaries(ids, sound_result, max_size=4)
sound_exams = st.dictionaries(roles, sound_exam, max_size=3)


@st.composite
def broken(draw: st.DrawFn, sound: st.SearchStrategy[dict[str, Any]]) -> Any:
    """An entry with one thing wrong in it, or nothing right at all."""
    entry = dict(draw(sound))
    field = draw(st.sampled_from(sorted(entry)))
    wrong = draw(st.sampled_from(["text", "drop", "null", "list", "minus", "long", "junk"]))
    if wrong == "drop":
        del entry[field]
    elif wrong == "junk":
        return draw(junk.filter(lambda value: not isinstance(value, dict)))
    else:
        entry[field] = {"text": "true", "null": None, "list": [1], "minus": -1, "long": "x" * 65}[wrong]
        if field == "fingerprint" and wrong == "text":
            entry[field] = "<b>"
    return entry


def clamped(entries: dict[str, Any]) -> dict[str, Any]:
    """Entries as they are read today: no moment is in the future."""
    return {name: {**entry, "at": min(entry["at"], NOW)} for name, entry in entries.items()}


@held
@given(
    results=sound_results,
    exams=sound_exams,
    spoilt=st.dictionaries(st.builds("spoilt/{}".format, ids.map(lambda one: one[-2:])), broken(sound_result)),
    spoilt_exams=st.dictionaries(st.just("spoilt"), broken(sound_exam)),
    named=st.dictionaries(odd, sound_result, max_size=3),
    saved=moments | junk,
)
def test_what_is_sound_is_kept_and_the_rest_left(
    device: Device, results: Any, exams: Any, spoilt: Any, spoilt_exams: Any, named: Any, saved: Any
) -> None:
    device.empty()
    text = {
        "version": 1,
        "results": {**named, **results, **spoilt},
        "exams": {**{name: EXAM for name in named if name != "constructor"}, **exams, **spoilt_exams},
        "saved": saved,
    }
    device.store(quiz=json.dumps(text))
    record = Record(device)
    got = record.load()
    assert got["results"] == clamped(results)
    assert got["exams"] == clamped(exams)
    valid = isinstance(saved, (int, float)) and not isinstance(saved, bool) and saved >= 0
    assert got["saved"] == (min(saved, NOW) if valid else 0)
    record.put("fees/new", result())
    assert Record(device).load()["results"] == {**clamped(results), "fees/new": result()}
    assert [*device.stored] == ["quiz"]


@held
@given(text=st.text() | junk.map(json.dumps) | st.builds('{{"results": {}}}'.format, junk.map(json.dumps)))
def test_no_text_in_the_storage_breaks_a_quiz(device: Device, text: str) -> None:
    device.empty()
    device.store(quiz=text)
    record = Record(device)
    assert set(record.load()) == set(EMPTY)
    record.put("fees/new", result())
    assert Record(device).load()["results"]["fees/new"] == result()
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    understood = isinstance(found, dict) and isinstance(found.get("results"), dict)
    if understood or text == "null":
        return
    assert json.loads(device.stored["quiz-aside-1"]) == text


def test_ten_megabytes_do_not_stop_a_page(record: Record) -> None:
    big = "x" * 10_000_000
    text = json.dumps({**EMPTY, "results": {"aa/bb": result(), "aa/cc": result(fingerprint=big)}})
    record.device.store(quiz=text)
    assert record.load()["results"] == {"aa/bb": result()}
    assert "檔案太大" in record.refusal(text)


# ── versions ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("version", [{"version": 0}, {}])
def test_an_older_record_is_brought_up_to_date(record: Record, version: dict[str, int]) -> None:
    old = {"fingerprint": "abc", "right": True, "at": 1000}
    record.device.store(quiz=json.dumps({**version, "results": {"aa/bb": old, "aa/cc": None, "aa/dd": "old"}}))
    assert record.load() == {**EMPTY, "results": {"aa/bb": result()}}
    record.put("aa/cc", result(sure=True))
    assert json.loads(record.device.stored["quiz"]) == {
        **EMPTY,
        "results": {"aa/bb": result(), "aa/cc": result(sure=True)},
    }
    assert record.call("aside") == 0


@pytest.mark.parametrize("text", ['{"version": 2, "results": {}}', '{"version": "1", "results": {}}', "{broken", "7"])
def test_what_is_not_understood_is_kept_aside_before_a_fresh_record_begins(record: Record, text: str) -> None:
    device = record.device
    device.store(quiz=text)
    assert record.load() == EMPTY
    assert device.stored["quiz"] == text, "nothing was answered yet: it stays where it is"
    record.put("aa/bb", result())
    assert json.loads(device.stored["quiz-aside-1"]) == text
    assert Record(device).load() == {**EMPTY, "results": {"aa/bb": result()}}
    assert record.call("aside") == 1


def test_what_is_kept_aside_is_never_overwritten(record: Record) -> None:
    device = record.device
    for number in range(7):
        device.store(quiz=f"{{broken {number}")
        record.put("aa/bb", result(at=number))
    for number in range(5):
        assert json.loads(device.stored[f"quiz-aside-{number + 1}"]) == f"{{broken {number}"
    assert device.stored["quiz"] == "{broken 6", "no place is left: it stays, and this quiz is not kept"
    assert record.call("kept") is False
    assert record.load()["results"] == {"aa/bb": result(at=6)}


def test_the_same_spoilt_record_is_kept_aside_once(record: Record) -> None:
    for _ in range(3):
        record.device.store(quiz="{broken")
        record.put("aa/bb", result())
    assert record.call("aside") == 1


def test_what_has_no_room_aside_stays_where_it_is(record: Record) -> None:
    device = record.device
    text = "{" + "x" * 3_000_000
    device.store(quiz=text)
    record.put("aa/bb", result())
    assert device.stored["quiz"] == text
    assert record.call("kept") is False
    assert record.load()["results"] == {"aa/bb": result()}


# ── a storage that fails ────────────────────────────────────────────────────────────────────────


def test_an_answer_is_kept(record: Record) -> None:
    assert record.call("kept") is True
    record.put("aa/bb", result())
    record.call("putExam", "service-desk", EXAM)
    assert Record(record.device).load() == {**EMPTY, "results": {"aa/bb": result()}, "exams": {"service-desk": EXAM}}
    assert record.call("kept") is True
    assert [*record.device.stored] == ["quiz"]


def test_a_passed_exam_counts_until_what_it_asks_is_changed(record: Record) -> None:
    failed, other = {**EXAM, "passed": False, "right": 1}, {**EXAM, "passed": False, "fingerprint": "def"}
    for tried, counts in ((failed, failed), (EXAM, EXAM), (failed, EXAM), (other, other)):
        record.call("putExam", "service-desk", tried)
        assert record.load()["exams"] == {"service-desk": counts}


def test_a_full_storage_keeps_what_is_in_it_and_the_page_the_rest(record: Record) -> None:
    device = record.device
    record.put("aa/bb", result())
    device.set(wrong="full")
    assert record.call("kept") is False
    record.put("aa/cc", result(sure=True))
    record.call("putExam", "service-desk", EXAM)
    both = {"aa/bb": result(), "aa/cc": result(sure=True)}
    assert record.load() == {**EMPTY, "results": both, "exams": {"service-desk": EXAM}}
    assert json.loads(device.stored["quiz"]) == {**EMPTY, "results": {"aa/bb": result()}}
    device.set(wrong="")
    assert record.call("kept") is False, "what is not written yet is not kept"
    record.put("aa/dd", result())
    assert record.call("kept") is True
    everything = {**EMPTY, "results": {**both, "aa/dd": result()}, "exams": {"service-desk": EXAM}}
    assert Record(device).load() == everything


@pytest.mark.parametrize("fault", ["blocked", "absent"])
def test_without_a_storage_a_quiz_goes_on(record: Record, fault: str) -> None:
    record.device.set(wrong=fault)
    assert record.load() == EMPTY
    assert record.call("kept") is False
    record.put("aa/bb", result())
    record.put("aa/cc", result())
    record.call("putExam", "service-desk", EXAM)
    assert set(record.load()["results"]) == {"aa/bb", "aa/cc"}
    assert record.file("unsaved") == 3
    file = json.loads(record.file("exportFile", "手冊")["text"])
    assert set(file["results"]) == {"aa/bb", "aa/cc"}
    assert record.file("unsaved") == 0
    record.call("forget")
    assert record.load() == EMPTY
    assert record.take(file) == {"added": 3, "newer": 0, "refused": 0}


def test_what_one_tab_could_not_write_joins_what_another_wrote(device: Device) -> None:
    one, two = Record(device), Record(device)
    device.set(wrong="full")
    one.put("aa/bb", result())
    one.put("aa/cc", result(at=1))
    device.set(wrong="")
    two.put("aa/cc", result(at=2))
    two.put("aa/dd", result())
    one.put("aa/ee", result())
    results = two.load()["results"]
    assert set(results) == {"aa/bb", "aa/cc", "aa/dd", "aa/ee"}
    assert results["aa/cc"]["at"] == 2


def test_a_passed_exam_is_not_lost_to_another_tab_or_to_a_file(device: Device) -> None:
    one, two = Record(device), Record(device)
    failed = {**EXAM, "passed": False, "right": 1, "at": 2000}
    device.set(wrong="full")
    one.call("putExam", "service-desk", failed)
    device.set(wrong="")
    two.call("putExam", "service-desk", EXAM)
    assert one.take(read_file(exams={"service-desk": {**failed, "at": 3000}}))["newer"] == 0
    assert one.load()["exams"] == {"service-desk": EXAM}
    other = {**failed, "fingerprint": "def"}
    one.take(read_file(exams={"service-desk": other}))
    assert one.load()["exams"] == {"service-desk": other}


def test_a_file_taken_in_and_an_answer_in_another_tab_are_both_kept(device: Device) -> None:
    one, two = Record(device), Record(device)
    one.put("aa/bb", result())
    two.take(read_file(results={"aa/cc": result(), "aa/bb": result(False, at=1)}))
    one.put("aa/dd", result())
    assert one.load()["results"] == {"aa/bb": result(), "aa/cc": result(), "aa/dd": result()}


def test_the_first_answer_of_a_new_start_takes_the_place_of_the_old_ones(record: Record) -> None:
    for one in ("aa/bb", "aa/cc", "bb/aa"):
        record.put(one, result())
    record.call("put", "aa/bb", result(False, at=2), ["aa/bb", "aa/cc", "aa/dd"])
    assert Record(record.device).load()["results"] == {"aa/bb": result(False, at=2), "bb/aa": result()}


def test_a_record_of_the_first_release_is_read_to_the_letter(record: Record) -> None:
    text = (
        '{"version":1,"results":{"complaints/mrs-lin":{"fingerprint":"a1b2c3","right":true,"sure":false,"at":1764500000000}},'
        '"exams":{"service-desk":{"fingerprint":"0123456789ab","right":17,"asked":20,"passed":true,"at":1764500000001}},'
        '"saved":1764400000000}'
    )
    record.device.store(quiz=text)
    assert record.load() == json.loads(text)


def test_forgetting_leaves_nothing_of_the_quizzes_and_all_of_the_rest(record: Record) -> None:
    device = record.device
    others = ["handbook:/:ticks", "handbook:/other/:quiz", "something-else"]
    ours = ["handbook:/:quiz-aside-1", "handbook:/:quiz-sitting-complaints"]
    device.ask(store=dict.fromkeys([*others, *ours], "1"))
    record.put("aa/bb", result())
    record.call("forget")
    assert sorted(device.ask()) == sorted(others)
    assert record.load() == EMPTY


# ── a file ──────────────────────────────────────────────────────────────────────────────────────

whole = st.fixed_dictionaries({"results": sound_results, "exams": sound_exams})


def given_record(device: Device, what: dict[str, Any]) -> Record:
    device.empty()
    device.store(quiz=json.dumps({**EMPTY, **what}))
    return Record(device)


@held
@given(what=whole)
def test_what_is_exported_comes_back_whole(device: Device, what: dict[str, Any]) -> None:
    record = given_record(device, what)
    before = record.load()
    text = record.file("exportFile", "手冊")["text"]
    record.call("forget")
    assert record.take(text) == {"added": len(what["results"]) + len(what["exams"]), "newer": 0, "refused": 0}
    after = record.load()
    assert after == {**before, "saved": NOW}
    assert record.take(text) == {"added": 0, "newer": 0, "refused": 0}
    assert record.load() == after
    assert record.file("unsaved") == 0


def newest(mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    return {**mine, **{name: entry for name, entry in theirs.items() if name not in mine or wins(entry, mine[name])}}


def wins(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Of two, the newer one; but an exam that was passed stays so until what it asks is changed."""
    if one["fingerprint"] == other["fingerprint"] and one.get("passed") != other.get("passed"):
        return bool(one["passed"])
    return bool(one["at"] > other["at"])


@held
@given(mine=whole, theirs=whole)
def test_of_two_answers_the_newer_one_stays_and_of_two_exams_the_passed_one(
    device: Device, mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    record = given_record(device, mine)
    mine, theirs = ({part: clamped(one[part]) for part in one} for one in (mine, theirs))
    told = record.take(read_file(**theirs))
    got = record.load()
    assert {part: got[part] for part in mine} == {part: newest(mine[part], theirs[part]) for part in mine}
    assert told["added"] == sum(len(theirs[part].keys() - mine[part].keys()) for part in mine)
    changed = [name for part in mine for name in mine[part] if wins(got[part][name], mine[part][name])]
    assert told["newer"] == len(changed)
    assert told["refused"] == 0


@held
@given(text=st.text() | junk.map(json.dumps), mine=sound_results)
def test_no_file_takes_anything_away(device: Device, text: str, mine: dict[str, Any]) -> None:
    record = given_record(device, {"results": mine})
    assert "。" in record.refusal(text)
    assert record.load()["results"] == clamped(mine)


def test_what_is_spoilt_in_a_file_is_counted_and_left(record: Record) -> None:
    results = {"aa/bb": result(), "aa/cc": {**result(), "at": "soon"}, "x": result(), "aa/dd": None}
    told = record.take(read_file(results=results, exams={"service-desk": EXAM, "shift-lead": {}}))
    assert told == {"added": 2, "newer": 0, "refused": 4}
    assert set(record.load()["results"]) == {"aa/bb"}


def test_a_file_says_why_it_is_refused(record: Record) -> None:
    device = record.device
    assert "不是測驗成績" in record.refusal("{broken")
    assert "不是測驗成績" in record.refusal({"site": HERE, "version": 1})
    assert "較新版" in record.refusal(read_file(version=2))
    assert "較新版" in record.refusal({"version": 7})
    assert "另一本手冊" in record.refusal({**EMPTY, "results": {"aa/bb": result()}})
    assert device.stored == {}


def test_a_file_of_another_handbook_is_taken_in_only_when_the_reader_insists(record: Record) -> None:
    file = {"site": "https://example.org/other/", **EMPTY, "results": {"aa/bb": result()}}
    assert re.match(r"\?.*另一本手冊", record.refusal(file))
    assert record.load() == EMPTY
    assert record.take(file, True) == {"added": 1, "newer": 0, "refused": 0}


def test_an_import_into_a_full_storage_lasts_as_long_as_the_page(record: Record) -> None:
    record.put("aa/bb", result())
    record.device.set(wrong="full")
    assert record.take(read_file(results={"aa/cc": result()}))["added"] == 1
    assert set(record.load()["results"]) == {"aa/bb", "aa/cc"}
    assert set(Record(record.device).load()["results"]) == {"aa/bb"}
    assert record.call("kept") is False


def test_what_is_newer_than_the_last_export_is_counted(record: Record) -> None:
    assert record.file("unsaved") == 0
    record.put("aa/bb", result(at=NOW - 2))
    record.put("aa/cc", result(at=NOW - 1))
    record.call("putExam", "service-desk", {**EXAM, "at": NOW - 1})
    assert record.file("unsaved") == 3
    record.device.set(now=NOW)
    record.file("exportFile", "手冊")
    assert record.file("unsaved") == 0
    record.device.set(now=NOW + 5)
    record.put("aa/cc", result(at=NOW + 5))
    assert Record(record.device).file("unsaved") == 1


def test_what_comes_from_a_file_needs_no_export_but_what_is_only_here_does(record: Record) -> None:
    device = record.device
    device.set(now=NOW)
    file = read_file(results={"aa/bb": result(at=NOW - 9)}, saved=NOW - 5)
    record.take(file)
    assert record.file("unsaved") == 0
    record.call("forget")
    record.put("aa/cc", result(at=NOW - 8))
    record.take(file)
    assert record.file("unsaved") == 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("住邦物業 前台手冊", "住邦物業 前台手冊-測驗成績-2026-12-15.json"),
        ('../..\\a:b*c?d"e<f>g|h\n\u202ei', "a b c d e f g h i-測驗成績-2026-12-15.json"),
        ("", "測驗成績-2026-12-15.json"),
        ("𠮷" * 60, "𠮷" * 40 + "-測驗成績-2026-12-15.json"),
    ],
)
def test_a_file_has_a_name_that_any_phone_takes(record: Record, title: str, name: str) -> None:
    record.device.set(now=NOW)
    assert record.file("exportFile", title)["name"] == name


def test_a_file_can_be_read_by_a_person_too(record: Record) -> None:
    record.put("aa/bb", result())
    text = record.file("exportFile", "手冊")["text"]
    assert re.search(r'\n +"aa/bb": \{\n', text)
    assert json.loads(text)["site"] == HERE
