"""Make .venv from requirements.lock, with nothing but Python 3.11 and pip at hand.

    python3 tools/bootstrap.py                  the environment, where it is not up to date
    python3 tools/bootstrap.py lock [--upgrade] requirements.lock, from pyproject.toml

Standard library only, and nothing is written outside the project.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import venv
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from"  # written last: a .venv without it was never finished
CACHE = ROOT / ".cache"
LOCK = ROOT / "requirements.lock"
UV = "uv==0.13.9"


def main(arguments: list[str]) -> None:
    """Carry out the command line."""
    if sys.version_info < (3, 11):
        sys.exit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}: make PYTHON=python3.12 …")
    signal.signal(signal.SIGTERM, _stop)
    os.environ.setdefault("PIP_CACHE_DIR", str(CACHE / "pip"))
    os.environ.setdefault("UV_CACHE_DIR", str(CACHE / "uv-cache"))
    os.environ.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore")
    if arguments[:1] == ["lock"]:
        lock(arguments[1:])
    elif not (STAMP.exists() and STAMP.read_text("utf-8") == fingerprint() and runs(python())):
        setup()


def setup() -> None:
    """Make the environment whole, or leave none: a package is never added to an old one."""
    print(f"setup: making {VENV.name} from {LOCK.name} …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        pip = [*create(), "install", "--quiet", "--no-input"]
        # Wheels only: building from source would need a compiler, and run code that no hash covers.
        run([*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK)])
        run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        STAMP.write_text(fingerprint(), "utf-8")
    except BaseException:
        shutil.rmtree(VENV, ignore_errors=True)
        raise


def create() -> list[str]:
    """Make an empty .venv; answer the pip command that installs into it.

    Debian keeps ensurepip in a package of its own (python3-venv). Where it is missing, the system's
    pip installs into the environment from outside.
    """
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip and importlib.util.find_spec("pip") is None:
        sys.exit("setup: this Python has neither ensurepip nor pip: apt-get install python3-pip (or python3-venv)")
    venv.create(VENV, symlinks=True, with_pip=has_ensurepip)
    if has_ensurepip:
        return [str(python()), "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", str(python())]


def fingerprint() -> str:
    """What .venv is made from. The tools' settings in pyproject.toml do not count: they are read anew each time."""
    import tomllib  # here, because an older Python, which main() turns away by name, has none

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    made_from = {
        "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "project": [project["build-system"], project["project"], project["tool"]["setuptools"]],
        "python": sys.version,
        "place": str(ROOT),
    }
    return json.dumps(made_from, indent=1) + "\n"


def lock(arguments: list[str]) -> None:
    """Resolve for every platform and every Python from 3.11; pins that still hold are kept."""
    tool = CACHE / UV
    if not (tool / "bin/uv").exists():
        run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tool), UV])
    # One version of each package on every Python, so that a page is the same wherever it is built.
    options = ["--group", "dev", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    tidy = ["--quiet", "--generate-hashes", "--no-emit-index-url", "--custom-compile-command", "make lock"]
    output = ["--output-file", LOCK.name]
    run([str(tool / "bin/uv"), "pip", "compile", "pyproject.toml", *options, *tidy, *output, *arguments])


def python() -> Path:
    """The environment's interpreter."""
    return VENV / "bin/python"


def runs(program: Path) -> bool:
    """Whether it starts: it does not once the Python it came from is gone."""
    try:
        return subprocess.run([program, "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def run(command: list[str]) -> None:
    """Run it in the project's folder; where it fails it has said why itself."""
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status:
        sys.exit(status)


def _stop(*_: object) -> NoReturn:
    sys.exit("setup: stopped")


if __name__ == "__main__":
    main(sys.argv[1:])
