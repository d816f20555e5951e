"""MkDocs events in, pages out: the only file that imports mkdocs."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FunctionLoader
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import CountHandler
from pathspec.gitignore import GitIgnoreSpec

from handbook import draft, kit
from handbook.compile import uncollected
from handbook.model.book import Handbook
from handbook.model.gathered import edition
from handbook.network import reached
from handbook.offline.pack import pack, unpack
from handbook.pages import settings, slim, unused
from handbook.pages.icons import STYLES, in_place
from handbook.pages.served import Served, frame
from handbook.pages.site import make_site
from handbook.pages.templates import compiled
from handbook.pages.view import Site
from handbook.paper.later import Printing
from handbook.paper.sheet import PAPER
from handbook.problem import Broken, report
from handbook.reading.known import KNOWN_IDS, note
from handbook.search.entries import written
from handbook.search.index import index

log = get_plugin_logger("handbook")

SEARCH = "material/search"
WORKER = r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js"
SITEMAP = ("sitemap.xml", "sitemap.xml.gz")


@dataclass
class _State:
    """What goes from one event to the next, and while serving from one build to the next."""

    book: Handbook | None = None
    now: Served = field(default_factory=Served)  # what is being made
    last: Served = field(default_factory=Served)  # what the site has that is served
    again: bool = False  # whether that site stays, but for what is another now
    serving: bool = False
    in_place: bool = False  # a dirty build changes the last site
    printing: Printing = field(default_factory=Printing)
    sites: dict[str, str] = field(default_factory=dict)  # the folder that a site is made in → the one it will stand in
    building: ExitStack = field(default_factory=ExitStack)


_state = _State()


def on_startup(command: str, dirty: bool) -> None:
    """Note how MkDocs was called: only a server makes the same pages again and again."""
    _state.serving = command == "serve"
    _state.in_place = dirty and not _state.serving


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make every page, give the site its organisation's name, and have it made beside the last good one.

    Right after this event, MkDocs empties the folder that it builds in, and may fail on any page written by hand.
    """
    _state.building.enter_context(uncollected())
    if config.site_url:
        config.site_url = reached(config.site_url)
    try:
        made = make_site(_root(config), Path(config.docs_dir), Site.asked(config, downloads=not _state.serving))
    except Broken as broken:
        raise PluginError(f"{report(broken.problems)}\n\n{broken.summary}") from None
    if made.warnings:
        log.info("提醒：\n%s", report(made.warnings))
    # A phone that keeps the handbook shows what it kept: while serving, an author would wait for an edit in vain.
    config.extra["offline"] = config.extra.get("offline", True) and not _state.serving
    config.site_name = html.escape(made.book.organization.title)
    config.extra["looked_up"] = html.escape(made.book.looked_up)
    set_up(config)
    around = frame(
        _root(config), Path(config.config_file_path), Path(config.docs_dir), [config.site_name, config.site_url or ""]
    )
    _state.book, _state.now = made.book, Served(around, {page.path: page for page in made.pages}, made.files)
    _state.again = _state.serving and not _others(config) and _state.now.is_like(_state.last)
    if not _state.in_place:
        last, config.site_dir = config.site_dir, str(draft.beside(Path(config.site_dir)))
        _state.sites[config.site_dir] = last
    return config


def _others(config: MkDocsConfig) -> bool:
    """Whether there are plugins or hooks that may want to see every page each time."""
    return any(
        getattr(one, "on_pre_page", None) != on_pre_page for name, one in config.plugins.items() if name != SEARCH
    )


def set_up(config: MkDocsConfig) -> None:
    """Give the site what all of ours have: the theme's templates, styles and scripts, and what a server watches."""
    root = _root(config)
    own = 1 if config.theme.custom_dir else 0
    config.theme.dirs[own:own] = [str(folder) for folder in kit.folders(root, "theme")]
    config.extra.setdefault("generator", False)
    config.extra_css = [*settings.CSS, *config.extra_css]
    script = ExtraScriptValue(settings.MODULE)
    script.type = "module"
    config.extra_javascript = [script, *config.extra_javascript]
    unlisted = GitIgnoreSpec.from_lines(settings.NOT_IN_NAV)
    config.not_in_nav = (config.not_in_nav or GitIgnoreSpec([])) + unlisted
    rooms = [folder for room in kit.ROOMS for folder in kit.folders(root, room)]
    config.watch += [str(folder) for folder in (root / "sop", root / "quiz", *rooms) if folder.is_dir()]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Leave out what the theme's templates would put into every page for nobody: drawings, blank lines, signs for
    signs."""
    assert env.loader
    env.loader = ChoiceLoader([FunctionLoader(partial(in_place, _root(config))), env.loader])
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = compiled
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return env


class _MadeFile(File):
    """What is made from YAML. What stands already as it should is known to whoever links to it, and not made again."""

    stands = False

    @classmethod
    def of(cls, config: MkDocsConfig, path: str, content: str | bytes | Path, stands: bool) -> _MadeFile:
        kept: Any = {"abs_src_path": str(content)} if isinstance(content, Path) else {"content": content}
        made = cls.generated(config, path, **kept)
        assert isinstance(made, cls) and made.url  # which rests on its being a page
        made.stands = stands
        return made

    def is_documentation_page(self) -> bool:
        return not self.stands and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:
        if not self.stands:
            super().copy_file(dirty)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page and file made from YAML; edits go to the YAML that a page is made from."""
    menu = {*_listed(config.nav)}
    for page in _state.now.pages.values():
        stands = _state.again and page.path not in menu and _state.last.has(page)
        file = _MadeFile.of(config, page.path, page.heading, stands)
        file.edit_uri = page.edit
        files.append(file)
    for path, content in _state.now.files.items():
        files.append(_MadeFile.of(config, path, content, _state.again and _state.last.has_file(path, content)))
    if SEARCH in config.plugins:
        _replace_worker(files, config)
    if not _state.serving:
        _slim(files, [Path(config.docs_dir), *kit.folders(_root(config), "web")])
    return files


def _listed(menu: Any) -> Iterator[str]:
    """Every address that a menu lists."""
    if isinstance(menu, str):
        yield menu
    elif menu:
        for one in menu.values() if isinstance(menu, dict) else menu:
            yield from _listed(one)


def _slim(files: Files, folders: list[Path]) -> None:
    """Our own scripts and styles alone: the theme's are slim already."""
    for file in files:
        ending, path = Path(file.src_uri).suffix, Path(file.abs_src_path or ".")
        if ending in slim.LEXERS and any(path.is_relative_to(folder) for folder in folders):
            file.content_string = slim.slim(ending, file.content_string)


def _replace_worker(files: Files, config: MkDocsConfig) -> None:
    """Have our search worker published where the theme's pages look for theirs: its name is the theme's to choose."""
    found = [file for file in files if re.fullmatch(WORKER, file.src_uri)]
    if len(found) != 1:
        raise PluginError(f"佈景主題裡找不到搜尋的程式（{WORKER}）：換過版本的話，請看 handbook/web/search/worker.js")
    files.remove(found[0])
    ours = kit.find(_root(config), "web", "search/worker.js")
    files.append(File.generated(config, found[0].src_uri, abs_src_path=str(ours)))


class _MadePage(Page):
    """A page whose HTML is there already. Markdown would hand it through as it is, but takes longer than all else."""

    def read_source(self, config: MkDocsConfig) -> None:
        made = _state.now.pages[self.file.src_uri]
        self.markdown = made.heading
        self.meta = {**made.meta, "search": {"exclude": True}}  # from the theme's index: ours knows better

    def render(self, config: MkDocsConfig, files: Files) -> None:
        made = _state.now.pages[self.file.src_uri]
        self.content = made.html
        self.toc = get_toc([{"level": 1, "id": "_top", "name": str(made.meta["title"]), "children": []}])
        self.present_anchor_ids = set(re.findall(r' id="([^"]+)"', self.content))


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """MkDocs made a page of each file, with its title in the menu; those that are ours get their own ways."""
    if page.file.src_uri in _state.now.pages:
        page.__class__ = _MadePage
    return page


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """What readers' phones get is slim; an author sees a page as it was made."""
    return output if _state.serving else slim.published(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for an address that leads nowhere is published as the others are."""
    return slim.published(output) if template_name.endswith(".html") else output


@event_priority(-100)  # after the plugins that write files of their own
def on_post_build(config: MkDocsConfig) -> None:
    """Write what search knows and what phones keep, and let a whole site take the place of the last one."""
    if SEARCH in config.plugins:
        _write_search(config)
    if not _state.serving:
        site = Path(config.site_dir)
        styles = [*site.glob("assets/stylesheets/*.css"), site / STYLES]
        unused.drop_unused(site, styles, tuple(_off(config)))
    _write_offline(config)
    if config.site_dir in _state.sites:
        (_serve if _state.serving else _publish)(config)
    _discard()


def _serve(config: MkDocsConfig) -> None:
    """Show what was made, with what stands as it should; its sheets come later."""
    made, config.site_dir = Path(config.site_dir), _state.sites[config.site_dir]
    if _state.again:
        draft.renew(Path(config.site_dir), made, SITEMAP)  # which lists what was made anew alone
    else:
        draft.replace(Path(config.site_dir), made)
    _state.last = _state.now
    if config.extra.get("paper", True):
        _state.printing.start(_root(config), Path(config.site_dir, PAPER), config.extra.get("keys", True))


def _publish(config: MkDocsConfig) -> None:
    """Put the site where it belongs, unless, with --strict, one warning will make this build a failed one."""
    counters = [each for each in logging.getLogger("mkdocs").handlers if isinstance(each, CountHandler)]
    if not any(counter.get_counts() for counter in counters):
        made, config.site_dir = Path(config.site_dir), _state.sites[config.site_dir]
        draft.replace(Path(config.site_dir), made)
        assert _state.book
        if new := note(_root(config), _state.book):
            log.info("%s：記下 %d 個新代號，和這次的修改一起提交", KNOWN_IDS, new)


def _off(config: MkDocsConfig) -> Iterator[str]:
    """Beginnings of classes that the theme's script adds where the settings ask for it, and these do not."""
    if not config.repo_url:
        yield "md-source"
    if "version" not in config.extra:
        yield "md-version"
    if "material/tags" not in config.plugins:
        yield "md-tag"
    if not any(feature.startswith("content.") for feature in config.theme.get("features", ())):
        yield from ("md-annotation", "md-code", "md-tooltip")


def on_shutdown() -> None:
    """Leave nothing running, and nothing half-made."""
    _state.printing.stop()
    _discard()


def _write_search(config: MkDocsConfig) -> None:
    """Put our data where the theme's plugin has just put its own, which knows the pages written by hand alone."""
    plugin: Any = config.plugins[SEARCH]
    sections = ((entry["location"], entry["title"], entry["text"]) for entry in plugin.search_index.entries)
    assert _state.book
    for path, data in index(_state.book, written(sections), config.use_directory_urls).items():
        Path(config.site_dir, path).parent.mkdir(parents=True, exist_ok=True)
        Path(config.site_dir, path).write_text(data, "utf-8")


def _write_offline(config: MkDocsConfig) -> None:
    """Write the worker that keeps the handbook on phones, or the one that takes it off again."""
    assert _state.book
    if config.extra["offline"]:
        start = "./" if config.use_directory_urls else "index.html"
        base = urlsplit(config.site_url or "/").path
        pack(Path(config.site_dir), _state.book.organization.title, edition(_state.book), start, base)
    else:
        unpack(Path(config.site_dir))


def on_build_error(error: Exception, **_: Any) -> None:
    """Leave nothing half-made behind."""
    _discard()


def _discard() -> None:
    for made in _state.sites:
        draft.remove(Path(made))
    _state.sites.clear()
    _state.building.close()
