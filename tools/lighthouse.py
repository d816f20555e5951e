"""Ask Lighthouse what it thinks of a phone's first visit: home, a procedure and a quiz; the middle of three runs each.

    python -m tools.lighthouse [--smoke]

Lighthouse lives in .cache; where it can't be had, that is said in words and does not count as a failure.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.browser.chromium import launch_options
from tools.bench_phone import ours, published
from tools.lifeboats import QUIET
from tools.small import SMALL, rounds

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "lighthouse"
PACKAGE = "lighthouse@12.8.2"
PAGES = ("", "procedures/complaints/", "quiz/complaints/")
GOALS = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 0 if SMALL else 95}
RUNS = rounds(3)
PATIENCE = 180  # seconds for an installation


def installed() -> Path | None:
    """The command, installed where it is not; None, said in words, where it can't be had."""
    command = CACHE / "node_modules/.bin/lighthouse"
    if not command.exists():
        npm = shutil.which("npm")
        CACHE.mkdir(parents=True, exist_ok=True)
        install = [npm or "npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(CACHE), PACKAGE]
        if not npm or not _done(install):
            print(f"Lighthouse: not shown, because npm could not install {PACKAGE} here")
            return None
    return command


def _done(install: list[str]) -> bool:
    """Whether it could be installed, and soon: with no network, npm tries for long."""
    with suppress(subprocess.TimeoutExpired):
        return subprocess.run(install, check=False, timeout=PATIENCE).returncode == 0
    return False


def scores(command: Path, address: str) -> dict[str, int]:
    """What Lighthouse gives a page in each category, out of 100."""
    options = launch_options()
    flags = " ".join(["--headless=new", *options["args"]])
    arguments = [f"--chrome-flags={flags}", "--quiet", "--output=json"]
    environment = {**os.environ, **QUIET, "CHROME_PATH": options["executable_path"]}
    done = subprocess.run([command, address, *arguments], env=environment, capture_output=True, text=True, check=True)
    return {name: round(100 * one["score"]) for name, one in json.loads(done.stdout)["categories"].items()}


def main() -> int:
    """Print a line a page; answers the exit status."""
    command = installed()
    if not command:
        return 0
    good = True
    with published(ours) as home:
        for page in PAGES[:RUNS]:
            runs = [scores(command, home + page) for _ in range(RUNS)]
            middle = {name: statistics.median(run[name] for run in runs) for name in GOALS}
            good &= all(middle[name] >= goal for name, goal in GOALS.items())
            print(f"{page or 'home':>24}", *(f"{name} {score:.0f}" for name, score in middle.items()), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
