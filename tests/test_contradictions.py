"""What contradicts is found, and what only looks like it is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import cases

pytestmark = pytest.mark.usefixtures("today")

HEAD = """title: 冰箱
kind: {kind}
summary: 看冰箱。
owner: manager
audience: [manager, clerk]
review_every: 1 year
history: [{{version: 1.0.0, effective: 2026-01-01, change: 首版}}]
{open}{more}
"""
STANDARD = "rules:\n  - {{id: first, source: own, {0}}}\n  - {{id: other, source: own, {1}}}"
CASES = """moment: 要退錢
trigger: 要退錢
actor: manager
mnemonic: {{看: 看是哪一種, 退: 退錢}}
done: 退好了。
steps:
  - id: ways
    stage: 退
    do: 退房錢
    source: own
    choose:
      - {{id: early, label: 早, when: 早說, source: own, steps: [{{id: first, source: own, {0}}}]}}
      - {{id: late, label: 晚, when: 晚說, source: own, steps: [{{id: other, source: own, {1}}}]}}"""


def found(tmp_path: Path, one: str, other: str, shape: str = STANDARD, point: str = "") -> bool:
    """Whether two clauses contradict each other in the small handbook."""
    root = cases.copy(tmp_path)
    kind = "standard" if shape is STANDARD else "procedure"
    waits = f"open_points: {{{point}: {{question: 到底多久？, meanwhile: 照第一個, source: own}}}}\n" if point else ""
    text = HEAD.format(kind=kind, open=waits, more=shape.format(one, other))
    (root / f"sop/{kind}s/fridge.yml").write_text(text, "utf-8")
    codes = [problem.code for problem in cases.problems(root)]
    assert not {"bad-value", "missing-key", "unknown-key", "yaml-syntax"} & set(codes)
    return "facts-differ" in codes


FOUR, SIX = (f"do: 記溫度, form: found-log, every: {number} hours" for number in (4, 6))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FOUR, SIX),
        (
            "do: 打開大門讓人進來, between: 06:00 and 22:00 on weekdays",
            "do: 打開大門讓人進來, between: 07:00 and 21:00 on Monday",
        ),
        (FOUR, f"{SIX}, who: clerk"),  # who is among those who do it
        ("do: 交班, within: 2 days, event: 關門", "do: 交班。, within: 1 week, event: 關門"),
        ("do: 把冰箱的門關好, limit: at most 2 cm", "do: 把冰箱的門關好, limit: at most 3 cm"),
        ("do: 退, limit: 100 %, measures: refund", "do: 還, when: 颱風, limit: 90 %, measures: refund"),
        ("do: 退, within: 2 days, event: 收到, measures: refund", "do: 還, every: week, measures: refund"),
    ],
)
def test_two_answers_to_one_question_are_found(tmp_path: Path, one: str, other: str) -> None:
    assert found(tmp_path, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FOUR, FOUR),
        (
            "do: 打開大門讓人進來, between: 06:00 and 22:00 on weekdays",
            "do: 打開大門讓人進來, between: 07:00 and 21:00 on weekends",
        ),
        ("do: 量水溫, form: found-log, every: 4 hours", "do: 測餘氯, form: found-log, every: 2 hours"),
        ("do: 量水溫, form: found-log, every: 4 hours", "do: 先量水溫, form: found-log, every: 05:30"),
        ("do: 記溫度, form: found-log, every: week", "do: 看溫度, form: found-log, every: 7 days"),
        (f"{FOUR}, who: manager", f"{SIX}, who: clerk"),
        (f"{FOUR}, who: manager", f"{SIX}, who: open"),
        (FOUR, f"{SIX}, when: 天氣熱"),
        (FOUR, "do: 數一遍, every: 6 hours"),
        (FOUR, f"{SIX}, measures: stock"),
        (f"{FOUR}, measures: cold", f"{SIX}, measures: stock"),
        (FOUR, f"{SIX}, note: 併入$(#first)一起做。"),
        ("do: 交班, within: 2 days, event: 關門", "do: 交班, within: 3 days, event: 開門"),
        ("do: 交班, within: 2 days, event: 關門", "do: 交班, after: 3 days, event: 關門"),
        ("do: 交給$(manager), within: 2 days, event: 關門", "do: 交給$(clerk), within: 3 days, event: 關門"),
        ("do: 再量一次, every: 2 hours", "do: 再量一次, every: 3 hours"),  # of what, nobody can tell
        ("do: 把冰箱的門關好, limit: at most 5 cm", "do: 把冰箱的門關好, limit: at least 3 cm"),
        ("do: 看冰箱, limit: at most 5 cm, measures: gap", "do: 量門縫, limit: at least 3 cm, measures: gap"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(tmp_path: Path, one: str, other: str) -> None:
    assert not found(tmp_path, one, other)


def test_cases_of_one_step_exclude_each_other(tmp_path: Path) -> None:
    refund = "do: 退房錢的一部分, limit: {} %, measures: refund"
    assert not found(tmp_path, refund.format(100), refund.format(50), CASES)


def test_an_open_point_that_both_wait_for_settles_it(tmp_path: Path) -> None:
    assert not found(tmp_path / "both", f"{FOUR}, open: how-often", f"{SIX}, open: how-often", point="how-often")
    assert found(tmp_path / "one", FOUR, f"{SIX}, open: how-often", point="how-often")


def test_thousands_that_measure_the_same_are_compared_at_once(tmp_path: Path) -> None:
    rules = "".join(
        f"  - {{id: r{n}, do: 看, limit: at most {n % 7 + 1} m, measures: same, source: own}}\n" for n in range(4000)
    )
    root = cases.copy(tmp_path)
    (root / "sop/standards/fridge.yml").write_text(
        HEAD.format(kind="standard", open="", more="rules:\n") + rules, "utf-8"
    )
    codes = [problem.code for problem in cases.problems(root)]
    assert codes.count("facts-differ") > 3000
