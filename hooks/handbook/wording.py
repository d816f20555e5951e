"""Rules on words: right characters, acts instead of virtues, nothing too long to read at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .book import PLACEHOLDER, Handbook
from .model import Sop
from .problem import Problem, rule

# What automatic conversion from Simplified Chinese gets wrong → right. Where a character is right in other
# words (皇后、公里、核准、范先生), the pattern takes its neighbours along.
WRONG_CHARACTERS: dict[str, str] = {
    r"[范][圍围]|範围": "範圍",
    r"[模示規规]范": "範",
    r"(?<![皇太王母天影歌視封])后(?![妃宮羿土冠里豐])": "後",
    r"[什甚怎那這多]么": "麼",
    r"咨(?!文)|谘": "諮",
    r"打憂": "打擾",
    r"接侍|招侍": "待",
    r"并(?!州)": "並、併",
    r"(?<=[標水基])准|准(?=[確時備則])": "準",
    r"复|[答批函]復|回復(?=[對客住顧您])": "覆、復、複",
    r"里(?=面|頭|外)(?<![公鄰海]里)|(?<=[這那哪心夜手])里(?![長程民])": "裡",
    r"証": "證",
    r"[委拜]托|托(?=管|付)": "託",
    r"征(?=詢|求|兆|集|收)|[特象]征": "徵",
    r"(?<=[每上下本兩])周(?!年|邊|遭|到)": "週",
    r"[處由對關至在於是位便易屬]于": "於",
    r"涂(?=[抹改漆滿色])|不涂": "塗",
    r"采(?=取|用|訪|購|納)": "採",
    r"制(?=作|造)": "製",
    r"沖突": "衝突",
    r"干[凈淨燥]|餅干": "乾",
    r"[放輕]松|松動": "鬆",
    r"游戲|旅游": "遊",
    r"仃": "停",
    "[们业务为产从优会传关兴写击则刚创办动劳势区医单卖卫厂历压县参双发变听员响团园围国图场块坏坚处备头奖学"
    "宁实宾对导尔尽层属岁币师带帮广庆应库开异张归当录总戏户执扩扫扬护报择损换携摄敌数断无旧时显术机杀杂权"
    "条来极构标栏树样档检欢毕气汇汉汤没沟测济润涨渐满点炼热爱环现电画畅疗监盖盘码确离种积称稳穷竞笔签简类"
    "紧红约级纪纯纲纳纸线组细织终绍经结给络绝统继续绪维综绿缴网罗罚职联肃脑艺节获营蓝补装规视觉览触计订认"
    "讨让训议讯记讲许论设访评识诉词译试诗诚话询该详语误说请读课谁调谈谢负责败账货质购贸费资赔赖赚车转轮软轻"
    "载较输辆边达过运还这进远连迟适选递遗邮钟钥钱铃错键镇长门闭问间闻阅队阶阳际陆陈险随隐难预领频题颜额风飞"
    "饭饮馆验鱼鲜鸟龙号内]": "繁體字",
}
_WRONG = {re.compile(pattern): right for pattern, right in WRONG_CHARACTERS.items()}
_ANY_WRONG = re.compile("|".join(WRONG_CHARACTERS))

# Virtues that nobody can see done; the act that shows them can be seen.
VAGUE_WORDS = (
    "注意", "認真", "熱情", "耐心", "周到", "積極", "及時", "妥善", "適當", "細心", "用心", "盡力", "盡量", "儘量",
    "禮貌地", "有禮貌", "加強", "做好", "努力", "嚴格", "高度重視", "第一時間", "適時", "主動",
)  # fmt: skip

GLANCE = {
    "title": 16, "summary": 60, "moment": 8, "trigger": 60, "done": 60, "label": 8, "group": 12,
    "do": 40, "never": 40, "when": 50, "say": 70, "why": 90, "note": 90, "question": 90, "meanwhile": 90, "change": 60,
}  # fmt: skip

MEASURED = re.compile(
    r"(?:\d+|[二三四五六七八九十兩]+)\s*(?:天|日內|小時|分鐘|秒|個?工作天|週|個月|聲(?:內|以內|鈴|之)|毫米|公分|公釐|%|％)"
)

FACTLESS = {"do", "say", "never", "when", "note", "why", "summary", "trigger", "done", "meanwhile", "at", "means"}

TWO_ACTS = re.compile(r"；|。.|然後|接著再|之後再")

TYPOGRAPHY = (
    (re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]"), "中文裡用全形標點"),
    (re.compile(r"[“”‘’\"]"), "引號用「」"),
    (re.compile(r"\d[\u4e00-\u9fff]|[\u4e00-\u9fff]\d"), "數字與中文字之間空一格"),
)

# Search words are typed as people type them; reasons and the source's own name are not ours to word.
UNREAD = {"allow", "aliases", "also"}


BREAKABLE: list[str] = []  # the codes of the rules below: a clause may break them, with a reason


@dataclass(frozen=True)
class Words:
    """A text that people read, and where it stands."""

    book: Handbook
    key: str
    trail: tuple
    text: str

    @cached_property
    def field(self) -> str:
        """The key that the text stands under: list positions do not count."""
        return next((part for part in reversed(self.trail) if isinstance(part, str)), "")

    @property
    def in_sop(self) -> bool:
        return self.key in self.book.sops

    @property
    def is_act(self) -> bool:
        return self.field == "do" and self.in_sop

    def allows(self, code: str) -> bool:
        """Whether the clause (or the file) around the text gives a reason to break a rule."""
        value = self.book.documents[self.key].value
        around = [value]
        for part in self.trail:
            value = value[part]
            around.append(value)
        return any(isinstance(v, dict) and isinstance(v.get("allow"), dict) and code in v["allow"] for v in around)


@lru_cache(maxsize=1)
def _texts(book: Handbook) -> list[Words]:
    return [
        Words(book, key, trail, text)
        for key, document in book.documents.items()
        if key not in book.unreadable
        for trail, text in document.strings
        if UNREAD.isdisjoint(trail)
    ]


def _wording(code: str, bad: str, good: str) -> Callable[[Callable[[Words], Iterator[str]]], Callable]:
    """Register a rule on one text at a time: it yields what is wrong with it."""

    def register(find: Callable[[Words], Iterator[str]]) -> Callable:
        def check(book: Handbook) -> Iterator[Problem]:
            for words in _texts(book):
                for message in find(words):
                    if not words.allows(code):
                        yield book.problem(words.key, words.trail, code, message)

        check.__doc__ = find.__doc__
        BREAKABLE.append(code)
        rule(code, bad, good)(check)
        return find

    return register


@_wording("wrong-character", bad="do: 说明服務范圍", good="do: 說明服務範圍")
def wrong_character(words: Words) -> Iterator[str]:
    """用正確的繁體字；自動轉換留下的錯字不算。"""
    for pattern, right in _WRONG.items() if _ANY_WRONG.search(words.text) else ():
        if found := pattern.search(words.text):
            around = words.text[max(0, found.start() - 3) : found.end() + 3]
            yield f"「{around}」裡的「{found[0]}」要寫成「{right}」"


@_wording("vague-word", bad="do: 注意電話禮儀", good="do: 拿起話筒先報公司名稱")
def vague_word(words: Words) -> Iterator[str]:
    """要做的事寫看得見的動作，不寫美德；非寫不可時，用 allow 寫明理由。"""
    found = [word for word in VAGUE_WORDS if word in words.text] if words.is_act else []
    if found:
        yield f"「{'、'.join(found)}」看不出做了沒有，改寫成看得見的動作"


@_wording(
    "too-long",
    bad="do: 請住戶坐下之後把對方說的事情從頭到尾詳細記在記錄本上並且複述一次請對方確認沒有遺漏再往下進行",
    good="do: 把投訴逐項寫進$(complaint-log)",
)
def too_long(words: Words) -> Iterator[str]:
    """一眼要能讀完：每種文字都有長度上限（例如 do 40 字、say 70 字）。"""
    most = GLANCE.get(words.field) if words.in_sop or words.field in ("question", "meanwhile") else None
    length = len(words.book.plain(words.text, words.key)) if most else 0
    if most and length > most:
        yield f"{words.field} 有 {length} 字，最多 {most} 字；拆成兩步或寫短一點"


@_wording("one-action", bad="do: 請住戶坐下，然後記錄", good="- do: 請住戶坐下\n- do: 把投訴逐項寫進$(complaint-log)")
def one_action(words: Words) -> Iterator[str]:
    """一步只做一件事。"""
    found = TWO_ACTS.search(words.text) if words.is_act else None
    if found:
        yield f"「{found[0]}」把兩件事寫在一步裡，拆開"


@_wording("typed-fact", bad="do: 在 2 天內答覆住戶", good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴")
def typed_fact(words: Words) -> Iterator[str]:
    """期限與限度只寫一次：寫成 within、every、before、after、limit，別處用 $(SOP#條文) 引用。"""
    found = MEASURED.search(PLACEHOLDER.sub("", words.text)) if words.field in FACTLESS else None
    if found:
        yield f"「{found[0]}」是期限或限度，不要打在文字裡"


@_wording("typography", bad="do: 核對第3欄,請住戶簽名", good="do: 核對第 3 欄，請住戶簽名")
def typography(words: Words) -> Iterator[str]:
    """中文用全形標點、引號用「」、數字前後空一格。"""
    text = PLACEHOLDER.sub("某", words.text)
    for pattern, right in TYPOGRAPHY:
        if found := pattern.search(text):
            yield f"「{found[0]}」：{right}"


def overrides(sop: Sop) -> Iterator[tuple[tuple, dict[str, str]]]:
    """The file's and the clauses' `allow` maps with their trails."""
    yield ("allow",), sop.allow
    for placed in sop.placed():
        yield (*placed.trail, "allow"), placed.clause.allow
