"""Measure search: ours, Material's own and Pagefind's, on the same pages, in one browser and one run.

    python -m tools.bench_search [SIZE ...]        numbers of SOPs (default: as shipped, and 1,000)

Size is what a phone fetches, compressed: for ours and Material's everything, for Pagefind's the whole folder, of which
a query fetches a part. `ready` is from nothing to the first answer of all the data; `query` from a typed query to its
results. As shipped alone, as copies have twins: how often the right page comes first, or among three; and how often
it is said that there is nothing, of what the handbook does not say and, wrongly, of what it says.

Copies say what the shipped handbook says, and a text that stands in many places is sent once; `tools.bench_large` has
SOPs of which no two share a text.
"""

from __future__ import annotations

import gzip
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from handbook.pages.stage import stage
from tests.browser.chromium import launch_options
from tools.lifeboats import QUIET, environment, run
from tools.small import rounds, sizes

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = rounds(3)
HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
LAST = "漏睡"  # at first its pages are found alone, and its places once all our data is there
QUERIES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/content/queries.yml").read_text("utf-8"))
NOT_FOUND = "search-words"  # the page that a list leads to which says that something was not found

# Each gives `{ready, answers: [{ms, pages}]}` for a list of queries; pages are paths from the site's root.
WORKER = """async ({worker, queries, last}) => {
    const index = await (await fetch("/search/search_index.json")).json();
    const start = performance.now();
    const ours = new Worker(worker);
    const told = [];
    ours.onmessage = ({data}) => told.push(data);
    const next = async (type) => {
        while (!told.some((one) => one.type === type)) await new Promise((go) => {
            const {port1, port2} = new MessageChannel();
            port1.onmessage = go;
            port2.postMessage(0);
        });
        return told.splice(told.findIndex((one) => one.type === type), 1)[0];
    };
    if (index.config.lang.includes("zh")) index.config.lang = ["en"];
    ours.postMessage({type: 0, data: {config: index.config, docs: index.docs, options: {suggest: false}}});
    await next(1);
    if (last) {
        ours.postMessage({type: 2, data: last});
        while (!(await next(3)).data.items.some((item) => item.length > 1));
    }
    const ready = performance.now() - start;
    const answers = [];
    for (const typed of queries) {
        const asked = performance.now();
        ours.postMessage({type: 2, data: typed});
        const {data} = await next(3);
        const pages = data.items.map((item) => item[0].location.split("#")[0]);
        answers.push({ms: performance.now() - asked, pages});
    }
    return {ready, answers};
}"""
PAGEFIND = """async ({queries}) => {
    const start = performance.now();
    const pagefind = await import("/pagefind/pagefind.js");
    await pagefind.init();
    const ready = performance.now() - start;
    const answers = [];
    for (const typed of queries) {
        const asked = performance.now();
        const {results} = await pagefind.search(typed);
        const found = await Promise.all(results.slice(0, 5).map((one) => one.data()));
        answers.push({ms: performance.now() - asked, pages: found.map((one) => one.url.replace(/^\\//, ""))});
    }
    return {ready, answers};
}"""


def sites(project: Path, folder: Path, size: int) -> Iterator[tuple[str, Path, str]]:
    """The same pages with each search: its name, the built site, and the script that asks it."""
    mkdocs: list[str | Path] = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
    run([*mkdocs, folder / "ours"], project)
    yield "ours", folder / "ours", WORKER
    stage(project, folder / "plain")
    run([*mkdocs, folder / "material"], folder / "plain")
    yield "material", folder / "material", WORKER
    if binaries := environment("pagefind-extended", "pagefind[extended]==1.5.2"):
        command = [binaries / "python", "-m", "pagefind", "--site", folder / "material"]
        subprocess.run([str(part) for part in command], env=QUIET, check=True, stdout=subprocess.DEVNULL)
        yield "pagefind", folder / "material", PAGEFIND


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serving(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on loopback; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def weight(name: str, site: Path) -> float:
    """KB of search data, compressed."""
    folder = site / ("pagefind" if name == "pagefind" else "search")
    return sum(len(gzip.compress(path.read_bytes())) for path in folder.rglob("*") if path.is_file()) / 1024


def ask(browser: Browser, site: Path, script: str, last: str) -> dict[str, Any]:
    """What a script says of a site's search; of each time the shortest, as other work only makes it longer."""
    worker = next(site.glob("assets/javascripts/workers/search.*.min.js")).relative_to(site).as_posix()
    with serving(site) as home:
        page = browser.new_page()
        page.goto(f"{home}sitemap.xml")
        queries = [query["query"] for query in QUERIES]
        asked = {"worker": f"/{worker}", "queries": queries, "last": last}
        found: list[dict[str, Any]] = [page.evaluate(script, asked) for _ in range(ROUNDS)]
        page.close()
    best = found[0] | {"ready": min(one["ready"] for one in found)}
    for number, answer in enumerate(best["answers"]):
        answer["ms"] = min(one["answers"][number]["ms"] for one in found)
    return best


def right(answers: list[dict[str, Any]], among: int) -> float:
    """The share of the queries with an answer whose page is among the first."""
    hits = []
    for query, answer in zip(QUERIES, answers, strict=True):
        wanted = {one.partition("#")[0] for one in query["expect"]}
        pages = [page.strip("/") for page in dict.fromkeys(answer["pages"]) if page.strip("/") != NOT_FOUND]
        if wanted:
            hits.append(bool(wanted & set(pages[:among])))
    return 100 * statistics.mean(hits)


def told(answers: list[dict[str, Any]], answered: bool) -> float:
    """The share of the queries with an answer, or without one, to which it is said that there is none."""
    found = []
    for query, answer in zip(QUERIES, answers, strict=True):
        if bool(query["expect"]) is answered:
            found.append(not answer["pages"] or NOT_FOUND in [page.strip("/") for page in answer["pages"]])
    return 100 * statistics.mean(found)


def measure(project: Path, folder: Path, size: int) -> Iterator[str]:
    """One line for each search; `size` is 0 as shipped."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for name, site, script in sites(project, folder, size):
            found = ask(browser, site, script, LAST if name == "ours" else "")
            times = sorted(answer["ms"] for answer in found["answers"])
            slow = statistics.quantiles(times, n=20)[-1]
            line = f"{name:>9} {weight(name, site):7.0f} KB {found['ready']:7.0f} ms {statistics.median(times):7.1f} ms"
            line += f" {slow:7.1f} ms"
            if not size:
                answers = found["answers"]
                shares = (
                    right(answers, 1),
                    right(answers, 3),
                    told(answers, answered=False),
                    told(answers, answered=True),
                )
                line += "".join(f" {share:6.1f} %" for share in shares)
            yield line
        browser.close()


def main(counts: list[int]) -> None:
    """Print the table: as shipped, then at each size."""
    from tools.bench import grow

    print(
        f"search, {len(QUERIES)} queries   gzip      ready     query       p95    first  in three   no: told  wrongly"
    )
    for size in [0, *counts]:
        with tempfile.TemporaryDirectory(prefix="bench-search-") as place:
            folder = Path(place)
            project = grow(folder / "project", size) if size else ROOT
            print(f"{size} SOPs" if size else "as shipped", flush=True)
            for line in measure(project, folder, size):
                print(line, flush=True)


if __name__ == "__main__":
    main(sizes([1000]))
