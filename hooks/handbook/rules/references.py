"""Rules on references: whatever one file names in another must be there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

from ..kit import drawings
from ..model.book import PLACEHOLDER, Handbook
from ..model.model import OWN, REGISTERS, Procedure, Role, Sop
from ..model.quiz import CaseStudy
from ..problem import Problem, rule
from ..reading.load import ID_TAKEN
from ..reading.source import Text
from .former import former

AS_WRITTEN = {"names", "name", "also", "aliases"}  # fields that pages and search show as they stand


class Closest:
    """`；現在叫 x` where a word is an id of before, `；是不是 x？` where a known word is close, else nothing.

    Thousands of wrong words are no slips of a finger: a check compares so many pairs of characters and no more, or it
    would go on for minutes."""

    def __init__(self, book: Handbook) -> None:
        self.former = former(book)
        self.left = 3_000_000

    def __call__(self, word: str, known: Iterable[str]) -> str:
        if now := self.former.now(word):
            return f"；現在叫 {now}"
        words = list(known) if self.left > 0 else []
        self.left -= len(word[:99]) * sum(map(len, words))
        near = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
        return f"；是不是 {near[0]}？" if near else ""


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


@rule("unknown-post", bad="owner: servicedesk", good="owner: service-desk   # organization.yml 的 posts 裡有")
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


@rule("role-post", bad="sop/roles/doorman.yml，posts 裡沒有 doorman", good="posts:\n  doorman: {name: 門房}")
def role_post(book: Handbook) -> Iterator[Problem]:
    """崗位職責的檔名，就是它在 organization.yml 的崗位代號。"""
    for role in book.roles.values():
        if role.id not in book.organization.posts:
            yield book.problem(role.id, (), "role-post", f"posts 裡沒有 {role.id}")


@rule("unknown-form", bad="form: complaint-book", good="form: complaint-log   # forms.yml 裡有")
def unknown_form(book: Handbook) -> Iterator[Problem]:
    """步驟填的表單要先登記在 forms.yml。"""
    if "forms" in book.unreadable:
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
                if key not in book.sops and key not in book.unreadable:
                    message = f"沒有 {key} 這份 SOP{closest(key, book.sops)}"
                    yield book.problem(sop.id, (field, number), "unknown-sop", message)

    for number, key in enumerate(book.organization.first):
        if key not in book.procedures and key not in book.unreadable:
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
        if not book.clause(ref) and sop not in book.unreadable:
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


@rule("unknown-placeholder", bad="do: 呈報$(boss)", good="do: 呈報$(director)")
def unknown_placeholder(book: Handbook) -> Iterator[Problem]:
    """$(…) 裡要是組織裡的名稱、崗位、表單、SOP，或「SOP#條文」的期限與限度。"""
    closest = Closest(book)
    for key, text in _citing(book):
        here = key if key in book.sops else None
        for match in PLACEHOLDER.finditer(text.value):
            if not book.target(match[1], here) and not _waits(book, match[1], key):
                yield book.problem(key, text.trail, "unknown-placeholder", _explain(book, match[1], here, closest))
        if "$(" in PLACEHOLDER.sub("", text.value):
            yield book.problem(key, text.trail, "unknown-placeholder", "$( 沒有關起來")


@lru_cache(maxsize=1)
def _citing(book: Handbook) -> list[tuple[str, Text]]:
    """Every text with a placeholder, and the key of its file."""
    return [(key, text) for key, document in book.documents.items() for text in document.texts if "$(" in text.value]


def _waits(book: Handbook, ref: str, here: str) -> bool:
    """Whether the reference goes to a file that could not be read: its own problem says enough."""
    return (ref.partition("#")[0] or here) in book.unreadable or ("forms" in book.unreadable and "#" not in ref)


def _explain(book: Handbook, ref: str, here: str | None, closest: Closest) -> str:
    key, hash_, inner = ref.partition("#")
    if hash_ and book.clause(f"{key or here}#{inner}"):
        return f"$({ref}) 這一條沒有期限或限度可以引用"
    names = chain(book.organization.names, book.organization.posts, book.forms, book.sops)
    clauses = (f"{key}#{clause}" for clause in book.clauses.get(key or here or "", {}))
    return f"沒有 $({ref}) 這個代號{closest(ref, clauses if hash_ else names)}"


@rule("name-cites", bad="name: $(company)訪客登記表", good="name: 訪客登記表")
def name_cites(book: Handbook) -> Iterator[Problem]:
    """名稱與別名照原樣顯示，裡面不用 $(…)；SOP 的標題只引用名稱與崗位。"""
    names = {*book.organization.names, *book.organization.posts}
    for key, text in _citing(book):
        trail = text.trail
        title = trail == ("title",)
        if title or AS_WRITTEN.intersection(trail):
            citable = names if title and key not in REGISTERS else ()
            for match in PLACEHOLDER.finditer(text.value):
                if match[1] not in citable:
                    yield book.problem(key, trail, "name-cites", f"這裡不能引用 $({match[1]})，直接寫出來")


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
    for key in organization.posts:
        if key in seen:
            message = f"代號 {key} 已經是 {seen[key]}"
            yield book.problem("organization", ("posts", key), "id-taken-elsewhere", message, key=True)
        seen.setdefault(key, "organization.yml 的 posts")
    seen["index"] = "目錄頁"
    for key in book.forms:
        if key in seen:
            yield book.problem("forms", (key,), "id-taken-elsewhere", f"代號 {key} 已經是 {seen[key]}", key=True)
        seen.setdefault(key, "forms.yml 的表單")
    for sop in book.sops.values():
        if sop.id in seen and (sop.id == "index" or not isinstance(sop, Role)):
            yield book.problem(sop.id, (), "id-taken-elsewhere", f"代號 {sop.id} 已經是 {seen[sop.id]}")


@rule("quiz-sop", bad="quiz/complaint.yml", good="quiz/complaints.yml   # 與 sop/procedures/complaints.yml 同名")
def quiz_sop(book: Handbook) -> Iterator[Problem]:
    """測驗的檔名要與它考的 SOP 相同。"""
    closest = Closest(book)
    for key in book.quizzes:
        if key not in book.sops and key not in book.unreadable:
            yield book.problem(f"quiz/{key}", (), "quiz-sop", f"沒有 {key} 這份 SOP{closest(key, book.sops)}")
