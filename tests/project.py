"""The project as the tests see it: its folder, copies of it, the commands that build it, and the pages built."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import yaml

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "hooks/handbook"
WEB = ENGINE / "web"
TODAY = "1797292800"  # 15 December 2026: after the first edition takes effect, before any review is due
ADDRESS = "https://riverside-property-hk.github.io/front-desk-handbook/"  # a site's usual one: 60 characters
YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the former takes a tenth of the time, where it is there
PATIENCE = 300  # seconds: far more than a command takes, for machines under load
SHIPPED = ("docs", "hooks", "quiz", "sop", "mkdocs.yml")


def copy_to(folder: Path, *, own: bool = False) -> Path:
    """A copy of the project to break and mend: what a build reads, without what only development needs. Its engine is
    this one, or a copy of its `own`, which Python need not compile again."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHIPPED:
        if name == "hooks" and not own:
            (folder / name).symlink_to(ROOT / name)
        elif (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.egg-info"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def environment(project: Path, **more: str) -> dict[str, str]:
    """What commands run with: the package of this very copy, a fixed day, no notices."""
    fixed = {"SOURCE_DATE_EPOCH": TODAY, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
    fixed["PYTHONDONTWRITEBYTECODE"] = ""  # each of many processes would compile the engine anew
    return {**os.environ, **fixed, "PYTHONPATH": str(project / "hooks"), **more}


def run(module: str, *arguments: str | Path, project: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the environment in a project's folder; its output and errors come as one text. Where its engine
    is this one, and Python starts as it does here, the command comes from a process that has read it already."""
    command, variables = [module, *map(str, arguments)], environment(project, **more)
    own = (project / "hooks").resolve() != ROOT / "hooks"
    if own or any(name.startswith("PYTHON") for name in more):
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=project,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    with tempfile.NamedTemporaryFile() as said:
        status = _ready(json.dumps([module, command[1:], str(project), variables, said.name]))
        return subprocess.CompletedProcess(command, status, Path(said.name).read_text("utf-8"))


def _ready(order: str) -> int:
    process = _process()
    assert process.stdin and process.stdout
    print(order, file=process.stdin, flush=True)
    return int(process.stdout.readline())


@cache
def _process() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ready"],
        cwd=ROOT,
        env=environment(ROOT),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)  # it ends where nobody asks any more
    return process


def build(site: Path, project: Path = ROOT, **more: str) -> Path:
    """Build a project into a folder as `make build` does; a failure is the caller's failure, with what was said."""
    done = run("mkdocs", "build", "--strict", "--quiet", "--site-dir", site, project=project, **more)
    assert done.returncode == 0, done.stdout
    return site


def once(shared: Path, make: Callable[[Path], Path]) -> Path:
    """What is made once in a run of the tests, though several processes run them and each may be the first to ask."""
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # whoever comes second waits, and finds it
        return shared if shared.exists() else make(shared)


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file: a test that edits nothing tests nothing."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), "utf-8")


# ── what was built ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Built:
    """A page as a browser would read it."""

    address: str
    file: Path
    root: Element
    errors: tuple[str, ...]

    def all(self, *names: str) -> list[Element]:
        """Its elements of these names, in the order of the page."""
        return [element for element in self.root.iter() if element.tag in names]

    @property
    def ids(self) -> dict[str, Element]:
        """Its elements by id; of equal ids the first, as in a browser."""
        found: dict[str, Element] = {}
        for element in self.root.iter():
            if "id" in element.attrib:
                found.setdefault(element.attrib["id"], element)
        return found

    @property
    def article(self) -> Element:
        """What the page says, without the frame that the theme puts around it."""
        return self.all("article")[0]


def pages(site: Path) -> Iterator[Built]:
    """Every page of a built site that people read."""
    return _parsed(site, leads_on=False)


def leading(site: Path) -> Iterator[Built]:
    """Every page that nobody reads, as it only leads to another."""
    return _parsed(site, leads_on=True)


def _parsed(site: Path, leads_on: bool) -> Iterator[Built]:
    """HTML files of a built site, parsed by the rules of HTML5."""
    for file in sorted(site.rglob("*.html")):
        text = file.read_text("utf-8")
        if ('http-equiv="refresh"' in text) != leads_on:
            continue
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        root = parser.parse(text)
        lines = text.splitlines()
        errors = tuple(f"{code} {data}: {lines[line - 1].strip()[:120]}" for (line, _), code, data in parser.errors)
        yield Built(address(site, file), file, root, errors)


def address(site: Path, file: Path) -> str:
    """A page's address below the site's: `procedures/complaints/`."""
    return file.relative_to(site).as_posix().removesuffix("index.html")


def text(element: Element) -> str:
    """The text of an element, every run of white space as one blank."""
    return " ".join("".join(element.itertext()).split())
