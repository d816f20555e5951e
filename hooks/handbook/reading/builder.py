"""YAML's events to plain values; anchors, aliases, tags and duplicate keys are refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import yaml

from ..model.document import Document, Position, place_of
from ..problem import Problem, declare
from .syntax import SYNTAX
from .unseen import UNSEEN, hidden

MAX_DEPTH = 12
QUOTES = ("'", '"')
ALIKE = 12  # characters by which the end of a line is known again
WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]{2}")
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


class TooDeep(Exception):
    """Reading cannot sensibly go on below a place."""

    def __init__(self, at: Position) -> None:
        super().__init__(at)
        self.at = at


_NO_KEY = object()  # stands for the key of what is added to a list


class Builder:
    """Turns the event stream into values without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, document: Document, text: str) -> None:
        self.document, self.text = document, text
        self.open: list[Any] = [[]]  # the mappings and lists around, outermost first: that is what the file holds
        # For each of them: where its keys stand, and the key that waits for its value; None where one must come first.
        self.marks: list[dict[str, Any]] = [{}]
        self.keys: list[Any] = [_NO_KEY]
        self.aliases: list[int] = []  # the characters that they start with

    def build(self, events: Iterable[Any]) -> None:
        self._read(events)
        if self.open[0]:
            self.document.value = self.open[0][0]

    def _read(self, events: Iterable[Any]) -> None:
        started, scalar = False, yaml.ScalarEvent
        for event in events:
            kind = type(event)
            if kind is scalar:  # as most are
                value = event.value
                if event.anchor or event.tag or event.style or " " in value:
                    value = self._scalar(event)
                self._text(value, event.start_mark)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {}, None)
            elif kind is yaml.SequenceStartEvent:
                self._open(event, [], _NO_KEY)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.marks.pop()
                self.keys.pop()
            elif kind is yaml.AliasEvent:
                self._note(event.start_mark, ALIAS, f"*{event.anchor} 是別名；* 開頭的文字要用引號包起來")
                self.aliases.append(event.start_mark.index)
                self._text(f"*{event.anchor}", event.start_mark)
            elif kind is yaml.DocumentStartEvent:
                if started:
                    self._note(event.start_mark, SYNTAX, "一個檔案只放一份文件，刪掉 --- 之後的部分")
                    return
                started = True

    def _scalar(self, event: Any) -> str:
        """The value of a scalar that may not be as simple as it looks."""
        if event.anchor or event.tag:
            self._refuse_name(event)
        if event.style == '"' and hidden(event.value):  # an escape: the file's text did not show it
            self._note(event.start_mark, SYNTAX, UNSEEN)
        value: str = event.value
        folded = " " in value and event.style != "|" and event.start_mark.line != event.end_mark.line
        return self._unfolded(event) if folded else value

    def _unfolded(self, event: Any) -> str:
        """A scalar's value, without the blanks that YAML makes of the ends of lines between Chinese characters."""
        value: str = event.value
        written = self.text[event.start_mark.index : event.end_mark.index]
        lines = [line.strip() for line in written.strip(event.style if event.style in QUOTES else None).splitlines()]
        place = 0
        for before, after in pairwise(line for line in lines if line):
            joint = f"{before[-ALIKE:]} {after[:ALIKE]}"
            found = value.find(joint, place)
            if found >= 0 and WIDE.fullmatch(before[-1] + after[0]):
                place = found + len(before[-ALIKE:])
                value = value[:place] + value[place + 1 :]
        return value

    def _text(self, text: str, mark: Any) -> None:
        if self.keys[-1] is None:
            self._key(text, mark)
        else:
            self._add(text)

    def _open(self, event: Any, container: Any, key: Any) -> None:
        mark = event.start_mark
        if event.anchor or event.tag:
            self._refuse_name(event)
        if self.keys[-1] is None:
            self._note(mark, SHAPE, "鍵必須是文字；{…} 開頭的值要用引號包起來")
            self._key("", mark)
        else:
            self._add(container)
        if len(self.open) > MAX_DEPTH:
            raise TooDeep(place_of(mark))
        self.open.append(container)
        self.marks.append({})
        self.keys.append(key)

    def _key(self, text: str, mark: Any) -> None:
        first = self.marks[-1].setdefault(text, mark)
        if first is not mark and text:
            self._note(mark, DUPLICATE, f"「{text}」在第 {first.line + 1} 行已經寫過；另一條要另起一項，前面加 -")
        self.keys[-1] = text

    def _add(self, value: Any) -> None:
        """Put a value where it belongs; what a second, equal key has is put nowhere."""
        key = self.keys[-1]
        if key is _NO_KEY:
            self.open[-1].append(value)
        else:
            self.keys[-1] = None
            self.open[-1].setdefault(key, value)

    def _refuse_name(self, event: Any) -> None:
        self._note(event.start_mark, ALIAS, f"這裡用了{'錨點' if event.anchor else '標籤'}")

    def _note(self, mark: Any, code: str, message: str) -> None:
        self.document.problems.append(
            Problem(self.document.path, *self.document.as_written(place_of(mark)), code, message)
        )
