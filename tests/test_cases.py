"""Every file in cases/bad breaks the small handbook in exactly the way that it says; the small handbook holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import __main__ as command
from handbook.problem import RULES
from tests import cases

pytestmark = pytest.mark.usefixtures("today")
BAD = sorted(path for path in (cases.HERE / "bad").iterdir() if path.suffix != ".expect")


def test_the_small_handbook_holds(tmp_path: Path) -> None:
    assert cases.problems(cases.copy(tmp_path)) == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path) -> None:
    case = cases.read(path)
    cases.apply(case, cases.copy(tmp_path))
    found, wanted = cases.told(case, cases.problems(tmp_path)), cases.expected(case)
    assert [cases.place(problem) for problem in found] == [place for place, _ in wanted]
    for problem, (_, said) in zip(found, wanted, strict=True):
        assert said in problem.message
        assert str(problem).isprintable()


def test_every_code_has_a_case() -> None:
    shown = {place.split()[0] for path in BAD for place, _ in cases.expected(cases.read(path))}
    assert set(RULES) - shown == set()


def test_no_case_expects_nothing() -> None:
    """Else a file whose comments are not read as such would be a good one."""
    assert [path.name for path in BAD if not cases.read(path).expect] == []


def test_the_awful_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole report, as an author sees it: sorted, with one example a code, and the sum of it."""
    cases.apply(cases.read(cases.HERE / "awful.yml"), cases.copy(tmp_path))
    assert command.main(["--root", str(tmp_path), "check"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (cases.HERE / "awful.txt").read_text("utf-8")
