"""The engine as others have it: a wheel in an environment of its own, and no file of this project in sight."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import handbook
from tests import project

FORMATS = project.ROOT / "tests/formats"
# Version → what its handbook has to change before this one builds it, as the check tells it; nothing, and it builds.
CHANGED: dict[str, list[str]] = {"0.1": []}
BUILT_FROM = (*project.SHIPPED, "pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
GENERATED = {"__pycache__", "front_desk_handbook.egg-info"}


def _pip(python: Path | str, *arguments: Path | str) -> None:
    """Pip, acting on an environment that need not have one. Nothing is fetched."""
    where = sys.executable if importlib.util.find_spec("pip") else getattr(sys, "_base_executable", sys.executable)
    command = [where, "-m", "pip", "--python", str(python), *map(str, arguments), "--quiet", "--no-deps"]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PIP_NO_INDEX": "1"}
    done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@dataclass(frozen=True)
class Installed:
    """An environment with the engine from its wheel, and all that it depends on from the tests' environment."""

    folder: Path
    wheel: Path

    @property
    def packages(self) -> Path:
        return next(self.folder.glob("lib/python*/site-packages"))

    def run(self, command: str, place: Path, **more: str) -> subprocess.CompletedProcess[str]:
        """A line of shell in a folder, as its author would type it."""
        kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        fixed = {"PATH": path, "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": project.TODAY, "NO_MKDOCS_2_WARNING": "1"}
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=place,
            env={**kept, **fixed, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    source = project.copy_to(base / "source", own=True)
    for name in BUILT_FROM:
        if not (source / name).exists():
            shutil.copy(project.ROOT / name, source / name)
    _pip(sys.executable, "wheel", source, "--no-build-isolation", "--wheel-dir", base)
    (wheel,) = base.glob("*.whl")
    fresh = Installed(base / "fresh", wheel)
    venv.create(fresh.folder, symlinks=True, with_pip=False)
    # What .pth files stand in there are not obeyed, so that an engine installed in place is none here.
    (fresh.packages / "shared.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    _pip(fresh.folder / "bin/python", "install", wheel)
    mkdocs = fresh.folder / "bin/mkdocs"
    mkdocs.write_text(f'#!/bin/sh\nexec "{fresh.folder}/bin/python" -m mkdocs "$@"\n', "utf-8")
    mkdocs.chmod(0o755)
    shutil.rmtree(source)
    return fresh


@pytest.fixture(scope="module")
def mine(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handbook that somebody has just started."""
    place = tmp_path_factory.mktemp("mine")
    done = installed.run("handbook new .", place)
    assert done.returncode == 0, done.stdout
    return place


def _files(folder: Path) -> dict[str, bytes]:
    there = (path for path in folder.rglob("*") if path.is_file() and not GENERATED & set(path.parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


def test_the_engine_is_the_wheels(installed: Installed, tmp_path: Path) -> None:
    told = installed.run("python -c 'import handbook; print(handbook.__file__)' && handbook --version", tmp_path)
    assert told.stdout.splitlines() == [str(installed.packages / "handbook/__init__.py"), handbook.__version__]


def test_the_wheel_has_all_of_the_engine_and_the_shipped_handbook_beside_it(installed: Installed) -> None:
    there = _files(installed.packages / "handbook")
    front_desk = {path: there.pop(path) for path in list(there) if path.startswith("new/front-desk/")}
    assert there == _files(project.ENGINE)
    shipped = {
        f"new/front-desk/{name}/{path}": data
        for name in ("docs", "quiz", "sop")
        for path, data in _files(project.ROOT / name).items()
    }
    assert front_desk == shipped
    (noted,) = installed.packages.glob("front_desk_handbook-*/licenses")
    others = ("icons/LICENSE", "web/vendor/qr/LICENSE.txt")
    assert _files(noted).keys() == {"LICENSE", *(f"hooks/handbook/{other}" for other in others)}


def test_the_requirement_finds_the_wheel_that_wrote_it(installed: Installed, mine: Path, tmp_path: Path) -> None:
    _pip(installed.folder / "bin/python", "download", "--requirement", mine / "requirements.txt", "--dest", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [installed.wheel.name]


def test_a_new_handbook_passes_its_workflow(installed: Installed, mine: Path) -> None:
    """It checks, runs its own tests, and builds; nothing is said but what its author understands."""
    workflow = yaml.safe_load((mine / ".github/workflows/handbook.yml").read_text("utf-8"))
    lines = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    fetched, ours = lines[0], lines[1:]
    assert fetched == "pip install --requirement requirements.txt"
    said = [installed.run(line, mine, **workflow["env"]) for line in ours]
    assert [done.returncode for done in said] == [0] * 3, "".join(done.stdout for done in said)
    assert ours == ["handbook check", "python -m unittest discover tests", "mkdocs build --strict"]
    heard = "".join(done.stdout for done in said)
    assert "完整：3 份 SOP" in heard
    assert not [line for line in heard.splitlines() if "WARNING" in line or "Warning" in line]
    assert (mine / "site/procedures/check-in/index.html").is_file()
    assert (mine / "site/paper/procedures/check-in-checklist.pdf").is_file()
    changed = {path.relative_to(mine).parts[0] for path in mine.rglob("*") if path.name == "known-ids.txt"}
    assert changed == {"sop"}


def test_the_shipped_handbook_holds_elsewhere_too(installed: Installed, tmp_path: Path) -> None:
    done = installed.run("handbook new mine --from front-desk && cd mine && handbook check", tmp_path)
    assert done.returncode == 0, done.stdout
    assert "完整：24 份 SOP" in done.stdout


def test_every_released_format_is_kept() -> None:
    assert handbook.__version__.rpartition(".")[0] in CHANGED
    assert CHANGED.keys() == {path.name for path in FORMATS.iterdir()}


@pytest.mark.parametrize("version", CHANGED)
def test_what_was_written_for_an_earlier_version_builds(installed: Installed, tmp_path: Path, version: str) -> None:
    """Or each place to change is told, with how to write it."""
    old = shutil.copytree(FORMATS / version, tmp_path / "old")
    done = installed.run("handbook check", old)
    told = [line for line in done.stdout.splitlines() if line.startswith(("sop/", "quiz/"))]
    assert [" ".join(line.split(": ")[:2]) for line in told] == CHANGED[version]
    if not told:
        built = installed.run("mkdocs build --strict --quiet", old)
        assert (built.returncode, built.stdout) == (0, "")
