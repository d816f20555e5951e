"""What all tests share: the handbook built once, a server for it, and a browser that tolerates no mistake."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import project
from tests.browser.chromium import launch_options

# This tree's package, also where another tree's is installed: a copy of the project is tested as a whole.
sys.path.insert(0, str(project.ROOT / "hooks"))
os.environ["HANDBOOK_CACHE"] = str(project.ROOT / ".cache")  # a sheet of paper is the same wherever it is printed

from handbook.compile import compile_handbook
from handbook.model.book import Handbook

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}

# What is green here is green everywhere; `make test ARGS=--hypothesis-profile=default` invents new input.
hypothesis.settings.register_profile("same", derandomize=True)
hypothesis.settings.load_profile("same")


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
    """The shipped handbook, built once."""
    return project.build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, project.Built]:
    """Every page of the built site by its address."""
    return {page.address: page for page in project.pages(site)}


# ── in a browser ────────────────────────────────────────────────────────────────────────────────


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for all the files of a page

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=3600")  # what is built once is served as it is
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives the address, which ends in a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
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
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**launch_options())
        yield chromium
        chromium.close()


# What the theme's RxJS says where a test sets the clock: a timer that it has cleared goes off all the same.
FAKED = "executing a cancelled action"


def _watch(context: BrowserContext, home: str) -> list[str]:
    """Note whatever must not happen on any page, as it happens."""
    wrong: list[str] = []
    context.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
    context.on("weberror", lambda error: None if FAKED in str(error.error) else wrong.append(f"script: {error.error}"))
    ours = (home, "data:", "blob:", "about:")
    context.on("request", lambda asked: None if asked.url.startswith(ours) else wrong.append(f"asked {asked.url}"))
    context.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)
    return wrong


# Pages are looked at on the day on which they were built, whatever day it is: what is overdue depends on it.
SHIFT = (int(project.TODAY) - time.time()) * 1000
TODAY = f"""{{
    const Real = Date, real = Real.now;
    let now = () => Math.floor(real() + {SHIFT:.0f});
    Date = new Proxy(Real, {{
        apply: () => `${{new Real(now())}}`,
        construct: (_, given, as) => Reflect.construct(Real, given.length ? given : [now()], as),
        get: (_, name) => (name === "now" ? now : Real[name]),
        set: (_, name, value) => (name === "now" ? (now = value) : (Real[name] = value), true),
    }});
}}"""
SET = "Date.isFake === true"  # a test has set the clock of a page, and the page's window would keep it

Window = tuple[BrowserContext, list[str]]
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def windows(browser: Browser) -> dict[str, Window]:
    """Browser windows by their options: a window that has the theme's scripts already shows the next page sooner."""
    return {}


@pytest.fixture
def visit(browser: Browser, windows: dict[str, Window], request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a page: `visit("deadlines/", size="desktop", scheme="dark")`. A clock that a test sets going, rather than to
    one fixed time, can't bear the shift of days: `ticking=True`.

    Pages opened with the same options in one test share what a reader's browser remembers; the next test knows
    nothing of it. At its end a test fails where any of its pages wrote an error, threw one, missed a file or asked
    another host for anything.
    """
    used: dict[str, Window] = {}

    def visit(
        path: str = "",
        *,
        size: str | tuple[int, int] = "phone",
        scheme: str = "light",
        at: str = "",
        ticking: bool = False,
        **more: Any,
    ) -> Page:
        home = at or request.getfixturevalue("server")
        width, height = SIZES[size] if isinstance(size, str) else size
        options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme, "locale": "zh-TW", **more}
        options.setdefault(
            "service_workers", "block"
        )  # what they do is in test_offline.py; here they'd only get in the way
        key = f"{home} {ticking} {sorted(options.items())}"
        if key not in windows:
            context = browser.new_context(**options)
            if not ticking:
                context.add_init_script(TODAY)
            windows[key] = (context, _watch(context, home))
        used[key] = windows[key]
        page = used[key][0].new_page()
        page.goto(home + path)
        return page

    yield visit
    seen: list[str] = []
    for key, (context, wrong) in used.items():
        clock = any(page.evaluate(SET) for page in context.pages)
        for page in context.pages:
            page.close()
        context.set_storage_state({"cookies": [], "origins": []})
        seen += wrong
        wrong.clear()
        if clock:
            windows.pop(key)[0].close()
    assert seen == []
