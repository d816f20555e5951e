"""MkDocs events in, pages out: the only file that imports mkdocs."""

from __future__ import annotations

import contextlib
import hashlib
import html
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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
from mkdocs.utils import CountHandler, clean_directory
from pathspec.gitignore import GitIgnoreSpec

from handbook import kit
from handbook.model.book import Handbook
from handbook.network import reached
from handbook.offline.pack import pack, unpack
from handbook.pages import make, render, settings, slim, unused, views
from handbook.pages.icons import STYLES, in_place
from handbook.paper.sheet import PAPER
from handbook.problem import Broken, report
from handbook.reading.known import KNOWN_IDS, note
from handbook.search.entries import written
from handbook.search.index import index

log = get_plugin_logger("handbook")

SEARCH = "material/search"
WORKER = r"assets/javascripts/workers/search\.[0-9a-f]+\.min\.js"
UNCHANGED = "unchanged.html"  # a template of nothing: what the page looked like last is put in its place


@dataclass
class _Drawn:
    """What the last build made of a page."""

    page: render.Page
    output: str


@dataclass
class _State:
    """What goes from one event to the next, and while serving from one build to the next."""

    book: Handbook | None = None
    made: dict[str, render.Page] = field(default_factory=dict)  # by their paths
    files: dict[str, bytes | Path] = field(default_factory=dict)
    serving: bool = False
    frame: str = ""  # all that stands around a page's own text
    drawn: dict[str, _Drawn] = field(default_factory=dict)
    in_place: bool = False  # `mkdocs serve` has a folder that nobody else sees, and a dirty build changes the last site
    printing: subprocess.Popen[bytes] | None = None  # what makes the sheets while serving
    sites: dict[str, str] = field(default_factory=dict)  # the folder that a site is made in → the one it will stand in


_state = _State()


def on_startup(command: str, dirty: bool) -> None:
    """Note how MkDocs was called: only a server draws the same pages again and again."""
    _state.serving = command == "serve"
    _state.in_place = _state.serving or dirty


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make every page, give the site its organisation's name, and have it made beside the last good one.

    Right after this event, MkDocs empties the folder that it builds in, and may fail on any page written by hand.
    """
    if config.site_url:
        config.site_url = reached(config.site_url)
    site = render.Site(
        config.edit_uri or "",
        config.use_directory_urls,
        downloads=not _state.serving,
        url=config.site_url or "",
        paper=config.extra.get("paper", True),
    )
    try:
        made = make.make_pages(_root(config), Path(config.docs_dir), site)
    except Broken as broken:
        raise PluginError(f"{report(broken.problems)}\n\n{broken.summary}") from None
    if made.warnings:
        log.info("提醒：\n%s", report(made.warnings))
    _state.book, _state.made = made.book, {page.path: page for page in made.pages}
    _state.files = made.files
    # A phone that keeps the handbook shows what it kept: while serving, an author would wait for an edit in vain.
    config.extra["offline"] = config.extra.get("offline", True) and not _state.serving
    config.site_name = html.escape(made.book.organization.title)
    _set_up(config)
    if _state.serving and (frame := _frame(config)) != _state.frame:
        _state.frame, _state.drawn = frame, {}
    if not _state.in_place:
        last = Path(config.site_dir)
        last.parent.mkdir(parents=True, exist_ok=True)
        config.site_dir = tempfile.mkdtemp(prefix=".site-", dir=last.parent)
        _state.sites[config.site_dir] = str(last)
    return config


def _set_up(config: MkDocsConfig) -> None:
    """Give the site what all of ours have: the theme's templates, styles and scripts, and what a server watches."""
    root = _root(config)
    own = 1 if config.theme.custom_dir else 0
    config.theme.dirs[own:own] = [str(folder) for folder in kit.folders(root, "theme")]
    config.extra.setdefault("generator", False)
    config.extra_css = [*settings.CSS, *config.extra_css]
    script = ExtraScriptValue(settings.MODULE)
    script.type = "module"
    config.extra_javascript = [script, *config.extra_javascript]
    unlisted = GitIgnoreSpec.from_lines(f"/{folder}/*" for folder in settings.UNLISTED)
    config.not_in_nav = (config.not_in_nav or GitIgnoreSpec([])) + unlisted
    rooms = [folder for room in kit.ROOMS for folder in kit.folders(root, room)]
    config.watch += [str(folder) for folder in (root / "sop", root / "quiz", *rooms) if folder.is_dir()]


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _frame(config: MkDocsConfig) -> str:
    """A fingerprint of what every page shows or obeys: settings, theme, names of the site and of pages in its menu."""
    around = [path for room in ("theme", "guide") for path in kit.listed(_root(config), room).values()]
    files = [Path(config.config_file_path), *around, *Path(config.docs_dir).rglob("*.md")]
    parts = [config.site_name.encode(), *(path.as_posix().encode() + path.read_bytes() for path in sorted(files))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Leave out what the theme's templates would put into every page for nobody: drawings, blank lines, signs for
    signs."""
    assert env.loader
    env.loader = ChoiceLoader([FunctionLoader(partial(in_place, _root(config))), env.loader])
    env.trim_blocks = env.lstrip_blocks = True
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return env


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page and file made from YAML; edits go to the YAML that a page is made from."""
    for page in _state.made.values():
        file = File.generated(config, page.path, content=page.heading)
        file.edit_uri = page.edit
        files.append(file)
    for path, content in _state.files.items():
        kept = {"content": content} if isinstance(content, bytes) else {"abs_src_path": str(content)}
        files.append(File.generated(config, path, **kept))
    if SEARCH in config.plugins:
        _replace_worker(files, config)
    if not _state.serving:
        _slim(files, [Path(config.docs_dir), *kit.folders(_root(config), "web")])
    return files


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
        made = _state.made[self.file.src_uri]
        self.markdown = made.heading
        self.meta = {**made.meta, "search": {"exclude": True}}  # from the theme's index: ours knows better
        drawn = _state.drawn.get(made.path)
        if drawn and drawn.page == made:
            self.meta["template"] = UNCHANGED

    def render(self, config: MkDocsConfig, files: Files) -> None:
        made = _state.made[self.file.src_uri]
        self.content = made.html
        self.toc = get_toc([{"level": 1, "id": "_top", "name": str(made.meta["title"]), "children": []}])
        self.present_anchor_ids = set(re.findall(r' id="([^"]+)"', self.content))


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """MkDocs made a page of each file, with its title in the menu; those that are ours get their own ways."""
    if page.file.src_uri in _state.made:
        page.__class__ = _MadePage
    return page


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """While serving, keep what became of a made page, and give it again as long as nothing in it changes."""
    path = page.file.src_uri
    if page.meta.get("template") == UNCHANGED:
        output = _state.drawn[path].output
    elif _state.serving and path in _state.made:
        _state.drawn[path] = _Drawn(_state.made[path], output)
    return output if _state.serving else slim.published(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The page for an address that leads nowhere is published as the others are."""
    return slim.published(output) if template_name.endswith(".html") else output


@event_priority(-100)  # after the plugins that write files of their own
def on_post_build(config: MkDocsConfig) -> None:
    """Write what search knows and what phones keep, and let a whole site take the place of the last one; with --strict,
    one warning will make this build a failed one."""
    if SEARCH in config.plugins:
        _write_search(config)
    if not _state.serving:
        site = Path(config.site_dir)
        styles = [*site.glob("assets/stylesheets/*.css"), site / STYLES]
        unused.drop_unused(site, styles, tuple(_off(config)))
    _write_offline(config)
    counters = [each for each in logging.getLogger("mkdocs").handlers if isinstance(each, CountHandler)]
    draft = config.site_dir
    if _state.serving and config.extra.get("paper", True):
        _print_later(config)
    if draft in _state.sites and not any(counter.get_counts() for counter in counters):
        config.site_dir = _state.sites[draft]
        Path(config.site_dir).mkdir(exist_ok=True)
        clean_directory(config.site_dir)  # but for what is hidden, as MkDocs itself
        for made in Path(draft).iterdir():
            shutil.move(made, Path(config.site_dir, made.name))
        _discard()
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


def _print_later(config: MkDocsConfig) -> None:
    """Have the sheets made by a process of its own, which gives way to all others: no page waits for paper."""
    on_shutdown()
    command = [
        sys.executable,
        "-m",
        "handbook",
        "--root",
        str(_root(config)),
        "paper",
        str(Path(config.site_dir, PAPER)),
    ]
    quiet = subprocess.DEVNULL  # what is wrong with the files, the build has said already
    environment = {**os.environ, "PYTHONPATH": str(kit.ENGINE.parent)}
    _state.printing = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    with contextlib.suppress(AttributeError, OSError):  # not every system has priorities
        os.setpriority(os.PRIO_PROCESS, _state.printing.pid, 19)


def on_shutdown() -> None:
    """Stop what still prints sheets of an older state."""
    if _state.printing:
        _state.printing.terminate()
        _state.printing.wait()
        _state.printing = None


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
    book = _state.book
    assert book
    if config.extra["offline"]:
        start = "./" if config.use_directory_urls else "index.html"
        base = urlsplit(config.site_url or "/").path
        pack(Path(config.site_dir), book.organization.title, views.edition(book), start, base)
    else:
        unpack(Path(config.site_dir))


def on_build_error(error: Exception, **_: Any) -> None:
    """Leave nothing half-made behind."""
    _discard()


def _discard() -> None:
    for draft in _state.sites:
        shutil.rmtree(draft, ignore_errors=True)
    _state.sites.clear()
