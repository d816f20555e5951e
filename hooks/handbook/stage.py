"""Write the handbook as plain Markdown and assets, so that a generator without hooks can build it."""

from __future__ import annotations

import html
import shutil
import tempfile
from pathlib import Path

import yaml

from .compile import Broken, compile_handbook
from .problem import Problem, declare
from .render import Site, render

STAMP = "# 由 handbook write 產生，下次會整個換掉；要改，就改原來的檔案。\n"
SOURCES = ("docs", "hooks", "quiz", "sop")  # what is read, so that nothing is written there
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs makes pages from

PAGE_TAKEN = declare("page-taken", "手寫的頁面不可以與產生的頁面同名。", "docs/glossary.md", "docs/authors/words.md")


def stage(root: Path, folder: Path) -> int:
    """Write `folder/docs`, `folder/theme` and `folder/mkdocs.yml`; answers the number of pages made from YAML.

    The folder appears whole or not at all. Raises Broken where the handbook does not hold, and
    FileExistsError where the folder has other things in it.
    """
    book, _ = compile_handbook(root)
    _refuse_to_overwrite(folder, root)
    settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    site = Site(settings.get("edit_uri") or "", settings.get("use_directory_urls", True))
    pages = list(render(book, site))
    refuse_collisions(root / "docs", [(page.path, page.edit) for page in pages])
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder.parent))
    try:
        draft.chmod(0o755)  # mkdtemp's are for their owner alone
        shutil.copytree(root / "docs", draft / "docs")
        shutil.copytree(root / "hooks" / "theme", draft / "theme")
        for page in pages:
            path = draft / "docs" / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, "utf-8")
        plain = _without_hooks(settings, book.organization.title)
        written = STAMP + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
        (draft / "mkdocs.yml").write_text(written, "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return len(pages)


def _refuse_to_overwrite(folder: Path, root: Path) -> None:
    if any(folder.resolve().is_relative_to((root / name).resolve()) for name in SOURCES):
        raise FileExistsError(f"{folder} 是手冊自己的資料夾；換一個地方")
    if folder.exists() and not _ours(folder) and (folder.is_file() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} 裡有別的東西；換一個空的資料夾")


def _ours(folder: Path) -> bool:
    """Whether we wrote the folder, and may replace it: the project's own folder has docs and a mkdocs.yml as well."""
    settings = folder / "mkdocs.yml"
    return settings.is_file() and settings.read_text("utf-8").startswith(STAMP)


def refuse_collisions(docs: Path, made: list[tuple[str, str]]) -> None:
    """Raise Broken where a hand-written page would have the address of a made one."""
    taken = {_address(Path(path)): edit for path, edit in made}
    by_hand = [path.relative_to(docs) for path in sorted(docs.rglob("*")) if path.suffix in MARKDOWN]
    problems = [
        Problem(f"docs/{path.as_posix()}", 1, 1, PAGE_TAKEN, f"這一頁由 {taken[_address(path)]} 產生；手寫的要改名")
        for path in by_hand
        if _address(path) in taken
    ]
    if problems:
        raise Broken(problems)


def _address(path: Path) -> Path:
    """Where a page will stand: `a.md`, `a/index.md` and `a/README.md` are all the page `a`."""
    return path.parent if path.stem in ("index", "README") else path.with_suffix("")


def _without_hooks(settings: dict, title: str) -> dict:
    plain = {key: value for key, value in settings.items() if key not in ("hooks", "watch")}
    # As in the hook: the theme writes the site's name into its pages as it stands.
    return {**plain, "site_name": html.escape(title), "theme": {**settings["theme"], "custom_dir": "theme"}}
