"""Measure the handbook at several sizes, side by side in one run: figures are medians, and ratios are what counts.

python tools/bench.py [SIZE ...]        numbers of SOPs (default: 24, as shipped, then 100 and 300)
"""

from __future__ import annotations

import gzip
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from handbook.complete import check
from handbook.load import load
from handbook.render import render
from handbook.stage import stage

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3


def grow(folder: Path, count: int) -> Path:
    """A project with `count` SOPs: the real ones, and copies of its procedures under new ids."""
    for name in ("docs", "hooks", "sop", "quiz"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    originals = sorted((folder / "sop/procedures").glob("*.yml"))
    missing = count - len(list((folder / "sop").glob("*/*.yml")))
    copies = [(originals[number % len(originals)], number) for number in range(missing)]
    made: dict[str, list[str]] = {}
    for original, number in copies:
        text = original.read_text("utf-8")
        ident = f"{original.stem}-{number}"
        named = re.sub(r"(?m)^title: (.*)$", rf"title: \1 {number}", text, count=1)
        (original.parent / f"{ident}.yml").write_text(named, "utf-8")
        made.setdefault(original.stem, []).append(ident)
    for role in (folder / "sop/roles").glob("*.yml"):
        text = role.read_text("utf-8")
        masters = re.search(r"(?ms)^masters:.*?(?=^\S)", text)
        assert masters
        kept = re.findall(r"[a-z][a-z-]+[a-z]", masters[0].removeprefix("masters:"))
        more = [ident for stem in kept for ident in made.get(stem, [])]
        role.write_text(text.replace(masters[0], f"masters: [{', '.join([*kept, *more])}]\n\n"), "utf-8")
    return folder


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def build(project: Path) -> Callable[[], object]:
    """A whole `mkdocs build` of a project."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(project / "site")]
    return lambda: subprocess.run(command, cwd=project, check=True)


def measure(count: int, folder: Path) -> dict[str, float]:
    """Medians for one size: milliseconds an SOP for our part, seconds for whole builds."""
    project = grow(folder / "project", count)
    book, problems = load(project)
    assert book and not [*problems, *check(book)], "the copies must hold, or nothing is measured"
    sops = len(book.sops)
    parts: dict[str, Callable[[], object]] = {
        "load": lambda: load(project),
        "check": lambda: list(check(book)),
        "render": lambda: list(render(book)),
    }
    plain = folder / "plain"
    stage(project, plain)
    parts |= {"build": build(project), "plain": build(plain)}
    rounds = [{name: seconds(work) for name, work in parts.items()} for _ in range(ROUNDS)]
    return {"sops": sops, **{name: statistics.median(one[name] for one in rounds) for name in parts}}


def main(sizes: list[int]) -> None:
    """Print the table."""
    print(f"{'SOPs':>5} {'load':>8} {'check':>8} {'render':>8} {'ours':>8} {'build':>8} {'plain':>8} {'ratio':>6}")
    print(f"{'':>5} {'ms/SOP':>8} {'ms/SOP':>8} {'ms/SOP':>8} {'ms/SOP':>8} {'s':>8} {'s':>8} {'':>6}")
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            row = measure(size, Path(folder))
            rows.append(row)
            each = [1000 * row[name] / row["sops"] for name in ("load", "check", "render")]
            ours = " ".join(f"{value:8.2f}" for value in [*each, sum(each)])
            print(
                f"{row['sops']:5.0f} {ours} {row['build']:8.2f} {row['plain']:8.2f} {row['build'] / row['plain']:6.2f}"
            )
            weigh(Path(folder) / "project/site")
    first, last = rows[0], rows[-1]
    print(
        f"growth from {first['sops']:.0f} to {last['sops']:.0f} SOPs: {last['build'] / first['build']:.1f} × the time"
    )


def weigh(site: Path) -> None:
    """Print what a phone fetches for its first page, everything in, compressed."""
    page = site / "procedures/complaints/index.html"
    named = re.findall(r'(?:href|src)="([^"#]+\.(?:css|js))"', page.read_text("utf-8"))
    files = {page, *((page.parent / name).resolve() for name in named)}
    weight = sum(len(gzip.compress(file.read_bytes())) for file in files)
    own = len(gzip.compress(page.read_bytes()))
    print(
        f"      first page: {weight / 1024:.0f} KB gzip with its styles and scripts, {own / 1024:.1f} KB the page alone"
    )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [24, 100, 300])
