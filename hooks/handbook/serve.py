"""`handbook serve`: the handbook while it is written, on this machine and on the phones of its network."""

from __future__ import annotations

import io
import logging
import os
import runpy
import signal
import socket
import sys
from pathlib import Path

import segno

from .network import EVERYWHERE, own_address, reached
from .problem import Refused

HERE = "127.0.0.1"


def serve(root: Path, port: int, local: bool) -> int:
    """Serve until somebody ends it; answers the exit status.

    Raises Refused where there is nothing to serve, or no way to.
    """
    if not (root / "mkdocs.yml").is_file():
        raise Refused("這裡沒有 mkdocs.yml；先寫一本：handbook new 資料夾")
    address = None if local else own_address()
    host = EVERYWHERE if address else HERE
    _try(host, port)
    if not (local or address):
        print("找不到這台電腦的網路位址：只有這台電腦打得開", flush=True)
    return _run(root, host, port)


def _try(host: str, port: int) -> None:
    """Say at once where it can't be: after the first build, the generator would, in its own words."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(f"用不了 {port} 這個埠（{error.strerror}）；換一個：handbook serve --port 8001") from None


def _run(root: Path, host: str, port: int) -> int:
    """The generator's own server, in this process, so that whatever ends the one ends the other."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # a notice of the theme's, known and not for authors
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)  # it takes its folder away then
    logging.getLogger("mkdocs.livereload").addFilter(_greeted)
    os.chdir(root)
    sys.argv = ["mkdocs", "serve", "--dev-addr", f"{host}:{port}"]
    try:
        runpy.run_module("mkdocs", run_name="__main__")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
    return 0


def _greeted(record: logging.LogRecord) -> bool:
    """Say where the handbook is, in place of the server: its own address may be one that nobody can open."""
    _, _, url = record.getMessage().partition("Serving on ")
    if url:
        print(greeting(url), flush=True)
    return not (url or "Watching paths" in record.getMessage())  # whose, no author asks


def greeting(url: str) -> str:
    """What an author reads once the server runs."""
    if EVERYWHERE not in url:
        return f"手冊在 {url}（只有這台電腦打得開）；按 Ctrl-C 結束"
    return "\n".join(
        [
            _code(reached(url)),
            f"手機連同一個網路，掃條碼，或打開 {reached(url)}（這台電腦：{url.replace(EVERYWHERE, HERE)}）",
            "注意：同一個網路的人現在都打得開；只給這台電腦看，用 handbook serve --local。按 Ctrl-C 結束",
        ]
    )


def _code(url: str) -> str:
    """A code for phones, as lines of a terminal: light on dark whatever the terminal's own colours."""
    lines = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(lines, compact=True)
    if not sys.stdout.isatty():
        return lines.getvalue()
    return "\n".join(f"\x1b[97;40m{line}\x1b[0m" for line in lines.getvalue().splitlines())
