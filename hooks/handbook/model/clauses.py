"""What a clause is: a duty, a rule, a step, a case; and where one stands."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, NamedTuple

from pydantic import Field

from .facts import Cycle, Duration, Fact, Measure, Span
from .fields import Formers, Model, Slug, Slugs, Sources, Text, Texts

FACTS = ("within", "before", "after", "every", "limit")  # the fields of which a clause has at most one


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


def place(
    clause: Clause, trail: tuple[str | int, ...], parents: tuple[Clause, ...], around: list[str], found: list[Placed]
) -> None:
    who = clause.who or around
    found.append(Placed(clause, trail, parents, who))
    for key in clause.nests:
        for number, inner in enumerate(getattr(clause, key)):
            place(inner, (*trail, key, number), (*parents, clause), who, found)
