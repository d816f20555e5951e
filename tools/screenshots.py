"""Take the README's pictures of the built site, so that they stay true: screenshots/*.png, or in another folder."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import launch_options  # noqa: E402  (the tests are found from the project's folder)

PICTURES = [
    ("home", "", "light"),
    ("procedure", "procedures/complaints/", "light"),
    ("steps", "procedures/complaints/#listen", "light"),
    ("night", "roles/lobby-reception/", "dark"),
]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main() -> None:
    """Build, serve on loopback, and photograph each page at a phone's size."""
    out = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site], cwd=ROOT, check=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site))
        Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(**launch_options())
        for name, path, scheme in PICTURES:
            phone = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
            phone.goto(f"http://127.0.0.1:{server.server_port}/{path}")
            phone.wait_for_timeout(300)
            phone.screenshot(path=out / f"{name}.png")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
