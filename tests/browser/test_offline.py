"""With no signal: the whole handbook after one visit, one version at a time, and a working site whatever goes wrong.

What needs a journey of its own with no signal goes into JOURNEYS; that its page opens is seen to by KINDS.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from handbook.model.book import Handbook
from handbook.model.gathered import edition
from handbook.offline.pack import kept, pack, unpack
from tests import project
from tests.browser.host import FOLDER, Host
from tests.browser.kinds import KINDS
from tests.browser.test_axe import load, violations
from tests.browser.test_quiz import answer, shown
from tests.browser.test_step_ticks import box

pytestmark = pytest.mark.browser

SOP = "sop/procedures/complaints.yml"
VERSION = re.compile(r"版本 (\d{4}-\d\d-\d\d・\d{4})$")
MARK = "offline-mark"
OFFER = ".newer"
TITLE = ".md-content h1"
CHANGED = "procedures/complaints/"  # a page that the next version changes
NO_WORKER = "async () => !(await navigator.serviceWorker.getRegistration())"
NONE_COMING = "async () => !(await navigator.serviceWorker.getRegistration()).installing"
CACHES = "async () => (await caches.keys()).length"
FILES = """async () => {
  let count = 0;
  for (const name of await caches.keys()) count += (await (await caches.open(name)).keys()).length;
  return count;
}"""
FOLDERS = {"exams", "forms", "procedures", "quiz", "roles", "s", "standards"}
PAGES = {path.split("/")[1] for path in KINDS if path.count("/") == 2} | {"index", "repairs", "visitors", "fees"}
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
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has never been here."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-TW")
    yield context
    context.close()


def visited(phone: BrowserContext, host: Host) -> Page:
    """A phone that opened the first page once, and waited until all was kept."""
    page = phone.new_page()
    page.goto(host.home)
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(MARK)).to_be_visible()
    return page


def ten_or_eleven(page: Page) -> str:
    """Which of the two versions a page shows."""
    return "new" if "11 天內" in page.locator(".md-content article").inner_text() else "old"


def until(page: Page, true: Callable[[], bool]) -> None:
    """Let the page go on until something is true, and no longer than ten seconds."""
    for _ in range(200):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited for ten seconds")


# ── nothing but the phone ───────────────────────────────────────────────────────────────────────


def test_every_kind_of_page_opens_with_no_signal_though_none_was_visited(phone: BrowserContext, host: Host) -> None:
    page = visited(phone, host)
    host.down()
    for path in KINDS:
        answer = page.goto(host.home + path)
        assert answer and answer.from_service_worker, path
        expect(page.locator(TITLE)).to_be_visible()
        expect(page.locator(MARK)).to_have_text(VERSION)
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--hb-brand')"), f"{path} has no styles"


def test_the_code_on_a_sheet_opens_its_page_with_no_signal(phone: BrowserContext, host: Host) -> None:
    page = visited(phone, host)
    host.down()
    page.goto(f"{host.home}s/complaints/?v=1.0.0-330550")
    expect(page.locator(".sheet[role=status]")).to_contain_text("你手上的紙本是 1.0.0 版")


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


JOURNEYS = [
    takes_a_quiz,
    ticks_steps_off,
    follows_links_in_place,
    searches,
    opens_an_address_as_people_type_it,
    says_what_was_not_kept,
    is_told_where_an_address_leads_nowhere,
    is_told_that_a_file_needs_a_signal,
]


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_with_no_signal_a_reader(phone: BrowserContext, host: Host, journey: Callable[[Page], None]) -> None:
    page = visited(phone, host)
    host.down()
    page.goto(host.home)
    journey(page)


def test_what_is_overdue_follows_the_phones_clock_with_no_signal(phone: BrowserContext, host: Host) -> None:
    page = visited(phone, host)
    host.down()
    page.clock.set_fixed_time("2028-01-15T12:00:00")
    page.goto(f"{host.home}procedures/complaints/")
    expect(page.locator("sop-days .banner")).to_contain_text("應在 2027-12-01 前檢討，已經過期")


def test_a_page_that_nobody_kept_does_not_start_again_once_the_worker_takes_it_over(
    phone: BrowserContext, host: Host
) -> None:
    """WebKitGTK 2.50 has an active worker before it controls a page that opened meanwhile; here, by a hard reload."""
    page = visited(phone, host)
    with page.expect_navigation():
        phone.new_cdp_session(page).send("Page.reload", {"ignoreCache": True})
    expect(page.locator(MARK)).to_have_text(VERSION)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    page.evaluate("window.typed = 'half an answer'")
    phone.service_workers[0].evaluate("() => clients.claim()")
    page.wait_for_function("navigator.serviceWorker.controller")
    page.wait_for_timeout(300)
    assert page.evaluate("window.typed") == "half an answer"


def test_what_is_kept_is_not_fetched_again(phone: BrowserContext, host: Host) -> None:
    page = visited(phone, host)
    host.asked.clear()
    for path in ("", "procedures/complaints/", "deadlines/"):
        page.goto(host.home + path)
        expect(page.locator(MARK)).to_have_text(VERSION)
    assert [path for path in host.asked if path != "sw.js"] == []


def test_a_lost_address_is_found_out_where_the_site_does_not_know_its_own(
    phone: BrowserContext, host: Host, tmp_path: Path, site: Path, book: Handbook
) -> None:
    host.site = thin(shutil.copytree(site, tmp_path / "site"), book, "/")
    page = visited(phone, host)
    host.down()
    page.goto(f"{host.home}nothing/like/this/")
    expect(page.locator("h1")).to_have_text("找不到這一頁")
    page.locator(".cards").get_by_role("link", name="流程").click()
    expect(page).to_have_url(f"{host.home}procedures/")


def test_a_site_without_directory_urls_is_kept_too(
    phone: BrowserContext, host: Host, tmp_path: Path, new: Path, book: Handbook
) -> None:
    copy = published(tmp_path / "project", host.home, "use_directory_urls: false\n")
    project.replace(copy / "mkdocs.yml", "  paper: true", "  paper: false")
    host.site = thin(project.build(copy / "site", copy), book, start="index.html")
    page = visited(phone, host)
    host.down()
    page.goto(f"{host.home}index.html")
    page.locator("a.tile", has_text="投訴接待").click()
    expect(page).to_have_url(f"{host.home}procedures/complaints/index.html")
    expect(page.locator(TITLE)).to_have_text("投訴接待")
    page.goto(f"{host.home}authors/generators.html")
    expect(page.locator(TITLE)).to_be_visible()


# ── the next version ────────────────────────────────────────────────────────────────────────────


def offered(page: Page, host: Host, site: Path) -> Page:
    """A page to whose reader the version in `site` has been offered."""
    host.site = site
    host.asked.clear()
    page.bring_to_front()
    page.evaluate(LOOK_AGAIN)
    expect(page.locator(OFFER)).to_be_visible()
    return page


def test_an_update_fetches_what_changed_and_nothing_else(
    phone: BrowserContext, host: Host, old: Path, new: Path
) -> None:
    page = visited(phone, host)
    offered(page, host, new)
    before, after = dict(kept(old)), dict(kept(new))
    changed = {address for address in after if before.get(address) != after[address]}
    assert set(host.asked) - {"sw.js"} == changed
    assert CHANGED in changed
    assert len(changed) < len(after) / 3


def test_nothing_changes_until_the_reader_says_so(phone: BrowserContext, host: Host, new: Path) -> None:
    page = visited(phone, host)
    before = page.locator(MARK).inner_text()
    other = phone.new_page()
    other.goto(f"{host.home}procedures/complaints/")
    offered(page, host, new)
    page.goto(f"{host.home}procedures/complaints/")
    assert ten_or_eleven(page) == "old"
    expect(page.locator(MARK)).to_have_text(before)
    page.goto(f"{host.home}deadlines/")
    assert ten_or_eleven(page) == "old"
    page.locator(OFFER).get_by_role("button", name="更新").click()
    expect(page.locator(MARK)).not_to_have_text(before)
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(OFFER)).to_have_count(0)
    assert ten_or_eleven(page) == "new"
    expect(other.locator(".md-content article")).to_contain_text("11 天內")  # a page that stood open is not left behind
    assert page.evaluate(CACHES) == 1


def test_what_changed_is_read_in_the_new_version(phone: BrowserContext, host: Host, new: Path) -> None:
    page = visited(phone, host)
    before = page.locator(MARK).inner_text()
    offered(page, host, new).locator(OFFER).get_by_role("link").click()
    expect(page).to_have_url(f"{host.home}changes/")
    expect(page.locator(MARK)).to_have_text(VERSION)
    expect(page.locator(MARK)).not_to_have_text(before)


@pytest.mark.parametrize("look", ["default", "slate"])
def test_the_mark_and_the_offer_break_no_rule(phone: BrowserContext, host: Host, new: Path, look: str) -> None:
    page = offered(visited(phone, host), host, new)
    expect(page.locator(MARK)).to_be_visible()
    load(page)
    page.evaluate("(look) => { document.body.dataset.mdColorScheme = look }", look)
    assert violations(page) == []
    for target in page.locator(f"{OFFER} :is(a, button)").all():
        box = target.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44


def test_the_offer_can_be_put_off_until_the_next_visit(phone: BrowserContext, host: Host, new: Path) -> None:
    page = visited(phone, host)
    offered(page, host, new).locator(OFFER).get_by_role("button", name="稍後再說").click()
    expect(page.locator(OFFER)).to_have_count(0)
    page.close()

    def the_next_visit_shows_it() -> bool:
        page = phone.new_page()
        page.goto(host.home + CHANGED)
        shown = ten_or_eleven(page)
        page.close()
        return shown == "new"

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
    page.wait_for_function(NO_WORKER)
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
    phone: BrowserContext, host: Host, new: Path, goes_wrong: Callable[[Host], None]
) -> None:
    page = visited(phone, host)
    before = page.locator(MARK).inner_text()
    goes_wrong(host)
    host.site = new
    host.tried.clear()
    page.evaluate(LOOK_AGAIN)
    until(page, lambda: CHANGED in host.tried)
    page.wait_for_function(NONE_COMING)
    assert page.locator(OFFER).count() == 0
    for path in (CHANGED, "deadlines/"):
        page.goto(host.home + path)
        assert ten_or_eleven(page) == "old"
    expect(page.locator(MARK)).to_have_text(before)
    host.broken.clear()
    host.replaced.clear()
    page.evaluate(LOOK_AGAIN)
    expect(page.locator(OFFER)).to_be_visible()


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


def without_room(phone: BrowserContext, host: Host) -> Page:
    """A phone where the browser ran out of room while it kept the handbook."""
    page = phone.new_page()
    has_room(phone, page, host, 300_000)
    page.goto(host.home)
    until(page, lambda: "404.html" in host.tried)  # the first to be kept
    page.wait_for_function(NO_WORKER)
    return page


def test_a_phone_without_room_shows_the_site_as_before(phone: BrowserContext, host: Host) -> None:
    page = without_room(phone, host)
    works_online(page, host)
    until(page, lambda: page.evaluate(FILES) == 1)  # but for a note of when it was, nothing is kept by halves


def test_a_phone_without_room_does_not_try_again_at_each_visit(phone: BrowserContext, host: Host) -> None:
    page = without_room(phone, host)
    until(page, lambda: page.evaluate(FILES) == 1)
    host.asked.clear()
    assert page.evaluate(INSTALL, f"{host.home}sw.js") == "redundant"
    works_online(page, host)
    page.wait_for_function(NO_WORKER)
    assert [path for path in host.asked if path.startswith("authors/")] == []


def test_a_phone_without_room_tries_again_another_day(phone: BrowserContext, host: Host) -> None:
    page = without_room(phone, host)
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


def test_the_old_version_stays_whole_where_the_next_has_no_room(phone: BrowserContext, host: Host, new: Path) -> None:
    page = visited(phone, host)
    before, files = page.locator(MARK).inner_text(), page.evaluate(FILES)
    usage = page.evaluate("async () => (await navigator.storage.estimate()).usage")
    has_room(phone, page, host, usage + 30_000)
    host.site = new
    page.evaluate(LOOK_AGAIN)
    until(page, lambda: CHANGED in host.tried)
    page.wait_for_function(NONE_COMING)
    until(page, lambda: page.evaluate(FILES) == files + 1)  # but for a note of when it was, nothing of the next
    host.tried.clear()
    page.evaluate(LOOK_AGAIN)
    until(page, lambda: "sw.js" in host.tried)
    page.wait_for_function(NONE_COMING)
    host.down()
    for path in (CHANGED, "deadlines/"):
        page.goto(host.home + path)
        assert ten_or_eleven(page) == "old"
    expect(page.locator(MARK)).to_have_text(before)
    expect(page.locator(OFFER)).to_have_count(0)
    assert CHANGED not in host.tried


ALL_OF_IT = "async () => { for (const name of await caches.keys()) await caches.delete(name) }"
ONE_FILE = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  for (const { url } of await cache.keys()) if (url.includes("/repairs/?")) await cache.delete(url);
}"""


@pytest.mark.parametrize("what", [ALL_OF_IT, ONE_FILE], ids=["all of it", "one file"])
def test_what_the_browser_threw_away_is_fetched_again(phone: BrowserContext, host: Host, what: str) -> None:
    page = visited(phone, host)
    files = page.evaluate(FILES)
    page.evaluate(what)
    assert page.evaluate(FILES) < files
    page.goto(f"{host.home}procedures/complaints/")
    expect(page.locator(TITLE)).to_have_text("投訴接待")
    expect(page.locator(MARK)).to_have_text(VERSION)
    host.down()
    page.goto(f"{host.home}procedures/repairs/")
    expect(page.locator(TITLE)).to_be_visible()


THROWS = """
for (const name of ["open", "match", "keys", "has", "delete"])
  CacheStorage.prototype[name] = () => Promise.reject(new DOMException("refused", "SecurityError"));
"""


def test_where_the_browser_refuses_its_storage_the_site_is_as_before(phone: BrowserContext, host: Host) -> None:
    host.replaced["sw.js"] = THROWS.encode() + (host.site / "sw.js").read_bytes()
    page = phone.new_page()
    page.goto(host.home)
    until(page, lambda: "sw.js" in host.tried)
    page.wait_for_function(NO_WORKER)
    works_online(page, host)


def test_where_the_browser_refuses_its_storage_later_on_pages_come_from_the_host(
    phone: BrowserContext, host: Host
) -> None:
    once_installed = f"addEventListener('activate', () => {{ {THROWS} }});\n"
    host.replaced["sw.js"] = once_installed.encode() + (host.site / "sw.js").read_bytes()
    page = phone.new_page()
    page.goto(host.home)
    page.wait_for_function("navigator.serviceWorker.controller || navigator.serviceWorker.ready")
    page.wait_for_function(
        "async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'"
    )
    works_online(page, host)


REFUSED = "if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(Error())"
NO_WORKERS = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() {} })"


@pytest.mark.parametrize("script", [NO_WORKERS, REFUSED], ids=["at all", "for this site"])
def test_a_browser_that_has_no_workers_shows_the_site_as_before(phone: BrowserContext, host: Host, script: str) -> None:
    """As on plain http, in some private windows, or where a company has switched them off."""
    wrong: list[str] = []
    phone.on("weberror", lambda error: wrong.append(str(error.error)))
    phone.add_init_script(script)
    page = phone.new_page()
    page.goto(host.home)
    works_online(page, host)
    assert wrong == []


def test_a_site_that_gives_it_up_is_taken_off_the_phone(
    phone: BrowserContext, host: Host, tmp_path: Path, old: Path
) -> None:
    """As does `mkdocs serve` at an address where a published handbook was looked at before; that such a site is built
    so, tests/test_offline.py sees."""
    page = visited(phone, host)
    host.site = shutil.copytree(old, tmp_path / "site")
    unpack(host.site)
    project.replace(host.site / "index.html", "<offline-mark hidden></offline-mark>", "")
    page.evaluate(LOOK_AGAIN)
    expect(page.locator(MARK)).to_have_count(0)  # the page has come anew from the host
    page.wait_for_function(f"async () => !(await ({CACHES})())")
    page.goto(host.home)
    page.wait_for_function(NO_WORKER)
