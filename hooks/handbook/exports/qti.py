"""Questions as a QTI 2.1 package: a zip of XML files that learning systems and exam platforms import.

The formats: IMS Question and Test Interoperability 2.1 (http://www.imsglobal.org/question/) and IMS Content Packaging
1.2 as QTI 2.1 profiles it. One assessment item a question, for a case one a scene, and one test that holds them all.
In the test a case is a section of its own, whose branch rules go where each decision leads.

Identifiers are made of slugs, which have no underscore: `sop_question`, `sop_case_scene`, and two underscores before
what is no question. So none can collide, and none has a full stop, which would end the name of an item in a test.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import gcd
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..model.book import Handbook
from ..quiz.exam import Drawn
from ..quiz.plain import Arrange, Choose, Lines, Moment, Omitted, Pairs, Plain, printable, sorted_out

SITE = "http://www.imsglobal.org/xsd"
QTI = f"{SITE}/imsqti_v2p1"
QTI_SCHEMA = f"{SITE}/qti/qtiv2p1/imsqti_v2p1.xsd"
PACKAGE = f"{SITE}/imscp_v1p1"
PACKAGE_SCHEMA = f"{SITE}/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
LANGUAGE = "zh-TW"

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold: the same questions give the same bytes
READABLE = 0o100644 << 16  # a plain file, for its owner to write and for everybody to read
UNIX = 3

WHY = "WHY"  # the feedback that everybody gets
TITLE = 60  # characters of a question's title in a list


def qti(book: Handbook, questions: Iterable[Drawn], title: str) -> tuple[bytes, list[Omitted]]:
    """The questions as a package (a zip), and what it can't hold. The same questions make the same bytes.

    Compressed bytes depend on the zlib that Python was built with; what is in them does not.
    """
    said, omitted = sorted_out(book, questions)
    keys = list(dict.fromkeys(one.sop for one in said))
    name = keys[0] if len(keys) == 1 else "handbook"
    files = {_file(one): _item(one, f"{book.title(book.sops[one.sop])}：{one.ask[0]}") for one in said}
    files["test.xml"] = _test(said, name, printable(title), {key: book.title(book.sops[key]) for key in keys})
    return _zipped({"imsmanifest.xml": _manifest(said, name), **files}), omitted


def identifier(one: Plain) -> str:
    """What an item is called in the package: `complaints_harm-goes-on`, `complaints_mrs-lin_shouting`."""
    scene = f"_{one.scene}" if isinstance(one, Moment) else ""
    return f"{one.sop}_{one.question}{scene}"


def _file(one: Plain) -> str:
    return f"items/{identifier(one)}.xml"


def _zipped(files: dict[str, Element]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for path, root in files.items():
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = UNIX, READABLE
            package.writestr(entry, _written(root))
    return whole.getvalue()


# ── XML ─────────────────────────────────────────────────────────────────────────────────────────


def _node(tag: str, *inner: Element | str, **attributes: str) -> Element:
    """An element with what is in it; a text comes before all elements."""
    made = Element(tag, attributes)
    for part in inner:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def _root(tag: str, space: str, schema: str, *inner: Element, **attributes: str) -> Element:
    """The outermost element of a file. Everything in it is of one namespace, so no name needs a prefix."""
    made = _node(tag, *inner, **attributes)
    made.set("xmlns", space)
    made.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    made.set("xsi:schemaLocation", f"{space} {schema}")
    return made


def _written(root: Element) -> bytes:
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _paragraphs(lines: Sequence[str]) -> list[Element]:
    return [_node("p", line) for line in lines]


def _value(kind: str, value: str) -> Element:
    return _node("baseValue", value, baseType=kind)


def _variable(name: str) -> Element:
    return _node("variable", identifier=name)


def _set(name: str, value: Element) -> Element:
    return _node("setOutcomeValue", value, identifier=name)


def _if(condition: Element, *then: Element, otherwise: Element | None = None) -> Element:
    made = _node("responseCondition", _node("responseIf", condition, *then))
    if otherwise is not None:
        made.append(_node("responseElse", otherwise))
    return made


# ── items ───────────────────────────────────────────────────────────────────────────────────────


class _Asked(NamedTuple):
    """The parts of an item that differ from kind to kind."""

    declared: Element
    interaction: Element
    score: Element  # the rule that sets SCORE, from 0 to 1
    told: dict[str, Lines]  # feedback by its identifier
    tell: list[Element]  # the rules that add to FEEDBACK


def _item(one: Plain, title: str) -> Element:
    asked = _asked(one)
    told = {**asked.told, WHY: one.after}
    item = _root(
        "assessmentItem",
        QTI,
        QTI_SCHEMA,
        asked.declared,
        _outcome("SCORE", "single", "float", normalMinimum="0", normalMaximum="1"),
        _outcome("FEEDBACK", "multiple", "identifier"),
        _node("itemBody", *_paragraphs(one.ask[:-1]), asked.interaction),
        _node(
            "responseProcessing",
            asked.score,
            _set("FEEDBACK", _node("multiple", _value("identifier", WHY))),
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


def _outcome(name: str, cardinality: str, kind: str, **more: str) -> Element:
    made = _node("outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=kind, **more)
    if kind == "float":
        made.append(_node("defaultValue", _node("value", "0")))
    return made


def _response(cardinality: str, kind: str, correct: Iterable[str], *more: Element) -> Element:
    right = _node("correctResponse", *(_node("value", value) for value in correct))
    return _node("responseDeclaration", right, *more, identifier="RESPONSE", cardinality=cardinality, baseType=kind)


def _mapping(points: dict[str, int], most: int) -> Element:
    entries = (_node("mapEntry", mapKey=key, mappedValue=str(worth)) for key, worth in points.items())
    return _node("mapping", *entries, lowerBound="0", upperBound=str(most), defaultValue="0")


def _feedback(key: str, lines: Lines) -> Element:
    return _node("modalFeedback", *_paragraphs(lines), outcomeIdentifier="FEEDBACK", identifier=key, showHide="show")


def _also(*values: Element) -> Element:
    """What was told so far, and more."""
    return _node("multiple", _variable("FEEDBACK"), *values)


def _all_or_nothing() -> Element:
    """One point for the correct response as a whole."""
    right = _node("match", _variable("RESPONSE"), _node("correct", identifier="RESPONSE"))
    return _if(right, _set("SCORE", _value("float", "1")), otherwise=_set("SCORE", _value("float", "0")))


def _parts_of(most: int) -> Element:
    """The points of the mapping, of so many."""
    return _set("SCORE", _node("divide", _node("mapResponse", identifier="RESPONSE"), _value("float", str(most))))


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _chosen(one: Choose) -> _Asked:
    """Each answer is told its own feedback: its identifier is the answer's."""
    answers = {_letter(place): answer for place, answer in enumerate(one.answers)}
    right = [key for key, answer in answers.items() if answer.right]
    interaction = _node(
        "choiceInteraction",
        _node("prompt", one.ask[-1]),
        *(_node("simpleChoice", answer.text, identifier=key) for key, answer in answers.items()),
        responseIdentifier="RESPONSE",
        shuffle="false",
        maxChoices="0" if one.several else "1",
    )
    told = {key: answer.feedback for key, answer in answers.items()}
    tell = [_set("FEEDBACK", _also(_variable("RESPONSE")))]
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
    keys = [_letter(place) for place in range(len(one.steps))]  # A is what is shown first
    correct = {place: key for key, place in zip(keys, one.shown, strict=True)}
    interaction = _node(
        "orderInteraction",
        _node("prompt", one.ask[-1]),
        *(_node("simpleChoice", one.steps[place], identifier=key) for place, key in correct.items()),
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
    interaction = _node(
        "matchInteraction",
        _node("prompt", one.ask[-1]),
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
        _if(
            _node("not", _node("member", _value("directedPair", pair), _variable("RESPONSE"))),
            _set("FEEDBACK", _also(_value("identifier", key))),
        )
        for pair, key in zip(pairs, told, strict=True)
    ]
    declared = _response("multiple", "directedPair", pairs, _mapping(dict.fromkeys(pairs, 1), len(pairs)))
    return _Asked(declared, interaction, _parts_of(len(pairs)), told, tell)


def _side(choices: Iterable[tuple[str, str]]) -> Element:
    made = (_node("simpleAssociableChoice", text, identifier=key, matchMax="1") for key, text in choices)
    return _node("simpleMatchSet", *made)


# ── the test ────────────────────────────────────────────────────────────────────────────────────


def _test(said: list[Plain], name: str, title: str, titles: dict[str, str]) -> Element:
    """A section an SOP, in any order; then the cases, each a section to go through from its first scene."""
    questions, cases = list(_of_sops(said, titles)), list(_of_cases(said))
    if not (questions or cases):
        questions = [_section(name, title, [])]  # a test has to have a section
    parts = [("questions", "nonlinear", questions), ("cases", "linear", cases)]
    total = _node("sum", _node("testVariables", variableIdentifier="SCORE"))
    return _root(
        "assessmentTest",
        QTI,
        QTI_SCHEMA,
        _outcome("SCORE", "single", "float"),
        *(_part(*part) for part in parts if part[2]),
        _node("outcomeProcessing", _set("SCORE", total)),
        identifier=f"{name}__test",
        title=title,
    )


def _part(name: str, navigation: str, sections: list[Element]) -> Element:
    shown = {"showFeedback": "true", "allowReview": "true", "showSolution": "true"}
    control = _node("itemSessionControl", maxAttempts="0" if navigation == "nonlinear" else "1", **shown)
    mode = {"navigationMode": navigation, "submissionMode": "individual"}
    return _node("testPart", control, *sections, identifier=f"{name}__part", **mode)


def _section(name: str, title: str, items: Iterable[Element]) -> Element:
    return _node("assessmentSection", *items, identifier=f"{name}__section", title=title, visible="true")


def _reference(one: Plain, *rules: Element) -> Element:
    return _node("assessmentItemRef", *rules, identifier=identifier(one), href=_file(one))


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
            chosen = _value("identifier", _letter(place))
            yield _node("branchRule", _node("match", _variable(f"{identifier(one)}.RESPONSE"), chosen), target=target)


# ── the manifest ────────────────────────────────────────────────────────────────────────────────


def _manifest(said: list[Plain], name: str) -> Element:
    items = [_resource(identifier(one), "imsqti_item_xmlv2p1", _file(one)) for one in said]
    needed = (_node("dependency", identifierref=identifier(one)) for one in said)
    test = _resource(f"{name}__test", "imsqti_test_xmlv2p1", "test.xml", *needed)
    about = _node("metadata", _node("schema", "QTIv2.1 Package"), _node("schemaversion", "1.0.0"))
    content = _node("resources", test, *items)
    made = (about, _node("organizations"), content)
    return _root("manifest", PACKAGE, PACKAGE_SCHEMA, *made, identifier=f"{name}__manifest")


def _resource(name: str, kind: str, href: str, *needed: Element) -> Element:
    return _node("resource", _node("file", href=href), *needed, identifier=name, type=kind, href=href)
