"""A phone without a browser: what its storage holds, its clock, and pages that were opened on it one after another."""

from __future__ import annotations

import tempfile
from types import TracebackType
from typing import Any

from tests.web.node import Node

# Each page has modules of its own, which remember nothing of another's: so they are imported from a folder of its own,
# and the storage tells each that it lies at the root.
PHONE = """async (web) => {
    const { cpSync } = await import("node:fs");
    const { fileURLToPath } = await import("node:url");
    const held = new Map();
    const phone = { now: 0, wrong: "", site: "", tab: "", formerly: "" };
    const may = (kind) => {
        if (phone.wrong === "blocked" || phone.wrong === kind) throw new Error(phone.wrong);
    };
    const ours = (key) => key.replace(`:${phone.site}:`, ":/:");
    const storage = {
        getItem: (key) => (may("get"), held.get(ours(key)) ?? null),
        setItem: (key, value) => (may("full"), void held.set(ours(key), String(value))),
        removeItem: (key) => (may("get"), void held.delete(ours(key))),
    };
    globalThis.localStorage = new Proxy(storage, {
        ownKeys: () => (may("get"), [...held.keys()].map((key) => key.replace(":/:", `:${phone.site}:`))),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    });
    Date.now = () => phone.now;
    const tabs = new Map();
    globalThis.sessionStorage = {
        getItem: (key) => (may("get"), tabs.get(phone.tab + key) ?? null),
        setItem: (key, value) => (may("full"), void tabs.set(phone.tab + key, value)),
    };
    document.querySelector = () => phone.formerly ? { dataset: { formerly: phone.formerly } } : null;
    globalThis.location = new URL("https://handbook.test/");
    Object.defineProperty(globalThis, "navigator", { value: {} });
    globalThis.dispatchEvent = () => {};
    return async ({ page, module, call, given = [], ...more }) => {
        Object.assign(phone, more.phone);
        for (const [key, value] of Object.entries(more.store ?? {})) {
            value === null ? held.delete(key) : held.set(key, value);
        }
        if (!page) return Object.fromEntries(held);
        phone.site = `${page}/`;
        const folder = `${page}/assets`;
        if (!module) cpSync(fileURLToPath(web), folder, { recursive: true });
        const found = await import(`${folder}/${module ?? "storage.js"}`);
        try {
            return typeof found[call] === "function" ? await found[call](...given) : found[call];
        } catch (wrong) {
            return { thrown: wrong.message };
        }
    };
}"""


class Page:
    """A page of the phone."""

    def __init__(self, device: Device, folder: str) -> None:
        self.device, self.folder = device, folder

    def call(self, module: str, name: str, *given: Any) -> Any:
        return self.device.ask(page=self.folder, module=module, call=name, given=given)

    def people(self, name: str, *given: Any) -> Any:
        return self.call("people/people.js", name, *given)


class Device:
    """A phone: nothing is on it at first."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._node = Node(PHONE)
        self._pages = 0
        self.set(now=1_797_292_800_000)

    def __enter__(self) -> Device:
        self._node.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._node.__exit__(kind, error, at)
        self._folder.cleanup()

    def ask(self, **asked: Any) -> Any:
        return self._node.ask(asked)

    def set(self, **phone: Any) -> None:
        """Set its clock (`now`), what is wrong with its storage (`full`, `blocked` or nothing), which `tab` is in
        front, or what pages tell of names of before (`formerly`)."""
        self.ask(phone=phone)

    def open(self) -> Page:
        """A page that was opened just now; all of them lie at the same address."""
        self._pages += 1
        folder = f"{self._folder.name}/{self._pages}"
        self.ask(page=folder)
        return Page(self, folder)

    def store(self, **kept: str | None) -> None:
        """Put something into its storage, or take it out, by the handbook's own names."""
        self.ask(store={f"handbook:/:{name}": value for name, value in kept.items()})

    @property
    def stored(self) -> dict[str, str]:
        """What its storage holds, by the handbook's own names."""
        return {name.removeprefix("handbook:/:"): value for name, value in self.ask().items()}
