"""A handbook that says too much to be fetched whole: its words lie in drawers, of which a phone opens what it needs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook.model.book import Handbook
from handbook.search.drawers import HEAD
from handbook.search.entries import Findable, Place
from handbook.search.index import NAMES, SOUNDS, START, index
from tests import project
from tests.search.engine import Search
from tests.web.node import Node

QUERIES = [
    str(query["query"]) for query in yaml.safe_load((project.ROOT / "tests/content/queries.yml").read_text("utf-8"))
]

# Fetches what an answer needs from files that it is given, as often as more is missing; says how many these were.
ASKED = """async (web) => {
    const { Engine } = await import(`${web}/search/engine.js`);
    const { open } = await import(`${web}/search/drawers.js`);
    let engine, drawers, files;
    return (asked) => {
        if (typeof asked !== "string") {
            files = asked;
            engine = new Engine(JSON.parse(files["search/names.json"]));
            engine.add(JSON.parse(files["search/sounds.json"]));
            drawers = open(engine, JSON.parse(files["search/drawers.json"]));
            return null;
        }
        const fetched = [];
        for (;;) {
            const answer = engine.search(asked);
            if (!answer.missing.length) return { ...answer, fetched };
            for (const name of answer.missing) drawers.put(name, JSON.parse(files[`search/${name}.json`]));
            fetched.push(...answer.missing);
        }
    };
}"""


class Drawn(Search):
    """An engine that opens the drawers that it needs."""

    def __init__(self, files: dict[str, str]) -> None:
        Node.__init__(self, ASKED)
        self.files = files
        self.ask(files)

    def fetched(self, typed: str) -> list[str]:
        """What is fetched for a query."""
        return [f"search/{name}.json" for name in self.ask(typed)["fetched"]]


@pytest.fixture(scope="module")
def drawn(book: Handbook) -> Iterator[Drawn]:
    with Drawn(index(book, most=0)) as engine:
        yield engine


@pytest.fixture
def holding(book: Handbook) -> Iterator[Callable[..., Drawn]]:
    """Makes an engine for the shipped handbook and some places of one more page."""
    made: list[Drawn] = []

    def hold(*places: Place) -> Drawn:
        made.append(Drawn(index(book, [Findable("x/", "船錨", places=[*places])], most=0)))
        return made[-1]

    yield hold
    for one in made:
        one.__exit__(None, None, None)


# ── the files ───────────────────────────────────────────────────────────────────────────────────


def test_a_handbook_of_the_usual_size_comes_whole(files: dict[str, str]) -> None:
    assert "drawers" not in json.loads(files[START])["config"]["handbook"]
    assert HEAD not in files
    assert any("part-" in path for path in files)


def test_of_a_large_one_a_phone_is_told_where_the_drawers_are(drawn: Drawn) -> None:
    start = json.loads(drawn.files[START])["config"]["handbook"]
    assert (start["drawers"], start["parts"], start["names"]) == (HEAD, [SOUNDS], NAMES)
    assert not [path for path in drawn.files if "part-" in path]
    head = json.loads(drawn.files[HEAD])
    assert len([path for path in drawn.files if "drawer-" in path]) == len(head["drawers"])
    assert len([path for path in drawn.files if "page-" in path]) == len(head["pages"])


def test_names_say_nothing_that_is_only_shown(files: dict[str, str], drawn: Drawn) -> None:
    whole, few = (json.loads(some[NAMES])["pages"] for some in (files, drawn.files))
    assert [(page[0], page[1], page[3]) for page in few] == [(page[0], page[1], page[3]) for page in whole]
    assert not any(page[2] for page in few)


def test_a_drawer_is_small_or_of_one_word(drawn: Drawn) -> None:
    for path, text in drawn.files.items():
        if "drawer-" in path:
            assert len(gzip.compress(text.encode())) < 2000 or len(json.loads(text)) == 1, path


# ── what is found ───────────────────────────────────────────────────────────────────────────────


def test_the_same_comes_first_as_where_all_is_there(search: Search, drawn: Drawn) -> None:
    both = [(search.find(query).shown, drawn.find(query).shown) for query in QUERIES]
    first, three = (
        sum([page[0] for page in whole[:n]] == [page[0] for page in few[:n]] for whole, few in both) for n in (1, 3)
    )
    print(f"\nfirst {first / len(both):.1%}, three {three / len(both):.1%}")
    assert first > 0.98 * len(both)
    assert three > 0.95 * len(both)


def test_a_query_opens_few_drawers_and_reads_three_pages(book: Handbook) -> None:
    with Drawn(index(book, most=0)) as engine:
        fetched = engine.fetched("訪客要停車")
        assert 1 < len(fetched) < 40
        assert sum("page-" in path for path in fetched) == 3
        assert not engine.fetched("訪客要停車")


def test_typed_by_sound_by_initials_or_by_mistake_a_clause_of_a_large_handbook_is_found(
    holding: Callable[..., Drawn],
) -> None:
    engine = holding(Place("a", "收起船帆", "再拋錨"), Place("b", "擦亮銅鐘"))
    for typed in ("船帆", "chuanfan", "ㄔㄨㄢˊㄈㄢ", "sqcf", "船翻", "拋錨"):
        assert "x#a" in engine.find(typed).shown[0], typed
    assert "x#b" in engine.find("tongzhong").shown[0]


def test_what_is_longer_is_met_where_it_stands_and_not_where_its_parts_do(holding: Callable[..., Drawn]) -> None:
    engine = holding(Place("a", "帆纜", "先收船帆，再看帆纜繩"), Place("b", "船帆纜"))
    assert engine.find("船帆纜").shown[0][1] == "x#b"


def test_a_number_is_not_found_inside_a_longer_one(holding: Callable[..., Drawn]) -> None:
    engine = holding(Place("a", "錨鏈長 48 英尋"), Place("b", "纜繩長 8 英尋"))
    assert engine.find("8英尋").shown[0][1] == "x#b"
    assert engine.find("48英尋").shown[0][1] == "x#a"


def test_who_asks_how_much_finds_an_amount(holding: Callable[..., Drawn]) -> None:
    engine = holding(Place("a", "船錨要擦亮"), Place("b", "船錨要拉起（3 天內）"))
    assert engine.find("船錨多久").shown[0][1] == "x#b"


# ── as a phone has it ───────────────────────────────────────────────────────────────────────────

# The worker with files that it is given: `{set: files, gone: [names that do not come]}`, or what is typed. Gives what
# it posts until it rests, and what it fetched.
WORKER = """async (web) => {
    const posted = [];
    let told, files = {}, gone = [], fetched = [], answer;
    globalThis.self = {
        location: { href: %s },
        addEventListener: (_, listen) => { answer = listen; },
    };
    globalThis.BroadcastChannel = class { addEventListener() {} };
    globalThis.postMessage = (one) => posted.push(one);
    globalThis.fetch = async (url) => {
        const path = url.href.slice(url.href.indexOf("/search/") + 1);
        fetched.push(path);
        if (gone.some((some) => path.includes(some))) throw new TypeError("no signal");
        return { ok: true, json: async () => JSON.parse(files[path]) };
    };
    await import(`${web}/search/worker.js`);
    return async (asked) => {
        if (typeof asked === "string") answer({ data: { type: 2, data: asked } });
        else {
            gone = asked.gone ?? gone;
            if (asked.set) {
                files = asked.set;
                answer({ data: { type: 0, data: JSON.parse(files["search/search_index.json"]) } });
            }
        }
        for (let rest = 0; rest < 30; rest++) await new Promise((go) => setTimeout(go, 1));
        return { posted: posted.splice(0).filter(({ type }) => type === 3), fetched: fetched.splice(0) };
    };
}"""


class Worker(Node):
    """A search worker on a site of its own."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        (folder / "assets").mkdir()
        (folder / "assets/search").symlink_to(project.WEB / "search")
        super().__init__(WORKER % json.dumps((folder / "assets/javascripts/workers/search.js").as_uri()))
        self.ask({"set": files})

    def titles(self, typed: str) -> list[list[str]]:
        """The titles of the pages of each list that is shown for what is typed, one list after the other."""
        return [[item[0]["title"] for item in one["data"]["items"]] for one in self.ask(typed)["posted"]]


@pytest.fixture
def worker(tmp_path: Path, drawn: Drawn) -> Iterator[Worker]:
    with Worker(tmp_path, drawn.files) as one:
        yield one


def test_pages_are_found_by_their_names_before_anything_more_is_fetched(worker: Worker) -> None:
    worker.ask({"gone": ["sounds", "drawer"]})
    told = worker.ask("投訴接待")
    assert [path for path in told["fetched"] if "drawer" not in path and "sounds" not in path] == [NAMES]
    assert told["fetched"][0] == NAMES
    assert "投訴" in told["posted"][0]["data"]["items"][0][0]["title"]


def test_each_query_brings_what_it_needs_once(worker: Worker) -> None:
    first: dict[str, Any] = worker.ask("獨立洽談室")
    assert {NAMES, SOUNDS, HEAD} < set(first["fetched"])
    assert len(first["fetched"]) == len(set(first["fetched"]))
    assert any("private-room" in one["location"] for one in first["posted"][-1]["data"]["items"][0])
    assert worker.ask("獨立洽談室")["fetched"] == []


def test_what_does_not_come_is_not_said_to_be_unknown_and_is_asked_for_again(worker: Worker) -> None:
    worker.titles("投訴")
    worker.ask({"gone": ["drawer-", "page-"]})
    assert not any("沒有找到" in title for title in worker.titles("獨立洽談室")[-1])
    worker.ask({"gone": []})
    assert any(one[:1] for one in worker.titles("獨立洽談室"))
    assert "沒有找到" in worker.titles("螺旋槳葉片")[-1][0]


def test_a_drawer_of_another_edition_is_as_none(worker: Worker, drawn: Drawn) -> None:
    worker.titles("投訴")
    spoilt = {path: "[]" if "drawer-" in path else text for path, text in drawn.files.items()}
    worker.ask({"set": spoilt})
    assert not any("沒有找到" in title for title in worker.titles("獨立洽談室")[-1])


def test_numbers_come_as_they_were_sent() -> None:
    from handbook.search.standing import coded

    numbers = [0, 1, 56, 57, 58, 92, 1000, 0xCFFF, 0xD000, 0xD001, 3 * 0xD000 + 5]
    with Node("async (web) => (await import(`${web}/search/told.js`)).numbers") as node:
        assert node.ask(json.loads(json.dumps(coded(numbers)))) == numbers
