"""`handbook serve`: to the phones of this network, or to this machine alone, and always clear about which."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from handbook import begin, network, serve
from handbook.cli import main
from tests import project

PATIENCE = 60  # seconds: far more than a build takes, for machines under load
AWAY = "192.0.2.55"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    begin.new(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """Where a server would have been started, had there been one."""
    found: list[tuple] = []
    monkeypatch.setattr(serve, "_run", lambda root, host, port: found.append((host, port)) or 0)
    return found


def _in_network(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.setattr(network, "own_address", lambda: address)
    monkeypatch.setattr(serve, "own_address", lambda: address)


def test_it_is_served_to_the_network_or_to_this_machine_alone(
    mine: Path, port: int, asked: list[tuple], monkeypatch: pytest.MonkeyPatch
) -> None:
    _in_network(monkeypatch, AWAY)
    for more in ([], ["--local"]):
        assert main(["--root", str(mine), "serve", "--port", str(port), *more]) == 0
    assert asked == [("0.0.0.0", port), ("127.0.0.1", port)]


def test_with_no_network_it_says_so_and_serves_this_machine(
    mine: Path, port: int, asked: list[tuple], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _in_network(monkeypatch, None)
    assert main(["--root", str(mine), "serve", "--port", str(port)]) == 0
    assert asked == [("127.0.0.1", port)]
    assert capsys.readouterr().out == "找不到這台電腦的網路位址：只有這台電腦打得開\n"


def test_the_greeting_gives_the_address_and_warns(monkeypatch: pytest.MonkeyPatch) -> None:
    _in_network(monkeypatch, AWAY)
    *code, where, warning = serve.greeting("http://0.0.0.0:8000/handbook/").splitlines()
    assert len(code) > 10
    assert f"http://{AWAY}:8000/handbook/" in where
    assert "同一個網路的人現在都打得開" in warning
    assert serve.greeting("http://127.0.0.1:8000/") == (
        "手冊在 http://127.0.0.1:8000/（只有這台電腦打得開）；按 Ctrl-C 結束"
    )


def test_where_there_is_nothing_to_serve_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path), "serve"]) == 2
    assert "handbook new" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told_before_anything_is_built(
    mine: Path, port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert main(["--root", str(mine), "serve", "--local", "--port", str(port)]) == 2
    assert f"用不了 {port} 這個埠" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "²", "http"])
def test_a_port_that_is_none_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "--port" in capsys.readouterr().err


def test_a_phone_reaches_it_and_it_ends_when_told(mine: Path, tmp_path: Path, port: int) -> None:
    """By the address that it says, under any name, with links that lead there; and its folder goes with it."""
    kept = tmp_path / "kept"
    kept.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "handbook", "--root", mine, "serve", "--port", str(port)],
        cwd=tmp_path,
        env=project.environment(project.ROOT, TMPDIR=str(kept)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    listener = threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)
    listener.start()
    try:
        end = time.monotonic() + PATIENCE
        while not any("按 Ctrl-C 結束" in line for line in said):
            assert process.poll() is None and time.monotonic() < end, "".join(said)
            time.sleep(0.05)
        where = f"http://{network.own_address() or '127.0.0.1'}:{port}/"
        asking = urllib.request.Request(f"{where}procedures/check-in/", headers={"Host": "phone.example"})
        page = urllib.request.urlopen(asking, timeout=10).read().decode()
    finally:
        process.send_signal(signal.SIGTERM)
        status = process.wait(PATIENCE)
    listener.join(PATIENCE)
    assert "入住接待" in page
    assert f'href="{where}procedures/check-in/"' in page
    assert "0.0.0.0" not in page + "".join(said)
    assert status == 0
    assert [*kept.glob("mkdocs_*")] == []
