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
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ...model.book import Handbook
from ...quiz.exam import Drawn
from ...quiz.plain import Omitted, Plain, printable, sorted_out
from .assessment import test
from .items import item
from .names import file_of, identifier
from .xml import PACKAGE, PACKAGE_SCHEMA, as_bytes, node, rooted

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold: the same questions give the same bytes
READABLE = 0o100644 << 16  # a plain file, for its owner to write and for everybody to read
UNIX = 3


def qti(book: Handbook, questions: Iterable[Drawn], title: str) -> tuple[bytes, list[Omitted]]:
    """The questions as a package (a zip), and what it can't hold. The same questions make the same bytes.

    Compressed bytes depend on the zlib that Python was built with; what is in them does not.
    """
    said, omitted = sorted_out(book, questions)
    keys = list(dict.fromkeys(one.sop for one in said))
    name = keys[0] if len(keys) == 1 else "handbook"
    files = {file_of(one): item(one, f"{book.title(book.sops[one.sop])}：{one.ask[0]}") for one in said}
    files["test.xml"] = test(said, name, printable(title), {key: book.title(book.sops[key]) for key in keys})
    return _zipped({"imsmanifest.xml": _manifest(said, name), **files}), omitted


def _zipped(files: dict[str, Element]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for path, root in files.items():
            entry = zipfile.ZipInfo(path, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = UNIX, READABLE
            package.writestr(entry, as_bytes(root))
    return whole.getvalue()


def _manifest(said: list[Plain], name: str) -> Element:
    items = [_resource(identifier(one), "imsqti_item_xmlv2p1", file_of(one)) for one in said]
    needed = (node("dependency", identifierref=identifier(one)) for one in said)
    test = _resource(f"{name}__test", "imsqti_test_xmlv2p1", "test.xml", *needed)
    about = node("metadata", node("schema", "QTIv2.1 Package"), node("schemaversion", "1.0.0"))
    content = node("resources", test, *items)
    made = (about, node("organizations"), content)
    return rooted("manifest", PACKAGE, PACKAGE_SCHEMA, *made, identifier=f"{name}__manifest")


def _resource(name: str, kind: str, href: str, *needed: Element) -> Element:
    return node("resource", node("file", href=href), *needed, identifier=name, type=kind, href=href)
