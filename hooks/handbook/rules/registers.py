"""Rules on forms, on the source and on names: each is used, and is there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..model.amounts import UNITS
from ..model.book import Handbook
from ..model.fields import OWN
from ..problem import Problem, rule


@rule(
    "form-unused",
    bad="# forms.yml 有 visitor-slip，沒有步驟寫 form: visitor-slip",
    good="form: visitor-slip",
    anywhere="form",
)
def form_unused(book: Handbook) -> Iterator[Problem]:
    """登記的表單要有步驟填它。"""
    used = {form for _, placed in book.each() for form in placed.clause.form}
    misspelt = used - book.forms.keys()  # one that may be meant
    for key in book.forms if not book.unreadable and not misspelt else []:
        if key not in used:
            yield book.problem("forms", (key,), "form-unused", f"沒有步驟填 {key}", key=True)


@rule(
    "source-uncited",
    bad="# source.yml 有 I7，沒有條文引用它",
    good="source: I7\n# 或在 source.yml：\nleft_out:\n  - {clauses: [I7], reason: 與本案場無關}",
    anywhere="source left_out",
)
def source_uncited(book: Handbook) -> Iterator[Problem]:
    """來源的每一條都要有條文引用，或列在 left_out 並寫明理由；兩者只能選一個。"""
    if book.unreadable:
        return
    cited = {source for _, placed in book.each() for source in placed.clause.source}
    left = {source for entry in book.source.left_out for source in entry.clauses}
    misspelt = cited - {*book.source.clauses, OWN}
    for number, source in enumerate(book.source.clauses if not misspelt else ()):
        if source not in cited and source not in left:
            yield book.problem("source", ("clauses", number), "source-uncited", f"沒有條文引用 {source}")
    for n, entry in enumerate(book.source.left_out):
        for m, source in enumerate(entry.clauses):
            if source in cited:
                trail = ("left_out", n, "clauses", m)
                yield book.problem("source", trail, "source-uncited", f"{source} 已經有條文引用，不該列在這裡")


@rule("keep-runs-length", bad="keep_runs: 2 hours", good="keep_runs: 90 days", here="keep_runs")
def keep_runs_length(book: Handbook) -> Iterator[Problem]:
    """照流程辦的事，手機上至少留 1 天（跨夜的才辦得完），最多 2 年（裡面有人的名字，手機也放不下更多）。"""
    kept = book.organization.keep_runs
    if kept and not UNITS["day"].seconds <= kept.seconds <= 2 * UNITS["year"].seconds:
        message = f"留 {kept}：太{'短' if kept.seconds < UNITS['day'].seconds else '長'}，寫 1 天到 2 年"
        yield book.problem("organization", ("keep_runs",), "keep-runs-length", message)


@rule("term-twice", bad="a: {term: 業主, …}\nb: {term: 業主, …}", good="owner-term: {term: 業主, …}")
def term_twice(book: Handbook) -> Iterator[Problem]:
    """同一個名詞、表單或標題的名字只用一次。"""
    for register, names in (
        ("glossary", {key: term.term for key, term in book.glossary.items()}),
        ("forms", {key: form.name for key, form in book.forms.items()}),
    ):
        count = Counter(names.values())
        for key, name in names.items():
            if count[name] > 1:
                yield book.problem(register, (key,), "term-twice", f"「{name}」寫了 {count[name]} 次", key=True)
