"""Three browsers behind one small interface: open an address, run a function in the page, click at a point.

Each opens with nothing remembered. What Debian's packages bring is all that is needed: Firefox speaks WebDriver BiDi by
itself, WebKitGTK has a driver of its own, and Chromium is the one that the tests use.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import websocket
from playwright.sync_api import Error, sync_playwright

from tests.browser.chromium import launch_options

WIDTH, HEIGHT = 390, 844
PATIENCE = 60  # seconds for one answer of a browser
MINIBROWSER = "webkit2gtk-4.1/MiniBrowser"
# Arguments and results go as JSON: each protocol has other words for them.
CALL = "async (text) => JSON.stringify(await ({function})(...JSON.parse(text)) ?? null)"


class Driver(Protocol):
    """A browser with one page open."""

    def open(self, address: str) -> None: ...
    def call(self, function: str, text: str) -> str: ...
    def click(self, x: float, y: float) -> None: ...


def called(driver: Driver, function: str, *values: Any) -> Any:
    """What a function gives in the page; a promise is waited for."""
    return json.loads(driver.call(CALL.replace("{function}", function), json.dumps(values)))


# ── Chromium ────────────────────────────────────────────────────────────────────────────────────


class Chromium:
    def __init__(self, page: Any) -> None:
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def call(self, function: str, text: str) -> str:
        try:
            return str(self.page.evaluate(function, text))
        except Error as error:  # the page may just have gone
            raise RuntimeError(error.message) from None

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)


@contextlib.contextmanager
def chromium() -> Iterator[Driver]:
    with sync_playwright() as playwright, playwright.chromium.launch(**launch_options()) as browser:
        yield Chromium(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-TW"))


# ── Firefox ─────────────────────────────────────────────────────────────────────────────────────

PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "intl.accept_languages": "zh-TW",
}


class Firefox:
    def __init__(self, port: int) -> None:
        address = f"ws://127.0.0.1:{port}/session"
        self.socket = websocket.create_connection(address, suppress_origin=True, timeout=PATIENCE)
        self.numbers = count(1)
        self.say("session.new", capabilities={})
        self.context = self.say("browsingContext.getTree")["contexts"][0]["context"]
        viewport = {"width": WIDTH, "height": HEIGHT}
        self.say("browsingContext.setViewport", context=self.context, viewport=viewport)

    def say(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer: dict[str, Any] = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return dict(answer["result"])

    def open(self, address: str) -> None:
        self.say("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def call(self, function: str, text: str) -> str:
        answer = self.say(
            "script.callFunction",
            functionDeclaration=function,
            arguments=[{"type": "string", "value": text}],
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return str(answer["result"]["value"])

    def click(self, x: float, y: float) -> None:
        self.say("input.performActions", context=self.context, actions=[_click(x, y)])


@contextlib.contextmanager
def firefox() -> Iterator[Driver]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        kept = {**PREFERENCES, "browser.download.dir": profile}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in kept.items())
        Path(profile, "user.js").write_text("".join(lines), "utf-8")
        port = _free()
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", profile, f"--remote-debugging-port={port}"]
        with _running(command, port, HOME=profile):
            driver = Firefox(port)
            yield driver
            with contextlib.suppress(Exception):  # it goes before it has answered
                driver.say("browser.close")


# ── WebKitGTK ───────────────────────────────────────────────────────────────────────────────────


class WebKit:
    def __init__(self, port: int, program: str) -> None:
        self.base = f"http://127.0.0.1:{port}"
        options = {"binary": program, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        session = self.say("POST", "/session", capabilities=wanted)["sessionId"]
        self.base += f"/session/{session}"
        self.say("POST", "/timeouts", script=PATIENCE * 1000, pageLoad=PATIENCE * 1000)
        self.say("POST", "/window/rect", width=WIDTH, height=HEIGHT)

    def say(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:300]}") from None

    def open(self, address: str) -> None:
        self.say("POST", "/url", url=address)

    def call(self, function: str, text: str) -> str:
        script = f"""const done = arguments[1];
            ({function})(arguments[0]).then((value) => done([value]), (error) => done([null, String(error)]));"""
        value, *wrong = self.say("POST", "/execute/async", script=script, args=[text])
        if wrong:
            raise RuntimeError(wrong[0])
        return str(value)

    def click(self, x: float, y: float) -> None:
        self.say("POST", "/actions", actions=[_click(x, y)])


@contextlib.contextmanager
def webkit() -> Iterator[Driver]:
    (program,) = Path("/usr/lib").glob(f"*/{MINIBROWSER}")
    port, read_write = _free(), os.pipe()
    screen = ["Xvfb", "-displayfd", str(read_write[1]), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(screen, pass_fds=[read_write[1]], stderr=subprocess.DEVNULL) as server:
        os.close(read_write[1])
        with os.fdopen(read_write[0]) as told:
            number = told.readline().strip()
        try:
            with (
                tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
                _running(
                    ["WebKitWebDriver", f"--port={port}"],
                    port,
                    **{"DISPLAY": f":{number}", "HOME": home, "XDG_RUNTIME_DIR": home, "NO_AT_BRIDGE": "1"},
                    LANG="C.UTF-8",
                ),
            ):
                driver = WebKit(port, str(program))
                yield driver
                with contextlib.suppress(Exception):
                    driver.say("DELETE", "")
        finally:
            server.terminate()


# ── what they share ─────────────────────────────────────────────────────────────────────────────

ENGINES = {"Chromium": chromium, "Firefox ESR": firefox, "WebKitGTK": webkit}
PACKAGES = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}


def missing() -> list[str]:
    """Debian's packages for the browsers that are not here."""
    return [package for command, package in PACKAGES.items() if not shutil.which(command)]


def _click(x: float, y: float) -> dict[str, Any]:
    move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}
    press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
    return {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [move, *press]}


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A program that listens on a port, until it is no longer needed."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=quiet, stderr=quiet) as process:
        try:
            _wait(port)
            yield
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(20 * PATIENCE):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the browser did not start")
