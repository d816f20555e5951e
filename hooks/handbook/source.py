"""YAML text to plain values and their positions, or the problems that stand in the way.

Every scalar stays a string: what it means (a number, a date, yes or no) is the model's to say, so that
nothing is bent by YAML's own guesses. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

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

FILE_SIZE = declare("file-size", f"一個檔案不得大於 {MAX_BYTES // 1024} KB。", "", "")
FILE_LINK = declare("file-link", "檔案必須真正放在資料夾裡，不可以是通往別處的連結。", "", "")
FILE_READ = declare("file-read", "檔案必須存在而且讀得到。", "", "")
ENCODING = declare("file-encoding", "檔案必須存成 UTF-8。", "", "")
SYNTAX = declare("yaml-syntax", "檔案必須是讀得懂的 YAML。", "title: 來訪: 接待", 'title: "來訪: 接待"')
DUPLICATE = declare("duplicate-key", "同一層裡，一個鍵只寫一次。", "title: 來訪接待\ntitle: 訪客接待", "title: 來訪接待")
ALIAS = declare("yaml-alias", "不用 YAML 的錨點、別名與標籤；要引用別處的值，用 $(…)。", "do: *phrase", "do: 在$(complaints#reply)答覆")
DEPTH = declare("too-deep", f"縮排不得超過 {MAX_DEPTH} 層。", "", "")
SHAPE = declare("wrong-type", "每個鍵的值要是它該有的形狀：文字、清單或對照表。", "audience: {a: b}", "audience: [service-desk]")


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

    def problem(self, trail: Trail, code: str, message: str, *, key: bool = False, warning: bool = False) -> Problem:
        return Problem(self.path, *self.at(trail, key), code, message, warning)


def read(path: Path, shown: str) -> Document:
    """Read one file; `shown` is the name that problems give. Never raises for what the file holds."""
    document = Document(shown)

    def refuse(code: str, message: str, line: int = 1, column: int = 1) -> Document:
        document.problems.append(Problem(shown, line, column, code, message))
        return document

    try:
        if path.is_symlink():
            return refuse(FILE_LINK, "這是一個連結，不是檔案")
        if path.stat().st_size > MAX_BYTES:
            return refuse(FILE_SIZE, f"檔案有 {path.stat().st_size // 1024} KB，上限 {MAX_BYTES // 1024} KB")
        data = path.read_bytes()
    except OSError as error:
        return refuse(FILE_READ, f"讀不到檔案：{error.strerror}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return refuse(ENCODING, "這個位置不是 UTF-8 文字", *_position(data[: error.start].decode("utf-8", "replace")))
    return parse(text, document)


def parse(text: str, document: Document) -> Document:
    """Fill the document from YAML text."""
    try:
        _Builder(document).build(yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        document.value = None
    except yaml.reader.ReaderError as error:
        at = _position(text[: error.position])
        document.problems.append(Problem(document.path, *at, SYNTAX, "這裡有看不見的控制字元，刪掉它"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.problems.append(Problem(document.path, *at, SYNTAX, _explain(error)))
    return document


HINTS = (
    ("mapping values are not allowed", "值裡有冒號加空白：整段用引號包起來"),
    ("cannot start any token", "這個字元不能開頭：整段用引號包起來；縮排只用空白，不用 Tab"),
    ("tab", "縮排只用空白，不用 Tab"),
    ("expected <block end>", "縮排沒有對齊：同一層的鍵要從同一欄開始"),
    ("could not find expected ':'", "這一行少了冒號，或上一行的引號沒有關"),
    ("unexpected end of stream", "引號或括號沒有關"),
    ("expected ',' or", "括號裡的項目之間少了逗號，或括號沒有關"),
    ("undefined alias", "不用別名；* 開頭的文字要用引號包起來"),
)


def _explain(error: yaml.MarkedYAMLError) -> str:
    said = " ".join(part for part in (error.context, error.problem) if part)
    return next((hint for word, hint in HINTS if word in said), "這裡的 YAML 讀不懂") + f"（{said}）"


def _position(before: str) -> Position:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


class _Stop(Exception):
    """Reading cannot sensibly go on; the problem has been noted."""


class _Builder:
    """Turns the event stream into values without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []

    def build(self, events: Any) -> None:
        for event in events:
            at = (event.start_mark.line + 1, event.start_mark.column + 1)
            if isinstance(event, yaml.AliasEvent):
                self._note(at, ALIAS, f"*{event.anchor} 是別名")
                self._add("", at)
            elif isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._start(event, at)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.stack.pop()
            elif isinstance(event, yaml.DocumentStartEvent) and self.document.values:
                self._note(at, SYNTAX, "一個檔案只放一份文件，刪掉 --- 之後的部分")
                return

    def _start(self, event: Any, at: Position) -> None:
        if event.anchor or (event.tag and event.tag != "!"):
            self._note(at, ALIAS, f"這裡用了{'錨點' if event.anchor else '標籤'}")
        if isinstance(event, yaml.ScalarEvent):
            self._add(event.value, at, scalar=True)
            return
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        trail = self._add(container, at)
        if len(self.stack) >= MAX_DEPTH:
            self._note(at, DEPTH, "這裡縮排太深")
            raise _Stop
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
        top.duplicate = top.key in top.container
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
