"""Rules on references: whatever one file names in another must be there."""

from __future__ import annotations

from collections.abc import Iterator

from ..kit import drawings
from ..model.book import Handbook
from ..model.fields import OPEN, OWN
from ..model.former import former
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


PEOPLE_IN = {"who", "actor", "to", "filled_by"}  # where whoever it is may act
OPEN_IN = {"who", "to", "filled_by", "kept_by"}  # where it may not be decided yet


@rule(
    "unknown-post",
    bad="owner: servicedesk",
    good="owner: service-desk   # organization.yml 的 posts 裡有",
    anywhere="posts",
)
def unknown_post(book: Handbook) -> Iterator[Problem]:
    """崗位與部門要先登記在 organization.yml 的 posts；不是崗位的人登記在 people。"""
    closest = Closest(book)
    posts, people = book.organization.posts, book.organization.people
    for key, trail, post in _named(book):
        if post in posts:
            continue
        field = next(part for part in reversed(trail) if isinstance(part, str))
        if not (post in people and field in PEOPLE_IN) and not (post == OPEN and field in OPEN_IN):
            message = f"沒有 {post} 這個崗位{closest(post, [*posts, *(people if field in PEOPLE_IN else ())])}"
            if post in people:
                message = f"{post} 是 people，不是崗位，不能寫在 {field}"
            yield book.problem(key, trail, "unknown-post", message)


def _named(book: Handbook) -> Iterator[tuple[str, tuple, str]]:
    """Whoever is named in a file, with the trail of it."""
    yield from ((sop.id, trail, post) for sop in book.sops.values() for trail, post in _posts(sop))
    for key, form in book.forms.items():
        yield from (("forms", (key, "filled_by", n), post) for n, post in enumerate(form.filled_by))
        yield "forms", (key, "kept_by"), form.kept_by


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
    for sop in book.sops.values():
        yield from ((sop.id, trail, f"{sop.id}#{key}") for trail, key in _changed(sop) if not _was(book, sop, key))


def _changed(sop: Sop) -> Iterator[tuple[tuple, str]]:
    """The clauses that an SOP's versions name."""
    for n, change in enumerate(sop.history):
        yield from ((("history", n, "changed", m), key) for m, key in enumerate(change.changed))


def _was(book: Handbook, sop: Sop, key: str) -> bool:
    """Whether an SOP once had such a clause: a version may name one that is gone."""
    lines = (f"{sop.folder}/{name}#{key}" for name in (sop.id, *sop.formerly))
    return f"{sop.id}#{key}" in former(book).clauses or any(line in book.known for line in lines)


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
