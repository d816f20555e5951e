"""A phone without a browser: what its storage holds, its clock, and pages that were opened on it one after another."""

from __future__ import annotations

import atexit
from types import TracebackType
from typing import Any

from tests.web.node import Node

# Each page has modules of its own, which remember nothing of another's: so they have an address of its own, and the
# storage tells each that it lies at the root.
PHONE = """async (web) => {
    const { registerHooks } = await import("node:module");
    const { readFileSync } = await import("node:fs");
    const fileOf = (url) => new URL(web + new URL(url).pathname.replace(/^\\/assets/, ""));
    registerHooks({
        resolve: (name, { parentURL }, next) => name.startsWith("page:") || parentURL?.startsWith("page:")
            ? { url: new URL(name, parentURL).href, format: "module", shortCircuit: true }
            : next(name),
        load: (url, context, next) => url.startsWith("page:")
            ? { format: "module", source: readFileSync(fileOf(url)), shortCircuit: true }
            : next(url, context),
    });
    const held = new Map();
    const phone = { now: 0, wrong: "", tab: "", formerly: "" };
    const may = (kind) => {
        if (phone.wrong === "blocked" || phone.wrong === kind) throw new Error(phone.wrong);
    };
    const room = (key, value) => {
        const all = [...held].filter(([name]) => name !== key).flat().reduce((sum, text) => sum + text.length, 0);
        if (all + key.length + value.length > 5_000_000) throw new Error("full");
    };
    const storage = new Proxy({
        getItem: (key) => (may("get"), held.get(key) ?? null),
        setItem: (key, value) => (may("full"), room(key, String(value)), void held.set(key, String(value))),
        removeItem: (key) => (may("get"), void held.delete(key)),
    }, {
        ownKeys: () => (may("get"), [...held.keys()]),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
    Object.defineProperty(globalThis, "localStorage", { get: () => (phone.wrong === "absent" ? null : storage) });
    Date.now = () => phone.now;
    const tabs = new Map();
    globalThis.sessionStorage = {
        getItem: (key) => (phone.wrong ? null : tabs.get(phone.tab + key) ?? null), // as before.js has it
        setItem: (key, value) => (may("full"), void tabs.set(phone.tab + key, value)),
    };
    document.querySelector = () => phone.formerly ? { dataset: { formerly: phone.formerly } } : null;
    globalThis.location = new URL("https://handbook.test/");
    Object.defineProperty(globalThis, "navigator", { value: {} });
    globalThis.dispatchEvent = () => {};
    const freeze = (value) => {
        if (value instanceof Object) Object.values(Object.freeze(value)).forEach(freeze);
        return value;
    };
    const answer = async ({ page, module, call, given }) => {
        const found = await import(`page://${page}/assets/${module}`);
        return typeof found[call] === "function" ? found[call](...freeze(given)) : found[call];
    };
    return async ({ empty, store, ...asked }) => {
        if (empty) [held, tabs].forEach((kept) => kept.clear());
        Object.assign(phone, asked.phone);
        for (const [key, value] of Object.entries(store ?? {})) {
            value === null ? held.delete(key) : held.set(key, value);
        }
        if (!asked.page) return { value: Object.fromEntries(held) };
        try {
            return { value: (await answer(asked)) ?? null };
        } catch (error) {
            return { error: [error.constructor.name, error.message] };
        }
    };
}"""


class Refused(Exception):
    """What one of our scripts throws: the name of its kind, and what it says."""


class Page:
    """A page of the phone."""

    def __init__(self, device: Device, number: int) -> None:
        self.device, self.number = device, number

    def call(self, module: str, name: str, *given: Any) -> Any:
        """What a module exports: a value, or what a function makes of what it is given, which it can't change."""
        return self.device.ask(page=self.number, module=module, call=name, given=given)

    def people(self, name: str, *given: Any) -> Any:
        return self.call("people/people.js", name, *given)


_idle: list[Node] = []  # they go from test to test: to start one takes longer than most tests
_pages = 0  # that were opened on any phone


def _close() -> None:
    for node in _idle:
        node.__exit__(None, None, None)


atexit.register(_close)


class Device:
    """A phone: nothing is on it at first."""

    def __init__(self) -> None:
        self._node = _idle.pop() if _idle else Node(PHONE).__enter__()
        self.empty()

    def __enter__(self) -> Device:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _idle.append(self._node)

    def ask(self, **asked: Any) -> Any:
        answer = self._node.ask(asked)
        if wrong := answer.get("error"):
            raise Refused(*wrong)
        return answer["value"]

    def empty(self) -> None:
        """Be a new phone."""
        self.ask(empty=True, phone={"now": 1_797_292_800_000, "wrong": "", "tab": "", "formerly": ""})

    def set(self, **phone: Any) -> None:
        """Set its clock (`now`), what is wrong with its storage (`full`, `blocked`, `absent` or nothing), which `tab`
        is in front, or what pages tell of names of before (`formerly`)."""
        self.ask(phone=phone)

    def open(self) -> Page:
        """A page that was opened just now; all of them lie at the same address."""
        global _pages
        _pages += 1
        page = Page(self, _pages)
        page.call("storage.js", "SITE")
        return page

    def store(self, **kept: str | None) -> None:
        """Put something into its storage, or take it out, by the handbook's own names."""
        self.ask(store={f"handbook:/:{name}": value for name, value in kept.items()})

    @property
    def stored(self) -> dict[str, str]:
        """What its storage holds, by the handbook's own names."""
        return {name.removeprefix("handbook:/:"): value for name, value in self.ask().items()}
