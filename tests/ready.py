"""A process that has read the engine and MkDocs beforehand and becomes one command after another, each in a fork of
its own: to read them takes longer than to build a small handbook."""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys

import material.plugins.search.plugin  # noqa: F401
import mkdocs.commands.build  # noqa: F401

import handbook.cli
import handbook.hook  # noqa: F401
from handbook import kit
from handbook.pages import slim
from tests.project import PATIENCE


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


def main() -> None:
    """Become each command that a line asks for, and answer its exit status."""
    for path in kit.engines("web").values():
        if path.suffix in slim.LEXERS:
            slim.slim(path.suffix, path.read_text("utf-8"))  # as each build would
    for line in sys.stdin:
        if child := os.fork():
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        else:
            become(*json.loads(line))
            sys.exit()


if __name__ == "__main__":
    main()
