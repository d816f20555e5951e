"""With no signal: the whole handbook after one visit, one version at a time, and a working site whatever goes wrong.

What needs a journey of its own with no signal goes into JOURNEYS; that its page opens is seen to by KINDS. To fill a
phone takes longer than most of what is then done with it: one serves all that only read in it (`reader`), and one all
that go from a version to the other (`update`); who needs a phone that has never been here takes `phone`.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from handbook.model.book import Handbook
from handbook.model.gathered import edition
from handbook.offline.pack import kept, pack, unpack
from tests import cases, project
from tests.browser.axe import COLOURS, darken, load, violations
from tests.browser.bare import bare
from tests.browser.host import FOLDER, Host
from tests.browser.kinds import KINDS
from tests.browser.test_quiz import answer, shown
from tests.browser.test_step_ticks import box
from tests.browser.windows import FORGET, TODAY

pytestmark = pytest.mark.browser

SOP = "sop/procedures/complaints.yml"
VERSION = re.compile(r"版本 (\d{4}-\d\d-\d\d・\d{4})$")
MARK = "offline-mark"
OFFER = ".newer"
TITLE = ".md-content h1"
CHANGED = "procedures/complaints/"  # a page that the next version changes
NO_WORKER = "async () => !(await navigator.serviceWorker.getRegistration())"
ACTIVE = "async () => (await navigator.serviceWorker.getRegistration())?.active?.state"
NONE_COMING = "async () => !(await navigator.serviceWorker.getRegistration()).installing"
CACHES = "async () => (await caches.keys()).length"
FILES = """async () => {
  let count = 0;
  for (const name of await caches.keys()) count += (await (await caches.open(name)).keys()).length;
  return count;
}"""
FOLDERS = {"exams", "forms", "procedures", "quiz", "roles", "s", "standards"}
PAGES = {path.split("/")[1] for path in KINDS if path.count("/") == 2} | {"index", "repairs", "visitors", "fees"}
SCRIPTED = ("", "procedures/complaints/", "quiz/", "quiz/complaints/", "exams/service-desk/", "deadlines/", "404.html")
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "zh-TW"}
UNKEPT = "not-kept.pdf"  # a page of this site that runs nothing
USUAL = 48431  # a port that nobody else asks for
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"


def published(folder: Path, home: str, settings: str = "") -> Path:
    """A copy of the project that knows the address where it is published."""
    copy = project.copy_to(folder)
    path = copy / "mkdocs.yml"
    path.write_text(f"{path.read_text('utf-8')}\nsite_url: {home}\n{settings}", "utf-8")
    return copy


@pytest.fixture(scope="module")
def shared() -> Iterator[Host]:
    """One address for all tests here: a site knows its own. And the same in every run, where it is free: it stands on
    each sheet of paper, which else would be printed anew."""
    host = Host(port=USUAL)
    try:
        host.up()
    except OSError:
        host.port = 0
        host.up()
    yield host
    host.down()


@pytest.fixture(scope="module")
def copy(shared: Host, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("published") / "project", shared.home)


def thin(site: Path, book: Handbook, base: str = FOLDER, start: str = "./") -> Path:
    """A site with one or two pages of each kind, as every phone here fetches all there are."""
    for path in site.glob("*/*"):
        if path.parent.name in FOLDERS and path.stem not in PAGES:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    pack(site, book.organization.title, edition(book), start, base)
    return site


@pytest.fixture(scope="module")
def old(copy: Path, book: Handbook) -> Path:
    return thin(project.build(copy / "old", copy), book)


@pytest.fixture(scope="module")
def new(copy: Path, old: Path, book: Handbook) -> Path:
    """The next version: a limit changed, and nothing else."""
    project.replace(copy / SOP, "within: 10 days", "within: 11 days")
    return thin(project.build(copy / "new", copy), book)


KEEPS = re.compile(r"<script[^>]*/offline\.js[^>]*></script>")
FOOT = "<footer class='md-footer'><offline-mark hidden></offline-mark></footer>"
LEFT_OUT = {"paper", "exports", "search", "quiz", "exams", "forms", "roles", "standards", "s"}


def light(site: Path, folder: Path, book: Handbook, base: str = FOLDER) -> Path:
    """A thin site without the theme's frame and scripts, search and quizzes: enough for all that is looked at is how
    phones keep it, in half of the time."""
    shutil.copytree(site, folder, ignore=lambda at, _: LEFT_OUT if at == str(site) else {"javascripts"})
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        page.write_text(bare(text).replace("</main>", f"</main>{FOOT}") + "".join(KEEPS.findall(text)), "utf-8")
    return thin(folder, book, base)


@pytest.fixture(scope="module")
def light_old(old: Path, copy: Path, book: Handbook) -> Path:
    return light(old, copy / "light-old", book)


@pytest.fixture(scope="module")
def light_new(new: Path, copy: Path, book: Handbook) -> Path:
    return light(new, copy / "light-new", book)


@pytest.fixture
def host(shared: Host, old: Path) -> Iterator[Host]:
    shared.site = old
    shared.tried.clear()
    shared.asked.clear()
    yield shared
    shared.broken.clear()
    shared.replaced.clear()
    shared.down()
    shared.up()


@pytest.fixture
def phone(browser: Browser, host: Host, light_old: Path) -> Iterator[BrowserContext]:
    """A phone that has never been here, where the light site is."""
    host.site = light_old
    context = browser.new_context(**PHONE)
    yield context
    context.close()


def visited(phone: BrowserContext, host: Host) -> Page:
    """A phone that opened the first page once, and waited until all was kept."""
    page = phone.new_page()
    page.goto(host.home)
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(MARK)).to_be_visible()
    return page


@pytest.fixture(scope="module")
def kept_page(browser: Browser, shared: Host, old: Path) -> Iterator[Page]:
    """A page of a phone that has the whole handbook."""
    context = browser.new_context(**PHONE)
    shared.site = old
    yield visited(context, shared)
    context.close()


@pytest.fixture
def reader(kept_page: Page, host: Host) -> Page:
    """The first page of a phone that has it all, and no signal; what an earlier reader did there is forgotten."""
    kept_page.context.set_offline(False)
    host.down()
    kept_page.goto(host.home + UNKEPT)
    kept_page.evaluate(FORGET)
    kept_page.goto(host.home)
    return kept_page


@dataclass
class Update:
    """A page of a phone that has one version, and the version to come: the new one after the old, or the old again."""

    page: Page
    host: Host
    site: Path
    next: Path


SETTLED = """async () => {
  const kept = await navigator.serviceWorker.getRegistration();
  kept?.waiting?.postMessage("apply");
  return Boolean(kept?.active && !kept.waiting && !kept.installing) && (await caches.keys()).length === 1;
}"""


@dataclass
class Traveller:
    """A phone that goes from version to version, at a host that it has for itself: browsers look for a newer version
    when they like, and are to find none between two tests."""

    context: BrowserContext
    host: Host

    @classmethod
    def sets_out(cls, browser: Browser, site: Path) -> Traveller:
        host = Host(site)
        host.up()
        traveller = cls(browser.new_context(**PHONE), host)
        visited(traveller.context, host)
        return traveller

    def update(self, *sites: Path) -> Update:
        """Its first page, in one of two versions, and the other one."""
        page = self.context.pages[0]
        build = page.evaluate("async () => (await caches.keys())[0]").rpartition(":")[2]
        here, there = sorted(sites, key=lambda site: build not in (site / "sw.js").read_text("utf-8"))
        self.host.site = here
        page.goto(self.host.home)
        expect(page.locator(MARK)).to_have_text(VERSION)
        self.host.tried.clear()
        self.host.asked.clear()
        return Update(page, self.host, here, there)

    def settles(self) -> bool:
        """Whether it has one whole version again, once it has taken what was offered; one page stays."""
        self.host.broken.clear()
        self.host.replaced.clear()
        try:
            page, *others = self.context.pages or [self.context.new_page()]
            for other in others:
                other.close()
            page.goto(self.host.home + UNKEPT)
            page.evaluate(FORGET)
            if page.evaluate(NO_WORKER):
                return False  # and none comes by itself
            until(page, lambda: page.evaluate(SETTLED))
        except (Error, AssertionError):
            return False
        return True

    def arrives(self) -> None:
        self.context.close()
        self.host.down()


@pytest.fixture(scope="module")
def travellers() -> Iterator[list[Traveller]]:
    """The phone that goes from version to version, if there is one."""
    under_way: list[Traveller] = []
    yield under_way
    for traveller in under_way:
        traveller.arrives()


@pytest.fixture
def update(browser: Browser, travellers: list[Traveller], light_old: Path, light_new: Path) -> Iterator[Update]:
    """What a phone has and what comes next; a phone that a test left in disorder is given up."""
    if not travellers:
        travellers.append(Traveller.sets_out(browser, light_old))
    yield travellers[0].update(light_old, light_new)
    if not travellers[0].settles():
        travellers.pop().arrives()


def days(site: Path) -> str:
    """The limit that a version has, and the other has not."""
    return "11 天內" if "11 天內" in (site / CHANGED / "index.html").read_text("utf-8") else "10 天內"


def shows(page: Page) -> str:
    """Which of the two limits a page shows."""
    return "11 天內" if "11 天內" in page.locator(".md-content article").inner_text() else "10 天內"


def until(page: Page, true: Callable[[], bool], looking: bool = False) -> None:
    """Let the page go on until something is true, and no longer than half a minute; `looking` for a newer version each
    second, as a look comes to nothing that meets the browser's own. A page that is just being left answers nothing."""
    for turn in range(600):
        try:
            if looking and turn % 20 == 0:
                page.evaluate(LOOK_AGAIN)
            if true():
                return
        except Error as left:
            if "context was destroyed" not in left.message:
                raise
        page.wait_for_timeout(50)
    raise AssertionError("waited for half a minute")


# ── nothing but the phone ───────────────────────────────────────────────────────────────────────


ANSWERED = """async (paths) => {
  const pages = await Promise.all(paths.map(async (path) => (await fetch(path)).text()));
  return Object.fromEntries(pages.map((page, at) => [paths[at], /<h1.*<offline-mark/s.test(page)]));
}"""


def test_every_kind_of_page_opens_with_no_signal_though_none_was_visited(reader: Page) -> None:
    home = reader.url
    assert reader.evaluate(ANSWERED, [*KINDS]) == dict.fromkeys(KINDS, True)
    for path in SCRIPTED:
        answer = reader.goto(home + path)
        assert answer and answer.from_service_worker, path
        expect(reader.locator(TITLE)).to_be_visible()
        expect(reader.locator(MARK)).to_have_text(VERSION)
        assert reader.evaluate("getComputedStyle(document.body).getPropertyValue('--hb-brand')"), (
            f"{path} has no styles"
        )


def test_the_code_on_a_sheet_opens_its_page_with_no_signal(reader: Page) -> None:
    reader.goto(f"{reader.url}s/complaints/?v=1.0.0-330550")
    expect(reader.locator(".sheet[role=status]")).to_contain_text("你手上的紙本是 1.0.0 版")


def follows_links_in_place(page: Page) -> None:
    page.evaluate("window.same = true")
    page.locator("a.tile", has_text="投訴接待").click()
    expect(page.locator(TITLE)).to_have_text("投訴接待")
    page.locator(".facts a", has_text="前檯客服員").first.click()
    expect(page.locator(TITLE)).to_contain_text("前檯客服員")
    assert page.evaluate("window.same"), "the page was loaded whole, not swapped in place"
    expect(page.locator(MARK)).to_have_text(VERSION)


def searches(page: Page) -> None:
    page.locator("search-open button").click()
    page.locator(".md-search__input").fill("放行條")
    page.locator(".md-search-result__item a").first.click()
    expect(page.locator(TITLE)).to_be_visible()
    expect(page.locator(".md-content article")).to_contain_text("放行條")


def opens_an_address_as_people_type_it(page: Page) -> None:
    home = page.url
    page.goto(f"{home}procedures/complaints")
    assert page.url == f"{home}procedures/complaints/"
    page.goto(f"{home}procedures/complaints/index.html?from=chat#listen")
    expect(page.locator("#listen")).to_be_visible()


def says_what_was_not_kept(page: Page) -> None:
    page.goto(f"{page.url}paper/nothing-like-this.pdf")
    expect(page.locator("h1")).to_have_text("沒有訊號")
    page.get_by_role("link").click()
    expect(page.locator("search-open")).to_be_visible()


def is_told_where_an_address_leads_nowhere(page: Page) -> None:
    home = page.url
    for path in ("nothing/like/this/", "procedures/no-such", "gone.html"):
        answer = page.goto(f"{home}{path}")
        assert answer and answer.status == 404, path
        expect(page.locator("h1")).to_have_text("找不到這一頁")
        expect(page).to_have_title("找不到這一頁 - 前檯服務手冊")
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--hb-brand')"), f"{path} has no styles"
    page.locator("search-open button").click()
    page.locator(".md-search__input").fill("放行條")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".cards").get_by_role("link", name="流程").click()
    expect(page).to_have_url(f"{home}procedures/")


def is_told_that_a_file_needs_a_signal(page: Page) -> None:
    page.goto(f"{page.url}procedures/complaints/")
    expect(page.locator(".message")).to_be_attached()  # once the page is idle
    page.get_by_role("link", name="查核表 PDF").focus()
    page.keyboard.press("Enter")
    told = page.get_by_role("status").filter(has_text="沒有訊號：這個檔案沒有存在手機裡")
    expect(told).to_contain_text("頁面照樣能看，也能直接列印")
    expect(page.locator("h1")).to_have_text("投訴接待")
    page.context.set_offline(True)  # and where the phone knows that it has none
    page.get_by_role("button", name="關掉這個訊息").click()
    expect(told).to_have_count(0)
    page.get_by_role("link", name="查核表 PDF").click()
    expect(told).to_be_visible()


def takes_a_quiz(page: Page) -> None:
    page.goto(f"{page.url}quiz/complaints/")
    answer(shown(page), right=False)
    expect(page.locator(".next")).to_be_visible()
    page.reload()
    expect(shown(page).first).to_be_visible()


def ticks_steps_off(page: Page) -> None:
    page.goto(f"{page.url}procedures/complaints/")
    box(page, "listen").check()
    page.reload()
    expect(box(page, "listen")).to_be_checked()
    expect(box(page, "record")).not_to_be_checked()


def answers_what_the_day_asks(reader: Page) -> None:
    reader.goto(f"{reader.url}quiz/complaints/")
    answer(shown(reader))
    reader.goto(reader.url.replace("quiz/complaints/", "review/"))
    expect(reader.locator(".count")).to_have_text("第 1 題，共 5 題")
    answer(shown(reader))
    expect(reader.locator(".verdict")).to_have_text(re.compile("對"))


JOURNEYS = [
    takes_a_quiz,
    answers_what_the_day_asks,
    ticks_steps_off,
    follows_links_in_place,
    searches,
    opens_an_address_as_people_type_it,
    says_what_was_not_kept,
    is_told_where_an_address_leads_nowhere,
    is_told_that_a_file_needs_a_signal,
]


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_with_no_signal_a_reader(reader: Page, journey: Callable[[Page], None]) -> None:
    journey(reader)


def test_what_is_overdue_follows_the_phones_clock_with_no_signal(reader: Page) -> None:
    then = int(datetime(2028, 1, 15, 12).timestamp() * 1000)
    clock = reader.add_init_script(f"{TODAY}\nDate.now = () => {then}")
    reader.goto(f"{reader.url}procedures/complaints/")
    clock.close()
    expect(reader.locator("sop-days .banner")).to_contain_text("應在 2027-12-01 前檢討，已經過期")


# Whether the page is about to go, once it has heard that a worker has taken it over.
CLAIMED = """new Promise((tell) => {
  let goes = false;
  addEventListener("beforeunload", () => (goes = true));
  navigator.serviceWorker.addEventListener("controllerchange", () => setTimeout(() => tell(goes)));
})"""


def test_a_page_that_nobody_kept_does_not_start_again_once_the_worker_takes_it_over(reader: Page, host: Host) -> None:
    """WebKitGTK 2.50 has an active worker before it controls a page that opened meanwhile; here, by a hard reload."""
    host.up()
    phone = reader.context
    with reader.expect_navigation():
        phone.new_cdp_session(reader).send("Page.reload", {"ignoreCache": True})
    expect(reader.locator(MARK)).to_have_text(VERSION)
    assert reader.evaluate("navigator.serviceWorker.controller") is None
    reader.evaluate(f"void (window.goes = {CLAIMED})")
    phone.service_workers[0].evaluate("() => clients.claim()")
    assert reader.evaluate("window.goes") is False


def test_what_is_kept_is_not_fetched_again(reader: Page, host: Host) -> None:
    host.up()
    home = reader.url
    for path in ("", "procedures/complaints/", "deadlines/"):
        reader.goto(home + path)
        expect(reader.locator(MARK)).to_have_text(VERSION)
    assert [path for path in host.asked if path != "sw.js"] == []


def test_a_lost_address_is_found_out_where_the_site_does_not_know_its_own(
    phone: BrowserContext, host: Host, tmp_path: Path, site: Path, book: Handbook
) -> None:
    host.site = light(site, tmp_path / "site", book, "/")
    page = visited(phone, host)
    host.down()
    page.goto(f"{host.home}nothing/like/this/")
    expect(page.locator("h1")).to_have_text("找不到這一頁")
    page.locator(".cards").get_by_role("link", name="流程").click()
    expect(page).to_have_url(f"{host.home}procedures/")


def test_a_site_without_directory_urls_is_kept_too(
    phone: BrowserContext, host: Host, tmp_path: Path, book: Handbook
) -> None:
    copy = cases.project_of(tmp_path / "project")
    settings = (copy / "mkdocs.yml").read_text("utf-8").replace("  paper: true", "  paper: false")
    (copy / "mkdocs.yml").write_text(f"{settings}\nsite_url: {host.home}\nuse_directory_urls: false\n", "utf-8")
    host.site = project.build(copy / "site", copy)
    page = visited(phone, host)
    host.down()
    page.goto(f"{host.home}index.html")
    page.locator("a.tile", has_text="拾得物").click()
    expect(page).to_have_url(f"{host.home}procedures/lost-property/index.html")
    expect(page.locator(TITLE)).to_have_text("拾得物")
    page.goto(f"{host.home}authors/generators.html")
    expect(page.locator(TITLE)).to_be_visible()


# ── the next version ────────────────────────────────────────────────────────────────────────────


def offered(update: Update) -> Page:
    """The page, whose reader the next version has been offered."""
    update.host.site = update.next
    update.page.bring_to_front()
    until(update.page, update.page.locator(OFFER).is_visible, looking=True)
    return update.page


def test_an_update_fetches_what_changed_and_nothing_else(update: Update) -> None:
    offered(update)
    before, after = dict(kept(update.site)), dict(kept(update.next))
    changed = {address for address in after if before.get(address) != after[address]}
    assert set(update.host.asked) - {"sw.js"} == changed
    assert CHANGED in changed
    assert len(changed) < len(after) / 3


def test_nothing_changes_until_the_reader_says_so(update: Update) -> None:
    page, host = update.page, update.host
    before = page.locator(MARK).inner_text()
    other = page.context.new_page()
    other.goto(f"{host.home}procedures/complaints/")
    offered(update)
    page.goto(f"{host.home}procedures/complaints/")
    assert shows(page) == days(update.site)
    expect(page.locator(MARK)).to_have_text(before)
    page.goto(f"{host.home}deadlines/")
    assert shows(page) == days(update.site)
    page.locator(OFFER).get_by_role("button", name="更新").click()
    expect(page.locator(MARK)).not_to_have_text(before)
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(OFFER)).to_have_count(0)
    assert shows(page) == days(update.next)
    expect(other.locator(".md-content article")).to_contain_text(days(update.next))  # that one is not left behind
    assert page.evaluate(CACHES) == 1


def test_what_changed_is_read_in_the_new_version(update: Update) -> None:
    page, host = update.page, update.host
    before = page.locator(MARK).inner_text()
    offered(update).locator(OFFER).get_by_role("link").click()
    expect(page).to_have_url(f"{host.home}changes/")
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(MARK)).not_to_have_text(before)


def test_the_mark_and_the_offer_break_no_rule(update: Update) -> None:
    page = offered(update)
    expect(page.locator(MARK)).to_be_visible()
    load(page)
    assert violations(page) == []
    darken(page)
    assert violations(page, COLOURS, [[MARK], [OFFER]]) == []
    for target in page.locator(f"{OFFER} :is(a, button)").all():
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44


def test_the_offer_can_be_put_off_until_the_next_visit(update: Update) -> None:
    phone = update.page.context
    offered(update).locator(OFFER).get_by_role("button", name="稍後再說").click()
    expect(update.page.locator(OFFER)).to_have_count(0)
    update.page.close()

    def the_next_visit_shows_it() -> bool:
        page = phone.new_page()
        page.goto(update.host.home + CHANGED)
        shown = shows(page)
        page.close()
        return shown == days(update.next)

    until(phone.new_page(), the_next_visit_shows_it)  # the browser takes a moment to see that no old page is open


# ── whatever goes wrong ─────────────────────────────────────────────────────────────────────────


def works_online(page: Page, host: Host) -> None:
    """The site as it is without any copy of it: pages open, and none claims to be kept."""
    page.goto(f"{host.home}procedures/complaints/")
    expect(page.locator(TITLE)).to_have_text("投訴接待")
    expect(page.locator(MARK)).to_be_hidden()


def breaks(host: Host) -> None:
    host.broken[CHANGED] = 500


def is_half_way_to_the_next_version(host: Host) -> None:
    host.replaced[CHANGED] = "<title>下一版</title>".encode()


@pytest.mark.parametrize("goes_wrong", [breaks, is_half_way_to_the_next_version], ids=lambda how: how.__name__)
def test_where_the_host(phone: BrowserContext, host: Host, goes_wrong: Callable[[Host], None]) -> None:
    """Nothing is claimed, the site works, and a later visit goes on from where the first was broken off."""
    goes_wrong(host)
    page = phone.new_page()
    page.goto(host.home)
    until(page, lambda: CHANGED in host.tried)
    until(page, lambda: page.evaluate(NO_WORKER))
    had = [path for path in host.asked if path.startswith("authors/")]
    assert had, "nothing had come through yet"
    page.goto(f"{host.home}deadlines/")
    expect(page.locator(TITLE)).to_be_visible()
    expect(page.locator(MARK)).to_be_hidden()
    host.broken.clear()
    host.replaced.clear()
    host.asked.clear()
    page.goto(host.home)
    expect(page.locator(MARK)).to_have_text(VERSION)
    assert not {*had} & {*host.asked}, "what had come through was fetched again"


@pytest.mark.parametrize("goes_wrong", [breaks, is_half_way_to_the_next_version], ids=lambda how: how.__name__)
def test_the_old_version_stays_whole_where_during_an_update_the_host(
    update: Update, goes_wrong: Callable[[Host], None]
) -> None:
    page, host = update.page, update.host
    before = page.locator(MARK).inner_text()
    goes_wrong(host)
    host.site = update.next
    host.tried.clear()
    until(page, lambda: CHANGED in host.tried, looking=True)
    until(page, lambda: page.evaluate(NONE_COMING))
    assert page.locator(OFFER).count() == 0
    for path in (CHANGED, "deadlines/"):
        page.goto(host.home + path)
        assert shows(page) == days(update.site)
    expect(page.locator(MARK)).to_have_text(before)
    host.broken.clear()
    host.replaced.clear()
    until(page, page.locator(OFFER).is_visible, looking=True)


def has_room(phone: BrowserContext, page: Page, host: Host, room: int | None) -> None:
    """Let the phone have so many bytes for this site, or as many as it wants."""
    devtools = phone.new_cdp_session(page)
    size = {} if room is None else {"quotaSize": room}
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": host.home.removesuffix("/handbook/"), **size})


INSTALL = """async (address) => {
  const { installing } = await navigator.serviceWorker.register(address);
  if (!installing) return "redundant";
  await new Promise((done) => installing.addEventListener("statechange", done, { once: true }));
  return installing.state;
}"""


def test_a_phone_without_room_shows_the_site_as_before_and_tries_again_another_day_not_each_visit(
    phone: BrowserContext, host: Host
) -> None:
    page = phone.new_page()
    has_room(phone, page, host, 300_000)
    page.goto(host.home)
    until(page, lambda: "404.html" in host.tried)  # the first to be kept
    until(page, lambda: page.evaluate(NO_WORKER))
    works_online(page, host)
    until(page, lambda: page.evaluate(FILES) == 1)  # but for a note of when it was, nothing is kept by halves
    host.asked.clear()
    assert page.evaluate(INSTALL, f"{host.home}sw.js") == "redundant"
    works_online(page, host)
    until(page, lambda: page.evaluate(NO_WORKER))
    assert [path for path in host.asked if path.startswith("authors/")] == []
    has_room(phone, page, host, None)
    page.evaluate(
        """async (home) => {
            const cache = await caches.open((await caches.keys())[0]);
            await cache.put(home, new Response(`${Date.now() - 25 * 3_600_000}`));
        }""",
        host.home,
    )
    page.goto(host.home)
    expect(page.locator(MARK)).to_have_text(VERSION)
    assert page.evaluate(CACHES) == 1, "the note has gone"


def test_the_old_version_stays_whole_where_the_next_has_no_room(
    phone: BrowserContext, host: Host, light_old: Path, light_new: Path
) -> None:
    page = visited(phone, host)
    before, files = page.locator(MARK).inner_text(), page.evaluate(FILES)
    usage = page.evaluate("async () => (await navigator.storage.estimate()).usage")
    has_room(phone, page, host, usage + 30_000)
    host.site = light_new
    until(page, lambda: CHANGED in host.tried, looking=True)
    until(page, lambda: page.evaluate(NONE_COMING))
    until(page, lambda: page.evaluate(FILES) == files + 1)  # but for a note of when it was, nothing of the next
    host.tried.clear()
    until(page, lambda: "sw.js" in host.tried, looking=True)
    until(page, lambda: page.evaluate(NONE_COMING))
    host.down()
    for path in (CHANGED, "deadlines/"):
        page.goto(host.home + path)
        assert shows(page) == days(light_old)
    expect(page.locator(MARK)).to_have_text(before)
    expect(page.locator(OFFER)).to_have_count(0)
    assert CHANGED not in host.tried


ALL_OF_IT = "async () => { for (const name of await caches.keys()) await caches.delete(name) }"
ONE_FILE = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  for (const { url } of await cache.keys()) if (url.includes("/repairs/?")) await cache.delete(url);
}"""


@pytest.mark.parametrize("what", [ALL_OF_IT, ONE_FILE], ids=["all of it", "one file"])
def test_what_the_browser_threw_away_is_fetched_again(reader: Page, host: Host, what: str) -> None:
    host.up()
    files = reader.evaluate(FILES)
    reader.evaluate(what)
    assert reader.evaluate(FILES) < files
    reader.goto(f"{host.home}procedures/complaints/")
    expect(reader.locator(TITLE)).to_have_text("投訴接待")
    expect(reader.locator(MARK)).to_have_text(VERSION)
    host.down()
    reader.goto(f"{host.home}procedures/repairs/")
    expect(reader.locator(TITLE)).to_be_visible()


THROWS = """
for (const name of ["open", "match", "keys", "has", "delete"])
  CacheStorage.prototype[name] = () => Promise.reject(new DOMException("refused", "SecurityError"));
"""


def test_where_the_browser_refuses_its_storage_the_site_is_as_before(phone: BrowserContext, host: Host) -> None:
    host.replaced["sw.js"] = THROWS.encode() + (host.site / "sw.js").read_bytes()
    page = phone.new_page()
    page.goto(host.home)
    until(page, lambda: "sw.js" in host.tried)
    until(page, lambda: page.evaluate(NO_WORKER))
    works_online(page, host)


def test_where_the_browser_refuses_its_storage_later_on_pages_come_from_the_host(
    phone: BrowserContext, host: Host
) -> None:
    once_installed = f"addEventListener('activate', () => {{ {THROWS} }});\n"
    host.replaced["sw.js"] = once_installed.encode() + (host.site / "sw.js").read_bytes()
    page = phone.new_page()
    page.goto(host.home)
    until(page, lambda: page.evaluate(ACTIVE) == "activated")
    works_online(page, host)


REFUSED = "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(Error())"
NO_WORKERS = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() {} })"


def test_a_browser_that_has_no_workers_shows_the_site_as_before(phone: BrowserContext, host: Host) -> None:
    """At all, or for this site: as on plain http, in some private windows, or where a company has switched them off."""
    wrong: list[str] = []
    phone.on("weberror", lambda error: wrong.append(str(error.error)))
    page = phone.new_page()
    for script in (NO_WORKERS, REFUSED):
        held = page.add_init_script(script)
        page.goto(host.home)
        works_online(page, host)
        held.close()
    assert wrong == []


def test_a_site_that_gives_it_up_is_taken_off_the_phone(update: Update, tmp_path: Path) -> None:
    """As does `mkdocs serve` at an address where a published handbook was looked at before; that such a site is built
    so, tests/test_offline.py sees."""
    page, host = update.page, update.host
    host.site = shutil.copytree(update.site, tmp_path / "site")
    unpack(host.site)
    project.replace(host.site / "index.html", FOOT, "")
    until(page, lambda: page.locator(MARK).count() == 0, looking=True)  # the page has come anew from the host
    until(page, lambda: page.evaluate(CACHES) == 0)
    page.goto(host.home)
    expect(page.locator(MARK)).to_have_count(0)
    assert (
        page.evaluate(CACHES) == 0
    )  # and nobody fills them again; when the worker itself goes is the browser's to say
