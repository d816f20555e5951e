"""What an SOP is: a role, a standard or a procedure. Each field's description is what authors read."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import Field, PrivateAttr

from .clauses import Item, Placed, Step, place
from .clocks import Span
from .fields import ClauseRef, Day, File, Flag, Minutes, Model, Slug, Slugs, Sources, Text, Texts, Version, Whole, none

Drill = Literal["read-do", "do-confirm"]


class Change(Model):
    """One version of an SOP."""

    version: Version = Field(description="版本，例如 1.0.0")
    effective: Day = Field(description="生效日，例如 2026-12-01")
    change: Text = Field(description="這一版改了什麼")
    editorial: Flag = Field(False, description="只改文字、不改要求時寫 true")
    changed: Slugs = Field(default_factory=none, description="這一版加上、改了或拿掉的條文：代號，訂閱的人看得到")


class OpenPoint(Model):
    """What the site's manager must settle."""

    question: Text = Field(description="要主管決定的問題")
    meanwhile: Text = Field(description="決定之前先怎麼做")
    source: Sources = Field(description="問題出在來源的哪一條")
    facts_hold: Flag = Field(
        False, description="問的是別的（例如由誰做），期限與限度照樣算數時寫 true；不寫，它們就標成待定，也不考"
    )


class Sop(File):
    """A standard operating procedure: a role, a standard or a procedure."""

    folder: ClassVar[str]
    called: ClassVar[str]  # what its kind is called
    items: ClassVar[str]

    title: Text = Field(description="標題")
    summary: Text = Field(description="一句話說完這份 SOP")
    owner: Slug = Field(description="誰負責維護：崗位的代號")
    audience: Slugs = Field(description="誰要讀：崗位的代號", min_length=1)
    review_every: Span = Field(description="多久檢討一次，例如 12 months")
    renew: Span | None = Field(None, description="簽閱與通過多久以後要再來一次，例如 12 months；不寫就不會到期")
    history: list[Change] = Field(description="版本，最新的寫在最前面", min_length=1)
    icon: Slug = Field("file", description="圖示的名字")
    aliases: Texts = Field(default_factory=none, description="別人會用來找這份 SOP 的說法")
    related: Slugs = Field(default_factory=none, description="相關的 SOP")
    open_points: dict[Slug, OpenPoint] = Field(default_factory=dict, description="待定事項：代號 → 問題與暫時的做法")
    formerly: Slugs = Field(default_factory=none, description="舊的代號（從前的檔名），最近的寫在最前面")
    allow: dict[str, Text] = Field(default_factory=dict, description="破例：規則代碼 → 理由")

    _id: str = PrivateAttr("")

    @cached_property
    def id(self) -> str:
        """The file's name without its ending."""
        return self._id

    @property
    def current(self) -> Change:
        return self.history[0]

    @property
    def next_review(self) -> dt.date:
        """The day by which it must be looked at again, counted from its effective date."""
        return self.review_every.after(self.current.effective)

    @property
    def renewal(self) -> str:
        """For how long a signature or a pass holds, for scripts (web/sign/renewal.js): `12m`, `400d`."""
        if not self.renew:
            return ""
        months = {"month": 1, "year": 12}.get(self.renew.unit, 0) * self.renew.number
        return f"{months:.0f}m" if months and months == int(months) else f"{self.renew.seconds / 86_400:.0f}d"

    @property
    def actors(self) -> list[str]:
        """Who acts where a clause does not say."""
        return list(self.audience)

    @cached_property
    def messages(self) -> bool:
        """Whether it has words to send."""
        return any(one.clause.messages for one in self.placed)

    @cached_property
    def placed(self) -> list[Placed]:
        """Every clause in reading order, cases and nested steps included."""
        found: list[Placed] = []
        for number, clause in enumerate(getattr(self, self.items)):
            place(clause, (self.items, number), (), self.actors, found)
        return found

    @cached_property
    def lent(self) -> tuple[object, ...]:
        """What any other SOP may cite of it: its names, its deadlines and limits, and what it was called before."""
        measured = (one.clause for one in self.placed if one.clause.fact or one.clause.range)
        facts = [(one.id, one.fact, one.range, one.do, one.open) for one in measured]
        hold = {key: point.facts_hold for key, point in self.open_points.items()}
        olds = [(one.clause.id, one.clause.formerly) for one in self.placed if one.clause.formerly]
        return self.id, self.folder, self.title, self.icon, self.formerly, facts, hold, olds


class Moment(Model):
    """A moment of a role's day and the clauses that count then."""

    at: Text = Field(description="一天裡的哪個時候")
    clauses: list[ClauseRef] = Field(description="這時候要做的條文：SOP#條文", min_length=1)


class Exam(Model):
    """How a role is examined on all that it must master."""

    questions: Whole = Field(20, description="考幾題", ge=1, le=100)
    pass_mark: Whole = Field(80, description="及格百分比", ge=1, le=100)
    feedback: Literal["at once", "at the end"] = Field(
        "at once", description="什麼時候說對錯：at once 答一題說一題；at the end 交卷以後才說，交卷以前可以回頭改"
    )
    minutes: Minutes | None = Field(None, description="限時幾分鐘（1 到 300），時間到就交卷；不寫就不限時")
    options: Literal["in order", "shuffled"] = Field(
        "in order", description="選項怎麼排：in order 與測驗一樣；shuffled 每一卷打散"
    )


class Role(Sop):
    """The duties of a post."""

    folder: ClassVar[str] = "roles"
    called: ClassVar[str] = "崗位"
    items: ClassVar[str] = "duties"

    kind: Literal["role"] = Field(description="role：崗位職責")
    reports_to: Slug = Field(description="向誰負責：崗位的代號")
    masters: Slugs = Field(description="必須熟練的 SOP", min_length=1)
    day: list[Moment] = Field(description="一天的工作，照時間排", min_length=1)
    duties: list[Item] = Field(description="職責", min_length=1)
    exam: Exam = Field(default_factory=Exam, description="崗位測驗：從必須熟練的 SOP 裡抽題")

    @property
    def actors(self) -> list[str]:
        return [self.id]

    @cached_property
    def lent(self) -> tuple[object, ...]:
        return (*super().lent, self.masters)


class Standard(Sop):
    """How we look, behave and speak."""

    folder: ClassVar[str] = "standards"
    called: ClassVar[str] = "標準"
    items: ClassVar[str] = "rules"

    kind: Literal["standard"] = Field(description="standard：儀容、言行、服務的標準")
    rules: list[Item] = Field(description="標準的條文", min_length=1)


class Procedure(Sop):
    """What to do when something happens."""

    folder: ClassVar[str] = "procedures"
    called: ClassVar[str] = "流程"
    items: ClassVar[str] = "steps"

    kind: Literal["procedure"] = Field(description="procedure：遇到一件事該怎麼做")
    moment: Text = Field(description="首頁上的短句，例如 電話響了")
    trigger: Text = Field(description="什麼事情發生就開始")
    actor: Slugs = Field(description="沒有另外寫明時，步驟由誰做：崗位或 people 的代號", min_length=1)
    mnemonic: dict[Text, Text] = Field(description="口訣：每一個字 → 它的意思", min_length=2)
    steps: list[Step] = Field(description="步驟，照順序", min_length=1)
    done: Text = Field(description="做到什麼程度算完成")
    drill: Drill | None = Field(
        None, description="查核表怎麼用：read-do 邊看邊做，do-confirm 做完再對；不寫就看要開口的有沒有三分之一"
    )
    call: Slug | None = Field(None, description="出了狀況打給誰：崗位或部門的代號；不寫就是 owner")

    @property
    def actors(self) -> list[str]:
        return list(self.actor)

    @property
    def drilled(self) -> Drill:
        """How its checklist is used: who is talking to somebody can't read from paper at the same time."""
        spoken = sum(bool(placed.clause.spoken) for placed in self.placed)
        return self.drill or ("do-confirm" if 3 * spoken >= len(self.placed) else "read-do")

    @cached_property
    def stages(self) -> list[tuple[str, str, list[tuple[int, Step]]]]:
        """Each letter of the mnemonic, its meaning, and its steps with their numbers."""
        steps: dict[str, list[tuple[int, Step]]] = {letter: [] for letter in self.mnemonic}
        for number, step in enumerate(self.steps, 1):
            steps.setdefault(step.stage, []).append((number, step))
        return [(letter, gloss, steps[letter]) for letter, gloss in self.mnemonic.items()]


KINDS: dict[str, type[Sop]] = {"role": Role, "standard": Standard, "procedure": Procedure}
FOLDERS = frozenset(kind.folder for kind in KINDS.values())
