"""Show that the handbook does not hang on one generator: build it with others, and compare every made page.

    python -m tools.lifeboats

ProperDocs, the fork of MkDocs that keeps hooks, builds the project as it is; Zensical, Material's successor,
builds what `handbook write` stages. Each gets an environment of its own in .cache. What cannot be installed is
said in words and does not count as a failure; a page that differs does.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from handbook.pages.stage import stage
from tools.small import SMALL

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "lifeboats"
# Zensical takes a mark away once its search has read it; synonyms stand in pages that another's search has to read.
ONLY_ONE_HAS = re.compile(r" data-search-exclude|<(\w+) hidden>[^<]*</\1>\s*")
QUIET = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def environment(name: str, *packages: str) -> Path | None:
    """A virtual environment with these packages; None, said in words, where they cannot be had."""
    if SMALL:
        return None
    folder = CACHE / name
    if not (folder / "complete").exists():
        venv.create(folder, clear=True)
        pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin/python"), "install", "--quiet", *packages]
        if subprocess.run(pip, env=QUIET, check=False).returncode:
            print(f"{name}: not shown, because {' '.join(packages)} could not be installed here")
            return None
        (folder / "complete").touch()
    return folder / "bin"


def needed() -> list[str]:
    """What our own part needs besides MkDocs and its theme."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [package for package in project["dependencies"] if not package.startswith("mkdocs")]


def run(command: list[str | Path], folder: Path) -> None:
    """Run a build in a folder; where it fails, its own words come out."""
    done = subprocess.run([str(part) for part in command], cwd=folder, env=QUIET, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def made(site: Path) -> dict[str, str]:
    """Address → the made part of each page, white space folded; hand-written pages are the generator's own affair."""
    found = {}
    for path in site.rglob("*.html"):
        part = re.search(r'<h1 [^>]*>.*?</h1>\s*<div class="hb.*</div>(?=\s*</article>)', path.read_text("utf-8"), re.S)
        if part:
            same = ONLY_ONE_HAS.sub("", part[0])
            found[path.relative_to(site).as_posix()] = " ".join(same.split())
    return found


def verdict(name: str, expected: dict[str, str], site: Path) -> bool:
    """Print how a generator's pages compare; whether all are the same."""
    pages = made(site)
    wrong = sorted(path for path in expected if pages.get(path) != expected[path])
    print(f"{name}: {len(expected) - len(wrong)} of {len(expected)} pages the same", *wrong[:10])
    return not wrong


def main() -> int:
    """Build with each, and compare; answers the exit status."""
    with tempfile.TemporaryDirectory(prefix="lifeboats-") as place:
        out = Path(place)
        run([sys.executable, "-m", "mkdocs", "build", "--site-dir", out / "mkdocs"], ROOT)
        expected = made(out / "mkdocs")
        good = bool(expected)
        if binaries := environment("properdocs", "properdocs==1.6.7", "mkdocs-material==9.8.1", *needed()):
            run([binaries / "properdocs", "build", "-f", ROOT / "mkdocs.yml", "--site-dir", out / "properdocs"], ROOT)
            good &= verdict("ProperDocs", expected, out / "properdocs")
        if binaries := environment("zensical", "zensical==0.0.73"):
            stage(ROOT, out / "staged")
            run([binaries / "zensical", "build"], out / "staged")
            good &= verdict("Zensical", expected, out / "staged/site")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
