"""How to write each field, for messages about it: an example of another field would be no help."""

from __future__ import annotations

from collections.abc import Sequence

_LINES = """
id: first-step
title: 來訪接待
kind: procedure
summary: 問清楚來意，登記，通知受訪的人。
owner: service-supervisor
audience: [service-desk]
review_every: 12 months
renew: 12 months
keep_runs: 90 days
history: [{version: 1.0.0, effective: 2026-12-01, change: 首版}]
version: 1.0.0
effective: 2026-12-01
published: 2026-12-01
since: 2027-03-01
holidays: [2027-01-01]
days: [mon, tue, wed, thu, fri]
change: 首版
editorial: true
changed: [major-reply]
moment: 電話響了
trigger: 電話響起
actor: service-desk
mnemonic: {聽: 聽他說完, 記: 逐項記下}
done: 住戶知道誰會處理、什麼時候回覆。
stage: 聽
label: 重大投訴
when: 住戶情緒激動
do: 請住戶坐下
say: 請您慢慢說，我記下來。
never: 與住戶爭辯
who: maintenance
to: service-supervisor
why: 記下來，住戶才知道有人在聽。
note: 沒有座位時，請到旁邊說。
form: complaint-log
within: 2 days
before: 20 minutes
after: 3 months
every: 2 weeks
event: 接到投訴
by: 18:00 the day before
between: 22:00 and 06:00
keep: 6 months
range: over 20 minutes
measures: fridge-temperature
limit: at most 2 mm
pause: 鑰匙的數目，住戶點過頭了嗎？
open: meter-units
source: own
aliases: [客訴, 抱怨]
otherwise: {do: 聯絡主管到場, to: service-supervisor}
allow: {vague-word: 規定的用語}
group: 儀容
reports_to: service-supervisor
masters: [complaints]
day: [{at: 上班, clauses: [complaints#listen]}]
at: 上班
name: 投訴記錄本
purpose: 記下誰投訴、什麼事、誰處理
fields: [日期, 姓名, 簽名]
filled_by: service-desk
kept_by: service-supervisor
many: true
department: true
term: 業主
means: 房子的所有人
word: 投訴
said: [客訴, complaint]
question: 單位是什麼？
meanwhile: 先不收超量費
reason: 與本案場無關
names: {company: 住邦物業}
units: {TWD: {counted: 元, sign: NT$}}
counted: 元
sign: NT$
moments: {closing: {name: 閉館, time: 22:00}}
time: [22:00 on weekdays, 21:00 on weekends and holidays]
works: [tue, sat]
work_week: {days: [mon, tue, wed, thu, fri]}
posts: {service-desk: {name: 前檯客服員}}
pass_mark: 80
exam: {questions: 20, feedback: at the end, minutes: 30, options: shuffled}
minutes: 30
about: complaints#listen
ask: 住戶拍著櫃檯罵人，你先做什麼？
text: 請他坐下，聽他把話說完
right: true
feedback: 把人推走，他會越級投訴。
left: 住戶情緒激動
then: 他坐下來，喝了口水。
scene: 住戶衝到櫃檯前，把收據拍在桌上。
"""
EXAMPLES = {line.partition(":")[0]: line for line in _LINES.strip().splitlines()}
EXAM = {"feedback": "exam: {feedback: at the end}", "options": "exam: {options: shuffled}"}  # a quiz has others


def example(place: Sequence[int | str]) -> str:
    """How to write the field that stands at a place; nothing where we have no example."""
    names = [part for part in place if isinstance(part, str)]
    name = names[-1] if names else ""
    return (EXAM.get(name) if names[:1] == ["exam"] else None) or EXAMPLES.get(name, "")
