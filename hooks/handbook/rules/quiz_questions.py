"""Rules on what a written question asks, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..model.book import PLACEHOLDER, Handbook
from ..model.document import Trail
from ..model.questions import Number, Order
from ..problem import Problem, rule
from ..quiz.answers import folded
from ..quiz.made.choice import MADE
from .asked import Asked, asked, problem_in, written


@rule("ask-twice", bad="# 兩題都是\nask: 住戶來投訴，先做什麼？", good="ask: 住戶拍著櫃檯罵人，你先做什麼？")
def ask_twice(book: Handbook) -> Iterator[Problem]:
    """整本手冊裡，同樣的題目只問一次。"""
    seen: dict[str, Asked] = {}
    for one in asked(book):
        words = folded(book.plain(one.question.ask))
        if words in seen:
            first = seen[words]
            document = book.documents[f"quiz/{first.key}"]
            message = f"{document.path} 第 {document.at(first.trail('ask'))[0]} 行問過了"
            yield problem_in(book, one, ("ask",), "ask-twice", message)
        seen.setdefault(words, one)


@rule(
    "about-elsewhere",
    bad="# quiz/complaints.yml\nabout: visitors#greet",
    good="# quiz/complaints.yml\nabout: [complaints#listen, visitors#greet]",
    here="about",
)
def about_elsewhere(book: Handbook) -> Iterator[Problem]:
    """每一題至少考一條自己這份 SOP 的條文；旁邊可以再列別份的。"""
    for one in asked(book):
        cited = list(one.question.cites())
        if one.key in book.sops and not any(ref.startswith(f"{one.key}#") for _, ref in cited):
            message = f"沒有考到 {one.key} 的任何一條"
            yield problem_in(book, one, cited[0][0], "about-elsewhere", message)


@rule(
    "number-factless",
    bad="kind: number\nabout: complaints#listen   # 沒有期限，也沒有限度",
    good="kind: number\nabout: complaints#major-reply",
)
def number_factless(book: Handbook) -> Iterator[Problem]:
    """number 考的那一條要有期限或限度；寫了 fact，就要有那麼多件。"""
    for one in asked(book):
        found = book.clause(one.question.about) if isinstance(one.question, Number) else None
        if not found or not isinstance(one.question, Number) or book.measures_later(*found):
            continue
        if not (facts := found[1].clause.facts):
            yield problem_in(book, one, ("about",), "number-factless", "這一條沒有期限或限度")
        elif one.question.fact > len(facts):
            message = f"這一條只量 {len(facts)} 件事，沒有第 {one.question.fact} 件"
            yield problem_in(book, one, ("fact",), "number-factless", message)


@rule(
    "undecided-asked",
    bad="text: 等$(repairs#visit)再去   # repairs#visit 還待定",
    good="# 問的不是期限，就在那個待定事項寫明\nfacts_hold: true",
)
def undecided_asked(book: Handbook) -> Iterator[Problem]:
    """還待定的期限與限度不考：題目不問，選項與說明也不引用。"""
    for one, trail, text in written(book):
        for ref in PLACEHOLDER.findall(text) if "#" in text else ():
            target = book.target(ref, one.key)
            if target and target.undecided:
                yield _undecided(book, one, trail, ref)
    for one in asked(book):
        found = book.clause(one.question.about) if isinstance(one.question, Number) else None
        if found and book.undecided(found[0], found[1].clause):
            yield _undecided(book, one, ("about",), f"{found[0].id}#{found[1].clause.id}")


def _undecided(book: Handbook, one: Asked, trail: Trail, ref: str) -> Problem:
    message = f"{ref} 的期限或限度還待定；待定的是別的事，就在它的 open_points 寫 facts_hold: true"
    return problem_in(book, one, trail, "undecided-asked", message)


@rule(
    "order-steps",
    bad="kind: order\nsteps: [complaints#record, complaints#listen, complaints#repeat]",
    good="kind: order\nsteps: [complaints#listen, complaints#record, complaints#repeat]",
    here="steps",
)
def order_steps(book: Handbook) -> Iterator[Problem]:
    """order 的步驟照 SOP 的順序寫，都在同一份 SOP 裡，一步只寫一次。"""
    for one in asked(book):
        if isinstance(one.question, Order):
            for number, message in _out_of_order(book, one.question.steps):
                yield problem_in(book, one, ("steps", number), "order-steps", message)


@lru_cache(maxsize=8)
def _places(book: Handbook, home: str) -> dict[str, int]:
    """Clause of an SOP, as it is cited → its place in reading order."""
    return {f"{home}#{clause}": place for place, clause in enumerate(book.clauses.get(home, {}))}


def _out_of_order(book: Handbook, steps: list[str]) -> Iterator[tuple[int, str]]:
    home = steps[0].partition("#")[0]
    places = _places(book, home)
    furthest, last = -1, ""
    for number, ref in enumerate(steps):
        if not ref.startswith(f"{home}#"):
            yield number, f"{ref} 不在 {home} 裡"
        elif ref in places:
            if places[ref] <= furthest:
                yield number, f"{ref} 在 SOP 裡{'只有一次' if ref == last else f'排在 {last} 前面'}"
            else:
                furthest, last = places[ref], ref


@rule("made-id", bad="- id: number--reply", good="- id: reply-in-time")
def made_id(book: Handbook) -> Iterator[Problem]:
    """題號裡不用兩個連在一起的連字號：那是系統從條文做出來的題目用的。"""
    for one in asked(book):
        if MADE in one.question.id:
            yield problem_in(book, one, ("id",), "made-id", f"{one.question.id} 像是系統做出來的題號")
