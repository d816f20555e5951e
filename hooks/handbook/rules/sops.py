"""Rules on an SOP as a controlled document: its versions, its review, its readers."""

from __future__ import annotations

from collections.abc import Iterator

from ..day import today
from ..model.amounts import UNITS
from ..model.book import Handbook
from ..problem import Problem, rule


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
    here="history version effective",
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
    here="history effective review_every",
)
def review_overdue(book: Handbook) -> Iterator[Problem]:
    """過了檢討日的 SOP 會提醒，頁面上也會標明；不擋建置。"""
    for sop in book.sops.values():
        if sop.next_review < today():
            message = f"應在 {sop.next_review} 前檢討"
            yield book.problem(sop.id, ("review_every",), "review-overdue", message, warning=True)


LEAST = 30  # seconds that a question takes to be read and thought over


@rule(
    "exam-hurried",
    bad="exam: {questions: 20, minutes: 5}",
    good="exam: {questions: 20, minutes: 20}",
    here="exam questions minutes",
)
def exam_hurried(book: Handbook) -> Iterator[Problem]:
    """崗位測驗限時的話，每一題至少要有 30 秒。"""
    for role in book.roles.values():
        asked, minutes = role.exam.questions, role.exam.minutes
        if minutes and minutes * 60 < asked * LEAST:
            least = -(-asked * LEAST // 60)
            message = f"{asked} 題只有 {minutes} 分鐘，一題 {minutes * 60 // asked} 秒，題目都讀不完；至少 {least} 分鐘"
            yield book.problem(role.id, ("exam", "minutes"), "exam-hurried", message)


@rule("renew-short", bad="renew: 1 month", good="renew: 12 months", here="renew")
def renew_short(book: Handbook) -> Iterator[Problem]:
    """renew 要長過 1 個月，因為到期前 1 個月就開始提醒。"""
    for sop in book.sops.values():
        if sop.renew and sop.renew.seconds <= UNITS["month"].seconds:
            message = f"{sop.renew}就到期：一簽就在提醒，寫長一點"
            yield book.problem(sop.id, ("renew",), "renew-short", message)


@rule(
    "audience-left-out",
    bad="audience: [service-desk]\nactor: lobby-reception",
    good="audience: [service-desk, lobby-reception]\nactor: lobby-reception",
    here="audience who actor",
)
def audience_left_out(book: Handbook) -> Iterator[Problem]:
    """有職責檔的崗位，只要在流程裡動手或必須熟練它，就要列在讀者裡。"""
    for sop in book.sops.values():
        acting = {post for placed in sop.placed for post in placed.who}
        mastering = {role.id for role in book.roles.values() if sop.id in role.masters}
        for post in sorted((acting | mastering) & set(book.roles) - set(sop.audience)):
            message = f"{book.name(post)}（{post}）不在讀者裡"
            yield book.problem(sop.id, ("audience",), "audience-left-out", message)


@rule(
    "not-mastered", bad="# 流程的 audience 有 service-desk\nmasters: []", good="masters: [complaints]", here="masters"
)
def not_mastered(book: Handbook) -> Iterator[Problem]:
    """崗位是某份流程或標準的讀者，就要把它列在必須熟練的 SOP 裡。"""
    for role in book.roles.values():
        for sop in book.sops.values():
            if sop.folder != "roles" and role.id in sop.audience and sop.id not in role.masters:
                message = f"{book.title(sop)}（{sop.id}）的讀者有 {role.id}，masters 卻沒有它"
                yield book.problem(role.id, ("masters",), "not-mastered", message)
