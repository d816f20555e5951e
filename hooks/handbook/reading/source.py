"""YAML text to plain values and their positions, or the problems that stand in the way.

Every scalar stays a string: what it means (a number, a date, yes or no) is the model's to say, so that
nothing is bent by YAML's own guesses. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from ..model.document import ALIASED, Document, Trail
from ..problem import declare
from .builder import DEPTH, Builder, TooDeep
from .files import fetch
from .syntax import SYNTAX, explain
from .unseen import UNSEEN, hidden, position_after

ENCODING = declare(
    "file-encoding",
    "檔案必須存成 UTF-8。",
    bad="存成 Big5 或 Unicode（UTF-16）",
    good="在編輯器選「另存新檔」，編碼選 UTF-8",
)


def read(path: Path, shown: str) -> Document:
    """Read one file; `shown` is the name that problems give. Never raises for what the file holds."""
    document = Document(shown)
    data = fetch(path, document)
    return document if data is None else decode(data, document)


def decode(data: bytes, document: Document) -> Document:
    """Fill the document from a file's bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        return document.refuse(ENCODING, "這個位置不是 UTF-8 文字", position_after(before))
    return parse(text, document)


def parse(text: str, document: Document) -> Document:
    """Fill the document from YAML text; one that can't be read to its end has no value."""
    if unseen := hidden(text):
        return document.refuse(SYNTAX, UNSEEN, position_after(text[: unseen.start()]))
    try:
        builder = Builder(document)
        builder.build(iter(yaml.CSafeLoader(text).get_event, None))
        document.yaml = _without(text, builder.aliases)
    except TooDeep as deep:
        document.refuse(DEPTH, "這裡縮排太深", deep.at)
    except yaml.MarkedYAMLError as error:
        document.refuse(SYNTAX, *explain(error))
    return document


def respell(document: Document, keys: list[tuple[Trail, str]]) -> None:
    """Read a file again as if some of its keys were others; places stay those of what its author wrote."""
    lines = document.yaml.split("\n")
    for trail, right in sorted(keys, key=lambda pair: document.at(pair[0], key=True), reverse=True):
        line, column = document.at(trail, key=True)
        written, wrong = lines[line - 1], str(trail[-1])
        if written.startswith(wrong, column - 1):
            lines[line - 1] = written[: column - 1] + right + written[column - 1 + len(wrong) :]
            document.moved.setdefault(line, []).append((column, len(wrong) - len(right)))
    again = parse("\n".join(lines), Document(document.path))
    document.replace(again.value, again.yaml)


def _without(text: str, aliases: list[int]) -> str:
    """The text with its aliases, which lead nowhere, as words of the same length."""
    characters = list(text) if aliases else []
    for index in aliases:
        characters[index] = ALIASED
    return "".join(characters) or text
