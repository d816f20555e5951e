"""The one test of a package: a section an SOP, and a section a case, with its branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from ...quiz.plain import Moment, Plain, printable
from .names import file_of, identifier, letter
from .xml import QTI, QTI_SCHEMA, base_value, node, outcome, rooted, set_outcome, variable


def test(said: list[Plain], name: str, title: str, titles: dict[str, str]) -> Element:
    """A section an SOP, in any order; then the cases, each a section to go through from its first scene."""
    questions, cases = list(_of_sops(said, titles)), list(_of_cases(said))
    if not (questions or cases):
        questions = [_section(name, title, [])]  # a test has to have a section
    parts = [("questions", "nonlinear", questions), ("cases", "linear", cases)]
    total = node("sum", node("testVariables", variableIdentifier="SCORE"))
    return rooted(
        "assessmentTest",
        QTI,
        QTI_SCHEMA,
        outcome("SCORE", "single", "float"),
        *(_part(*part) for part in parts if part[2]),
        node("outcomeProcessing", set_outcome("SCORE", total)),
        identifier=f"{name}__test",
        title=title,
    )


def _part(name: str, navigation: str, sections: list[Element]) -> Element:
    shown = {"showFeedback": "true", "allowReview": "true", "showSolution": "true"}
    control = node("itemSessionControl", maxAttempts="0" if navigation == "nonlinear" else "1", **shown)
    mode = {"navigationMode": navigation, "submissionMode": "individual"}
    return node("testPart", control, *sections, identifier=f"{name}__part", **mode)


def _section(name: str, title: str, items: Iterable[Element]) -> Element:
    return node("assessmentSection", *items, identifier=f"{name}__section", title=title, visible="true")


def _reference(one: Plain, *rules: Element) -> Element:
    return node("assessmentItemRef", *rules, identifier=identifier(one), href=file_of(one))


def _of_sops(said: list[Plain], titles: dict[str, str]) -> Iterator[Element]:
    for key, title in titles.items():
        items = [_reference(one) for one in said if one.sop == key and not isinstance(one, Moment)]
        if items:
            yield _section(key, printable(title), items)


def _of_cases(said: list[Plain]) -> Iterator[Element]:
    scenes = (one for one in said if isinstance(one, Moment))
    for (sop, case), found in groupby(scenes, lambda one: (one.sop, one.question)):
        moments = list(found)
        items = (_reference(one, *_branches(one, moments)) for one in moments)
        yield _section(f"{sop}_{case}", moments[0].ask[0].partition("（第 1 幕")[0], items)


def _branches(one: Moment, moments: list[Moment]) -> Iterator[Element]:
    """Where each decision leads: nothing has to be said of those that lead to the next scene, or end at the last."""
    for place, answer in enumerate(one.answers):
        if one.number < len(moments) and answer.to != one.number + 1:
            target = identifier(moments[answer.to - 1]) if answer.to else "EXIT_SECTION"
            chosen = base_value("identifier", letter(place))
            yield node("branchRule", node("match", variable(f"{identifier(one)}.RESPONSE"), chosen), target=target)
