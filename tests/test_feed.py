"""What others subscribe to: the feed of versions and the calendar of reviews, as their own readers take them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib
import pytest
from icalendar import Calendar

from handbook.compile import compile_handbook
from handbook.exports.feed import MOST, feed
from handbook.exports.reviews import calendar
from handbook.model.book import Handbook
from handbook.paper.sheet import Edition
from tests import cases, project
from tests.project import Built

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://example.org/handbook/"
GREETING = "sop/standards/greeting.yml"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")  # RFC 3339
NEWER = (
    "  - {version: 1.2.0, effective: 2026-03-01, change: 站遠一點, changed: [greet, hostile, bow]}\n  - {version: 1.1.0"
)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return cases.copy(tmp_path)


def _compiled(root: Path) -> Handbook:
    return compile_handbook(root)[0]


def _feed(book: Handbook, url: str = "", directories: bool = True) -> Element:
    return ElementTree.fromstring(feed(Edition(book, url, directories)))


def _child(element: Element, name: str) -> str:
    (found,) = element.findall(ATOM + name)
    return found.text or ""


def _entry(root: Element, title: str) -> Element:
    (found,) = (entry for entry in root.findall(f"{ATOM}entry") if _child(entry, "title").startswith(title))
    return found


def _links(element: Element) -> dict[str, str]:
    return {link.get("rel", ""): link.get("href", "") for link in element.findall(f"{ATOM}link")}


def _shown(entry: Element) -> Element:
    """What a reader makes of an entry: its content is text that holds HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    made: Element = parser.parseFragment(_child(entry, "content"))
    assert parser.errors == []
    return made


# ── the feed ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("url", ["", HOME])
def test_it_has_all_that_a_feed_must_have(book: Handbook, url: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and moment each, an author, no two links of one kind."""
    root = _feed(book, url)
    entries = root.findall(f"{ATOM}entry")
    assert root.tag == f"{ATOM}feed"
    assert _child(root.findall(f"{ATOM}author")[0], "name") == book.organization.title
    for element in (root, *entries):
        assert _child(element, "title").strip()
        assert MOMENT.fullmatch(_child(element, "updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", _child(element, "id"))
        rels = [link.get("rel") for link in element.findall(f"{ATOM}link")]
        assert len(rels) == len(set(rels))
    assert len({_child(element, "id") for element in (root, *entries)}) == 1 + len(entries)
    assert _child(root, "updated") == max(_child(entry, "updated") for entry in entries)


def test_each_version_is_an_entry_the_newest_first(root: Path) -> None:
    book = _compiled(root)
    told = [(_child(entry, "title"), _child(entry, "updated")) for entry in _feed(book).findall(f"{ATOM}entry")]
    assert told[0] == ("招呼 & *道別* 1.1.0：加上道別（只改文字）", "2026-02-01T00:00:00Z")
    assert len(told) == sum(len(sop.history) for sop in book.sops.values()) < MOST


def test_a_version_says_what_its_clauses_say_now(root: Path) -> None:
    project.replace(root / GREETING, "  - {version: 1.1.0", NEWER)
    (root / "sop/gone.yml").write_text("standards/greeting#bow: {since: 2026-03-01, why: 太久。}\n", "utf-8")
    _mark(root, "standards/greeting#bow")
    entry = _shown(_entry(_feed(_compiled(root), HOME), "招呼 & *道別* 1.2.0"))
    first, hostile, gone = (project.text(item) for item in entry.iter("li"))
    assert first == "轉身面向客人（至少 1 公尺）說：「早安」說：「歡迎來到小店」"
    assert "唸出 <b>粗體</b>" in hostile
    assert "<script>alert(1)</script>" in hostile
    assert gone == "bow：不再有這一條"
    assert {element.tag for element in entry.iter()} <= {"DOCUMENT_FRAGMENT", "p", "ul", "li", "a", "br"}
    assert [link.get("href") for link in entry.iter("a")] == [
        f"{HOME}standards/greeting/#greet",
        f"{HOME}standards/greeting/#hostile",
    ]


def _mark(root: Path, ident: str) -> None:
    from handbook.reading.known import check_mark

    (root / "sop/known-ids.txt").write_text(f"{ident} {check_mark(ident)}\n", "utf-8")


def test_an_older_version_only_names_its_clauses(root: Path) -> None:
    project.replace(root / GREETING, "change: 加上道別", "changed: [greet], change: 加上道別")
    project.replace(root / GREETING, "  - {version: 1.1.0", NEWER.replace(", bow", ""))
    entry = _shown(_entry(_feed(_compiled(root), HOME), "招呼 & *道別* 1.1.0"))
    assert [project.text(item) for item in entry.iter("li")] == ["轉身面向客人"]


def test_a_first_version_names_all_its_clauses(root: Path) -> None:
    book = _compiled(root)
    entry = _shown(_entry(_feed(book), "拾得物"))
    assert len([*entry.iter("li")]) == len(book.clauses["lost-property"])


def test_addresses_are_whole_or_not_there(root: Path) -> None:
    book = _compiled(root)
    bare = feed(Edition(book)).decode()
    assert "<link" not in bare
    assert "href" not in bare
    told = _feed(book, HOME.rstrip("/"))
    assert _links(told) == {"self": f"{HOME}changes.atom", "alternate": f"{HOME}changes/"}
    assert _links(_entry(told, "拾得物")) == {"alternate": f"{HOME}procedures/lost-property/"}
    flat = _feed(book, "https://例子.test/手冊/", directories=False)
    assert _links(flat)["self"].isascii()
    assert _links(flat)["self"].endswith("/changes.atom")
    assert _links(flat)["alternate"].endswith("/changes/index.html")


def test_ids_outlive_moves_new_names_and_new_words(root: Path) -> None:
    def ids(url: str = "") -> set[str]:
        return {_child(entry, "id") for entry in _feed(_compiled(root), url).findall(f"{ATOM}entry")}

    before = ids()
    assert ids(HOME) == before
    project.replace(root / GREETING, "change: 加上道別", "change: 加上再見")
    (root / "sop/procedures/lost-property.yml").rename(root / "sop/procedures/finds.yml")
    for file in root.rglob("*.yml"):
        file.write_text(file.read_text("utf-8").replace("lost-property", "finds"), "utf-8")
    if (root / "quiz/lost-property.yml").exists():
        (root / "quiz/lost-property.yml").rename(root / "quiz/finds.yml")
    project.replace(root / "sop/procedures/finds.yml", "review_every:", "formerly: lost-property\nreview_every:")
    assert ids() == before


def test_it_is_the_same_each_time_and_what_looks_like_its_end_is_text(root: Path) -> None:
    project.replace(root / GREETING, "change: 加上道別", 'change: "道別 ]]> &amp; </entry>"')
    book = _compiled(root)
    assert feed(Edition(book)) == feed(Edition(book))
    assert _child(_entry(_feed(book), "招呼 & *道別* 1.1.0"), "title").endswith("：道別 ]]> &amp; </entry>（只改文字）")


def test_the_page_of_changes_leads_to_it_and_no_other(pages: dict[str, Built], site: Path) -> None:
    found = {
        page.address: link.get("href")
        for page in pages.values()
        for link in page.all("link")
        if link.get("type") == "application/atom+xml"
    }
    assert found == {"changes/": "../changes.atom"}
    assert ElementTree.parse(site / "changes.atom").getroot().tag == f"{ATOM}feed"
    assert {link.get("href") for link in pages["changes/"].article.iter("a")} >= {"../changes.atom", "../reviews.ics"}


def test_no_phone_keeps_them(site: Path) -> None:
    kept = (site / "sw.js").read_text("utf-8")
    assert "changes.atom" not in kept
    assert "reviews.ics" not in kept


# ── the calendar ────────────────────────────────────────────────────────────────────────────────


def test_each_review_is_a_day_of_a_calendar(root: Path) -> None:
    written = calendar(Edition(_compiled(root), HOME))
    read = Calendar.from_ical(written)
    assert read.errors == []
    assert {"VERSION": "2.0", "CALSCALE": "GREGORIAN"}.items() <= dict(read.items()).items()
    events = {str(event["URL"]): event for event in read.walk("VEVENT")}
    greeting = events[f"{HOME}standards/greeting/"]
    assert all(event.errors == [] for event in events.values())
    assert greeting["SUMMARY"] == "檢討 招呼 & *道別*"
    assert greeting["DESCRIPTION"] == "負責：店長。現在是 1.1.0 版，2026-02-01 起生效。"
    assert (greeting.decoded("DTSTART"), greeting.decoded("DTEND")) == (dt.date(2036, 2, 1), dt.date(2036, 2, 2))
    assert greeting.decoded("DTSTAMP") == dt.datetime(2026, 2, 1, tzinfo=dt.UTC)
    assert greeting["SEQUENCE"] == 1
    assert len({event["UID"] for event in events.values()}) == len(events) == 3


def test_the_next_review_takes_the_place_of_the_last(root: Path) -> None:
    def event() -> tuple[str, int, dt.date]:
        read = Calendar.from_ical(calendar(Edition(_compiled(root))))
        (found,) = (one for one in read.walk("VEVENT") if "道別" in one["SUMMARY"])
        return str(found["UID"]), found["SEQUENCE"], found.decoded("DTSTART")

    uid, sequence, day = event()
    project.replace(root / GREETING, "  - {version: 1.1.0", NEWER.replace(", bow", ""))
    assert event() == (uid, sequence + 1, day + dt.timedelta(days=29))


def test_what_a_title_holds_does_not_break_out(root: Path) -> None:
    project.replace(root / GREETING, "title: 招呼 & *道別*", 'title: "很長的a;b,c:\\\\nd👋😀"')
    written = calendar(Edition(_compiled(root)))
    (found,) = (str(one["SUMMARY"]) for one in Calendar.from_ical(written).walk("VEVENT") if "很長" in one["SUMMARY"])
    assert found == "檢討 很長的a;b,c:\\nd👋😀"


def test_no_line_is_longer_than_a_calendar_reads(book: Handbook) -> None:
    written = calendar(Edition(book))
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert b"\r\n " in written
    assert {str(one["DESCRIPTION"])[-4:] for one in Calendar.from_ical(written).walk("VEVENT")} == {"起生效。"}


def test_without_an_address_it_has_none(book: Handbook) -> None:
    read = Calendar.from_ical(calendar(Edition(book)))
    assert len(read.walk("VEVENT")) == len(book.sops)
    assert not any("URL" in event for event in read.walk("VEVENT"))
