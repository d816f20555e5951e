"""What each clause demands as the handbook stands, in a small file: by it a phone tells what changed since it was last
looked at (web/news/)."""

from __future__ import annotations

import json

from ..model.book import Handbook
from ..model.former import former
from ..model.sops import Sop
from .view import folder_of

MARKS = "clauses.json"


def marks(book: Handbook, directory_urls: bool = True) -> bytes:
    """Each SOP: its page, its version and the last one that changed a demand; each clause's fingerprint; old ids."""
    sops = {key: _of(book, sop, directory_urls) for key, sop in book.sops.items()}
    told = {"sops": sops, "formerly": former(book).clauses}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _of(book: Handbook, sop: Sop, directory_urls: bool) -> dict[str, str]:
    demanding = next((change for change in sop.history if not change.editorial), sop.history[-1])
    placed = book.clauses[sop.id].items()
    return {
        "title": book.title(sop),
        "page": folder_of(f"{sop.folder}/{sop.id}") + ("" if directory_urls else "index.html"),
        "version": sop.current.version,
        "demands": demanding.version,
        "from": f"{sop.current.effective}",
        "clauses": " ".join(f"{ident}={book.fingerprint(sop, one)[:6]}" for ident, one in placed),
    }
