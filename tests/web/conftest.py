"""What tests of our scripts without a browser share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.device import Device, Page


@pytest.fixture(scope="module")
def shared() -> Iterator[Page]:
    """A page for what reckons alone."""
    with Device() as device:
        yield device.open()


@pytest.fixture
def device() -> Iterator[Device]:
    with Device() as made:
        yield made
