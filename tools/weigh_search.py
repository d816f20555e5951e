"""Learn what each kind of match is worth in search from what staff type and should find.

    python -m tools.weigh_search            learn from all queries, and write hooks/handbook/web/search/weights.js
    python -m tools.weigh_search --across   learn from three quarters, try the fourth, each in turn; write nothing

One weight after the other is made larger and smaller, and kept where the right answers come nearer to the top, on the
shipped handbook and on two of others that have no synonyms. A step must be worth a third of a query: less is chance.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import yaml

from handbook.compile import compile_handbook
from handbook.search.index import index
from tests.project import ROOT
from tests.search.engine import parts
from tests.web.node import Node

OTHERS = [ROOT / "tests/search" / name for name in ("hostel", "pool")]
QUERIES = {ROOT: ROOT / "tests/content/queries.yml"} | {root: root / "queries.yml" for root in OTHERS}
WEIGHTS = ROOT / "hooks/handbook/web/search/weights.js"
STEPS = (1.3, 1.12)  # of a pass through all weights
WORTH = 0.35  # of a query
SHARES = 4
NONE = 99
GAINS = ((1, 1.0), (2, 0.6), (3, 0.5), (5, 0.15), (12, 0.05))  # up to which place, what an answer there is worth

# Takes a handbook's data, weights, or queries, each with the number of its handbook: gives the place of each answer, 0
# where it is not in the list.
ASKED = """async (web) => {
    const { Engine } = await import(`${web}/search/engine.js`);
    const { WEIGHTS } = await import(`${web}/search/weights.js`);
    const engines = [];
    const plain = (location) => location.replace(/\\/(?=#|$)/, "");
    const place = (engine, { query, expect }) => {
        const items = engine.search(String(query)).items;
        const seen = items.map((item) => item.filter(({ score }) => score === item[0].score));
        return 1 + seen.findIndex((some) => some.some(({ location }) => expect.includes(plain(location))));
    };
    return (told) => {
        if (told.data) {
            const engine = new Engine(told.data[0]);
            for (const part of told.data.slice(1)) engine.add(part);
            return engines.push(engine);
        }
        if (told.weights) {
            for (const engine of engines) engine.corpus.found.clear(); // where a pattern stands is kept with its worth
            return Object.assign(WEIGHTS, told.weights);
        }
        return told.queries.map(([number, query]) => place(engines[number], query));
    };
}"""

Weights = dict[str, Any]
Asked = list[tuple[int, dict[str, Any]]]


def asked() -> Asked:
    """All queries with an answer, each with the number of its handbook."""
    found = ((number, yaml.safe_load(path.read_text("utf-8"))) for number, path in enumerate(QUERIES.values()))
    return [(number, query) for number, queries in found for query in queries if query["expect"]]


def places(node: Node, some: Asked, weights: Weights) -> list[int]:
    node.ask({"weights": weights})
    return [place or NONE for place in node.ask({"queries": some})]


def gain(node: Node, some: Asked, weights: Weights) -> float:
    found = places(node, some, weights)
    return sum(next((worth for most, worth in GAINS if place <= most), 0.0) for place in found)


def names(weights: Weights) -> Iterator[tuple[str, int | None]]:
    """Each number that can be learnt: its name, and its place where it is one of several."""
    for name, value in weights.items():
        yield from ((name, at) for at, one in enumerate(value) if one) if isinstance(value, list) else ((name, None),)


def scaled(weights: Weights, name: str, at: int | None, factor: float) -> Weights:
    value = weights[name]
    more = value * factor if at is None else [one * factor if n == at else one for n, one in enumerate(value)]
    return weights | {name: more}


def learn(node: Node, some: Asked, weights: Weights) -> Weights:
    """The weights that bring the right answers nearest to the top."""
    best = gain(node, some, weights)
    for step in STEPS:
        for name, at in names(weights):
            for factor in (step, 1 / step):
                while (got := gain(node, some, tried := scaled(weights, name, at, factor))) > best + WORTH:
                    best, weights = got, tried
    return weights


def rounded(value: Any) -> str:
    return f"[{', '.join(map(rounded, value))}]" if isinstance(value, list) else f"{value:.3g}"


def written(weights: Weights) -> str:
    text = WEIGHTS.read_text("utf-8")
    for name, value in weights.items():
        text = re.sub(rf"(?m)(?<=^  {name}: )(?:\[.*?\]|[^,]+)(?=,)", rounded(value), text)
    return text


def said(found: list[int]) -> str:
    first, three = (100 * sum(place <= most for place in found) / len(found) for most in (1, 3))
    return f"{len(found)} queries: first {first:.1f} %, among three {three:.1f} %"


def main(across: bool) -> None:
    some = asked()
    with Node(ASKED) as node:
        for root in QUERIES:
            book = compile_handbook(root)[0]
            assert book
            node.ask({"data": parts(index(book))})
        now: Weights = node.ask({"weights": {}})
        print("now    ", said(places(node, some, now)))
        if not across:
            now = learn(node, some, now)
            print("learnt ", said(places(node, some, now)))
            WEIGHTS.write_text(written(now), "utf-8")
            return
        unseen: list[int] = []
        for share in range(SHARES):
            weights = learn(node, [one for n, one in enumerate(some) if n % SHARES != share], now)
            unseen += places(node, some[share::SHARES], weights)
        print("unseen ", said(unseen))


if __name__ == "__main__":
    main("--across" in sys.argv[1:])
