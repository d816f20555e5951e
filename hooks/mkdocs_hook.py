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


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the site its organisation's name; refuse to go on where the files do not hold."""
    book = _compiled(config)[0]
    config.site_name = html.escape(book.organization.title)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add every page made from YAML; edits go to the YAML that a page is made from."""
    book, warnings = _compiled(config)
    if warnings:
        log.info("提醒：\n%s", report(warnings))
    site = renderer.Site(config.edit_uri or "", config.use_directory_urls)
    pages = list(renderer.render(book, site))
    try:
        refuse_collisions(Path(config.docs_dir), [(page.path, page.edit) for page in pages])
    except compiler.Broken as broken:
        raise PluginError(report(broken.problems)) from None
    for page in pages:
        file = File.generated(config, page.path, content=page.text)
        file.edit_uri = page.edit
        files.append(file)
    return files


def _compiled(config: MkDocsConfig) -> tuple[compiler.Handbook, list[compiler.Problem]]:
    root = Path(config.config_file_path).parent
    try:
        return compiler.compile_handbook(root)
    except compiler.Broken as broken:
        raise PluginError(f"{report(broken.problems)}\n\n{broken.summary}") from None
