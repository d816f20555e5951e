"""What is copied or read aloud reads as it looks: no label runs into its text, and no line says its opposite."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from handbook.model.book import Handbook
from tests.project import Built, text

Pages = dict[str, Built]

# What stands in a line with the words around it; all else starts a line of its own in a copy, and for who listens.
INLINE = {"a", "abbr", "b", "code", "em", "i", "label", "mark", "q", "small", "span", "strong", "sub", "sup", "time"}
LABELS = {"b", "em", "i", "label", "small", "strong", "time"}
CLASSES = {"chip", "label", "num", "to"}
EDGE, CLOSED, OPENED = "\0", "\1", "\2"  # of a label; of any other element
TOUCHING = re.compile(rf"(\w+)([{EDGE}{CLOSED}{OPENED}]*(?:{EDGE}|{CLOSED}{OPENED})[{EDGE}{CLOSED}{OPENED}]*)(\w+)")
BEGIN = ("如果", "絕對不要", "問")  # labels that a sentence goes on from: 「如果住戶不在」


def _flat(element: Element) -> str:
    """The text of an element with a sign at each edge of one inside: a line's end, or those above."""
    parts = [element.text or ""]
    for child in element:
        opened = closed = "\n"
        if child.tag in INLINE:
            is_label = child.tag in LABELS or CLASSES & set(child.get("class", "").split())
            opened, closed = (EDGE, EDGE) if is_label else (OPENED, CLOSED)
        parts += [opened, _flat(child), closed, child.tail or ""]
    return "".join(parts)


def test_no_label_runs_into_its_text(pages: Pages) -> None:
    """Between a label and what stands beside it in its line, and between two links, there is a sign or a blank."""
    glued = {
        f"{page.address}: {found[1][-12:]}|{found[3][:12]}"
        for page in pages.values()
        if not page.address.startswith(("quiz/", "exams/"))  # letters of answers: tests/quiz
        for found in TOUCHING.finditer(_flat(page.article))
        if not found[1].endswith(BEGIN)
    }
    assert sorted(glued) == []


def test_each_line_that_forbids_says_so_itself(book: Handbook, pages: Pages) -> None:
    for sop, placed in book.each():
        element = pages[f"{book.page(sop.id)}/"].ids[placed.clause.id]
        lines = [
            text(line) for block in element.iter("div") if block.get("class") == "never" for line in block.iter("li")
        ]
        for words in placed.clause.never:
            assert f"絕對不要{book.plain(words, sop.id)}" in lines, (sop.id, placed.clause.id)


def test_each_anchor_names_its_clause(book: Handbook, pages: Pages) -> None:
    for sop in book.sops.values():
        anchors = [link for link in pages[f"{book.page(sop.id)}/"].all("a") if link.get("class") == "anchor"]
        names = {link.get("href", "").removeprefix("#"): link.get("aria-label", "") for link in anchors}
        assert list(names) == list(book.clauses[sop.id]), sop.id
        assert len(set(names.values())) == len(names), sop.id
        for key, placed in book.clauses[sop.id].items():
            assert names[key] == f"連結：{book.plain(getattr(placed.clause, 'label', placed.clause.headline), sop.id)}"
