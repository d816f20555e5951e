"""The export as a whole: every file of it, what it says about what is left out, and where it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import __main__ as command
from handbook.exports import export
from handbook.exports.export import FORMATS, OMITTED, STAMP, exports
from handbook.model.book import Handbook
from handbook.quiz.bank import bank
from handbook.quiz.plain import Omitted
from handbook.reading.load import load
from tests import cases, project

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture(scope="module")
def small() -> Handbook:
    book, _ = load(cases.MINIMAL)
    assert book
    return book


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return cases.copy(tmp_path / "project")


def run(root: Path, folder: Path) -> int:
    return command.main(["--root", str(root), "export", str(folder)])


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ── what is in it ───────────────────────────────────────────────────────────────────────────────


def test_a_file_an_sop_and_one_of_all(small: Handbook) -> None:
    assert list(exports(small)) == [
        *(f"gift/{key}.gift.txt" for key in small.sops),
        "handbook.gift.txt",
        *(f"qti/{key}.qti.zip" for key in small.sops),
        "handbook.qti.zip",
        OMITTED,
    ]


def test_all_is_as_much_as_its_parts(small: Handbook) -> None:
    files = exports(small)
    parts = sum(content.count(b"\n::") for path, content in files.items() if path.startswith("gift/"))
    cases_, scenes = 1, 2
    assert files["handbook.gift.txt"].count(b"\n::") == parts
    assert parts == sum(map(len, bank(small).values())) - cases_ + scenes


def test_what_has_another_shape_is_told(small: Handbook) -> None:
    total = sum(map(len, bank(small).values()))
    assert exports(small)[OMITTED].decode() == (
        f"{STAMP}\n"
        f"Moodle GIFT：{total} 題，放進了 {total} 題\n"
        "  整題放不進去：沒有\n"
        "  放進去了，但是樣子不同：\n"
        "    GIFT 沒有分支：情境拆成一幕一題，不管選了什麼都會遇到每一幕（1 題）\n"
        "      lost-property/wallet\n"
        "\n"
        f"QTI 2.1：{total} 題，放進了 {total} 題\n"
        "  整題放不進去：沒有\n"
        "  放進去了，但是樣子不同：沒有\n"
    )


def test_what_is_left_out_is_told_and_not_counted(small: Handbook, monkeypatch: pytest.MonkeyPatch) -> None:
    total = sum(map(len, bank(small).values()))
    lost = [
        Omitted("greeting/busy-hands", "放不下"),
        Omitted("clerk/hostile", "放不下"),
        Omitted("clerk/early", "太長"),
    ]
    kept = [export.Format("某格式", "x", ".x", lambda *_: (b"", lost))]
    monkeypatch.setattr(export, "FORMATS", kept)
    told = exports(small)[OMITTED].decode()
    assert f"某格式：{total} 題，放進了 {total - 2} 題\n" in told
    assert (
        "  整題放不進去：\n    太長（1 題）\n      clerk/early\n"
        "    放不下（2 題）\n      clerk/hostile\n      greeting/busy-hands\n"
    ) in told


def test_the_shipped_bank_is_held_whole() -> None:
    book, _ = load(project.ROOT)
    assert book
    told = exports(book)[OMITTED].decode()
    assert told.count("  整題放不進去：沒有\n") == len(FORMATS)


# ── where it is written ─────────────────────────────────────────────────────────────────────────


def test_the_command_writes_it(root: Path, tmp_path: Path, small: Handbook, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, tmp_path / "out") == 0
    assert tree(tmp_path / "out") == exports(small)
    assert capsys.readouterr() == (f"{tmp_path / 'out'}：9 個檔案；放不進去的列在 omitted.txt\n", "")


def test_again_it_replaces_what_it_wrote(root: Path, tmp_path: Path) -> None:
    assert run(root, tmp_path / "out") == 0
    first = tree(tmp_path / "out")
    (tmp_path / "out" / "gift" / "left-over.gift.txt").write_text("舊的", "utf-8")
    assert run(root, tmp_path / "out") == 0
    assert tree(tmp_path / "out") == first


def test_it_refuses_a_folder_with_other_things(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / OMITTED).write_text("別人的", "utf-8")
    before = tree(tmp_path)
    assert run(root, tmp_path / "out") == 2
    assert tree(tmp_path) == before
    assert "裡有別的東西" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["", "sop/out", "quiz", "docs/out"])
def test_it_writes_nothing_into_what_is_read(root: Path, place: str) -> None:
    before = tree(root)
    assert run(root, root / place) == 2
    assert tree(root) == before


def test_it_writes_nothing_of_a_broken_handbook(root: Path, tmp_path: Path) -> None:
    project.replace(root / "sop/procedures/lost-property.yml", "owner: manager", "owner: manger")
    assert run(root, tmp_path / "out") == 1
    assert not (tmp_path / "out").exists()


def test_nothing_is_left_half_written(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(root, tmp_path / "out") == 0
    before = tree(tmp_path)

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space left"):
        run(root, tmp_path / "out")
    assert tree(tmp_path) == before


def test_every_process_writes_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """Whatever order Python keeps its sets in, and whatever the hour."""
    written = []
    for number, zone in (("1", "UTC"), ("2", "Asia/Taipei")):
        out = tmp_path / number
        done = project.run("handbook", "--root", root, "export", out, PYTHONHASHSEED=number, TZ=zone)
        assert done.returncode == 0, done.stdout
        written.append(tree(out))
    assert written[0] == written[1]
