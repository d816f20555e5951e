"""Write the handbook as plain Markdown and assets, so that a generator without hooks can build it."""

from __future__ import annotations

import html
import shutil
from pathlib import Path

import yaml

from ..folder import whole
from ..kit import listed
from ..model.book import Handbook
from .settings import CSS, MODULE, NOT_IN_NAV
from .site import make_site
from .view import Site

STAMP = "# 由 handbook write 產生，下次會整個換掉；要改，就改原來的檔案。\n"


def stage(root: Path, folder: Path) -> int:
    """Write `folder/docs`, `folder/theme` and `folder/mkdocs.yml`; answers the number of pages made from YAML.

    The folder appears whole or not at all. Raises Broken where the handbook does not hold, and
    FileExistsError where the folder has other things in it.
    """
    settings = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    made = make_site(root, root / "docs", Site.asked(settings, read=True))
    with whole(folder, root, _ours) as draft:
        shutil.copytree(root / "docs", draft / "docs", symlinks=True)  # only hidden ones can be there
        themed = {f"theme/{name}": path for name, path in listed(root, "theme").items()}
        texts = {page.path: page.text.encode() for page in made.pages}
        placed = {f"docs/{path}": content for path, content in (texts | made.files).items()}
        for path, content in (placed | themed).items():
            place = draft / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
        plain = _without_hooks(settings, made.book)
        written = STAMP + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False)
        (draft / "mkdocs.yml").write_text(written, "utf-8")
    return len(made.pages)


def _ours(folder: Path) -> bool:
    """Whether we wrote the folder, and may replace it: the project's own folder has docs and a mkdocs.yml as well."""
    settings = folder / "mkdocs.yml"
    return settings.is_file() and settings.read_bytes().startswith(STAMP.encode())


def _without_hooks(settings: dict, book: Handbook) -> dict:
    plain = {key: value for key, value in settings.items() if key not in ("hooks", "watch")}
    # As in the hook: the theme writes the site's name into its pages as it stands.
    return {
        **plain,
        "site_name": html.escape(book.organization.title),
        "theme": {**settings["theme"], "custom_dir": "theme"},
        "extra": {"generator": False, "looked_up": html.escape(book.looked_up), **(settings.get("extra") or {})},
        "extra_css": [*CSS, *settings.get("extra_css", [])],
        "extra_javascript": [{"path": MODULE, "type": "module"}, *settings.get("extra_javascript", [])],
        "not_in_nav": "\n".join([*NOT_IN_NAV, settings.get("not_in_nav") or ""]),
    }
