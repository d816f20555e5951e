"""`handbook new`: a project whole or none, in the author's own words, with nothing of ours to explain."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import handbook
from handbook import begin
from handbook.cli import main
from handbook.compile import compile_handbook
from handbook.problem import Refused
from tests import project

pytestmark = pytest.mark.usefixtures("today")


def _files(folder: Path) -> dict[str, bytes]:
    there = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    begin.new(tmp_path / "mine")
    return tmp_path / "mine"


def test_a_new_handbook_holds_with_no_reminder(mine: Path) -> None:
    book, warnings = compile_handbook(mine)
    assert warnings == []
    assert [len(kind) for kind in (book.procedures, book.standards, book.roles)] == [1, 1, 1]


def test_it_takes_effect_on_the_day_on_which_it_is_written(mine: Path) -> None:
    texts = "".join(path.read_text("utf-8") for path in mine.glob("sop/**/*.yml"))
    assert set(re.findall(r"\d{4}-\d\d-\d\d", texts)) == {"2026-12-15"}


def test_every_file_names_a_schema_that_is_there(mine: Path) -> None:
    for path in [*mine.glob("sop/**/*.yml"), *mine.glob("quiz/*.yml")]:
        first = path.read_text("utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file(), path
    assert main(["--root", str(mine), "schema", "--check"]) == 0


def test_what_it_needs_is_pinned(mine: Path) -> None:
    assert (mine / "requirements.txt").read_text("utf-8").endswith(f"\nfront-desk-handbook=={handbook.__version__}\n")


def test_its_settings_are_ours_but_for_the_hook(mine: Path) -> None:
    ours, theirs = (yaml.safe_load((root / "mkdocs.yml").read_text("utf-8")) for root in (project.ROOT, mine))
    assert theirs.pop("hooks") == ["hook.py"]
    ours.pop("hooks")
    assert theirs == ours


def test_the_version_stands_in_one_place() -> None:
    said = tomllib.loads((project.ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in said["project"]
    assert said["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "handbook.__version__"}


def test_the_shipped_handbook_can_be_started_from(tmp_path: Path) -> None:
    """All of it but the ids that it has published: those of another are no promise of ours."""
    assert main(["new", str(tmp_path), "--from", "front-desk"]) == 0
    written = _files(tmp_path)
    for name in ("docs", "quiz", "sop"):
        kept = {f"{name}/{path}": data for path, data in _files(project.ROOT / name).items()}
        kept.pop("sop/known-ids.txt", None)
        assert {path: data for path, data in written.items() if path.startswith(f"{name}/")} == kept
    assert len(compile_handbook(tmp_path)[0].sops) > 20


def test_it_is_written_into_the_very_folder_that_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands in it goes on standing in it."""
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    assert main(["new", "."]) == 0
    assert tmp_path.stat().st_ino == before
    assert not list(tmp_path.glob(".draft-*"))
    assert (tmp_path / "mkdocs.yml").is_file()


def _refused(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["new", *map(str, arguments)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    return told.err


def test_an_unknown_language_is_told_which_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _refused(tmp_path / "mine", "--language", "fr", capsys=capsys)
    assert "沒有 fr 的範本" in told
    assert "zh-Hant" in told
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("place", ["full", "full/letter.txt", "full/letter.txt/mine", "nowhere"])
def test_it_is_not_written_over_or_under_anything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("信", "utf-8")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    _refused(tmp_path / place, capsys=capsys)
    assert _files(tmp_path) == {"full/letter.txt": "信".encode()}


def test_a_new_handbook_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(begin.schema, "write", full)
    for place in (tmp_path / "mine", tmp_path):
        with pytest.raises(Refused, match="No space left"):
            begin.new(place)
        assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("came", "line"),
    [
        ({}, "front-desk-handbook=={}"),
        ({"url": "file:///somewhere/checkout", "dir_info": {}}, "front-desk-handbook=={}"),
        ({"url": "file:///gone/x-1-py3-none-any.whl", "archive_info": {}}, "front-desk-handbook=={}"),
        (
            {"url": "https://example.org/x.whl", "archive_info": {}},
            "front-desk-handbook @ https://example.org/x.whl",
        ),
        (
            {"url": "https://example.org/x.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "front-desk-handbook @ git+https://example.org/x.git@abc",
        ),
    ],
)
def test_the_requirement_says_where_the_engine_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, came: dict, line: str
) -> None:
    monkeypatch.setattr(begin, "_origin", lambda: came)
    assert begin.requirement(tmp_path / "wheels") == line.format(handbook.__version__)
    assert [*tmp_path.iterdir()] == []


def test_it_says_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(begin, "_origin", dict)
    assert main(["new", "mine"]) == 0
    first, change, *rest = capsys.readouterr().out.splitlines()
    assert (first, change.split()) == ("mine：寫好了。接著：", ["cd", "mine"])
    assert "requirements.txt" in rest[-1]  # it does not know where it came from
    monkeypatch.setattr(begin, "_origin", lambda: {"url": "https://example.org/x.whl", "archive_info": {}})
    (tmp_path / "more").mkdir()
    monkeypatch.chdir(tmp_path / "more")
    assert main(["new", "."]) == 0
    told = capsys.readouterr().out
    assert "cd " not in told
    assert "requirements.txt" not in told
