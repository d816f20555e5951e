"""Rules on deadlines and limits."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.book import Handbook
from ..model.days import HOLIDAYS
from ..model.facts import CLOCKS
from ..model.gathered import ending
from ..model.limits import Limit
from ..problem import Problem, rule


@rule(
    "many-facts",
    bad="within: 2 days\nafter: 1 day",
    good="- {id: start, do: 開始, after: 1 day, …}\n- {id: end, do: 做完, within: 2 days, …}",
)
def many_facts(book: Handbook) -> Iterator[Problem]:
    """一條最多一個期限或週期；限度可以寫在它旁邊，單位不同的限度可以並列。"""
    for sop, placed in book.each():
        clocks = [key for key in CLOCKS if getattr(placed.clause, key) is not None]
        for extra in clocks[1:]:
            message = f"已經有 {clocks[0]}，{extra} 要寫成另一條：各寫各的 do，例如一條開始、一條做完"
            yield book.problem(sop.id, (*placed.trail, extra), "many-facts", message, key=True)
        seen: dict[object, Limit] = {}
        for number, one in enumerate(placed.clause.limit):
            first = seen.setdefault("" if one.amount.timed else one.amount.unit, one)
            if first is not one:
                message = f"「{first}」與「{one}」單位相同：是一段範圍就寫成 2 to 8 °C，是兩回事就寫成另一條"
                yield book.problem(sop.id, (*placed.trail, "limit", number), "many-facts", message)


@rule(
    "deadline-event",
    bad="do: 答覆住戶\nwithin: 2 days",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
    beside="event",
)
def deadline_event(book: Handbook) -> Iterator[Problem]:
    """從一件事算起的期限，要寫明是哪件事：幾天、幾小時的，前一天、隔天、下週、下個月的。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.counted and not fact.event:
            message = f"{fact.short}從哪件事起算？寫在 event"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "deadline-event", message, key=True)


@rule(
    "deadline-clock",
    bad="do: 答覆住戶\nevent: 接到投訴",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
    beside="within by before after between every keep limit",
)
def deadline_clock(book: Handbook) -> Iterator[Problem]:
    """寫了起算的事，就要寫從它算起的期限；限度、每週一、每月 5 日不需要起算的事。"""
    for sop, placed in book.each():
        fact = placed.clause.fact
        if not placed.clause.event or (fact and fact.takes_event):
            continue
        message = f"有 event，卻沒有 {'、'.join(CLOCKS)} 其中一個"
        if fact and fact.is_deadline:
            message = f"{fact.short}照日曆走，不從哪件事算起：刪掉 event，或寫成例如 by: 12:00 next day"
        yield book.problem(sop.id, (*placed.trail, "event"), "deadline-clock", message, key=True)


@rule(
    "event-circle",
    bad='- {id: remind, do: 提醒, before: 7 days, event: "$(#remind.end)", …}',
    good='- {id: remind, do: 提醒, before: 7 days, event: "$(#store.end)", …}',
)
def event_circle(book: Handbook) -> Iterator[Problem]:
    """從另一條到期起算的期限，一條接一條，不能又回到自己。"""
    for sop in book.sops.values():
        facts = ((placed.clause.id, placed.clause.fact) for placed in sop.placed)
        starts = {key: at for key, fact in facts if fact and (at := ending(fact))}
        for one, at in starts.items():
            for _ in starts:
                at = starts.get(at, at)
                if at == one:
                    trail = (*book.clauses[sop.id][one].trail, "event")
                    yield book.problem(sop.id, trail, "event-circle", f"一條接一條，又回到 {one}", key=True)
                    break


@rule(
    "deadline-act",
    bad="- {id: reply, within: 2 days, event: 接到投訴, source: own}",
    good="- {id: reply, do: 答覆住戶, within: 2 days, event: 接到投訴, source: own}",
)
def deadline_act(book: Handbook) -> Iterator[Problem]:
    """有期限或限度的條文要寫做什麼，或絕不可做什麼，期限表上才看得懂。"""
    for sop, placed in book.each():
        if placed.clause.fact and not (placed.clause.do or placed.clause.never):
            message = f"{placed.clause.id} 有期限或限度（{placed.clause.fact.short}），卻沒有 do，也沒有 never"
            yield book.problem(sop.id, placed.trail, "deadline-act", message)


@rule(
    "working-days-unknown",
    bad="within: 2 working days   # organization.yml 沒有 work_week",
    good="# organization.yml\nwork_week:\n  days: [mon, tue, wed, thu, fri]\n  holidays: [2027-01-01]",
    anywhere="work_week",
)
def working_days_unknown(book: Handbook) -> Iterator[Problem]:
    """期限用工作天、放假日計，organization.yml 就要寫明星期幾上班、哪些天放假（工作天可以是這個崗位的）。"""
    posts = book.organization.posts
    for sop, placed in book.each() if not (book.organization.work_week or book.organization.working_days) else ():
        fact = placed.clause.fact
        own = any(posts[who].works for who in placed.who if who in posts)
        if fact and (HOLIDAYS in fact.on or (fact.works and not own)):
            what = "哪些天放假" if HOLIDAYS in fact.on else "哪幾天上班"
            message = f"{fact.short}：{what}？寫在 organization.yml 的 work_week"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "working-days-unknown", message, key=True)


@rule("unit-unsettled", bad="limit: at most 5 ?", good="limit: at most 5 ?\nopen: meter-units", beside="open")
def unit_unsettled(book: Handbook) -> Iterator[Problem]:
    """單位寫 ? 的限度，要用 open 交給主管決定。"""
    for sop, placed in book.each():
        if not (all(fact.settled for fact in placed.clause.facts) or placed.clause.open):
            yield book.problem(sop.id, (*placed.trail, "limit"), "unit-unsettled", "單位待定，卻沒有待定事項", key=True)


@rule(
    "working-days-moved",
    bad="working_days:\n  days: [mon, tue, wed, thu, fri]",
    good="work_week:\n  days: [mon, tue, wed, thu, fri]",
)
def working_days_moved(book: Handbook) -> Iterator[Problem]:
    """「天」（day）一律是日曆天，工作天寫 working day：organization.yml 的 working_days 改名 work_week。"""
    if not book.organization.working_days:
        return
    message = (
        "從前有它，day 就算工作天；現在一律算日曆天。下面的期限都看過（要工作天的寫 working days），再改名 work_week"
    )
    yield book.problem("organization", ("working_days",), "working-days-moved", message, key=True)
    for sop, placed in book.each():
        fact = placed.clause.fact
        if fact and fact.counted and fact.amount and fact.amount.unit == "day" and fact.amount.number:
            told = f"{fact.short}從前算工作天：要照舊，寫 {fact.amount.number:.10g} working days；照日曆就不改"
            yield book.problem(sop.id, (*placed.trail, fact.kind), "working-days-moved", told, key=True)
