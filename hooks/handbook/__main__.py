"""The command `handbook`: check the files, stage pages, export questions, print sheets, write the schemas."""

from __future__ import annotations

import argparse
import io
import signal
import sys
from pathlib import Path
from typing import NoReturn

from .compile import compile_handbook
from .model.gathered import clause_count
from .problem import Broken, report
from .reading.known import KNOWN_IDS, note


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the exit status: 0 done, 1 problems in the files, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="handbook", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="print every problem, or say how much is complete")
    write = commands.add_parser("write", help="stage every page as plain Markdown, with assets and a mkdocs.yml")
    write.add_argument("folder", type=Path)
    export = commands.add_parser("export", help="write the questions as Moodle GIFT and QTI 2.1")
    export.add_argument("folder", type=Path)
    paper = commands.add_parser("paper", help="write every sheet to print, as PDF, and one ZIP a role")
    paper.add_argument("folder", type=Path)
    schema = commands.add_parser("schema", help="write the JSON Schemas that editors read")
    schema.add_argument("--check", action="store_true", help="only say whether they are fresh")
    chosen = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # what is said is Chinese, whatever the machine's locale
    try:
        return {"check": _check, "write": _write, "export": _export, "paper": _paper, "schema": _schema}[
            chosen.command
        ](chosen)
    except FileExistsError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except Broken as broken:
        print(report(broken.problems), file=sys.stderr)
        print(f"\n{broken.summary}", file=sys.stderr)
        return 1


def _check(chosen: argparse.Namespace) -> int:
    book, warnings = compile_handbook(chosen.root)
    if warnings:
        print(report(warnings))
    if new := note(chosen.root, book):
        print(f"{KNOWN_IDS}：記下 {new} 個新代號，和這次的修改一起提交")
    print(f"完整：{len(book.sops)} 份 SOP、{clause_count(book)} 條條文、{len(book.forms)} 張表單")
    return 0


def _write(chosen: argparse.Namespace) -> int:
    from .pages.stage import stage

    count = stage(chosen.root, chosen.folder)
    print(f"{chosen.folder}：{count} 頁")
    return 0


def _export(chosen: argparse.Namespace) -> int:
    from .exports.export import OMITTED, export

    book, _ = compile_handbook(chosen.root)
    count = export(book, chosen.root, chosen.folder)
    print(f"{chosen.folder}：{count} 個檔案；放不進去的列在 {OMITTED}")
    return 0


def _paper(chosen: argparse.Namespace) -> int:
    from .paper.sheet import Edition
    from .paper.shelf import LIST, write

    book, _ = compile_handbook(chosen.root)
    count = write(Edition.read(book, chosen.root), chosen.root, chosen.folder)
    print(f"{chosen.folder}：{count} 個檔案，列在 {LIST}")
    return 0


def _schema(chosen: argparse.Namespace) -> int:
    from .reading.schema import stale, write

    if chosen.check:
        old = stale(chosen.root)
        print("\n".join(f"{path} 過期了；執行 handbook schema" for path in old) or "schema 都是新的")
        return 1 if old else 0
    write(chosen.root)
    return 0


def _stop(*_: object) -> NoReturn:
    sys.exit("stopped")  # and leave no draft behind


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())
