"""Measure search in a large handbook: many SOPs of which no two share a text, in drawers beside the same in parts.

    python -m tools.bench_large [SIZE ...]        numbers of SOPs (default: 1,000)

Kilobytes are all that the worker fetches, compressed, its scripts included: up to the first answer, which is by names,
and for a session of 20 queries (the middle of several, and the most). `ready` is from nothing to the first answer of
what pages say; `cold` a query of such a session, which fetches what it needs, `query` one that has all. `same` is how
often the first three pages are those of the search that has all the data.
"""

from __future__ import annotations

import gzip
import random
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import Page, sync_playwright

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.search.entries import Findable, Place, findable
from handbook.search.index import NAMES, index
from tests.browser.chromium import launch_options
from tools.bench_search import LAST, QUERIES, ROOT, WORKER, Handler, serving
from tools.lifeboats import run
from tools.small import rounds, sizes

SESSIONS = rounds(9)
SESSION = 20  # queries
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
TRIES = 20
WHOLE = 10**6  # parts
HEADS = ("── drawers ──", "── parts ──", "ratio")


def unlike(book: Handbook, count: int) -> Iterator[Findable]:
    """SOPs to make it `count`, of which no two share a text: each run of characters in a copy is another of the
    handbook's, as long as itself."""
    pages = [page for page in findable(book) if page.folder.partition("/")[0] in ("procedures", "standards")]
    texts = [place.title + place.words for page in pages for place in page.places]
    runs: dict[int, list[str]] = {}
    for characters in sorted({characters for text in texts for characters in HAN.findall(text)}):
        runs.setdefault(len(characters), []).append(characters)
    chance = random.Random(count)
    seen = set(texts)

    def another(text: str) -> str:
        return HAN.sub(lambda found: chance.choice(runs.get(len(found[0]), [found[0]])), text)

    def other(text: str) -> str:
        made = next((made for made in (another(text) for _ in range(TRIES)) if made not in seen), None)
        made = made or another(text) + chance.choice(runs[6])
        seen.add(made)
        return made if text else ""

    def place(one: Place) -> Place:
        return Place(one.anchor, other(one.title), other(one.words), tuple(map(another, one.aliases)))

    for number in range(count - len(book.sops)):
        page = pages[number % len(pages)]
        aliases = tuple(map(another, page.aliases))
        yield Findable(
            f"more/{number}/", other(page.title), other(page.summary), aliases, [place(one) for one in page.places]
        )


class Weighed(Handler):
    """Notes what is fetched, and how much it weighs on the way."""

    fetched: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:
        path = Path(self.directory) / self.path.partition("?")[0].lstrip("/")
        if path.is_file() and not path.name.startswith(("search_index", "sitemap")):
            self.fetched.append((path.name, len(gzip.compress(path.read_bytes()))))
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # each session is a new phone's
        super().end_headers()


def ask(page: Page, worker: str, queries: list[str], last: str = LAST) -> dict[str, Any]:
    """What a fresh worker says of some queries, and what it fetched."""
    Weighed.fetched.clear()
    found: dict[str, Any] = page.evaluate(WORKER, {"worker": worker, "queries": queries, "last": last})
    names = next(number for number, (name, _) in enumerate(Weighed.fetched) if name == Path(NAMES).name)
    sizes = [size for _, size in Weighed.fetched]
    return found | {"first": sum(sizes[: names + 1]) / 1000, "bytes": sum(sizes) / 1000}


def measure(page: Page, site: Path) -> tuple[dict[str, float], list[list[str]]]:
    """The figures of one site, and the first three pages of each query."""
    worker = "/" + next(site.glob("assets/javascripts/workers/search.*.min.js")).relative_to(site).as_posix()
    queries = [str(query["query"]) for query in QUERIES]
    chance = random.Random(SESSION)
    sessions = [ask(page, worker, chance.sample(queries, SESSION)) for _ in range(SESSIONS)]
    all_twice = ask(page, worker, [*queries, *queries])["answers"]
    warm = sorted(answer["ms"] for answer in all_twice[len(queries) :])
    cold = sorted(answer["ms"] for one in sessions for answer in one["answers"])
    figures = {
        "first KB": statistics.median(one["first"] for one in sessions),
        "session KB": statistics.median(one["bytes"] for one in sessions),
        "most KB": max(one["bytes"] for one in sessions),
        "ready ms": min(one["ready"] for one in sessions),
        "cold p95": statistics.quantiles(cold, n=20)[-1],
        "query ms": statistics.median(warm),
        "query p95": statistics.quantiles(warm, n=20)[-1],
    }
    return figures, [answer["pages"][:3] for answer in all_twice[: len(queries)]]


def sites(folder: Path, count: int) -> Iterator[Path]:
    """The handbook's own site with the search data of a large one: in drawers, and in parts."""
    run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder / "site"], ROOT)
    book = compile_handbook(ROOT)[0]
    assert book
    more = [*unlike(book, count)]
    for name, most in (("drawers", 0), ("parts", WHOLE)):
        made = Path(shutil.copytree(folder / "site", folder / name))
        for path, text in index(book, more, most=most).items():
            (made / path).write_text(text, "utf-8")
        yield made


def main(counts: list[int]) -> None:
    """Print one table for each size."""
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="bench-large-") as place, sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            found = []
            for site in sites(Path(place), count):
                with serving(site, Weighed) as home:
                    page = browser.new_page()
                    page.goto(f"{home}sitemap.xml")
                    found.append(measure(page, site))
                    page.close()
            browser.close()
        (drawers, some), (parts, others) = found
        print(f"search in {count} SOPs of which no two share a text {HEADS[0]:>13} {HEADS[1]:>11} {HEADS[2]:>7}")
        for name, figure in drawers.items():
            print(f"{name:>46} {figure:13.1f} {parts[name]:11.1f} {figure / parts[name]:7.2f}")
        same = statistics.mean(few == all_of_it for few, all_of_it in zip(some, others, strict=True))
        print(f"{'same':>46} {100 * same:11.1f} %", flush=True)


if __name__ == "__main__":
    main(sizes([1000]))
