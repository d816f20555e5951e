"""YAML text to plain values and their positions, or the problems that stand in the way.

Every scalar stays a string: what it means (a number, a date, yes or no) is the model's to say, so that
nothing is bent by YAML's own guesses. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from .problem import Problem, declare

Trail = tuple[str | int, ...]
Position = tuple[int, int]

MAX_BYTES = 512 * 1024
MAX_DEPTH = 12

FILE_SIZE = declare(
    "file-size",
    f"一個檔案不得大於 {MAX_BYTES // 1024} KB。",
    bad="把整本規約貼進一份 SOP",
    good="一件事一個檔案，例如 sop/procedures/visitors.yml",
)
FILE_LINK = declare(
    "file-link",
    "檔案必須真正放在資料夾裡，不可以是通往別處的連結。",
    bad="sop/procedures/visitors.yml -> ../../visitors.yml",
    good="sop/procedures/visitors.yml   # 檔案本身",
)
FILE_READ = declare(
    "file-read",
    "檔案必須存在而且讀得到。",
    bad="sop/ 裡沒有 source.yml",
    good="sop/source.yml   # 沒有來源也要有這個檔案",
)
ENCODING = declare(
    "file-encoding",
    "檔案必須存成 UTF-8。",
    bad="存成 Big5 或 Unicode（UTF-16）",
    good="在編輯器選「另存新檔」，編碼選 UTF-8",
)
SYNTAX = declare("yaml-syntax", "檔案必須是讀得懂的 YAML。", bad="title: 來訪: 接待", good='title: "來訪: 接待"')
DUPLICATE = declare(
    "duplicate-key",
    "同一層裡，一個鍵只寫一次。",
    bad="title: 來訪接待\ntitle: 訪客接待",
    good="title: 來訪接待",
)
ALIAS = declare(
    "yaml-alias",
    "不用 YAML 的錨點、別名與標籤；要引用別處的值，用 $(…)。",
    bad="do: *phrase",
    good="do: 在 $(complaints#reply)答覆",
)
DEPTH = declare(
    "too-deep",
    f"縮排不得超過 {MAX_DEPTH} 層。",
    bad="do: {a: {b: {c: {d: …}}}}",
    good="do: 請住戶坐下",
)
SHAPE = declare(
    "wrong-type",
    "每個鍵的值要是它該有的形狀：文字、清單或對照表。",
    bad="audience: {a: b}",
    good="audience: [service-desk]",
)

# Controls, line breaks that only YAML knows, and what is of no width or turns the direction of reading: nobody sees
# them in an editor, and what stands around them is not what it looks like.
HIDDEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"
    r"\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
UNSEEN = "這裡有看不見的控制字元，刪掉它"


@dataclass
class Document:
    """One file: its value, and where each value and each key stands (lines and columns from 1)."""

    path: str
    value: Any = None
    values: dict[Trail, Position] = field(default_factory=dict)
    keys: dict[Trail, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, trail: Trail, key: bool = False) -> Position:
        """The position of a value (or its key); what is missing points at its nearest parent."""
        trail = tuple(trail)
        if trail not in self.values and trail and isinstance(trail[-1], int):
            trail = trail[:-1]  # one text stands for a list of one
        if not key and trail in self.values:
            return self.values[trail]
        while trail:
            if trail in self.keys:
                return self.keys[trail]
            if trail in self.values:
                return self.values[trail]
            trail = trail[:-1]
        return self.values.get((), (1, 1))

    @cached_property
    def strings(self) -> list[tuple[Trail, str]]:
        """Every text of the file with its trail."""
        found: list[tuple[Trail, str]] = []
        rest: list[tuple[Trail, Any]] = [((), self.value)]
        while rest:
            trail, value = rest.pop()
            if isinstance(value, str):
                found.append((trail, value))
            else:
                pairs = value.items() if isinstance(value, dict) else enumerate(value or [])
                rest += [((*trail, key), inner) for key, inner in pairs]
        return found

    def refuse(self, code: str, message: str, at: Position = (1, 1)) -> Document:
        """Note why the file can't be read, and hold nothing of it."""
        self.problems.append(Problem(self.path, *at, code, message))
        self.value = None
        return self

    def problem(self, trail: Trail, code: str, message: str, *, key: bool = False, warning: bool = False) -> Problem:
        return Problem(self.path, *self.at(trail, key), code, message, warning)


def read(path: Path, shown: str) -> Document:
    """Read one file; `shown` is the name that problems give. Never raises for what the file holds."""
    document = Document(shown)
    try:
        if path.is_symlink() or path.parent.is_symlink():
            return document.refuse(FILE_LINK, "這是一個連結，不是檔案")
        if not path.is_file():
            return document.refuse(FILE_READ, "這不是檔案" if path.exists() else "沒有這個檔案")
        if path.stat().st_size > MAX_BYTES:
            return document.refuse(FILE_SIZE, f"檔案有 {path.stat().st_size // 1024} KB，上限 {MAX_BYTES // 1024} KB")
        data = path.read_bytes()
    except OSError as error:
        return document.refuse(FILE_READ, f"讀不到檔案：{error.strerror}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        return document.refuse(ENCODING, "這個位置不是 UTF-8 文字", _position(before))
    return parse(text, document)


def parse(text: str, document: Document) -> Document:
    """Fill the document from YAML text; one that can't be read to its end has no value."""
    if hidden := HIDDEN.search(text):
        return document.refuse(SYNTAX, UNSEEN, _position(text[: hidden.start()]))
    try:
        _Builder(document).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _TooDeep as deep:
        document.refuse(DEPTH, "這裡縮排太深", deep.at)
    except yaml.MarkedYAMLError as error:
        document.refuse(SYNTAX, *_explain(error))
    return document


# What the parser says; what to do about it; whether something earlier was left open, which is the place to show.
HINTS = (
    (
        "mapping values are not allowed",
        "值裡有冒號加空白就用引號包起來；不然是這一行縮排多了，或上一行少了冒號",
        False,
    ),
    ("tab character", "縮排只用空白，不用 Tab", False),
    ("cannot start any token", "這個字元不能開頭：整段用引號包起來；縮排只用空白，不用 Tab", False),
    ("did not find expected key", "縮排沒有對齊：同一層的鍵要從同一欄開始；引號、括號後面不能再有字", False),
    ("did not find expected '-'", "縮排沒有對齊：同一份清單的 - 要在同一欄", False),
    ("block sequence entries", "清單從下一行開始寫", False),
    ("found unexpected ':'", "冒號後面要空一格", False),
    ("scanning an alias", "* 開頭的文字要用引號包起來", True),
    ("scanning an anchor", "& 開頭的文字要用引號包起來", True),
    ("scanning a tag", "! 開頭的文字要用引號包起來", True),
    ("could not find expected ':'", "這一行少了冒號", True),
    ("unexpected end of stream", "這裡開始的引號沒有關", True),
    ("did not find expected ','", "這裡開始的括號沒有關，或項目之間少了逗號", True),
)


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, Position]:
    said = " ".join(part for part in (error.context, error.problem) if part)
    known = ((hint, earlier) for words, hint, earlier in HINTS if words in said)
    hint, earlier = next(known, ("這裡的 YAML 讀不懂", False))
    mark = error.context_mark if earlier and error.context_mark else error.problem_mark
    return f"{hint}（{said}）", (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _position(before: str) -> Position:
    lines = re.split("\r\n|\r|\n", before)
    return len(lines), len(lines[-1]) + 1


class _TooDeep(Exception):
    """Reading cannot sensibly go on below a place."""

    def __init__(self, at: Position) -> None:
        super().__init__(at)
        self.at = at


class _Builder:
    """Turns the event stream into values without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []

    def build(self, events: Any) -> None:
        for event in events:
            at = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.AliasEvent):
                self._note(at, ALIAS, f"*{event.anchor} 是別名；* 開頭的文字要用引號包起來")
                self._add(f"*{event.anchor}", at, scalar=True)
            elif isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._start(event, at)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self.document.values:
                self._note(at, SYNTAX, "一個檔案只放一份文件，刪掉 --- 之後的部分")
                return

    def _start(self, event: Any, at: Position) -> None:
        if event.anchor or event.tag:
            self._note(at, ALIAS, f"這裡用了{'錨點' if event.anchor else '標籤'}")
        if isinstance(event, yaml.ScalarEvent):
            if HIDDEN.search(event.value):  # written as an escape, so that the text did not show it
                self._note(at, SYNTAX, UNSEEN)
            self._add(event.value, at, scalar=True)
            return
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        trail = self._add(container, at)
        if len(self.stack) >= MAX_DEPTH:
            raise _TooDeep(at)
        self.stack.append(_Open(container, trail))

    def _add(self, value: Any, at: Position, scalar: bool = False) -> Trail:
        if not self.stack:
            self.document.value = value
            self.document.values[()] = at
            return ()
        top = self.stack[-1]
        if isinstance(top.container, dict):
            if top.key is None:
                return self._key(top, value, at, scalar)
            trail = (*top.trail, top.key)
            if not top.duplicate:
                top.container[top.key] = value
                self.document.values[trail] = at
            else:
                trail = (*trail, "again")
            top.key, top.duplicate = None, False
        else:
            trail = (*top.trail, len(top.container))
            top.container.append(value)
            self.document.values[trail] = at
        return trail

    def _key(self, top: _Open, value: Any, at: Position, scalar: bool) -> Trail:
        if not scalar:
            self._note(at, SHAPE, "鍵必須是文字；{…} 開頭的值要用引號包起來")
        top.key = value if scalar else ""
        top.duplicate = scalar and top.key in top.container
        trail = (*top.trail, top.key)
        if top.duplicate:
            first = self.document.keys.get(trail, at)[0]
            self._note(at, DUPLICATE, f"「{top.key}」在第 {first} 行已經寫過")
        else:
            self.document.keys[trail] = at
        return trail

    def _note(self, at: Position, code: str, message: str) -> None:
        self.document.problems.append(Problem(self.document.path, *at, code, message))


@dataclass
class _Open:
    container: Any
    trail: Trail
    key: str | None = None
    duplicate: bool = False
