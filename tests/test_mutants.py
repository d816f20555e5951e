"""The small mistakes of tools/mutants.py can still be made: what each of them changes stands in one place."""

from __future__ import annotations

from tests.project import ROOT
from tools.mutants import MUTANTS, place


def test_each_mistake_has_its_place() -> None:
    gone = [mutant for mutant in MUTANTS if place(ROOT, mutant.file).read_text("utf-8").count(mutant.old) != 1]
    assert not gone
