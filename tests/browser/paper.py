"""What stands on paper: the text of a PDF as Chromium writes it, page by page.

Chromium writes plain objects, text as codes of its fonts, and beside each font a table from codes to characters.
This reads that, and no other PDF.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator

A4 = (595, 842)  # in points


class Paper:
    """A PDF that a page was printed to."""

    def __init__(self, data: bytes) -> None:
        starts = {int(m[1]): m.end() for m in re.finditer(rb"(?:^|\n)(\d+) 0 obj\n(?=<<|\[|\d)", data)}
        self._objects = {number: _object(data, start) for number, start in starts.items()}

    def sizes(self) -> list[tuple[int, int]]:
        """Each sheet's width and height, in points."""
        boxes = [re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", head) for head, _ in self._sheets()]
        return [(int(float(box[1])), int(float(box[2]))) for box in boxes if box]

    def text(self) -> str:
        """All that is printed, sheet by sheet, without white space: where lines break is not ours to say."""
        return "".join(character for head, _ in self._sheets() for character in self._printed(head))

    def _sheets(self) -> Iterator[tuple[bytes, bytes]]:
        yield from (entry for entry in self._objects.values() if re.search(rb"/Type /Page\b", entry[0]))

    def _printed(self, sheet: bytes) -> Iterator[str]:
        fonts = {int(m[1]): self._table(int(m[2])) for m in re.finditer(rb"/F(\d+) (\d+) 0 R", sheet)}
        content = re.sub(rb"/ActualText <\w+>", b"", self._objects[_reference(b"Contents", sheet)][1])
        width, table = 2, {}
        for m in re.finditer(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>", content):
            if m[1]:
                width, table = fonts[int(m[1])]
            else:
                codes = re.findall(b".{%d}" % width, m[2])
                yield from (table.get(int(code, 16), "").strip() for code in codes)

    def _table(self, font: int) -> tuple[int, dict[int, str]]:
        """How many digits a font's codes have, and what each code stands for."""
        map_ = self._objects[_reference(b"ToUnicode", self._objects[font][0])][1]
        width = len(re.search(rb"begincodespacerange\n<(\w+)>", map_)[1])  # type: ignore[index]
        table: dict[int, str] = {}
        for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", map_, re.DOTALL):
            table |= {int(code, 16): _characters(to) for code, to in re.findall(rb"<(\w+)> <(\w+)>", block)}
        for block in re.findall(rb"beginbfrange\n(.*?)endbfrange", map_, re.DOTALL):
            for first, last, to in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", block):
                for step in range(int(last, 16) - int(first, 16) + 1):
                    table[int(first, 16) + step] = chr(ord(_characters(to)) + step)
        return width, table


def _object(data: bytes, start: int) -> tuple[bytes, bytes]:
    """An object's dictionary, and its stream unpacked where it has one."""
    head = data[start : data.index(b"endobj", start)].partition(b"stream\n")[0]
    length = re.search(rb"/Length (\d+)", head)
    begin = start + len(head) + len(b"stream\n")
    if not length or data[begin - 7 : begin] != b"stream\n":
        return head, b""
    stream = data[begin : begin + int(length[1])]
    return head, zlib.decompress(stream) if b"/FlateDecode" in head else stream


def _reference(key: bytes, head: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % key, head)
    assert found, f"no {key.decode()} in {head[:80]!r}"
    return int(found[1])


def _characters(code: bytes) -> str:
    """A character as people type it: fonts draw some of them by the signs of dictionaries (⼾ for 戶)."""
    written = bytes.fromhex(code.decode()).decode("utf-16-be")
    return unicodedata.normalize("NFKC", written) if "\u2e80" <= written[:1] <= "\u2fdf" else written
