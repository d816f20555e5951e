"""What the handbook is made of. Each field's description is what authors read in their editor and guide."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    Strict,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from .facts import Cycle, Duration, Fact, Measure, Span

OWN = "own"
Drill = Literal["read-do", "do-confirm"]

SLUG = r"^[a-z][a-z0-9-]{1,39}$"
VERSION = r"^[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}$"
SOURCE_ID = r"^(own|[A-Z][0-9a-z.]{0,7})$"
CLAUSE_REF = r"^[a-z][a-z0-9-]*#[a-z][a-z0-9-]*$"
ID = "[a-z][a-z0-9-]{1,39}"
FORMER = rf"^({ID}#)?{ID}$"
GOAL = rf"^{ID}(#{ID})?$"
GONE = rf"^((procedures|standards|roles)/{ID}(#{ID})?|(forms|posts)/{ID})$"
DAY = r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
PATTERNS = {
    SLUG: "代號用小寫英文字母開頭，接小寫字母、數字、連字號，2 到 40 個字元",
    VERSION: "版本是三個數字，例如 1.0.0",
    SOURCE_ID: "來源條文的代號像 I5、G3.4；自己加的寫 own",
    CLAUSE_REF: "寫成 SOP#條文，例如 complaints#listen",
    FORMER: "寫舊的代號，例如 listen；從別份 SOP 搬來的寫成 SOP#代號，例如 complaints#listen",
    GOAL: "寫 SOP、表單或 SOP#條文的代號，例如 complaints#listen",
    GONE: "照 known-ids.txt 的寫法，例如 procedures/fees、procedures/fees#pay、forms/fee-notice",
}


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _unfolded(text: str) -> str:
    text = " ".join(text.split())
    return FOLD.sub("", text) if " " in text else text


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(DAY, value):
        raise PydanticCustomError("date_form", "not a day of a year")
    return value


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("0|-?[1-9][0-9]{0,8}", value):
        raise PydanticCustomError("int_parsing", "not a whole number")
    return value


# YAML turns the end of a line into a blank, which Chinese does not want between its characters.
FOLD = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_unfolded)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]
SourceId = Annotated[str, StringConstraints(pattern=SOURCE_ID)]
ClauseRef = Annotated[str, StringConstraints(pattern=CLAUSE_REF)]
Former = Annotated[str, StringConstraints(pattern=FORMER)]
Goal = Annotated[str, StringConstraints(pattern=GOAL)]
GoneId = Annotated[str, StringConstraints(pattern=GONE)]
Day = Annotated[dt.date, BeforeValidator(_day)]  # pydantic alone takes 1764547200 for a date
Whole = Annotated[int, BeforeValidator(_whole)]  # pydantic alone takes 1_0 and 010 for ten
Flag = Annotated[bool, Strict(), BeforeValidator(_flag)]  # and `yes`, `on`, `t` for true

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

Texts = Annotated[list[Text], BeforeValidator(_listed)]
Slugs = Annotated[list[Slug], BeforeValidator(_listed)]
Formers = Annotated[list[Former], BeforeValidator(_listed)]
Sources = Annotated[list[SourceId], BeforeValidator(_listed), Field(min_length=1)]


class Model(BaseModel):
    """Base of everything read from YAML: no key is ignored, no field is changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ── clauses ─────────────────────────────────────────────────────────────────────────────────────


class Otherwise(Model):
    """What to do if it can't be done."""

    do: Text = Field(description="做不到時怎麼辦")
    to: Slug | None = Field(None, description="往上報給誰：崗位或部門的代號")


class Clause(Model):
    """The smallest piece that can be cited, asked about, ticked off or changed."""

    nests: ClassVar[tuple[str, ...]] = ()  # the fields that hold smaller clauses

    id: Slug = Field(description="代號：在這份 SOP 裡只出現一次；改了，舊的寫在 formerly")
    do: Text | None = Field(None, description="要做的一個動作，看得見做了沒有")
    say: Texts = Field(default_factory=list, description="照著說的話")
    never: Texts = Field(default_factory=list, description="絕對不可以做的事")
    when: Text | None = Field(None, description="什麼情況下才適用")
    who: Slugs = Field(default_factory=list, description="誰做；不寫就是上一層的人")
    why: Text | None = Field(None, description="為什麼要這樣做")
    form: Slugs = Field(default_factory=list, description="填哪張表：forms.yml 裡的代號")
    within: Duration | None = Field(None, description="期限：從 event 起多久以內，例如 2 days、same day、third ring")
    before: Span | None = Field(None, description="期限：在 event 之前多久，例如 20 minutes")
    after: Span | None = Field(None, description="期限：event 之後滿多久才做，例如 3 months")
    every: Cycle | None = Field(None, description="週期：例如 2 weeks、day、month end")
    event: Text | None = Field(None, description="期限從哪件事起算")
    limit: Measure | None = Field(None, description="量得出的限度，例如 at most 2 mm、70 %")
    otherwise: Otherwise | None = Field(None, description="做不到時怎麼辦、往上報給誰")
    note: Text | None = Field(None, description="補充說明")
    pause: Text | None = Field(None, description="查核表的停頓點：做完這一條先停下來，對一遍這句話")
    open: Slug | None = Field(None, description="待定事項的代號：寫在本檔或 organization.yml 的 open_points")
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    aliases: Texts = Field(default_factory=list, description="別人會用來找這一條的說法")
    formerly: Formers = Field(
        default_factory=list, description="舊的代號，最近的寫在最前面；從別份 SOP 搬來的寫 SOP#代號"
    )
    allow: dict[str, Text] = Field(default_factory=dict, description="破例：規則代碼 → 理由")

    @property
    def headline(self) -> str:
        """The clause in one line, for lists and links: its act, else its words, else what it forbids."""
        if self.do or not (self.say or self.never):
            return self.do or self.when or self.id
        return f"說「{self.say[0]}」" if self.say else f"絕對不要{self.never[0]}"

    @cached_property
    def fact(self) -> Fact | None:
        """The clause's one measured fact, if it has any."""
        for kind in ("within", "before", "after", "every"):
            if amount := getattr(self, kind):
                return Fact(kind, amount, self.event or "")
        return Fact("limit", self.limit.amount, bound=self.limit.bound) if self.limit else None


class Item(Clause):
    """A duty of a role or a rule of a standard."""

    group: Text | None = Field(None, description="小標題：同一組的條文排在一起")


class Case(Clause):
    """One way a branch can go."""

    nests: ClassVar[tuple[str, ...]] = ("steps",)

    label: Text = Field(description="這種情況的短名，例如 重大投訴")
    when: Text = Field(description="怎麼認出是這種情況")
    steps: list[Clause] = Field(default_factory=list, description="這種情況下的步驟")


class Step(Clause):
    """A step of a procedure; it may hold smaller steps, or branch into cases."""

    nests: ClassVar[tuple[str, ...]] = ("steps", "choose")

    do: Text = Field(description="要做的一個動作，看得見做了沒有")
    stage: Text = Field(description="屬於口訣的哪一個字")
    steps: list[Clause] = Field(default_factory=list, description="這一步裡的小步驟")
    choose: list[Case] = Field(default_factory=list, description="看情況分頭做：每一種情況一項")


# ── SOPs ────────────────────────────────────────────────────────────────────────────────────────


class Change(Model):
    """One version of an SOP."""

    version: Version = Field(description="版本，例如 1.0.0")
    effective: Day = Field(description="生效日，例如 2026-12-01")
    change: Text = Field(description="這一版改了什麼")
    editorial: Flag = Field(False, description="只改文字、不改要求時寫 true")


class OpenPoint(Model):
    """What the site's manager must settle."""

    question: Text = Field(description="要主管決定的問題")
    meanwhile: Text = Field(description="決定之前先怎麼做")
    source: Sources = Field(description="問題出在來源的哪一條")


class Placed(NamedTuple):
    """A clause where it stands: its trail in the file, the clauses around it (outermost first), and who acts on it:
    its own, else the nearest around it, else the SOP's."""

    clause: Clause
    trail: tuple[str | int, ...]
    parents: tuple[Clause, ...]
    who: list[str]

    @property
    def case(self) -> str:
        """The label of the case that it stands in, if it stands in one."""
        return next((around.label for around in reversed(self.parents) if isinstance(around, Case)), "")


class Sop(Model):
    """A standard operating procedure: a role, a standard or a procedure."""

    folder: ClassVar[str]
    items: ClassVar[str]

    title: Text = Field(description="標題")
    summary: Text = Field(description="一句話說完這份 SOP")
    owner: Slug = Field(description="誰負責維護：崗位的代號")
    audience: Slugs = Field(description="誰要讀：崗位的代號", min_length=1)
    review_every: Span = Field(description="多久檢討一次，例如 12 months")
    history: list[Change] = Field(description="版本，最新的寫在最前面", min_length=1)
    icon: Slug = Field("file", description="圖示的名字")
    aliases: Texts = Field(default_factory=list, description="別人會用來找這份 SOP 的說法")
    related: Slugs = Field(default_factory=list, description="相關的 SOP")
    open_points: dict[Slug, OpenPoint] = Field(default_factory=dict, description="待定事項：代號 → 問題與暫時的做法")
    formerly: Slugs = Field(default_factory=list, description="舊的代號（從前的檔名），最近的寫在最前面")
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
    def actors(self) -> list[str]:
        """Who acts where a clause does not say."""
        return list(self.audience)

    @cached_property
    def placed(self) -> list[Placed]:
        """Every clause in reading order, cases and nested steps included."""
        found: list[Placed] = []
        for number, clause in enumerate(getattr(self, self.items)):
            _place(clause, (self.items, number), (), self.actors, found)
        return found


def _place(
    clause: Clause, trail: tuple[str | int, ...], parents: tuple[Clause, ...], around: list[str], found: list[Placed]
) -> None:
    who = clause.who or around
    found.append(Placed(clause, trail, parents, who))
    for key in clause.nests:
        for number, inner in enumerate(getattr(clause, key)):
            _place(inner, (*trail, key, number), (*parents, clause), who, found)


class Moment(Model):
    """A moment of a role's day and the clauses that count then."""

    at: Text = Field(description="一天裡的哪個時候")
    clauses: list[ClauseRef] = Field(description="這時候要做的條文：SOP#條文", min_length=1)


class Exam(Model):
    """How a role is examined on all that it must master."""

    questions: Whole = Field(20, description="考幾題", ge=1, le=100)
    pass_mark: Whole = Field(80, description="及格百分比", ge=1, le=100)


class Role(Sop):
    """The duties of a post."""

    folder: ClassVar[str] = "roles"
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


class Standard(Sop):
    """How we look, behave and speak."""

    folder: ClassVar[str] = "standards"
    items: ClassVar[str] = "rules"

    kind: Literal["standard"] = Field(description="standard：儀容、言行、服務的標準")
    rules: list[Item] = Field(description="標準的條文", min_length=1)


class Procedure(Sop):
    """What to do when something happens."""

    folder: ClassVar[str] = "procedures"
    items: ClassVar[str] = "steps"

    kind: Literal["procedure"] = Field(description="procedure：遇到一件事該怎麼做")
    moment: Text = Field(description="首頁上的短句，例如 電話響了")
    trigger: Text = Field(description="什麼事情發生就開始")
    actor: Slugs = Field(description="沒有另外寫明時，步驟由誰做", min_length=1)
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
        spoken = sum(bool(placed.clause.say) for placed in self.placed)
        return self.drill or ("do-confirm" if 3 * spoken >= len(self.placed) else "read-do")

    @cached_property
    def stages(self) -> list[tuple[str, str, list[tuple[int, Step]]]]:
        """Each letter of the mnemonic, its meaning, and its steps with their numbers."""
        steps: dict[str, list[tuple[int, Step]]] = {letter: [] for letter in self.mnemonic}
        for number, step in enumerate(self.steps, 1):
            steps.setdefault(step.stage, []).append((number, step))
        return [(letter, gloss, steps[letter]) for letter, gloss in self.mnemonic.items()]


KINDS: dict[str, type[Sop]] = {"role": Role, "standard": Standard, "procedure": Procedure}


# ── registers ───────────────────────────────────────────────────────────────────────────────────


class Form(Model):
    """A paper or file that a step fills in."""

    name: Text = Field(description="表單名稱")
    purpose: Text = Field(description="這張表用來做什麼")
    fields: list[Text] = Field(description="要填的欄位", min_length=1)
    filled_by: Slugs = Field(description="誰填：崗位的代號", min_length=1)
    kept_by: Slug = Field(description="誰保管：崗位或部門的代號")
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    note: Text | None = Field(None, description="補充說明")
    aliases: Texts = Field(default_factory=list, description="別的叫法")
    many: Flag = Field(False, description="空白表單印成一張寫很多筆的登記簿時寫 true；不寫就是一張一筆")
    formerly: Slugs = Field(default_factory=list, description="舊的代號，最近的寫在最前面")


class Gone(Model):
    """What the handbook had once, and why it has it no more: whoever comes with an old link or sheet reads it."""

    since: Day = Field(description="從哪一天起沒有了，例如 2027-03-01")
    why: Text = Field(description="為什麼拿掉；拿著舊連結、舊紙本的人會看到")
    see: Goal | None = Field(None, description="改看哪裡：SOP、表單或 SOP#條文的代號")


class Term(Model):
    """A word of the trade."""

    term: Text = Field(description="名詞")
    means: Text = Field(description="意思")
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    aliases: Texts = Field(default_factory=list, description="別的叫法")


class Synonym(Model):
    """A word of the handbook, and what people say or type instead."""

    word: Text = Field(description="手冊裡的說法；崗位與地點寫 $(代號)")
    said: Texts = Field(description="別人會打的字：各地的說法、俗話、英文；簡體與拼音不必寫", min_length=1)


class Post(Model):
    """A post or a department that acts, owns, keeps or is told."""

    name: Text = Field(description="名稱")
    department: Flag = Field(False, description="是部門而不是崗位時寫 true")
    also: Texts = Field(default_factory=list, description="別的叫法；手冊裡一律用 name")
    formerly: Slugs = Field(
        default_factory=list, description="舊的代號，最近的寫在最前面；有崗位職責的，寫在那個檔案就好"
    )


class WorkingDays(Model):
    """The days on which one works: where they are written, days of a deadline are working days."""

    days: Annotated[list[Weekday], BeforeValidator(_listed)] = Field(
        description="星期幾上班：mon、tue、wed、thu、fri、sat、sun", min_length=1
    )
    holidays: Annotated[list[Day], BeforeValidator(_listed)] = Field(
        default_factory=list, description="放假日，例如 2027-01-01"
    )


class Organization(Model):
    """The names that differ from site to site."""

    title: Text = Field(description="手冊的名稱")
    names: dict[Slug, Text] = Field(description="公司、單位與地點的名字", min_length=1)
    posts: dict[Slug, Post] = Field(description="崗位與部門", min_length=1)
    working_days: WorkingDays | None = Field(None, description="寫了，期限的「天」就算工作天；不寫就算日曆天")
    first: Slugs = Field(default_factory=list, description="首頁上先列的流程，照這個順序")
    open_points: dict[Slug, OpenPoint] = Field(default_factory=dict, description="不屬於任何一份 SOP 的待定事項")


class LeftOut(Model):
    """Source clauses that the handbook leaves out on purpose."""

    clauses: list[Text] = Field(description="略過的條文", min_length=1)
    reason: Text = Field(description="為什麼略過")


class SourceText(Model):
    """The text that the facts come from, by the ids of its clauses."""

    title: Text = Field(description="來源的名稱")
    published: Day = Field(description="來源的日期")
    clauses: list[SourceId] = Field(description="全部條文的代號", min_length=1)
    left_out: list[LeftOut] = Field(default_factory=list, description="故意不採用的條文與理由")


REGISTERS: dict[str, Any] = {
    "organization": Organization,
    "source": SourceText,
    "forms": dict[Slug, Form],
    "glossary": dict[Slug, Term],
    "synonyms": list[Synonym],
    "gone": dict[GoneId, Gone],
}
OPTIONAL = {"gone"}  # registers that a handbook may do without
