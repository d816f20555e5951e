"""What stands beside the SOPs, in one file each: the organisation, the source, forms, words, what is gone."""

from __future__ import annotations

from math import ceil
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .amounts import UNITS, Unit, refuse
from .clocks import Own, Span
from .days import TAKEN, Days, Named, opening
from .fields import (
    SIGN,
    UNIT,
    Day,
    File,
    Flag,
    Goal,
    GoneId,
    Model,
    Slug,
    Slugs,
    SourceId,
    Sources,
    Text,
    Texts,
    listed,
    none,
)
from .sops import OpenPoint

Weekdays = Annotated[
    list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]], BeforeValidator(listed), Field(min_length=1)
]
UnitName = Annotated[str, StringConstraints(pattern=UNIT)]


def _free(key: str) -> str:
    if key in TAKEN:
        raise refuse(key, "在期限的寫法裡已經有別的意思，換一個代號")
    return key


MomentName = Annotated[Slug, AfterValidator(_free)]
Opening = Annotated[
    tuple[int, Days],
    PlainValidator(opening),
    WithJsonSchema({"type": "string", "examples": ["22:00", "21:00 on weekends and holidays"]}),
]


Waiting: Any = Field(default_factory=none, description="還等哪些待定事項：organization.yml 的 open_points 裡的代號")


class Form(Model):
    """A paper or file that a step fills in."""

    name: Text = Field(description="表單名稱")
    purpose: Text = Field(description="這張表用來做什麼")
    fields: list[Text] = Field(description="要填的欄位", min_length=1)
    filled_by: Slugs = Field(description="誰填：崗位或 people 的代號；還沒決定寫 open", min_length=1)
    kept_by: Slug = Field(description="誰保管：崗位或部門的代號；還沒決定寫 open")
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    note: Text | None = Field(None, description="補充說明")
    aliases: Texts = Field(default_factory=none, description="別的叫法")
    open: Slugs = Waiting
    many: Flag = Field(False, description="空白表單印成一張寫很多筆的登記簿時寫 true；不寫就是一張一筆")
    formerly: Slugs = Field(default_factory=none, description="舊的代號，最近的寫在最前面")


class Gone(Model):
    """What the handbook had once, and why it has it no more: whoever comes with an old link or sheet reads it."""

    since: Day = Field(description="從哪一天起沒有了，例如 2027-03-01")
    why: Text = Field(description="為什麼拿掉；拿著舊連結、舊紙本的人會看到")
    see: Goal | None = Field(None, description="改看哪裡：SOP、表單或 SOP#條文的代號")


class Term(Model):
    """A word of the trade."""

    term: Text = Field(description="名詞")
    means: Text = Field(description="意思")
    open: Slugs = Waiting
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    aliases: Texts = Field(default_factory=none, description="別的叫法")


class Synonym(Model):
    """A word of the handbook, and what people say or type instead."""

    word: Text = Field(description="手冊裡的說法；崗位與地點寫 $(代號)")
    said: Texts = Field(description="別人會打的字：各地的說法、俗話、英文；簡體與拼音不必寫", min_length=1)


class WorkWeek(Model):
    """The days on which one works."""

    days: Weekdays = Field(description="星期幾上班：mon、tue、wed、thu、fri、sat、sun")
    holidays: Annotated[list[Day], BeforeValidator(listed)] = Field(
        default_factory=none, description="放假日，例如 2027-01-01"
    )


class OwnUnit(Model):
    """A unit that the organisation counts in, or its money."""

    counted: Text = Field("", description="數字後面的字，例如 杯、元；數字前面只有符號的不寫，例如 pH 6.5")
    sign: Annotated[str, StringConstraints(strip_whitespace=True, pattern=SIGN)] = Field(
        "", description="數字前面的符號，例如 NT$、pH：可以寫 NT$3,000、pH 6.5；沒有就不寫"
    )

    @model_validator(mode="after")
    def _said(self) -> Self:
        if not (self.counted or self.sign):
            raise PydanticCustomError("string_too_short", "neither a sign nor a word")
        return self


class Moment(Model):
    """A moment of the day that the organisation has a name for."""

    name: Text = Field(description="怎麼說，例如 閉館")
    time: Annotated[list[Opening], BeforeValidator(listed)] = Field(
        default_factory=none, description="幾點：22:00；日子不同的各寫一個，例如 22:00 on weekdays。不寫就不算時間"
    )


class Post(Model):
    """A post or a department that acts, owns, keeps or is told."""

    name: Text = Field(description="名稱")
    department: Flag = Field(False, description="是部門而不是崗位時寫 true")
    also: Texts = Field(default_factory=none, description="別的叫法；手冊裡一律用 name")
    works: Weekdays | None = Field(None, description="與整個單位不同時，這個崗位星期幾上班")
    open: Slugs = Waiting
    formerly: Slugs = Field(
        default_factory=none, description="舊的代號，最近的寫在最前面；有崗位職責的，寫在那個檔案就好"
    )


class Organization(File):
    """The names that differ from site to site."""

    title: Text = Field(description="手冊的名稱")
    names: dict[Slug, Text] = Field(description="公司、單位與地點的名字", min_length=1)
    posts: dict[Slug, Post] = Field(description="崗位與部門", min_length=1)
    people: dict[Slug, Text] = Field(
        default_factory=dict,
        description="不是崗位、誰碰上就是誰的人，例如 finder: 撿到的人；用在 actor、who、to、filled_by",
    )
    units: dict[UnitName, OwnUnit] = Field(
        default_factory=dict, description="自己的單位與錢：英文名 → 怎麼說，例如 TWD、cup"
    )
    moments: dict[MomentName, Moment] = Field(
        default_factory=dict, description="自己的時刻：代號 → 怎麼說、幾點，例如 closing: {name: 閉館}"
    )
    work_week: WorkWeek | None = Field(None, description="整個單位星期幾上班、哪些天放假：working day 照它算")
    working_days: WorkWeek | None = Field(None, description="從前的寫法：改名 work_week")
    first: Slugs = Field(default_factory=none, description="首頁上先列的流程，照這個順序")
    checklist_head: Text = Field("對象", description="流程的查核表開頭，除了日期與姓名還填什麼，例如 戶號、房號")
    keep_runs: Span | None = Field(None, description="照流程打勾辦的事，在手機上留多久，例如 90 days；不寫就是 30 天")
    looked_up: Texts = Field(default_factory=none, description="搜尋框裡舉的例子：大家最常查的詞")
    open_points: dict[Slug, OpenPoint] = Field(default_factory=dict, description="不屬於任何一份 SOP 的待定事項")
    quizzes: Literal["required", "optional"] = Field(
        "optional", description="每份 SOP 都要有測驗才能建置，寫 required；不寫，缺測驗的只提醒"
    )

    @property
    def days_kept(self) -> int:
        """For how many days a phone keeps what somebody did by a procedure, for scripts (web/steps/runs.js)."""
        return ceil(self.keep_runs.seconds / UNITS["day"].seconds) if self.keep_runs else 30

    @property
    def own(self) -> Own:
        """The words that facts are read with, beside ours."""
        units = {key: Unit(one.counted, sign=one.sign) for key, one in self.units.items()}
        return {"units": units, "moments": {key: Named(one.name, tuple(one.time)) for key, one in self.moments.items()}}


class LeftOut(Model):
    """Source clauses that the handbook leaves out on purpose."""

    clauses: list[Text] = Field(description="略過的條文", min_length=1)
    reason: Text = Field(description="為什麼略過")


class SourceText(Model):
    """The text that the facts come from, by the ids of its clauses."""

    title: Text = Field(description="來源的名稱")
    published: Day = Field(description="來源的日期")
    clauses: list[SourceId] = Field(description="全部條文的代號", min_length=1)
    left_out: list[LeftOut] = Field(default_factory=none, description="故意不採用的條文與理由")


REGISTERS: dict[str, Any] = {
    "organization": Organization,
    "source": SourceText,
    "forms": dict[Slug, Form],
    "glossary": dict[Slug, Term],
    "synonyms": list[Synonym],
    "gone": dict[GoneId, Gone],
}
OPTIONAL = {"gone"}  # registers that a handbook may do without
