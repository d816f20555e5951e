"""What all tests share: the handbook built once, a server for it, and a browser that tolerates no mistake."""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import project
from tests.browser.bare import bare
from tests.browser.chromium import SHELL, launch_options
from tests.browser.windows import PLAIN, Window, Windows, stop_clock

# This tree's package, also where another tree's is installed: a copy of the project is tested as a whole.
sys.path.insert(0, str(project.ROOT / "hooks"))
os.environ["HANDBOOK_CACHE"] = str(project.ROOT / ".cache")  # a sheet of paper is the same wherever it is printed

from handbook.compile import compile_handbook
from handbook.model.book import Handbook

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}

# What is green here is green everywhere; `make test ARGS=--hypothesis-profile=default` invents new input.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile("same")


# Files that take more than five seconds of processor time, the longest first: `--durations=0` says how long.
LONGEST = [
    "offline",
    "due_times",
    "axe",
    "exam",
    "step_ticks",
    "journeys",
    "quiz",
    "search",
    "stage",
    "serve",
    "share",
    "people",
    "wheel",
    "patience",
    "cases",
    "progress",
    "sign",
    "sheet",
    "paper",
    "render",
    "pages",
    "site",
    "news",
    "long_words",
    "hostile",
    "old",
    "web",
    "days",
    "rules",
    "sounds",
    "dates",
    "main",
    "onward",
    "wording",
    "codes",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that at the end all processors have something to do."""
    order = {f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.name, len(order)))


@pytest.fixture(scope="session")
def book() -> Handbook:
    """The shipped handbook, compiled."""
    return compile_handbook(project.ROOT)[0]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same day as in every build that the tests make."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", project.TODAY)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped handbook, built once, whichever process asks first."""
    mine = tmp_path_factory.getbasetemp()
    return project.once((mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "site", project.build)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, project.Built]:
    """Every page of the built site by its address; they are parsed once, as it takes as long as to build them."""

    def parse(file: Path) -> Path:
        file.write_bytes(pickle.dumps({page.address: page for page in project.pages(site)}))
        return file

    return pickle.loads(project.once(site.with_suffix(".parsed"), parse).read_bytes())


# ── in a browser ────────────────────────────────────────────────────────────────────────────────

NOTHING = b'<!doctype html><html lang="zh-Hant"><title>-</title><link rel="icon" href="data:,">'


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for all the files of a page

    def __init__(self, *given: Any, change: Callable[[str], str] | None, **named: Any) -> None:
        self.change = change
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        if self.path.endswith(f"/{PLAIN}"):
            self.answer(NOTHING)
        elif self.change and (page := Path(self.translate_path(self.path), "index.html")).is_file():
            self.answer(self.change(page.read_text("utf-8")).encode())
        else:
            super().do_GET()

    def answer(self, page: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")  # what is built once is served as it is
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path, change: Callable[[str], str] | None = None) -> Iterator[str]:
    """Serve a folder on a free port of this machine, its pages changed on their way; gives the address, which ends in a
    slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder), change=change))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the built site."""
    with serving(site) as where:
        yield where


@pytest.fixture(scope="session")
def bare_server(site: Path) -> Iterator[str]:
    """The address of the built site, its pages without the theme's frame."""
    with serving(site, bare) as where:
        yield where


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The shell where it is there: the tests take two thirds of the time in it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options(SHELL))
        yield chromium
        chromium.close()


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    """Browser windows by their options."""
    return Windows(browser)


@pytest.fixture
def visit(windows: Windows, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a page: `visit("deadlines/", size="desktop", scheme="dark")`; `now=` stops its clock at a moment. A clock
    that a test sets going, rather than stops, can't bear the shift of days: `ticking=True`.

    Pages opened with the same options in one test share what a reader's browser remembers; the next test knows
    nothing of it. At its end a test fails where any of its pages wrote an error, threw one, missed a file or asked
    another host for anything.
    """
    used: list[Window] = []

    def visit(
        path: str = "",
        *,
        size: str | tuple[int, int] = "phone",
        scheme: str = "light",
        at: str = "",
        ticking: bool = False,
        now: datetime | str = "",
        **more: Any,
    ) -> Page:
        home = at or request.getfixturevalue("bare_server" if request.node.get_closest_marker("bare") else "server")
        width, height = SIZES[size] if isinstance(size, str) else size
        options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "locale": "zh-TW", **more}
        options.setdefault(
            "service_workers", "block"
        )  # what they do is in test_offline.py; here they'd only get in the way
        window = windows.take(home, ticking, options)
        if window not in used:
            used.append(window)
        page = window.tab()
        if now:
            stop_clock(page, now)
        page.goto(home + path)
        return page

    yield visit
    assert windows.give_back(used) == []
