"""MkDocs events in, pages out: the only file that imports mkdocs."""

from __future__ import annotations

import html
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from handbook import compile, pages, render
from handbook.problem import report

log = get_plugin_logger("handbook")

_made: dict[str, render.Page] = {}  # by their paths: what on_config made, for the events after it


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make every page, and give the site its organisation's name.

    Whatever is wrong comes out here: right after this event, MkDocs empties the folder with the last good site.
    """
    site = render.Site(config.edit_uri or "", config.use_directory_urls)
    try:
        book, made, warnings = pages.make_pages(Path(config.config_file_path).parent, Path(config.docs_dir), site)
    except compile.Broken as broken:
        raise PluginError(f"{report(broken.problems)}\n\n{broken.summary}") from None
    if warnings:
        log.info("提醒：\n%s", report(warnings))
    _made.clear()
    _made.update({page.path: page for page in made})
    config.site_name = html.escape(book.organization.title)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page made from YAML; edits go to the YAML that a page is made from."""
    for page in _made.values():
        file = File.generated(config, page.path, content=page.heading)
        file.edit_uri = page.edit
        files.append(file)
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Give a made page its metadata."""
    if made := _made.get(page.file.src_uri):
        page.meta.update(made.meta)
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a made page's body under its title: Markdown would hand it through as it is, after a long look."""
    made = _made.get(page.file.src_uri)
    if not made:
        return html
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *re.findall(r' id="([^"]+)"', made.body)}
    return f"{html}\n{made.body.rstrip()}"
