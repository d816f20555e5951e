"""A Chromium for the tests, and what else they need of the system: found where it is, installed where Debian's packages
may be.

Run as a command (python -m tests.browser.chromium), it installs what is missing, or says in one line what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = "HANDBOOK_CHROMIUM"
SHELL = "chromium-headless-shell"  # the same engine without windows and all that is in them
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", SHELL)
# No screen, no graphics card, perhaps a small /dev/shm, and no calls home.
FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Of several such lists Chromium takes the last: Playwright's own comes first in it. Then what draws two pages behind
# the address bar of each window, which nobody sees here: they take as long as opening the window and its first page.
# Then what gives a tab new rooms for each page that it shows, and starts processes in case they are wanted: without
# them, a page of ours costs three quarters.
WITHOUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "RenderDocument,SpareRendererForSitePerProcess",
]


def find(best: str = "") -> Path | None:
    """The browser to use: the one named in HANDBOOK_CHROMIUM, else the system's (the `best` one, where it is there),
    else Playwright's own."""
    if named := os.environ.get(VARIABLE):
        if not shutil.which(named):
            raise FileNotFoundError(f"{VARIABLE}={named}: there is no such program")
        return Path(named)
    for command in (best, *COMMANDS):
        if found := shutil.which(command):
            return Path(found)
    return _playwrights_own()


def launch_options(best: str = "") -> dict[str, Any]:
    """What to give to Playwright's `chromium.launch`."""
    browser = find(best)
    if browser is None:
        raise FileNotFoundError("no Chromium: run `make test`, which installs one or says how")
    # Chromium's sandbox does not start as root, and its crash reports are to stay inside the project.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    environment = {**os.environ, "CHROME_CONFIG_HOME": str(ROOT / ".cache/chromium")}
    return {
        "executable_path": str(browser),
        "args": [*FLAGS, *root, f"--disable-features={','.join(WITHOUT)}"],
        "env": environment,
    }


def missing() -> list[str]:
    """Debian's packages for what the tests lack here."""
    packages = []
    if not _playwright_starts():
        packages.append("libatomic1")
    if find() is None:
        packages.append(SHELL)
    if not _has_chinese_font():
        packages += ["fontconfig", "fonts-noto-cjk"]
    if find_library("zbar") is None:  # reads the codes on the sheets of paper
        packages.append("libzbar0")
    return packages


def main() -> int:
    """Install what is missing, where this may; otherwise say what to install."""
    try:
        packages = missing()
    except FileNotFoundError as wrong:
        sys.exit(str(wrong))
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_install(packages)
        packages = missing()
    if packages:
        print(
            f"The tests need: apt-get install {' '.join(packages)} (another Chromium will do: {VARIABLE}=/path/to/it)",
            file=sys.stderr,
        )
    return 1 if packages else 0


def _apt_install(packages: list[str]) -> None:
    """Install them in silence; where that fails, say what apt-get said."""
    print(f"tests: installing {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        full = ["apt-get", "-q", "-o", "Acquire::Retries=3", *command]
        done = subprocess.run(full, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout[-2000:] + done.stderr, file=sys.stderr)


def _has_chinese_font() -> bool:
    """Without one, every character is the same empty box: nothing to look at, and lines of the wrong width."""
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh-tw", "family"], capture_output=True, check=False).stdout.strip())


def _playwright_starts() -> bool:
    """Whether Playwright's driver runs: it is a Node.js, and needs libatomic."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _playwrights_own() -> Path | None:
    """The browser that `playwright install chromium` fetched; asked in a process of its own, for pytest's sake."""
    ask = "from playwright.sync_api import *\nwith sync_playwright() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False)
    path = Path(answer.stdout.strip() or os.devnull)
    return path if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
