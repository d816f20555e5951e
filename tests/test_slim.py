"""What phones fetch: no comments, but every licence, and text in quotes as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.slim import slim
from tests import project

ASSETS = [path for path in (project.ROOT / "docs/assets").rglob("*.*") if path.suffix in (".js", ".css")]


def test_comments_go_and_licences_stay() -> None:
    assert slim("a.js", "/*! MIT */\n// a comment\nconst a = 1; /* more */\n") == "/*! MIT */const a=1"
    assert slim("a.css", "/*!MIT*/ a { /* why */ color: red; }") == "/*!MIT*/a{color:red}"


def test_words_in_quotes_stay_as_they_are() -> None:
    text = 'say(`第  ${a?`  //  ${b} `:"/*  */"}  步`,"//  no",/\\/\\*  [/]/)'
    assert slim("a.js", text) == text


def test_what_is_written_wrong_is_named_with_its_place() -> None:
    with pytest.raises(ValueError, match=r"(?s)^assets/a\.js: .*line 2 and column 9"):
        slim("assets/a.js", "// a\nlet a = ;\n")


@pytest.mark.parametrize("path", ASSETS, ids=lambda path: path.name)
def test_the_site_has_the_slim_ones(site: Path, path: Path) -> None:
    built = (site / path.relative_to(project.ROOT / "docs")).read_text("utf-8")
    original = path.read_text("utf-8")
    assert built == slim(path.name, original)
    assert not original or len(built) < len(original)
    assert "@ts-check" not in built
