"""Rules on deadlines and limits."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..problem import Problem, rule


@rule("many-facts", bad="within: 2 days\nlimit: 70 %", good="within: 2 days   # 另一個限度寫成另一條")
def many_facts(book: Handbook) -> Iterator[Problem]:
    """一條最多一個期限或限度。"""
    for sop, placed in book.each():
        facts = [key for key in ("within", "before", "after", "every", "limit") if getattr(placed.clause, key)]
        for extra in facts[1:]:
            message = f"已經有 {facts[0]}，{extra} 要寫成另一條"
            yield book.problem(sop.id, (*placed.trail, extra), "many-facts", message, key=True)


@rule(
    "deadline-event",
    bad="do: 答覆住戶\nwithin: 2 days",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
    beside="event",
)
def deadline_event(book: Handbook) -> Iterator[Problem]:
    """有期限就要寫明從哪件事起算（every 可以不寫）。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.kind in ("within", "before", "after") and not fact.event:
            message = f"{fact.short}從哪件事起算？寫在 event"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "deadline-event", message, key=True)


@rule(
    "deadline-clock",
    bad="do: 答覆住戶\nevent: 接到投訴",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
    beside="within before after every limit",
)
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
    anywhere="working_days",
)
def working_days_unknown(book: Handbook) -> Iterator[Problem]:
    """期限用工作天計，organization.yml 就要寫明星期幾上班、哪些天放假。"""
    for sop, placed in book.each() if not book.organization.working_days else ():
        fact = placed.clause.fact
        if fact and fact.amount.unit == "working day":
            message = f"{fact.short}：哪幾天上班？寫在 organization.yml 的 working_days"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "working-days-unknown", message, key=True)


@rule("unit-unsettled", bad="limit: at most 5 ?", good="limit: at most 5 ?\nopen: meter-units", beside="open")
def unit_unsettled(book: Handbook) -> Iterator[Problem]:
    """單位寫 ? 的限度，要用 open 交給主管決定。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.amount.unit == "?" and not placed.clause.open:
            yield book.problem(sop.id, (*placed.trail, "limit"), "unit-unsettled", "單位待定，卻沒有待定事項", key=True)
