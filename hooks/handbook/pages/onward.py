"""Pages that lead on: from an address that must hold for ever, as it is printed or was sent, to where its page stands.

Each is a file of its own, so that any host serves it. It works without scripts; with them, what an address carries
along goes on to the page. Where it leads is fixed here: nothing of an address is ever written, or followed.
"""

from __future__ import annotations

from html import escape

from ..model.book import Handbook
from ..paper.sheet import SHORT
from .former import ways

SCRIPT = "assets/onward.js"

# The script goes at once and leaves no step to come back to; beside it, a refresh would win the race now and then, and
# lose what the address carries along. Nothing else is fetched, an icon neither.
_PAGE = """\
<!doctype html>
<html lang="zh-TW">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="canonical" href="{page}">
<link rel="icon" href="data:,">
<script src="{script}" data-to="{to}"></script>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body>
<main>
<h1><a href="{to}">{title}</a></h1>
<p>沒有自動打開，就點上面的名稱。</p>
</main>
</body>
</html>
"""


def onward(at: str, to: str, title: str, directory_urls: bool = True) -> tuple[str, bytes]:
    """A page at `at` that leads on to `to`: its path from the docs folder, and the file.

    Both are paths of pages as `Handbook.page` gives them (`procedures/fees`); `to` may have an #anchor.
    """
    page, hash_, anchor = to.partition("#")
    up = "../" * (at.count("/") + 1)
    there = f"{up}{page}/{'' if directory_urls else 'index.html'}"
    told = {"title": title, "page": there, "to": there + hash_ + anchor, "script": up + SCRIPT}
    written = _PAGE.format_map({name: escape(words) for name, words in told.items()})
    return f"{at}/index.html", written.encode()


def shortcuts(book: Handbook, directory_urls: bool = True) -> dict[str, bytes]:
    """For each SOP, a page at the short address that is printed on its sheets."""
    return dict(
        onward(f"{SHORT}/{sop.id}", f"{sop.folder}/{sop.id}", book.title(sop), directory_urls)
        for sop in book.sops.values()
    )


def signposts(book: Handbook, directory_urls: bool = True) -> dict[str, bytes]:
    """A page at each address of before."""
    return dict(onward(*way, directory_urls) for way in ways(book, SHORT))
