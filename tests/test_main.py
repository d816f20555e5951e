"""The command: what it says, where it says it, and with which status it ends."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from handbook import __main__ as command
from handbook.kit import engines
from tests import cases, project

PROCEDURE = "sop/procedures/lost-property.yml"

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small handbook as a project of its own, with what a site needs beside it."""
    root = cases.copy(tmp_path / "project")
    (root / "docs").mkdir()
    (root / "docs" / "by-hand.md").write_text("# 手寫的\n", "utf-8")
    (root / "hooks" / "theme").mkdir(parents=True)
    shutil.copy(project.ROOT / "mkdocs.yml", root)
    return root


def run(root: Path, *arguments: str | Path) -> int:
    return command.main(["--root", str(root), *map(str, arguments)])


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


# ── check ───────────────────────────────────────────────────────────────────────────────────────


def test_check_says_how_much_is_complete(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check") == 0
    first = "sop/known-ids.txt：記下 22 個新代號，和這次的修改一起提交\n"
    assert capsys.readouterr() == (f"{first}完整：3 份 SOP、11 條條文、1 張表單\n", "")
    assert run(root, "check") == 0
    assert capsys.readouterr() == ("完整：3 份 SOP、11 條條文、1 張表單\n", "")


def test_check_tells_every_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(root / PROCEDURE, "owner: manager", "owner: manger")
    project.replace(root / "sop/forms.yml", "source: S2", "source: S9")
    assert run(root, "check") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        "sop/forms.yml:7:11: unknown-source: 來源沒有 S9 這一條",
        "    這樣寫：",
        "    | source: I5   # source.yml 的 clauses 裡有；自己加的寫 own",
        f"{PROCEDURE}:4:8: unknown-post: 沒有 manger 這個崗位；是不是 manager？",
        "    這樣寫：",
        "    | owner: service-desk   # organization.yml 的 posts 裡有",
        "",
        "共 2 個問題，在 2 個檔案裡；手冊沒有建置。",
    ]


def test_check_reminds_without_failing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(root / PROCEDURE, "review_every: 10 years", "review_every: 1 month")
    assert run(root, "check") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0] == f"{PROCEDURE}:7:15: review-overdue（提醒）: 應在 2026-02-01 前檢討"
    assert printed.out.splitlines()[-1] == "完整：3 份 SOP、11 條條文、1 張表單"
    assert printed.err == ""


@pytest.mark.parametrize("epoch", ["abc", "1e9", "9" * 30, "2026-12-01"])
def test_a_day_that_is_none_is_told_in_a_line(root: Path, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(SystemExit, match=f"SOURCE_DATE_EPOCH={epoch}：要是從 1970 年起的秒數"):
        run(root, "check")


def test_a_review_may_be_held_on_the_day(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tests' day is 15 December 2026."""
    project.replace(root / PROCEDURE, "effective: 2026-01-01", "effective: 2025-12-15")
    project.replace(root / PROCEDURE, "review_every: 10 years", "review_every: 1 year")
    assert run(root, "check") == 0
    assert "review-overdue" not in capsys.readouterr().out


def test_a_reminder_is_no_problem_but_is_told_beside_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(root / PROCEDURE, "review_every: 10 years", "review_every: 1 month")
    project.replace(root / PROCEDURE, "owner: manager", "owner: manger")
    assert run(root, "check") == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[1] for line in told if line.startswith("sop/")] == [
        "unknown-post",
        "review-overdue（提醒）",
    ]
    assert told[-1] == "共 1 個問題，在 1 個檔案裡；手冊沒有建置。"


def test_check_of_another_folder_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "nowhere", "check") == 1
    assert "共 5 個問題，在 5 個檔案裡" in capsys.readouterr().err


def test_check_changes_nothing_but_the_list_of_known_ids(root: Path) -> None:
    before = tree(root)
    run(root, "check")
    assert tree(root).keys() - before.keys() == {"sop/known-ids.txt"}
    before = tree(root)
    run(root, "check")
    assert tree(root) == before


def test_the_shipped_handbook_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project.ROOT, "check") == 0
    assert capsys.readouterr().err == ""


# ── write ───────────────────────────────────────────────────────────────────────────────────────


def test_write_writes_pages_made_and_by_hand(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "write", tmp_path / "out") == 0
    written = {path for path in tree(tmp_path / "out") if path.endswith(".md")}
    by_hand = ["by-hand.md", *engines("guide")]
    assert {"docs/by-hand.md", "docs/procedures/lost-property/index.md", "docs/index.md"} <= written
    assert capsys.readouterr().out == f"{tmp_path / 'out'}：{len(written) - len(by_hand)} 頁\n"


def test_write_writes_what_leads_on_from_old_addresses(root: Path, tmp_path: Path) -> None:
    project.replace(root / PROCEDURE, "review_every:", "formerly: finds\nreview_every:")
    gone = "standards/posture: {since: 2026-02-01, why: 併進招呼。, see: greeting}\n"
    (root / "sop/gone.yml").write_text(gone, "utf-8")
    assert run(root, "write", tmp_path / "out") == 0
    docs = tmp_path / "out/docs"
    assert 'data-to="../../procedures/lost-property/"' in (docs / "procedures/finds/index.html").read_text("utf-8")
    assert 'data-to="../../standards/posture/"' in (docs / "quiz/posture/index.html").read_text("utf-8")
    assert "併進招呼。" in (docs / "standards/posture/index.md").read_text("utf-8")


def test_write_again_replaces_what_it_wrote(root: Path, tmp_path: Path) -> None:
    assert run(root, "write", tmp_path / "out") == 0
    first = tree(tmp_path / "out")
    (tmp_path / "out" / "docs" / "left-over.md").write_text("舊的", "utf-8")
    assert run(root, "write", tmp_path / "out") == 0
    assert tree(tmp_path / "out") == first


def test_write_refuses_a_folder_with_other_things(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("信", "utf-8")
    before = tree(tmp_path)
    assert run(root, "write", tmp_path / "out") == 2
    assert tree(tmp_path) == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "裡有別的東西" in printed.err


def test_write_does_not_replace_the_project_itself(root: Path) -> None:
    """It has docs/ and a mkdocs.yml as well."""
    before = tree(root)
    assert run(root, "write", root) == 2
    assert tree(root) == before


@pytest.mark.parametrize("place", ["docs/out", "docs", "hooks/handbook/theme/out", "sop/out"])
def test_write_does_not_write_into_what_it_reads(root: Path, place: str) -> None:
    """A folder that is copied into itself has no end; one among the sources would be read the next time."""
    before = tree(root)
    assert run(root, "write", root / place) == 2
    assert tree(root) == before


def test_write_does_not_replace_a_file(root: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("信", "utf-8")
    assert run(root, "write", tmp_path / "out") == 2
    assert (tmp_path / "out").read_text("utf-8") == "信"


def test_write_writes_nothing_of_a_broken_handbook(root: Path, tmp_path: Path) -> None:
    project.replace(root / PROCEDURE, "owner: manager", "owner: manger")
    before = tree(tmp_path)
    assert run(root, "write", tmp_path / "out") == 1
    assert tree(tmp_path) == before


@pytest.mark.parametrize("step", ["copytree", "rmtree"])
def test_write_leaves_nothing_half_written(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever fails on the way, what was written before is still whole, or there is nothing."""
    assert run(root, "write", tmp_path / "out") == 0
    before = tree(tmp_path)
    whole = getattr(shutil, step)

    def fail_once(path: Path, *more: object, **how: object) -> None:
        monkeypatch.setattr(shutil, step, whole)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, step, fail_once)
    with pytest.raises(OSError, match="No space left"):
        run(root, "write", tmp_path / "out")
    assert tree(tmp_path) == before


# ── schema ──────────────────────────────────────────────────────────────────────────────────────


def test_schema_is_written_and_then_fresh(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "schema", "--check") == 1
    assert "sop/schema/sop.json 過期了；執行 handbook schema" in capsys.readouterr().out.splitlines()
    assert run(root, "schema") == 0
    assert run(root, "schema", "--check") == 0
    assert "schema 都是新的" in capsys.readouterr().out
    project.replace(root / "quiz/schema.json", '"及格百分比"', '"及格分數"')
    assert run(root, "schema", "--check") == 1
    assert capsys.readouterr().out == "quiz/schema.json 過期了；執行 handbook schema\n"


def test_schema_leaves_the_handbook_sound(root: Path) -> None:
    run(root, "schema")
    assert run(root, "check") == 0


# ── the command line ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("arguments", [[], ["paint"], ["write"], ["check", "sop"], ["schema", "--write"]])
def test_wrong_usage_ends_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    assert "usage: handbook" in capsys.readouterr().err


def test_the_package_is_a_command() -> None:
    """In a process of its own: with a status that a shell sees, and without a traceback."""
    done = project.run("handbook", "--root", "nowhere", "check")
    assert done.returncode == 1
    assert "file-read" in done.stdout
    assert "Traceback" not in done.stdout


def test_what_it_says_is_utf_8_whatever_the_locale(root: Path) -> None:
    done = project.run("handbook", "--root", root, "check", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0, done.stdout
    assert "完整" in done.stdout
    assert sys.getdefaultencoding() == "utf-8"
