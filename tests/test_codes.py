"""The codes on sheets of paper: large enough and clear enough for any phone, at any address that people have."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.paper import press
from handbook.paper.sheet import KINDS, Edition, Sheet
from handbook.paper.sheets import sheets
from tests import cases, project
from tests.phone import INCH, Box, Picture, measured, wider
from tests.project import ADDRESS

LEAST = 0.4  # mm, of a code's smallest square
BORDER = 4  # squares

Printed = dict[str, tuple[Sheet, Path]]


def _printed(made: list[Sheet], cache: Path, root: Path) -> Printed:
    """Of each kind the sheet whose code says most, and where its PDF lies."""
    said = sorted(made, key=lambda sheet: len(_said(sheet)))
    chosen = list({sheet.kind: sheet for sheet in said}.values())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(cache))
        files = press.press(chosen, root)
    return {sheet.kind: (sheet, files[f"{sheet.path}.pdf"]) for sheet in chosen}


def _said(sheet: Sheet) -> str:
    address: str = sheet.make()["head"]["page"]["code"]
    return address


@pytest.fixture(scope="module")
def printed(book: Handbook) -> Printed:
    """The shipped handbook's."""
    return _printed(sheets(Edition(book, ADDRESS)), project.ROOT / ".cache", project.ROOT)


@pytest.mark.parametrize("kind", KINDS)
def test_two_phones_read_it_also_out_of_focus(printed: Printed, kind: str) -> None:
    sheet, file = printed[kind]
    place = wider(measured(file).box, 2 * BORDER * LEAST)
    seen = {
        "the whole sheet at 200 dpi": Picture.of(file, 200),
        "200 dpi, out of focus": Picture.of(file, 200, place).blurred(),
        "300 dpi, out of focus": Picture.of(file, 300, place).blurred(),
    }
    read = {how: picture.read() for how, picture in seen.items()}
    assert read == {how: {"zxing": {_said(sheet)}, "zbar": {_said(sheet)}} for how in seen}


@pytest.mark.parametrize("kind", KINDS)
def test_its_squares_are_large_and_its_border_is_empty(printed: Printed, kind: str) -> None:
    _large_and_clear(printed[kind][1])


def _large_and_clear(file: Path) -> Box:
    code = measured(file)
    assert code.module > LEAST - 0.001
    around = Picture.of(file, 600, wider(code.box, BORDER * code.module))
    assert around.ink() == pytest.approx(_border(around, BORDER * code.module), abs=1)
    return code.box


def _border(around: Picture, width: float) -> Box:
    side = width / INCH * 600
    return side, side, around.width - side, around.height - side


@pytest.mark.parametrize("kind", ["checklist", "card", "form", "handbook"])
def test_where_an_address_is_long_the_code_grows(tmp_path: Path, kind: str) -> None:
    book, _ = compile_handbook(cases.MINIMAL)
    long = f"https://intranet.example.org/{'department/' * 12}"
    made = [sheet for sheet in sheets(Edition(book, long, directory_urls=False)) if sheet.kind == kind]
    (_, file), *_ = _printed(made, tmp_path, cases.MINIMAL).values()
    left, top, right, bottom = _large_and_clear(file)
    assert right - left == pytest.approx(bottom - top, abs=0.002)
    assert right - left > 20 / INCH


def test_an_address_in_chinese_is_read_as_it_is_written(tmp_path: Path) -> None:
    """zbar takes the bytes of 前檯 in UTF-8 for other characters in Shift-JIS."""
    book, _ = compile_handbook(cases.MINIMAL)
    made = [sheet for sheet in sheets(Edition(book, "https://example.org/前檯/")) if sheet.kind == "card"]
    sheet, file = _printed(made, tmp_path, cases.MINIMAL)["card"]
    assert unquote(_said(sheet)).startswith("https://example.org/前檯/s/lost-property/?v=")
    assert Picture.of(file, 300).read() == {"zxing": {_said(sheet)}, "zbar": {_said(sheet)}}


def test_it_says_a_short_address_the_version_and_half_of_the_mark(book: Handbook) -> None:
    for sheet in sheets(Edition(book, ADDRESS)):
        if sop := book.sops.get(sheet.of):
            mark = book.sop_fingerprint(sop)[:6]
            assert _said(sheet) == f"{ADDRESS}s/{sop.id}/?v={sop.current.version}-{mark}"
        elif sheet.kind == "form":
            assert _said(sheet) == f"{ADDRESS}forms/{sheet.of}/"


def test_its_address_is_whole_without_directory_urls(book: Handbook) -> None:
    (sheet,) = (one for one in sheets(Edition(book, ADDRESS, False)) if one.path == "procedures/fees-card")
    assert re.fullmatch(rf"{ADDRESS}s/fees/index\.html\?v=[\d.]+-[0-9a-f]{{6}}", _said(sheet))


def test_a_code_drawn_otherwise_prints_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = project.ENGINE / press.TEMPLATES
    before = press._ground(templates)
    monkeypatch.setattr(press, "version", lambda package: "9" if package == "segno" else version(package))
    assert press._ground(templates) != before
