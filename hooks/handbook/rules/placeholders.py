"""Rules on `$(…)`: it stands for something, and where words are shown as they stand there is none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from ..model.book import PLACEHOLDER, Handbook
from ..model.document import Text, trail_of
from ..model.registers import REGISTERS
from ..problem import Problem, rule
from .closest import Closest

AS_WRITTEN = {"names", "people", "name", "also", "aliases"}  # fields that pages and search show as they stand


@rule("unknown-placeholder", bad="do: 呈報$(boss)", good="do: 呈報$(director)", anywhere="names posts")
def unknown_placeholder(book: Handbook) -> Iterator[Problem]:
    """$(…) 裡要是組織裡的名稱、崗位、表單、SOP，或「SOP#條文」的期限與限度。"""
    closest = Closest(book)
    for key, (link, _, text) in _citing(book):
        here = key if key in book.sops else None
        refs = PLACEHOLDER.findall(text)
        for ref in refs:
            if not book.target(ref, here) and not _waits(book, ref, key):
                message = _explain(book, ref, here, closest)
                yield book.problem(key, trail_of(link), "unknown-placeholder", message)
        if text.count("$(") > len(refs):
            yield book.problem(key, trail_of(link), "unknown-placeholder", "$( 沒有關起來")


@lru_cache(maxsize=1)
def _citing(book: Handbook) -> list[tuple[str, Text]]:
    """Every text with a placeholder, and the key of its file."""
    return [(key, text) for key, document in book.documents.items() for text in document.citing]


def _waits(book: Handbook, ref: str, here: str) -> bool:
    """Whether the reference goes to a file that could not be read: its own problem says enough."""
    key, hash_, inner = ref.partition("#")
    if found := book.clause(f"{key or here}#{inner}"):
        return book.measures_later(*found)
    return book.waits(f"{key or here}{hash_}") or (not hash_ and book.forms_unread)


def _explain(book: Handbook, ref: str, here: str | None, closest: Closest) -> str:
    key, hash_, inner = ref.partition("#")
    inner, _, part = inner.partition(".")
    if hash_ and book.clause(f"{key or here}#{inner}"):
        missing = {
            "": "期限或限度",
            "end": "期限",
            "range": "範圍（range）",
            "limit": "限度",
            "amount": "期限或限度",
        }.get(part)
        return f"$({ref}) 這一條沒有{missing}可以引用" if missing else f"$({ref})：點後面只能是 amount、end 或 range"
    names = chain(book.organization.names, book.organization.posts, book.organization.people, book.forms, book.sops)
    clauses = (f"{key}#{clause}" for clause in book.clauses.get(key or here or "", {}))
    return f"沒有 $({ref}) 這個代號{closest(ref, clauses if hash_ else names)}"


@rule("name-cites", bad="name: $(company)訪客登記表", good="name: 訪客登記表", anywhere="names posts")
def name_cites(book: Handbook) -> Iterator[Problem]:
    """名稱與別名照原樣顯示，裡面不用 $(…)；SOP 的標題只引用名稱與崗位。"""
    names = {*book.organization.names, *book.organization.posts}
    for key, (link, _, text) in _citing(book):
        trail = trail_of(link)
        title = trail == ("title",)
        if title or AS_WRITTEN.intersection(trail):
            citable = names if title and key not in REGISTERS else ()
            for match in PLACEHOLDER.finditer(text):
                if match[1] not in citable:
                    yield book.problem(key, trail, "name-cites", f"這裡不能引用 $({match[1]})，直接寫出來")
