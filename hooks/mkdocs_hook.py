"""MkDocs events in, pages out: the only file that imports mkdocs."""

from __future__ import annotations

import html
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

import handbook.compile as compiler
import handbook.render as renderer
from handbook.problem import report
from handbook.stage import refuse_collisions

log = get_plugin_logger("handbook")


_pages: list[renderer.Page] = []  # what on_config made, for on_files


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Make every page, and give the site its organisation's name.

    Whatever is wrong comes out here: right after this event, MkDocs empties the folder with the last good site.
    """
    try:
        book, warnings = compiler.compile_handbook(Path(config.config_file_path).parent)
        _pages[:] = renderer.render(book, renderer.Site(config.edit_uri or "", config.use_directory_urls))
        refuse_collisions(Path(config.docs_dir), [(page.path, page.edit) for page in _pages])
    except compiler.Broken as broken:
        raise PluginError(f"{report(broken.problems)}\n\n{broken.summary}") from None
    if warnings:
        log.info("提醒：\n%s", report(warnings))
    config.site_name = html.escape(book.organization.title)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page made from YAML; edits go to the YAML that a page is made from."""
    for page in _pages:
        file = File.generated(config, page.path, content=page.text)
        file.edit_uri = page.edit
        files.append(file)
    return files
