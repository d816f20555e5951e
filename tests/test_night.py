"""A night shift that measures whatever a clause can: each fact says the same wherever it goes."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from handbook.model.amounts import UNITS, Unit
from handbook.model.book import Handbook
from handbook.model.facts import CLOCKS
from handbook.model.gathered import deadlines
from handbook.model.limits import limit
from handbook.model.questions import Number
from handbook.pages.render import render
from handbook.paper.sheet import Edition
from handbook.paper.sheets import sheets
from handbook.quiz import answers
from handbook.quiz.bank import bank
from handbook.reading.load import load
from handbook.search.entries import findable
from tests import cases, project
from tests.test_facts import READ

SOP = "night-shift"
# In the guide, and no whole facts.
WORDS = {
    "event",
    "limit",
    "at most",
    "at least",
    "under",
    "over",
}
FULL = {
    "lock": "03:00 前",
    "call-guest": "入住前一天 18:00 前",
    "give-room": "入住當天 15:00 起",
    "breakfast": "06:00 起",
    "reply-review": "看到留言隔天 12:00 前",
    "order-milk": "每週一、四 09:00",
    "send-hours": "每月 5 日前",
    "count-till": "每月底",
    "rounds": "每天 07:30、22:30",
    "answer-desk": "按鈴起 10 分鐘內（08:00 到 22:00），其他時間 30 分鐘內",
    "quiet": "22:00 到隔天 06:00",
    "sample": "封口起保留 48 小時",
    "store": "收下東西起保留 6 個月",
    "remind": "「保管沒人領的東西」到期前 7 天",
    "cut-water": "看到漏水後立刻",
    "book-keeping": "月底起 3 個工作天內",
    "drink-milk": "開封起 3 天內",
    "taxes": "每年 5 月 31 日前",
    "meeting": "每月第 1 個週一",
    "temperature": "每 4 小時（08:00 到 20:00）",
    "wipe": "每天 3 次",
    "open": "平日 06:00 到 22:00",
    "late-open": "週六、日、放假日 07:00 到 21:00",
    "water": "週六、日、放假日 05:30",
    "chairs": "每 2 小時（開店到打烊）",
    "safe": "打烊前",
    "found": "撿到東西當天打烊前",
    "keys": "每天開店前、打烊後",
    "filter": "每週一、四打烊後",
    "candles": "每天晚上",
    "last-round": "打烊起 30 分鐘內",
    "last-call": "打烊前 20 分鐘",
    "boiler": "每季",
    "shelves": "每季最後一週",
    "rest": "每小時 50 分",
    "card": "核准起 7 到 14 個工作天內",
    "pay-bills": "送來帳單的下週三前",
    "renew": "住滿起 15 天內，90%",
    "fee": "10%，不超過 500 元",
    "lights": "打烊後",
    "fridge": "2 到 8 °C",
    "freezer": "不超過 -18 °C",
    "wash": "至少 20 秒",
    "near": "不超過 10 分鐘",
    "float": "3,000 元",
    "coffee": "低於 10 杯",
    "guests": "每人每天不超過 2 人",
    "press": "每分鐘 100 到 120 次",
    "germs": "每 100 毫升不超過 1 個",
    "teacher": "每 15 人至少 1 人",
    "breaths": "30:2",
    "acid": "pH 6.5 到 8",
    "early": "100%",
    "middle": "50%",
    "group-20": "80%",
    "group-50": "70%",
}


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    root = cases.copy(tmp_path_factory.mktemp("night"))
    cases.apply(cases.read(cases.HERE / "good/night.yml"), root)
    assert cases.problems(root) == []
    book = load(root)[0]
    assert book
    return book


@pytest.fixture(scope="module")
def pages(night: Handbook) -> dict[str, str]:
    return {page.path: _shown(page.html) for page in render(night)}


def _shown(page: str) -> str:
    """What a page shows, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_every_kind_of_fact_is_said(night: Handbook) -> None:
    sop = night.sops[SOP]
    said: dict[str, list[str]] = {}
    for one in deadlines(night, sop):
        said.setdefault(one.clause.id, []).append(night.plain(one.fact.full, SOP))
    assert {key: "，".join(each) for key, each in said.items()} == FULL


def test_it_is_the_same_on_the_page_on_paper_and_in_what_is_found(night: Handbook, pages: dict[str, str]) -> None:
    page = pages[f"procedures/{SOP}/index.md"]
    table = pages["deadlines/index.md"]
    printed = {s.kind: json.dumps(s.make(), ensure_ascii=False) for s in sheets(Edition(night, "")) if s.of == SOP}
    found = next(one for one in findable(night) if one.folder == f"procedures/{SOP}/")
    titles = {place.anchor: place.title for place in found.places}
    for due in deadlines(night, night.sops[SOP]):
        full = night.plain(due.fact.full, SOP)
        assert full in page
        assert due.fact.short in table
        assert full in printed["checklist"]
        assert full in titles[due.clause.id]


def test_a_limit_of_a_case_says_of_which(night: Handbook) -> None:
    shares = {
        one.clause.id: one.case
        for one in deadlines(night, night.sops[SOP])
        if one.case and one.fact.short.endswith("%")
    }
    assert shares == {"early": "早取消", "middle": "晚一點", "group-20": "團體", "group-50": "大團體"}


def test_a_condition_says_its_amount_and_others_cite_it(night: Handbook, pages: dict[str, str]) -> None:
    page = pages[f"procedures/{SOP}/index.md"]
    for said in (
        "客人等超過 20 分鐘",
        "有客人等超過 20 分鐘",
        "離入住 7 天以上",
        "要退超過 1,000 元、5,000 元以下",
        "離入住 3 到 6 天",
    ):
        assert said in page


def test_the_table_of_deadlines_says_what_depends_on_an_amount(pages: dict[str, str]) -> None:
    """Who decides from what amount on; a share with its range; the latest, and for whom a standard holds."""
    table = re.sub(r"\s+", " ", pages["deadlines/index.md"])
    for said in (
        "1,000 元以下 要退 自己決定 夜班・小錢 店員",
        "超過 20 分鐘 客人等 送一杯飲料 夜班 店員",
        "20 人以上 團體人數 按團體收件 夜班 店員",
        "2 天以內 離入住 不退房費",
        "80% 打折 夜班・團體如果團體人數 20 到 49 人",
        "最晚 7 天前",
        "最晚 20 分鐘前 打烊",
        "適用：店員",
    ):
        assert said in table, said


def test_each_can_be_asked_and_has_two_others(night: Handbook) -> None:
    asked: dict[str, list[Number]] = {}
    for question in bank(night)[SOP]:
        if isinstance(question, Number):
            asked.setdefault(question.about.partition("#")[2], []).append(question)
    assert asked.keys() == FULL.keys()
    for key, several in asked.items():
        for one, fact in zip(several, night.clauses[SOP][key].clause.facts, strict=True):  # each of them, in its order
            options = answers.options(night, one)
            assert len({option.text for option in options}) == 3
            assert [option.text for option in options if option.right] == [fact.short]
            assert one.ask.endswith("？")
    ids = [one.id for several in asked.values() for one in several]
    assert len(set(ids)) == len(ids) and "number-2--fee" in ids


def test_a_post_works_on_its_own_days(night: Handbook) -> None:
    weeks = {one.clause.id: one.week for one in deadlines(night, night.sops[SOP]) if one.fact.works}
    assert weeks == {"book-keeping": ["tue", "sat"], "card": []}


def test_a_unit_of_ones_own_that_goes_is_a_problem_where_it_is_used(night: Handbook, tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    cases.apply(cases.read(cases.HERE / "good/night.yml"), root)
    project.replace(root / "sop/organization.yml", "  cup: {counted: 杯}\n", "")
    [problem] = cases.problems(root)
    assert (problem.path, problem.code) == (f"sop/procedures/{SOP}.yml", "bad-amount")
    assert "「under 10 cups」不是數量" in problem.message
    assert "organization.yml 的 units" in problem.message


def test_the_guide_lists_every_clock_and_unit_and_what_it_shows_is_read() -> None:
    """All that stands in the table of facts, by its field; and no unit is left out."""
    guide = (project.ENGINE / "guide/index.md").read_text("utf-8")
    section = guide.partition("{ #_facts }")[2].partition("\n## ")[0]
    units = {"TWD": Unit("元", sign="NT$"), "cup": Unit("杯")}
    rows = re.findall(r"^\| [^|]+ \| (`(\w+)`[^|]*) \| ([^|]+) \|$", section, re.M)
    shown = {field: [code for code in re.findall("`(.+?)`", said) if code not in WORDS] for _, field, said in rows}
    assert list(shown) == [*CLOCKS, "limit", "range"]
    for field, codes in shown.items():
        read = READ.get(field, limit)
        for code in codes:
            read(code, units)  # type: ignore[operator]
    for unit in UNITS:
        assert f"`{unit}`" in section, unit


def test_a_unit_of_ones_own_is_text_wherever_it_goes(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    cases.apply(cases.read(cases.HERE / "good/night.yml"), root)
    project.replace(root / "sop/organization.yml", "counted: 杯", "counted: '<b id=x>\"'")
    book = load(root)[0]
    assert book
    shown = [page for page in render(book) if "不到 10" in page.html or "低於 10" in page.html]
    assert len(shown) > 2
    for page in shown:
        assert "低於 10 &lt;b id=x&gt;&#34;" in page.html.replace("&quot;", "&#34;")
        assert "<b id=x>" not in page.html
