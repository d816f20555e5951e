"""YAML text to plain values and their positions, or the problems that stand in the way.

Every scalar stays a string: what it means (a number, a date, yes or no) is the model's to say, so that
nothing is bent by YAML's own guesses. Anchors, aliases, tags and duplicate keys are refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

from ..model.document import ALIASED, LINE_END, Document, Position
from ..problem import Problem, declare
from .builder import DEPTH, Builder, TooDeep
from .files import fetch
from .syntax import SYNTAX, explain, marks_of
from .unseen import UNSEEN, hidden, position_after

MOST = 40  # errors of one file that are read past
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
    """Fill the document from YAML text, read past what is wrong; one that can't be read to its end has no value."""
    text = _seen(text, document)
    try:
        builder = Builder(document, text)
        builder.build(iter(yaml.CSafeLoader(text).get_event, None))
        document.yaml = _without(text, builder.aliases)
    except TooDeep as deep:
        document.refuse(DEPTH, "這裡縮排太深", deep.at)
    except yaml.MarkedYAMLError as error:
        return _past(error, text, document)
    return document


def _seen(text: str, document: Document) -> str:
    """The text without what nobody sees, which is told once a line."""
    told = 0
    while unseen := hidden(text):
        line, column = position_after(text[: unseen.start()])
        if line != told:
            document.problems.append(Problem(document.path, line, column, SYNTAX, UNSEEN))
            document.mended[line] = len(LINE_END.split(text)[line - 1])
        told = line
        text = text[: unseen.start()] + text[unseen.end() :]
    return text


def _past(error: yaml.MarkedYAMLError, text: str, document: Document) -> Document:
    """Read on past an error as if its line were written as it should be."""
    from .patch import LONGEST, best, key_of  # only a file that is no YAML asks for it

    lines = LINE_END.split(text)
    patch = best(lines, *marks_of(error)) if len(text) <= LONGEST and len(document.mended) < MOST else None
    message, at = explain(error, patch)
    if not patch:
        return document.refuse(SYNTAX, message, at)
    before = [problem for problem in document.problems if problem.code == SYNTAX]
    told = [] if at[0] in document.mended else [Problem(document.path, *at, SYNTAX, message)]
    document.problems = [*before, *told]
    document.mended.setdefault(patch.line, len(lines[patch.line - 1]))
    if patch.added:
        document.moved.setdefault(patch.line, []).append((patch.column, -patch.added))
    if patch.kind == "blank":
        document.lost.add(key_of(lines[patch.line - 1]))
    return parse("\n".join(patch.into(lines)), document)


class Edit(NamedTuple):
    """What a place in a file should have been."""

    at: Position
    wrong: str
    right: str


def reread(document: Document, edits: list[Edit]) -> None:
    """Read a file as if something in it were otherwise; places stay those of what its author wrote."""
    lines = [*document.lines]
    for (line, column), wrong, right in sorted(edits, reverse=True):
        written = lines[line - 1]
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
