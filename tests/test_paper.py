"""Sheets of paper: complete and in order, on one page where that is promised, readable by all, the same every time."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from handbook.cli import main
from handbook.compile import compile_handbook
from handbook.model.book import Handbook
from handbook.model.checklist import checklist
from handbook.model.clauses import Case, Placed
from handbook.model.sops import Role, Sop
from handbook.paper import press, shelf
from handbook.paper.cards import matter
from handbook.paper.font import font_file, printable
from handbook.paper.quizzes import COPIES, LETTERS, answer, in_groups, papered
from handbook.paper.sheet import KINDS, Edition, Sheet
from handbook.paper.sheets import sheets
from handbook.problem import Broken
from handbook.quiz import papers
from handbook.quiz.bank import bank
from handbook.quiz.exam import Drawn
from handbook.quiz.plain import Choose, Plain, plainly
from handbook.rules import glyphs
from tests import cases, project

TEMPLATES = project.ENGINE / "templates/paper"

ONE_PAGE = {"card", "sign", "matrix", "induction", "form"}
A4 = (595.28, 841.89)  # points
LONG = 39  # lines of a checklist: more may go on overleaf
EDGE = 12  # points: no printer reaches the very edge

Printed = dict[str, tuple[Sheet, Path]]


@pytest.fixture(scope="module")
def printed(book: Handbook) -> Printed:
    """Every sheet of the shipped handbook by its path, and where its PDF lies."""
    made = sheets(Edition(book, project.ADDRESS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(project.ROOT / ".cache"))
        files = press.press(made, project.ROOT)
    return {sheet.path: (sheet, files[f"{sheet.path}.pdf"]) for sheet in made}


@pytest.fixture(scope="module")
def texts(printed: Printed) -> dict[str, list[str]]:
    """The text of each page of each sheet, as a reader that listens gets it, without blanks."""
    return {path: _texts(file) for path, (_, file) in printed.items()}


def _texts(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file) as document:
        return [_bare(page.get_textpage().get_text_bounded()) for page in document]


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _in_order(text: str, wanted: list[str]) -> None:
    """Fail at the first of some texts that does not stand after the one before."""
    end = 0
    for each in map(_bare, wanted):
        place = text.find(each, end)
        assert place >= 0, f"{each!r} is missing, or out of order"
        end = place + 1


def _of_kind(printed: Printed, *kinds: str) -> list[str]:
    return [path for path, (sheet, _) in printed.items() if sheet.kind in kinds]


# ── what stands on them ─────────────────────────────────────────────────────────────────────────


def test_there_is_every_kind_of_sheet(printed: Printed, book: Handbook) -> None:
    count = {kind: len(_of_kind(printed, kind)) for kind in KINDS}
    procedures, standards, roles = len(book.procedures), len(book.standards), len(book.roles)
    assert count["checklist"] == procedures + roles
    assert count["card"] == procedures + standards
    assert count["sign"] == len(book.sops)
    assert count["quiz"] == count["key"] == len(book.quizzes)
    assert count["exam"] == count["exam-key"] == count["induction"] == count["matrix"] == roles
    assert count["form"] == len(book.forms)
    assert count["handbook"] == 1


def test_a_checklist_has_every_item_and_its_value_in_order(texts: dict[str, list[str]], book: Handbook) -> None:
    for sop in [*book.procedures.values(), *book.roles.values()]:
        wanted = []
        for line in checklist(book, sop):
            clause, here = line.placed.clause, line.sop.id
            wanted.append(line.number)
            wanted.append(book.plain(clause.label if isinstance(clause, Case) else clause.headline, here))
            wanted += [book.plain(clause.fact.full, here)] if clause.fact else []
            wanted += [book.plain(line.pause, here)] if line.pause else []
        _in_order("".join(texts[f"{sop.folder}/{sop.id}-checklist"]), wanted)


def test_a_checklist_says_how_to_use_it_when_it_is_done_and_whom_to_call(
    texts: dict[str, list[str]], book: Handbook
) -> None:
    for sop in book.procedures.values():
        text = "".join(texts[f"procedures/{sop.id}-checklist"])
        _in_order(text, [sop.drilled.upper(), sop.trigger if "$" not in sop.trigger else "", "完成", "出了狀況，找"])
        assert _bare(book.plain(sop.done, sop.id)) in text
        assert text.count("停「") >= len(sop.mnemonic)
        assert _bare(book.name(sop.call or sop.owner) or "") in text.partition("出了狀況")[2]


def test_paper_a_asks_as_the_screen_does_and_the_others_the_same_in_other_orders(book: Handbook) -> None:
    for key in book.quizzes:
        drawn = [Drawn(key, question) for question in bank(book)[key]]
        screen = [one for each in drawn for one in plainly(book, each) if isinstance(one, Plain)]
        first, *others = ([one for group in papered(book, drawn, copy) for one in group] for copy in COPIES)
        assert first == screen
        for other in others:
            assert [one.id for one in other] != [one.id for one in first]
            assert sorted(map(_substance, other)) == sorted(map(_substance, first))


def _substance(one: Plain) -> str:
    answers = sorted(one.answers) if isinstance(one, Choose) else ()
    return f"{one.id} {one.ask} {answers}"


def test_the_scenes_of_a_case_stay_together_and_in_order(book: Handbook) -> None:
    for copy in COPIES:
        drawn = [Drawn("complaints", question) for question in bank(book)["complaints"]]
        ids = [one.id for group in papered(book, drawn, copy) for one in group]
        scenes = [place for place, one in enumerate(ids) if one.count("/") == 2]
        assert scenes == list(range(scenes[0], scenes[0] + len(scenes)))
        assert [ids[place].split("/")[2][0] for place in scenes] == ["1", "2", "3", "4"]


def test_a_quiz_paper_has_every_question_with_its_letters_and_the_key_every_answer(
    texts: dict[str, list[str]], book: Handbook
) -> None:
    for key in ("complaints", "move-in", "conduct"):
        drawn = [Drawn(key, question) for question in bank(book)[key]]
        folder = book.sops[key].folder
        paper, answers = ("".join(texts[f"{folder}/{key}-{kind}"]) for kind in ("quiz", "key"))
        asked, answered = [], []
        for copy in COPIES:
            asked.append(f"測驗卷{copy}")
            answered.append(f"測驗解答{copy}")
            for number, one in _numbered(papered(book, drawn, copy)):
                asked += [number, *one.ask]
                if isinstance(one, Choose):
                    asked += [f"{LETTERS[n]}.{each.text}" for n, each in enumerate(one.answers)]
                answered += [f"{number}{answer(one)}", *one.after]
        _in_order(paper, asked)
        _in_order(answers, answered)


def _numbered(groups: list[list[Plain]]) -> Iterator[tuple[str, Plain]]:
    for number, group in enumerate(groups, 1):
        for scene, one in enumerate(group, 1):
            yield f"{number}.{scene}" if len(group) > 1 else f"{number}", one


def test_paper_counts_questions_as_the_screen_does(texts: dict[str, list[str]], book: Handbook) -> None:
    for role in book.roles.values():
        count = role.exam.questions
        needed = -(-count * role.exam.pass_mark // 100)
        assert f"/{count}及格{role.exam.pass_mark}%" in texts[f"roles/{role.id}-exam"][0]
        for kind, told in (("exam", "及格："), ("exam-key", f"共{count}題，及格{role.exam.pass_mark}%：")):
            assert f"{told}答對{needed}題；情境題每一幕都對，才算一題。" in texts[f"roles/{role.id}-{kind}"][0]


def test_no_quiz_paper_tells_an_answer(texts: dict[str, list[str]], printed: Printed) -> None:
    for path in _of_kind(printed, "quiz", "exam"):
        assert not any(told in "".join(texts[path]) for told in ("不對：", "請看「"))


def test_three_sittings_of_an_exam_are_not_alike(texts: dict[str, list[str]], book: Handbook) -> None:
    for role in book.roles.values():
        _, *papers = re.split("崗位測驗卷[ABC]", _once("".join(texts[f"roles/{role.id}-exam"])))
        assert len({paper[200:] for paper in papers}) == len(COPIES)


def test_an_exam_s_paper_and_its_key_say_from_which_code_they_were_drawn(
    texts: dict[str, list[str]], book: Handbook
) -> None:
    for role in book.roles.values():
        paper, key = ("".join(texts[f"roles/{role.id}-{kind}"]) for kind in ("exam", "exam-key"))
        told = f"題庫{papers.stock(book, role)}" + (f"・限時{role.exam.minutes}分鐘" if role.exam.minutes else "")
        for copy in COPIES:
            assert f"代碼{copy}・{told}。" in paper
            assert f"代碼{copy}・{told}。" in key
            assert f"{project.ADDRESS}exams/{role.id}/#code={copy}" in key
        assert "#code=" not in paper


def test_a_code_s_paper_asks_what_a_screen_would(tmp_path: Path, book: Handbook) -> None:
    """Question by question and letter by letter; the screen's draw is held against ours in tests/web/test_chance.py."""
    role = book.roles["shift-lead"]
    edition = Edition(book, codes=("1208", "AB-1"))
    paper, key = (sheet for sheet in sheets(edition) if sheet.of == role.id)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(tmp_path))
        files = press.press([paper, key], project.ROOT)
    asked, answered = ("".join(_texts(files[f"{sheet.path}.pdf"])) for sheet in (paper, key))
    for code in edition.codes:
        groups = in_groups(book, papers.exam(book, role, code))
        said = [(number, papers.mixed(book, role, code, one)) for number, one in _numbered(groups)]
        choices = [(number, one) for number, one in said if isinstance(one, Choose)]
        options = [f"{LETTERS[n]}.{each.text}" for _, one in choices for n, each in enumerate(one.answers)]
        _in_order(asked, [f"崗位測驗卷{code}", *options])
        _in_order(answered, [f"崗位測驗解答{code}", *(f"{number}{answer(one)}" for number, one in said)])
    assert [*map(_letters, said)] != [*map(_letters, _numbered(groups))], "options lie as in the quiz"


def _letters(numbered: tuple[str, Plain]) -> str:
    return answer(numbered[1])


def _once(text: str) -> str:
    """A text without what stands at the foot of its pages."""
    return re.sub(r"・崗位測驗卷[ABC]・[^/]*/\d+", "", text)


def test_a_sheet_to_sign_names_version_fingerprint_and_day_and_has_twenty_lines(
    texts: dict[str, list[str]], book: Handbook
) -> None:
    for sop in book.sops.values():
        (text,) = texts[f"{sop.folder}/{sop.id}-sign"]
        _in_order(text, [book.title(sop), sop.current.version, str(sop.current.effective), book.sop_fingerprint(sop)])
        signed = [book.sops[key] for key in sop.masters] if isinstance(sop, Role) else []
        assert all(book.sop_fingerprint(one) in text for one in signed)
        _in_order(text.partition("帶訓人")[2], [str(number) for number in range(1, 21)])


def test_a_sheet_to_sign_tells_changed_demands_apart_from_changed_words(tmp_path: Path) -> None:
    root = cases.copy(tmp_path / "project")
    project.replace(
        root / "sop/procedures/lost-property.yml",
        "history:\n",
        "history:\n"
        "  - {version: 1.2.0, effective: 2026-03-01, change: 改了錯字, editorial: true}\n"
        "  - {version: 1.1.0, effective: 2026-02-01, change: 要鎖進櫃子}\n",
    )
    (text,) = _made(root, tmp_path, "procedures/lost-property-sign")
    _in_order(text, ["改了什麼", "1.1.0（2026-02-01）要鎖進櫃子", "首版", "只改文字", "1.2.0（2026-03-01）改了錯字"])


def test_a_signature_that_runs_out_says_when_on_each_sheet_that_is_signed(tmp_path: Path) -> None:
    root = cases.copy(tmp_path / "project")
    project.replace(root / "sop/procedures/lost-property.yml", "review_every:", "renew: 18 months\nreview_every:")
    for path in ("procedures/lost-property-sign", "roles/clerk-sign", "roles/clerk-matrix"):
        (text,) = _made(root, tmp_path, path)
        assert text.count("18個月到期") == 1, path
    assert "到期" not in "".join(_made(root, tmp_path, "standards/greeting-sign"))


def _made(root: Path, tmp_path: Path, path: str) -> list[str]:
    """The pages of one sheet of a small handbook."""
    book, _ = compile_handbook(root)
    wanted = [sheet for sheet in sheets(Edition(book)) if sheet.path == path]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(tmp_path / "cache"))
        return _texts(press.press(wanted, root)[f"{path}.pdf"])


def test_a_matrix_and_a_plan_name_all_that_a_role_must_master(texts: dict[str, list[str]], book: Handbook) -> None:
    for role in book.roles.values():
        for kind in ("matrix", "induction"):
            text = "".join(texts[f"roles/{role.id}-{kind}"])
            assert all(_bare(book.title(book.sops[key])) in text for key in role.masters)
        _in_order("".join(texts[f"roles/{role.id}-induction"]), ["第1天", "第1週", "崗位測驗"])


def test_a_blank_form_has_every_field(texts: dict[str, list[str]], book: Handbook) -> None:
    for key, form in book.forms.items():
        assert all(_bare(book.plain(field)) in "".join(texts[f"forms/{key}"]) for field in form.fields)


def test_a_desk_card_stands_on_its_sheet_four_times(texts: dict[str, list[str]], book: Handbook) -> None:
    for sop in book.procedures.values():
        (text,) = texts[f"procedures/{sop.id}-card"]
        _in_order(text, [*"".join(sop.mnemonic), "一定要做", "1", "2", "3", "4", "5"])
        assert text.count("一定要做") == 4


@pytest.mark.parametrize("root", [project.ROOT, project.ROOT / "tests/search/pool"])
def test_an_act_away_from_its_page_says_when_it_counts(root: Path) -> None:
    """On a card, and in a role's day in the whole book: without it 「關閉兒童池」 would be another demand."""
    book, _ = compile_handbook(root)
    made = {sheet.path: sheet.make for sheet in sheets(Edition(book))}
    conditional = 0
    for sop in (*book.procedures.values(), *book.standards.values()):
        lines = made[f"{sop.folder}/{sop.id}-card"]()["matter"]
        conditional += _say_when(book, [(sop, placed) for placed in matter(sop)], [line["act"] for line in lines])
    days = {one["head"]["title"]: one["day"] for part in made["handbook"]()["parts"] for one in part["sops"]}
    for role in book.roles.values():
        for moment, line in zip(role.day, days[book.title(role)], strict=True):
            conditional += _say_when(book, [at for ref in moment.clauses if (at := book.clause(ref))], line["acts"])
    assert conditional


def _say_when(book: Handbook, clauses: list[tuple[Sop, Placed]], lines: list[str]) -> int:
    """How many conditions the lines say, if each says those of its clause: without its case or amount, none counts."""
    said = 0
    for (sop, placed), line in zip(clauses, lines, strict=True):
        conditions = [one.label if isinstance(one, Case) else one.condition for one in (*placed.parents, placed.clause)]
        for condition in filter(None, conditions):
            said += 1
            assert book.plain(condition, sop.id).rstrip("。") in line
    return said


def test_the_whole_handbook_has_every_clause_contents_and_bookmarks(
    printed: Printed, texts: dict[str, list[str]], book: Handbook
) -> None:
    pages = texts["handbook"]
    text = "".join(re.sub(f"{_bare(book.organization.title)}・[^・]*?\\d*$", "", page) for page in pages)
    for sop in book.sops.values():
        for placed in book.clauses[sop.id].values():
            assert _bare(book.plain(placed.clause.headline, sop.id)).removeprefix("說") in text, placed.clause.id
    assert all(_bare(book.title(sop)) in pages[1] for sop in book.sops.values())
    reader = pypdf.PdfReader(printed["handbook"][1])
    assert {book.title(sop) for sop in book.sops.values()} <= set(_bookmarks(reader.outline))


def _bookmarks(outline: list) -> Iterator[str]:
    for entry in outline:
        yield from _bookmarks(entry) if isinstance(entry, list) else [entry.title]


# ── how they are printed ────────────────────────────────────────────────────────────────────────


def test_sheets_that_promise_one_page_have_one(texts: dict[str, list[str]], printed: Printed, book: Handbook) -> None:
    for path in _of_kind(printed, *ONE_PAGE):
        assert len(texts[path]) == 1, path
    for sop in [*book.procedures.values(), *book.roles.values()]:
        count = len(texts[f"{sop.folder}/{sop.id}-checklist"])
        assert count == 1 or (count == 2 and len(checklist(book, sop)) > LONG), sop.id


def test_nothing_is_printed_over_the_edge_of_the_paper(printed: Printed) -> None:
    for path, (_, file) in printed.items():
        _within_the_page(path, file)


def _within_the_page(path: str, file: Path) -> None:
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document, 1):
            assert sorted(page.get_size()) == pytest.approx(A4, abs=1)
            width, height = page.get_size()
            text = page.get_textpage()
            for n in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(n)
                inside = left > EDGE and bottom > EDGE and right < width - EDGE and top < height - EDGE
                assert inside, f"{path}, page {number}: {text.get_text_bounded(left, bottom, right, top)!r}"


def test_a_sheet_is_tagged_titled_and_says_its_language(printed: Printed) -> None:
    for sheet, file in printed.values():
        root = pypdf.PdfReader(file).trailer["/Root"].get_object()
        assert root["/Lang"] == "zh-TW"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
        assert sheet.title in pypdf.PdfReader(file).metadata["/Title"]


def test_the_one_font_is_in_the_file(printed: Printed) -> None:
    for path in {sheet.kind: sheet.path for sheet, _ in printed.values()}.values():
        found = set()
        for page in pypdf.PdfReader(printed[path][1]).pages:
            for font in page["/Resources"].get("/Font", {}).values():
                (inner,) = font.get_object()["/DescendantFonts"]
                told = inner.get_object()["/FontDescriptor"].get_object()
                assert any(key in told for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                found.add(str(told["/FontName"]))
        assert found
        assert all("NotoSansCJKtc" in name for name in found), found


def test_no_character_is_lost(texts: dict[str, list[str]]) -> None:
    for path, pages in texts.items():
        assert not set("".join(pages)) & {"\ufffd", "\u25a1", "\x00"}, path


def test_every_character_that_templates_print_is_in_the_font() -> None:
    for template in TEMPLATES.glob("*.typ"):
        assert not glyphs.missing(re.sub(r"(?m)(^|\s)//.*$|\n", "", template.read_text("utf-8"))), template.name


def test_what_is_surely_printable_is() -> None:
    sure = [chr(code) for code in range(0x20, 0x10000) if re.fullmatch(f"[{glyphs.SURE}]", chr(code))]
    assert len(sure) > 20_000
    assert set(sure) <= printable()


def test_of_the_faces_in_the_font_ours_is_taiwan_s() -> None:
    assert font_file().is_file()
    assert glyphs.missing("臺灣「，。」✓𓀀") == ["𓀀"]


def test_without_an_address_a_sheet_names_the_page_and_has_no_code(tmp_path: Path) -> None:
    (text,) = _made(cases.MINIMAL, tmp_path, "procedures/lost-property-checklist")
    assert "procedures/lost-property/" in text
    assert "掃一下" not in text


# ── whatever is written ─────────────────────────────────────────────────────────────────────────


def test_long_titles_eighty_steps_and_items_of_four_hundred_characters_are_printed_whole(tmp_path: Path) -> None:
    root = cases.copy(tmp_path / "project")
    long = "把" + "東西" * 200
    steps = "".join(
        f"  - {{id: more-{n}, stage: 收, do: 點第 {n} 件東西, pause: 第 {n} 件點過了嗎？, source: own}}\n"
        for n in range(80)
    )
    project.replace(
        root / "sop/procedures/lost-property.yml",
        "steps:\n  - id: take\n",
        f"steps:\n  - id: long\n    stage: 收\n    do: {long}\n    never: {long}\n    say: {long}\n"
        f"    allow: {{too-long: 試排版}}\n    source: own\n{steps}  - id: take\n",
    )
    project.replace(root / "sop/procedures/lost-property.yml", "title: 拾得物\n", f"title: {'拾得物' * 5}\n")
    book, _ = compile_handbook(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(tmp_path / "cache"))
        files = press.press(sheets(Edition(book, project.ADDRESS)), root)
    for path, file in files.items():
        _within_the_page(path, file)
    text = "".join(_texts(files["procedures/lost-property-checklist.pdf"]))
    _in_order(
        re.sub("小店手冊・(拾得物)+・查核表・[^/]*?/\\d+", "", text), [long, *(f"點第{n}件東西" for n in range(80))]
    )
    assert len(_texts(files["procedures/lost-property-card.pdf"])) == 1


def test_what_looks_like_typst_is_printed_as_it_stands(tmp_path: Path) -> None:
    root = cases.copy(tmp_path / "project")
    title, code = "#x() *b* _c_ <d>", "把 #panic(1) $x^2$ @a `y` [z] 寫成 \\ 與 // 註"
    procedure = root / "sop/procedures/lost-property.yml"
    project.replace(procedure, "title: 拾得物\n", f"title: '{title}'\n")
    step = f"  - {{id: code, stage: 收, do: '{code}', source: own}}\n"
    project.replace(procedure, "steps:\n  - id: take\n", f"steps:\n{step}  - id: take\n")
    book, _ = compile_handbook(root)
    for sheet in sheets(Edition(book)):
        if sheet.of == "lost-property" or sheet.kind in ("matrix", "induction", "handbook"):
            text = "".join(_made(root, tmp_path, sheet.path))
            assert _bare(title) in text, sheet.path
            assert _bare(code) in text or sheet.kind not in ("checklist", "handbook")


def test_a_form_with_thirty_fields_keeps_them_all(tmp_path: Path) -> None:
    for many in ("false", "true"):
        root = cases.copy(tmp_path / many)
        fields = [f"第 {n} 欄處理結果" for n in range(1, 31)]
        text = (root / "sop/forms.yml").read_text("utf-8")
        changed = re.sub(r"fields: \[.*?\]", f"fields: [{', '.join(fields)}]\n  many: {many}", text, flags=re.S)
        assert changed != text
        (root / "sop/forms.yml").write_text(changed, "utf-8")
        pages = _made(root, tmp_path, "forms/found-log")
        assert all(_bare(field) in "".join(pages) for field in fields)


def test_in_the_whole_handbook_no_clause_goes_on_overleaf(texts: dict[str, list[str]]) -> None:
    assert len(texts["handbook"]) > 40
    assert not [page[:20] for page in texts["handbook"] if re.match("依據|本手冊補充|絕對不要", page)]


# ── files ───────────────────────────────────────────────────────────────────────────────────────


def _minimal(folder: Path, cache: Path) -> dict[str, bytes]:
    """Every file of the small handbook's paper, printed with a cache of its own."""
    book, _ = compile_handbook(cases.MINIMAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HANDBOOK_CACHE", str(cache))
        made = shelf.shelved(Edition(book, project.ADDRESS), folder)
    return {path: file.read_bytes() for path, file in made.items()}


def test_a_second_printing_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _minimal(tmp_path, tmp_path / "one") == _minimal(tmp_path, tmp_path / "two")


def test_what_has_not_changed_is_not_printed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _minimal(tmp_path, tmp_path / "cache")
    monkeypatch.setattr(press, "_set", lambda *_: pytest.fail("printed again"))
    assert _minimal(tmp_path, tmp_path / "cache") == before


def test_what_another_build_takes_away_meanwhile_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "cache/paper").mkdir(parents=True)
    (tmp_path / "cache/paper/draft").symlink_to(tmp_path / "gone")  # listed, and not there when one looks
    assert _minimal(tmp_path, tmp_path / "cache")


def test_what_nobody_asked_for_in_a_month_leaves_the_cache(tmp_path: Path) -> None:
    cached = tmp_path / "cache/paper"
    old, new = cached / "templates-old", cached / "templates-new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "card.typ").write_text("", "utf-8")
    (cached / "old.zip").write_bytes(b"")
    for path in (old, cached / "old.zip"):
        os.utime(path, (0, 0))
    assert _minimal(tmp_path, tmp_path / "cache")
    assert (old.exists(), (cached / "old.zip").exists(), new.exists()) == (False, False, True)


def _own(root: Path, name: str, old: str, new: str) -> Path:
    """A template of an organisation's own, beside which the others stay as they are."""
    template = root / "overrides/templates/paper" / name
    template.parent.mkdir(parents=True)
    template.write_bytes((TEMPLATES / name).read_bytes())
    project.replace(template, old, new)
    return template


def test_an_organisations_own_template_sets_its_sheets(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    before = "".join(_made(root, tmp_path, "procedures/lost-property-card"))
    _own(root, "card.typ", "一定要做", "最要緊的")
    after = "".join(_made(root, tmp_path, "procedures/lost-property-card"))
    assert "最要緊的" not in before
    assert after == before.replace("一定要做", "最要緊的")


def test_a_template_that_can_t_be_set_is_named_with_the_place(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    changed = _own(root, "card.typ", "title[一定要做]", "titel[一定要做]")
    with pytest.raises(Broken) as broken:
        _made(root, tmp_path, "procedures/lost-property-card")
    (problem,) = broken.value.problems
    line = next(n for n, text in enumerate(changed.read_text("utf-8").splitlines(), 1) if "titel" in text)
    assert (problem.path, problem.line) == ("templates/paper/card.typ", line)
    assert "titel" in problem.message


def test_a_role_s_zip_has_all_that_its_supervisor_needs_under_names_that_people_know(tmp_path: Path) -> None:
    files = _minimal(tmp_path, tmp_path / "cache")
    (tmp_path / "clerk.zip").write_bytes(files["roles/clerk.zip"])
    with zipfile.ZipFile(tmp_path / "clerk.zip") as packed:
        assert packed.testzip() is None
        names = set(packed.namelist())
        assert packed.read("查核表/拾得物.pdf") == files["procedures/lost-property-checklist.pdf"]
    assert {"到職培訓計畫/店員.pdf", "崗位測驗卷/店員.pdf", "測驗解答/拾得物.pdf", "閱讀簽收單/店員.pdf"} <= names
    assert any(name.startswith("空白表單/") for name in names)


def test_titles_make_file_names_that_every_system_takes() -> None:
    assert shelf.file_name("報修/維修: 「A」.") == "報修 維修 「A」"
    assert shelf.file_name("..") == "_"


Command = Callable[..., int]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """`handbook paper DIR` on the small handbook; answers the exit status."""
    root = cases.copy(tmp_path / "project")
    (root / "mkdocs.yml").write_text(f"site_url: {project.ADDRESS}\n", "utf-8")
    monkeypatch.setenv("HANDBOOK_CACHE", str(tmp_path / "cache"))
    return lambda folder, *more: main(["--root", str(root), "paper", str(folder), *more])


def test_the_command_writes_a_folder_and_writes_it_again(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    assert command(folder) == 0
    listed = (folder / shelf.LIST).read_text("utf-8").splitlines()[1:]
    found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    assert found == {*listed, shelf.LIST}
    assert command(folder) == 0


def test_of_a_code_the_command_writes_the_exams_alone(command: Command, tmp_path: Path) -> None:
    assert command(tmp_path / "paper", "--code", " １２０８", "--code", "ab-2", "--code", "AB-2") == 0
    found = {file.relative_to(tmp_path / "paper").as_posix() for file in (tmp_path / "paper").rglob("*.*")}
    assert found == {"roles/clerk-exam.pdf", "roles/clerk-exam-key.pdf", shelf.LIST}
    text = "".join(_texts(tmp_path / "paper/roles/clerk-exam.pdf"))
    assert re.findall("代碼([A-Z0-9-]+)・", text) == ["1208", "AB-2"]


def test_what_is_no_code_is_refused(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command(tmp_path / "paper", "--code", "三月")
    assert "letters, digits and hyphens" in capsys.readouterr().err


def test_paper_may_do_without_answers(command: Command, tmp_path: Path) -> None:
    assert command(tmp_path / "paper", "--without-keys") == 0
    listed = (tmp_path / "paper" / shelf.LIST).read_text("utf-8")
    assert "clerk-exam.pdf" in listed
    assert "key" not in listed
    with zipfile.ZipFile(tmp_path / "paper/roles/clerk.zip") as packed:
        assert [name for name in packed.namelist() if "解答" in name] == []


def test_the_command_leaves_what_others_wrote(command: Command, tmp_path: Path) -> None:
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper/letter.txt").write_text("mine")
    assert command(tmp_path / "paper") == 2
    assert [file.name for file in (tmp_path / "paper").iterdir()] == ["letter.txt"]


def test_a_handbook_with_a_hole_is_not_printed(command: Command, tmp_path: Path) -> None:
    (tmp_path / "project/sop/glossary.yml").write_text("shop: {term: 店}\n", "utf-8")
    assert command(tmp_path / "paper") == 1
    assert not (tmp_path / "paper").exists()
