"""Whatever happens to a file, the answer is a handbook or a list of problems, each in its place; never an exception."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.compile import Broken, compile_handbook
from handbook.problem import report
from handbook.render import render
from tests import cases, project

FILES = sorted(path.relative_to(cases.MINIMAL).as_posix() for path in cases.MINIMAL.rglob("*.yml"))
LINES = [line for path in FILES for line in (cases.MINIMAL / path).read_text("utf-8").splitlines()]
# Values that mean something to YAML, to the model, to a rule or to a template.
VALUES = [
    "", "~", "[]", "{}", "''", '""', "|", ">-", "-", "?", ":", "*x", "&x", "!!int 1", "! x", "<<", "#", "@", "`", "%", "$(", "$()", "$(#)",
    "$(company)", "$(#hand-over)", "$(lost-property#log)", "$(clerk#)", "{{ x }}", "<b>", "own", "[own, S1]", "clerk", "lost-property",
    "greeting#greet", "same day", "month end", "2 days", "99 years", "at most 2 ?", "2026-02-29", "1.0.0", "true", "no", "a" * 90, "9" * 5000,
    "后", "说", "注意", "2 天", "甲;乙", "甲。乙", "{a: {b: {c: {d: {e: {f: {g: {h: {i: {j: k}}}}}}}}}}", "[" * 20, '"\\ud83d"', '"\\0"',
]  # fmt: skip
CHARACTERS = st.text(
    st.sampled_from(" \t\n\r:-[]{}#&*!|>'\"%@`?,$()~\\/.0129abzAZ甲乙。，「」🙂\x00\x07\x85\u200b\u2028\ufeff\ufffd\u3000é"), max_size=8
)

Mutation = Callable[[str], str]


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """One thing that an editor, a merge or a tired author does to a file."""
    at, to = draw(st.integers(0, 200)), draw(st.integers(0, 200))
    kind = draw(st.sampled_from(["delete", "repeat", "swap", "indent", "insert", "truncate", "splice", "value", "key", "line"]))
    width, typed = draw(st.integers(0, 6)), draw(CHARACTERS)
    value, line = draw(st.sampled_from(VALUES)), draw(st.sampled_from(LINES))

    def mutate(text: str) -> str:
        lines = text.split("\n")
        here, there = at % len(lines), to % len(lines)
        column = to % (len(lines[here]) + 1)
        match kind:
            case "delete":
                del lines[here]
            case "repeat":
                lines.insert(there, lines[here])
            case "swap":
                lines[here], lines[there] = lines[there], lines[here]
            case "indent":
                lines[here] = " " * width + lines[here].lstrip(" ")
            case "insert":
                lines[here] = lines[here][:column] + typed + lines[here][column:]
            case "truncate":
                lines[here:] = [lines[here][:column]]
            case "splice":
                lines[here:] = [lines[here][:column] + line]
            case "value":
                lines[here] = re.sub(r"(:|-) .*", lambda found: f"{found[1]} {value}", lines[here])
            case "key":
                lines[here] = re.sub(r"[\w-]+:", f"{value}:".replace("\\", "\\\\"), lines[here], count=1)
            case "line":
                lines.insert(here, line)
        return "\n".join(lines)

    return mutate


def _lines(data: bytes) -> list[str]:
    return re.split("\r\n|\r|\n", data.decode("utf-8-sig", "replace"))


def _outside(root: Path, problems: list) -> Iterator[str]:
    for problem in problems:
        lines = _lines((root / problem.path).read_bytes())
        width = len(lines[problem.line - 1]) if 0 < problem.line <= len(lines) else 0
        if not (1 <= problem.line <= len(lines) + 1 and 1 <= problem.column <= width + 1):
            yield str(problem)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        yield cases.copy(tmp_path_factory.mktemp("mutated"))


def _holds_or_says_why(root: Path, path: str, data: bytes) -> None:
    good = (cases.MINIMAL / path).read_bytes()
    (root / path).write_bytes(data)
    try:
        book, problems = compile_handbook(root)
    except Broken as broken:
        problems = broken.problems
        assert [problem for problem in problems if not problem.warning]
    else:
        assert [page for page in render(book) if page.path.endswith(".md")]
    finally:
        (root / path).write_bytes(good)
    (root / path).write_bytes(data)
    outside = [*_outside(root, problems)]
    (root / path).write_bytes(good)
    assert outside == []
    assert report(problems).encode("utf-8") or not problems


EXAMPLES = int(os.environ.get("EXAMPLES", "300"))
QUICK = settings(
    max_examples=EXAMPLES, derandomize="EXAMPLES" not in os.environ, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@QUICK
@given(path=st.sampled_from(FILES), changes=st.lists(mutations(), min_size=1, max_size=4))
def test_lines_are_moved_and_mistyped(root: Path, path: str, changes: list[Mutation]) -> None:
    text = (cases.MINIMAL / path).read_text("utf-8")
    for change in changes:
        text = change(text)
    _holds_or_says_why(root, path, text.encode("utf-8", "replace"))


@QUICK
@given(path=st.sampled_from(FILES), at=st.integers(0, 2000), junk=st.binary(max_size=12), cut=st.integers(0, 12))
def test_bytes_are_lost_and_added(root: Path, path: str, at: int, junk: bytes, cut: int) -> None:
    data = (cases.MINIMAL / path).read_bytes()
    at %= len(data)
    _holds_or_says_why(root, path, data[:at] + junk + data[at + cut :])
