"""Rules on cases: they go onward only, and end well or badly."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.questions import CaseStudy, Scene
from ..problem import Problem, rule
from .asked import Asked, asked, problem_in


def _cases(book: Handbook) -> Iterator[tuple[Asked, list[Scene]]]:
    return ((one, one.question.scenes) for one in asked(book) if isinstance(one.question, CaseStudy))


@rule(
    "case-path",
    bad="- id: note\n  ways:\n    - {text: 回頭再問, then: 他又說了一遍，臉色更難看。, to: arrives}",
    good="- id: arrives\n  ways:\n    - {text: 請他坐下說, right: true, then: 他坐下來，喝了口水。, to: note}",
    here="scenes ways to id",
)
def case_path(book: Handbook) -> Iterator[Problem]:
    """情境只往後走：to 寫後面一幕的代號；第一幕以外，每一幕都要有做法通到它。"""
    for one, scenes in _cases(book):
        idents = [scene.id for scene in scenes]
        reached = {idents[0]}
        for n, scene in enumerate(scenes):
            for m, way in enumerate(scene.ways):
                if way.to and way.to not in idents[n + 1 :]:
                    why = "不在這一幕後面" if way.to in idents else "這一題沒有這一幕"
                    yield problem_in(book, one, ("scenes", n, "ways", m, "to"), "case-path", f"{way.to} {why}")
                elif way.to:
                    reached.add(way.to)
        for n, ident in enumerate(idents):
            if ident not in reached:
                yield problem_in(book, one, ("scenes", n, "id"), "case-path", f"沒有做法走到 {ident} 這一幕")


@rule(
    "case-ending",
    bad="# 每一種做法都寫了 to，或不對的做法都能繼續",
    good=(
        "ways:\n"
        "  - {text: 當場把結果告訴他, right: true, then: 他點點頭，說下次還找你。}\n"
        "  - {text: 等他自己再來問, then: 兩天後，他寫信給管委會。}"
    ),
    here="scenes ways to right",
)
def case_ending(book: Handbook) -> Iterator[Problem]:
    """情境要有好的結局（正確、不寫 to），也要有壞的結局（不對、不寫 to）。"""
    for one, scenes in _cases(book):
        ends = {way.right for scene in scenes for way in scene.ways if not way.to}
        for right, name in ((True, "好"), (False, "壞")):
            if right not in ends:
                message = f"沒有{name}的結局：讓一個{'正確' if right else '不對'}的做法不寫 to"
                yield problem_in(book, one, ("scenes",), "case-ending", message, key=True)
