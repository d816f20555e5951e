"""XML of QTI and of content packages: its namespaces, and the elements that its files share."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SITE = "http://www.imsglobal.org/xsd"
QTI = f"{SITE}/imsqti_v2p1"
QTI_SCHEMA = f"{SITE}/qti/qtiv2p1/imsqti_v2p1.xsd"
PACKAGE = f"{SITE}/imscp_v1p1"
PACKAGE_SCHEMA = f"{SITE}/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
LANGUAGE = "zh-TW"


def node(tag: str, *inner: Element | str, **attributes: str) -> Element:
    """An element with what is in it; a text comes before all elements."""
    made = Element(tag, attributes)
    for part in inner:
        if isinstance(part, str):
            made.text = part
        else:
            made.append(part)
    return made


def rooted(tag: str, space: str, schema: str, *inner: Element, **attributes: str) -> Element:
    """The outermost element of a file. Everything in it is of one namespace, so no name needs a prefix."""
    made = node(tag, *inner, **attributes)
    made.set("xmlns", space)
    made.set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
    made.set("xsi:schemaLocation", f"{space} {schema}")
    return made


def as_bytes(root: Element) -> bytes:
    """A file with this outermost element."""
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def paragraphs(lines: Sequence[str]) -> list[Element]:
    return [node("p", line) for line in lines]


def base_value(kind: str, value: str) -> Element:
    return node("baseValue", value, baseType=kind)


def variable(name: str) -> Element:
    return node("variable", identifier=name)


def set_outcome(name: str, value: Element) -> Element:
    return node("setOutcomeValue", value, identifier=name)


def when(condition: Element, *then: Element, otherwise: Element | None = None) -> Element:
    made = node("responseCondition", node("responseIf", condition, *then))
    if otherwise is not None:
        made.append(node("responseElse", otherwise))
    return made


def outcome(name: str, cardinality: str, kind: str, **more: str) -> Element:
    made = node("outcomeDeclaration", identifier=name, cardinality=cardinality, baseType=kind, **more)
    if kind == "float":
        made.append(node("defaultValue", node("value", "0")))
    return made
