"""What one hands over, as bytes, links and codes: whole on the other side, or refused with a sentence."""

from __future__ import annotations

import base64
import datetime as dt
import random
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.hand_over import AT, WHO, Phones, hand_over, long_one

SPOILT = "這不是交給主管的資料，或是在路上改過、缺了一段。請對方再給一次。"
NEWER = "這份資料是較新版的手冊做的。先把這本手冊換成新版（重新整理這一頁），再收一次。"
SENTENCES = {SPOILT, NEWER}
QUICK = settings(deadline=None, max_examples=60)


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    with Phones() as made:
        yield made


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def told(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


# ── whole on the other side ─────────────────────────────────────────────────────────────────────

marks = st.from_regex(r"\A[0-9a-f]{8}\Z")
minutes = st.integers(0, AT // 60).map(lambda number: number * 60)
editions = st.integers(0, 0xFFFFFF)
versions = st.tuples(*[st.integers(0, 9999)] * 3).map(lambda parts: ".".join(map(str, parts)))
signatures = st.fixed_dictionaries({"version": versions, "sum": st.integers(0, 2**45), "at": minutes})
answers = st.lists(st.integers(0, 3), max_size=50)
quizzes = st.fixed_dictionaries({"edition": editions, "passed": st.booleans(), "at": minutes, "answers": answers})
exams = st.integers(0, 200).flatmap(
    lambda asked: st.fixed_dictionaries(
        {
            "edition": editions,
            "right": st.integers(0, asked),
            "asked": st.just(asked),
            "passed": st.booleans(),
            "at": minutes,
        }
    )
)
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40)
people = st.fixed_dictionaries(
    {
        "name": names,
        "role": st.just("") | st.from_regex(r"\A[a-z][a-z0-9-]{1,99}\Z"),
        "first": st.just("") | st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)).map(str),
    }
)
states = st.fixed_dictionaries(
    {
        "at": st.just(AT),
        "site": marks,
        "who": people,
        "key": st.just(""),
        "signed": st.dictionaries(marks, signatures, max_size=9),
        "quizzes": st.dictionaries(marks, quizzes, max_size=9),
        "exams": st.dictionaries(marks, exams, max_size=4),
    }
)


@QUICK
@given(state=states, signed=st.booleans())
def test_all_of_it_comes_out_again(phones: Phones, state: dict[str, Any], signed: bool) -> None:
    state = state | {"key": phones("key") if signed else ""}
    code = phones("encode", state)
    assert phones("decode", code) == {"handOver": state, "signed": "yes" if signed else "no"}
    assert phones("open", phones("link", code))["handOver"] == state


def test_the_same_state_is_the_same_bytes(phones: Phones) -> None:
    one = long_one("")
    other = one | {"signed": dict(reversed(one["signed"].items())), "quizzes": dict(reversed(one["quizzes"].items()))}
    assert phones("encode", one) == phones("encode", other)


def test_moments_are_told_to_the_minute_and_none_is_of_tomorrow(phones: Phones) -> None:
    exam = {"edition": 1, "right": 1, "asked": 1, "passed": True}
    state = hand_over(exams={"00000001": {**exam, "at": AT - 59}, "00000002": {**exam, "at": AT + 999}})
    found = phones("decode", phones("encode", state))["handOver"]["exams"]
    assert [one["at"] for one in found.values()] == [AT - 60, AT]


def test_forty_sops_signed_and_passed_and_an_exam_are_a_kilobyte(phones: Phones) -> None:
    state = long_one(phones("key"))
    assert len(state["who"]["name"]) == 12
    code = phones("encode", state)
    assert phones("decode", code) == {"handOver": state, "signed": "yes"}
    assert len(raw(code)) <= 1024
    assert len(phones("frames", code)) == 1, "one still picture"


def test_marks_are_as_others_reckon_them(phones: Phones) -> None:
    def fnv(text: str) -> str:
        value = 0x811C9DC5
        for byte in text.encode():
            value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
        return f"{value:08x}"

    for text in ("", "a", "fees", "https://handbook.test/", "王"):
        assert phones("mark", text) == fnv(text)
    assert phones("mark", "foobar") == "bf9cf968"  # of the authors' own examples


def test_an_edition_knows_no_order_and_every_question(phones: Phones) -> None:
    prints = ["ffffff", "00000f", "a0b0c0", "000001"]
    found = phones("edition", prints)
    assert found == sum(int(one, 16) for one in prints) % 2**24 == phones("edition", prints[::-1])
    assert phones("edition", [*prints[:-1], "000002"]) != found
    assert phones("examEdition", "00ff10abcdef") == 0x00FF10


# ── changed, cut off, strange ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("with_key", [True, False])
def test_no_byte_can_be_changed(phones: Phones, with_key: bool) -> None:
    """Each byte in turn: what was signed shows as forged, what was not is refused."""
    code = raw(phones("encode", long_one(phones("key") if with_key else "", sops=3)))
    chance = random.Random(1)
    changed = [
        told(code[:at] + bytes([code[at] ^ chance.randrange(1, 256)]) + code[at + 1 :]) for at in range(len(code))
    ]
    assert set(phones("many", changed)) <= SENTENCES | {"forged"}


@pytest.mark.parametrize("with_key", [True, False])
def test_no_byte_can_be_left_out(phones: Phones, with_key: bool) -> None:
    code = raw(phones("encode", long_one(phones("key") if with_key else "", sops=3)))
    cut = [told(code[:length]) for length in range(len(code))] + [told(code + b"0")]
    assert set(phones("many", cut)) == {SPOILT}


def test_another_phone_cannot_sign_for_this_one(phones: Phones) -> None:
    with Phones() as other:
        forged = hand_over(key=phones("key"))
        assert phones("decode", other("encode", forged))["signed"] == "forged"


def test_what_a_key_signed_does_not_become_unsigned(phones: Phones) -> None:
    code = raw(phones("encode", hand_over(key=phones("key"))))
    assert phones("decode", told(code[:1] + b"\0" + code[2:])) == SPOILT


def test_a_newer_version_is_told(phones: Phones) -> None:
    code = raw(phones("encode", hand_over()))
    assert phones("decode", told(b"\2" + code[1:])) == NEWER
    assert phones("open", phones("link", told(b"\2" + code[1:]))) == NEWER


@QUICK
@given(junk=st.binary(max_size=200), head=st.booleans())
def test_bytes_of_strangers_are_refused_with_a_sentence(phones: Phones, junk: bytes, head: bool) -> None:
    if head:
        junk = b"\1\0" + (len(junk) + 5).to_bytes(3, "big") + junk
    assert phones("decode", told(junk)) in SENTENCES


@QUICK
@given(body=st.binary(max_size=120), kind=st.integers(1, 5))
def test_a_sound_seal_makes_no_sense_of_nonsense(phones: Phones, body: bytes, kind: int) -> None:
    """A stranger can reckon the checksum; what is in it is read or refused, and never hangs."""
    sections = bytes([kind]) + len(body).to_bytes(3, "big") + body
    head = b"\1\0" + (5 + len(sections) + 4).to_bytes(3, "big")
    code = head + sections
    found = phones("decode", told(code + zlib.crc32(code).to_bytes(4, "big")))
    assert found in SENTENCES or found["signed"] == "no"


def test_a_section_of_later_is_passed_over(phones: Phones) -> None:
    code = raw(phones("encode", hand_over()))
    more = code[5:-4] + b"\x63" + (3).to_bytes(3, "big") + b"abc"
    body = b"\1\0" + (5 + len(more) + 4).to_bytes(3, "big") + more
    assert phones("decode", told(body + zlib.crc32(body).to_bytes(4, "big")))["handOver"] == hand_over()


@pytest.mark.parametrize(
    ("name", "found"),
    [("  王\n小明\u202e ", "王 小明"), ("=HYPERLINK(1)", "=HYPERLINK(1)"), ("<b>王", "<b>王"), ("王" * 60, "王" * 40)],
)
def test_a_hostile_name_is_a_plain_one(phones: Phones, name: str, found: str) -> None:
    answer = phones("decode", phones("encode", hand_over(who=WHO | {"name": name})))
    assert answer["handOver"]["who"]["name"] == found


@pytest.mark.parametrize("name", ["", "\u200b", "\n"])
def test_nobody_hands_over_nothing(phones: Phones, name: str) -> None:
    assert phones("decode", phones("encode", hand_over(who=WHO | {"name": name}))) == SPOILT


# ── links and codes ─────────────────────────────────────────────────────────────────────────────


def test_a_link_has_all_of_it_behind_its_hash(phones: Phones) -> None:
    code = phones("encode", hand_over())
    link = phones("link", code)
    assert link.endswith(f"/supervisors/team/#take={code}")


@QUICK
@given(
    chance=st.randoms(use_true_random=False),
    before=st.sampled_from(["", "主管你好：\n", "link "]),
    after=st.sampled_from(["", " 謝謝", "\n\nthanks", "."]),
)
def test_a_link_is_found_in_what_was_pasted(phones: Phones, chance: random.Random, before: str, after: str) -> None:
    code = phones("encode", long_one("", sops=2))
    link = phones("link", code)
    for _ in range(3):
        at = chance.randrange(len(link) - len(code), len(link))
        link = link[:at] + chance.choice(["\n", " ", "\r\n  "]) + link[at:]
    assert phones("from", before + link + after) == code


@pytest.mark.parametrize(
    "text", ["", "你好", "https://handbook.test/#take=", "#take=A", "#take=!!!!", "x" * 3_000_001, "AAAA"]
)
def test_a_text_without_any_is_refused(phones: Phones, text: str) -> None:
    assert phones("from", text) == SPOILT
    assert phones("gather", [text]) == SPOILT


def test_a_link_that_was_cut_off_is_refused(phones: Phones) -> None:
    link = phones("link", phones("encode", hand_over()))
    for length in range(link.index("#"), len(link)):
        assert phones("open", link[:length]) == SPOILT


@settings(deadline=None, max_examples=30)
@given(content=st.binary(min_size=1300, max_size=9000), chance=st.randoms(use_true_random=False))
def test_codes_are_gathered_in_any_order(phones: Phones, content: bytes, chance: random.Random) -> None:
    code = told(content)
    frames = phones("frames", code)
    assert len(frames) > 1
    assert all(frame.isdigit() and len(frame) <= 1022 for frame in frames)
    seen = [*frames, *chance.choices(frames, k=3)]
    chance.shuffle(seen)
    found = phones("gather", seen)
    assert found["bytes"] == code
    assert found["shares"] == sorted(found["shares"])
    assert phones("gather", frames[:-1])["bytes"] is None


def test_zeros_are_kept(phones: Phones) -> None:
    code = told(bytes(2500))
    assert phones("gather", phones("frames", code))["bytes"] == code


def test_codes_of_another_are_refused(phones: Phones) -> None:
    one, other = (phones("frames", told(bytes([kind]) * 2500)) for kind in (1, 2))
    assert "另一份" in phones("gather", [one[0], other[1]])
    assert "另一份" in phones("gather", [one[0], phones("link", phones("encode", hand_over()))])


def test_a_digit_changed_is_noticed(phones: Phones) -> None:
    frames = phones("frames", told(bytes(range(250)) * 10))
    spoilt = frames[0][:-1] + str((int(frames[0][-1]) + 1) % 10)
    assert phones("gather", [spoilt, *frames[1:]]) == SPOILT
    for strange in ("0003" + "0" * 10 + "1234", "0403" + "0" * 10 + "1234", "1" * 5000, "01011111111111999"):
        assert phones("gather", [strange]) == SPOILT


def test_what_is_too_much_for_codes_says_so(phones: Phones) -> None:
    assert phones("frames", told(bytes(60_000))) == "成績太多，放不進圖碼：用連結或檔案交。"
