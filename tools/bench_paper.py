"""Measure the sheets of paper: the shipped handbook's and those of many SOPs, cold and unchanged; one checklist beside
the same page printed by Chromium and by WeasyPrint.

    python -m tools.bench_paper [SIZE]      number of SOPs of the large handbook (default: 1,000)

Seconds on the clock, whole commands, a fresh process each.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from handbook.compile import compile_handbook
from handbook.paper import press
from handbook.paper.sheet import Edition
from handbook.paper.sheets import sheets
from tests.browser.chromium import launch_options
from tools.bench import ENVIRONMENT, ROOT, grow, seconds
from tools.lifeboats import environment
from tools.small import SMALL, rounds, sizes

ROUNDS = rounds(5)
WEASYPRINT = "weasyprint==70.0"


def main(size: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        projects = [("as shipped", ROOT), (f"{size} SOPs", grow(folder / "project", size))]
        for name, project in projects[SMALL:]:
            cold, warm, read, count, weight = printings(project, folder / name)
            times = f"{cold:.2f} s cold, {warm:.2f} s unchanged, of which reading and checking {read:.2f} s"
            print(f"all sheets, {name}: {times}; {count} files, {weight:.0f} MB", flush=True)
        compared(folder)


def printings(project: Path, folder: Path) -> tuple[float, float, float, int, float]:
    """Seconds to print all from nothing, with nothing changed, and to check without printing; files and megabytes."""
    paper = folder / "paper"
    command: list[str | Path] = [sys.executable, "-m", "handbook", "--root", project]
    ENVIRONMENT["HANDBOOK_CACHE"] = str(folder / "cache")
    cold = seconds([*command, "paper", paper], ROOT)
    warm, read = (
        statistics.median(seconds([*command, *more], ROOT) for _ in range(ROUNDS))
        for more in (["paper", paper], ["check"])
    )
    files = [file for file in paper.rglob("*") if file.is_file()]
    return cold, warm, read, len(files), sum(file.stat().st_size for file in files) / 1024 / 1024


def compared(folder: Path) -> None:
    """One checklist as we print it, and that SOP's page as two others do."""
    site = folder / "site"
    seconds([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site], ROOT)
    page = site / "procedures/complaints/index.html"
    works = {"ours": ours(), "Chromium's page.pdf": chromium(page)}
    if (binaries := environment("weasyprint", WEASYPRINT)) and _starts(binaries / "weasyprint"):
        works["WeasyPrint"] = lambda: _run(
            [binaries / "weasyprint", "--quiet", page, folder / "w.pdf"], folder / "w.pdf"
        )
    for name, work in works.items():
        times, weights = zip(*(work_timed(work) for _ in range(ROUNDS)), strict=True)
        print(f"one checklist, {name}: {statistics.median(times):.2f} s, {weights[0] / 1024:.0f} KB")


def work_timed(work: Callable[[], int]) -> tuple[float, int]:
    """Seconds on the clock that it takes, and the bytes that it makes."""
    start = time.perf_counter()
    size = work()
    return time.perf_counter() - start, size


def ours() -> Callable[[], int]:
    """A checklist, set anew each time: what Typst remembers of the last one does not count."""
    book, _ = compile_handbook(ROOT)
    (sheet,) = (one for one in sheets(Edition(book)) if one.path == "procedures/complaints-checklist")
    turns = iter(range(ROUNDS))

    def work() -> int:
        with tempfile.TemporaryDirectory() as cache:
            os.environ["HANDBOOK_CACHE"] = cache
            data = sheet.make()
            data["head"]["title"] += f" {next(turns)}"
            changed = type(sheet)(sheet.path, sheet.kind, sheet.title, sheet.of, lambda: data)
            return press.press([changed], ROOT)[f"{sheet.path}.pdf"].stat().st_size

    return work


def chromium(page: Path) -> Callable[[], int]:
    """The page printed by a browser that has to be started first, as from a build."""

    def work() -> int:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            tab = browser.new_page()
            tab.goto(page.as_uri())
            size = len(tab.pdf(format="A4"))
            browser.close()
            return size

    return work


def _starts(command: Path) -> bool:
    """Whether a program finds the system's libraries that it needs; where it does not, that is said."""
    if subprocess.run([command, "--info"], capture_output=True, check=False).returncode == 0:
        return True
    print(f"{command.name}: not shown, because a library that it needs is not on this system")
    return False


def _run(command: list[str | Path], made: Path) -> int:
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return made.stat().st_size


if __name__ == "__main__":
    main(sizes([1000])[0])
