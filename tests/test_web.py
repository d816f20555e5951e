"""Scripts and styles against the oldest browsers that the handbook is for: tests/web/package.json names them.

ESLint knows which syntax and which styles these have; TypeScript, whose types of the browser's own things are narrowed
to them (tests/web/narrow.js), knows the rest. What only newer browsers have stands behind a check, or beside a comment
that says what the others do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests import project
from tests.web import tools

CONFIG = tools.HERE / "eslint.config.js"
STRICT = [
    *("--strict", "--checkJs", "--allowJs", "--noEmit", "--skipLibCheck", "--ignoreConfig", "--libReplacement"),
    *("--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler", "--moduleDetection", "force"),
]
PAGES, WORKERS = "es2022,dom", "es2022"  # service workers name their library themselves: it is another than a page's


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    tools.install()


def lint(*places: str | Path, folder: Path = project.ROOT) -> tools.Done:
    return tools.node("eslint/bin/eslint.js", "--config", CONFIG, "--max-warnings", "0", *places, folder=folder)


def compiled(library: str, *scripts: Path) -> tools.Done:
    return tools.node("typescript/bin/tsc", *STRICT, "--lib", library, *scripts, folder=tools.FOLDER)


def test_every_script_and_style_of_ours_is_for_the_oldest_browsers_too() -> None:
    done = lint("hooks/handbook")
    assert done.returncode == 0, done.stdout


def test_every_published_script_is_read_by_the_oldest_browsers_the_themes_too(site: Path) -> None:
    scripts = {path.relative_to(site).as_posix() for path in site.rglob("*.js")}
    assert {"sw.js", "assets/before.js", "assets/handbook.js"} < scripts
    assert any(re.match(r"assets/javascripts/bundle\.", name) for name in scripts)
    done = lint(*sorted(scripts), "assets/icons.css", folder=site)
    assert done.returncode == 0, done.stdout


def test_scripts_use_what_they_name_as_the_oldest_browsers_have_it() -> None:
    scripts = sorted(project.WEB.rglob("*.js"))
    assert len(scripts) > 20
    done = compiled(PAGES, *scripts)
    assert done.returncode == 0, done.stdout


def test_so_do_service_workers() -> None:
    done = compiled(WORKERS, *sorted((project.ROOT / "hooks/handbook/offline").glob("*.js")))
    assert done.returncode == 0, done.stdout


# ── that the tools see what is new ──────────────────────────────────────────────────────────────

TOO_NEW = {
    "behind.js": "export const a = /(?<=b)c/;",
    "made.js": 'export const a = new RegExp("(?<!b)c");',
    "class.js": "export class A { static { A.b = 1; } }",
    "v.js": "export const a = /[a--b]/v;",
    "import.js": 'import data from "./a.json" with { type: "json" }; export default data;',
    "before.js": "const a = { ...b };",
    "docs/subgrid.css": "a { grid-template-columns: subgrid; }",
    "docs/nested.css": "a { & b { color: red; } }",
    "docs/mix.css": "a { color: color-mix(in srgb, red, blue); }",
    "docs/wrap.css": "a { text-wrap: balance; }",
    "docs/high.css": "a { height: 100dvh; }",
    "docs/container.css": "@container (min-width: 1px) { a { color: red; } }",
    "docs/light.css": "a { color: light-dark(red, blue); }",
    "docs/dir.css": "a:dir(rtl) { color: red; }",
}
WITH_A_WAY_AROUND = {
    "docs/around.css": "@supports (text-wrap: balance) { a { text-wrap: balance; } }",
    "docs/has.css": "a:has(b) { accent-color: red; }",
    "plain.js": "export class A { #a = 1; static b = 2; c() { return this.#a ?? A?.b; } }\nawait 1;",
}
UNKNOWN = {
    "document.body.ariaDescription = '';": "read-only",
    "document.body.inert = true;": "read-only",
    "document.body.showPopover();": "possibly 'undefined'",
    "requestIdleCallback(() => {});": "Cannot find name",
    "navigator.share({});": "possibly 'undefined'",
    "document.startViewTransition(() => {});": "possibly 'undefined'",
    "URL.canParse('');": "possibly 'undefined'",
    "new CloseWatcher();": "Cannot find name",
    "[1].toSorted();": "does not exist",
    "Promise.withResolvers();": "does not exist",
}
KNOWN = """
document.body.ariaLabel = document.body.role = '';
(window.requestIdleCallback ?? setTimeout)(() => {});
navigator.share?.({});
new BroadcastChannel('a');
structuredClone([1].at(-1));
navigator.storage.persist();
addEventListener('submit', ({ submitter }) => submitter);
document.querySelector('dialog')?.showModal();
"""


def test_eslint_finds_what_is_too_new(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name, text in {**TOO_NEW, **WITH_A_WAY_AROUND}.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = lint("--format", "json", ".", folder=tmp_path)
    found = {Path(one["filePath"]).relative_to(tmp_path).as_posix(): one["messages"] for one in json.loads(done.stdout)}
    assert {name for name, messages in found.items() if messages} == set(TOO_NEW), done.stdout
    assert all(one["ruleId"] for messages in found.values() for one in messages), done.stdout


def test_typescript_finds_what_is_too_new(tmp_path: Path) -> None:
    new, known = tmp_path / "new.js", tmp_path / "known.js"
    new.write_text("\n".join(UNKNOWN), "utf-8")
    known.write_text(KNOWN, "utf-8")
    said = compiled(PAGES, new, known).stdout
    for line, problem in enumerate(UNKNOWN.values(), 1):
        assert re.search(rf"new\.js\({line},\d+\): error .*{problem}", said), said
    assert "known.js" not in said, said


# ── what is said of it ──────────────────────────────────────────────────────────────────────────


def test_the_readme_names_the_same_browsers() -> None:
    names = json.loads((tools.HERE / "package.json").read_text("utf-8"))["browserslist"]
    lowest = {name.lower(): version for name, version in (line.split(" >= ") for line in names)}
    assert lowest["ios"] == lowest["safari"]
    said = (project.ROOT / "README.md").read_text("utf-8")
    for name, label in (("safari", "Safari"), ("firefox", "Firefox"), ("chrome", "Chromium")):
        assert f"{label} {lowest[name]}" in said


def test_the_lock_names_no_host() -> None:
    lock = json.loads((tools.HERE / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all("resolved" not in package and "integrity" in package for package in packages.values())
