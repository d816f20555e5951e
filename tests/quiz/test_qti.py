"""QTI 2.1 packages, held to a strict reader: its own small schema, every reference, and what each response earns.

The schema here is the part of QTI 2.1 that we write: a name that is not in it is a mistake until it is looked up.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.exports.qti.names import identifier
from handbook.exports.qti.package import qti
from handbook.model.book import Handbook
from handbook.model.questions import CaseStudy, Choice, Match, Number, Option, Order, Pair, Question
from handbook.quiz.bank import bank
from handbook.quiz.exam import Drawn
from handbook.quiz.plain import Arrange, Choose, Moment, Pairs, printable, sorted_out
from handbook.reading.load import load
from tests import cases, project

# ── the schema ──────────────────────────────────────────────────────────────────────────────────

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
SCHEMAS = {
    QTI: "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    CP: "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
}
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")  # no full stop: it ends the name of an item in a test


class Rule(NamedTuple):
    """What an element may hold: its children in their order as a regular expression, and its attributes."""

    children: str = ""
    attributes: str = ""
    text: bool = False


RULES = {
    "assessmentItem": Rule(
        "responseDeclaration (outcomeDeclaration )+itemBody responseProcessing (modalFeedback )*",
        "identifier title adaptive timeDependent",
    ),
    "responseDeclaration": Rule("correctResponse (mapping )?", "identifier cardinality baseType"),
    "correctResponse": Rule("(value )+"),
    "value": Rule(text=True),
    "mapping": Rule("(mapEntry )+", "lowerBound upperBound defaultValue"),
    "mapEntry": Rule("", "mapKey mappedValue"),
    "outcomeDeclaration": Rule("(defaultValue )?", "identifier cardinality baseType normalMinimum? normalMaximum?"),
    "defaultValue": Rule("value "),
    "itemBody": Rule("(p )*(choiceInteraction |orderInteraction |matchInteraction )"),
    "p": Rule(text=True),
    "prompt": Rule(text=True),
    "choiceInteraction": Rule("prompt (simpleChoice ){3,}", "responseIdentifier shuffle maxChoices"),
    "orderInteraction": Rule("prompt (simpleChoice ){3,}", "responseIdentifier shuffle"),
    "matchInteraction": Rule("prompt simpleMatchSet simpleMatchSet ", "responseIdentifier shuffle maxAssociations"),
    "simpleChoice": Rule("", "identifier", text=True),
    "simpleMatchSet": Rule("(simpleAssociableChoice ){3,}"),
    "simpleAssociableChoice": Rule("", "identifier matchMax", text=True),
    "responseProcessing": Rule("((responseCondition |setOutcomeValue ))+"),
    "responseCondition": Rule("responseIf (responseElse )?"),
    "responseIf": Rule("(match |not )(setOutcomeValue )+"),
    "responseElse": Rule("(setOutcomeValue )+"),
    "setOutcomeValue": Rule("(baseValue |multiple |divide |sum )", "identifier"),
    "baseValue": Rule("", "baseType", text=True),
    "variable": Rule("", "identifier"),
    "correct": Rule("", "identifier"),
    "mapResponse": Rule("", "identifier"),
    "multiple": Rule("((variable |baseValue ))+"),
    "divide": Rule("mapResponse baseValue "),
    "match": Rule("variable (correct |baseValue )"),
    "not": Rule("member "),
    "member": Rule("baseValue variable "),
    "modalFeedback": Rule("(p )+", "outcomeIdentifier identifier showHide"),
    "assessmentTest": Rule("outcomeDeclaration (testPart )+outcomeProcessing ", "identifier title"),
    "testPart": Rule("itemSessionControl (assessmentSection )+", "identifier navigationMode submissionMode"),
    "itemSessionControl": Rule("", "maxAttempts showFeedback allowReview showSolution"),
    "assessmentSection": Rule("(assessmentItemRef )*", "identifier title visible"),
    "assessmentItemRef": Rule("(branchRule )*", "identifier href"),
    "branchRule": Rule("match ", "target"),
    "outcomeProcessing": Rule("setOutcomeValue "),
    "sum": Rule("testVariables "),
    "testVariables": Rule("", "variableIdentifier"),
    "manifest": Rule("metadata organizations resources ", "identifier"),
    "metadata": Rule("schema schemaversion "),
    "schema": Rule(text=True),
    "schemaversion": Rule(text=True),
    "organizations": Rule(),
    "resources": Rule("(resource )+"),
    "resource": Rule("file (dependency )*", "identifier type href"),
    "file": Rule("", "href"),
    "dependency": Rule("", "identifierref"),
}


def parsed(data: bytes, space: str) -> Element:
    """A file's outermost element, its namespaces checked and taken off."""
    root = ElementTree.fromstring(data)
    assert root.attrib.pop(LOCATION) == f"{space} {SCHEMAS[space]}"
    for element in root.iter():
        assert element.tag.startswith(f"{{{space}}}"), element.tag
        element.tag = element.tag.removeprefix(f"{{{space}}}")
    lawful(root)
    return root


def lawful(root: Element) -> None:
    for element in root.iter():
        rule = RULES[element.tag]
        children = "".join(f"{child.tag} " for child in element)
        assert re.fullmatch(rule.children, children), (element.tag, children)
        required = {name for name in rule.attributes.split() if not name.endswith("?")}
        allowed = {name.rstrip("?") for name in rule.attributes.split()}
        names = set(element.attrib) - {LANGUAGE}
        assert required <= names <= allowed, (element.tag, names)
        assert rule.text or not (element.text or "").strip(), (element.tag, element.text)
        assert not any((child.tail or "").strip() for child in element)
        assert "" not in element.attrib.values()


# ── the reader ──────────────────────────────────────────────────────────────────────────────────

KINDS = {  # interaction: cardinality and base type of its response
    "choiceInteraction": {("single", "identifier"), ("multiple", "identifier")},
    "orderInteraction": {("ordered", "identifier")},
    "matchInteraction": {("multiple", "directedPair")},
}


@dataclass
class Item:
    """An assessment item, taken apart."""

    root: Element
    identifier: str = ""
    kind: str = ""
    cardinality: str = ""
    correct: list[str] = field(default_factory=list)
    points: dict[str, float] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, list[str]] = field(default_factory=dict)

    @property
    def ask(self) -> list[str]:
        body = one(self.root, "itemBody")
        return [words(part) for part in [*body.findall("p"), *body.iter("prompt")]]


def one(element: Element, path: str) -> Element:
    [found] = element.findall(path)
    return found


def words(element: Element) -> str:
    assert len(element) == 0
    return element.text or ""


def item(data: bytes) -> Item:
    """Read an item; raises AssertionError where it does not hold together."""
    root = parsed(data, QTI)
    assert root.attrib[LANGUAGE] == "zh-TW"
    assert (root.attrib["adaptive"], root.attrib["timeDependent"]) == ("false", "false")
    declared, interaction = one(root, "responseDeclaration"), one(root, "itemBody")[-1]
    assert declared.attrib["identifier"] == interaction.attrib["responseIdentifier"] == "RESPONSE"
    assert interaction.attrib["shuffle"] == "false"
    read = Item(root, root.attrib["identifier"], interaction.tag, declared.attrib["cardinality"])
    assert (read.cardinality, declared.attrib["baseType"]) in KINDS[read.kind]
    choices = [*interaction.iter("simpleChoice"), *interaction.iter("simpleAssociableChoice")]
    read.choices = {choice.attrib["identifier"]: words(choice) for choice in choices}
    assert len(read.choices) == len(choices), "two choices share an identifier"
    assert all(NCNAME.fullmatch(key) for key in [read.identifier, *read.choices])
    read.correct = [words(value) for value in one(declared, "correctResponse")]
    read.points = {entry.attrib["mapKey"]: float(entry.attrib["mappedValue"]) for entry in declared.iter("mapEntry")}
    answers(read, interaction)
    feedback(read)
    return read


def answers(read: Item, interaction: Element) -> None:
    """The correct response is one that somebody can give."""
    assert len(set(read.correct)) == len(read.correct)
    if read.kind == "matchInteraction":
        lefts, rights = (
            [choice.attrib["identifier"] for choice in side] for side in interaction.findall("simpleMatchSet")
        )
        assert sorted(pair.split()[0] for pair in read.correct) == sorted(lefts)
        assert sorted(pair.split()[1] for pair in read.correct) == sorted(rights)
        assert interaction.attrib["maxAssociations"] == str(len(lefts))
        assert {choice.attrib["matchMax"] for choice in interaction.iter("simpleAssociableChoice")} == {"1"}
        assert list(read.points) == read.correct
        return
    assert set(read.correct) <= set(read.choices)
    if read.kind == "orderInteraction":
        assert len(read.correct) == len(read.choices)
        assert read.correct != list(read.choices), "shown in their order"
    elif read.cardinality == "single":
        assert len(read.correct) == 1
        assert interaction.attrib["maxChoices"] == "1"
    else:
        assert interaction.attrib["maxChoices"] == "0"
        assert list(read.points) == list(read.choices)


def feedback(read: Item) -> None:
    """Everything that is told can come up, and every variable is declared."""
    outcomes = {found.attrib["identifier"]: found for found in read.root.findall("outcomeDeclaration")}
    assert list(outcomes) == ["SCORE", "FEEDBACK"]
    for told in read.root.findall("modalFeedback"):
        assert (told.attrib["outcomeIdentifier"], told.attrib["showHide"]) == ("FEEDBACK", "show")
        assert NCNAME.fullmatch(told.attrib["identifier"])
        assert told.attrib["identifier"] not in read.feedback
        read.feedback[told.attrib["identifier"]] = [words(line) for line in told]
    rules = one(read.root, "responseProcessing")
    assert {found.attrib["identifier"] for found in rules.iter("setOutcomeValue")} == set(outcomes)
    named = {found.attrib["identifier"] for tag in ("variable", "correct", "mapResponse") for found in rules.iter(tag)}
    assert named <= {*outcomes, "RESPONSE"}
    literal = {words(found) for found in rules.iter("baseValue") if found.attrib["baseType"] == "identifier"}
    assert set(read.feedback) <= literal | set(read.choices)
    assert literal <= set(read.feedback), "a feedback that is nowhere"


def answered(read: Item, *response: str) -> tuple[float, list[str]]:
    """What the item's own rules make of a response: its score, and the feedback that is shown."""
    sitting = Sitting(read, response)
    sitting.run(one(read.root, "responseProcessing")[:])
    shown = [key for key in read.feedback if key in sitting.state["FEEDBACK"]]
    return sitting.state["SCORE"][0], [line for key in shown for line in read.feedback[key]]


class Sitting:
    """A response and what the rules make of it; every value is a list, as QTI's containers are."""

    def __init__(self, read: Item, response: tuple[str, ...]) -> None:
        self.read = read
        self.state: dict[str, list] = {"RESPONSE": list(response), "SCORE": [0.0], "FEEDBACK": []}

    def run(self, rules: list[Element]) -> None:
        for rule in rules:
            if rule.tag == "setOutcomeValue":
                self.state[rule.attrib["identifier"]] = self.value(rule[0])
            elif self.value(rule[0][0])[0]:
                self.run(rule[0][1:])
            elif len(rule) > 1:
                self.run(rule[1][:])

    def value(self, node: Element) -> list:
        return getattr(self, f"_{node.tag}")(node, *map(self.value, node))

    def _baseValue(self, node: Element) -> list:
        return [float(words(node)) if node.attrib["baseType"] == "float" else words(node)]

    def _variable(self, node: Element) -> list:
        return self.state[node.attrib["identifier"]]

    def _correct(self, node: Element) -> list:
        return self.read.correct

    def _mapResponse(self, node: Element) -> list:
        mapping = next(self.read.root.iter("mapping")).attrib
        points = (self.read.points.get(key, float(mapping["defaultValue"])) for key in self.state["RESPONSE"])
        return [min(max(sum(points), float(mapping["lowerBound"])), float(mapping["upperBound"]))]

    def _multiple(self, node: Element, *parts: list) -> list:
        return [each for part in parts for each in part]

    def _divide(self, node: Element, one: list, other: list) -> list:
        return [one[0] / other[0]]

    def _match(self, node: Element, one: list, other: list) -> list:
        in_any_order = self.read.cardinality != "ordered"
        return [bool(one) and (sorted(one) == sorted(other) if in_any_order else one == other)]

    def _member(self, node: Element, one: list, many: list) -> list:
        return [one[0] in many]

    def _not(self, node: Element, truth: list) -> list:
        return [not truth[0]]


@dataclass
class Package:
    """A package, taken apart: its items by identifier, and its test."""

    items: dict[str, Item]
    test: Element

    def sections(self, part: str) -> dict[str, list[Element]]:
        """Section → its references, in a part of the test."""
        found = [one for one in self.test.findall("testPart") if one.attrib["identifier"] == f"{part}__part"]
        sections = [section for each in found for section in each.findall("assessmentSection")]
        return {section.attrib["identifier"]: section.findall("assessmentItemRef") for section in sections}


def package(data: bytes) -> Package:
    """Read a package; raises AssertionError where anything in it is missing, superfluous or named twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        files = {name: archive.read(name) for name in names}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(files) == len(names)
    assert names[0] == "imsmanifest.xml"
    manifest = parsed(files.pop("imsmanifest.xml"), CP)
    assert words(one(manifest, "metadata/schema")) == "QTIv2.1 Package"
    assert words(one(manifest, "metadata/schemaversion")) == "1.0.0"
    resources = manifest.findall("resources/resource")
    assert all(each.attrib["href"] == one(each, "file").attrib["href"] for each in resources)
    assert Counter(resource.attrib["href"] for resource in resources) == Counter(list(files))
    kinds = {resource.attrib["identifier"]: resource.attrib["type"] for resource in resources}
    assert len(kinds) == len(resources)
    [test] = [resource for resource in resources if resource.attrib["type"] == "imsqti_test_xmlv2p1"]
    items = [resource for resource in resources if resource.attrib["type"] == "imsqti_item_xmlv2p1"]
    assert len(items) == len(resources) - 1
    needed = [each.attrib["identifierref"] for each in test.findall("dependency")]
    assert needed == [each.attrib["identifier"] for each in items]
    read = {each.attrib["identifier"]: item(files[each.attrib["href"]]) for each in items}
    assert all(key == found.identifier for key, found in read.items())
    whole = Package(read, parsed(files[test.attrib["href"]], QTI))
    assert whole.test.attrib["identifier"] == test.attrib["identifier"]
    assembled(whole, {each.attrib["identifier"]: each.attrib["href"] for each in items})
    assert all(NCNAME.fullmatch(key) for key in [*kinds, manifest.attrib["identifier"]])
    return whole


def assembled(whole: Package, hrefs: dict[str, str]) -> None:
    """The test holds every item once, names nothing twice, and each branch goes on in its own section."""
    named = [
        each.attrib["identifier"]
        for tag in ("testPart", "assessmentSection", "assessmentItemRef")
        for each in whole.test.iter(tag)
    ]
    assert max(Counter(named).values()) == 1
    assert all(NCNAME.fullmatch(key) for key in named)
    references = {each.attrib["identifier"]: each.attrib["href"] for each in whole.test.iter("assessmentItemRef")}
    assert references == hrefs
    modes = {each.attrib["identifier"]: each.attrib["navigationMode"] for each in whole.test.findall("testPart")}
    assert modes.items() <= {"questions__part": "nonlinear", "cases__part": "linear"}.items()
    assert {each.attrib["submissionMode"] for each in whole.test.findall("testPart")} == {"individual"}
    for part in whole.test.findall("testPart"):
        control = one(part, "itemSessionControl").attrib
        assert control.pop("maxAttempts") == ("1" if part.attrib["navigationMode"] == "linear" else "0")
        assert set(control.values()) == {"true"}
    assert not [each for part in whole.sections("questions").values() for ref in part for each in ref]
    for part in whole.sections("cases").values():
        order = [each.attrib["identifier"] for each in part]
        for place, reference in enumerate(part):
            for branch in reference:
                assert branch.attrib["target"] in [*order[place + 1 :], "EXIT_SECTION"]
                assert one(branch, "match/variable").attrib["identifier"] == f"{order[place]}.RESPONSE"
                assert words(one(branch, "match/baseValue")) in whole.items[order[place]].choices


# ── fixtures ────────────────────────────────────────────────────────────────────────────────────


def handbook(name: str) -> Handbook:
    found, _ = load(project.ROOT if name == "shipped" else cases.MINIMAL)
    assert found
    return found


def every(book: Handbook) -> list[Drawn]:
    return [Drawn(key, one) for key, questions in bank(book).items() for one in questions]


@pytest.fixture(scope="module", params=["shipped", "small"])
def book(request: pytest.FixtureRequest) -> Handbook:
    return handbook(request.param)


@pytest.fixture(scope="module")
def whole(book: Handbook) -> Package:
    return package(qti(book, every(book), "題庫")[0])


@pytest.fixture(scope="module")
def small() -> Handbook:
    return handbook("small")


# ── the whole bank ──────────────────────────────────────────────────────────────────────────────


def test_each_question_is_held_or_listed(book: Handbook, whole: Package) -> None:
    _, omitted = qti(book, every(book), "題庫")
    held = {tuple(key.split("_")[:2]) for key in whole.items}
    lost = {tuple(one.question.split("/")) for one in omitted if not one.part}
    assert held | lost == {(sop, one.id) for sop, one in every(book)}
    assert held & lost == set()


def test_the_whole_bank_says_what_it_said(book: Handbook, whole: Package) -> None:
    said, _ = sorted_out(book, every(book))
    assert [identifier(one) for one in said] == list(whole.items)
    for plain, read in zip(said, whole.items.values(), strict=True):
        assert read.ask == list(plain.ask)
        assert read.feedback["WHY"] == list(plain.after)
        if isinstance(plain, Choose):
            assert list(read.choices.values()) == [answer.text for answer in plain.answers]
        elif isinstance(plain, Arrange):
            assert [read.choices[key] for key in read.correct] == list(plain.steps)
            assert list(read.choices.values()) == [plain.steps[place] for place in plain.shown]
        elif isinstance(plain, Pairs):
            pairs = [tuple(read.choices[key] for key in pair.split()) for pair in read.correct]
            assert pairs == [(pair.left, pair.right) for pair in plain.couples]


def test_each_answer_earns_what_it_should(book: Handbook, whole: Package) -> None:
    """By the item's own rules: one point for what is right, none for what is not, and its own feedback for each."""
    for plain in sorted_out(book, every(book))[0]:
        read = whole.items[identifier(plain)]
        score, told = answered(read, *read.correct)
        assert score == pytest.approx(1), read.identifier
        assert told[-len(plain.after) :] == list(plain.after)
        assert answered(read)[0] == 0, "no answer, no point"
        if isinstance(plain, Choose) and not plain.several:
            for key, answer in zip(read.choices, plain.answers, strict=True):
                assert answered(read, key) == (float(answer.right), [*answer.feedback, *plain.after])
        elif isinstance(plain, Choose):
            assert answered(read, *read.choices)[0] == 0
            assert 0 < answered(read, read.correct[0])[0] < 1
        elif isinstance(plain, Arrange):
            assert answered(read, *reversed(read.correct))[0] == 0
        elif isinstance(plain, Pairs):
            assert told == list(plain.after)
            score, told = answered(read, *read.correct[1:])
            assert score == pytest.approx(1 - 1 / len(plain.couples))
            assert told[0].endswith(plain.couples[0].feedback)
            assert len(told) == 1 + len(plain.after)


def test_each_way_through_a_case_is_the_way_through_its_section(book: Handbook, whole: Package) -> None:
    said, _ = sorted_out(book, every(book))
    moments = {identifier(one): one for one in said if isinstance(one, Moment)}
    sections = whole.sections("cases")
    for sop, case in every(book):
        if isinstance(case, CaseStudy):
            part = sections.pop(f"{sop}_{case.id}__section")
            order = [each.attrib["identifier"] for each in part]
            assert order == [f"{sop}_{case.id}_{scene.id}" for scene in case.scenes]
            for place, (scene, reference) in enumerate(zip(case.scenes, part, strict=True)):
                ways = {way.text: way for way in case.scenes[place].ways}
                for key, answer in zip(whole.items[order[place]].choices, moments[order[place]].answers, strict=True):
                    way = next(way for text, way in ways.items() if printable(book.plain(text)) == answer.text)
                    wanted = f"{sop}_{case.id}_{way.to}" if way.to else None
                    assert follow(reference, key, order, place) == wanted, (case.id, scene.id, way.text)
    assert sections == {}


def follow(reference: Element, chosen: str, order: list[str], place: int) -> str | None:
    """The scene that comes next in the test; None where the section ends."""
    for branch in reference:
        if words(one(branch, "match/baseValue")) == chosen:
            target = branch.attrib["target"]
            return None if target == "EXIT_SECTION" else target
    return order[place + 1] if place + 1 < len(order) else None


def test_each_kind_has_its_interaction(book: Handbook, whole: Package) -> None:
    kinds = {Order: "orderInteraction", Match: "matchInteraction"}
    for sop, question in every(book):
        if not isinstance(question, CaseStudy):
            read = whole.items[f"{sop}_{question.id}"]
            assert read.kind == kinds.get(type(question), "choiceInteraction")
            assert (read.cardinality == "single") == (getattr(question, "kind", "") in ("choice", "number"))


def test_each_sop_is_a_section(book: Handbook, whole: Package) -> None:
    questions = {key: [one for one in found if not isinstance(one, CaseStudy)] for key, found in bank(book).items()}
    assert {key: [each.attrib["identifier"] for each in part] for key, part in whole.sections("questions").items()} == {
        f"{key}__section": [f"{key}_{one.id}" for one in found] for key, found in questions.items() if found
    }


def test_a_package_of_one_sop_is_named_after_it(small: Handbook) -> None:
    read = package(qti(small, [one for one in every(small) if one.sop == "greeting"], "打招呼")[0])
    assert (read.test.attrib["identifier"], read.test.attrib["title"]) == ("greeting__test", "打招呼")
    assert list(read.sections("questions")) == ["greeting__section"]


def test_the_same_questions_make_the_same_bytes(small: Handbook) -> None:
    assert qti(small, every(small), "題庫") == qti(handbook("small"), every(handbook("small")), "題庫")


@pytest.mark.parametrize(
    ("right", "wrong", "good", "bad", "most"), [(2, 1, 1, -2, 2), (2, 3, 3, -2, 6), (2, 2, 1, -1, 2), (3, 0, 1, -1, 3)]
)
def test_points_of_several(small: Handbook, right: int, wrong: int, good: int, bad: int, most: int) -> None:
    """In whole numbers: all that is right is everything, and all that is wrong takes it off again."""
    options = [Option(text=f"{n}", right=n < right, feedback="不對") for n in range(right + wrong)]
    question = Choice.model_construct(
        id="one", kind="several", about=["clerk#open-up"], ask="問", why="因為", options=options
    )
    [read] = package(qti(small, [Drawn("clerk", question)], "題庫")[0]).items.values()
    assert {read.choices[key]: points for key, points in read.points.items()} == {
        f"{n}": good if n < right else bad for n in range(right + wrong)
    }
    assert next(read.root.iter("mapping")).attrib["upperBound"] == str(most)
    assert answered(read, read.correct[0])[0] == pytest.approx(1 / right)


# ── hostile texts ───────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    "<script>alert('1')</script>",
    "]]> <![CDATA[ x ]]>",
    "&amp; &lt; &#0; &nosuch;",
    "<!-- -- -->",
    "<?xml version='1.0'?><!DOCTYPE x>",
    "\"引號\" 'x' 「」 “”",
    "👩‍👩‍👧‍👦 🏳️‍🌈 𠮷 e\u0301 \u200b",
    r"\ ~ = # { } : %",
    "$(no-such) $(",
    "\x00\x07\x1b\ud800\uffff\x85\u2028",
]
hostile = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=20))
hostile = hostile.map(lambda text: " ".join(text.split())).filter(bool)  # as the model leaves every text
held = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@held
@given(st.lists(hostile, min_size=7, max_size=7))
def test_any_text_survives(small: Handbook, texts: list[str]) -> None:
    told = [printable(small.plain(text, "clerk")) for text in texts]
    options = [
        Option.model_construct(text=text, right=not place, feedback=texts[3] if place else None)
        for place, text in enumerate(texts[:3])
    ]
    pairs = [
        Pair.model_construct(about="clerk#open-up", left=texts[0] + str(n), right=str(n) + texts[1], feedback=texts[2])
        for n in range(3)
    ]
    about = ["clerk#open-up"]
    ask, why = texts[4:6]
    questions = [
        Choice.model_construct(id="a", kind="choice", about=about, ask=ask, why=why, options=options),
        Choice.model_construct(id="b", kind="several", about=about, ask=ask, why=why, options=options),
        Match.model_construct(id="c", kind="match", ask=ask, why=why, pairs=pairs),
    ]
    data, omitted = qti(small, [Drawn("clerk", question) for question in questions], texts[6])
    assert omitted == []
    read = package(data)
    assert flat(read.test.attrib["title"]) == flat(printable(texts[6]))
    choice, several, match = read.items.values()
    assert sorted(choice.choices.values()) == sorted(several.choices.values()) == sorted(told[:3])
    assert choice.choices[choice.correct[0]] == told[0]
    assert {line for key, lines in choice.feedback.items() if key != "WHY" for line in lines} == {told[3]}
    assert choice.ask == match.ask == [told[4]]
    assert choice.feedback["WHY"][0] == told[5]
    first, second = match.correct[0].split()
    wanted = [printable(small.plain(text)) for text in (pairs[0].left, pairs[0].right)]
    assert [match.choices[first], match.choices[second]] == wanted


def flat(text: str) -> str:
    return " ".join(text.split())


# ── what can't be asked elsewhere ───────────────────────────────────────────────────────────────


def lost(book: Handbook, question: Question) -> list[tuple[str, str, bool]]:
    data, omitted = qti(book, [Drawn("clerk", question)], "題庫")
    assert package(data).items == {}
    return [tuple(one) for one in omitted]


def test_equal_steps_have_no_order(small: Handbook) -> None:
    ref = "clerk#open-up"
    order = Order.model_construct(id="one", kind="order", ask="排", why="因為", steps=[ref, ref, ref])
    assert lost(small, order) == [("clerk/one", "有兩步的字一樣，或有一步找不到，排不出先後", False)]


def test_equal_sides_have_no_match(small: Handbook) -> None:
    pairs = [Pair(about="clerk#open-up", left=left, right="乙", feedback="因為") for left in "一二三"]
    match = Match.model_construct(id="one", kind="match", ask="配", why="因為", pairs=pairs)
    assert lost(small, match) == [("clerk/one", "有兩對的字一樣，配不出唯一的答案", False)]


def test_a_number_without_a_unit_has_no_answer(small: Handbook) -> None:
    number = Number.model_construct(id="one", kind="number", ask="多少", why="因為", about="clerk#open-up")
    assert lost(small, number) == [("clerk/one", "條文沒有量得出的答案，或它還待定", False)]


# ── the reader itself ───────────────────────────────────────────────────────────────────────────


WRONG = {
    "an unknown element": (b"<p>", b"<div>", b"</p>", b"</div>"),
    "another namespace": (b'imsqti_v2p1"', b'imsqti_v2p2"'),
    "another schema": (b"imsqti_v2p1.xsd", b"imsqti_v2p0.xsd"),
    "a correct response that is no choice": (b"<correctResponse>\n      <value>", b"<correctResponse>\n      <value>Z"),
    "two choices of one name": (b'simpleChoice identifier="B"', b'simpleChoice identifier="A"'),
    "an interaction without a response": (b'responseIdentifier="RESPONSE"', b'responseIdentifier="OTHER"'),
    "a response of another kind": (b'"single" baseType="identifier"', b'"ordered" baseType="identifier"'),
    "a feedback that nothing sets": (b'FEEDBACK" identifier="WHY"', b'FEEDBACK" identifier="HOW"'),
    "a name with a full stop": (b'identifier="clerk_early', b'identifier="clerk.early'),
}


@pytest.mark.parametrize("what", WRONG)
def test_the_reader_refuses(small: Handbook, what: str) -> None:
    question = next(one for one in bank(small)["clerk"] if one.id == "early-customer")
    with zipfile.ZipFile(io.BytesIO(qti(small, [Drawn("clerk", question)], "題庫")[0])) as archive:
        data = archive.read("items/clerk_early-customer.xml")
    item(data)
    broken = data
    for old, new in zip(WRONG[what][::2], WRONG[what][1::2], strict=True):
        assert old in broken
        broken = broken.replace(old, new)
    with pytest.raises(AssertionError):
        item(broken)
