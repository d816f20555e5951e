"""Pages that lead on: valid and whole without scripts, at addresses that hold whatever else is in the handbook."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote, urljoin

import html5lib
import pytest

from handbook.cli import main
from handbook.model.book import Handbook
from handbook.pages.clashes import refuse_collisions
from handbook.pages.onward import SCRIPT, onward, shortcuts
from handbook.paper.sheet import SHORT
from handbook.problem import Broken
from tests import project
from tests.project import Built, text
from tests.test_offline import listed

HOME = "https://handbook.test/"


@pytest.fixture(scope="module")
def leading(site: Path) -> dict[str, Built]:
    """Every page of the shipped handbook that leads on, by its address."""
    return {page.address: page for page in project.leading(site)}


def _links(page: Built) -> set[str]:
    """Where a page leads, by each of its ways: the link, the script and the refresh; and its own place."""
    ways = [*page.all("a"), *page.all("link"), *page.all("script"), *page.all("meta")]
    told = (each.get("href") or each.get("data-to") or each.get("content", "") for each in ways)
    found = (match for match in map(re.compile(r"(?:0; url=)?(\.\./.*)").fullmatch, told) if match)
    return {urljoin(HOME + page.address, match[1]).removeprefix(HOME) for match in found}


def test_each_sop_has_a_short_address_that_leads_to_it(leading: dict[str, Built], book: Handbook, site: Path) -> None:
    assert set(leading) == {f"s/{key}/" for key in book.sops}
    for key, sop in book.sops.items():
        page = leading[f"s/{key}/"]
        assert _links(page) == {f"{sop.folder}/{key}/"}
        assert (site / sop.folder / key / "index.html").is_file()
        assert [text(title) for title in page.all("title", "h1")] == [book.title(sop)] * 2


def test_it_is_valid_says_its_language_and_is_not_for_search_engines(leading: dict[str, Built]) -> None:
    for page in leading.values():
        assert page.errors == ()
        assert page.all("html")[0].get("lang") == "zh-TW"
        assert len(page.all("main")) == len(page.all("h1")) == 1
        assert {"noindex"} == {meta.get("content") for meta in page.all("meta") if meta.get("name") == "robots"}


def test_it_fetches_one_small_script_and_nothing_else(leading: dict[str, Built], site: Path) -> None:
    """A host may forbid scripts in pages, and has no icon at its root perhaps."""
    for page in leading.values():
        (script,) = page.all("script")
        assert (page.file.parent / script.get("src", "")).resolve() == (site / SCRIPT).resolve()
        assert not (script.text or "").strip()
        assert [link.get("href") for link in page.all("link") if link.get("rel") == "icon"] == ["data:,"]
        assert not [name for element in page.root.iter() for name in element.attrib if name.startswith("on")]
    assert (site / SCRIPT).stat().st_size < 400


def test_it_is_kept_on_the_phone_and_neither_listed_nor_found(site: Path, leading: dict[str, Built]) -> None:
    files = listed(site)["files"]
    assert {quote(address) for address in leading} | {SCRIPT} <= set(files)
    others = [site / "sitemap.xml", *(site / "search").rglob("*.*")]
    assert not [file for file in others if re.search(rf"\b{SHORT}/[a-z]", file.read_text("utf-8"))]


def test_a_short_address_depends_on_its_sop_alone(book: Handbook) -> None:
    """Whatever comes or goes, what was printed leads on."""
    others = SimpleNamespace(sops=dict(list(book.sops.items())[::-2]), title=book.title)
    assert shortcuts(others).items() < shortcuts(book).items()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "to", "directory_urls", "there"),
    [
        ("s/fees", "procedures/fees", True, "../../procedures/fees/"),
        ("s/fees", "procedures/fees", False, "../../procedures/fees/index.html"),
        ("procedures/fees", "procedures/payments", True, "../../procedures/payments/"),
        ("old", "procedures/payments", True, "../procedures/payments/"),
        ("roles/clerk", "roles#clerk", True, "../../roles/#clerk"),
    ],
)
def test_it_leads_from_anywhere_to_anywhere(at: str, to: str, directory_urls: bool, there: str) -> None:
    path, page = onward(at, to, "收費", directory_urls)
    assert path == f"{at}/index.html"
    root = html5lib.parse(page, namespaceHTMLElements=False)
    assert root.find(".//a").get("href") == there
    assert root.find(".//script").get("data-to") == there
    assert root.find(".//link").get("href") == there.partition("#")[0]


def test_a_title_is_text_whatever_it_says() -> None:
    title = "<script>alert(1)</script> & \"'{to}"
    root = html5lib.parse(onward("s/fees", "procedures/fees", title)[1], namespaceHTMLElements=False)
    assert root.find(".//h1/a").text == root.find(".//title").text == title
    assert len(list(root.iter("script"))) == 1


@pytest.mark.parametrize("page", ["s/complaints.md", "s/complaints/index.html", "s/complaints/README.md", "s"])
def test_nothing_by_hand_takes_its_place(tmp_path: Path, page: str) -> None:
    path = tmp_path / "docs" / page
    path.parent.mkdir(parents=True)
    path.write_text("# 手寫的\n", "utf-8")
    with pytest.raises(Broken) as broken:
        refuse_collisions(tmp_path / "docs", [], ["s/complaints/index.html"])
    assert [(problem.path, problem.code) for problem in broken.value.problems] == [(f"docs/{page}", "page-taken")]


def test_other_generators_get_it_as_a_file(tmp_path: Path) -> None:
    root = project.copy_to(tmp_path / "project")
    assert main(["--root", str(root), "write", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out/docs/s/fees/index.html").is_file()
    assert (tmp_path / "out/docs" / SCRIPT).is_file()
