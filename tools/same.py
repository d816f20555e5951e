"""Compare all that this tree publishes with what another commit does: after a move, nothing but addresses may differ.

    python -m tools.same COMMIT

Builds the site with its sheets, exports the questions and stages the pages, both with the same day; names each file
that differs, and counts the rest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXED = {"SOURCE_DATE_EPOCH": "1797292800", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
ADDRESS = "https://example.org/handbook/"
COMMANDS = (
    ("mkdocs", "build", "--strict", "--quiet", "--site-dir"),
    ("handbook", "export"),
    ("handbook", "write"),
)


def published(tree: Path, out: Path) -> None:
    """Everything that a tree publishes, in a folder for each command."""
    (tree / "mkdocs.yml").write_text(f"{(tree / 'mkdocs.yml').read_text('utf-8')}\nsite_url: {ADDRESS}\n", "utf-8")
    environment = {**os.environ, **FIXED, "PYTHONPATH": str(tree / "hooks")}
    for number, (module, *arguments) in enumerate(COMMANDS):
        command = [sys.executable, "-m", module, *arguments, str(out / str(number))]
        subprocess.run(command, cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL)


def checked_out(commit: str, folder: Path) -> Path:
    """The files of a commit."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive, check=True)
    return folder


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def different(before: dict[str, bytes], after: dict[str, bytes]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield f"- {name}"
        elif name not in before:
            yield f"+ {name}"
        elif before[name] != after[name]:
            yield f"≠ {name}"


def main(commit: str) -> int:
    """Print what differs; answers the exit status."""
    with tempfile.TemporaryDirectory(prefix="same-") as place:
        found: list[dict[str, bytes]] = []
        for name in (commit, "HEAD"):
            out = Path(place, f"of-{len(found)}")
            published(checked_out(name, Path(place, f"tree-{len(found)}")), out)
            found.append(contents(out))
    differ = list(different(*found))
    print(*differ, sep="\n")
    print(f"{len(found[0])} files, {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
