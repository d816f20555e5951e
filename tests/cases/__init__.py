"""A small handbook that holds, files that break it, and what each of them says about the problems it makes.

A file in `bad/` starts with comments that say what becomes of a copy of the small handbook, and what comes of that:

    # put: sop/standards/case.yml        the file goes there, comments and all, so that its lines count as they stand
    # put: sop/forms.yml                 a second one starts a second file
    # remove: sop/forms.yml              what is not there any more
    # link: sop/forms.yml elsewhere.yml  a symbolic link in its place, and where it goes
    # pad: 600000                        so many characters more at the end of the last file
    # expect: unknown-post 6:8 是不是      one problem: code, place, and part of what is said about it
    # expect: file-read sop/forms.yml:1:1  … in another file than the first that is put

What can't carry readable comments has them beside it, in a file with the ending `.expect`.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from handbook.compile import compile_handbook
from handbook.pages.clashes import overrides, refuse_collisions
from handbook.pages.render import render
from handbook.problem import Broken, Problem
from tests import project

HERE = Path(__file__).parent
MINIMAL = HERE / "good" / "minimal"
# A standard up to its rules, which each test that needs one adds.
STANDARD = """\
title: 站姿
kind: standard
summary: 站直。
owner: manager
audience: manager
review_every: 10 years
history: [{version: 1.0.0, effective: 2026-01-01, change: 首版}]
rules:
"""
ORDER = re.compile(rb"^# (put|remove|link|pad|expect): (.+?)\r?$", re.M)


@dataclass
class Case:
    """What a file in `bad/` asks for."""

    put: dict[str, bytes] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    link: list[str] = field(default_factory=list)
    expect: list[str] = field(default_factory=list)


def read(path: Path) -> Case:
    """What a file in `bad/` asks for."""
    beside, data = path.with_suffix(".expect"), path.read_bytes()
    orders = [*ORDER.finditer(beside.read_bytes() if beside.exists() else data)]
    ends = [*(order.start() for order in orders if order[1] == b"put"), len(data)][1:]
    case = Case()
    for order in orders:
        name, said = order[1].decode(), order[2].decode()
        if name == "put":
            end = ends.pop(0)
            case.put[said] = data if beside.exists() else data[order.start() : end]
        elif name == "pad":
            case.put[list(case.put)[-1]] += b"#" * int(said)
        else:
            getattr(case, name).append(said)
    return case


def copy(folder: Path) -> Path:
    """The small handbook, to break and mend."""
    return Path(shutil.copytree(MINIMAL, folder, dirs_exist_ok=True))


def project_of(folder: Path, *, own: bool = False) -> Path:
    """A copy of the project with the small handbook in the shipped one's place: it builds in half the time."""
    made = project.copy_to(folder, own=own)
    for name in ("sop", "quiz"):
        shutil.rmtree(made / name)
        shutil.copytree(MINIMAL / name, made / name)
    return made


def apply(case: Case, root: Path) -> None:
    """Do to a handbook what a case asks for."""
    for path, data in case.put.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    for path in case.remove:
        (root / path).unlink()
    for pair in case.link:
        path, target = pair.split()
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)


def problems(root: Path) -> list[Problem]:
    """Every problem that a build meets, reminders included."""
    try:
        book, found = compile_handbook(root)
        refuse_collisions(root / "docs", render(book), more=overrides(root))
    except Broken as broken:
        return broken.problems
    return found


def told(case: Case, found: list[Problem]) -> list[Problem]:
    """The problems that a case is about. A new SOP lacks a quiz as well: that goes without saying where it is not
    what the case shows."""
    said = {line.split()[0] for line in case.expect}
    return [problem for problem in found if problem.code != "quiz-missing" or problem.code in said]


def place(problem: Problem) -> str:
    """A problem as the cases name it: `unknown-post sop/forms.yml:6:8`."""
    return f"{problem.code} {problem.path}:{problem.line}:{problem.column}"


def expected(case: Case) -> list[tuple[str, str]]:
    """The places of a case's problems in the order of a report, each with a part of what must be said there."""
    found = []
    for line in case.expect:
        code, where, said = [*line.split(maxsplit=2), ""][:3]
        found.append((f"{code} {where if where.count(':') == 2 else f'{next(iter(case.put))}:{where}'}", said))
    return found
