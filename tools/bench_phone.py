"""Measure what a phone waits for: from opening the handbook cold to the clause on the screen.

    python -m tools.bench_phone

The handbook as shipped, beside stock Material on the same words, both served compressed, on a slowed processor and a
slow network. Kilobytes are all that came over the network on the way, headers included. They are counted on a phone
without our worker: what it fetched ahead would be missing from them. What it keeps in the background has a row of its
own, and the next visit is that of a phone where it has; stock Material then has the browser's own cache.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Literal, NamedTuple

import yaml
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from handbook.pages.stage import stage
from tests.browser.chromium import launch_options
from tools.lifeboats import QUIET
from tools.small import rounds

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = rounds(5)
SETTLING = 2_000  # ms
PROCESSOR = 4  # times slower
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}  # slow 4G
SOP, CLAUSE, NEXT, QUIZ = "procedures/complaints/", "#major-resolve", "procedures/repairs/", "quiz/repairs/"


class Cost(NamedTuple):
    """What a reader waited, and what came over the network for it."""

    milliseconds: float
    kilobytes: float


# ── the sites ───────────────────────────────────────────────────────────────────────────────────


class _Compressed(BaseHTTPRequestHandler):
    """Serves a folder as the hosts do that handbooks are published on: compressed, kept for ten minutes."""

    protocol_version = "HTTP/1.1"
    site = Path()
    sent = 0  # bytes of bodies, to whoever asked

    def do_GET(self) -> None:
        path = self.site / self.path.partition("?")[0].lstrip("/")
        file = path / "index.html" if path.is_dir() else path
        body = _packed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if body:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        type(self).sent += len(body)

    def handle(self) -> None:
        with suppress(ConnectionError):  # a closed phone is no mistake
            super().handle()

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@contextmanager
def published(build: Callable[[str, Path], None]) -> Iterator[str]:
    """Build a site that knows its address, and serve it there."""
    with _served(build) as (home, _):
        yield home


@contextmanager
def _served(build: Callable[[str, Path], None]) -> Iterator[tuple[str, type[_Compressed]]]:
    with tempfile.TemporaryDirectory(prefix="phone-") as folder:
        handler: type[_Compressed] = type("Handler", (_Compressed,), {"site": Path(folder) / "site"})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        home = f"http://127.0.0.1:{server.server_port}/"
        build(home, Path(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield home, handler
        server.shutdown()
        server.server_close()


def ours(home: str, folder: Path) -> None:
    """The handbook as it is published."""
    settings = ROOT / ".bench-phone.yml"  # beside mkdocs.yml: the paths in it start there
    settings.write_text(f"INHERIT: mkdocs.yml\nsite_url: {home}\n", "utf-8")
    try:
        _mkdocs(settings, folder / "site")
    finally:
        settings.unlink()


def stock(home: str, folder: Path) -> None:
    """The same words as plain Markdown under Material as it comes, but for its web fonts."""
    stage(ROOT, folder / "staged")
    settings = folder / "staged/mkdocs.yml"
    given = yaml.safe_load(settings.read_text("utf-8"))
    kept = {key: given[key] for key in ("site_name", "markdown_extensions")}
    theme = {"name": "material", "language": "zh-TW", "font": False}
    plain = {**kept, "site_url": home, "theme": theme, "plugins": ["search"]}
    settings.write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    _mkdocs(settings, folder / "site")


def _mkdocs(settings: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(settings), "-d", str(site)]
    subprocess.run(command, env=QUIET, check=True, capture_output=True)


# ── the journeys ────────────────────────────────────────────────────────────────────────────────


class Phone:
    """A slow phone with its own memory of where it has been; with or without workers."""

    def __init__(self, browser: Browser, workers: Literal["allow", "block"]) -> None:
        screen: ViewportSize = {"width": 390, "height": 844}
        self.context: BrowserContext = browser.new_context(viewport=screen, has_touch=True, service_workers=workers)

    def page(self) -> Page:
        """A fresh page, slowed down, that counts what comes over the network."""
        page = self.context.new_page()
        devtools = self.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", NETWORK)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
        self.bytes = 0
        self.local: set[str] = set()
        devtools.on("Network.responseReceived", self._note)
        devtools.on("Network.loadingFinished", self._count)
        return page

    def _note(self, event: dict) -> None:
        if event["response"].get("fromServiceWorker") or event["response"].get("fromDiskCache"):
            self.local.add(event["requestId"])

    def _count(self, event: dict) -> None:
        if event["requestId"] not in self.local:
            self.bytes += int(event["encodedDataLength"])

    def cost(self, work: Callable[[], None]) -> Cost:
        """What a piece of work costs, with what a page still fetches once it is there."""
        before, start = self.bytes, time.perf_counter()
        work()
        waited = time.perf_counter() - start
        self.context.pages[-1].wait_for_timeout(SETTLING)
        return Cost(1000 * waited, (self.bytes - before) / 1000)


def look_up(page: Page, home: str) -> None:
    """From nothing: open the handbook, tap what happened, tap the deadline; its clause is on the screen."""
    page.goto(home, wait_until="commit")
    page.locator(f"article a[href$='{SOP}']").first.click()
    page.wait_for_url(f"**/{SOP}")
    page.locator(f"article a[href$='{CLAUSE}']").first.click()
    page.wait_for_function(
        "(clause) => { const box = document.querySelector(clause)?.getBoundingClientRect();"
        " return box && box.top >= 0 && box.top < innerHeight }",
        arg=CLAUSE,
        polling=10,
    )


def read_on(page: Page, home: str) -> None:
    """From there to another procedure: back to the first page, and one tap."""
    page.go_back()
    page.go_back()
    page.locator(f"article a[href$='{NEXT}']").first.click()
    page.locator("article [data-sop=repairs]").first.wait_for(state="attached")


def take_quiz(page: Page, home: str) -> None:
    """From there to its quiz, in one tap."""
    page.locator(f"article a[href$='{QUIZ}']").first.click()
    page.locator("article [data-sheet=repairs]").wait_for()


def visit(browser: Browser, home: str, server: type[_Compressed], has_worker: bool) -> dict[str, Cost]:
    """A first visit, later pages, what comes in the background, and the next day's visit."""
    phone = Phone(browser, "block")
    page = phone.page()
    costs = {
        "first visit": phone.cost(lambda: look_up(page, home)),
        "later page": phone.cost(lambda: read_on(page, home)),
        "first quiz": phone.cost(lambda: take_quiz(page, home)),
        "background": Cost(0, 0),
    }
    page.close()
    if has_worker:
        phone.context.close()
        phone = Phone(browser, "allow")
        costs["background"] = _kept(phone, home, server)
    again = phone.page()
    costs["next visit"] = phone.cost(lambda: look_up(again, home))
    phone.context.close()
    return costs


def _kept(phone: Phone, home: str, server: type[_Compressed]) -> Cost:
    """What a phone needs to keep it all, on a network that is not slowed: no browser slows a worker's."""
    before, start, page = server.sent, time.perf_counter(), phone.context.new_page()
    page.goto(home)
    page.locator("offline-mark:not([hidden])").wait_for(state="attached", timeout=60_000)
    page.close()
    return Cost(1000 * (time.perf_counter() - start), (server.sent - before) / 1000)


# ── the report ──────────────────────────────────────────────────────────────────────────────────


def middle(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def main() -> None:
    """Print what each site costs, visited by turns, so that both meet the same load of the machine."""
    with sync_playwright() as playwright, _served(ours) as mine, _served(stock) as theirs:
        browser = playwright.chromium.launch(**launch_options())
        turns = [(visit(browser, *mine, True), visit(browser, *theirs, False)) for _ in range(ROUNDS)]
        browser.close()
    print(f"\non a phone, {PROCESSOR} times slower, slow 4G: from opening the site to the clause on the screen")
    print(f"{'':>12} {'──── ours ────':^18} {'──── stock ────':^18}")
    for name in turns[0][0]:
        our, their = (middle([pair[side][name] for pair in turns]) for side in (0, 1))
        row = f"{name:>12} {our.kilobytes:6.1f} KB {our.milliseconds:5.0f} ms"
        if their.milliseconds:
            ratio = statistics.median(pair[0][name].milliseconds / pair[1][name].milliseconds for pair in turns)
            row += f" {their.kilobytes:6.1f} KB {their.milliseconds:5.0f} ms {ratio:8.2f} × the time"
        print(row)


if __name__ == "__main__":
    main()
