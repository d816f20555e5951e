"""Measure what a phone waits for: from opening the handbook cold to the clause on the screen.

    python -m tools.bench_phone

The handbook as shipped, beside stock Material on the same words, both served compressed, on a slowed processor and a
slow network. Kilobytes are what the pages asked for on the way, the search's data included, which the theme fetches at
once; what the worker keeps in the background is not. Stock Material has its files still in the browser's own cache.
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
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple

import yaml
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from handbook.stage import stage
from tests.browser.chromium import launch_options
from tools.lifeboats import QUIET

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
PROCESSOR = 4  # times slower
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}  # slow 4G
SOP, CLAUSE, NEXT = "procedures/complaints/", "#major-resolve", "procedures/repairs/"


class Cost(NamedTuple):
    """What a reader waited, and what came over the network for it."""

    milliseconds: float
    kilobytes: float


# ── the sites ───────────────────────────────────────────────────────────────────────────────────


class _Compressed(BaseHTTPRequestHandler):
    """Serves a folder as the hosts do that handbooks are published on: compressed, kept for ten minutes."""

    protocol_version = "HTTP/1.1"
    site = Path()

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

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@cache
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@contextmanager
def published(build: Callable[[str, Path], None]) -> Iterator[str]:
    """Build a site that knows its address, and serve it there."""
    with tempfile.TemporaryDirectory(prefix="phone-") as folder:
        handler = type("Handler", (_Compressed,), {"site": Path(folder) / "site"})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        home = f"http://127.0.0.1:{server.server_port}/"
        build(home, Path(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield home
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
    """A slow phone with its own memory of where it has been."""

    def __init__(self, browser: Browser) -> None:
        self.context: BrowserContext = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)

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
        """What a piece of work costs."""
        before, start = self.bytes, time.perf_counter()
        work()
        return Cost(1000 * (time.perf_counter() - start), (self.bytes - before) / 1000)


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
    page.wait_for_url(f"**/{NEXT}")
    page.locator("article h1").first.wait_for()


def visit(browser: Browser, home: str, has_worker: bool) -> dict[str, Cost]:
    """A first visit, a later page, and the next day's visit."""
    phone = Phone(browser)
    page = phone.page()
    costs = {"first visit": phone.cost(lambda: look_up(page, home))}
    costs["later page"] = phone.cost(lambda: read_on(page, home))
    if has_worker:
        page.locator("offline-mark:not([hidden])").wait_for(state="attached", timeout=60_000)
    page.close()
    again = phone.page()
    costs["next visit"] = phone.cost(lambda: look_up(again, home))
    phone.context.close()
    return costs


# ── the report ──────────────────────────────────────────────────────────────────────────────────


def middle(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(figures) for figures in zip(*costs, strict=True)))


def main() -> None:
    """Print what each site costs, visited by turns, so that both meet the same load of the machine."""
    with sync_playwright() as playwright, published(ours) as mine, published(stock) as theirs:
        browser = playwright.chromium.launch(**launch_options())
        rounds = [(visit(browser, mine, True), visit(browser, theirs, False)) for _ in range(ROUNDS)]
        browser.close()
    print(f"\non a phone, {PROCESSOR} times slower, slow 4G: from opening the site to the clause on the screen")
    print(f"{'':>12} {'──── ours ────':^18} {'──── stock ────':^18}")
    for name in rounds[0][0]:
        our, their = (middle([pair[side][name] for pair in rounds]) for side in (0, 1))
        ratio = statistics.median(pair[0][name].milliseconds / pair[1][name].milliseconds for pair in rounds)
        print(
            f"{name:>12} {our.kilobytes:6.1f} KB {our.milliseconds:5.0f} ms"
            f" {their.kilobytes:6.1f} KB {their.milliseconds:5.0f} ms {ratio:8.2f} × the time"
        )


if __name__ == "__main__":
    main()
