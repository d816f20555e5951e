"""Folders to a handbook: what is read, what is refused, and that nothing on a disk raises anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from handbook.compile import compile_handbook
from handbook.model.document import Document
from handbook.problem import Broken, Problem
from handbook.reading.load import load
from tests import cases
from tests.project import replace

STANDARD = (cases.HERE / "good/minimal/sop/standards/greeting.yml").read_bytes()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return cases.copy(tmp_path / "handbook")


def found(root: Path) -> list[str]:
    return sorted(cases.place(problem) for problem in load(root)[1])


def add(root: Path, path: str, data: bytes = STANDARD) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)
    return root / path


# ── what is read ────────────────────────────────────────────────────────────────────────────────


def test_everything_has_its_place(root: Path) -> None:
    book, problems = load(root)
    assert book
    assert problems == []
    assert {key: sop.folder for key, sop in book.sops.items()} == {
        "clerk": "roles",
        "greeting": "standards",
        "lost-property": "procedures",
    }
    assert [*book.roles, *book.standards, *book.procedures] == ["clerk", "greeting", "lost-property"]
    assert [*book.forms, *book.glossary] == ["found-log", "owner"]
    assert [*book.quizzes] == ["clerk", "greeting", "lost-property"]
    assert {key: document.path for key, document in book.documents.items()} == {
        "organization": "sop/organization.yml",
        "source": "sop/source.yml",
        "forms": "sop/forms.yml",
        "glossary": "sop/glossary.yml",
        "synonyms": "sop/synonyms.yml",
        "clerk": "sop/roles/clerk.yml",
        "greeting": "sop/standards/greeting.yml",
        "lost-property": "sop/procedures/lost-property.yml",
        "quiz/clerk": "quiz/clerk.yml",
        "quiz/greeting": "quiz/greeting.yml",
        "quiz/lost-property": "quiz/lost-property.yml",
    }


def test_the_organisation_says_which_procedures_come_first(root: Path) -> None:
    add(root, "sop/procedures/a-first-by-name.yml", (root / "sop/procedures/lost-property.yml").read_bytes())
    book, _ = load(root)
    assert book
    assert [*book.procedures] == ["lost-property", "a-first-by-name"]


def test_no_quiz_is_no_problem(root: Path) -> None:
    for path in (root / "quiz").iterdir():
        path.unlink()
    (root / "quiz").rmdir()
    assert found(root) == []


def test_what_is_hidden_is_let_be(root: Path) -> None:
    """Editors and systems leave such things behind, and a save must not break `mkdocs serve`."""
    for name in (".greeting.yml.swp", ".DS_Store", ".greeting.yml", ".gitkeep"):
        add(root, f"sop/standards/{name}", b"\xff")
    (root / "sop/standards/.#greeting.yml").symlink_to("somebody@somewhere.1234:5678")
    assert found(root) == []


def test_schemas_are_let_be_where_they_belong(root: Path) -> None:
    for path in ("sop/schema/sop.json", "sop/schema/forms.json", "quiz/schema.json"):
        add(root, path, b"{}")
    assert found(root) == []
    for path in ("sop/schema.json", "sop/standards/schema.json", "sop/roles/schema/x.yml", "quiz/schema/x.json"):
        add(root, path, b"{}")
    assert found(root) == [
        "stray-file quiz/schema/x.json:1:1",
        "stray-file sop/roles/schema/x.yml:1:1",
        "stray-file sop/schema.json:1:1",
        "stray-file sop/standards/schema.json:1:1",
    ]


# ── what is not ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "a b",
        " a",
        "a ",
        "A",
        "1a",
        "a.b",
        "a_b",
        "a.yml",
        "中文",
        "a\nb",
        "x",
        "-ab",
        "a" * 41,
        "$(company)",
        "ab%2e",
        "con'",
    ],
)
def test_a_name_that_is_no_id_is_refused(root: Path, name: str) -> None:
    add(root, f"sop/standards/{name}.yml")
    book, problems = load(root)
    assert book
    assert [(problem.code, problem.path) for problem in problems] == [("file-name", f"sop/standards/{name}.yml")]
    assert {"clerk", "greeting", "lost-property"} <= set(book.sops)


def test_a_file_whose_name_is_no_id_is_looked_at_as_well(root: Path) -> None:
    add(root, "sop/standards/Night_Shift.yml", STANDARD.replace(b"kind: standard", b"kind: [standard"))
    problems = load(root)[1]
    assert [problem.code for problem in problems] == ["file-name", "yaml-syntax"]
    assert problems[0].message.endswith("例如 night-shift.yml")


@pytest.mark.parametrize(
    "name", ["old.yaml", "old.YML", "old.yml~", "old.yml.bak", "notes.txt", "old.json", "README.md", "old"]
)
def test_a_file_with_another_ending_is_a_stray(root: Path, name: str) -> None:
    folders = ("quiz", "sop", "sop/new/deep", "sop/standards")
    for folder in folders:
        add(root, f"{folder}/{name}")
    assert found(root) == sorted(f"stray-file {folder}/{name}:1:1" for folder in folders)


def test_a_name_of_bytes_that_are_no_text_can_be_printed(root: Path) -> None:
    """As an archive from another system leaves behind."""
    folder = os.fsencode(root / "sop/standards")
    with open(os.path.join(folder, "範例.yml".encode("big5")), "wb") as file:  # noqa: PTH118, PTH123
        file.write(STANDARD)
    problems = load(root)[1]
    assert [problem.code for problem in problems] == ["file-name"]
    assert str(problems[0]).encode("utf-8")


def test_an_id_is_taken_once_across_all_folders(root: Path) -> None:
    for path in ("procedures/greeting", "procedures/clerk", "standards/source", "procedures/forms", "roles/glossary"):
        add(root, f"sop/{path}.yml")
    book, problems = load(root)
    assert {problem.path: problem.message for problem in problems} == {
        "sop/procedures/clerk.yml": "代號 clerk 已經是 sop/roles/clerk.yml",
        "sop/procedures/forms.yml": "代號 forms 已經是 sop/forms.yml",
        "sop/procedures/greeting.yml": "代號 greeting 已經是 sop/standards/greeting.yml",
        "sop/roles/glossary.yml": "代號 glossary 已經是 sop/glossary.yml",
        "sop/standards/source.yml": "代號 source 已經是 sop/source.yml",
    }
    assert {problem.code for problem in problems} == {"id-taken"}
    assert book
    assert {key: sop.folder for key, sop in book.sops.items() if key in ("clerk", "greeting")} == {
        "clerk": "roles",
        "greeting": "standards",
    }


def test_links_are_not_followed(root: Path, tmp_path: Path) -> None:
    elsewhere = cases.copy(tmp_path / "elsewhere")
    (root / "sop/standards/greeting.yml").unlink()
    (root / "sop/standards/greeting.yml").symlink_to(elsewhere / "sop/standards/greeting.yml")
    (root / "sop/forms.yml").unlink()
    (root / "sop/forms.yml").symlink_to(elsewhere / "sop/forms.yml")
    assert found(root) == ["file-link sop/forms.yml:1:1", "file-link sop/standards/greeting.yml:1:1"]


def test_a_folder_that_is_a_link_is_not_followed_either(root: Path, tmp_path: Path) -> None:
    elsewhere = cases.copy(tmp_path / "elsewhere")
    for path in (root / "sop/standards").iterdir():
        path.unlink()
    (root / "sop/standards").rmdir()
    (root / "sop/standards").symlink_to(elsewhere / "sop/standards")
    (root / "sop/more").symlink_to(elsewhere / "sop")
    for path in (root / "quiz").iterdir():
        path.unlink()
    (root / "quiz").rmdir()
    (root / "quiz").symlink_to(elsewhere / "quiz")
    (root / "sop/schema").symlink_to(elsewhere)
    linked = ("quiz", "sop/more", "sop/schema", "sop/standards")
    assert found(root) == [f"file-link {path}:1:1" for path in linked]


def test_a_folder_that_cannot_be_listed_is_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = Path.iterdir

    def refuse(self: Path) -> Iterator[Path]:
        if self.name == "standards":
            raise PermissionError(13, "Permission denied", str(self))
        return listed(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "file-read sop/standards:1:1" in found(root)


def test_folders_in_folders_end_in_a_problem(root: Path) -> None:
    """Deeper than a stack of calls."""
    folders = [root / "sop"]
    for _ in range(1200):
        folders.append(folders[-1] / "a")
        folders[-1].mkdir()
    stray = folders[-1] / "b.txt"
    stray.touch()
    assert [place.split()[0] for place in found(root)] == ["stray-file"]
    stray.unlink()
    for folder in reversed(folders[1:]):  # one by one: what cleans up after tests would go too deep
        folder.rmdir()


def test_what_is_no_file_is_a_problem(root: Path) -> None:
    (root / "sop/standards/folder.yml").mkdir()
    os.mkfifo(root / "sop/standards/pipe.yml")
    (root / "sop/glossary.yml").unlink()
    (root / "sop/glossary.yml").mkdir()
    assert found(root) == [
        "file-read sop/glossary.yml:1:1",
        "file-read sop/standards/folder.yml:1:1",
        "file-read sop/standards/pipe.yml:1:1",
    ]


def test_a_file_that_may_not_be_read_is_a_problem(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self == root / "sop/standards/greeting.yml":
            raise PermissionError(13, "Permission denied", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert found(root) == ["file-read sop/standards/greeting.yml:1:1"]


# ── what is not there ───────────────────────────────────────────────────────────────────────────

MISSING = [f"file-read sop/{name}.yml:1:1" for name in ("forms", "glossary", "organization", "source", "synonyms")]


def test_an_empty_folder_is_a_problem_for_each_register(tmp_path: Path) -> None:
    assert load(tmp_path)[0] is None
    assert found(tmp_path) == MISSING


def test_a_folder_that_is_not_there_is_a_problem_for_each_register(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") == MISSING


def test_a_file_for_a_folder_is_a_problem_for_each_register(tmp_path: Path) -> None:
    (tmp_path / "sop").write_text("title: 手冊\n", "utf-8")
    assert found(tmp_path) == MISSING


@pytest.mark.parametrize("name", ["organization", "source"])
def test_without_these_there_is_no_handbook(root: Path, name: str) -> None:
    (root / f"sop/{name}.yml").unlink()
    assert load(root)[0] is None
    with pytest.raises(Broken) as broken:
        compile_handbook(root)
    assert [cases.place(problem) for problem in broken.value.problems] == [f"file-read sop/{name}.yml:1:1"]


@pytest.mark.parametrize("name", ["forms", "glossary"])
def test_without_those_there_is_the_rest_of_it(root: Path, name: str) -> None:
    (root / f"sop/{name}.yml").unlink()
    book, _ = load(root)
    assert book
    assert book.unreadable == {name}
    with pytest.raises(Broken) as broken:
        compile_handbook(root)
    assert [cases.place(problem) for problem in broken.value.problems] == [f"file-read sop/{name}.yml:1:1"]


def test_a_broken_file_does_not_break_the_others(root: Path) -> None:
    add(root, "sop/procedures/lost-property.yml", b"title: \xff")
    book, problems = load(root)
    assert book
    assert set(book.sops) == {"clerk", "greeting"}
    assert book.unreadable == {"lost-property"}
    assert [problem.code for problem in problems] == ["file-encoding"]


def test_a_broken_line_does_not_break_its_file(root: Path) -> None:
    replace(root / "sop/procedures/lost-property.yml", "kind: procedure", "kind: [procedure")
    book, problems = load(root)
    assert book
    assert book.unreadable == set()
    assert [*book.clauses["lost-property"]][:2] == [*load(cases.MINIMAL)[0].clauses["lost-property"]][:2]  # type: ignore[union-attr]
    assert [problem.code for problem in problems] == ["yaml-syntax"]


def test_every_problem_has_a_place_in_a_file(root: Path) -> None:
    add(root, "sop/standards/greeting.yml", b"\n\n")
    problems = load(root)[1]
    assert problems == [Problem("sop/standards/greeting.yml", 1, 1, "empty-value", "檔案不能是空的")]


def test_a_document_without_a_value_has_no_texts() -> None:
    assert Document("a.yml").texts == []
