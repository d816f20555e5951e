"""An organisation's own: a file of the same name under `overrides/` takes the place of the engine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import begin
from handbook.pages.site import Made, make_site
from handbook.pages.stage import stage
from handbook.pages.view import Site
from handbook.problem import Broken
from tests import project

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    begin.new(tmp_path / "mine")
    return tmp_path / "mine"


def _own(root: Path, name: str, old: str, new: str) -> None:
    """A file of the engine's with an edit, where an organisation puts it."""
    own = root / "overrides" / name
    own.parent.mkdir(parents=True)
    own.write_text((project.ENGINE / name).read_text("utf-8"), "utf-8")
    project.replace(own, old, new)


def _make(root: Path) -> Made:
    return make_site(root, root / "docs", Site(downloads=False))


def _text(made: Made, path: str) -> str:
    content = made.files[path]
    return (content if isinstance(content, bytes) else content.read_bytes()).decode()


def test_a_colour(mine: Path) -> None:
    first = next(line for line in (project.ENGINE / "web/tokens.css").read_text("utf-8").splitlines() if "#" in line)
    name = first.strip().partition(":")[0]
    _own(mine, "web/tokens.css", first, f"{name}: #123456;")
    assert f"{name}: #123456;" in _text(_make(mine), "assets/tokens.css")


def test_a_drawing(mine: Path) -> None:
    _own(mine, "icons/quiz.svg", "<svg ", '<svg id="ours" ')
    assert "id='ours'" in _text(_make(mine), "assets/icons.css")


def test_a_drawing_more(mine: Path) -> None:
    """An SOP may name one that the engine has not."""
    (mine / "overrides/icons").mkdir(parents=True)
    (mine / "overrides/icons/bed.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    project.replace(mine / "sop/procedures/check-in.yml", "icon: guest", "icon: bed")
    assert ".icon-bed{" in _text(_make(mine), "assets/icons.css")


def test_a_pages_words(mine: Path) -> None:
    _own(mine, "templates/home.html", "發生了什麼事？", "今天遇到什麼？")
    (home,) = (page for page in _make(mine).pages if page.path == "index.md")
    assert "今天遇到什麼？" in home.text
    assert "發生了什麼事？" not in home.text


def test_the_frame_around_pages(mine: Path, tmp_path: Path) -> None:
    _own(mine, "theme/404.html", "查一件事", "找一件事")
    stage(mine, tmp_path / "out")
    assert "找一件事" in (tmp_path / "out/theme/404.html").read_text("utf-8")
    assert (tmp_path / "out/theme/main.html").is_file()


def test_a_link_is_refused(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.css").write_text(":root {}", "utf-8")
    (mine / "overrides/web").mkdir(parents=True)
    (mine / "overrides/web/tokens.css").symlink_to(tmp_path / "elsewhere.css")
    with pytest.raises(Broken) as broken:
        _make(mine)
    assert "overrides/web/tokens.css" in {problem.path for problem in broken.value.problems}
