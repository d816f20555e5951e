"""A process that has read the engine and MkDocs beforehand and becomes one command after another, each in a fork of
its own: to read them takes longer than to build a small handbook."""

from __future__ import annotations

import contextlib
import json
import os
import re
import runpy
import signal
import sys

import material.plugins.search.plugin  # noqa: F401
import mkdocs.commands.build  # noqa: F401
from jinja2 import TemplateError
from mkdocs.config import load_config
from mkdocs.structure.files import Files

import handbook.cli  # noqa: F401
from handbook import hook, kit
from handbook.pages import slim
from handbook.pages.templates import templates
from handbook.search.letters import folded
from tests.project import PATIENCE, ROOT

# The theme's templates that a handbook's pages are drawn with.
FRAME = re.compile(r"(main|base|404|partials/(javascripts/)?[\w-]+|partials/languages/(en|zh-Hant))\.html|sitemap\.xml")


def become(module: str, arguments: list[str], folder: str, environment: dict[str, str], said: str) -> None:
    """Run a module as `python -m` does; its output and errors go to one file."""
    signal.alarm(PATIENCE)
    os.dup2(os.open(said, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    sys.path[0] = folder
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def warm() -> None:
    """Make what each build would make of the engine alone, and keep it: small scripts, compiled templates, signs."""
    for path in kit.engines("web").values():
        if path.suffix in slim.LEXERS:
            slim.slim(path.suffix, path.read_text("utf-8"))
    folded()
    pages = templates(ROOT)
    for name in kit.engines("templates"):
        if name.endswith(".html"):
            pages.get_template(name)
    config = load_config(str(ROOT / "mkdocs.yml"))
    hook.set_up(config)
    theme = config.theme.get_env()
    names = theme.list_templates(filter_func=FRAME.fullmatch)
    frame = hook.on_env(theme, config, Files([]))
    for name in names:
        with contextlib.suppress(TemplateError):  # one of a blog's, which asks for what no handbook has
            frame.get_template(name)


def main() -> None:
    """Become each command that a line asks for, and answer its exit status."""
    warm()
    for line in sys.stdin:
        if child := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        else:
            become(*json.loads(line))
            sys.exit()


if __name__ == "__main__":
    main()
