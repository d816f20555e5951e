"""What phones fetch: no comments, but every licence, and text in quotes as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handbook.pages.slim import slim
from tests import project

ASSETS = [path for path in project.WEB.rglob("*.*") if path.suffix in (".js", ".css")]


def test_comments_go_and_licences_stay() -> None:
    assert slim(".js", "/*! MIT */\n// a comment\n  const a = 1; /* more */\n") == "/*! MIT */\nconst a = 1;"
    assert slim(".css", "/*! MIT */ a { /* why */\n  color: red; }\n") == "/*! MIT */ a {\ncolor: red; }"


def test_what_counts_stays_as_it_is() -> None:
    text = "say(`第  ${a ? `  //  ${b}\n   ` : '/*  */'}  步`, \"//  no\", /\\/\\*  [/]/, a / b / c);"
    assert slim(".js", text) == text
    assert slim(".css", 'a::before { content: "/*  */" !important; }') == 'a::before { content: "/*  */" !important; }'


def test_a_statement_ends_where_its_line_did() -> None:
    assert slim(".js", "let a = b /* over\nlines */ (c)") == "let a = b\n(c)"


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_the_site_has_the_slim_ones(site: Path, path: Path) -> None:
    built = (site / "assets" / path.relative_to(project.WEB)).read_text("utf-8")
    original = path.read_text("utf-8")
    assert built == slim(path.suffix, original)
    assert len(built) < len(original)
    assert "@ts-check" not in built


@pytest.mark.parametrize("path", [path for path in ASSETS if path.suffix == ".css"], ids=lambda path: path.name)
def test_a_style_says_what_it_said(path: Path) -> None:
    original = path.read_text("utf-8")
    assert words(re.sub(r"(?s)/\*.*?\*/", "", original)) == words(slim(".css", original))


def words(text: str) -> list[str]:
    return text.split()
