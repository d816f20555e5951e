"""Rules on references: whatever one file names in another must be there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..kit import drawings
from ..model.book import Handbook
from ..model.fields import OWN
from ..model.sops import Procedure, Role, Sop
from ..problem import Problem, rule
from .closest import Closest


def _posts(sop: Sop) -> Iterator[tuple[tuple, str]]:
    yield ("owner",), sop.owner
    yield from ((("audience", n), post) for n, post in enumerate(sop.audience))
    if isinstance(sop, Role):
        yield ("reports_to",), sop.reports_to
    if isinstance(sop, Procedure):
        yield from ((("actor", n), post) for n, post in enumerate(sop.actor))
        if sop.call:
            yield ("call",), sop.call
    for placed in sop.placed:
        yield from (((*placed.trail, "who", n), post) for n, post in enumerate(placed.clause.who))
        if placed.clause.otherwise and placed.clause.otherwise.to:
            yield (*placed.trail, "otherwise", "to"), placed.clause.otherwise.to


@rule(
    "unknown-post",
    bad="owner: servicedesk",
    good="owner: service-desk   # organization.yml 的 posts 裡有",
    anywhere="posts",
)
def unknown_post(book: Handbook) -> Iterator[Problem]:
    """崗位與部門要先登記在 organization.yml 的 posts。"""
    closest = Closest(book)
    posts = book.organization.posts
    named = [(sop.id, trail, post) for sop in book.sops.values() for trail, post in _posts(sop)]
    for key, form in book.forms.items():
        named += [("forms", (key, "filled_by", n), post) for n, post in enumerate(form.filled_by)]
        named.append(("forms", (key, "kept_by"), form.kept_by))
    for key, trail, post in named:
        if post not in posts:
            yield book.problem(key, trail, "unknown-post", f"沒有 {post} 這個崗位{closest(post, posts)}")


@rule("unknown-form", bad="form: complaint-book", good="form: complaint-log   # forms.yml 裡有")
def unknown_form(book: Handbook) -> Iterator[Problem]:
    """步驟填的表單要先登記在 forms.yml。"""
    if book.forms_unread:
        return
    closest = Closest(book)
    for sop, placed in book.each():
        for number, form in enumerate(placed.clause.form):
            if form not in book.forms:
                trail = (*placed.trail, "form", number)
                message = f"沒有 {form} 這張表單{closest(form, book.forms)}"
                yield book.problem(sop.id, trail, "unknown-form", message)


@rule("unknown-sop", bad="related: [visitor]", good="related: [visitors]")
def unknown_sop(book: Handbook) -> Iterator[Problem]:
    """提到的 SOP 要真的有。"""
    closest = Closest(book)
    for sop in book.sops.values():
        lists = {"related": sop.related, "masters": sop.masters if isinstance(sop, Role) else []}
        for field, named in lists.items():
            for number, key in enumerate(named):
                if key not in book.sops and not book.waits(key):
                    message = f"沒有 {key} 這份 SOP{closest(key, book.sops)}"
                    yield book.problem(sop.id, (field, number), "unknown-sop", message)

    for number, key in enumerate(book.organization.first):
        if key not in book.procedures and not book.waits(key):
            message = f"沒有 {key} 這份流程{closest(key, book.procedures)}"
            yield book.problem("organization", ("first", number), "unknown-sop", message)


def _clause_refs(book: Handbook) -> Iterator[tuple[str, tuple, str]]:
    for role in book.roles.values():
        for n, moment in enumerate(role.day):
            yield from ((role.id, ("day", n, "clauses", m), ref) for m, ref in enumerate(moment.clauses))
    for key, quiz in book.quizzes.items():
        for n, question in enumerate(quiz.questions):
            yield from ((f"quiz/{key}", ("questions", n, *trail), ref) for trail, ref in question.cites())


@rule("unknown-clause", bad="about: [complaints#lisen]", good="about: [complaints#listen]")
def unknown_clause(book: Handbook) -> Iterator[Problem]:
    """提到的條文要真的有，寫成 SOP#條文。"""
    closest = Closest(book)
    for key, trail, ref in _clause_refs(book):
        sop = ref.partition("#")[0]
        if not book.clause(ref) and not book.waits(ref):
            known = (f"{sop}#{clause}" for clause in book.clauses.get(sop, {}))
            yield book.problem(key, trail, "unknown-clause", f"沒有 {ref} 這一條{closest(ref, known)}")


def _cited(book: Handbook) -> Iterator[tuple[str, tuple, list[str]]]:
    for sop, placed in book.each():
        yield sop.id, (*placed.trail, "source"), placed.clause.source
    for sop in book.sops.values():
        for key, point in sop.open_points.items():
            yield sop.id, ("open_points", key, "source"), point.source
    for key, point in book.organization.open_points.items():
        yield "organization", ("open_points", key, "source"), point.source
    for register, entries in (("forms", book.forms), ("glossary", book.glossary)):
        for key, entry in entries.items():
            yield register, (key, "source"), entry.source


@rule("unknown-source", bad="source: I9", good="source: I5   # source.yml 的 clauses 裡有；自己加的寫 own")
def unknown_source(book: Handbook) -> Iterator[Problem]:
    """依據要是 source.yml 列出的條文，或 own。"""
    if book.documents["source"].hides({"clauses"}):
        return
    known = {*book.source.clauses, OWN}
    for key, trail, sources in _cited(book):
        for number, source in enumerate(sources):
            if source not in known:
                yield book.problem(key, (*trail, number), "unknown-source", f"來源沒有 {source} 這一條")
    for n, left in enumerate(book.source.left_out):
        for m, source in enumerate(left.clauses):
            if source not in known:
                trail = ("left_out", n, "clauses", m)
                yield book.problem("source", trail, "unknown-source", f"來源沒有 {source} 這一條")


@rule(
    "unknown-open-point",
    bad="open: units",
    good=(
        "open: units\n"
        "# 檔案最後：\n"
        "open_points:\n"
        "  units: {question: 單位是什麼？, meanwhile: 先不收超量費, source: F6}"
    ),
    here="open open_points",
)
def unknown_open_point(book: Handbook) -> Iterator[Problem]:
    """條文提到的待定事項，要寫在本檔或 organization.yml 的 open_points；寫了就要有條文提到它。"""
    closest = Closest(book)
    for sop, placed in book.each():
        key = placed.clause.open
        if key and not book.open_point(sop, key):
            known = chain(sop.open_points, book.organization.open_points)
            message = f"沒有 {key} 這個待定事項{closest(key, known)}"
            yield book.problem(sop.id, (*placed.trail, "open"), "unknown-open-point", message)
    for sop in book.sops.values():
        used = {placed.clause.open for placed in sop.placed}
        for key in sop.open_points:
            if key not in used:
                message = f"沒有條文寫 open: {key}"
                yield book.problem(sop.id, ("open_points", key), "unknown-open-point", message, key=True)


@rule("unknown-icon", bad="icon: telephone", good="icon: phone-in   # 內建的圖示，或 overrides/icons/ 裡的")
def unknown_icon(book: Handbook) -> Iterator[Problem]:
    """圖示要是內建的，或是 overrides/icons/ 裡的檔案。"""
    closest = Closest(book)
    known = drawings(book.root)
    for sop in book.sops.values():
        if sop.icon not in known:
            message = f"沒有 {sop.icon} 這個圖示{closest(sop.icon, known)}"
            yield book.problem(sop.id, ("icon",), "unknown-icon", message)


@rule("quiz-sop", bad="quiz/complaint.yml", good="quiz/complaints.yml   # 與 sop/procedures/complaints.yml 同名")
def quiz_sop(book: Handbook) -> Iterator[Problem]:
    """測驗的檔名要與它考的 SOP 相同。"""
    closest = Closest(book)
    for key in book.quizzes:
        if key not in book.sops and not book.waits(key):
            yield book.problem(f"quiz/{key}", (), "quiz-sop", f"沒有 {key} 這份 SOP{closest(key, book.sops)}")
