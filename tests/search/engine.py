"""The search engine as phones run it, over a handbook's data, in Node.js: what is found, and what of it is marked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handbook.search.index import SOUNDS, START
from tests.web.node import Node

ASKED = """async (web) => {
    const { Engine } = await import(`${web}/search/engine.js`);
    let engine;
    return (asked) => {
        if (typeof asked === "string") return engine.search(asked);
        engine = new Engine(asked[0]);
        for (const part of asked.slice(1)) engine.add(part);
        return null;
    };
}"""
SEEN = 4  # of a page: itself, and the places that show without opening 'more'


@dataclass(frozen=True)
class Found:
    """What stands in the list of results: the addresses that are seen of each page, first of all and without opening
    'more' (`shown`), what is marked in them, and how much of the query is met."""

    pages: list[list[str]]
    shown: list[list[str]]
    marked: set[str]
    covered: float

    @property
    def told(self) -> bool:
        """Whether it is said that nothing was found."""
        return self.covered < 0.48


def parts(files: dict[str, str]) -> list[Any]:
    """All of some search data, in the order in which a phone adds it."""
    start = json.loads(files[START])["config"]["handbook"]
    assert start["parts"][-1] == SOUNDS
    return [json.loads(files[path]) for path in (start["names"], *start["parts"])]


class Search(Node):
    """An engine that knows all of some search data."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(ASKED)
        self.ask(parts(files))

    def find(self, typed: str) -> Found:
        answer = self.ask(typed)
        seen = [item[:SEEN] for item in answer["items"]]
        best = [[one for one in item if one["score"] == item[0]["score"]] for item in answer["items"]]
        said = "".join(one["title"] + one["text"] for item in seen for one in item)
        marked = set(re.findall("<mark>(.*?)</mark>", said))
        return Found(_addresses(seen), _addresses(best), marked, answer["covered"])

    def place(self, typed: str, *expected: str) -> int:
        """Where in the list the first page is of which one of these is seen; 99 where none is."""
        pages = self.find(typed).pages
        return next((n for n, seen in enumerate(pages, 1) if set(seen) & set(expected)), 99)


def _addresses(items: list[list[dict[str, Any]]]) -> list[list[str]]:
    return [[re.sub(r"/(?=#|$)", "", one["location"]) for one in item] for item in items]


class Site(dict[str, str]):
    """The files of a built site, by their paths."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, path: str) -> str:
        return (self.folder / path).read_text("utf-8")


def ask(site: Path, queries: list[str]) -> list[list[list[str]]]:
    """What each query finds in a site's data: the pages of the list, each as the addresses that are seen."""
    with Search(Site(site)) as engine:
        return [engine.find(query).shown for query in queries]
