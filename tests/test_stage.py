"""Plain Markdown for a generator without hooks: the same pages, whole or not at all; and what a failed build leaves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from handbook.cli import main
from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.reading.known import check_mark, note
from tests import cases, project
from tests.project import Built

SOP = "sop/procedures/lost-property.yml"
BROKEN = (SOP, "kind: procedure\n", "kind: procedure\ntitel: 投訴\n")


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped handbook as plain Markdown."""
    folder = tmp_path_factory.mktemp("staged") / "handbook"
    assert _write(project.ROOT, folder) == 0
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The small handbook as a project, to break and mend."""
    return cases.project_of(tmp_path / "project")


def _write(root: Path, folder: Path) -> int:
    """The command `handbook write`, in this process and on the site's day; answers its exit status."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", project.TODAY)
        return main(["--root", str(root), "write", str(folder)])


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ── the same pages ──────────────────────────────────────────────────────────────────────────────


def test_the_settings_name_no_hook(copy: Path, tmp_path: Path) -> None:
    """Nor what is to be watched for it: another generator may know no such thing."""
    with (copy / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\nwatch: [sop, quiz]\n")
    assert _write(copy, tmp_path / "out") == 0
    assert not {"hooks", "watch"} & set(yaml.safe_load((tmp_path / "out/mkdocs.yml").read_text("utf-8")))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["docs", "mkdocs.yml", "theme"]
    assert not list((tmp_path / "out").rglob("*.py"))


def test_a_plain_build_gives_the_same_articles(staged: Path, site: Path, tmp_path: Path) -> None:
    """Whatever comes after MkDocs' hooks needs nothing but the folder that `handbook write` writes."""
    shutil.copytree(staged, tmp_path / "plain")
    plain = project.build(tmp_path / "site", tmp_path / "plain", PYTHONPATH="")
    files = {file.relative_to(site) for file in site.rglob("*.html")}
    assert {file.relative_to(plain) for file in plain.rglob("*.html")} == files
    for file in files:
        assert _said(plain / file) == _said(site / file), file


FOR_SEARCH = re.compile(r"<(p|span) hidden>.*?</\1>")


def test_the_search_of_another_generator_finds_what_people_type(book: Handbook, staged: Path, site: Path) -> None:
    """Ours reads the YAML; another reads the pages, where such words stand for it alone."""
    words = f"<span hidden>{'、'.join(book.clauses['complaints']['calm'].clause.aliases)}</span>"
    assert words in (staged / "docs/procedures/complaints/index.md").read_text("utf-8")
    assert words not in (site / "procedures/complaints/index.html").read_text("utf-8")


def _said(file: Path) -> tuple[str, str]:
    """A page's title and all of its article, which may hold smaller ones; blank lines are no matter, nor are words
    for a search that reads the pages."""
    html = file.read_text("utf-8")
    if "<article" not in html:
        return html, ""  # it only leads on
    title = html[html.index("<title>") : html.index("</title>")]
    article = html[html.index("<article") : html.rindex("</article>")]
    return title, re.sub(r"\s*\n\s*", "\n", FOR_SEARCH.sub("", article))


def test_every_page_is_a_markdown_file(staged: Path, pages: dict[str, Built]) -> None:
    written = {path.relative_to(staged / "docs").with_suffix("").as_posix() for path in staged.rglob("*.md")}
    addresses = {f"{path}/".removesuffix("index/") for path in written}
    assert addresses == set(pages) - {"404.html"}


# ── whole or not at all ─────────────────────────────────────────────────────────────────────────


def test_a_broken_handbook_writes_nothing(copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project.replace(copy / BROKEN[0], *BROKEN[1:])
    assert _write(copy, tmp_path / "out") == 1
    assert f"{SOP}:3:1: unknown-key: " in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"], "not even a draft is left behind"


def test_a_broken_handbook_leaves_an_earlier_folder_alone(copy: Path, staged: Path, tmp_path: Path) -> None:
    shutil.copytree(staged, tmp_path / "out")
    project.replace(copy / BROKEN[0], *BROKEN[1:])
    assert _write(copy, tmp_path / "out") == 1
    assert _files(tmp_path / "out") == _files(staged)


def test_a_template_that_fails_leaves_an_earlier_folder_alone(copy: Path, staged: Path, tmp_path: Path) -> None:
    shutil.copytree(staged, tmp_path / "out")
    _break_template(copy)
    assert project.run("handbook", "write", tmp_path / "out", project=copy).returncode != 0
    assert _files(tmp_path / "out") == _files(staged)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "project"]


def test_writing_again_replaces_what_was_written(copy: Path, tmp_path: Path) -> None:
    assert _write(copy, tmp_path / "out") == 0
    before = _files(tmp_path / "out")
    (tmp_path / "out/docs/procedures/left-over.md").write_text("# 舊的\n", "utf-8")
    assert _write(copy, tmp_path / "out") == 0
    assert _files(tmp_path / "out") == before


def test_a_folder_with_other_things_in_it_is_refused(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "letters.txt").write_text("not ours", "utf-8")
    assert _write(copy, out) == 2
    assert _files(out) == {"letters.txt": b"not ours"}


def test_the_projects_own_folder_is_refused(copy: Path) -> None:
    """It looks like a written one, docs and mkdocs.yml and all; replacing it would be the end of it."""
    before = _files(copy)
    assert _write(copy, copy) == 2
    assert _files(copy) == before


# ── hand-written pages ──────────────────────────────────────────────────────────────────────────

SAME_ADDRESS = ["glossary.md", "procedures/lost-property.md", "deadlines/index.md", "README.md", "forms/found-log.mkd"]


@pytest.mark.parametrize("page", SAME_ADDRESS)
def test_a_page_by_hand_may_not_take_a_made_ones_place(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    path = copy / "docs" / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# 手寫的\n", "utf-8")
    assert _write(copy, tmp_path / "out") == 1
    assert f"docs/{page}:1:1: page-taken: " in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_page_by_hand_may_stand_beside_made_ones(copy: Path, tmp_path: Path) -> None:
    (copy / "docs/procedures").mkdir()
    (copy / "docs/procedures/emergency-numbers.md").write_text("# 緊急電話\n", "utf-8")
    assert _write(copy, tmp_path / "out") == 0
    assert (tmp_path / "out/docs/procedures/emergency-numbers.md").read_text("utf-8") == "# 緊急電話\n"


# ── the last good site ──────────────────────────────────────────────────────────────────────────


def _break_yaml(copy: Path) -> str:
    project.replace(copy / BROKEN[0], *BROKEN[1:])
    return f"{SOP}:3:1: unknown-key: "


def _take_a_page(copy: Path) -> str:
    (copy / "docs/glossary.md").write_text("# 名詞\n", "utf-8")
    return "docs/glossary.md:1:1: page-taken: "


def _break_template(copy: Path) -> str:
    _override(copy, "templates/glossary.html", "{{ nothing.of.the.kind }}")
    return "'nothing' is undefined"


def _break_link(copy: Path) -> str:
    """MkDocs tells of it as it reads pages, and fails for it when all is written."""
    (copy / "docs/notes.md").write_text("[沒有這一頁](nowhere.md)\n", "utf-8")
    return "Aborted with 1 warnings in strict mode"


def _break_theme(copy: Path) -> str:
    _override(copy, "theme/main.html", "{{ nothing.of.the.kind }}")
    return "'nothing' is undefined"


def _override(copy: Path, name: str, text: str) -> None:
    """A file of the organisation's in place of the engine's."""
    (copy / "overrides" / name).parent.mkdir(parents=True)
    (copy / "overrides" / name).write_text(text, "utf-8")


def _link_out(copy: Path) -> str:
    (copy / "docs/passwords.txt").symlink_to("/etc/passwd")
    return "docs/passwords.txt:1:1: file-link: "


NEW = ("steps:\n", "steps:\n  - {id: brand-new, stage: 收, do: 請對方坐下, source: own}\n")


def _add_a_clause(copy: Path) -> str:
    """Write one whose id is not known yet; gives the ids that are."""
    note(copy, compile_handbook(copy)[0])
    sop = copy / SOP
    text = sop.read_text("utf-8")
    assert NEW[0] in text
    sop.write_text(text.replace(*NEW, 1), "utf-8")
    return (copy / "sop/known-ids.txt").read_text("utf-8")


@pytest.mark.parametrize("damage", [_break_yaml, _take_a_page, _break_template, _break_link, _break_theme, _link_out])
def test_a_failed_build_leaves_the_last_good_site(
    copy: Path, site: Path, tmp_path: Path, damage: Callable[[Path], str]
) -> None:
    """MkDocs empties the folder that it builds in before it has read a page, and may fail on the last."""
    shutil.copytree(site, tmp_path / "site")
    known = _add_a_clause(copy)
    expected = damage(copy)
    done = project.run("mkdocs", "build", "--strict", "--site-dir", tmp_path / "site", project=copy)
    assert done.returncode == 1
    assert expected in done.stdout
    assert _files(tmp_path / "site") == _files(site)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "site"], "not even a draft is left behind"
    assert (copy / "sop/known-ids.txt").read_text("utf-8") == known, "no new id is noted"


def test_a_good_build_replaces_the_last_site_and_notes_new_ids(copy: Path, tmp_path: Path) -> None:
    """All of the site but what is hidden, as MkDocs does: that may be a repository to publish from. Two builds of the
    same files are the same all the same: nothing in the site says what was noted."""
    (tmp_path / "site/procedures/old").mkdir(parents=True)
    (tmp_path / "site/procedures/old/index.html").write_text("舊的", "utf-8")
    (tmp_path / "site/.git").write_text("gitdir: elsewhere", "utf-8")
    before = _add_a_clause(copy)
    _lock(copy)
    project.build(tmp_path / "site", copy)
    known = (copy / "sop/known-ids.txt").read_text("utf-8")
    assert set(known.splitlines()) - set(before.splitlines()) == {_noted("procedures/lost-property#brand-new")}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project", "site"]
    made = _files(tmp_path / "site")
    assert made.pop(".git") == b"gitdir: elsewhere"
    assert made == _files(project.build(tmp_path / "fresh", copy))


def _noted(ident: str) -> str:
    return f"{ident} {check_mark(ident)}"


def _lock(copy: Path) -> None:
    """An editor's lock, which leads nowhere."""
    (copy / "docs/.#index.md").symlink_to("somebody@somewhere.1234:5678")


def test_a_hidden_link_stops_nobody(copy: Path, tmp_path: Path) -> None:
    """Nor does it stop a build: see the good one above."""
    _lock(copy)
    assert _write(copy, tmp_path / "out") == 0


def test_a_folder_with_settings_of_another_kind_is_refused(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mkdocs.yml").write_bytes(b"site_name: \xaa\xed")
    assert _write(copy, tmp_path / "out") == 2
