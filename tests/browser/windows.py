"""Browser windows that go from test to test: a tab that has shown a page shows the next one in a third of the time that
a new tab takes, and the next test finds it as if it were new."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests import project

# What the theme's RxJS says where a test sets the clock: a timer that it has cleared goes off all the same.
FAKED = "executing a cancelled action"

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
PLAIN = "nothing.html"  # every server of the tests has it: a page that shows and runs nothing
FORGET = "try { localStorage.clear(); sessionStorage.clear() } catch {}"
MANY = 6  # windows with tabs that wait: each tab is a process
# What a test may do to a tab that outlives the page in it.
LASTING = ("emulate_media", "expose_binding", "expose_function", "on", "route", "set_viewport_size")


@dataclass(eq=False)
class Window:
    """A browser window, what went wrong in it, and what the next test must not find."""

    home: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)
    tabs: list[Page] = field(default_factory=list)  # that wait for the next test
    marked: set[Page] = field(default_factory=set)  # tabs that do for no other test
    scripts: list[Any] = field(default_factory=list)  # that run before those of each page

    @classmethod
    def open(cls, browser: Browser, home: str, ticking: bool, options: dict[str, Any]) -> Window:
        context = browser.new_context(**options)
        if not ticking:
            context.add_init_script(TODAY)
        window = cls(home, context)
        window.watch()
        return window

    def watch(self) -> None:
        """Note whatever must not happen on any page, as it happens."""
        wrong, context, ours = self.wrong, self.context, (self.home, "data:", "blob:", "about:")
        context.on("console", lambda said: wrong.append(f"console: {said.text}") if said.type == "error" else None)
        context.on(
            "weberror", lambda error: None if FAKED in str(error.error) else wrong.append(f"script: {error.error}")
        )
        context.on("request", lambda asked: None if asked.url.startswith(ours) else wrong.append(f"asked {asked.url}"))
        context.on("response", lambda got: wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def tab(self) -> Page:
        """A tab as if it were new."""
        page = self.tabs.pop() if self.tabs else self._new()
        page.held_by = self  # type: ignore[attr-defined]
        return page

    def _new(self) -> Page:
        page = self.context.new_page()
        for name in LASTING:
            setattr(page, name, partial(self._mark, page, getattr(page, name)))
        before = page.add_init_script
        page.add_init_script = lambda *given: self.scripts.append(before(*given))  # type: ignore[method-assign,assignment]
        return page

    def _mark(self, page: Page, act: Callable, *given: Any, **named: Any) -> Any:
        self.marked.add(page)
        return act(*given, **named)

    def hold(self, script: str) -> None:
        """Run a script in the pages that are open, and before those of each page to come."""
        self.scripts.append(self.context.add_init_script(script))
        for page in self.context.pages:
            page.evaluate(script)

    def clear(self) -> bool:
        """Forget what a test left; whether the window does for another."""
        if any(page.evaluate(SET) for page in self.context.pages):
            return False
        for script in self.scripts:
            script.close()
        self.scripts.clear()
        own = [page for page in self.context.pages if hasattr(page, "held_by") and page not in self.marked]
        for page in set(self.context.pages) - set(own):
            page.close()
        self.marked.clear()
        return self._blank(own)

    def _blank(self, pages: list[Page]) -> bool:
        """Take all pages off before their storage goes: none writes it again."""
        try:
            for page in pages:
                page.goto(self.home + PLAIN)
                page.mouse.move(-1, -1)
            for page in pages:
                page.evaluate(FORGET)
        except Error:
            return False
        self.tabs = pages
        self.wrong.clear()
        return True


def stop_clock(page: Page, moment: datetime | str) -> None:
    """Set the clock of a page, and of all others in its window, to a moment at which it stands; timers go on."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    page.held_by.hold(f"Date.now = () => {moment.timestamp() * 1000:.0f}")  # type: ignore[attr-defined]


class Windows(dict[str, Window]):
    """Windows by their options; those that were used last."""

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self.browser = browser

    def take(self, home: str, ticking: bool, options: dict[str, Any]) -> Window:
        key = f"{home} {ticking} {sorted(options.items())}"
        self[key] = self.pop(key, None) or Window.open(self.browser, home, ticking, options)
        return self[key]

    def give_back(self, used: list[Window]) -> list[str]:
        """What went wrong in windows that a test used; what it left in them is gone."""
        seen = [said for window in used for said in window.wrong]
        for key, window in [*self.items()]:
            if window in used and not window.clear():
                self.pop(key).context.close()
        while len(self) > MANY:
            self.pop(next(iter(self))).context.close()
        return seen
