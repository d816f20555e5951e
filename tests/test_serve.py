"""`mkdocs serve` while somebody writes: every edit shows, every mistake is told, and no mistake ends the server."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import cases, project

PATIENCE = 60  # seconds: far more than a rebuild takes, for machines under load
GLANCE = 0.05
SOP = "sop/procedures/lost-property.yml"
PAGE = "procedures/lost-property/"
BROKEN = f"{SOP}:3:1: unknown-key: "


@dataclass
class Serving:
    """A server in a process of its own, and everything that it has said so far."""

    copy: Path
    process: subprocess.Popen[str]
    home: str
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep what the server says, as it says it."""
        assert self.process.stdout
        self.said.extend(iter(self.process.stdout.readline, ""))

    def get(self, path: str) -> str:
        """A page as the server gives it now; nothing where it gives none."""
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            return urllib.request.urlopen(self.home + path, timeout=10).read().decode()
        return ""

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for something to become true, and no longer."""
        end = time.monotonic() + PATIENCE
        while not true():
            output = "".join(self.said)
            assert self.process.poll() is None, f"the server ended while waiting for {what}:\n{output}"
            assert time.monotonic() < end, f"waited {PATIENCE} seconds for {what}:\n{output}"
            time.sleep(GLANCE)

    def until_page(self, path: str, has: str) -> None:
        self.until(lambda: has in self.get(path), f"{has!r} on /{path}")

    @contextlib.contextmanager
    def edited(self, path: str, old: str, new: str) -> Iterator[None]:
        """An edit for as long as the block lasts; then the file is mended."""
        before = (self.copy / path).read_text("utf-8")
        project.replace(self.copy / path, old, new)
        try:
            yield
        finally:
            (self.copy / path).write_text(before, "utf-8")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _start(copy: Path) -> Serving:
    where = f"127.0.0.1:{_free_port()}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", where],
        cwd=copy,
        env=project.environment(copy, TMPDIR=str(copy.parent)),  # where MkDocs keeps the site that it serves
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return Serving(copy, process, f"http://{where}/")


def _stop(serving: Serving) -> None:
    serving.process.send_signal(signal.SIGINT)  # as Ctrl-C: the server removes its temporary site
    try:
        serving.process.wait(10)
    except subprocess.TimeoutExpired:
        serving.process.kill()
        serving.process.wait()


@contextlib.contextmanager
def _serve(copy: Path) -> Iterator[Serving]:
    serving = _start(copy)
    listener = threading.Thread(target=serving.listen, daemon=True)
    listener.start()
    try:
        yield serving
    finally:
        _stop(serving)
        listener.join(10)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with _serve(cases.project_of(tmp_path_factory.mktemp("serve") / "project", own=True)) as serving:
        serving.until(lambda: "Serving on" in "".join(serving.said), "the server")
        yield serving


def test_an_edit_shows_on_every_page_that_says_it(serving: Serving) -> None:
    """One limit in one place: the procedure and the table follow."""
    serving.until_page(PAGE, "2 天內")
    with serving.edited(SOP, "within: 2 days", "within: 3 days"):
        serving.until_page(PAGE, "3 天內")
        assert "2 天內" not in serving.get(PAGE)
        assert "3 天內" in serving.get("deadlines/")


def test_sheets_of_paper_follow_in_the_background(serving: Serving) -> None:
    """No page waits for them: the page is there at once, its sheet soon after, and both again after an edit."""

    def sheet() -> bytes:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            return urllib.request.urlopen(
                f"{serving.home}paper/procedures/lost-property-checklist.pdf", timeout=10
            ).read()
        return b""

    serving.until(lambda: sheet().startswith(b"%PDF-"), "a sheet")
    before = sheet()
    with serving.edited(SOP, "do: 當面收下東西", "do: 當面收好東西"):
        serving.until(lambda: sheet() not in (b"", before), "the sheet of the edited procedure")
    serving.until(lambda: sheet() == before, "the sheet as it was")


def test_pages_that_an_edit_left_alone_stay_as_they_were(serving: Serving) -> None:
    """They are not drawn again, and search goes on finding them, each once."""
    serving.until_page(PAGE, "2 天內")  # as the test before left it
    before, index = _page(serving), _entries(serving)
    with serving.edited(SOP, "summary: ", "summary: 改過的說明："):
        serving.until_page(PAGE, "改過的說明")
        assert _page(serving) == before
        assert sorted(where for where, _ in _entries(serving)) == sorted(where for where, _ in index)
        changed = {where for where, _ in {*_entries(serving)} ^ {*index}}
        assert changed == {PAGE}


def _page(serving: Serving) -> str:
    """A page as it is without the server's own script, which counts the builds."""
    return re.sub(r"livereload\([^)]*\)", "", serving.get("standards/greeting/"))


def _entries(serving: Serving) -> list[tuple[str, str]]:
    """What search knows of pages: their addresses, and what they say of themselves."""
    pages = json.loads(serving.get("search/names.json"))["pages"]
    return [(address, summary) for address, _, summary, *_ in pages]


def test_what_is_still_being_typed_is_known_to_nobody(serving: Serving) -> None:
    """Else every id on the way to the right one would have to be answered for; and to write what is watched, builds."""
    known = serving.copy / "sop/known-ids.txt"
    known.touch()
    before = known.read_bytes()
    new = "steps:\n  - {id: still-typing, stage: 收, do: 請對方坐下喝杯水, source: own}\n"
    with serving.edited(SOP, "\nsteps:\n  -", f"\n{new}  -"):
        serving.until_page(PAGE, 'id="still-typing"')
    serving.until(lambda: "still-typing" not in serving.get(PAGE), "the clause to go")
    assert known.read_bytes() == before


def test_a_mistake_is_told_and_the_server_goes_on(serving: Serving) -> None:
    """While the files do not hold, MkDocs lets its readers wait; once they do, it gives them the fresh page."""
    mark = len(serving.said)
    with serving.edited("sop/organization.yml", "title: 小店手冊", "title: 修好的手冊"):
        with serving.edited(SOP, "kind: procedure\n", "kind: procedure\ntitel: 投訴\n"):
            serving.until(lambda: BROKEN in "".join(serving.said[mark:]), "the message")
            serving.until(lambda: "這樣寫：" in "".join(serving.said[mark:]), "the example")
        serving.until_page(PAGE, "修好的手冊")
    assert "Traceback" not in "".join(serving.said[mark:])


def test_an_edited_template_and_an_edited_icon_show(serving: Serving) -> None:
    with (
        serving.edited("hooks/handbook/templates/glossary.html", "這一行的說法", "這一行的話"),
        serving.edited("hooks/handbook/icons/complaint.svg", "<svg ", '<svg data-edited="yes" '),
    ):
        serving.until_page("glossary/", "這一行的話")
        serving.until_page("assets/icons.css", "data-edited='yes'")


def test_no_phone_keeps_what_is_served(serving: Serving) -> None:
    """An author would wait in vain for an edit to show; what a published site at this address left goes."""
    serving.until_page("", "發生了什麼事？")
    assert "offline" not in serving.get("")
    assert "unregister()" in serving.get("sw.js")


def test_a_first_build_that_fails_says_why(tmp_path: Path) -> None:
    copy = cases.project_of(tmp_path / "project")
    project.replace(copy / SOP, "kind: procedure\n", "kind: procedure\ntitel: 投訴\n")
    with _serve(copy) as serving:
        assert serving.process.wait(PATIENCE) == 1
    assert BROKEN in "".join(serving.said)
    assert "Traceback" not in "".join(serving.said)
