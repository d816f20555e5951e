"""Runs of an SOP: what was ticked, noted and picked for one case, as our scripts keep, merge, show and forget it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.device import Device, Page, Refused

NOW = 1_797_292_800_000  # 15 December 2026
MINUTE, DAY = 60_000, 86_400_000
ID, OTHER = f"{NOW - 5 * MINUTE}0001", f"{NOW - 3 * MINUTE}0002"
A, B, C = "0a0a0a", "0b0b0b", "0c0c0c"
MARK = "0123456789ab"
PURE, STORE, FILE = "steps/runs.js", "steps/run-store.js", "steps/run-file.js"


def run(said: dict[str, Any] | None = None, /, *, id: str = ID, sop: str = "fees", **ticks: Any) -> dict[str, Any]:
    """A run; `note_send` notes something at `send`."""
    told = {f"{key[5:]}.note" if key.startswith("note_") else key: entry for key, entry in ticks.items()}
    return {"sop": sop, "id": id, "ticks": told or {"send": [A, NOW]}, "said": said or {}}


def sheet(*steps: list[str], of: str = MARK, version: str = "1.0.0") -> dict[str, Any]:
    """An SOP as it was: steps as id, fingerprint, the case they are in, words."""
    rows = [[one, mark, "way" if case else "", case, words] for one, mark, case, words in steps]
    cases = [["late", "晚了"], ["soon", "快到了"]]
    return {"of": of, "title": "繳費", "version": version, "steps": rows, "cases": cases}


SHEET = sheet(
    ["send", A, "", "寄出帳單"],
    ["way", B, "", "看晚了多久"],
    ["call", C, "late", "打電話"],
    ["wait", A, "soon", "等一等"],
)


# ── what strangers write ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ({"ticks": {"send": [A, 5], "x" * 200: [A, 5]}}, {"send": [A, 5]}),
        ({"ticks": {"send": [A, 5], "home": ["<b>", 5]}}, {"send": [A, 5]}),
        ({"ticks": {"send": [A, NOW + 9 * DAY]}}, {"send": [A, NOW]}),
        ({"ticks": {"send": [A, -1], "home": ["", 5]}}, {"home": ["", 5]}),
        ({"ticks": {"send": [A], "home": A, "a-b": [A, "5"], "way": [A, 5]}}, {"way": [A, 5]}),
        ({"ticks": {"_about": [" 王\n小姐\u202e ", 5]}}, {"_about": ["王 小姐", 5]}),
        ({"ticks": {"_about": ["王" * 99, 5], "_evil": ["x", 5]}}, {"_about": ["王" * 60, 5]}),
        ({"ticks": {"send.note": ["一\r\n二\x07", 5], "send.what": ["x", 5]}}, {"send.note": ["一\n二", 5]}),
        ({"ticks": {"_of": [f"{A} {B}", 5], "_done": ["yes", 5]}}, {"_of": [f"{A} {B}", 5], "_done": ["1", 5]}),
        ({"ticks": {"_of": [f"{MARK} ../x", 5], "_done": ["", 5]}}, {"_done": ["", 5]}),
    ],
)  # fmt: skip
def test_of_what_is_told_of_a_run_what_is_sound_is_taken(shared: Page, found: dict, left: dict) -> None:
    assert shared.call(PURE, "understood", {**run(), **found}, NOW)["ticks"] == left


@pytest.mark.parametrize(
    "found", [None, 5, "x", [], {}, run(sop="../x"), run(id="5"), run() | {"ticks": {}}, run() | {"ticks": [1]}]
)
def test_of_what_is_no_run_nothing_is_taken(shared: Page, found: Any) -> None:
    assert shared.call(PURE, "understood", found, NOW) is None


def test_of_picks_and_clocks_what_is_sound_is_taken(shared: Page) -> None:
    sound = {"way": ["late", 5], "send.at": ["2026-12-15T08:00", 5], "go": ["", 5]}
    spoilt = {"way.at": ["<img>", 5], "x.y": ["late", 5], "a b": ["late", 5], "ok": ["a b", 5]}
    assert shared.call(PURE, "understood", run({**sound, **spoilt}), NOW)["said"] == sound


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
keys = st.sampled_from(["send", "send.note", "_about", "_who", "_done", "_of", "__proto__", "constructor", "way"])
values = st.sampled_from(["", A, B, "王小姐", "late", "<b>"]) | st.text(max_size=5)
entries = st.dictionaries(keys, st.tuples(values, st.integers(0, 5)) | junk, max_size=5)
anything = st.fixed_dictionaries(
    {"sop": junk | st.just("fees"), "id": junk | st.just(ID), "ticks": entries | junk, "said": entries | junk}
)


@settings(max_examples=150, deadline=None)
@given(found=anything)
def test_whatever_is_found_is_sound_or_nothing(shared: Page, found: Any) -> None:
    taken = shared.call(PURE, "understood", found, NOW)
    assert taken is None or shared.call(PURE, "understood", taken, NOW) == taken
    if taken:
        shared.call(PURE, "text", taken, [SHEET], "繳費")


# ── two of one ──────────────────────────────────────────────────────────────────────────────────

told = st.dictionaries(
    st.sampled_from(["send", "way", "send.note"]), st.tuples(st.sampled_from(["", A, B]), st.integers(0, 3)).map(list)
)


@settings(max_examples=150, deadline=None)
@given(one=told, two=told, three=told)
def test_what_is_merged_is_the_same_in_any_order_and_loses_nothing(
    shared: Page, one: dict, two: dict, three: dict
) -> None:
    def merge(some: dict, more: dict) -> dict:
        found: dict = shared.call(PURE, "mergedTold", some, more)
        return found

    all_ = merge(merge(one, two), three)
    assert all_ == merge(one, merge(two, three)) == merge(three, merge(two, one))
    assert merge(all_, two) == merge(one, all_) == all_
    for key, (_, at) in [*one.items(), *two.items(), *three.items()]:
        assert all_[key][1] >= at


def test_what_was_taken_back_stays_so(shared: Page) -> None:
    before, after = run(send=[A, 5]), run(send=["", 6], way=[B, 4])
    assert shared.call(PURE, "merged", after, before)["ticks"] == {"send": ["", 6], "way": [B, 4]}


# ── what it shows ───────────────────────────────────────────────────────────────────────────────


def shown(page: Page, one: dict[str, Any], *sheets: dict[str, Any]) -> list[tuple]:
    found = page.call(PURE, "lines", one, list(sheets))
    return [(line["id"], line["words"], line["at"], line["note"], line["gone"]) for line in found]


def test_steps_of_the_case_that_was_picked_and_whatever_was_ticked(shared: Page) -> None:
    every = [line[0] for line in shown(shared, run(), SHEET)]
    assert every == ["send", "way", "call", "wait"]
    late = run({"way": ["late", 5]}, send=[A, 7], note_call=["沒接", 8])
    assert shown(shared, late, SHEET) == [
        ("send", "寄出帳單", 7, "", False),
        ("way", "看晚了多久", 0, "", False),
        ("call", "打電話", 0, "沒接", False),
    ]
    also = run({"way": ["late", 5]}, wait=[A, 7])
    assert [line[0] for line in shown(shared, also, SHEET)] == ["send", "way", "call", "wait"]


def test_what_is_gone_from_the_sop_stays_as_it_was(shared: Page) -> None:
    later = sheet(["send", B, "", "寄出帳單，再打電話"], ["new", C, "", "新的一步"], of="ba9876543210", version="1.1.0")
    both = run(send=[A, 5], way=[B, 6])
    assert shown(shared, both, SHEET, later) == [
        ("send", "寄出帳單", 5, "", False),  # as it was when it was ticked
        ("new", "新的一步", 0, "", False),
        ("way", "看晚了多久", 6, "", True),
    ]
    head = dict(shared.call(PURE, "head", both, [SHEET, later]))
    assert head["版本"] == "1.0.0，後來是 1.1.0"
    assert shown(shared, run(send=[A, 5]))[0][:3] == ("send", "send", 5), "without a sheet, by its id"


def test_a_run_as_words_to_send(shared: Page) -> None:
    one = run(
        {"way": ["late", NOW]},
        send=[A, NOW + MINUTE],
        call=[C, NOW + DAY],
        note_call=["沒接\n明天再打", NOW],
        _about=["12 樓王小姐", NOW],
        _who=["王小明", NOW],
        _done=["1", NOW + DAY],
        id=f"{NOW}0001",
    )
    assert shared.call(PURE, "text", one, [SHEET], "繳費").split("\n") == [
        "繳費",
        "對象：12 樓王小姐",
        "誰辦的：王小明",
        "開始：2026-12-15 00:00",
        "做完：2026-12-16 00:00",
        "情況：晚了",
        "版本：1.0.0",
        "勾了 2 步，共 3 步",
        "",
        "✓ 00:01 寄出帳單",
        "□ 看晚了多久",
        "✓ 2026-12-16 00:00 打電話",
        "　備註：沒接",
        "　　明天再打",
    ]


def test_one_that_nobody_has_named_is_called_by_when_it_began(shared: Page) -> None:
    unnamed = run(id=f"{NOW}0001")
    assert shared.call(PURE, "label", unnamed, NOW + MINUTE) == "00:00 開始的一件"
    assert shared.call(PURE, "label", unnamed, NOW + DAY) == "2026-12-15 00:00 開始的一件"


def test_whoever_had_a_hand_in_it_is_named_once(shared: Page) -> None:
    one = run(_who=["王小明", 5])
    names = [shared.call(PURE, "joined", one, name) for name in ("李大華", "王小明", "")]
    assert names == ["王小明、李大華", "王小明", "王小明"]


@pytest.mark.parametrize(("days", "gone"), [(90, False), (89, True)])
def test_how_long_it_is_kept_counts_from_the_last_touch(shared: Page, days: int, gone: bool) -> None:
    one = run(send=[A, NOW], _about=["王", NOW + DAY])
    assert shared.call(PURE, "isLapsed", one, days, NOW + 91 * DAY) == gone


# ── the file ────────────────────────────────────────────────────────────────────────────────────


def test_a_file_gives_back_what_went_in(shared: Page) -> None:
    evil = "</script><script>alert(1)</script><!-- &lt;"
    whole = [{"run": run(note_send=[evil, 5], _about=["王", 6]), "sheets": [SHEET]}, {"run": run(), "sheets": []}]
    text = shared.call(FILE, "page", f"紀錄{evil}", "<section></section>", whole)
    assert text.count("</script>") == 1
    assert "<script>" not in text
    assert shared.call(FILE, "taken", text, NOW) == {"runs": whole, "refused": 0}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "檔案裡沒有辦事的紀錄"),
        ('{"version":1,"runs":[]}', "檔案裡沒有辦事的紀錄"),
        ('<script type="application/json" id="runs">{</script>', "檔案裡沒有辦事的紀錄"),
        ('<script type="application/json" id="runs">[5]</script>', "檔案裡沒有辦事的紀錄"),
        ('<script type="application/json" id="runs">{"version":2}</script>', "較新版的手冊"),
        ("x" * 5_000_001, "檔案裡沒有辦事的紀錄"),
    ],
    ids=["nothing", "no page", "half", "no record", "newer", "huge"],
)
def test_why_a_file_is_not_taken_is_said(shared: Page, text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        shared.call(FILE, "taken", text, NOW)


def test_of_a_spoilt_file_what_is_sound_is_taken_and_the_rest_counted(shared: Page) -> None:
    text = shared.call(
        FILE, "page", "", "", [{"run": run(), "sheets": [5, {"of": MARK}]}, {"run": {"sop": 5}, "sheets": []}]
    )
    assert shared.call(FILE, "taken", text, NOW) == {"runs": [{"run": run(), "sheets": []}], "refused": 1}


# ── on the phone ────────────────────────────────────────────────────────────────────────────────


def tick(page: Page, clause: str = "send", sop: str = "fees", mark: str = A) -> str:
    """What step-ticks.js does at a tick; gives the name of the run."""
    name: str = page.call("memory.js", "runOf", sop) or page.call("memory.js", "begin", sop)
    page.call("memory.js", "change", f"ticks:{name}", {clause: mark})
    page.call("memory.js", "turnTo", sop, name)
    return name


def names(page: Page, *sop: str) -> list[str]:
    return [f"{one['sop']}:{one['id']}" for one in page.call(STORE, "runs", *sop)]


def marks(page: Page, name: str) -> dict[str, str]:
    return {key: value for key, (value, _) in (page.call(STORE, "load", name) or {"ticks": {}})["ticks"].items()}


def at_hand(page: Page) -> str:
    found: str = page.call("memory.js", "runOf", "fees")
    return found


def test_the_first_tick_begins_a_run_with_what_was_said_before(device: Device) -> None:
    page = device.open()
    page.call("memory.js", "say", "fees", {"way": "late"})
    assert at_hand(page) == ""
    name = tick(page)
    assert name.startswith(f"fees:{NOW}")
    assert at_hand(page) == name
    assert page.call(STORE, "load", name)["said"] == {"way": ["late", NOW]}
    assert "said:fees" not in device.stored, "the next one does not begin with it"


def test_the_next_one_has_nothing_of_the_first(device: Device) -> None:
    page = device.open()
    first = tick(page)
    page.call("memory.js", "say", "fees", {"way": "late"})
    page.call("memory.js", "turnTo", "fees", "")
    device.set(now=NOW + MINUTE)
    second = tick(page, "home", mark=B)
    assert names(page) == [second, first]
    assert (marks(page, first), marks(page, second)) == ({"send": A}, {"home": B})
    assert page.call(STORE, "load", second)["said"] == {}
    page.call("memory.js", "turnTo", "fees", first)
    assert tick(page, "call", mark=C) == first
    assert marks(page, first) == {"send": A, "call": C}


@pytest.mark.parametrize(("minutes", "tab", "goes_on"), [(29, "", True), (31, "", False), (1, "other", False)])
def test_who_comes_back_soon_goes_on_and_who_comes_later_is_asked(
    device: Device, minutes: int, tab: str, goes_on: bool
) -> None:
    """In another tab, or after a while, it may be another case."""
    name = tick(device.open())
    device.set(now=NOW + minutes * MINUTE, tab=tab)
    assert at_hand(device.open()) == (name if goes_on else "")


def test_on_a_page_that_stays_open_nothing_changes_by_itself(device: Device) -> None:
    page = device.open()
    name = tick(page)
    device.set(now=NOW + 9 * DAY)
    assert at_hand(page) == name
    page.call("memory.js", "arrive")
    assert at_hand(page) == ""


def test_what_is_done_or_dropped_is_at_hand_no_more(device: Device) -> None:
    page = device.open()
    name = tick(page)
    page.call("memory.js", "change", f"ticks:{name}", {"_done": "1"})
    assert at_hand(page) == ""
    page.call("memory.js", "change", f"ticks:{name}", {"_done": ""})
    assert at_hand(page) == name
    page.call(STORE, "drop", page.call(STORE, "load", name))
    assert at_hand(page) == ""
    assert device.stored == {}


def test_runs_are_of_whose_turn_it_is(device: Device) -> None:
    first = device.open()
    name = tick(first)
    for who in ("王小明", "李大華"):
        device.open().people("add", {"name": who, "role": "", "first": ""})
    second = device.open()
    assert (names(second), at_hand(second)) == ([], "")
    own = tick(second, "home")
    assert own != name
    assert names(first) == [], "a page that was another's reads nothing"
    second.people("take", "")
    assert names(device.open()) == [name]


def test_where_nothing_is_kept_the_page_goes_on_and_knows_it(device: Device) -> None:
    page = device.open()
    device.set(wrong="full")
    name = tick(page)
    assert at_hand(page) == name
    assert marks(page, name) == {"send": A}
    assert page.call(STORE, "isKept", name) is False
    assert page.call(STORE, "keep", {"run": run(), "sheets": [SHEET]}) is False
    device.set(wrong="")
    tick(page, "home")
    assert page.call(STORE, "isKept", name) is True


def test_two_tabs_that_write_at_once_lose_nothing(device: Device) -> None:
    """What one wrote without knowing of the other's tick is made good as soon as the other hears of it."""
    page = device.open()
    name = tick(page)
    known = page.call(STORE, "load", name)["ticks"]
    blind = json.dumps({"entries": {"home": [B, NOW + 5]}})  # the other tab had not seen the tick
    device.store(**{f"ticks:{name}": blind})
    page.call(STORE, "settled", f"ticks:{name}", known)
    assert marks(page, name) == {"send": A, "home": B}
    before = device.stored
    page.call(STORE, "settled", f"ticks:{name}", known)
    assert device.stored == before, "and then both are at rest"
    device.store(**{f"ticks:{name}": None})
    assert page.call(STORE, "settled", f"ticks:{name}", known) == {}
    assert names(page) == [], "what was dropped elsewhere stays dropped"


def test_ticks_kept_before_are_the_first_run(device: Device) -> None:
    ticks, said = {"entries": {"send": [A, NOW - MINUTE], "home": [B, NOW]}}, {"way": ["late", NOW]}
    device.store(**{"ticks:fees": json.dumps(ticks), "said:fees": json.dumps({"entries": said})})
    page = device.open()
    name = page.call(STORE, "adopted", "fees")
    assert name == f"fees:{NOW - MINUTE}0000"
    assert page.call(STORE, "load", name) == run({"way": ["late", NOW]}, id=name[5:], **ticks["entries"])
    assert not {"ticks:fees", "said:fees"} & device.stored.keys()
    assert page.call(STORE, "adopted", "fees") == ""


def test_ticks_of_another_day_are_no_run(device: Device) -> None:
    device.store(**{"ticks:fees": json.dumps({"entries": {"send": [A, NOW - 3 * DAY]}})})
    page = device.open()
    assert page.call(STORE, "adopted", "fees") == ""
    assert names(page) == []


def test_what_is_taken_in_twice_changes_nothing_and_what_is_older_overwrites_nothing(device: Device) -> None:
    page = device.open()
    whole = {"run": run(send=["", 9], home=[B, 5], _about=["王", 5]), "sheets": [SHEET]}
    assert page.call(STORE, "keep", whole)
    before = device.stored
    assert page.call(STORE, "keep", whole)
    assert page.call(STORE, "keep", {"run": run(send=[A, 4]), "sheets": []})
    assert device.stored == before
    assert page.call(STORE, "keep", {"run": run(call=[C, 8]), "sheets": []})
    assert marks(page, f"fees:{ID}") == {"send": "", "home": B, "_about": "王", "call": C}


# ── forgotten ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_old_is_forgotten_whoever_it_was_of_and_its_sheets_with_it(device: Device) -> None:
    page = device.open()
    pick = {"way": ["late", 5]}
    old = {"run": run(pick, send=[A, NOW - 91 * DAY], _of=[MARK, NOW - 91 * DAY]), "sheets": [SHEET]}
    fresh = run(pick, send=[A, NOW - 89 * DAY], _of=["ba9876543210", NOW - 89 * DAY], id=OTHER)
    new = {"run": fresh, "sheets": [sheet(["send", A, "", "寄"], of="ba9876543210")]}
    for one in (old, new):
        page.call(STORE, "keep", one)
    mine = device.stored
    device.store(**{f"124:{name}": text for name, text in mine.items()}, seen="{}", **{"ticks:fees": '{"entries":{}}'})
    page.call(STORE, "sweep", 90)
    left = {f"ticks:fees:{OTHER}", f"said:fees:{OTHER}", "steps:fees:ba9876543210"}
    assert set(device.stored) == left | {f"124:{name}" for name in left} | {"seen", "ticks:fees"}


@pytest.mark.parametrize(("age", "left"), [(1, True), (91, False)])
@pytest.mark.parametrize("spoilt", ["{", "5", '{"entries":[]}', '{"entries":{"send":"x"}}'])
def test_what_is_spoilt_goes_when_it_would_have_gone(device: Device, spoilt: str, age: int, left: bool) -> None:
    name = f"ticks:fees:{NOW - age * DAY}0001"
    device.store(**{name: spoilt})
    page = device.open()
    page.call(STORE, "sweep", 90)
    assert (name in device.stored) == left
    assert names(page) == []


def test_what_a_wrong_clock_wrote_is_forgotten_in_time(device: Device) -> None:
    page = device.open()
    device.store(**{f"ticks:fees:{ID}": json.dumps({"entries": {"send": [A, NOW + 9_999 * DAY]}})})
    page.call(STORE, "sweep", 90)
    assert names(page) == [f"fees:{ID}"]
    device.set(now=NOW + 91 * DAY)
    page.call(STORE, "sweep", 90)
    assert device.stored == {}


places = st.sampled_from([f"ticks:fees:{ID}", f"said:fees:{ID}", f"steps:fees:{MARK}", "ticks:fees:5", "ticks:x"])
records = entries.map(lambda one: json.dumps({"entries": one}))
stored = st.dictionaries(places, st.text(max_size=5) | anything.map(json.dumps) | records)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=stored)
def test_whatever_is_stored_each_run_is_sound(device: Device, kept: dict[str, str]) -> None:
    device.store(**dict.fromkeys(device.stored))
    device.store(**kept)
    page = device.open()
    for act in (("adopted", "fees"), ("sweep", 90), ("isKept", f"fees:{ID}")):
        page.call(STORE, *act)  # and never throws
    for one in page.call(STORE, "runs"):
        assert page.call(PURE, "understood", one, NOW) == one
        assert isinstance(page.call(STORE, "sheetsOf", one), list)


# ── what is called otherwise now ────────────────────────────────────────────────────────────────

RENAMED = "fees=payments fees#send=payments#letter payments#send=payments#letter fees#late=payments#grave"


def test_runs_follow_an_sop_and_its_clauses_to_new_names(device: Device) -> None:
    page = device.open()
    told = run(
        {"way": ["late", 5], "send.at": ["2026-12-15T08:00", 5]}, send=[A, 5], note_send=["send", 6], _of=[MARK, 5]
    )
    page.call(STORE, "keep", {"run": told, "sheets": [SHEET]})
    device.set(formerly=RENAMED)
    later = device.open()
    now = {
        "sop": "payments",
        "id": ID,
        "ticks": {"letter": [A, 5], "letter.note": ["send", 6], "_of": [MARK, 5]},
        "said": {"way": ["grave", 5], "letter.at": ["2026-12-15T08:00", 5]},
    }
    assert later.call(STORE, "runs", "payments") == later.call(STORE, "runs") == [now]
    (found,) = later.call(STORE, "sheetsOf", now)
    assert [one[0] for one in found["steps"]] == ["letter", "way", "call", "wait"]
    later.call("memory.js", "change", f"ticks:payments:{ID}", {"letter": ""})
    assert names(later) == [f"payments:{ID}"]
    assert not [name for name in device.stored if "ticks:fees" in name]


def test_a_file_from_before_is_taken_in_under_the_names_of_now(device: Device) -> None:
    device.set(formerly=RENAMED)
    page = device.open()
    told = run({"way": ["late", 5]}, send=[A, 5], note_send=["late", 6])
    assert page.call(STORE, "keep", {"run": told, "sheets": [SHEET]})
    (found,) = page.call(STORE, "runs")
    assert found == {
        "sop": "payments",
        "id": ID,
        "ticks": {"letter": [A, 5], "letter.note": ["late", 6]},
        "said": {"way": ["grave", 5]},
    }
