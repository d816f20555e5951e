"""What makes a built site installable: the list of files that a phone keeps, the worker that keeps them, a manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

ROOM = Path(__file__).parent
WORKER = "sw.js"
MANIFEST = "manifest.json"  # every server knows what .json is; not all know .webmanifest
ICONS = "assets/icons"

NEEDED = {".html", ".css", ".js", ".json", ".xml"}  # pages, and what they run on: kept whatever they weigh
FETCHED = {
    ".pdf",
    ".zip",
    ".txt",
    ".map",
    ".gz",
    ".atom",
    ".ics",
}  # downloads, and what only developers ask for: never kept
LIGHT = 300_000  # bytes: anything else is kept where it weighs no more
UNASKED = "assets/javascripts/lunr/"  # word lists of the theme for other languages than ours


def pack(site: Path, title: str, edition: str, start: str, base: str = "/") -> None:
    """Write the manifest and the worker of a site that is otherwise whole.

    `title` is the handbook's name, `edition` a date to call it by, `start` the address of its first page, `base` the
    path that the page for lost addresses takes the site to have.
    """
    _write(site / MANIFEST, json.dumps(_manifest(site, title, start), ensure_ascii=False, indent=1))
    files = dict(kept(site))
    build = _digest(json.dumps(files).encode())
    book = {"version": f"{edition}・{int(build, 16) % 10_000:04}", "build": build, "base": base, "files": files}
    worker = (ROOM / "worker.js").read_text("utf-8")
    _write(site / WORKER, f"self.handbook = {json.dumps(book, ensure_ascii=False, indent=0)};\n{worker}")


def unpack(site: Path) -> None:
    """Write a worker that takes itself off the phones where an earlier one was installed."""
    _write(site / WORKER, (ROOM / "farewell.js").read_text("utf-8"))


def kept(site: Path) -> Iterator[tuple[str, str]]:
    """Address below the site's → digest of each file that a phone keeps."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name, path in sorted(paths.items()):
        if name != WORKER and not name.startswith((".", UNASKED)) and _wanted(path):
            yield quote(re.sub(r"(^|/)index\.html$", r"\1", name)), _digest(path.read_bytes())


def _wanted(path: Path) -> bool:
    return path.suffix in NEEDED or (path.suffix not in FETCHED and path.stat().st_size <= LIGHT)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _manifest(site: Path, title: str, start: str) -> dict[str, object]:
    """What a phone's home screen shows; every address is relative, so that a site may stand in any folder."""
    tokens = (site / "assets/tokens.css").read_text("utf-8")
    return {
        "name": title,
        "short_name": title,
        "lang": "zh-TW",
        "start_url": start,
        "scope": "./",
        "display": "standalone",
        "theme_color": _colour(tokens, "brand"),
        "background_color": _colour(tokens, "ground"),
        "icons": [
            _icon("icon.svg", "any", "any"),
            _icon("icon-192.png", "192x192", "any"),
            _icon("icon-512.png", "512x512", "any"),
            _icon("maskable-512.png", "512x512", "maskable"),
        ],
    }


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = "svg+xml" if name.endswith(".svg") else "png"
    return {"src": f"{ICONS}/{name}", "sizes": sizes, "type": f"image/{kind}", "purpose": purpose}


def _colour(tokens: str, name: str) -> str:
    found = re.search(rf"--hb-{name}: (#\w+)", tokens)
    return found[1] if found else "#ffffff"


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")
