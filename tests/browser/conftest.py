"""The pages' scripts on their own: what a module exports, called in the browser that will run it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests import project
from tests.conftest import NOTHING, Visit, serving

# As JSON, in which every name is a name: a driver's own way of passing objects would lose a "__proto__".
CALL = """async (text) => {
    const [path, name, values, numbers] = JSON.parse(text);
    const freeze = (value) => {
        if (value instanceof Object) Object.values(Object.freeze(value)).forEach(freeze);
    };
    freeze(values);
    let drawn = 0;
    const random = numbers ? [() => numbers[drawn++ % numbers.length]] : [];
    const module = await import(path);
    return JSON.stringify(await module[name](...values, ...random) ?? null);
}"""


class Module:
    """Calls what a module exports: its arguments can't be changed, and chance is a list of numbers."""

    def __init__(self, page: Page, path: str) -> None:
        self.page, self.path = page, path

    def call(self, name: str, *values: Any, random: list[float] | None = None) -> Any:
        return json.loads(self.page.evaluate(CALL, json.dumps([self.path, name, values, random])))


SCRIPTS: dict[str, Path] = {}  # address → folder
numbers = count()


def anew(page: Page) -> str:
    """The path of the scripts as a page has them that was opened just now: they remember nothing."""
    name = f"assets-{next(numbers)}"
    (SCRIPTS[page.url] / name).symlink_to(project.WEB)
    return f"/{name}"


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the scripts as they stand in the project, beside a page that shows and runs nothing."""
    folder = tmp_path_factory.mktemp("scripts")
    (folder / "assets").symlink_to(project.WEB)
    (folder / "index.html").write_bytes(NOTHING)
    with serving(folder) as where:
        SCRIPTS[where] = folder
        yield where


@pytest.fixture
def blank(visit: Visit, scripts: str) -> Page:
    """The page that shows and runs nothing."""
    return visit(at=scripts)
