"""The data that a phone searches: what is in it, what is not, and that it is small and the same every time."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from handbook.model.book import Handbook
from handbook.pages.slim import slim
from handbook.search.entries import Findable, Place, findable, written
from handbook.search.index import NAMES, PART_LENGTH, SOUNDS, START, index
from handbook.search.letters import common, folded, forms, rest, table
from handbook.search.sounds import readings, syllable
from tests import cases, project


def told(start: str) -> dict:
    """What the file that the theme asks for tells of ours."""
    data = json.loads(start)
    assert data["docs"] == []
    return dict(data["config"]["handbook"])


def test_every_clause_term_and_form_can_be_found(book: Handbook) -> None:
    pages = {page.folder: page for page in findable(book)}
    for sop in book.sops.values():
        page = pages[f"{book.page(sop.id)}/"]
        assert page.title == book.title(sop)
        assert set(sop.aliases) <= set(page.aliases)
        assert [place.anchor for place in page.places] == list(book.clauses[sop.id])
        for place in page.places:
            clause = book.clauses[sop.id][place.anchor].clause
            assert set(clause.aliases) <= set(place.aliases)
            said = f"{place.title}\n{place.words}"
            for text in (clause.when, clause.note, clause.why, *clause.say, *clause.never):
                assert book.plain(text or "", sop.id) in said, (sop.id, place.anchor)
            if clause.fact:
                assert str(clause.fact.amount) in said or clause.fact.short in said
    assert {place.anchor for place in pages["glossary/"].places} == set(book.glossary)
    assert {f"forms/{key}/" for key in book.forms} <= set(pages)


def test_a_step_of_a_case_says_which_case_and_a_clause_with_a_limit_says_the_limit(book: Handbook) -> None:
    places = {f"{page.folder}#{place.anchor}": place for page in findable(book) for place in page.places}
    assert places["procedures/repairs/#paid-quote"].title.startswith("付費維修：先告訴住戶報價")
    assert places["procedures/repairs/#paid-repair"].title == "付費維修"
    assert places["procedures/incoming-calls/#pick-up"].title.endswith("3 聲內）")
    assert "不可以比對方先掛" in places["procedures/incoming-calls/#hang-up-last"].words
    assert "做不到時：" in places["procedures/incoming-calls/#pick-up"].words
    assert places["roles/#security"].title == "安護部"


def test_what_tells_how_to_do_a_thing_counts_most(book: Handbook) -> None:
    weights = {page.folder: page.weight for page in findable(book)}
    procedure, duty, form, terms = (
        weights[folder] for folder in ("procedures/fees/", "roles/service-desk/", "forms/receipt/", "glossary/")
    )
    assert procedure == weights["standards/conduct/"] > duty > form > terms > 0


def test_a_title_is_found_without_its_and(book: Handbook) -> None:
    pages = {page.folder: page for page in findable(book)}
    assert pages["procedures/fees/"].title == "收費與催繳"
    assert "收費催繳" in pages["procedures/fees/"].aliases
    assert all("" not in page.aliases and page.title not in page.aliases for page in pages.values())


def test_synonyms_travel_by_word_with_the_names_of_posts(book: Handbook, files: dict[str, str]) -> None:
    said = {word: others for word, *others in json.loads(files[NAMES])["said"]}
    assert len(said) == len(book.synonyms)
    assert "安保" in said["安護部"]
    assert "$(" not in "".join(said)


def test_every_address_is_a_page_of_the_site_and_every_anchor_stands_on_it(
    site: Path, pages: dict[str, project.Built]
) -> None:
    start = told((site / START).read_text("utf-8"))
    addresses = [page[0] for page in json.loads((site / start["names"]).read_text("utf-8"))["pages"]]
    assert len(set(addresses)) == len(addresses)
    assert set(addresses) <= set(pages)
    assert start["words"] in pages
    count = 0
    for path in start["parts"]:
        for page, anchor, *_ in json.loads((site / path).read_text("utf-8")).get("places", []):
            assert anchor in pages[addresses[page]].ids, (addresses[page], anchor)
            count += 1
    assert count > 700


def test_quizzes_exams_and_supervisors_pages_are_not_in_it(site: Path) -> None:
    addresses = {page[0] for page in json.loads((site / NAMES).read_text("utf-8"))["pages"]}
    others = re.compile(r"(quiz|exams|supervisors|search-words|exports)/")
    assert not [address for address in addresses if others.match(address)]
    assert "procedures/complaints/" in addresses


def test_a_site_with_files_for_addresses_has_them_in_its_data(book: Handbook) -> None:
    files = index(book, directory_urls=False)
    assert "procedures/complaints/index.html" in {page[0] for page in json.loads(files[NAMES])["pages"]}
    assert told(files[START])["words"] == "search-words/index.html"


def test_the_data_is_small(files: dict[str, str]) -> None:
    sizes = {path: len(gzip.compress(text.encode(), mtime=0)) / 1024 for path, text in files.items()}
    assert sizes[START] < 0.3
    assert sizes[NAMES] < 45
    large = {"drawers.js", "told.js", "vocabulary.js"}  # fetched for a large handbook alone
    paths = [path for path in (project.WEB / "search").glob("*.js") if path.name not in large]
    scripts = [slim(".js", path.read_text("utf-8")) for path in paths]
    whole = sum(sizes.values()) + sum(len(gzip.compress(text.encode(), mtime=0)) / 1024 for text in scripts)
    print(f"\nsearch: {sum(sizes.values()):.1f} KB of data, {whole:.1f} with its scripts")
    assert sum(sizes.values()) < 99
    assert whole < 119


def test_a_text_that_stands_in_many_places_is_sent_once(book: Handbook, files: dict[str, str]) -> None:
    parts = [json.loads(text) for path, text in files.items() if path not in (START, NAMES, SOUNDS)]
    texts = [text for part in parts for text in part["texts"]]
    assert len(set(texts)) == len(texts)
    places = [place for part in parts for place in part["places"]]
    assert len(places) > len(texts) / 3
    assert sum(back == 0 for place in places for back in place[2:]) == len(texts)


def test_much_text_comes_in_parts_each_of_which_needs_only_those_before(book: Handbook) -> None:
    pages = [
        Findable(f"p{n}/", f"頁{n}", places=[Place(f"c{m}", f"{n}之{m}", "字" * 900 + f"{n}-{m}") for m in range(20)])
        for n in range(30)
    ]
    files = index(book, pages, most=99)
    paths = told(files[START])["parts"]
    assert len(paths) > 4
    assert told(index(book, pages)[START])["parts"] == [SOUNDS]
    assert paths[-1] == SOUNDS
    known = 0
    for path in paths[:-1]:
        part = json.loads(files[path])
        for back in (back for place in part["places"] for back in place[2:]):
            assert 0 <= back <= known
            known += not back
        assert sum(map(len, part["texts"])) < 2 * PART_LENGTH


def test_pages_written_by_hand_keep_their_sections_and_lose_their_tags() -> None:
    found = written(
        [
            ("a/", "怎麼寫", "<p>先 &amp; 後</p>"),
            ("a/#one", "第一<em>步</em>", "<code>id</code>"),
            ("b/#lost", "x", "y"),
        ]
    )
    assert [(page.folder, page.title, page.summary) for page in found] == [("a/", "怎麼寫", "先 & 後")]
    assert found[0].places == [Place("one", "第一 步", "id")]


# ── characters ──────────────────────────────────────────────────────────────────────────────────


def test_all_ways_to_write_a_character_are_one() -> None:
    fold = folded()
    several = "發髮发 裡裏里 綫線线 臺檯台枱 着著 鐘鍾钟 週周 訴诉 後后 擡抬 舖鋪 逕徑 遶繞 妳你 櫈凳 粧妝 衞衛"
    for alike in several.split():
        assert len({fold.get(one, one) for one in alike}) == 1, alike


@given(st.sampled_from(sorted(folded())))
def test_what_is_folded_folds_no_further(character: str) -> None:
    assert folded()[character] not in folded()


def test_characters_sound_without_tones() -> None:
    assert [syllable(one) for one in "投诉女率重行𠀀x"] == [
        "tou",
        "su",
        "nv",
        "lv",
        "zhong",
        "xing",
        syllable("𠀀"),
        "",
    ]
    assert all(re.fullmatch("[a-z]+", syllable(one)) for one in common() if syllable(one))


def test_a_character_has_every_sound_that_it_has_in_a_word_of_ours_and_in_taiwan() -> None:
    texts = ["空調壞了請調解", "重新歸還，重要", "和氣，跟著"]
    known = readings("调重还和著了", texts)
    assert known["调"] == {"diao", "tiao"}
    assert known["重"] == {"zhong", "chong"}
    assert known["还"] == {"hai", "huan"}
    assert known["和"] == {"he", "han"}
    assert known["著"] == {"zhu", "zhe"}
    assert readings("重的", ["重要的是打的電話"]) == {"重": {"zhong"}, "的": {"de"}}


def test_forms_are_told_by_the_distance_of_what_they_fold_to() -> None:
    assert forms("人诉投后", "诉后") == "1訴2後"


def test_a_table_folds_whatever_is_written_and_sounds_only_what_stands_there() -> None:
    known = table({"诉": {"su"}, "调": {"tiao", "diao"}, "☆": set()})
    assert known["sounds"] == {"diao": "调", "su": "诉", "tiao": "调"}
    assert known["fold"] == "調1訴"
    assert "诉" in str(known["alike"])


def test_the_rest_of_the_common_characters_is_told_by_runs_of_one_sound() -> None:
    every = rest({one: syllable(one) for one in common()}, "")["common"]
    assert every.startswith("a2ai13an9")
    assert sum(map(int, re.findall(r"[0-9]+", every))) == len(common()) == 3755


def test_the_same_handbook_gives_the_same_data(book: Handbook, files: dict[str, str]) -> None:
    assert index(book) == files


# ── in the theme's place ────────────────────────────────────────────────────────────────────────


def test_our_worker_stands_where_the_theme_s_pages_look_for_theirs(site: Path) -> None:
    home = (site / "index.html").read_text("utf-8")
    named = re.search(r'"search": ?"([^"]+)"', home)
    assert named
    assert (site / named[1]).read_bytes() == (site / "assets/search/worker.js").read_bytes()


def test_a_theme_whose_worker_is_not_found_builds_no_site(tmp_path: Path) -> None:
    copy = cases.project_of(tmp_path / "project", own=True)
    project.replace(copy / "hooks/handbook/hook.py", r"workers/search\.", r"workers/seeker\.")
    done = project.run("mkdocs", "build", "--site-dir", copy / "site", project=copy)
    assert done.returncode == 1
    assert "佈景主題裡找不到搜尋的程式" in done.stdout
    assert "Traceback" not in done.stdout
    assert not (copy / "site").exists()
