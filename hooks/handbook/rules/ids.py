"""Rules on ids: none stands for two things."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.fields import OPEN
from ..model.questions import CaseStudy
from ..model.sops import Role
from ..problem import Problem, rule
from ..reading.load import ID_TAKEN


@rule(
    "role-post",
    bad="sop/roles/doorman.yml，posts 裡沒有 doorman",
    good="posts:\n  doorman: {name: 門房}",
    anywhere="posts",
)
def role_post(book: Handbook) -> Iterator[Problem]:
    """崗位職責的檔名，就是它在 organization.yml 的崗位代號。"""
    for role in book.roles.values():
        if role.id not in book.organization.posts:
            yield book.problem(role.id, (), "role-post", f"posts 裡沒有 {role.id}")


@rule(
    ID_TAKEN + "-inside",
    bad="- {id: listen, do: 聽住戶說完, source: own}\n- {id: listen, do: 逐項記下, source: own}",
    good="- {id: listen, do: 聽住戶說完, source: own}\n- {id: record, do: 逐項記下, source: own}",
)
def ids_unique(book: Handbook) -> Iterator[Problem]:
    """一份 SOP 裡，每條的代號只出現一次；一份測驗裡的題號、一題情境裡各幕的代號也是。"""
    for key, idents in _idents(book):
        seen: dict[str, tuple] = {}
        for ident, trail in idents:
            first = seen.setdefault(ident, trail)
            if first is not trail:
                line = book.documents[key].at((*first, "id"))[0]
                message = f"代號 {ident} 在第 {line} 行已經用過"
                yield book.problem(key, (*trail, "id"), "id-taken-inside", message)


def _idents(book: Handbook) -> Iterator[tuple[str, list[tuple[str, tuple]]]]:
    """The ids that must differ from each other, each with the trail of what has it: file by file, case by case."""
    for sop in book.sops.values():
        yield sop.id, [(placed.clause.id, placed.trail) for placed in sop.placed]
    for key, quiz in book.quizzes.items():
        yield f"quiz/{key}", [(question.id, ("questions", n)) for n, question in enumerate(quiz.questions)]
        for n, question in enumerate(quiz.questions):
            if isinstance(question, CaseStudy):
                trails = [(scene.id, ("questions", n, "scenes", m)) for m, scene in enumerate(question.scenes)]
                yield f"quiz/{key}", trails


@rule(
    "id-taken-elsewhere",
    bad="forms.yml 有 visitors，SOP 也有 visitors",
    good="forms.yml 有 visitor-slip，SOP 有 visitors",
)
def ids_across(book: Handbook) -> Iterator[Problem]:
    """名稱、崗位、表單與 SOP 的代號互不相同，$(…) 才不會有兩個意思；index 留給目錄頁。"""
    organization = book.organization
    seen = dict.fromkeys(organization.names, "organization.yml 的 names")
    seen[OPEN] = "「還沒決定」的寫法"
    for field, keys in (("posts", organization.posts), ("people", organization.people)):
        for key in keys:
            if key in seen:
                message = f"代號 {key} 已經是 {seen[key]}"
                yield book.problem("organization", (field, key), "id-taken-elsewhere", message, key=True)
            seen.setdefault(key, f"organization.yml 的 {field}")
    del seen[OPEN]
    seen["index"] = "目錄頁"
    for key in book.forms:
        if key in seen:
            yield book.problem("forms", (key,), "id-taken-elsewhere", f"代號 {key} 已經是 {seen[key]}", key=True)
        seen.setdefault(key, "forms.yml 的表單")
    for sop in book.sops.values():
        if sop.id in seen and (sop.id == "index" or not isinstance(sop, Role)):
            yield book.problem(sop.id, (), "id-taken-elsewhere", f"代號 {sop.id} 已經是 {seen[sop.id]}")
