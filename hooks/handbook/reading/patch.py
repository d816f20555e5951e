"""A line that YAML can't read, read as its author may have meant it: so that the lines after it are looked at too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from ..model.document import Position

LONGEST = 64 * 1024  # characters: of a longer text, what stands behind an error is not worth so many readings
END = (1 << 30, 0)

# A line: its indent, dashes and key; then the value, where there is one.
_LINE = re.compile(r"(?P<head>\s*(?:-\s+)*(?:(?P<key>[^\s'\"#\[\]{},:：-][^\s:：#{\[]*):\s+)?)(?P<value>.*)")
_WIDE = re.compile(r"(?P<head>\s*(?:-\s+)*[A-Za-z_]+)\s*：\s*(?P<value>.*)")
_NO_BLANK = re.compile(r"(?P<head>\s*(?:-\s+)*[A-Za-z_]+):(?P<value>\S.*)")
_BARE = re.compile(r"(?P<head>\s*(?:-\s+)*[a-z_]+)(?:\s+(?P<value>[^\s:].*))?\s*")
_IN_CHINESE = re.compile(r"(?<=[\u3001-\u9fff]):\s+")
_FLOW_VALUE = re.compile(r"[{,]\s*[^\s:,{}]+:\s+(?P<value>[^,{}\[\]\"']*)$")
# A value in braces that a comma cut in two, up to that comma.
_CUT = re.compile(r"[{,]\s*[^\s:,{}]+:\s+(?P<value>[^{}\[\]\"':]*,\s*)$")


class Patch(NamedTuple):
    """Another text for a line: what it mends, the line's number, where in it, and how many characters it adds there."""

    kind: str
    line: int
    column: int
    text: str
    added: int = 0

    def into(self, lines: list[str]) -> list[str]:
        return [*lines[: self.line - 1], self.text, *lines[self.line :]]


def failure(text: str) -> yaml.MarkedYAMLError | None:
    """What stops YAML's parser in a text."""
    loader = yaml.CSafeLoader(text)
    try:
        while loader.get_event():
            pass
    except yaml.MarkedYAMLError as error:
        return error
    return None


def reach(text: str) -> Position:
    """How far YAML's parser comes."""
    error = failure(text)
    mark = error.problem_mark if error else None
    return (mark.line + 1, mark.column + 1) if mark else (1, 1) if error else END


def best(lines: list[str], now: Position, around: Position) -> Patch | None:
    """The patch that lets the parser come the furthest, of those that let it come further than now."""
    found, furthest = None, now
    for patch in _patches(lines, now, around):
        if furthest < END and (far := reach("\n".join(patch.into(lines)))) > furthest:
            found, furthest = patch, far
    return found


def cut_off(before: str, rest: str) -> tuple[int, str] | None:
    """A value in braces that a comma cut in two, what stands before the key that its rest was taken for and that key
    given: where it starts, counted from 0, and all of it."""
    found = _CUT.search(before)
    return (found.start("value"), found["value"] + rest) if found else None


def key_of(line: str) -> str:
    """The key that a line gives a value to."""
    found = _LINE.fullmatch(line)
    return (found["key"] if found else "") or line.strip(" \t-：:")


def _patches(lines: list[str], now: Position, around: Position) -> Iterator[Patch]:
    places = dict.fromkeys((min(now[0], len(lines)), around[0], _above(lines, now[0])))
    numbers = [number for number in places if 0 < number <= len(lines)]
    yield from _closed(lines, numbers)
    for number in numbers:
        yield from _spelt(number, lines[number - 1])
    yield from _quoted_inside(lines, now)
    for number in numbers:
        yield from _quoted(number, lines[number - 1])
    for number in numbers:
        yield from _indented(lines, number)
    for number in numbers:
        yield Patch("blank", number, 1, "")


def _above(lines: list[str], number: int) -> int:
    """The line before, blank ones and comments aside."""
    above = (n for n in range(number - 1, 0, -1) if lines[n - 1].strip() and not lines[n - 1].lstrip().startswith("#"))
    return next(above, 0)


def _closed(lines: list[str], numbers: list[int]) -> Iterator[Patch]:
    """A quotation mark that opens a value and is not closed on its line, here or a few lines above."""
    for number in range(max(numbers, default=0), max(0, min(numbers, default=0) - 20), -1):
        found = _LINE.fullmatch(lines[number - 1])
        quote = found["value"][:1] if found else ""
        if found and quote in ("'", '"') and found["value"].count(quote) % 2:
            yield Patch("close", number, found.start("value") + 1, lines[number - 1].rstrip() + quote)


def _spelt(number: int, line: str) -> Iterator[Patch]:
    """A colon without a blank, a full-width one, none; and one in the middle of a text."""
    for kind, pattern in (("colon", _NO_BLANK), ("wide", _WIDE), ("bare", _BARE)):
        if found := pattern.fullmatch(line):
            yield Patch(kind, number, found.end("head") + 1, f"{found['head']}: {found['value'] or ''}".rstrip())
    found = _LINE.fullmatch(line)
    if found and (inside := _IN_CHINESE.search(found["value"])):
        text = found["head"] + _IN_CHINESE.sub("：", found["value"])
        yield Patch("inside", number, found.start("value") + inside.start() + 1, text)


def _quoted(number: int, line: str) -> Iterator[Patch]:
    found = _LINE.fullmatch(line)
    if found and found["value"] and not line.startswith("%"):
        yield Patch("quote", number, found.start("value") + 1, found["head"] + quoted(found["value"]))


def _quoted_inside(lines: list[str], now: Position) -> Iterator[Patch]:
    """A value inside braces that needs quotes: from its start to the next comma or the end of the braces."""
    number, column = now
    line = lines[number - 1] if number <= len(lines) else ""
    found = _FLOW_VALUE.search(line[: column - 1]) or _FLOW_VALUE.search(line[:column])
    if found:
        start = found.start("value")
        end = start + len(re.match(r"[^,}]*", line[start:])[0].rstrip())  # type: ignore[index]
        text = quoted(line[start:end])
        yield Patch("quote", number, start + 1, line[:start] + text + line[end:], len(text) - (end - start))


def _indented(lines: list[str], number: int) -> Iterator[Patch]:
    """A line as deep as those around it."""
    content = lines[number - 1].strip()
    around = [lines[n - 1] for n in (_above(lines, number), number + 1) if 0 < n <= len(lines)]
    depths = {depth for line in around for depth in (_depth(line), len(line) - len(line.lstrip(" \t-")))}
    if around and around[0].endswith(":"):
        depths.add(_depth(around[0]) + 2)
    for depth in sorted(depths, reverse=True):
        yield Patch("indent", number, 1, " " * depth + content)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def quoted(value: str) -> str:
    """A value in the quotation marks in which nothing has a meaning."""
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        bare = bare[1:-1]
    return "'" + bare.replace("'", "''") + "'"
