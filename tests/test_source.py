"""YAML text to values and positions: nothing bent, nothing lost, nothing raised."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook.model.document import Document, trail_of
from handbook.reading.builder import MAX_DEPTH
from handbook.reading.files import MAX_BYTES
from handbook.reading.source import parse, read


def parsed(text: str) -> Document:
    return parse(text, Document("a.yml"))


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


# ── values ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "written",
    [
        *["no", "yes", "on", "off", "true", "null", "~", "1.0", "1.10", "007", "0o17", "0x1F", "1_000", "1e3", ".inf"],
        *["2026-12-01", "2026-12-01T08:00:00Z", "12:30", "=", "<", "中文", "a#b", "a:b", "http://x.y/z", "-1", "🙂"],
    ],
)
def test_every_value_stays_the_text_that_was_written(written: str) -> None:
    document = parsed(f"key: {written}\nlist:\n  - {written}\nflow: [{written}]\n")
    assert document.problems == []
    assert document.value == {"key": written, "list": [written], "flow": [written]}


def test_an_empty_value_is_an_empty_text() -> None:
    assert parsed("a:\nb: ''\nc: [x, ]\nd: {}\n").value == {"a": "", "b": "", "c": ["x"], "d": {}}


def test_all_ways_of_writing_a_text_mean_the_same() -> None:
    ways = [
        "a: one two",
        'a: "one two"',
        "a: 'one two'",
        "a:\n  one\n  two",
        "a: >-\n  one\n  two",
        "{a: one two}",
        "? a\n: one two",
        "a: one two  # 丙",
    ]
    assert [parsed(way).value for way in ways] == [{"a": "one two"}] * len(ways)


def test_quotes_keep_what_yaml_would_read_otherwise() -> None:
    text = "a: '甲: 乙 # 丙'\nb: \"*甲*\"\nc: '@甲'\nd: \"1\\t2\"\ne: '!x'\n"
    assert parsed(text).value == {"a": "甲: 乙 # 丙", "b": "*甲*", "c": "@甲", "d": "1\t2", "e": "!x"}


def test_a_refused_alias_says_its_own_name_and_nothing_else() -> None:
    document = parsed("a: &x 甲\nb: *x\n")
    assert document.value == {"a": "甲", "b": "*x"}
    assert codes(document) == ["yaml-alias", "yaml-alias"]


def test_of_equal_keys_the_first_counts() -> None:
    document = parsed("a: 1\nb: {c: 2, c: 3}\na: [4, {d: 5}]\n")
    assert document.value == {"a": "1", "b": {"c": "2"}}
    assert [(p.line, p.column, p.code) for p in document.problems] == [
        (2, 11, "duplicate-key"),
        (3, 1, "duplicate-key"),
    ]


# ── positions ───────────────────────────────────────────────────────────────────────────────────


def test_values_and_keys_have_positions_of_their_own() -> None:
    document = parsed("甲: 乙\n丙:\n  - 丁\n  - {戊: 己, 庚: [辛]}\n")
    assert document.at(("甲",)) == (1, 4)
    assert document.at(("甲",), key=True) == (1, 1)
    assert document.at(("丙", 0)) == (3, 5)
    assert document.at(("丙", 1)) == (4, 5)
    assert document.at(("丙", 1, "庚")) == (4, 15)
    assert document.at(("丙", 1, "庚"), key=True) == (4, 12)
    assert document.at(("丙", 1, "庚", 0)) == (4, 16)


def test_what_is_missing_points_at_its_nearest_parent() -> None:
    document = parsed("# 註解\na: 1\nb:\n  - {c: 2}\n")
    assert document.at(("z",)) == document.at(()) == (2, 1)
    assert document.at(("b", 0, "z")) == (4, 5)
    assert document.at(("b", 7, "z")) == (3, 1)
    assert document.at(("a", 0)) == (2, 4), "one text that stands for a list of one"
    assert parsed("").at(("a", 0)) == (1, 1)


def test_columns_count_characters() -> None:
    """Not bytes, and not halves of those outside Unicode's first plane."""
    assert parsed("{甲乙丙: 🙂🙂, 丁: x}").at(("丁",)) == (1, 14)


def test_every_text_has_its_trail() -> None:
    document = parsed("a: 1\nb: [2, {c: 3}]\nd: {}\n")
    assert sorted((trail_of(link), text) for link, _, text in document.texts) == [
        (("a",), "1"),
        (("b", 0), "2"),
        (("b", 1, "c"), "3"),
    ]
    assert parsed("").texts == []
    assert [(trail_of(link), text) for link, _, text in parsed("甲").texts] == [((), "甲")]


# ── what can't be read ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 甲\nb: 乙\x00", 2, 5),
        ("a: 甲🙂\x07", 1, 6),
        ("a: 甲\x85b: 乙", 1, 5),
        ("\ufeffa: 甲", 1, 1),
        ("a: 甲\n# 乙\x1b[0m", 2, 4),
        ("a: 甲\u061c乙", 1, 5),
        ("a: \u3164", 1, 4),
        ("a: 甲\U000e0041", 1, 5),
        ("a: 甲\U0010ffff", 1, 5),
    ],
)
def test_a_hidden_character_is_shown_where_it_stands(text: str, line: int, column: int) -> None:
    document = parsed(text)
    assert [(p.line, p.column, p.code) for p in document.problems] == [(line, column, "yaml-syntax")]
    assert document.value["a"] in ("甲", "甲🙂", "甲乙", "甲b: 乙", "甲b：乙", ""), "the rest is read"


@pytest.mark.parametrize(
    "text",
    [
        "a: 葛\U000e0100",
        "a: 𠮷",
        "a: 甲\tb",
        "a: 甲\u00a0乙",
        "a: 甲\u3000乙",
        "a: 甲\ufe0f",
        "a: 甲\r\nb: 乙\r\n",
        "a: 甲\U0001f600",
    ],
)
def test_other_characters_are_welcome(text: str) -> None:
    assert parsed(text).problems == []


@pytest.mark.parametrize(
    "text",
    [
        "a: 'b",
        'a: "b',
        "a: [b",
        "a: {b: c",
        "a: b: c",
        "a: *",
        "a: &",
        "a: @b",
        "%X\n---\na: b",
        "a:\n\tb: c",
        "]",
    ],
)
def test_a_syntax_error_is_one_problem_and_what_stands_around_it_is_read(text: str) -> None:
    document = parsed(f"first: 1\n{text}\nlast: 2" if not text.startswith("%") else f"{text}\nfirst: 1\nlast: 2")
    assert codes(document) == ["yaml-syntax"]
    assert (document.value["first"], document.value["last"]) == ("1", "2")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a: 甲: 乙", "甲：乙"),
        ("a: x: y", "x: y"),
        ("a: 'b", "b"),
        ('a: "C:\\夜班"', "C:\\夜班"),
        ('a: "甲"乙', '"甲"乙'),
        ("a: [甲] 乙", "[甲] 乙"),
        ("a: {甲}乙", "{甲}乙"),
        ("a: @b", "@b"),
        ("a: `b`", "`b`"),
        ("a: %b", "%b"),
        ("a: *甲*", "*甲*"),
        ("a: !甲", "!甲"),
        ("a: |甲", "|甲"),
        ("a：甲", "甲"),
        ("a:甲", "甲"),
        ("a 甲", "甲"),
        (" a: 甲", "甲"),
    ],
)
def test_a_line_that_is_no_yaml_is_read_as_it_was_meant(text: str, read: str) -> None:
    document = parsed(f"first: 1\n{text}\nlast: 2")
    assert codes(document) == ["yaml-syntax"]
    assert document.value == {"first": "1", "a": read, "last": "2"}
    assert document.at(("last",)) == (3, 7)


@pytest.mark.parametrize("text", ["- a\n- [", "a: |9x\n b", "[" * 99 + "\n" * 99 + "'"])
def test_two_errors_in_one_place_are_told_and_nothing_is_raised(text: str) -> None:
    assert set(codes(parsed(f"first: 1\n{text}\nlast: 2"))) <= {"yaml-syntax", "too-deep"}


def test_what_stands_behind_a_mended_value_keeps_its_place() -> None:
    document = parsed("- {a: @b, c: d}")
    assert document.value == [{"a": "@b", "c": "d"}]
    assert document.at((0, "c")) == (1, 14)


def test_nesting_stops_in_good_time() -> None:
    """As deep as the parser itself would go on, and without a thought of the stack."""
    deepest = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert parsed(deepest).problems == []
    assert codes(parsed(f"[{deepest}]")) == ["too-deep"]
    assert codes(parsed("[" * 100_000)) == ["too-deep"]
    assert codes(parsed("- " * 100_000)) == ["too-deep"]


def test_what_cannot_be_a_key_is_told_once() -> None:
    document = parsed("? [a, b]\n: c\n? {d: e}\n: f\ng: h\n")
    assert codes(document) == ["wrong-type", "wrong-type"]
    assert document.value["g"] == "h"


# ── files ───────────────────────────────────────────────────────────────────────────────────────


def write(folder: Path, data: bytes) -> Path:
    path = folder / "a.yml"
    path.write_bytes(data)
    return path


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    document = read(write(tmp_path, "\ufeffa: 甲\n".encode()), "a.yml")
    assert document.problems == []
    assert document.value == {"a": "甲"}
    assert document.at(("a",), key=True) == (1, 1)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_end_of_line_counts_as_one(tmp_path: Path, end: bytes) -> None:
    document = read(write(tmp_path, end.join([b"a: 1", b"b: 2", b"c: 3", b""])), "a.yml")
    assert document.value == {"a": "1", "b": "2", "c": "3"}
    assert document.at(("c",)) == (3, 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "big5", "gb18030", "cp1252"])
def test_another_encoding_is_refused_where_it_shows(tmp_path: Path, encoding: str) -> None:
    text = "a: café\n" if encoding == "cp1252" else "a: 範圍\n"
    document = read(write(tmp_path, text.encode(encoding)), "a.yml")
    assert document.value is None
    assert len(document.problems) == 1
    assert document.problems[0].code in ("file-encoding", "yaml-syntax")


def test_bad_bytes_are_counted_in_characters_up_to_them(tmp_path: Path) -> None:
    problem = read(write(tmp_path, "\ufeffa: 甲\nb: 乙".encode() + b"\xff"), "a.yml").problems[0]
    assert (problem.line, problem.column, problem.code) == (2, 5, "file-encoding")


def test_size_is_looked_at_before_the_file_is_read(tmp_path: Path) -> None:
    at_most = read(write(tmp_path, b"a: " + b"x" * (MAX_BYTES - 3)), "a.yml")
    assert at_most.problems == []
    assert codes(read(write(tmp_path, b"a: " + b"x" * (MAX_BYTES - 2)), "a.yml")) == ["file-size"]


def test_the_greatest_file_is_refused_unread(tmp_path: Path) -> None:
    path = write(tmp_path, b"")
    os.truncate(path, 10 * 1024**4)  # ten terabytes of nothing: no memory would hold them
    assert codes(read(path, "a.yml")) == ["file-size"]


def test_links_lead_nowhere(tmp_path: Path) -> None:
    target = write(tmp_path, b"a: 1\n")
    (tmp_path / "link.yml").symlink_to(target)
    (tmp_path / "dangling.yml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "linked").symlink_to(tmp_path)
    for path in (tmp_path / "link.yml", tmp_path / "dangling.yml", tmp_path / "linked" / "a.yml"):
        assert codes(read(path, "a.yml")) == ["file-link"]


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    """A named pipe would wait for ever."""
    (tmp_path / "folder.yml").mkdir()
    os.mkfifo(tmp_path / "pipe.yml")
    said = {name: read(tmp_path / f"{name}.yml", "a.yml").problems[0] for name in ("folder", "pipe", "nothing")}
    assert {problem.code for problem in said.values()} == {"file-read"}
    assert said["folder"].message == said["pipe"].message == "這不是檔案"
    assert said["nothing"].message == "沒有這個檔案"


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    path = write(tmp_path, b"a: 1\n")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert [(p.code, p.message) for p in read(path, "a.yml").problems] == [
        ("file-read", "讀不到檔案：Permission denied")
    ]
