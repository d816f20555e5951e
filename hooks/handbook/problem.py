"""What is wrong, where, and how to write it right: the one way every module reports bad input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):
    """What a command was asked for can't be done; its text says why, in a line."""


LONGEST = 600  # characters of a line in a report


def _printable(text: str) -> str:
    """One line whatever a file or its name puts into it: a terminal obeys control characters, and breaks lines."""
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]}…{text[-LONGEST // 2 :]}"
    return "".join(c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text)


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. Lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int
    code: str
    message: str
    warning: bool = field(default=False, compare=False)
    trail: tuple[str | int, ...] = field(default=(), compare=False, repr=False)  # in its file, where that was read
    example: str = field(default="", compare=False, repr=False)  # how to write it, where that of its rule is another's

    def __str__(self) -> str:
        label = f"{self.code}（提醒）" if self.warning else self.code
        return _printable(f"{self.path}:{self.line}:{self.column}: {label}: {self.message}")


class Broken(Exception):
    """The files do not make a handbook; `problems` says all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = sorted(problems)

    @property
    def summary(self) -> str:
        errors = [problem for problem in self.problems if not problem.warning]
        return f"共 {len(errors)} 個問題，在 {len({problem.path for problem in errors})} 個檔案裡；手冊沒有建置。"


@dataclass(frozen=True)
class Waits:
    """The keys without whose values a rule can't tell: what stands in the way there has been told, and says enough.

    `beside` looks into the clause that the problem is in, `here` into its file, `anywhere` into all files.
    """

    beside: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    anywhere: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """A demand on the files: its code, its sentence, and one example each of wrong and right."""

    code: str
    sentence: str
    bad: str
    good: str
    check: Callable[[Any], Iterator[Problem]] | None = None
    breakable: bool = False  # by a clause or an SOP that gives a reason
    waits: Waits = Waits()


RULES: dict[str, Rule] = {}


def declare(code: str, sentence: str, bad: str, good: str) -> str:
    """Register a rule that the loader applies while reading; answers its code."""
    return _add(Rule(code, sentence, bad.strip("\n"), good.strip("\n"))).code


def rule(
    code: str,
    bad: str,
    good: str,
    sentence: str | None = None,
    *,
    beside: str = "",
    here: str = "",
    anywhere: str = "",
    breakable: bool = False,
) -> Callable[[Callable], Callable]:
    """Register a generator of problems over a handbook; the rule's sentence is its docstring, or given."""
    waits = Waits(*(frozenset(names.split()) for names in (beside, here, anywhere)))

    def register(check: Callable) -> Callable:
        said = (sentence or check.__doc__ or "").strip()
        _add(Rule(code, said, bad.strip("\n"), good.strip("\n"), check, breakable, waits))
        return check

    return register


def _add(new: Rule) -> Rule:
    if new.code in RULES:
        raise ValueError(f"two rules share the code {new.code}")
    RULES[new.code] = new
    return new


def report(problems: Iterable[Problem]) -> str:
    """All problems, sorted; under the first of each code, how to write it right, once.

    >>> print(report([Problem("a.yml", 2, 1, "x", "missing")]))
    a.yml:2:1: x: missing
    """
    lines: list[str] = []
    shown: set[str] = set()
    for problem in sorted(problems):
        lines.append(str(problem))
        known = RULES.get(problem.code)
        good = problem.example or (known.good if known else "")
        if good and good not in shown:
            lines.append("    這樣寫：")
            lines += [f"    | {line}" for line in good.splitlines()]
            if known and known.breakable and problem.path.startswith("sop/") and problem.path.count("/") > 1:
                lines.append(f"    非這樣寫不可，在那一條加 allow: {{{problem.code}: 理由}}")
        shown.add(good)
    return "\n".join(lines)
