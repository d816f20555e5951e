"""What was called otherwise before: old ids and what they are called now, so that no link, result or sheet is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from ..model.book import Handbook
from ..model.model import Sop
from ..problem import Problem, rule
from ..quiz.coverage import started
from ..quiz.exam import sources
from ..quiz.made import MADE, bank

FOLDERS = ("procedures", "standards", "roles")


class Claim(NamedTuple):
    """What once had an id, as its file says: the file's key and the place in it, the old id, and the one of now.

    Ids of clauses and questions are those of the SOP before, `sop#id`: of its name now, whatever the author wrote.
    """

    file: str
    trail: tuple[str | int, ...]
    old: str
    now: str

    def problem(self, book: Handbook, code: str, message: str) -> Problem:
        return book.problem(self.file, self.trail, code, message)


@dataclass(frozen=True)
class Former:
    """What old ids are called now, by sorts. A clause and a question have as many as their SOP and they had names."""

    keys: dict[str, str] = field(default_factory=dict)  # SOPs, forms, posts
    clauses: dict[str, str] = field(default_factory=dict)  # sop#clause
    questions: dict[str, str] = field(default_factory=dict)  # sop/question
    inside: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # SOP → clause → its old ids there
    moved: dict[str, dict[str, str]] = field(default_factory=dict)  # SOP → id of a clause once there → sop#clause

    def now(self, ref: str) -> str | None:
        """What an SOP, a form, a post or `sop#clause` is called now, if it was called so before."""
        return self.keys.get(ref) or self.clauses.get(ref)


@lru_cache(maxsize=1)
def former(book: Handbook) -> Former:
    """All old ids of a handbook."""
    found = Former(dict(_renamed(book)))
    for claim in _of_clauses(book):
        home, _, inner = claim.old.partition("#")
        sop, _, clause = claim.now.partition("#")
        if home == sop:
            found.inside.setdefault(sop, {}).setdefault(clause, []).append(inner)
        else:
            found.moved.setdefault(home, {})[inner] = claim.now
    found.clauses.update(_everywhere(book, found.keys, _of_clauses(book), book.clauses))
    if started(book):
        written = {key: [question.id for question in quiz.questions] for key, quiz in book.quizzes.items()}
        asked = _everywhere(book, found.keys, _of_questions(book), written)
        found.questions.update((old.replace("#", "/"), now.replace("#", "/")) for old, now in asked)
        found.questions.update(_made(book, found))
    return found


def _everywhere(
    book: Handbook, keys: dict[str, str], claims: Iterator[Claim], present: dict[str, list[str]] | dict[str, dict]
) -> Iterator[tuple[str, str]]:
    """Old → now of all that stands in SOPs: each was there under every name that its SOP had, and has."""
    for claim in claims:
        home, _, inner = claim.old.partition("#")
        yield from ((f"{name}#{inner}", claim.now) for name in (home, *(old for old in keys if keys[old] == home)))
    for old, now in keys.items():
        yield from ((f"{old}#{ident}", f"{now}#{ident}") for ident in present.get(now, ()))


def _made(book: Handbook, found: Former) -> Iterator[tuple[str, str]]:
    """Old → now of the questions that follow from clauses: their ids hold the clauses'."""
    olds: dict[str, list[str]] = {}
    for old, now in found.clauses.items():
        olds.setdefault(now, []).append(old)
    touched = {now.partition("#")[0] for now in found.clauses.values()}
    for key in sorted(touched & book.sops.keys()):
        names = [old for old, now in found.keys.items() if now == key]
        for question in bank(book)[key]:
            kind, made, clause = question.id.partition(MADE)
            if made:
                before = olds.get(f"{key}#{clause}", [f"{name}#{clause}" for name in names])
                for home, _, inner in (ref.partition("#") for ref in before):
                    yield f"{home}/{kind}{MADE}{inner}", f"{key}/{question.id}"


# ── what files say ──────────────────────────────────────────────────────────────────────────────


def _of_keys(book: Handbook) -> Iterator[Claim]:
    for sop in book.sops.values():
        yield from (Claim(sop.id, ("formerly", n), old, sop.id) for n, old in enumerate(sop.formerly))
    for key, form in book.forms.items():
        yield from (Claim("forms", (key, "formerly", n), old, key) for n, old in enumerate(form.formerly))
    for key, post in book.organization.posts.items():
        trail = ("posts", key, "formerly")
        yield from (Claim("organization", (*trail, n), old, key) for n, old in enumerate(post.formerly))


def _of_clauses(book: Handbook) -> Iterator[Claim]:
    for sop, placed in book.each():
        for n, old in enumerate(placed.clause.formerly):
            trail = (*placed.trail, "formerly", n)
            yield Claim(sop.id, trail, _full(book, sop.id, old), f"{sop.id}#{placed.clause.id}")


def _of_questions(book: Handbook) -> Iterator[Claim]:
    for key, quiz in book.quizzes.items():
        for number, question in enumerate(quiz.questions):
            for n, old in enumerate(question.formerly):
                trail = ("questions", number, "formerly", n)
                yield Claim(f"quiz/{key}", trail, _full(book, key, old), f"{key}#{question.id}")


def _full(book: Handbook, home: str, old: str) -> str:
    """An old id with its SOP as that is called now: `listen` → `complaints#listen`."""
    key, _, inner = old.rpartition("#")
    return f"{_renamed(book).get(key, key) or home}#{inner}"


@lru_cache(maxsize=1)
def _renamed(book: Handbook) -> dict[str, str]:
    return {claim.old: claim.now for claim in _of_keys(book)}


def _claims(book: Handbook) -> Iterator[tuple[list[Claim], Callable[[str], str | None]]]:
    """The claims of each sort, and what has an id of that sort now, in words."""
    yield [*_of_keys(book)], lambda ref: taken(book, ref)
    yield [*_of_clauses(book)], lambda ref: "一條條文的代號" if book.clause(ref) else None
    yield [*_of_questions(book)], lambda ref: "一題的代號" if _asks(book, ref) else None


def taken(book: Handbook, key: str) -> str | None:
    """Where an id that names, posts, forms and SOPs share is in use, in words."""
    if key in book.organization.names:
        return "organization.yml 的 names"
    if key in book.sops:
        return book.documents[key].path
    return "organization.yml 的 posts" if key in book.organization.posts else "一張表單" if key in book.forms else None


def _asks(book: Handbook, ref: str) -> bool:
    key, _, ident = ref.partition("#")
    return key in book.quizzes and any(question.id == ident for question in book.quizzes[key].questions)


@rule("formerly-in-use", bad="- {id: listen, formerly: listen}", good="- {id: hear-out, formerly: listen}")
def formerly_in_use(book: Handbook) -> Iterator[Problem]:
    """formerly 裡的舊代號，現在不可以還有人用：舊連結只能通到一個地方。"""
    for claims, used in _claims(book):
        for claim in claims:
            if has := used(claim.old):
                message = f"{claim.old.rpartition('#')[2]} 現在還有人用：{has}"
                yield claim.problem(book, "formerly-in-use", message)


@rule(
    "formerly-twice",
    bad="- {id: hear-out, formerly: listen}\n- {id: nod, formerly: listen}",
    good="- {id: hear-out, formerly: listen}\n- {id: nod}",
)
def formerly_twice(book: Handbook) -> Iterator[Problem]:
    """一個舊代號只歸一個新的：一條拆成兩條，寫在像舊的那一條。"""
    for claims, _ in _claims(book):
        seen: dict[str, Claim] = {}
        for claim in claims:
            first = seen.setdefault(claim.old, claim)
            if first is not claim:
                document = book.documents[first.file]
                message = f"{claim.old.rpartition('#')[2]} 在 {document.path} 第 {document.at(first.trail)[0]} 行寫過了"
                yield claim.problem(book, "formerly-twice", message)


# ── what scripts need to know ───────────────────────────────────────────────────────────────────


def told(book: Handbook, path: str) -> str:
    """`old=now` between blanks for all that a page keeps on the phone under ids (web/names.js): SOPs and roles,
    and the clauses or the questions in them."""
    old = former(book)
    if not old.keys and not old.clauses and not old.questions:
        return ""
    folder, _, key = path.partition("/")
    pages = {
        "deadlines": book.sops.keys(),
        "quiz": book.sops.keys() if key == "index" else {key},
        "exams": _asked(book, key),
    }
    about = pages.get(folder, {key} if folder in FOLDERS else set())
    elsewhere = {was: now for was, now in old.clauses.items() if was.split("#")[1] != now.split("#")[1]}
    parts = old.questions if folder in ("quiz", "exams") else elsewhere  # what is kept of an SOP has clauses' own ids
    found = [*old.keys.items(), *parts.items()]
    return " ".join(f"{was}={now}" for was, now in found if re.split("[#/]", now)[0] in about)


def _asked(book: Handbook, key: str) -> set[str]:
    return {key, *sources(book, book.roles[key])} if key in book.roles else set()


# ── where old addresses lead ────────────────────────────────────────────────────────────────────


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


GONE_TITLE = "這一份拿掉了"


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
