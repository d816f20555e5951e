"""A question as an assessment item: one kind of interaction for each kind of question."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ...quiz.plain import Arrange, Choose, Lines, Pairs, Plain
from .names import identifier, letter
from .xml import LANGUAGE, QTI, QTI_SCHEMA, base_value, node, outcome, paragraphs, rooted, set_outcome, variable, when

WHY = "WHY"  # the feedback that everybody gets
TITLE = 60  # characters of a question's title in a list


class _Asked(NamedTuple):
    """The parts of an item that differ from kind to kind."""

    declared: Element
    interaction: Element
    score: Element  # the rule that sets SCORE, from 0 to 1
    told: dict[str, Lines]  # feedback by its identifier
    tell: list[Element]  # the rules that add to FEEDBACK


def item(one: Plain, title: str) -> Element:
    asked = _asked(one)
    told = {**asked.told, WHY: one.after}
    item = rooted(
        "assessmentItem",
        QTI,
        QTI_SCHEMA,
        asked.declared,
        outcome("SCORE", "single", "float", normalMinimum="0", normalMaximum="1"),
        outcome("FEEDBACK", "multiple", "identifier"),
        node("itemBody", *paragraphs(one.ask[:-1]), asked.interaction),
        node(
            "responseProcessing",
            asked.score,
            set_outcome("FEEDBACK", node("multiple", base_value("identifier", WHY))),
            *asked.tell,
        ),
        *(_feedback(key, lines) for key, lines in told.items() if lines),
        identifier=identifier(one),
        title=title if len(title) <= TITLE else title[: TITLE - 1] + "…",
        adaptive="false",
        timeDependent="false",
    )
    item.set("xml:lang", LANGUAGE)
    return item


def _asked(one: Plain) -> _Asked:
    if isinstance(one, Arrange):
        return _arranged(one)
    if isinstance(one, Pairs):
        return _paired(one)
    if isinstance(one, Choose):
        return _chosen(one)
    raise TypeError(one)


def _response(cardinality: str, kind: str, correct: Iterable[str], *more: Element) -> Element:
    right = node("correctResponse", *(node("value", value) for value in correct))
    return node("responseDeclaration", right, *more, identifier="RESPONSE", cardinality=cardinality, baseType=kind)


def _mapping(points: dict[str, int], most: int) -> Element:
    entries = (node("mapEntry", mapKey=key, mappedValue=str(worth)) for key, worth in points.items())
    return node("mapping", *entries, lowerBound="0", upperBound=str(most), defaultValue="0")


def _feedback(key: str, lines: Lines) -> Element:
    return node("modalFeedback", *paragraphs(lines), outcomeIdentifier="FEEDBACK", identifier=key, showHide="show")


def _also(*values: Element) -> Element:
    """What was told so far, and more."""
    return node("multiple", variable("FEEDBACK"), *values)


def _all_or_nothing() -> Element:
    """One point for the correct response as a whole."""
    right = node("match", variable("RESPONSE"), node("correct", identifier="RESPONSE"))
    return when(
        right, set_outcome("SCORE", base_value("float", "1")), otherwise=set_outcome("SCORE", base_value("float", "0"))
    )


def _parts_of(most: int) -> Element:
    """The points of the mapping, of so many."""
    return set_outcome(
        "SCORE", node("divide", node("mapResponse", identifier="RESPONSE"), base_value("float", str(most)))
    )


def _chosen(one: Choose) -> _Asked:
    """Each answer is told its own feedback: its identifier is the answer's."""
    answers = {letter(place): answer for place, answer in enumerate(one.answers)}
    right = [key for key, answer in answers.items() if answer.right]
    interaction = node(
        "choiceInteraction",
        node("prompt", one.ask[-1]),
        *(node("simpleChoice", answer.text, identifier=key) for key, answer in answers.items()),
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="0" if one.several else "1",
    )
    told = {key: answer.feedback for key, answer in answers.items()}
    tell = [set_outcome("FEEDBACK", _also(variable("RESPONSE")))]
    if not one.several:
        return _Asked(_response("single", "identifier", right), interaction, _all_or_nothing(), told, tell)
    most, points = _shares({key: answer.right for key, answer in answers.items()})
    declared = _response("multiple", "identifier", right, _mapping(points, most))
    return _Asked(declared, interaction, _parts_of(most), told, tell)


def _shares(right: dict[str, bool]) -> tuple[int, dict[str, int]]:
    """The most points, and those of each answer: whole numbers, with which all answers together are worth nothing."""
    goods = sum(right.values())
    bads = len(right) - goods
    shared = gcd(goods, bads)
    good, bad = (bads // shared or 1), -(goods // shared)
    return goods * good, {key: good if is_right else bad for key, is_right in right.items()}


def _arranged(one: Arrange) -> _Asked:
    keys = [letter(place) for place in range(len(one.steps))]  # A is what is shown first
    correct = {place: key for key, place in zip(keys, one.shown, strict=True)}
    interaction = node(
        "orderInteraction",
        node("prompt", one.ask[-1]),
        *(node("simpleChoice", one.steps[place], identifier=key) for place, key in correct.items()),
        responseIdentifier="RESPONSE",
        shuffle="false",
    )
    declared = _response("ordered", "identifier", (correct[place] for place in range(len(keys))))
    return _Asked(declared, interaction, _all_or_nothing(), {}, [])


def _paired(one: Pairs) -> _Asked:
    """A point for each pair that is found; those that are not are explained."""
    lefts = [f"L{place + 1}" for place in range(len(one.couples))]
    rights = {place: f"R{number}" for number, place in enumerate(one.shown, 1)}
    pairs = [f"{left} {rights[place]}" for place, left in enumerate(lefts)]
    interaction = node(
        "matchInteraction",
        node("prompt", one.ask[-1]),
        _side(zip(lefts, (pair.left for pair in one.couples), strict=True)),
        _side((rights[place], one.couples[place].right) for place in one.shown),
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxAssociations=str(len(pairs)),
    )
    told: dict[str, Lines] = {
        f"{left}-WHY": (f"{pair.left}——{pair.right}：{pair.feedback}",)
        for left, pair in zip(lefts, one.couples, strict=True)
    }
    tell = [
        when(
            node("not", node("member", base_value("directedPair", pair), variable("RESPONSE"))),
            set_outcome("FEEDBACK", _also(base_value("identifier", key))),
        )
        for pair, key in zip(pairs, told, strict=True)
    ]
    declared = _response("multiple", "directedPair", pairs, _mapping(dict.fromkeys(pairs, 1), len(pairs)))
    return _Asked(declared, interaction, _parts_of(len(pairs)), told, tell)


def _side(choices: Iterable[tuple[str, str]]) -> Element:
    made = (node("simpleAssociableChoice", text, identifier=key, matchMax="1") for key, text in choices)
    return node("simpleMatchSet", *made)
