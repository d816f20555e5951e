"""Rules on ids that were published once: what is gone is named in gone.yml, with a reason."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.former import former
from ..model.sops import FOLDERS
from ..problem import Problem, rule
from ..quiz.former import former_questions
from ..reading.known import KNOWN_IDS, ids
from .closest import Closest

SORTS = {"forms": "表單", "posts": "崗位", "quiz": "題目"}


@rule(
    "id-vanished",
    bad="# sop/procedures/fees.yml 改名成 payments.yml，沒有寫 formerly",
    good=(
        "# 改了名，寫在新的檔案，例如 sop/procedures/payments.yml：\n"
        "formerly: fees\n"
        "# 真的拿掉，寫在 sop/gone.yml：\n"
        "procedures/fees: {since: 2027-03-01, why: 改由管委會自己收}"
    ),
)
def id_vanished(book: Handbook) -> Iterator[Problem]:
    """發布過的代號不會無聲消失：改名的寫 formerly，拿掉的寫進 gone.yml，連結、成績與紙本才跟得上。"""
    if book.unreadable:  # what can't be read has not vanished
        return
    here = {*ids(book)}
    vanished = [line for line in book.known.keys() - here if not _accounted(book, line) and not _unread(book, line)]
    new = here - book.known.keys() if vanished else set()
    for line in vanished:
        yield Problem(KNOWN_IDS, book.known[line], 1, "id-vanished", _told(line, new))


def _accounted(book: Handbook, line: str) -> bool:
    """Whether somebody said what became of it, or will, when asked about the SOP that it stood in."""
    folder, _, key = line.partition("/")
    home, _, inner = key.partition("#")
    old = former(book)
    now = old.keys.get(home, home)
    if line in book.gone or f"{folder}/{now}#{inner}" in book.gone:
        return True
    if folder == "forms":
        return now in book.forms
    if folder == "posts":
        return now in book.organization.posts
    if not inner:
        return now in book.sops or any(f"{other}/{home}" in book.gone for other in FOLDERS)
    if folder == "quiz":
        return now not in book.quizzes or key.replace("#", "/") in former_questions(book)
    return now not in book.sops or inner in book.clauses[now] or key in old.clauses


def _unread(book: Handbook, line: str) -> bool:
    """Whether it may stand in what could not be read."""
    folder, _, key = line.partition("/")
    home = {"forms": "forms", "posts": "organization", "quiz": f"quiz/{key.partition('#')[0]}"}.get(folder)
    document = book.documents.get(home or key.partition("#")[0])
    return document is not None and (document.hides({"id"}) or bool(home and document.torn))


def _told(line: str, new: set[str]) -> str:
    folder, _, key = line.partition("/")
    sort = SORTS.get(folder, "條文" if "#" in key else "SOP")
    near = f"{line.partition('#')[0]}#" if "#" in line else f"{folder}/"
    like = [one for one in new if one.startswith(near) and ("#" in one) == ("#" in line)]
    guess = f"，是不是改成 {like[0].removeprefix(near)}？" if len(like) == 1 else "。"
    old = key.rpartition("#")[2]
    gone = "不問了" if folder == "quiz" else f"拿掉了，就在 sop/gone.yml 寫 {line}；從來沒有發布過"
    return f"{sort} {key} 不見了{guess}改了名，就在新的那裡寫 formerly: {old}；{gone}，就刪掉這一行"


@rule(
    "gone-in-use",
    bad="# sop/gone.yml，而 sop/procedures/fees.yml 還在\nprocedures/fees: {since: 2027-03-01, why: 改由管委會自己收}",
    good="procedures/fees: {since: 2027-03-01, why: 改由管委會自己收}   # fees.yml 已經刪了",
)
def gone_in_use(book: Handbook) -> Iterator[Problem]:
    """gone.yml 只寫真的拿掉的：還在的不算，改了名的寫 formerly。"""
    for line in book.gone:
        folder, _, key = line.partition("/")
        home, _, inner = key.partition("#")
        now = former(book).keys.get(home, home)
        if inner:
            used = bool(book.clause(f"{now}#{inner}")) or key in former(book).clauses
        elif folder in SORTS:
            used = now in (book.forms if folder == "forms" else book.organization.posts)
        else:
            used = now in book.sops
        if used:
            yield book.problem("gone", (line,), "gone-in-use", f"{key} 還在，或已經寫在 formerly", key=True)


@rule("gone-see", bad="see: payment", good="see: payments   # 現在有的 SOP、表單或 SOP#條文")
def gone_see(book: Handbook) -> Iterator[Problem]:
    """gone.yml 的 see 要通到現在有的地方。"""
    for line, gone in book.gone.items():
        key, hash_, _ = (gone.see or "").partition("#")
        there = book.clause(gone.see or "") if hash_ else book.page(key)
        if gone.see and not there and key not in book.unreadable:
            yield book.problem("gone", (line, "see"), "gone-see", f"沒有 {gone.see}{Closest(book)(key, book.sops)}")
