"""What a phone keeps of the built site, as files: all that a page may ask for, and nothing that is only downloaded."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest

from handbook.model.book import Handbook
from handbook.offline.pack import LIGHT, kept, pack
from tests import cases, project
from tests.project import Built

HOME = "https://handbook.test/"
HEAD = re.compile(r"self\.handbook = (\{.*?\n\});\n", re.DOTALL)


def listed(site: Path) -> dict[str, Any]:
    """What the worker of a site has in front: version, build and files."""
    head = HEAD.match((site / "sw.js").read_text("utf-8"))
    assert head
    found: dict[str, Any] = json.loads(head[1])
    return found


def test_everything_that_any_page_asks_for_is_kept(site: Path, pages: dict[str, Built]) -> None:
    files = listed(site)["files"]
    assert {quote(address) for address in pages} <= set(files)
    for page in pages.values():
        for element in page.root.iter():
            if element.get("rel") == "alternate":  # which no browser fetches by itself
                continue
            if element.tag in ("link", "script", "img") and (link := element.get("href") or element.get("src")):
                asked = urlsplit(urljoin(HOME + page.address, link)).path.removeprefix("/")
                assert asked in files, f"{page.address} asks for {asked}"
    assert {"sitemap.xml", "manifest.json"} <= set(files)
    assert any("search" in path and path.endswith(".js") for path in files)
    assert {path for path in files if path.startswith("search/")} == {
        path.relative_to(site).as_posix() for path in (site / "search").rglob("*.*")
    }
    assert "sw.js" not in files


def test_who_has_no_signal_can_hand_over(site: Path) -> None:
    """What is fetched when a button is pressed, no page names."""
    files, web = listed(site)["files"], project.WEB
    fetched = [
        path for folder in ("handover", "vendor/qr") for path in (web / folder).iterdir() if path.suffix != ".txt"
    ]
    assert len(fetched) > 8
    assert {f"assets/{path.relative_to(web).as_posix()}" for path in fetched} <= set(files)


def test_each_file_is_listed_with_the_digest_of_its_content(site: Path) -> None:
    for address, digest in listed(site)["files"].items():
        file = site / (f"{address}index.html" if address.endswith("/") or not address else address)
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(digest), address
        assert len(digest) == 12


def test_the_version_can_be_read_out(site: Path, book: Handbook) -> None:
    day, _, number = listed(site)["version"].partition("・")
    assert date.fromisoformat(day) == max(sop.current.effective for sop in book.sops.values())
    assert re.fullmatch(r"\d{4}", number)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of a few files."""
    for name in ("index.html", "表單/index.html", "assets/tokens.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<title>{name}</title>", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "size", "is_kept"),
    [
        ("paper/index.html", LIGHT * 9, True),
        ("search/data.json", LIGHT * 9, True),
        ("assets/map.png", LIGHT, True),
        ("assets/map.png", LIGHT + 1, False),
        ("paper/complaints.pdf", 1, False),
        ("exports/handbook.qti.zip", 1, False),
        ("exports/handbook.gift.txt", 1, False),
        ("assets/bundle.js.map", 1, False),
        ("sitemap.xml.gz", 1, False),
        ("assets/javascripts/lunr/wordcut.js", 1, False),
        (".nojekyll", 1, False),
        ("sw.js", 1, False),
    ],
)
def test_pages_are_kept_and_downloads_are_not(small: Path, name: str, size: int, is_kept: bool) -> None:
    (small / name).parent.mkdir(parents=True, exist_ok=True)
    (small / name).write_bytes(b"x" * size)
    assert (name.removesuffix("index.html") in dict(kept(small))) == is_kept


def test_addresses_are_written_as_browsers_ask_for_them(small: Path) -> None:
    assert {address for address, _ in kept(small)} == {"", "%E8%A1%A8%E5%96%AE/", "assets/tokens.css"}


def test_a_changed_byte_makes_another_version_and_the_same_files_the_same(small: Path) -> None:
    def version() -> str:
        pack(small, "手冊", "2026-12-01", "./")
        return str(listed(small)["version"])

    first = version()
    assert version() == first
    (small / "index.html").write_text("<title>改了</title>", "utf-8")
    assert version() != first


def test_the_manifest_is_the_organisations_own(site: Path, book: Handbook) -> None:
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert manifest["name"] == book.organization.title
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./"), "relative: the site may stand in any folder"
    assert re.fullmatch("#[0-9a-f]{6}", manifest["theme_color"])
    assert manifest["theme_color"] in (site / "assets/tokens.css").read_text("utf-8")
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}
    for icon in manifest["icons"]:
        content = (site / icon["src"]).read_bytes()
        if icon["type"] == "image/png":
            assert "{}x{}".format(*struct.unpack(">II", content[16:24])) == icon["sizes"], icon["src"]


def test_a_site_may_do_without_a_copy_on_the_phone(tmp_path: Path) -> None:
    copy = cases.project_of(tmp_path / "project")
    project.replace(copy / "mkdocs.yml", "  offline: true", "  offline: false")
    site = project.build(copy / "site", copy)
    assert "unregister()" in (site / "sw.js").read_text("utf-8"), "where it was kept before, it goes"
    page = (site / "index.html").read_text("utf-8")
    assert "offline" not in page
    assert "manifest" not in page
