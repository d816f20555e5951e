"""What a clause is: a duty, a rule, a step, a case; and where one stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, NamedTuple

from pydantic import Field

from .clocks import After, Before, Between, By, Cycle, Measure, Measures, Since, Span, Within
from .facts import CLOCKS, Fact
from .fields import Formers, Model, Said, Slug, Slugs, Sources, Text, Texts, none
from .joined import joined

BLANK = "＿"  # to be filled in


def sent(line: str) -> bool:
    """Whether words are sent and not said: nobody says several lines, or a blank."""
    return "\n" in line or BLANK in line


class Otherwise(Model):
    """What to do if it can't be done."""

    do: Text = Field(description="做不到時怎麼辦")
    to: Slug | None = Field(None, description="往上報給誰：崗位或部門的代號；還沒決定寫 open")


class Clause(Model):
    """The smallest piece that can be cited, asked about, ticked off or changed."""

    nests: ClassVar[tuple[str, ...]] = ()  # the fields that hold smaller clauses

    id: Slug = Field(description="代號：在這份 SOP 裡只出現一次；改了，舊的寫在 formerly")
    do: Text | None = Field(None, description="要做的一個動作，看得見做了沒有")
    say: Said = Field(default_factory=none, description="照著說的話，一字不改；寫成好幾行（say: |）就是可以複製的訊息")
    never: Texts = Field(default_factory=none, description="絕對不可以做的事")
    when: Text | None = Field(None, description="什麼情況下才適用")
    who: Slugs = Field(
        default_factory=none, description="誰做：崗位或 people 的代號，還沒決定寫 open；不寫就是上一層的人"
    )
    why: Text | None = Field(None, description="為什麼要這樣做")
    form: Slugs = Field(default_factory=none, description="填哪張表：forms.yml 裡的代號")
    range: Measure | None = Field(
        None, description="when 到多少才算，接在 when 後面，例如 over 20 minutes、3 to 6 days"
    )
    within: Within | None = Field(
        None, description="期限：從 event 起多久以內，例如 2 days、3 working days、same day、at once"
    )
    by: By | None = Field(None, description="期限：到幾點、哪一天為止，例如 03:00、18:00 the day before")
    before: Before | None = Field(None, description="期限：在 event 之前多久，例如 20 minutes")
    after: After | None = Field(None, description="event 之後滿多久才做，例如 3 months；或幾點起才做，例如 15:00")
    between: Between | None = Field(None, description="幾點到幾點，例如 22:00 and 06:00")
    every: Cycle | None = Field(None, description="週期：例如 2 weeks、day、Monday at 09:00、month end、3 times a day")
    keep: Span | None = Field(None, description="從 event 起保留多久，例如 48 hours")
    event: Text | None = Field(None, description="期限從哪件事起算；從另一條到期起算，寫 $(#代號.end)")
    limit: Measures = Field(
        default_factory=none,
        description="量得出的限度，例如 at most 2 mm、70 %、2 to 8 °C；單位不同的可以並列：[10 %, at most 500 m]",
    )
    measures: Slug | None = Field(
        None, description="量的是哪件事，自己取的代號：寫同一個的，期限與限度要一樣；是兩回事就寫不同的"
    )
    otherwise: Otherwise | None = Field(None, description="做不到時怎麼辦、往上報給誰")
    note: Text | None = Field(None, description="補充說明")
    pause: Text | None = Field(None, description="查核表的停頓點：做完這一條先停下來，對一遍這句話")
    open: Slugs = Field(
        default_factory=none, description="還等哪些待定事項：代號，寫在本檔或 organization.yml 的 open_points"
    )
    source: Sources = Field(description="依據：來源條文的代號；自己加的寫 own")
    aliases: Texts = Field(default_factory=none, description="別人會用來找這一條的說法")
    formerly: Formers = Field(
        default_factory=none, description="舊的代號，最近的寫在最前面；從別份 SOP 搬來的寫 SOP#代號"
    )
    allow: dict[str, Text] = Field(default_factory=dict, description="破例：規則代碼 → 理由")

    @property
    def headline(self) -> str:
        """The clause in one line, for lists and links: its act, else its words, else what it forbids."""
        if self.do or not (self.say or self.never):
            return self.do or self.condition or self.id
        if self.say:
            return f"說「{self.say[0]}」" if self.spoken else f"傳「{self.say[0].split()[0]}…」"
        return f"絕對不要{self.never[0]}"

    @cached_property
    def facts(self) -> list[Fact]:
        """What the clause measures: its clock, if it has one, and its limits."""
        return [*self._clock(), *(Fact("limit", limit) for limit in self.limit)]

    def _clock(self) -> Iterator[Fact]:
        for kind in CLOCKS:
            if (value := getattr(self, kind)) is not None:
                if isinstance(value, Since):
                    yield Fact(kind, value.amount, value.named.name, value.named)
                else:
                    yield Fact(kind, value, self.event or "")
                return

    @property
    def fact(self) -> Fact | None:
        """The first of what it measures, which others cite and are asked for; if it measures anything."""
        return self.facts[0] if self.facts else None

    @property
    def spoken(self) -> list[str]:
        """The words that are said aloud."""
        return [line for line in self.say if not sent(line)] if self.say else self.say

    @property
    def messages(self) -> list[str]:
        """The words that are sent, to be copied as they stand."""
        return [line for line in self.say if sent(line)] if self.say else self.say

    @property
    def condition(self) -> str:
        """When it counts, with the amount from which it does: 「客人等超過 20 分鐘」; empty where it always does."""
        return joined(self.when or "", self.range.condition) if self.range else self.when or ""


class Item(Clause):
    """A duty of a role or a rule of a standard."""

    group: Text | None = Field(None, description="小標題：同一組的條文排在一起")


class Case(Clause):
    """One way a branch can go."""

    nests: ClassVar[tuple[str, ...]] = ("steps",)

    label: Text = Field(description="這種情況的短名，例如 重大投訴")
    when: Text = Field(description="怎麼認出是這種情況")
    steps: list[Clause] = Field(default_factory=none, description="這種情況下的步驟")


class Step(Clause):
    """A step of a procedure; it may hold smaller steps, or branch into cases."""

    nests: ClassVar[tuple[str, ...]] = ("steps", "choose")

    do: Text = Field(description="要做的一個動作，看得見做了沒有")
    stage: Text = Field(description="屬於口訣的哪一個字")
    steps: list[Clause] = Field(default_factory=none, description="這一步裡的小步驟")
    choose: list[Case] = Field(default_factory=none, description="看情況分頭做：每一種情況一項")


class Placed(NamedTuple):
    """A clause where it stands: its trail in the file, the clauses around it (outermost first), and who acts on it:
    its own, else the nearest around it, else the SOP's."""

    clause: Clause
    trail: tuple[str | int, ...]
    parents: tuple[Clause, ...]
    who: list[str]

    @property
    def case(self) -> str:
        """The label of the case that it is or stands in, if there is one."""
        for around in (self.clause, *reversed(self.parents)):
            if isinstance(around, Case):
                return around.label
        return ""


def place(
    clause: Clause, trail: tuple[str | int, ...], parents: tuple[Clause, ...], around: list[str], found: list[Placed]
) -> None:
    who = clause.who or around
    found.append(Placed(clause, trail, parents, who))
    for key in clause.nests:
        for number, inner in enumerate(getattr(clause, key)):
            place(inner, (*trail, key, number), (*parents, clause), who, found)
