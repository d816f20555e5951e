"""A web host as phones meet it: sometimes down, sometimes broken, sometimes half-way to the next version."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FOLDER = "/handbook/"


@dataclass
class Host:
    """Serves `site` below `home` until it goes down; the same address is taken again when it comes up."""

    site: Path = Path()
    broken: dict[str, int] = field(default_factory=dict)  # address → the status it answers with
    replaced: dict[str, bytes] = field(default_factory=dict)  # address → what is there instead
    tried: list[str] = field(default_factory=list)  # every address below the site's that was asked for
    asked: list[str] = field(default_factory=list)  # those that were answered in full
    port: int = 0
    _server: _Server | None = None

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}{FOLDER}"

    @property
    def is_up(self) -> bool:
        return self._server is not None

    def up(self) -> None:
        host = self

        class Answer(_Answer):
            def __init__(self, *given: Any) -> None:
                super().__init__(host, *given)

        self._server = _Server(("127.0.0.1", self.port), Answer)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def down(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a browser that goes needs no answer any more
            super().handle_error(request, client_address)


class _Answer(SimpleHTTPRequestHandler):
    """One connection a request, so that none outlives the server."""

    def __init__(self, host: Host, *given: Any) -> None:
        self.host = host
        super().__init__(*given)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if not self.host.is_up:
            return  # a browser opens connections before it has a question: this one is from before
        if not path.startswith(FOLDER):
            self.send_error(404)
            return
        address = path.removeprefix(FOLDER)
        self.host.tried.append(address)
        if status := self.host.broken.get(address):
            self.send_error(status)
            return
        if (other := self.host.replaced.get(address)) is not None:
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(path))
            self.send_header("Content-Length", str(len(other)))
            self.end_headers()
            self.wfile.write(other)
            return
        self.path, self.directory = f"/{address}", str(self.host.site)  # as it is now: the connection may be older
        self.forget_others()
        super().do_GET()

    def forget_others(self) -> None:
        """What the browser has of a newer version is not the same file: it is to have the older one again."""
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.exists() and self.headers["If-Modified-Since"] != self.date_time_string(int(file.stat().st_mtime)):
            del self.headers["If-Modified-Since"]

    def send_response(self, code: int, message: str | None = None) -> None:
        if code == 200:
            self.host.asked.append(self.path.partition("?")[0].removeprefix(FOLDER).removeprefix("/"))
        super().send_response(code, message)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says of everything
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass
