"""Write the handbook as plain Markdown and assets, so that a generator without hooks can build it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import yaml

from .compile import Broken, compile_handbook
from .problem import Problem, declare
from .render import Site, render

PAGE_TAKEN = declare(
    "page-taken", "手寫的頁面不可以與產生的頁面同名。", "docs/glossary.md", "docs/authors/words.md"
)


def stage(root: Path, folder: Path) -> int:
    """Write `folder/docs`, `folder/theme` and `folder/mkdocs.yml`; answers the number of pages made from YAML.

    The folder appears whole or not at all. Raises Broken where the handbook does not hold, and
    FileExistsError where the folder has other things in it.
    """
    book, _ = compile_handbook(root)
    if folder.exists() and any(folder.iterdir()) and not (folder / "mkdocs.yml").exists():
        raise FileExistsError(f"{folder} 裡有別的東西；換一個空的資料夾")
    settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    site = Site(settings.get("edit_uri") or "", settings.get("use_directory_urls", True))
    pages = list(render(book, site))
    refuse_collisions(root / "docs", [(page.path, page.edit) for page in pages])
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder.parent))
    try:
        shutil.copytree(root / "docs", draft / "docs")
        shutil.copytree(root / "hooks" / "theme", draft / "theme")
        for page in pages:
            path = draft / "docs" / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.text, "utf-8")
        plain = _without_hooks(settings, book.organization.title)
        (draft / "mkdocs.yml").write_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return len(pages)


def refuse_collisions(docs: Path, made: list[tuple[str, str]]) -> None:
    """Raise Broken where a hand-written page stands where a made one will."""
    problems = [
        Problem(f"docs/{path}", 1, 1, PAGE_TAKEN, f"這一頁由 {edit} 產生；手寫的要改名")
        for path, edit in made
        if (docs / path).exists()
    ]
    if problems:
        raise Broken(problems)


def _without_hooks(settings: dict, title: str) -> dict:
    plain = {key: value for key, value in settings.items() if key not in ("hooks", "watch")}
    return {**plain, "site_name": title, "theme": {**settings["theme"], "custom_dir": "theme"}}
