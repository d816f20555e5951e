"""The built site as files: valid, whole, linked both ways, and alone in the world."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest

from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.model.clauses import Clause
from handbook.model.fields import OPEN
from handbook.model.gathered import filled_where
from handbook.model.sops import Procedure, Role, Sop
from tests import cases, project
from tests.project import Built, text

Pages = dict[str, Built]
HOME = "https://handbook.test/"  # a made-up address, to resolve relative ones against
EDIT = "https://git.test/edit/main/"
LATE = "2114380800"  # 1 January 2037: every review is overdue

# Addresses in the theme's own scripts and styles, none of which a page of ours ever asks for (tests/browser sees to
# that): names of licences and standards, and features that mkdocs.yml leaves off.
KNOWN_ADDRESSES = {
    "http://www.w3.org/",  # the name of SVG's namespace
    "http://schemas.openxmlformats.org/",  # names in a workbook (ECMA-376)
    "https://clipboardjs.com/",  # licences, in comments
    "https://fontawesome.com",
    "http://lunrjs.com",
    "http://tartarus.org/",
    "https://bit.ly/2s3ChXG",
    "https://api.github.com/",  # stars of a repository: only with repo_url
    "https://unpkg.com/mermaid",  # diagrams: only where a page has one
    "https://unpkg.com/resize-observer-polyfill",  # only for browsers before 2020
    "//i.test",  # part of a pattern, no address
}


# ── valid ───────────────────────────────────────────────────────────────────────────────────────


def test_every_page_is_valid_html(pages: Pages) -> None:
    """Neither the theme's frame nor our content gives a parser anything to mend."""
    assert {page.address: page.errors for page in pages.values() if page.errors} == {}


def test_every_page_has_one_heading_and_says_its_language(pages: Pages) -> None:
    for page in pages.values():
        assert page.all("html")[0].get("lang") == "zh-TW", page.address
        assert len(page.all("h1")) == 1, page.address
        assert text(page.all("title")[0]), page.address


def test_ids_are_unique_on_their_page(pages: Pages) -> None:
    twice = {
        page.address: [ident for ident, count in Counter(_idents(page)).items() if count > 1] for page in pages.values()
    }
    assert {address: idents for address, idents in twice.items() if idents} == {}


def _idents(page: Built) -> list[str]:
    return [element.attrib["id"] for element in page.root.iter() if "id" in element.attrib]


def test_labels_and_descriptions_name_what_is_there(pages: Pages) -> None:
    missing = []
    for page in pages.values():
        idents = set(_idents(page))
        for element in page.root.iter():
            for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                missing += [
                    (page.address, attribute, ident)
                    for ident in element.get(attribute, "").split()
                    if ident not in idents
                ]
    assert missing == []


# ── linked ──────────────────────────────────────────────────────────────────────────────────────


def _links(page: Built) -> Iterator[tuple[str, str]]:
    """Every address that a page names, with its element's name; `srcset` and friends are not used."""
    for element in page.root.iter():
        for attribute in ("href", "src", "data", "action", "poster"):
            if attribute in element.attrib:
                yield str(element.tag), element.attrib[attribute]


def _broken(site: Path, pages: Pages) -> list[str]:
    """The links inside a site that lead to no file or no anchor."""
    idents = {page.file.resolve(): set(_idents(page)) for page in pages.values()}
    broken = []
    for page in pages.values():
        for _, link in _links(page):
            parts = urlsplit(urljoin(HOME + page.address, link))
            if f"{parts.scheme}://{parts.netloc}/" != HOME:
                continue
            file = (site / unquote(parts.path).lstrip("/")).resolve()
            file = file / "index.html" if file.is_dir() else file
            anchor = unquote(parts.fragment)
            if not file.is_file() or (anchor and anchor not in idents.get(file, ())):
                broken.append(f"{page.address}: {link}")
    return broken


def test_every_link_and_anchor_inside_resolves(site: Path, pages: Pages) -> None:
    assert sum(1 for page in pages.values() for _ in _links(page)) > 1000
    assert _broken(site, pages) == []


def test_the_page_for_lost_addresses_is_ours_at_any_depth(pages: Pages, elsewhere_pages: Pages) -> None:
    for lost, title in ((pages["404.html"], "前檯服務手冊"), (elsewhere_pages["404.html"], "小店手冊")):
        assert text(lost.all("title")[0]) == f"找不到這一頁 - {title}"
        assert text(lost.all("h1")[0]) == "找不到這一頁"
        assert len(lost.all("search-open")) == 1
        relative = [link for _, link in _links(lost) if not link.startswith(("/", "#"))]
        assert relative == [], "a browser would look below the lost address"
        assert {"", "procedures/", "roles/"} <= {link.removesuffix("index.html") for link in _targets(lost)}


def test_no_link_runs_a_script(pages: Pages) -> None:
    schemes = {urlsplit(link).scheme for page in pages.values() for _, link in _links(page)}
    assert schemes <= {"", "http", "https"}


def _targets(page: Built, inside: str | None = None) -> set[str]:
    """Where the links of a page (or of one element of it) lead: addresses in the site with their anchors."""
    start = page.ids[inside] if inside else page.article
    links = [element.attrib["href"] for element in start.iter("a") if "href" in element.attrib]
    return {urljoin(HOME + page.address, link).removeprefix(HOME) for link in links}


def _address(book: Handbook, sop: Sop) -> str:
    return f"{book.page(sop.id)}/"


def test_forms_and_the_clauses_that_fill_them_link_both_ways(book: Handbook, pages: Pages) -> None:
    for key in book.forms:
        back = _targets(pages[f"forms/{key}/"])
        for sop, placed in filled_where(book)[key]:
            assert f"{_address(book, sop)}#{placed.clause.id}" in back, key
            assert f"forms/{key}/" in _targets(pages[_address(book, sop)], placed.clause.id), (sop.id, placed.clause.id)


def test_roles_and_what_they_master_link_both_ways(book: Handbook, pages: Pages) -> None:
    for role in book.roles.values():
        for key in role.masters:
            sop = book.sops[key]
            assert _address(book, sop) in _targets(pages[_address(book, role)]), (role.id, key)
            if not isinstance(sop, Role):
                assert _address(book, role) in _targets(pages[_address(book, sop)]), (key, role.id)


def test_posts_and_the_clauses_that_name_them_link_both_ways(book: Handbook, pages: Pages) -> None:
    for sop, placed in book.each():
        clause = placed.clause
        told = [clause.otherwise.to] if clause.otherwise and clause.otherwise.to else []
        for post in {*clause.who, *told} - {sop.id, OPEN}:
            there = f"roles/{post}/" if post in book.roles else f"roles/#{post}"
            page, _, inside = there.partition("#")
            where = (sop.id, clause.id, post)
            if post in told or placed.who != sop.actors:  # a post that acts on the whole SOP stands at its top
                assert there in _targets(pages[_address(book, sop)], clause.id), where
            assert f"{_address(book, sop)}#{clause.id}" in _targets(pages[page], inside or None), where


def test_a_roles_day_links_to_its_clauses(book: Handbook, pages: Pages) -> None:
    for role in book.roles.values():
        there = _targets(pages[_address(book, role)])
        for ref in [ref for moment in role.day for ref in moment.clauses]:
            sop, _, clause = ref.partition("#")
            assert f"{_address(book, book.sops[sop])}#{clause}" in there, (role.id, ref)


def test_related_sops_and_sections_lead_to_every_sop(book: Handbook, pages: Pages) -> None:
    for sop in book.sops.values():
        assert _address(book, sop) in _targets(pages[f"{sop.folder}/"]), sop.id
        assert _address(book, sop) in _targets(pages[""]), sop.id
        related = {_address(book, book.sops[key]) for key in sop.related}
        assert related <= _targets(pages[_address(book, sop)]), sop.id


def test_the_menu_lists_sections_not_sops(book: Handbook, pages: Pages) -> None:
    """With every SOP in it, the menu would outweigh the page a thousand times over."""
    for page in pages.values():
        menus = [element for element in page.all("nav") if "md-nav--primary" in element.get("class", "")]
        links = [link.get("href", "") for menu in menus for link in menu.iter("a")]
        targets = {urljoin(HOME + page.address, link).removeprefix(HOME).partition("#")[0] for link in links}
        assert {"procedures/", "standards/", "roles/", "deadlines/", "forms/"} <= targets, page.address
        inside = {_address(book, sop) for sop in book.sops.values()} | {f"forms/{key}/" for key in book.forms}
        # Material lists the page one is on, at its top, even where the menu does not have it.
        assert targets & inside <= {page.address}, page.address


# ── whole ───────────────────────────────────────────────────────────────────────────────────────


def test_every_clause_is_an_element_with_its_sources_and_fingerprint(book: Handbook, pages: Pages) -> None:
    for sop, placed in book.each():
        element = pages[_address(book, sop)].ids[placed.clause.id]
        assert element.get("data-source", "").split() == placed.clause.source, (sop.id, placed.clause.id)
        mark = element.get("data-fingerprint", "")
        assert re.fullmatch("[0-9a-f]{6}", mark), (sop.id, placed.clause.id)
        assert book.fingerprint(sop, placed).startswith(mark), (sop.id, placed.clause.id)


def test_every_sop_page_carries_its_version_and_fingerprint(book: Handbook, pages: Pages) -> None:
    for sop in book.sops.values():
        blocks = [element for element in pages[_address(book, sop)].all("div") if "data-version" in element.attrib]
        assert [block.get("data-version") for block in blocks] == [sop.current.version], sop.id
        assert [block.get("data-fingerprint") for block in blocks] == [book.sop_fingerprint(sop)], sop.id


def _words(clause: Clause) -> Iterator[str]:
    """What a clause says to its reader, apart from its fact."""
    yield from (words for words in (clause.do, clause.when, clause.why, clause.note) if words)
    yield from clause.say
    yield from clause.never
    if clause.otherwise:
        yield clause.otherwise.do


def test_every_word_of_every_clause_is_on_its_page(book: Handbook, pages: Pages) -> None:
    for sop, placed in book.each():
        shown = text(pages[_address(book, sop)].ids[placed.clause.id])
        for words in _words(placed.clause):
            assert book.plain(words, sop.id) in shown, (sop.id, placed.clause.id)
        if placed.clause.fact:
            assert book.plain(placed.clause.fact.full, sop.id) in shown, (sop.id, placed.clause.id)
        for form in placed.clause.form:
            assert book.forms[form].name in shown, (sop.id, placed.clause.id)


def test_every_placeholder_is_filled(pages: Pages) -> None:
    """Only the authors' guide may show one, to explain it."""
    raw = {page.address for page in pages.values() if "$(" in "".join(page.root.itertext())}
    assert raw <= {"authors/", "authors/fields/", "authors/rules/"}


def test_clauses_stand_in_the_order_of_the_file(book: Handbook, pages: Pages) -> None:
    for sop in book.sops.values():
        elements = [e for e in pages[_address(book, sop)].article.iter() if "data-source" in e.attrib]
        assert [element.get("id") for element in elements] == list(book.clauses[sop.id]), sop.id


def test_a_procedures_stages_and_steps_are_numbered_lists(book: Handbook, pages: Pages) -> None:
    for sop in book.procedures.values():
        page = pages[_address(book, sop)]
        letters = next(element for element in page.all("ol") if element.get("class") == "mnemonic")
        assert [text(letter) for letter in letters.iter("b")] == list(sop.mnemonic), sop.id
        assert [page.ids[step.id].get("value") for step in sop.steps] == [str(n + 1) for n in range(len(sop.steps))]
        assert all(page.ids[step.id].tag == "li" for step in sop.steps), sop.id


def test_the_deadlines_page_lists_every_fact(book: Handbook, pages: Pages) -> None:
    listed = {}
    for row in pages["deadlines/"].all("tr"):
        for link in row.iter("a"):
            target = urljoin(HOME + "deadlines/", link.get("href", "")).removeprefix(HOME)
            if "#" in target and not target.startswith("roles/#"):
                listed[target] = text(row)
    facts = {
        f"{_address(book, sop)}#{placed.clause.id}": placed.clause.fact
        for sop, placed in book.each()
        if placed.clause.fact
    }
    assert set(listed) == set(facts)
    for target, fact in facts.items():
        assert fact.short in listed[target], target


def test_the_phrase_book_has_every_phrase(book: Handbook, pages: Pages) -> None:
    page = pages["phrases/"]
    lines = Counter(text(element) for element in page.all("dd"))
    spoken = Counter(f"「{book.plain(line, sop.id)}」" for sop, placed in book.each() for line in placed.clause.say)
    assert lines == spoken
    clauses = {f"{_address(book, sop)}#{placed.clause.id}" for sop, placed in book.each() if placed.clause.say}
    assert clauses <= _targets(page)


def test_the_open_points_page_has_every_open_point(book: Handbook, pages: Pages) -> None:
    page = pages["open-points/"]
    points = {key: (point, None) for key, point in book.organization.open_points.items()}
    for sop in book.sops.values():
        points |= {f"{sop.id}.{key}": (point, sop.id) for key, point in sop.open_points.items()}
    assert {element.get("id") for element in page.all("article") if "id" in element.attrib} == set(points)
    for ident, (point, here) in points.items():
        shown = text(page.ids[ident])
        assert book.plain(point.question, here) in shown, ident
        assert book.plain(point.meanwhile, here) in shown, ident


def test_open_points_and_the_clauses_that_wait_link_both_ways(book: Handbook, pages: Pages) -> None:
    for sop, placed in book.each():
        for key in placed.clause.open:
            ident = f"{sop.id}.{key}" if key in sop.open_points else key
            assert f"open-points/#{ident}" in _targets(pages[_address(book, sop)], placed.clause.id)
            assert f"{_address(book, sop)}#{placed.clause.id}" in _targets(pages["open-points/"], ident)


def test_the_registers_are_on_their_pages(book: Handbook, pages: Pages) -> None:
    for key, form in book.forms.items():
        shown = text(pages[f"forms/{key}/"].article)
        for words in (form.name, form.purpose, *form.fields):
            assert book.plain(words) in shown, key
    for key, term in book.glossary.items():
        assert text(pages["glossary/"].ids[key]) == book.plain(term.term), key
    changes = text(pages["changes/"].article)
    for sop in book.sops.values():
        for change in sop.history:
            assert f"{change.version}" in changes and book.plain(change.change) in changes, sop.id


def test_every_icon_is_drawn(site: Path, pages: Pages) -> None:
    drawn = {word for page in pages.values() for element in page.article.iter("i") for word in _classes(element)}
    styles = (site / "assets/icons.css").read_text("utf-8")
    assert len(drawn) > 40
    assert not [name for name in drawn - {"icon"} if f".{name}{{--drawing:url(" not in styles]


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def test_a_drawing_stays_inside_its_address(site: Path) -> None:
    """Whatever is in an author's own drawing: quotes end no address, and signs mean themselves."""
    for line in (site / "assets/icons.css").read_text("utf-8").splitlines():
        assert re.fullmatch(r'\.icon-[a-z0-9-]+\{--drawing:url\("data:image/svg\+xml,<svg [^"#\\]+</svg>"\)\}', line)


# ── alone ───────────────────────────────────────────────────────────────────────────────────────


def test_pages_load_nothing_from_another_host(pages: Pages) -> None:
    """Only a plain link may lead away, and only from a page written by hand."""
    away = [
        (page.address, tag, link)
        for page in pages.values()
        for tag, link in _links(page)
        if urlsplit(link).netloc and not (tag == "a" and page.address.startswith("authors/"))
    ]
    assert away == []


def test_scripts_and_styles_name_no_other_host(site: Path) -> None:
    """Of those that pages load; the theme's word lists for other languages lie in lunr/ and are never asked for."""
    found: dict[str, list[str]] = {}
    files = [file for file in [*site.rglob("*.js"), *site.rglob("*.css")] if "lunr" not in file.parts]
    for file in files:
        source = file.read_text("utf-8")
        for link in re.findall(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}[\w./-]*", source):
            if not any(link.startswith(known) for known in KNOWN_ADDRESSES):
                found.setdefault(file.name, []).append(link)
    assert found == {}
    assert len(files) >= 5
    assert [file.name for file in files if file.suffix == ".css" and "@import" in file.read_text("utf-8")] == []


def test_our_own_scripts_and_styles_name_no_host_at_all(site: Path) -> None:
    for file in (site / "assets").glob("*.*"):
        assert "://" not in file.read_text("utf-8"), file.name


def test_home_leads_to_every_sop_and_its_clauses_in_two_taps(book: Handbook, pages: Pages) -> None:
    first = _targets(pages[""])
    for sop in book.sops.values():
        assert _address(book, sop) in first, sop.id
    for sop in book.procedures.values():
        second = _targets(pages[_address(book, sop)])
        assert {f"{_address(book, sop)}#{step.id}" for step in sop.steps} <= second, sop.id


def test_a_later_page_is_light(pages: Pages) -> None:
    """A phone with one bar of signal: at most 10 KB on their way; quizzes, which explain every answer, up to 12.5."""
    light, quizzes = ("procedures/", "standards/", "roles/", "forms/"), ("quiz/",)
    for folders, limit in ((light, 10 * 1024), (quizzes, 12_500)):
        weights = {address: _weight(page.file) for address, page in pages.items() if address.startswith(folders)}
        assert {address: weight for address, weight in weights.items() if weight > limit} == {}
        assert len(weights) > 24


def test_a_first_visit_is_light(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From nothing to a clause: the first page, a procedure, and all that both load, at most 80 KB on their way."""
    read = [site / "index.html", site / "procedures/complaints/index.html"]
    loaded = {file for page in read for file in _loaded(page)}
    named = [site / name for name in ("manifest.json", "sitemap.xml", "assets/icons/icon.svg")]
    total = sum(map(_weight, [*read, *loaded, *named]))
    with capsys.disabled():
        print(f"\nfrom nothing to a clause: {total / 1000:.1f} KB")
    assert total <= 80 * 1024


def test_a_quiz_adds_little_to_what_its_procedure_loads(site: Path) -> None:
    """Files that stay on the phone for every other quiz: at most 12 KB on their way."""
    quiz, procedure = (_loaded(site / folder / "complaints/index.html") for folder in ("quiz", "procedures"))
    added = quiz - procedure
    assert {file.name for file in added} >= {"quiz.css", "sheet.js", "card.js", "score.js", "record.js"}
    assert sum(map(_weight, added)) <= 12 * 1024


def test_what_hands_over_weighs_on_nobody_who_does_not(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What one fetches who presses the button, at most 20 KB on their way; no page loads any of it by itself."""
    assets = site / "assets"
    progress = _loaded(site / "quiz/index.html")
    added = _loaded(assets / "handover/hand-over.js") - progress | {assets / "handover/hand-over.js"}
    with capsys.disabled():
        print(f"\nto hand over: {sum(map(_weight, added)) / 1000:.1f} KB")
    assert sum(map(_weight, added)) <= 20 * 1024
    apart = {*(assets / "handover").iterdir(), *(assets / "vendor").rglob("*.js")}
    assert added & apart
    pages = ("index.html", "quiz/index.html", "quiz/complaints/index.html", "procedures/complaints/index.html")
    assert not apart & {file for page in pages for file in _loaded(site / page)}


def test_what_is_the_same_on_every_page_stands_on_none(pages: Pages) -> None:
    """The theme's drawings and small scripts are in files, which stay on the phone."""
    for page in pages.values():
        frame = page.file.read_text("utf-8")
        assert "<svg" not in frame, page.address
        assert re.findall("<script>|<style>|<meta name=.generator", frame) == [], page.address


def test_nothing_that_a_quiz_needs_stands_in_its_page(site: Path) -> None:
    """But for the theme's settings, which are on every page."""
    quiz, procedure = (
        re.findall(r"(?s)<(script|style)>(.*?)</\1>", (site / folder / "index.html").read_text("utf-8"))
        for folder in ("quiz/complaints", "procedures/complaints")
    )
    assert quiz == procedure


def _loaded(page: Path) -> set[Path]:
    """The scripts and styles that a page loads, and those that these load."""
    found: set[Path] = set()
    waiting = [page]
    while waiting:
        file = waiting.pop()
        text = file.read_text("utf-8")
        named = re.findall(r'(?:href|src)="([^"#]+\.(?:css|js))"|(?:from|import)\s*"([^"]+\.js)"', text)
        new = {(file.parent / (one or other)).resolve() for one, other in named} - found
        found |= new
        waiting += [file for file in new if file.suffix == ".js"]
    return found


def _weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


# ── other settings ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small handbook with the settings that this project leaves off, built years later."""
    copy = cases.project_of(tmp_path_factory.mktemp("elsewhere") / "project")
    settings = copy / "mkdocs.yml"
    added = f"\nsite_url: {HOME}\nedit_uri: {EDIT}\nuse_directory_urls: false\n"
    settings.write_text(settings.read_text("utf-8") + added, "utf-8")
    return project.build(copy / "site", copy, SOURCE_DATE_EPOCH=LATE)


@pytest.fixture(scope="module")
def elsewhere_pages(elsewhere: Path) -> Pages:
    return {page.address: page for page in project.pages(elsewhere)}


def test_a_site_may_do_without_search(tmp_path: Path) -> None:
    copy = cases.project_of(tmp_path / "project")
    settings = copy / "mkdocs.yml"
    text = settings.read_text("utf-8")
    start, end = text.index("plugins:"), text.index("markdown_extensions:")
    settings.write_text(f"{text[:start]}plugins: []\n\n{text[end:]}", "utf-8")
    site = project.build(copy / "site", copy)
    assert (site / "procedures/lost-property/index.html").is_file()
    assert not (site / "search").exists()


def test_links_resolve_without_directory_urls(elsewhere: Path, elsewhere_pages: Pages) -> None:
    links = [link for _, link in _links(elsewhere_pages["procedures/lost-property/"])]
    assert "../../roles/clerk/index.html" in links
    assert _broken(elsewhere, elsewhere_pages) == []


@pytest.fixture(scope="module")
def small() -> Handbook:
    """The small handbook."""
    return compile_handbook(cases.MINIMAL)[0]


def test_the_edit_link_opens_the_yaml(small: Handbook, pages: Pages, elsewhere_pages: Pages) -> None:
    for sop in small.sops.values():
        links = [link for _, link in _links(elsewhere_pages[_address(small, sop)]) if link.startswith(EDIT)]
        assert set(links) == {f"{EDIT}sop/{sop.folder}/{sop.id}.yml"}, sop.id
        assert (cases.MINIMAL / links[0].removeprefix(EDIT)).is_file()
    classes = [element.get("class") for page in pages.values() for element in page.all("a")]
    assert "edit" not in classes, "without edit_uri there is nowhere to lead"


def test_an_overdue_sop_says_so(book: Handbook, small: Handbook, pages: Pages, elsewhere_pages: Pages) -> None:
    for sop in small.sops.values():
        late = elsewhere_pages[_address(small, sop)]
        assert str(sop.next_review) in next(text(p) for p in late.all("p") if p.get("class") == "banner")
    for sop in book.sops.values():
        assert not [p for p in pages[_address(book, sop)].all("p") if p.get("class") == "banner"]


def test_the_same_files_give_the_same_site(site: Path, tmp_path: Path) -> None:
    """Wherever it is built, a day later, and in whatever order this Python goes through its sets: otherwise every
    build would be offered to every reader as a newer handbook."""
    later = str(int(project.TODAY) + 86_400)
    copy = project.copy_to(tmp_path / "elsewhere")
    again = project.build(tmp_path / "again", copy, PYTHONHASHSEED="7", SOURCE_DATE_EPOCH=later)
    assert _contents(again) == _contents(site)


def _contents(site: Path) -> dict[str, bytes]:
    """Every file of a site; MkDocs notes in one that it packs when it did."""
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    return {name: gzip.decompress(data) if name.endswith(".gz") else data for name, data in files.items()}


def test_procedures_show_what_starts_and_ends_them(book: Handbook, pages: Pages) -> None:
    for sop in book.procedures.values():
        assert isinstance(sop, Procedure)
        shown = text(pages[_address(book, sop)].article)
        for words in (sop.summary, sop.trigger, sop.done, *sop.mnemonic.values()):
            assert book.plain(words, sop.id) in shown, sop.id
