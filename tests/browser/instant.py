"""The built site as its theme serves it once it has an address: pages change without a reload."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tests import project
from tests.conftest import serving

URL = "<url><loc>{}</loc></url>"


@contextlib.contextmanager
def instantly(site: Path, folder: Path) -> Iterator[str]:
    """Serve a site with a map of its own address, which is all that instant navigation asks for."""
    for made in site.iterdir():
        if made.name != "sitemap.xml":
            (folder / made.name).symlink_to(made)
    with serving(folder) as home:
        pages = (file for file in site.rglob("*.html") if 'http-equiv="refresh"' not in file.read_text("utf-8"))
        urls = "".join(URL.format(escape(home + project.address(site, page))) for page in pages)
        head = '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        (folder / "sitemap.xml").write_text(f"{head}{urls}</urlset>", "utf-8")
        yield home
