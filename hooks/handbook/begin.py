"""`handbook new`: a handbook of one's own, whole, from the plain files in `new/`.

`new/project` is what every project has, `new/zh-Hant` a small handbook in that language. The wheel has the shipped
handbook beside them, as `new/front-desk`: its one source is the root of the engine's own project, where it is read from
where no wheel was built.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import urllib.parse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import __version__
from .day import today
from .folder import whole
from .kit import ENGINE, FRONT_DESK, LANGUAGE
from .problem import Refused
from .reading import schema
from .reading.known import KNOWN_IDS

NEW = ENGINE / "new"
PROJECT = NEW / "project"
ICONS = "docs/assets/icons"
PACKAGE = "front-desk-handbook"
DAY = "2026-01-01"  # on which everything in `new/` takes effect: the day on which it is written, in what is written
CACHES = shutil.ignore_patterns("__pycache__")


def new(folder: Path, language: str = LANGUAGE, model: str | None = None) -> None:
    """Write a project into a folder that is empty or not there.

    Raises Refused, and writes nothing, where that can't be.
    """
    if language not in (known := languages()):
        raise Refused(f"沒有 {language} 的範本；有的是 {'、'.join(known)}")
    try:
        with whole(folder, folder, lambda _: False) as draft:
            _write(draft, NEW / language, model)
    except OSError as error:
        raise Refused(str(error) if isinstance(error, FileExistsError) else f"寫不進 {folder}：{error}") from None


def languages() -> list[str]:
    """Those that there is a small handbook in."""
    return sorted(path.parent.name for path in NEW.glob("*/README.md"))


def next_steps(folder: Path) -> str:
    """What to do with a project that was just written."""
    lines = [f"{folder}：寫好了。接著：", f"    cd {folder}", "    handbook serve", "怎麼寫，看裡面的 README.md。"]
    pinned = (folder / "requirements.txt").read_text("utf-8").splitlines()[-1]
    if "@" not in pinned and not (folder / "wheels").is_dir():
        lines.append("發布之前，在 requirements.txt 填上程式從哪裡裝：裡面寫了怎麼填。")
    return "\n".join(lines if folder != Path() else [lines[0], *lines[2:]])


def _write(draft: Path, words: Path, model: str | None) -> None:
    _copy(PROJECT, draft)
    _copy(shipped() / ICONS, draft / ICONS)
    if model:
        shutil.copy(words / "README.md", draft)
        for name in ("docs", "quiz", "sop"):
            _copy(shipped() / name, draft / name)
        (draft / KNOWN_IDS).unlink(missing_ok=True)  # what another handbook has published
    else:
        _copy(words, draft)
        _date(draft.glob("sop/**/*.yml"))
    schema.write(draft)
    with (draft / "requirements.txt").open("a", encoding="utf-8") as pinned:
        pinned.write(f"{requirement(draft / 'wheels')}\n")


def _copy(there: Path, here: Path) -> None:
    """Files and their names alone: whoever installed the engine may not write into it, who starts a handbook must."""
    shutil.copytree(there, here, ignore=CACHES, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _date(files: Iterable[Path]) -> None:
    for file in files:
        file.write_text(file.read_text("utf-8").replace(DAY, today().isoformat()), "utf-8")


def shipped() -> Path:
    """The shipped handbook."""
    built = NEW / FRONT_DESK
    return built if built.is_dir() else ENGINE.parent.parent


def requirement(wheels: Path) -> str:
    """The line that gets pip the very engine that writes the project. A wheel that it came from goes along."""
    came = _origin()
    place = urllib.parse.urlsplit(str(came.get("url", "")))
    if (vcs := came.get("vcs_info")) and place.scheme != "file":
        return f"{PACKAGE} @ {vcs['vcs']}+{came['url']}@{vcs['commit_id']}"
    if "archive_info" in came and place.scheme.startswith("http"):
        return f"{PACKAGE} @ {came['url']}"
    wheel = Path(urllib.parse.unquote(place.path))
    if "archive_info" in came and wheel.suffix == ".whl" and wheel.is_file():
        wheels.mkdir()
        shutil.copy(wheel, wheels)
    return f"{PACKAGE}=={__version__}"


def _origin() -> dict[str, Any]:
    """Where pip had the engine from, as it noted; nothing where it came from an index, or not by pip."""
    try:
        noted = importlib.metadata.distribution(PACKAGE).read_text("direct_url.json")
    except importlib.metadata.PackageNotFoundError:
        noted = None
    return json.loads(noted) if noted else {}
