"""YAML text to plain values and their positions, or the problems that stand in the way.

Every scalar stays a string: what it means (a number, a date, yes or no) is the model's to say, so that
nothing is bent by YAML's own guesses. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ..problem import Problem, declare

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
_UNSEEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad"
    r"\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
)
_UNSEEN_BEYOND = r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17)
)
_HIDDEN, _BEYOND = re.compile(f"[{_UNSEEN}]"), re.compile("[\U00010000-\U0010ffff]")
_HIDDEN_BEYOND = re.compile(f"[{_UNSEEN_BEYOND}]")
LINKED = "這是一個連結，不是檔案"
ALIASED = "\ue000"  # a star in the text that marks are taken from
UNSEEN = "這裡有看不見的控制字元，刪掉它"


Link = tuple[Any, str | int]  # a name (a key, or a number in a list) after the link to what it stands in, or None


class Text(NamedTuple):
    """A text of a file, the key it stands under (numbers in lists do not count), and the link to its place: trails are
    made of links only when somebody asks."""

    link: Link | None
    field: str
    value: str

    @property
    def trail(self) -> Trail:
        """The keys and numbers that lead here from the top."""
        names: list[str | int] = []
        link = self.link
        while link:
            names.append(link[1])
            link = link[0]
        return tuple(reversed(names))


@dataclass
class Document:
    """One file: its value, every text in it, and where each of its values and keys stands."""

    path: str
    value: Any = None
    yaml: str = ""
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def texts(self) -> list[Text]:
        """Every text of the file that is not a key."""
        if isinstance(self.value, str):
            return [Text(None, "", self.value)]
        found: list[Text] = []
        rest: list[tuple[Link | None, str, Any]] = [(None, "", self.value)] if self.value else []
        while rest:
            around, field, value = rest.pop()
            keyed = type(value) is dict
            pairs: Iterable[tuple[Any, Any]] = value.items() if keyed else enumerate(value)
            for name, inner in pairs:
                under = name if keyed else field
                if type(inner) is str:
                    found.append(Text((around, name), under, inner))
                else:
                    rest.append(((around, name), under, inner))
        return found

    @cached_property
    def _marks(self) -> Marks | None:
        """Where everything stands: only a file that has problems is read once more for it."""
        loader = yaml.CSafeLoader(self.yaml)
        return _marks(loader.get_node()) if loader.check_node() else None

    def at(self, trail: Trail, key: bool = False) -> Position:
        """The line and column (from 1) of a value or its key; what is missing points at its nearest parent."""
        marks = self._marks
        if not marks:
            return 1, 1
        missing = list(trail)
        while missing and (found := marks.inside.get(missing[0])):
            marks = found
            missing.pop(0)
        whole = not missing or (len(missing) == 1 and isinstance(missing[0], int))  # one text stands for a list of one
        return marks.value if (whole and not key) or not marks.key else marks.key

    def refuse(self, code: str, message: str, at: Position = (1, 1)) -> Document:
        """Note why the file can't be read, and hold nothing of it."""
        self.problems.append(Problem(self.path, *at, code, message))
        self.value, self.yaml = None, ""
        return self

    def problem(self, trail: Trail, code: str, message: str, *, key: bool = False, warning: bool = False) -> Problem:
        return Problem(self.path, *self.at(trail, key), code, message, warning)


@dataclass(frozen=True)
class Marks:
    """Where a value and its key start, and where those inside do: by their keys, or by their numbers."""

    value: Position
    key: Position | None
    inside: dict[str | int, Marks]


def _marks(node: Any, key: Position | None = None) -> Marks:
    inside: dict[str | int, Marks] = {}
    if isinstance(node, yaml.SequenceNode):
        inside = {number: _marks(inner) for number, inner in enumerate(node.value)}
    elif isinstance(node, yaml.MappingNode):
        for name, inner in reversed(node.value):  # of equal keys, the first counts
            text = name.value.replace(ALIASED, "*") if isinstance(name, yaml.ScalarNode) else ""
            inside[text] = _marks(inner, _place(name.start_mark))
    return Marks(_place(node.start_mark), key, inside)


def _place(mark: Any) -> Position:
    return mark.line + 1, mark.column + 1


def walk(folder: Path) -> Iterator[Path]:
    """Every path below a folder in order, without recursion: links are not followed, and what is hidden is left out.

    The folder itself comes out where it is a link. One that can't be listed raises its OSError where it is come to.
    """
    rest = [folder]
    while rest:
        path = rest.pop()
        if path != folder or path.is_symlink():
            yield path
        if path.is_dir() and not path.is_symlink():
            rest += sorted((inner for inner in path.iterdir() if not inner.name.startswith(".")), reverse=True)


def read(path: Path, shown: str) -> Document:
    """Read one file; `shown` is the name that problems give. Never raises for what the file holds."""
    document = Document(shown)
    data = fetch(path, document)
    return document if data is None else decode(data, document)


def fetch(path: Path, document: Document, limit: int = MAX_BYTES) -> bytes | None:
    """The bytes of a file, or the problem that stands in their way."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode) or path.parent.is_symlink():
            document.refuse(FILE_LINK, LINKED)
        elif not stat.S_ISREG(found.st_mode):
            document.refuse(FILE_READ, "這不是檔案")
        elif found.st_size > limit:
            document.refuse(FILE_SIZE, f"檔案有 {found.st_size // 1024} KB，上限 {limit // 1024} KB")
        else:
            return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        document.refuse(FILE_READ, "沒有這個檔案")
    except OSError as error:
        document.refuse(FILE_READ, f"讀不到檔案：{error.strerror}")
    return None


def decode(data: bytes, document: Document) -> Document:
    """Fill the document from a file's bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        return document.refuse(ENCODING, "這個位置不是 UTF-8 文字", _position(before))
    return parse(text, document)


def hidden(text: str) -> re.Match[str] | None:
    """The first character that nobody sees. Few texts leave Unicode's first plane, and to look there takes long."""
    return _HIDDEN.search(text) or (_HIDDEN_BEYOND.search(text) if _BEYOND.search(text) else None)


def parse(text: str, document: Document) -> Document:
    """Fill the document from YAML text; one that can't be read to its end has no value."""
    if unseen := hidden(text):
        return document.refuse(SYNTAX, UNSEEN, _position(text[: unseen.start()]))
    try:
        builder = _Builder(document)
        builder.build(iter(yaml.CSafeLoader(text).get_event, None))
        document.yaml = _without(text, builder.aliases)
    except _TooDeep as deep:
        document.refuse(DEPTH, "這裡縮排太深", deep.at)
    except yaml.MarkedYAMLError as error:
        document.refuse(SYNTAX, *_explain(error))
    return document


def _without(text: str, aliases: list[int]) -> str:
    """The text with its aliases, which lead nowhere, as words of the same length."""
    characters = list(text) if aliases else []
    for index in aliases:
        characters[index] = ALIASED
    return "".join(characters) or text


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
    return f"{hint}（{said}）", _place(mark) if mark else (1, 1)


def _position(before: str) -> Position:
    lines = re.split("\r\n|\r|\n", before)
    return len(lines), len(lines[-1]) + 1


class _TooDeep(Exception):
    """Reading cannot sensibly go on below a place."""

    def __init__(self, at: Position) -> None:
        super().__init__(at)
        self.at = at


_NO_KEY = object()  # stands for the key of what is added to a list, or at the top


class _Builder:
    """Turns the event stream into values without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[Any] = []  # the mappings and lists around, outermost first
        self.lines: list[dict[str, int]] = []  # for each of them: where its keys stand
        # For the top and each of them: the key that waits for its value; None where a key must come first.
        self.keys: list[Any] = [_NO_KEY]
        self.aliases: list[int] = []  # the characters that they start with

    def build(self, events: Iterable[Any]) -> None:
        started = False
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._open(event, {}, None)
            elif kind is yaml.SequenceStartEvent:
                self._open(event, [], _NO_KEY)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.lines.pop()
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

    def _scalar(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_name(event)
        if event.style == '"' and hidden(event.value):  # an escape: the file's text did not show it
            self._note(event.start_mark, SYNTAX, UNSEEN)
        self._text(event.value, event.start_mark)

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
        if len(self.open) >= MAX_DEPTH:
            raise _TooDeep(_place(mark))
        self.open.append(container)
        self.lines.append({})
        self.keys.append(key)

    def _key(self, text: str, mark: Any) -> None:
        lines = self.lines[-1]
        if text in lines and text:
            self._note(mark, DUPLICATE, f"「{text}」在第 {lines[text]} 行已經寫過")
        lines.setdefault(text, mark.line + 1)
        self.keys[-1] = text

    def _add(self, value: Any) -> None:
        """Put a value where it belongs; what a second, equal key has is put nowhere."""
        key = self.keys[-1]
        if not self.open:
            self.document.value = value
        elif key is _NO_KEY:
            self.open[-1].append(value)
        else:
            self.keys[-1] = None
            self.open[-1].setdefault(key, value)

    def _refuse_name(self, event: Any) -> None:
        self._note(event.start_mark, ALIAS, f"這裡用了{'錨點' if event.anchor else '標籤'}")

    def _note(self, mark: Any, code: str, message: str) -> None:
        self.document.problems.append(Problem(self.document.path, *_place(mark), code, message))
