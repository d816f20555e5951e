"""The command `handbook`: start a handbook, show it, check it, and write whatever else is made of it."""

from __future__ import annotations

import argparse
import io
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from . import __version__
from .compile import compile_handbook
from .day import today
from .due import Within, as_json, listed, overdue
from .expiries import expiries
from .kit import FRONT_DESK, LANGUAGE
from .model.gathered import clause_count, reviews
from .problem import Broken, Refused, report
from .reading.known import KNOWN_IDS, note


def main(arguments: list[str] | None = None) -> int:
    """Run one command; answers the exit status: 0 done, 1 problems in the files, 2 wrong usage."""
    chosen = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # what is said is Chinese, whatever the machine's locale
    try:
        return int(chosen.run(chosen))
    except (FileExistsError, Refused) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except Broken as broken:
        print(report(broken.problems), file=sys.stderr)
        print(f"\n{broken.summary}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(run: Callable[[argparse.Namespace], int], sentence: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__.strip("_"), help=sentence)
        made.set_defaults(run=run)
        return made

    new = command(_new, "write a handbook of one's own, to start from")
    new.add_argument("folder", type=Path, help="absent or empty")
    new.add_argument("--language", default=LANGUAGE, help="that it is written in (default: %(default)s)")
    new.add_argument("--from", dest="model", choices=[FRONT_DESK], help="with all of a shipped handbook in it")
    serve = command(_serve, "show the handbook to every phone of this network, and follow each edit")
    serve.add_argument("--port", type=_port, default=8000, help="(default: %(default)s)")
    serve.add_argument("--local", action="store_true", help="to this machine alone")
    command(_check, "print every problem, or say how much is complete")
    due = command(_due, "list the SOPs whose review is due, and what runs out of a team; ends with 1 where one is over")
    due.add_argument("--within", type=_within, default="30 days", metavar="TIME", help="(default: %(default)s)")
    due.add_argument("--team", type=Path, metavar="FILE", help="the team's page's CSV: who has to sign or pass anew")
    due.add_argument("--json", action="store_true", help="for programs")
    write = command(_write, "stage every page as plain Markdown, with assets and a mkdocs.yml")
    write.add_argument("folder", type=Path)
    export = command(_export, "write the questions as Moodle GIFT and QTI 2.1")
    export.add_argument("folder", type=Path)
    paper = command(_paper, "write every sheet to print, as PDF, and one ZIP a role")
    paper.add_argument("folder", type=Path)
    drawn = "papers of exams alone, as drawn from this code; may be said again"
    paper.add_argument("--code", dest="codes", type=_code, action="append", default=[], help=drawn)
    paper.add_argument("--without-keys", action="store_true", help="nothing that the answers stand on")
    schema = command(_schema, "write the JSON Schemas that editors read")
    schema.add_argument("--check", action="store_true", help="only say whether they are fresh")
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError("a number from 1 to 65535")
    return int(text)


def _code(text: str) -> str:
    from .quiz.chance import normal

    if not (code := normal(text)):
        raise argparse.ArgumentTypeError("letters, digits and hyphens, at most 20 of them")
    return code


def _within(text: str) -> Within:
    try:
        return Within(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _new(chosen: argparse.Namespace) -> int:
    from . import begin

    begin.new(chosen.folder, chosen.language, chosen.model)
    print(begin.next_steps(chosen.folder))
    return 0


def _serve(chosen: argparse.Namespace) -> int:
    from .serve import serve

    return serve(chosen.root, chosen.port, chosen.local)


def _check(chosen: argparse.Namespace) -> int:
    book, warnings = compile_handbook(chosen.root)
    if warnings:
        print(report(warnings))
    if new := note(chosen.root, book):
        print(f"{KNOWN_IDS}：記下 {new} 個新代號，和這次的修改一起提交")
    print(f"完整：{len(book.sops)} 份 SOP、{clause_count(book)} 條條文、{len(book.forms)} 張表單")
    return 0


def _due(chosen: argparse.Namespace) -> int:
    book, _ = compile_handbook(chosen.root)
    passes = expiries(book, chosen.team, chosen.within.end()) if chosen.team else None
    print((as_json if chosen.json else listed)(book, chosen.within, f"{chosen.team}", passes))
    return int(any(map(overdue, reviews(book, today()))) or any(one.over for one in passes or ()))


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
    edition = Edition.read(book, chosen.root, tuple(dict.fromkeys(chosen.codes)))
    count = write(edition, chosen.root, chosen.folder, not chosen.without_keys)
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


def run() -> NoReturn:
    """The program: to be ended is to leave no draft behind."""
    signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())


def _stop(*_: object) -> NoReturn:
    sys.exit("stopped")
