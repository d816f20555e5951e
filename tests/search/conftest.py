"""What the tests of search share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from handbook.model.book import Handbook
from handbook.search.index import index
from tests.search.engine import Search


@pytest.fixture(scope="session")
def files(book: Handbook) -> dict[str, str]:
    """The shipped handbook's search data."""
    return index(book)


@pytest.fixture(scope="session")
def search(files: dict[str, str]) -> Iterator[Search]:
    engine = Search(files)
    with engine:
        yield engine
