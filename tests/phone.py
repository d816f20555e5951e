"""What a phone's camera makes of a sheet of paper: its first page drawn, a little out of focus, and read by two
decoders, of which the second gives up sooner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from pyzbar import pyzbar

INCH = 25.4  # mm
POINTS = 72  # to the inch
BLACK = 128  # and below it
BLUR = (1, 4, 6, 4, 1)  # of one pixel: a bell curve whose deviation is 1


Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Picture:
    """Shades of grey, 0 is black; row by row, with nothing between rows."""

    width: int
    height: int
    pixels: bytes

    @classmethod
    def of(cls, file: Path, dpi: float, box: Box | None = None) -> Picture:
        """The first page of a PDF, or what is in a box of it, in inches."""
        with pypdfium2.PdfDocument(file) as document:
            page = document[0]
            width, height = (side / POINTS for side in page.get_size())
            left, top, right, bottom = box or (0, 0, width, height)
            cut = (left, height - bottom, width - right, top)
            drawn = page.render(scale=dpi / POINTS, crop=tuple(max(side, 0) * POINTS for side in cut), grayscale=True)
            rows = memoryview(bytes(drawn.buffer))
            pixels = b"".join(rows[y * drawn.stride :][: drawn.width] for y in range(drawn.height))
            return cls(drawn.width, drawn.height, pixels)

    def blurred(self) -> Picture:
        """The same, out of focus by one pixel."""
        return self._smeared()._turned()._smeared()._turned()

    def _smeared(self) -> Picture:
        reach = len(BLUR) // 2
        smeared = bytearray()
        for row in self.rows():
            wide = row[:1] * reach + row + row[-1:] * reach
            columns = (wide[n : n + self.width] for n in range(len(BLUR)))
            smeared += bytes(sum(map(int.__mul__, BLUR, near)) >> 4 for near in zip(*columns, strict=True))
        return Picture(self.width, self.height, bytes(smeared))

    def _turned(self) -> Picture:
        return Picture(self.height, self.width, b"".join(bytes(column) for column in zip(*self.rows(), strict=True)))

    def rows(self) -> list[bytes]:
        """Its rows, from the top."""
        return [self.pixels[y * self.width :][: self.width] for y in range(self.height)]

    def ink(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is black in it."""
        across, down = ([min(row) < BLACK for row in each.rows()] for each in (self._turned(), self))
        ends = [(marks.index(True), len(marks) - marks[::-1].index(True)) for marks in (across, down)]
        return ends[0][0], ends[1][0], ends[0][1], ends[1][1]

    def read(self) -> dict[str, set[str]]:
        """What each decoder reads in it: the text of every QR code that it makes out."""
        seen = memoryview(self.pixels).cast("B", shape=(self.height, self.width))
        by_zxing = zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
        by_zbar = pyzbar.decode((self.pixels, self.width, self.height), symbols=[pyzbar.ZBarSymbol.QRCODE])
        return {"zxing": {code.text for code in by_zxing}, "zbar": {code.data.decode() for code in by_zbar}}


@dataclass(frozen=True)
class Code:
    """A code: where it stands on its sheet, in inches, and the side of its least square, in mm."""

    box: Box
    module: float


def measured(file: Path) -> Code:
    """The code nearest the top of a sheet."""
    fine = 1270  # dpi: 20 dots to the least square
    near = wider(_seen(file), 0.8)
    drawn = Picture.of(file, fine, near)
    left, top, right, bottom = drawn.ink()
    first = drawn.rows()[top + 2][left:]
    corner = next(n for n, shade in enumerate(first) if shade >= BLACK)  # the pattern at its corner: 7 squares wide
    module = (right - left) / round((right - left) / corner * 7)
    box = near[0] + left / fine, near[1] + top / fine, near[0] + right / fine, near[1] + bottom / fine
    return Code(box, module * INCH / fine)


def wider(box: Box, by: float) -> Box:
    """A box with so many millimetres more on all sides."""
    left, top, right, bottom = box
    more = by / INCH
    return left - more, top - more, right + more, bottom + more


def _seen(file: Path) -> Box:
    """Where a decoder sees the code, more or less."""
    dpi = 200
    page = Picture.of(file, dpi)
    seen = memoryview(page.pixels).cast("B", shape=(page.height, page.width))
    codes = zxingcpp.read_barcodes(seen, formats=zxingcpp.BarcodeFormat.QRCode)
    corners = [(at.top_left, at.bottom_right) for at in (code.position for code in codes)]
    top, left, bottom, right = min((one.y / dpi, one.x / dpi, two.y / dpi, two.x / dpi) for one, two in corners)
    return left, top, right, bottom
