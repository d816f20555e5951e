"""Rules on `formerly`: an old id leads to one place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.book import Handbook
from ..model.former import Claim, claims_of_clauses, claims_of_keys
from ..problem import Problem, rule
from ..quiz.former import claims_of_questions


def _claims(book: Handbook) -> Iterator[tuple[list[Claim], Callable[[str], str | None]]]:
    """The claims of each sort, and what has an id of that sort now, in words."""
    yield [*claims_of_keys(book)], lambda ref: taken(book, ref)
    yield [*claims_of_clauses(book)], lambda ref: "一條條文的代號" if book.clause(ref) else None
    yield [*claims_of_questions(book)], lambda ref: "一題的代號" if _asks(book, ref) else None


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
