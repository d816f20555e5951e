"""The search engine of the pages, asked without a browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests import project
from tests.web.tools import NODE

ENGINE = project.WEB / "search/engine.js"
Shown = list[list[str]]  # the pages of the list, each as the addresses that are seen


def ask(site: Path, queries: list[str]) -> list[Shown]:
    """What each query finds in a site's data."""
    command = [NODE, "--no-warnings", Path(__file__).with_suffix(".js"), ENGINE, site]
    done = subprocess.run(command, input=json.dumps(queries).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: list[Shown] = json.loads(done.stdout)
    return found
