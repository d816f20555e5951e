"""The team's page: what phones hand over comes in by link, picture, file and camera; who has what to do is shown."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import broken
from tests.browser.chromium import SHELL, launch_options
from tests.conftest import Visit
from tests.web.hand_over import AT, Phones, hand_over, long_one
from tests.web.node import Node

pytestmark = [pytest.mark.browser, pytest.mark.bare]

PAGE = "supervisors/team/"
FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') })"
WATCH = """new MutationObserver((_, me) => {
    if (!document.querySelector(".list details")) return;
    window.first = document.querySelectorAll("team-page *").length;
    me.disconnect();
}).observe(document, { subtree: true, childList: true })"""
RENAME = """() => {
    const name = "handbook:/:team-read";
    localStorage.setItem(name, localStorage.getItem(name).replace(/同事0"/g, '同事零"'));
}"""
CODES = """async (web) => {
    const { default: encodeQR } = await import(`${web}/vendor/qr/index.js`);
    return (text) => encodeQR(text, "raw", { ecc: "low", border: 4 });
}"""


@pytest.fixture(scope="module")
def phones() -> Iterator[Phones]:
    with Phones() as made:
        yield made


@pytest.fixture(scope="module")
def others() -> Iterator[Phones]:
    """Another phone, with another key."""
    with Phones() as made:
        yield made


@pytest.fixture(scope="module")
def codes() -> Iterator[Node]:
    with Node(CODES) as made:
        yield made


def packet(phones: Phones, home: str, name: str = "王小明", at: int = AT - 60, **more: Any) -> str:
    who = {"name": name, "role": "service-desk", "first": "2026-12-01"}
    told = hand_over(site=phones("mark", home), who=who, at=at, key=phones("key")) | more
    made: str = phones("encode", told)
    return made


def said(page: Page) -> Any:
    return expect(page.locator("team-page .said").first)


def png(rows: list[list[bool]], scale: int) -> bytes:
    """A picture of a code."""
    lines = (bytes(0 if one else 255 for one in row for _ in range(scale)) for row in rows)
    pixels = b"".join((b"\0" + line) * scale for line in lines)

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    side = len(rows) * scale
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def picture(content: bytes) -> Any:
    return {"name": "code.png", "mimeType": "image/png", "buffer": content}


def test_a_link_is_asked_about_once_and_taken_twice_changes_nothing(
    visit: Visit, bare_server: str, phones: Phones
) -> None:
    link = phones("link", packet(phones, bare_server)).split("#")[1]
    page = visit(f"{PAGE}#{link}")
    said(page).to_contain_text("這個連結是王小明的成績（2026-12-14 23:59 交的）")
    assert broken(page, "article") == []
    page.keyboard.press("Enter")  # the question has the keyboard
    said(page).to_have_text("收下了：王小明，第一次交。")
    assert "#" not in page.url
    expect(page.locator("team-page .list summary")).to_have_count(1)
    expect(page.locator("team-page .notice")).to_contain_text("有 1 份還沒存成檔案")
    page.goto(f"{page.url}#{link}")
    said(page).to_have_text("王小明的這一份收過了，沒有變。")
    page.goto(f"{page.url}#{link[:-9]}AAAAAAAAA")
    said(page).to_have_text("這一份的簽章不對：有人改過，或不是那支手機交的。沒有收。")
    page.goto(page.url.partition("#")[0])
    expect(page.locator("team-page .list summary")).to_have_count(1)


def test_pictures_files_and_what_is_pasted_come_in(
    visit: Visit, bare_server: str, phones: Phones, others: Phones, codes: Node
) -> None:
    one = phones("link", packet(others, bare_server))
    long = phones("encode", long_one(phones("key"), 120) | {"site": phones("mark", bare_server), "at": AT})
    frames = phones("frames", long)
    pictures = [picture(png(codes.ask(text), 4)) for text in frames]
    page = visit(PAGE)
    files = page.locator("team-page input[type=file]")
    files.set_input_files(pictures[:1])
    said(page).to_contain_text("這張圖是好幾張圖碼裡的一張")
    files.set_input_files([picture(png([[False] * 40] * 40, 4))])
    said(page).to_contain_text("這張圖裡找不到圖碼")
    files.set_input_files(pictures[::-1])
    said(page).to_have_text("收下了：司徒歐陽上官娜娜瑪莉亞小，第一次交。")
    page.get_by_text("貼上連結").click()
    page.get_by_label("貼上連結或文字").fill(f"給你\n{one[:90]}\n{one[90:]}")
    page.get_by_role("button", name="收進來").click()
    said(page).to_have_text("收下了：王小明，第一次交。")
    page.get_by_label("貼上連結或文字").fill("hello")
    page.get_by_role("button", name="收進來").click()
    said(page).to_contain_text("這不是交給主管的資料")
    with page.expect_download() as saved:
        page.get_by_text("存檔、匯出、列印").click()
        page.get_by_role("button", name="存團隊檔").click()
    text = Path(saved.value.path()).read_text("utf-8")
    expect(page.locator("team-page .notice")).to_have_count(0)
    page.get_by_text("忘掉整個團隊").click()
    page.get_by_role("button", name="全部忘掉").click()
    expect(page.locator("team-page .list details")).to_have_count(0)
    files.set_input_files([{"name": "t.json", "mimeType": "application/json", "buffer": text.encode()}])
    said(page).to_have_text("合進來了：新的 2 支手機。")


def filmed(rows: list[list[list[bool]]], file: Path, width: int = 960, height: int = 720) -> None:
    """A film of codes, each for a while, as a camera sees them."""
    with file.open("wb") as film:
        film.write(f"YUV4MPEG2 W{width} H{height} F5:1 Ip A1:1 C420mpeg2\n".encode())
        for code in rows:
            scale = height // len(code)
            side = scale * len(code)
            left, top = (width - side) // 2, (height - side) // 2
            shades = bytearray(b"\xc0" * width * height)
            for y in range(side):
                start = (top + y) * width + left
                shades[start : start + side] = bytes(
                    16 if one else 235 for one in code[y // scale] for _ in range(scale)
                )
            film.write((b"FRAME\n" + shades + b"\x80" * (width * height // 2)) * 3)


def test_a_camera_gathers_codes_until_all_were_seen(
    browser: Browser, bare_server: str, phones: Phones, codes: Node, tmp_path: Path
) -> None:
    told = long_one(phones("key"), 120) | {"site": phones("mark", bare_server), "at": 1_760_000_000}
    for part in ("signed", "quizzes", "exams"):
        told[part] = {mark: one | {"at": min(one["at"], 1_760_000_000 // 60 * 60)} for mark, one in told[part].items()}
    frames = phones("frames", phones("encode", told))
    assert len(frames) > 1
    filmed([codes.ask(text) for text in frames], tmp_path / "codes.y4m")
    options = launch_options(SHELL)
    fake = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
    options["args"] += [*fake, f"--use-file-for-fake-video-capture={tmp_path / 'codes.y4m'}"]
    filming = browser.browser_type.launch(**options)
    page = filming.new_context(permissions=["camera"], service_workers="block", locale="zh-TW").new_page()
    page.goto(bare_server + PAGE)
    page.get_by_role("button", name="用相機掃").press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("圖碼")
    said(page).to_contain_text("收下了：司徒歐陽上官娜娜瑪莉亞小", timeout=60_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="用相機掃").click()
    page.get_by_role("button", name="不掃了").click()
    said(page).to_have_text("沒有掃到，什麼都沒收。")
    filming.close()


# ── a team ──────────────────────────────────────────────────────────────────────────────────────


def team(page: Page, phones: Phones, home: str, names: list[str]) -> dict[str, Any]:
    """A page whose supervisor has taken in some, each of whom missed the first question of a quiz."""
    told: dict[str, Any] = page.evaluate("async () => (await fetch('../../team.json')).json()")
    quiz = told["sops"]["complaints"]["quiz"]
    marks = [pair.split("=")[1] for pair in quiz["questions"].split(" ")]
    answers = [3, *[1] * (len(marks) - 1)]
    one = {"edition": phones("edition", marks), "passed": True, "at": AT - 7_200, "answers": answers}
    signed = {"version": "1.0.0", "sum": told["sops"]["complaints"]["sum"], "at": AT - 7_200}
    mark = phones("mark", "complaints")
    packets = [packet(phones, home, name, key="", signed={mark: signed}, quizzes={mark: one}) for name in names]
    text = json.dumps({"version": 1, "packets": packets, "gone": [], "same": [], "news": 0})
    page.evaluate("(text) => localStorage.setItem('handbook:/:team', text)", text)
    page.reload()
    return told


def test_who_has_what_to_do_is_shown_on_a_phone_and_as_a_table(
    visit: Visit, bare_server: str, phones: Phones, tmp_path: Path
) -> None:
    page = visit(PAGE)
    team(page, phones, bare_server, ["王小明", "李雅婷", "=1+1"])
    lines = page.locator("team-page .list > details")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text("前檯客服員：晚了")
    lines.nth(1).locator("summary").press("Enter")
    expect(lines.nth(1)).to_contain_text("還沒讀、簽（2026-12-01 前要做完）")
    expect(lines.nth(1)).to_contain_text("沒有簽章")
    page.get_by_text("題目與條文：哪些要改").click()
    worst = page.locator(".answers").first.locator("li").first
    expect(worst).to_contain_text("3 人答過，答對 0 %，100 % 有把握卻答錯")
    expect(worst.locator("a").first).not_to_contain_text("complaints")  # but what it asks
    expect(worst.locator("code")).to_have_text("quiz/complaints.yml")
    page.get_by_text("存檔、匯出、列印").click()
    assert broken(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    with page.expect_download() as saved:
        page.get_by_role("button", name="存成 CSV").click()
    assert '"\'=1+1"' in Path(saved.value.path()).read_text("utf-8-sig")
    with page.expect_download() as saved:
        page.get_by_role("button", name="存成 Excel（XLSX）").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    sheet = tmp_path / "team.pdf"
    page.pdf(path=sheet, prefer_css_page_size=True)
    paper = pypdf.PdfReader(sheet).pages
    assert len(paper) == 1 and paper[0].mediabox.width > paper[0].mediabox.height
    assert "李雅婷" in normalize("NFKC", paper[0].extract_text())
    page.get_by_role("button", name="依 SOP").click()
    expect(lines.first.locator("summary")).to_contain_text("3 人要會")
    page.get_by_role("button", name="總表", exact=True).click()
    expect(page.locator(".matrix tbody tr")).to_have_count(3)
    assert broken(page, "article") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_record_is_a_page_a_person(visit: Visit, bare_server: str, phones: Phones, tmp_path: Path) -> None:
    page = visit(PAGE, size="desktop")
    page.add_init_script("window.print = () => {}")
    team(page, phones, bare_server, ["王小明", "李雅婷"])
    expect(page.locator(".matrix tbody tr")).to_have_count(2)  # a wide page begins with it
    page.get_by_text("存檔、匯出、列印").click()
    page.get_by_role("button", name="印每個人的訓練紀錄").click()
    page.pdf(path=tmp_path / "records.pdf", prefer_css_page_size=True)
    paper = [
        re.sub(r"\s", "", normalize("NFKC", one.extract_text()))
        for one in pypdf.PdfReader(tmp_path / "records.pdf").pages
    ]
    assert len(paper) == 2
    for name, text in zip(sorted(["王小明", "李雅婷"]), paper, strict=True):
        assert name in text and "訓練紀錄" in text and "主管簽名" in text and "1.0.0版2026-12-14" in text


def test_who_has_done_all_gets_a_certificate(visit: Visit, bare_server: str, phones: Phones, tmp_path: Path) -> None:
    page = visit(PAGE)
    page.add_init_script("window.print = () => {}")
    told = team(page, phones, bare_server, ["王小明"])
    page.locator("team-page .list summary").click()
    expect(page.get_by_role("button", name="印訓練紀錄")).to_be_visible()
    expect(page.get_by_role("button", name="印結訓證明", exact=True)).to_have_count(0)
    one = done(phones, told, "service-desk")
    page.get_by_text("貼上連結").click()
    page.get_by_label("貼上連結或文字").fill(phones("link", packet(phones, bare_server, at=AT - 30, key="", **one)))
    page.get_by_role("button", name="收進來").click()
    page.get_by_role("button", name="印結訓證明", exact=True).click()  # who was open stays so
    page.pdf(path=tmp_path / "certificate.pdf", prefer_css_page_size=True)
    (paper,) = pypdf.PdfReader(tmp_path / "certificate.pdf").pages
    text = re.sub(r"\s", "", normalize("NFKC", paper.extract_text()))
    assert "王小明" in text and "完成「前檯客服員」崗位的訓練" in text and "投訴接待1.0.0" in text
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("team-page .list summary").first).to_be_visible()


def done(phones: Phones, told: dict[str, Any], role: str) -> dict[str, Any]:
    """All that a role asks, signed and passed."""
    sops = {key: told["sops"][key] for stage in told["roles"][role]["stages"] for key in stage}
    marks = {key: phones("mark", key) for key in sops}
    at = AT - 7_200
    asked = {key: [pair.split("=")[1] for pair in sop["quiz"]["questions"].split(" ")] for key, sop in sops.items()}
    return {
        "signed": {marks[key]: {"version": sop["version"], "sum": sop["sum"], "at": at} for key, sop in sops.items()},
        "quizzes": {
            marks[key]: {"edition": phones("edition", some), "passed": True, "at": at, "answers": [1] * len(some)}
            for key, some in asked.items()
        },
        "exams": {
            phones("mark", role): {
                "edition": phones("examEdition", told["roles"][role]["exam"]["fingerprint"]),
                **{"right": 18, "asked": 20, "passed": True, "at": at},
            }
        },
    }


def test_who_is_taken_out_can_be_put_back_at_once(visit: Visit, bare_server: str, phones: Phones) -> None:
    page = visit(PAGE)
    team(page, phones, bare_server, ["王小明", "李雅婷"])
    lines = page.locator("team-page .list > details")
    lines.filter(has_text="李雅婷").locator("summary").click()
    page.get_by_role("button", name="把李雅婷拿掉").click()
    expect(lines).to_have_count(1)
    page.get_by_role("button", name="復原").click()
    expect(lines).to_have_count(2)


def test_where_nothing_is_kept_it_says_so_and_nothing_is_lost_meanwhile(
    visit: Visit, bare_server: str, phones: Phones
) -> None:
    page = visit(PAGE)
    expect(page.locator(".tally")).to_contain_text("還沒有人")
    page.evaluate(FULL)
    page.get_by_text("貼上連結").click()
    page.get_by_label("貼上連結或文字").fill(phones("link", packet(phones, bare_server)))
    page.get_by_role("button", name="收進來").click()
    said(page).to_contain_text("收下了：王小明")
    expect(page.locator("team-page .notice")).to_contain_text("這台裝置存不了團隊")
    expect(page.locator("team-page .list > details")).to_have_count(1)


def test_a_long_team_is_drawn_as_far_as_it_is_seen(visit: Visit, bare_server: str, phones: Phones) -> None:
    """200 people: what is drawn at once is no more than what fits on a screen or two, and each opens by itself."""
    page = visit(PAGE)
    names = [f"同事{number}" for number in range(200)]
    team(page, phones, bare_server, names)
    page.add_init_script(WATCH)
    page.reload()
    expect(page.locator("team-page .list > details")).to_have_count(200)
    assert page.evaluate("window.first") < 200
    assert page.evaluate("document.querySelectorAll('team-page *').length") < 200 * 5 + 100
    assert page.locator("team-page li").count() == 0
    page.wait_for_function("localStorage.getItem('handbook:/:team-read')")
    page.evaluate(RENAME)
    page.reload()  # what was read once is not read anew
    expect(page.locator("team-page .list")).to_contain_text("同事零")
    page.get_by_text("忘掉整個團隊").click()
    page.get_by_role("button", name="全部忘掉").click()
    expect(page.locator("team-page .list details")).to_have_count(0)
    page.wait_for_timeout(1_200)
    assert page.evaluate("Object.keys(localStorage)") == []
