"""Walk through the handbook in other engines than the tests', as its readers would; says where they differ.

    python -m tools.engines [ENGINE or JOURNEY …]

Debian's packages bring the browsers: as root, what is missing is installed. Exits with 1 where an engine comes to
another end than KNOWN says.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests import project
from tests.browser.host import Host
from tools.engines.drivers import ENGINES, missing
from tools.engines.journeys import JOURNEYS, Differs, Reader

SOP = "sop/procedures/complaints.yml"
# (engine, journey) → what is different there, and why it stays so. What is written here and true no more, fails too.
KNOWN: dict[tuple[str, str], str] = {}


def main(wanted: list[str]) -> int:
    """Print a line for each journey; answers the exit status."""
    if not installed():
        return 1
    engines = [name for name in ENGINES if _any(name, wanted, list(ENGINES))]
    names = [journey.__name__ for journey in JOURNEYS]
    journeys = [journey for journey in JOURNEYS if _any(journey.__name__, wanted, names)]
    differs: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        host = Host()
        host.up()
        old, new = sites(Path(folder) / "project", host.home)
        print(f"\n{'':<50}{''.join(f'{name:<13}' for name in engines)}")
        for journey in journeys:
            print(f"{journey.__name__.replace('_', ' '):<50}", end="", flush=True)
            for engine in engines:
                host.site = old
                said = walked(engine, journey, host, new)
                known = (engine, journey.__name__) in KNOWN
                if bool(said) != known:
                    differs.append(f"{engine}: {journey.__name__}: {said or 'as elsewhere, though KNOWN says not'}")
                word = "ok" if not said else "known" if known else "DIFFERS"
                print(f"{word:<13}", end="", flush=True)
            print()
        host.down()
    print("\n".join(["", *differs]) if differs else "\nNo difference but what is known.")
    return 1 if differs else 0


def walked(engine: str, journey: Callable[[Reader], None], host: Host, new: Path) -> str:
    """Go on a journey in a browser of its own; what was different there, or nothing."""
    try:
        with ENGINES[engine]() as browser:
            journey(Reader(browser, host, new))
    except (Differs, RuntimeError, OSError) as wrong:
        return str(wrong) or type(wrong).__name__
    finally:
        host.replaced.clear()
        if not host.is_up:
            host.up()
    return ""


def sites(copy: Path, home: str) -> tuple[Path, Path]:
    """The handbook for this address, and its next version: a limit changed, and nothing else."""
    project.copy_to(copy)
    settings = copy / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}\nsite_url: {home}\n", "utf-8")
    old = project.build(copy / "old", copy)
    project.replace(copy / SOP, "within: 10 days", "within: 11 days")
    return old, project.build(copy / "new", copy)


def installed() -> bool:
    """Whether all engines are here; as root on Debian, they are installed."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"engines: installing {' '.join(packages)} …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL, check=False)
        packages = missing()
    if packages:
        print(f"The engines need: apt-get install {' '.join(packages)}", file=sys.stderr)
    return not packages


def _any(name: str, wanted: list[str], names: list[str]) -> bool:
    """Whether it is wanted: where none of its sort is named, all are."""
    named = [word for word in wanted if any(word.lower() in one.lower() for one in names)]
    return not named or any(word.lower() in name.lower() for word in named)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
