"""Whose signatures and passes run out, from the table that the team's page hands out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handbook import expiries
from handbook.cli import main
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")  # 15 December 2026

HEAD = "姓名,崗位,到職第一天,要會的,崗位要求,簽閱版本,簽閱日,測驗、考試,測驗、考試日,分數 %\r\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small handbook: what is signed of lost property holds for a year, the clerk's exam for two months."""
    root = cases.copy(tmp_path / "project")
    for name, renew in (("procedures/lost-property", "12 months"), ("roles/clerk", "2 months")):
        project.replace(root / f"sop/{name}.yml", "review_every:", f"renew: {renew}\nreview_every:")
    return root


def team(root: Path, *rows: str, head: str = HEAD) -> Path:
    path = root / "team.csv"
    path.write_text("\ufeff" + head + "".join(f"{row}\r\n" for row in rows), "utf-8", newline="")
    return path


def due(root: Path, path: Path, *more: str) -> int:
    return main(["--root", str(root), "due", "--within", "30d", "--team", str(path), *more])


def test_who_has_to_sign_or_pass_anew_is_listed_the_latest_first(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = team(
        root,
        "王小明,店員,2026-01-01,拾得物,是,1.0.0,2026-01-10,通過,2025-12-01,",  # the pass is over, the signature soon
        '"\'=1+1",店員,,拾得物,是,1.0.0,2025/12/15,沒通過,2025-01-01,',  # today; no pass, no end
        "李大華,店員,,招呼 & *道別*,是,1.0.0,2020-01-01,通過,2020-01-01,",  # nothing runs out
        "李大華,店員,,崗位考試：店員,是,,,通過,2026-11-01,90",
        "陳,店員,,沒有這一份,是,1.0.0,2020-01-01,,,",
        "陳,店員,,拾得物,是,1.0.0,看不懂,通過,2026-99-01,",
    )
    assert due(root, path) == 1
    out = capsys.readouterr().out.splitlines()
    assert out == [
        "30 天內沒有要檢討的 SOP",
        f"{path}:2:1: pass-over（提醒）: 王小明的「拾得物」測驗（2025-12-01）2026-12-01 到期，過期 14 天",
        f"{path}:3:1: pass-over（提醒）: =1+1的「拾得物」簽閱（2025-12-15）2026-12-15 到期，就是今天",
        f"{path}:5:1: pass-due（提醒）: 李大華的「店員」崗位考試（2026-11-01）2027-01-01 到期，還有 17 天",
        f"{path}:2:1: pass-due（提醒）: 王小明的「拾得物」簽閱（2026-01-10）2027-01-10 到期，還有 26 天",
        "到期了的簽閱與測驗有 2 件，30 天內到期的有 2 件",
    ]


def test_programs_get_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = team(root, "王小明,店員,,拾得物,是,1.0.0,2026-01-10,,,")
    assert due(root, path, "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)["passes"]
    assert one == {
        "name": "王小明",
        "sop": "lost-property",
        "title": "拾得物",
        "act": "簽閱",
        "path": str(path),
        "line": 2,
        "done": "2026-01-10",
        "due": "2027-01-10",
        "days": 26,
        "over": False,
    }


def test_nothing_that_runs_out_is_said_and_fine(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert due(root, team(root, "王小明,店員,,拾得物,是,1.0.0,2026-12-01,,,")) == 0
    assert capsys.readouterr().out.endswith("30 天內沒有到期的簽閱與測驗\n")


@pytest.mark.parametrize("text", ["", "姓名,別的\r\n", '"' + "x" * 200_000, "\x00"])
def test_a_file_that_is_no_team_s_table_is_refused_with_how(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = root / "team.csv"
    path.write_text(text, "utf-8")
    assert due(root, path) == 2
    assert expiries.HOW in capsys.readouterr().err


@pytest.mark.parametrize("path", ["nowhere.csv", "."])
def test_a_file_that_can_not_be_read_is_refused(root: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert due(root, root / path) == 2
    assert expiries.HOW in capsys.readouterr().err


def test_the_page_writes_the_columns_that_are_read() -> None:
    script = (project.ENGINE / "web/team/export.js").read_text("utf-8")
    head = script.partition("const HEAD = [")[2].partition("]")[0]
    for column in (expiries.NAME, expiries.WHAT, expiries.SIGNED, expiries.RESULT, expiries.TESTED):
        assert f'"{column}"' in head
    assert f"`{expiries.EXAM}$" in script and f'"{expiries.PASSED}"' in script
    words = (project.ENGINE / "web/team/team.js").read_text("utf-8")
    assert "存檔、匯出、列印" in words and "存成 CSV" in words  # where it is said to be had
