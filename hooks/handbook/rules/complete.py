"""What makes an SOP complete: one rule, one function; its docstring is the rule as authors read it."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator

from ..model.book import Handbook
from ..model.model import OWN, Case, Step
from ..problem import RULES, Problem, rule
from .wording import BREAKABLE, broken_below, overrides


def check(book: Handbook) -> Iterator[Problem]:
    """Every problem that any rule finds in a handbook."""
    for known in RULES.values():
        if known.check:
            yield from known.check(book)


def today() -> dt.date:
    """The day of the build: SOURCE_DATE_EPOCH where it is set, so that builds can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch else dt.date.today()
    except (ValueError, OverflowError, OSError):
        raise SystemExit(f"SOURCE_DATE_EPOCH={epoch}：要是從 1970 年起的秒數") from None


# ── the controlled document ─────────────────────────────────────────────────────────────────────


@rule(
    "history-order",
    bad=(
        "history:\n"
        "  - {version: 1.0.0, effective: 2026-12-01, change: 首版}\n"
        "  - {version: 1.1.0, effective: 2027-01-01, change: 期限改了}"
    ),
    good=(
        "history:\n"
        "  - {version: 1.1.0, effective: 2027-01-01, change: 期限改了}\n"
        "  - {version: 1.0.0, effective: 2026-12-01, change: 首版}"
    ),
)
def history_order(book: Handbook) -> Iterator[Problem]:
    """版本由新到舊排列，版本號與生效日都不能倒退。"""
    for sop in book.sops.values():
        for number, (newer, older) in enumerate(zip(sop.history, sop.history[1:], strict=False)):
            later = [int(part) for part in newer.version.split(".")] > [int(part) for part in older.version.split(".")]
            if not later or newer.effective < older.effective:
                message = f"{newer.version}（{newer.effective}）不比 {older.version}（{older.effective}）新"
                yield book.problem(sop.id, ("history", number), "history-order", message)


@rule(
    "review-overdue",
    bad="effective: 2020-01-01\nreview_every: 12 months",
    good=(
        "history:   # 檢討之後，在最前面加一版\n"
        "  - {version: 1.0.1, effective: 2026-12-01, change: 例行檢討，內容不變, editorial: true}"
    ),
)
def review_overdue(book: Handbook) -> Iterator[Problem]:
    """過了檢討日的 SOP 會提醒，頁面上也會標明；不擋建置。"""
    for sop in book.sops.values():
        if sop.next_review < today():
            message = f"應在 {sop.next_review} 前檢討"
            yield book.problem(sop.id, ("review_every",), "review-overdue", message, warning=True)


@rule(
    "audience-left-out",
    bad="audience: [service-desk]\nactor: lobby-reception",
    good="audience: [service-desk, lobby-reception]\nactor: lobby-reception",
)
def audience_left_out(book: Handbook) -> Iterator[Problem]:
    """有職責檔的崗位，只要在流程裡動手或必須熟練它，就要列在讀者裡。"""
    for sop in book.sops.values():
        acting = {post for placed in sop.placed for post in placed.who}
        mastering = {role.id for role in book.roles.values() if sop.id in role.masters}
        for post in sorted((acting | mastering) & set(book.roles) - set(sop.audience)):
            message = f"{book.name(post)}（{post}）不在讀者裡"
            yield book.problem(sop.id, ("audience",), "audience-left-out", message)


@rule("not-mastered", bad="# 流程的 audience 有 service-desk\nmasters: []", good="masters: [complaints]")
def not_mastered(book: Handbook) -> Iterator[Problem]:
    """崗位是某份流程或標準的讀者，就要把它列在必須熟練的 SOP 裡。"""
    for role in book.roles.values():
        for sop in book.sops.values():
            if sop.folder != "roles" and role.id in sop.audience and sop.id not in role.masters:
                message = f"{book.title(sop)}（{sop.id}）的讀者有 {role.id}，masters 卻沒有它"
                yield book.problem(role.id, ("masters",), "not-mastered", message)


# ── clauses ─────────────────────────────────────────────────────────────────────────────────────


@rule("clause-empty", bad="- {id: greet, source: own}", good="- {id: greet, say: 您好, source: own}")
def clause_empty(book: Handbook) -> Iterator[Problem]:
    """每條至少要有該做的事（do）、該說的話（say）或絕不可做的事（never）。"""
    for sop, placed in book.each():
        clause = placed.clause
        if not isinstance(clause, Case) and not (clause.do or clause.say or clause.never):
            yield book.problem(sop.id, placed.trail, "clause-empty", f"{clause.id} 沒有 do、say 或 never")


@rule("many-facts", bad="within: 2 days\nlimit: 70 %", good="within: 2 days   # 另一個限度寫成另一條")
def many_facts(book: Handbook) -> Iterator[Problem]:
    """一條最多一個期限或限度。"""
    for sop, placed in book.each():
        facts = [key for key in ("within", "before", "after", "every", "limit") if getattr(placed.clause, key)]
        for extra in facts[1:]:
            message = f"已經有 {facts[0]}，{extra} 要寫成另一條"
            yield book.problem(sop.id, (*placed.trail, extra), "many-facts", message, key=True)


@rule("deadline-event", bad="do: 答覆住戶\nwithin: 2 days", good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴")
def deadline_event(book: Handbook) -> Iterator[Problem]:
    """有期限就要寫明從哪件事起算（every 可以不寫）。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.kind in ("within", "before", "after") and not fact.event:
            message = f"{fact.short}從哪件事起算？寫在 event"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "deadline-event", message, key=True)


@rule("deadline-clock", bad="do: 答覆住戶\nevent: 接到投訴", good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴")
def deadline_clock(book: Handbook) -> Iterator[Problem]:
    """寫了起算的事，就要寫期限；限度不需要起算的事。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if placed.clause.event and not (fact and fact.is_deadline):
            message = "有 event，卻沒有 within、before、after 或 every"
            yield book.problem(sop.id, (*placed.trail, "event"), "deadline-clock", message, key=True)


@rule(
    "deadline-act",
    bad="- {id: reply, within: 2 days, event: 接到投訴, source: own}",
    good="- {id: reply, do: 答覆住戶, within: 2 days, event: 接到投訴, source: own}",
)
def deadline_act(book: Handbook) -> Iterator[Problem]:
    """有期限或限度的條文要寫做什麼，期限表上才看得懂。"""
    for sop, placed in book.each():
        if placed.clause.fact and not placed.clause.do:
            message = f"{placed.clause.id} 有期限或限度（{placed.clause.fact.short}），卻沒有 do"
            yield book.problem(sop.id, placed.trail, "deadline-act", message)


@rule(
    "working-days-unknown",
    bad="within: 2 working days   # organization.yml 沒有 working_days",
    good="# organization.yml\nworking_days:\n  days: [mon, tue, wed, thu, fri]\n  holidays: [2027-01-01]",
)
def working_days_unknown(book: Handbook) -> Iterator[Problem]:
    """期限用工作天計，organization.yml 就要寫明星期幾上班、哪些天放假。"""
    for sop, placed in book.each() if not book.organization.working_days else ():
        fact = placed.clause.fact
        if fact and fact.amount.unit == "working day":
            message = f"{fact.short}：哪幾天上班？寫在 organization.yml 的 working_days"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "working-days-unknown", message, key=True)


@rule("unit-unsettled", bad="limit: at most 5 ?", good="limit: at most 5 ?\nopen: meter-units")
def unit_unsettled(book: Handbook) -> Iterator[Problem]:
    """單位寫 ? 的限度，要用 open 交給主管決定。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.amount.unit == "?" and not placed.clause.open:
            yield book.problem(sop.id, (*placed.trail, "limit"), "unit-unsettled", "單位待定，卻沒有待定事項", key=True)


@rule("own-mixed", bad="source: [own, I1]", good="source: I1")
def own_mixed(book: Handbook) -> Iterator[Problem]:
    """依據寫 own 就是自己加的；與來源條文不混在一條裡。"""
    for sop, placed in book.each():
        sources = placed.clause.source
        if OWN in sources and len(sources) > 1:
            yield book.problem(sop.id, (*placed.trail, "source"), "own-mixed", "own 與來源條文要分成兩條")


@rule("allow-unknown", bad="allow: {vague: 順口}", good="allow: {vague-word: 公司規定的用語}")
def allow_unknown(book: Handbook) -> Iterator[Problem]:
    """allow 只能破用字的規則，而且真的破了才寫。"""
    for sop in book.sops.values():
        for trail, allowed in overrides(sop):
            for code in allowed:
                if code not in BREAKABLE:
                    message = f"{code} 不能破例；可以的是 {'、'.join(BREAKABLE)}"
                    yield book.problem(sop.id, (*trail, code), "allow-unknown", message, key=True)
                elif not broken_below(book, sop.id, trail[:-1], code):
                    message = f"這裡沒有違反 {code}，拿掉這一項"
                    yield book.problem(sop.id, (*trail, code), "allow-unknown", message, key=True)


# ── procedures ──────────────────────────────────────────────────────────────────────────────────


@rule(
    "mnemonic-stages",
    bad="mnemonic: {聽: 聽完, 記: 記下}\nsteps:\n  - {id: note, stage: 記, do: 逐項記下, source: own}",
    good=(
        "mnemonic: {聽: 聽完, 記: 記下}\n"
        "steps:\n"
        "  - {id: listen, stage: 聽, do: 聽住戶說完, source: own}\n"
        "  - {id: note, stage: 記, do: 逐項記下, source: own}"
    ),
)
def mnemonic_stages(book: Handbook) -> Iterator[Problem]:
    """口訣的每個字就是一個階段：步驟照口訣的順序，每個字都用到。"""
    for sop in book.procedures.values():
        letters = list(sop.mnemonic)
        places = {letter: place for place, letter in enumerate(letters)}
        stages = {step.stage for step in sop.steps}
        for letter in letters:
            if len(letter) != 1:
                yield book.problem(sop.id, ("mnemonic", letter), "mnemonic-stages", f"「{letter}」不是一個字", key=True)
            elif letter not in stages:
                message = f"沒有步驟屬於「{letter}」"
                yield book.problem(sop.id, ("mnemonic", letter), "mnemonic-stages", message, key=True)
        furthest = 0
        for number, step in enumerate(sop.steps):
            trail = ("steps", number, "stage")
            if step.stage not in places:
                message = f"口訣「{''.join(letters)}」裡沒有「{step.stage}」"
                yield book.problem(sop.id, trail, "mnemonic-stages", message)
                continue
            if places[step.stage] < furthest:
                message = f"「{step.stage}」應排在「{letters[furthest]}」前面"
                yield book.problem(sop.id, trail, "mnemonic-stages", message)
            furthest = max(furthest, places[step.stage])


@rule(
    "branch-or-steps",
    bad="steps: […]\nchoose: […]",
    good=(
        "choose:\n"
        "  - {id: major, label: 重大, when: …, source: own, steps: […]}\n"
        "  - {id: minor, label: 輕微, when: …, source: own, steps: […]}"
    ),
)
def branch_or_steps(book: Handbook) -> Iterator[Problem]:
    """一步不是分成小步驟，就是看情況分頭做；分頭至少兩種情況，每種都有步驟或做法。"""
    for sop, placed in book.each():
        clause = placed.clause
        if isinstance(clause, Step) and clause.steps and clause.choose:
            message = "steps 與 choose 只能選一個"
            yield book.problem(sop.id, (*placed.trail, "choose"), "branch-or-steps", message, key=True)
        if isinstance(clause, Step) and len(clause.choose) == 1:
            message = "只有一種情況，不必分頭；寫成 when"
            yield book.problem(sop.id, (*placed.trail, "choose"), "branch-or-steps", message, key=True)
        if isinstance(clause, Case) and not (clause.steps or clause.do):
            message = f"{clause.label} 沒有 steps，也沒有 do"
            yield book.problem(sop.id, placed.trail, "branch-or-steps", message)


# ── registers ───────────────────────────────────────────────────────────────────────────────────


@rule("form-unused", bad="# forms.yml 有 visitor-slip，沒有步驟寫 form: visitor-slip", good="form: visitor-slip")
def form_unused(book: Handbook) -> Iterator[Problem]:
    """登記的表單要有步驟填它。"""
    used = {form for _, placed in book.each() for form in placed.clause.form}
    for key in book.forms if not book.unreadable & set(book.documents) else []:
        if key not in used:
            yield book.problem("forms", (key,), "form-unused", f"沒有步驟填 {key}", key=True)


@rule(
    "source-uncited",
    bad="# source.yml 有 I7，沒有條文引用它",
    good="source: I7\n# 或在 source.yml：\nleft_out:\n  - {clauses: [I7], reason: 與本案場無關}",
)
def source_uncited(book: Handbook) -> Iterator[Problem]:
    """來源的每一條都要有條文引用，或列在 left_out 並寫明理由；兩者只能選一個。"""
    if book.unreadable:
        return
    cited = {source for _, placed in book.each() for source in placed.clause.source}
    left = {source for entry in book.source.left_out for source in entry.clauses}
    for number, source in enumerate(book.source.clauses):
        if source not in cited and source not in left:
            yield book.problem("source", ("clauses", number), "source-uncited", f"沒有條文引用 {source}")
    for n, entry in enumerate(book.source.left_out):
        for m, source in enumerate(entry.clauses):
            if source in cited:
                trail = ("left_out", n, "clauses", m)
                yield book.problem("source", trail, "source-uncited", f"{source} 已經有條文引用，不該列在這裡")


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


def clause_count(book: Handbook) -> int:
    """How many clauses the handbook holds."""
    return sum(1 for _ in book.each())
