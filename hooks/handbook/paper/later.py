"""Sheets that are made by a process of their own, which gives way to all others: while serving, no page waits for
paper."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..kit import ENGINE


class Printing:
    """What is being printed, if anything is."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, root: Path, folder: Path, keys: bool = True) -> None:
        """Have the sheets of the project at `root` made, with or without the answers; those of an older state go at
        once."""
        self.stop()
        shutil.rmtree(folder, ignore_errors=True)
        without = [] if keys else ["--without-keys"]
        command = [sys.executable, "-m", "handbook", "--root", str(root), "paper", str(folder), *without]
        quiet = subprocess.DEVNULL  # what is wrong with the files, the build has said already
        environment = {**os.environ, "PYTHONPATH": str(ENGINE.parent)}
        self._process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
        with contextlib.suppress(AttributeError, OSError):  # not every system has priorities
            os.setpriority(os.PRIO_PROCESS, self._process.pid, 19)

    def stop(self) -> None:
        """Print no more of an older state."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None
