"""What was called otherwise before: the ids that pages tell scripts, the addresses that lead on, what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..model.book import Handbook
from ..model.former import former
from ..model.registers import Gone
from ..model.sops import FOLDERS, Sop
from ..quiz.coverage import started
from ..quiz.exam import sources
from ..quiz.former import former_questions


def told(book: Handbook, path: str) -> str:
    """`old=now` between blanks for all that a page keeps on the phone under ids (web/names.js): SOPs and roles,
    and the clauses or the questions in them."""
    old, questions = former(book), former_questions(book)
    if not old.keys and not old.clauses and not questions:
        return ""
    folder, _, key = path.partition("/")
    pages = {
        "deadlines": book.sops.keys(),
        "runs": book.sops.keys(),
        "quiz": book.sops.keys() if key == "index" else {key},
        "exams": _asked(book, key),
    }
    about = pages.get(folder, {key} if folder in FOLDERS else set())
    elsewhere = {was: now for was, now in old.clauses.items() if was.split("#")[1] != now.split("#")[1]}
    parts = questions if folder in ("quiz", "exams") else elsewhere  # what is kept of an SOP has clauses' own ids
    found = [*old.keys.items(), *parts.items()]
    return " ".join(f"{was}={now}" for was, now in found if re.split("[#/]", now)[0] in about)


def _asked(book: Handbook, key: str) -> set[str]:
    return {key, *sources(book, book.roles[key])} if key in book.roles else set()


GONE_TITLE = "這一份拿掉了"


class Way(NamedTuple):
    """From the address of an old page to the page that stands for it now, and what that is called."""

    at: str
    to: str
    title: str


def ways(book: Handbook, short: str) -> Iterator[Way]:
    """Every address of before that leads on; `short` is the folder of short addresses."""
    folders = _folders(book)
    for old, now in {**dict.fromkeys(book.sops), **former(book).keys}.items():
        if sop := book.sops.get(now or old):
            yield from _of_sop(book, sop, old, folders.get(old, set()), short)
        elif now in book.forms:
            yield Way(f"forms/{old}", f"forms/{now}", book.forms[now].name)
    for gone in book.gone:
        folder, _, key = gone.partition("/")
        if folder in FOLDERS and "#" not in key:
            others = {f"{each}/{key}" for each in folders.get(key, ())} - book.gone.keys()
            for at in sorted(
                {f"quiz/{key}", f"{short}/{key}", *others, *([f"exams/{key}"] if folder == "roles" else [])}
            ):
                yield Way(at, gone, GONE_TITLE)


def _of_sop(book: Handbook, sop: Sop, old: str, folders: set[str], short: str) -> Iterator[Way]:
    """The addresses under which an SOP was found by an id: by its own only where it was of another kind."""
    page, title, quizzed = f"{sop.folder}/{sop.id}", book.title(sop), started(book)
    renamed = old != sop.id
    for folder in sorted(folders | {sop.folder}):
        if renamed or folder != sop.folder:
            yield Way(f"{folder}/{old}", page, title)
    if renamed:
        yield Way(f"{short}/{old}", page, title)
        yield Way(f"quiz/{old}", f"quiz/{sop.id}" if quizzed and sop.id in book.quizzes else page, title)
    was_role = sop.folder == "roles" or "roles" in folders
    if was_role and (renamed or sop.folder != "roles"):
        yield Way(f"exams/{old}", f"exams/{sop.id}" if quizzed and sop.id in book.roles else page, title)


def _folders(book: Handbook) -> dict[str, set[str]]:
    """The kinds of SOP that an id was known as."""
    found: dict[str, set[str]] = {}
    for line in book.known:
        folder, _, key = line.partition("/")
        if folder in FOLDERS and "#" not in key:
            found.setdefault(key, set()).add(folder)
    return found


def gone_clauses(book: Handbook, key: str) -> dict[str, Gone]:
    """The clauses that an SOP has no more, by the ids that they had."""
    return _gone_clauses(book).get(key, {})


@lru_cache(maxsize=1)
def _gone_clauses(book: Handbook) -> dict[str, dict[str, Gone]]:
    found: dict[str, dict[str, Gone]] = {}
    for line, gone in book.gone.items():
        home, _, inner = line.partition("/")[2].partition("#")
        if inner:
            found.setdefault(former(book).keys.get(home, home), {})[inner] = gone
    return found
