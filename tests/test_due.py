"""What has to be looked at again: the command, and the weekly job that calls it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from handbook import begin
from handbook.cli import main
from tests import cases, project

PROCEDURE = "sop/procedures/lost-property.yml"
WORKFLOWS = (project.ROOT, begin.PROJECT)
JOB = ".github/workflows/reviews.yml"

pytestmark = pytest.mark.usefixtures("today")  # 15 December 2026


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small handbook: three SOPs of 2026-01-01, each for ten years."""
    return cases.copy(tmp_path / "project")


def _review(root: Path, name: str, every: str) -> None:
    project.replace(root / f"sop/{name}.yml", "review_every: 10 years", f"review_every: {every}")


def _due(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), "due", *arguments])


def test_nothing_due_is_said_and_fine(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _due(root) == 0
    assert capsys.readouterr() == ("30 天內沒有要檢討的 SOP\n", "")


def test_it_lists_place_day_and_owner_the_latest_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _review(root, "procedures/lost-property", "12 months")
    _review(root, "standards/greeting", "1 month")
    _review(root, "roles/clerk", "10 months")
    assert _due(root) == 1
    assert capsys.readouterr().out.splitlines() == [
        "sop/standards/greeting.yml:8:15: review-overdue（提醒）: "
        "「招呼 & *道別*」應在 2026-03-01 前檢討，過期 289 天；負責：店長",
        "sop/roles/clerk.yml:6:15: review-overdue（提醒）: 「店員」應在 2026-11-01 前檢討，過期 44 天；負責：店長",
        f"{PROCEDURE}:7:15: review-due（提醒）: 「拾得物」應在 2027-01-01 前檢討，還有 17 天；負責：店長",
        "過了檢討日的有 2 份，30 天內要檢討的有 1 份",
    ]


@pytest.mark.parametrize(("within", "found"), [("16 days", 0), ("17d", 1), ("17 D", 1), ("3w", 1), ("1 month", 1)])
def test_how_far_ahead_is_read_as_anywhere(
    root: Path, capsys: pytest.CaptureFixture[str], within: str, found: int
) -> None:
    _review(root, "procedures/lost-property", "12 months")
    assert _due(root, "--within", within) == 0
    assert capsys.readouterr().out.count("review-due") == found


@pytest.mark.parametrize("day", ["2026-12-14", "2026-12-15"])
def test_who_is_due_today_is_not_late_yet(root: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    year = f"{int(day[:4]) - 1}{day[4:]}"
    text = (root / PROCEDURE).read_text("utf-8").replace("effective: 2026-01-01", f"effective: {year}")
    (root / PROCEDURE).write_text(text.replace("review_every: 10 years", "review_every: 1 year"), "utf-8")
    assert _due(root) == (day == "2026-12-14")
    assert ("過期 1 天" if day == "2026-12-14" else "就是今天") in capsys.readouterr().out


@pytest.mark.parametrize(
    "within", ["三十天", "30", "30m", "same day", "at once", "2 rings", "200 years", "", "-3 days"]
)
def test_a_time_that_can_not_be_read_is_told_how(root: Path, capsys: pytest.CaptureFixture[str], within: str) -> None:
    with pytest.raises(SystemExit) as ended:
        _due(root, f"--within={within}")
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "--within 30d" in told.err.splitlines()[-1]


def test_programs_get_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _review(root, "procedures/lost-property", "1 month")
    assert _due(root, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {
        "today": "2026-12-15",
        "until": "2027-01-14",
        "reviews": [
            {
                "sop": "lost-property",
                "title": "拾得物",
                "path": PROCEDURE,
                "line": 7,
                "column": 15,
                "owner": "manager",
                "owner_name": "店長",
                "version": "1.0.0",
                "last_review": "2026-01-01",
                "due": "2026-02-01",
                "days": -317,
                "overdue": True,
            }
        ],
    }


def test_a_broken_handbook_has_no_list(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(root / PROCEDURE, "owner: manager", "owner: manger")
    assert _due(root) == 1
    assert capsys.readouterr().out == ""


# ── the weekly job ──────────────────────────────────────────────────────────────────────────────

HANDBOOK = f'#!/bin/sh\nexec "{sys.executable}" -m handbook "$@"\n'
# Stands in for GitHub's command: says which issue is open, and writes down what it was asked.
GH = """#!/bin/sh
if [ "$2" = list ]; then printf '%s' "$OPEN"; exit; fi
for one; do printf '[%s]\\n' "$one"; done >> asked.txt
[ ! -f issue.md ] || cp issue.md body.txt
"""


def _steps(workflow: Path) -> list[dict]:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("home", WORKFLOWS, ids=["ours", "new"])
def test_it_runs_every_week_and_may_do_no_more_than_it_must(home: Path) -> None:
    told = yaml.safe_load((home / JOB).read_text("utf-8"))
    (when,) = told[True]["schedule"]  # YAML 1.1 reads `on` as true
    assert when["cron"].split()[2:] == ["*", "*", "1"]
    assert told["permissions"] == {"contents": "read", "issues": "write"}


def _run(home: Path, root: Path, opened: str, tmp_path: Path) -> tuple[int, str]:
    """What the job asks of GitHub, run as GitHub runs it."""
    (tmp_path / "bin").mkdir()
    for name, text in (("handbook", HANDBOOK), ("gh", GH)):
        (tmp_path / "bin" / name).write_text(text, "utf-8")
        (tmp_path / "bin" / name).chmod(stat.S_IRWXU)
    (step,) = (step for step in _steps(home / JOB) if step.get("name") == "due")
    title = {"TITLE": step["env"]["TITLE"], "OPEN": opened, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=root, env=project.environment(project.ROOT, **title), check=False
    )
    asked = root / "asked.txt"
    return done.returncode, asked.read_text("utf-8") if asked.exists() else ""


@pytest.mark.parametrize("home", WORKFLOWS, ids=["ours", "new"])
@pytest.mark.parametrize(
    ("late", "opened", "asked"),
    [
        (True, "", "[issue]\n[create]\n[--title]\n[要檢討的 SOP]\n[--body-file]\n[issue.md]\n"),
        (True, "7", "[issue]\n[edit]\n[7]\n[--body-file]\n[issue.md]\n"),
        (False, "", ""),
        (False, "7", "[issue]\n[close]\n[7]\n[--comment]\n[30 天內沒有要檢討的 SOP\n"),
    ],
)
def test_it_opens_updates_and_closes_one_issue(
    home: Path, root: Path, tmp_path: Path, late: bool, opened: str, asked: str
) -> None:
    if late:
        _review(root, "procedures/lost-property", "1 month")
    status, told = _run(home, root, opened, tmp_path)
    assert status == 0
    assert told.startswith(asked) if asked else told == ""
    if late:
        body = (root / "body.txt").read_text("utf-8").splitlines()
        assert body[:2] == ["過了檢討日的有 1 份，30 天內要檢討的有 0 份", "```text"]
        assert body[2].startswith(f"{PROCEDURE}:7:15: review-overdue")
        assert body[-1] == "```"


def test_a_handbook_that_does_not_hold_fails_the_job(root: Path, tmp_path: Path) -> None:
    project.replace(root / PROCEDURE, "owner: manager", "owner: manger")
    status, told = _run(project.ROOT, root, "7", tmp_path)
    assert status != 0
    assert told == ""
