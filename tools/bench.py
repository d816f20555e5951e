"""Measure the handbook at several sizes, side by side in one run: figures are medians, and ratios are what counts.

    python -m tools.bench [SIZE ...] [--smoke]      numbers of SOPs (default: 100, 300 and 1,000)

Our own part is counted in processor time of a fresh process, as a build has it; builds in time on the clock, each next
to the others that it is compared with.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

from handbook.compile import uncollected
from handbook.pages.render import render
from handbook.pages.stage import stage
from handbook.pages.templates import templates
from handbook.reading.load import load
from handbook.rules.check import check
from tools import bench_phone
from tools.lifeboats import environment
from tools.small import FLAGS, rounds, sizes

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = rounds(3)
PATIENCE = 300  # seconds
PARTS = ("load", "check", "render")
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def grow(folder: Path, count: int) -> Path:
    """A project with `count` SOPs: the real ones, and copies of its procedures and standards, with their quizzes, under
    new ids."""
    for name in ("docs", "hooks", "sop", "quiz"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    without_paper = settings.replace("  paper: true", "  paper: false")  # which tools.bench_paper measures
    (folder / "mkdocs.yml").write_text(without_paper, "utf-8")
    originals = sorted(path for kind in ("procedures", "standards") for path in (folder / "sop" / kind).glob("*.yml"))
    missing = count - len(list((folder / "sop").glob("*/*.yml")))
    copies = [(originals[number % len(originals)], number) for number in range(missing)]
    made: dict[str, list[str]] = {}
    for original, number in copies:
        text = original.read_text("utf-8")
        ident = f"{original.stem}-{number}"
        named = re.sub(r"(?m)^title: (.*)$", rf"title: \1 {number}", text, count=1)
        (original.parent / f"{ident}.yml").write_text(named, "utf-8")
        copy_quiz(folder / "quiz", original.stem, ident)
        made.setdefault(original.stem, []).append(ident)
    for role in (folder / "sop/roles").glob("*.yml"):
        text = role.read_text("utf-8")
        masters = re.search(r"(?ms)^masters:.*?(?=^\S)", text)
        assert masters
        kept = re.findall(r"[a-z][a-z-]+[a-z]", masters[0].removeprefix("masters:"))
        more = [ident for stem in kept for ident in made.get(stem, [])]
        role.write_text(text.replace(masters[0], f"masters: [{', '.join([*kept, *more])}]\n\n"), "utf-8")
    return folder


def unasked(project: Path) -> None:
    """Take the quizzes away, and that there have to be any."""
    for quiz in (project / "quiz").glob("*.yml"):
        quiz.unlink()
    organization = project / "sop/organization.yml"
    text = organization.read_text("utf-8")
    organization.write_text(text.replace("quizzes: required", "quizzes: optional"), "utf-8")


def copy_quiz(folder: Path, original: str, ident: str) -> None:
    """The quiz of a copied SOP: about its clauses, and no question asked twice."""
    if (folder / f"{original}.yml").exists():
        text = (folder / f"{original}.yml").read_text("utf-8")
        text = re.sub(rf"\b{original}#", f"{ident}#", text)
        text = re.sub(r"(?m)^(    ask: ['\"「]?)", rf"\g<1>{ident.rpartition('-')[2]} ", text)
        (folder / f"{ident}.yml").write_text(text, "utf-8")


# ── our own part ────────────────────────────────────────────────────────────────────────────────


def parts(project: Path) -> None:
    """Print the seconds that reading, checking and rendering take, and how many SOPs there are."""
    made = templates(project)
    for name in made.list_templates(filter_func=lambda name: name.endswith(".html")):
        made.get_template(name)  # compiled once a process, however many SOPs there are
    clock = [time.process_time()]
    with uncollected():
        book, problems = load(project)
        clock.append(time.process_time())
        assert book
        problems += check(book)
        assert all(problem.warning for problem in problems), "the copies must hold, or nothing is measured"
        clock.append(time.process_time())
        sum(len(page.body) for page in render(book))
        clock.append(time.process_time())
    print(len(book.sops), *(after - before for before, after in pairwise(clock)))


def our_part(project: Path) -> dict[str, float]:
    """Milliseconds an SOP for each part, in a process of its own."""
    command = [sys.executable, "-m", "tools.bench", "--parts", str(project)]
    count, *seconds = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return {part: 1000 * float(one) / int(count) for part, one in zip(PARTS, seconds, strict=True)}


# ── whole builds ────────────────────────────────────────────────────────────────────────────────


def seconds(command: list[str | Path], folder: Path) -> float:
    """How long a command takes, on the clock."""
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def builds(project: Path, plain: Path) -> dict[str, Callable[[], float]]:
    """The builds that are compared: ours, the same Markdown without hooks, and Zensical's of that Markdown."""
    mkdocs: list[str | Path] = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
    found = {
        "build": lambda: seconds([*mkdocs, project / "site"], project),
        "plain": lambda: seconds([*mkdocs, plain / "site"], plain),
    }
    if binaries := environment("zensical", "zensical==0.0.73"):
        found["zensical"] = lambda: seconds([binaries / "zensical", "build", "--clean"], plain)
    return found


def measure(count: int, folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Medians for one size, without quizzes and with one each: milliseconds an SOP for our part, seconds for whole
    builds and for a served edit."""
    project, plain = grow(folder / "project", count), folder / "plain"
    quizzed = medians([our_part(project) for _ in range(ROUNDS)]) | {"edit": statistics.median(edits(project))}
    unasked(project)
    stage(project, plain)
    compared = builds(project, plain)
    found = [our_part(project) | {name: work() for name, work in compared.items()} for _ in range(ROUNDS)]
    return medians(found) | {"edit": statistics.median(edits(project))}, quizzed


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """The middle of each figure; our part is the sum of its own."""
    found = {name: statistics.median(one[name] for one in rows) for name in rows[0]}
    return found | {"ours": sum(found[part] for part in PARTS)}


# ── an edit under `serve` ───────────────────────────────────────────────────────────────────────


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Run `mkdocs serve`; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", where]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=quiet, start_new_session=True)
    try:
        yield f"http://{where}/"
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):  # where it was told to ignore that, as in the background
            server.wait(10)
        with suppress(ProcessLookupError):  # it, or what still prints for it
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def edits(project: Path) -> Iterator[float]:
    """Seconds from an edit of one SOP to its fresh page."""
    path = project / "sop/procedures/complaints.yml"
    before = path.read_text("utf-8")
    with serving(project) as home:
        page = f"{home}procedures/complaints/"
        until(page, "投訴")
        for mark in "甲乙丙"[:ROUNDS]:
            time.sleep(2)  # the server sees what changes after it has settled
            start = time.perf_counter()
            path.write_text(before.replace("summary: ", f"summary: {mark}標記：", 1), "utf-8")
            until(page, f"{mark}標記")
            yield time.perf_counter() - start
    path.write_text(before, "utf-8")  # whoever measures once more looks for the same marks


def until(page: str, has: str) -> None:
    """Ask for a page until it has some words."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if has in urllib.request.urlopen(page, timeout=PATIENCE).read().decode():
                return
        time.sleep(0.05)
    sys.exit(f"{page} never had {has}")


# ── the report ──────────────────────────────────────────────────────────────────────────────────

COLUMNS = ("load", "check", "render", "ours", "build", "plain", "zensical", "edit")


def main(counts: list[int]) -> None:
    """Print the table, and what the goals are about."""
    print(f"{'':>17} {'── milliseconds an SOP ──':^35} {'──── seconds ────':^35}")
    print(f"{'':>17}", *(f"{name:>8}" for name in COLUMNS), f"{'÷ plain':>8} {'÷ zensical':>10}", flush=True)
    whole = []
    for size in counts:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            row, quizzed = measure(size, Path(folder))
            weight = weigh(Path(folder) / "project/site")
        whole.append(row["build"])
        ratios = (f"{row['build'] / row[other]:.2f}" if other in row else "–" for other in ("plain", "zensical"))
        print(f"{size:6} SOPs      ", figures(row), "{:>8} {:>10}".format(*ratios), f" {weight}")
        print(f"{'':6} with quizzes", figures(quizzed), flush=True)
    print(f"growth from {counts[0]} to {counts[-1]} SOPs: {whole[-1] / whole[0]:.1f} × the time")
    for tool in ("tools.bench_search", "tools.bench_large"):
        search = [sys.executable, "-m", tool, str(counts[-1]), *FLAGS]
        subprocess.run(search, cwd=ROOT, env=ENVIRONMENT, check=True)
    handbook: list[str | Path] = [sys.executable, "-m", "handbook", "check"]
    print(f"handbook check, as shipped: {statistics.median(seconds(handbook, ROOT) for _ in range(ROUNDS)):.2f} s")
    bench_phone.main()


def figures(row: dict[str, float]) -> str:
    """One line of the table; a dash where nothing was measured."""
    return " ".join(f"{row[name]:8.2f}" if name in row else f"{'–':>8}" for name in COLUMNS)


def weigh(site: Path) -> str:
    """What a phone fetches for its first page, everything in, compressed."""
    page = site / "procedures/complaints/index.html"
    named = re.findall(r'(?:href|src)="([^"#]+\.(?:css|js))"', page.read_text("utf-8"))
    files = {page, *((page.parent / name).resolve() for name in named)}
    whole, own = (sum(len(gzip.compress(file.read_bytes())) for file in some) / 1024 for some in (files, [page]))
    return f"first page {whole:.0f} KB gzip, alone {own:.1f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--parts"]:
        parts(Path(sys.argv[2]))
    else:
        main(sizes([100, 300, 1000]))
