"""Whatever happens to a file, the answer is a handbook or a list of problems, each in its place; never an exception."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.compile import compile_handbook
from handbook.pages.render import render
from handbook.problem import Broken, Problem, report
from handbook.quiz.answers import options
from handbook.quiz.bank import bank
from tests import cases, project

CHOSEN = ("choice", "several", "number")  # kinds of questions that offer options
FILES = sorted(path.relative_to(cases.MINIMAL).as_posix() for path in cases.MINIMAL.rglob("*.yml"))
Change = tuple[Callable[[list[str], int, int, str], None], int, int, str]
LINES = [line for path in FILES for line in (cases.MINIMAL / path).read_text("utf-8").splitlines()]
# Values that mean something to YAML, to the model, to a rule or to a template.
VALUES = [
    *[
        "",
        "~",
        "[]",
        "{}",
        "''",
        '""',
        "|",
        ">-",
        "-",
        "?",
        ":",
        "*x",
        "&x",
        "!!int 1",
        "! x",
        "<<",
        "#",
        "@",
        "`",
        "%",
    ],
    *[
        "$(",
        "$()",
        "$(#)",
        "$(company)",
        "$(#hand-over)",
        "$(lost-property#log)",
        "$(clerk#)",
        "{{ x }}",
        "<b>",
        "true",
    ],
    *[
        "own",
        "[own, S1]",
        "clerk",
        "lost-property",
        "greeting#greet",
        "same day",
        "month end",
        "2 days",
        "99 years",
        "no",
    ],
    *["at most 2 ?", "2026-02-29", "1.0.0", "a" * 90, "9" * 5000, "[" * 20, "{a: " * 9, '"\\ud83d"', '"\\0"'],
    *["后", "说", "注意", "2 天", "甲;乙", "甲。乙"],
]
SIGNS = " \t\n\r:-[]{}#&*!|>'\"%@`?,$()~\\/.0129abzAZ甲乙。，「」🙂\x00\x07\x85\u200b\u2028\ufeff\ufffd\u3000é"


# ── what an editor, a merge or a tired author does to a file ────────────────────────────────────


def delete(lines: list[str], here: int, there: int, text: str) -> None:
    del lines[here]


def repeat(lines: list[str], here: int, there: int, text: str) -> None:
    lines.insert(there, lines[here])


def swap(lines: list[str], here: int, there: int, text: str) -> None:
    lines[here], lines[there] = lines[there], lines[here]


def indent(lines: list[str], here: int, there: int, text: str) -> None:
    lines[here] = " " * (there % 8) + lines[here].lstrip(" ")


def insert(lines: list[str], here: int, there: int, text: str) -> None:
    column = there % (len(lines[here]) + 1)
    lines[here] = lines[here][:column] + text + lines[here][column:]


def splice(lines: list[str], here: int, there: int, text: str) -> None:
    """Cut off, and go on with something else."""
    lines[here:] = [lines[here][: there % (len(lines[here]) + 1)] + text]


def revalue(lines: list[str], here: int, there: int, text: str) -> None:
    lines[here] = re.sub(r"(:|-) .*", lambda found: f"{found[1]} {text}", lines[here])


def rename(lines: list[str], here: int, there: int, text: str) -> None:
    lines[here] = re.sub(r"[\w-]+:", lambda _: f"{text}:", lines[here], count=1)


CHANGES = st.tuples(
    st.sampled_from([delete, repeat, swap, indent, insert, splice, revalue, rename]),
    st.integers(0, 200),
    st.integers(0, 200),
    st.one_of(st.text(SIGNS, max_size=8), st.sampled_from(VALUES), st.sampled_from(LINES)),
)


# ── what must come of it ────────────────────────────────────────────────────────────────────────


def _outside(root: Path, problems: list[Problem], path: str, data: bytes) -> Iterator[str]:
    """The problems that point at no place of their file, nor right behind it."""
    for problem in problems:
        whole = data if problem.path == path else (root / problem.path).read_bytes()
        lines = re.split("\r\n|\r|\n", whole.decode("utf-8-sig", "replace"))
        widths = [*(len(line) for line in lines), 0]
        if not (1 <= problem.line <= len(widths) and 1 <= problem.column <= widths[problem.line - 1] + 1):
            yield str(problem)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        yield cases.copy(tmp_path_factory.mktemp("mutated"))


def _holds_or_says_why(root: Path, path: str, data: bytes) -> None:
    (root / path).write_bytes(data)
    try:
        book, problems = compile_handbook(root)
    except Broken as broken:
        problems = broken.problems
        assert [problem for problem in problems if not problem.warning]
    else:
        assert [page for page in render(book) if page.text]
        assert all(options(book, one) for every in bank(book).values() for one in every if one.kind in CHOSEN)
    finally:
        shutil.copy(cases.MINIMAL / path, root / path)
    assert [*_outside(root, problems, path, data)] == []
    assert report(problems).encode("utf-8").count(b"\n") >= len(problems) - 1


# `EXAMPLES=5000 .venv/bin/python -m pytest tests/test_mutations.py` looks further, and elsewhere each time.
QUICK = settings(
    max_examples=int(os.environ.get("EXAMPLES", "60")),
    derandomize="EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@QUICK
@given(path=st.sampled_from(FILES), changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_lines_are_moved_and_mistyped(root: Path, path: str, changes: list[Change]) -> None:
    lines = (cases.MINIMAL / path).read_text("utf-8").split("\n")
    for change, at, to, text in changes:
        change(lines, at % len(lines), to % len(lines), text)
        lines = lines or [""]
    _holds_or_says_why(root, path, "\n".join(lines).encode("utf-8"))


@QUICK
@given(path=st.sampled_from(FILES), at=st.integers(0, 2000), junk=st.binary(max_size=12), cut=st.integers(0, 12))
def test_bytes_are_lost_and_added(root: Path, path: str, at: int, junk: bytes, cut: int) -> None:
    data = (cases.MINIMAL / path).read_bytes()
    at %= len(data)
    _holds_or_says_why(root, path, data[:at] + junk + data[at + cut :])
