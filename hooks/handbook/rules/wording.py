"""Rules on words: right characters, acts instead of virtues, nothing too long to read at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..model.book import PLACEHOLDER, Handbook
from ..model.model import Sop
from ..problem import Problem, rule
from ..reading.source import Text

BY_CHANCE = "与万体价虫优厂听坏宁异机极构气确离种网触适"  # simplified, though Taiwan's set has them too


def _simplified() -> str:
    """The characters that mainland China's standard set has and Taiwan's lacks, and those few."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    mainland = (bytes((row, cell)).decode("gb2312", "ignore") for row in rows for cell in cells)
    return BY_CHANCE + "".join(character for character in mainland if not character.encode("cp950", "ignore"))


# What automatic conversion from Simplified Chinese leaves, or makes too much of → the right character. Each of these
# is right in other words (皇后、公里、核准、范先生), so the pattern looks at what stands around it.
WRONG_CHARACTERS: dict[str, str] = {
    r"范(?=[圍围])|(?<=[模示規规典防])范": "範",
    r"(?<![皇太王天])后(?![妃宮羿土冠豐]|里[區鄉])|(?<=天)后(?![宮廟娘])": "後",
    r"(?<=[什甚怎那這多要])么": "麼",
    r"咨(?!文)": "諮",
    r"(?<=打)憂": "擾",
    r"(?<=[接招])侍": "待",
    r"并(?!州)": "並、併",
    r"(?<=[標水基])准|(?<![核批獲允])准(?=[確時備則])": "準",
    r"(?<=[核批])準": "准",
    r"复": "復、複、覆",
    r"(?<=[答批函])復|(?<=回)復(?=[客住顧您]|對方)": "覆",
    r"(?<![恢回])復(?=[印雜])": "複",
    r"(?<![公鄰海英村本])里(?=面(?![積臨])|頭|外)": "裡",
    r"(?<=[這那哪心夜手家屋房袋店櫃屜院廳箱盒車池間室嘴眼區])里(?![長程民鄰辦])": "裡",
    r"(?<=[公鄰英])裡|裡(?=程)": "里",
    r"証": "證",
    r"(?<=[委拜寄囑信])托|(?<=受)托(?![盤嬰兒育])|托(?=[管付])": "託",
    r"(?<=[特象應])征|征(?=[詢求兆集收得])": "徵",
    r"(?<=[每上下本兩])周(?![年歲邊遭到圍轉先小女太])|周(?=末)": "週",
    r"(?<=[處由對關至在於是位便易屬等低高用基終過限出善早])于(?!先生|小姐|女士|太太|主任|經理)|于(?=是)": "於",
    r"涂(?=[抹改漆滿色料])|(?<=不)涂": "塗",
    r"(?<![風神文])采(?=[取用訪購納集光])": "採",
    r"(?<![限管控編體機抑強節法])制(?=[作造])|(?<=[繪印錄])制(?!度)": "製",
    r"製(?=度|止)|(?<=[控限管])製": "制",
    r"沖(?=[突撞動擊])|(?<=緩)沖": "衝",
    r"干(?=[凈淨燥洗脆杯])|(?<=[烘晾擦吹餅曬])干(?![擾涉預])": "乾",
    r"干(?=部)|(?<=[能骨])干(?![擾涉預])": "幹",
    r"(?<=[放輕寬])松(?![樹香果柏木針子])|松(?=[動開手脫])": "鬆",
    r"(?<![上中下])游(?=[戲覽客園])|(?<=[旅導郊])游(?!泳)": "遊",
    r"(?<!伶)仃": "停",
    r"(?<=頭)發(?=[要整梳綁束紮洗吹盤披]|$)": "髮",
    r"(?<=[手腕])表(?![現示達演情態明揚決面格單])": "錶",
    r"(?<=聯)系(?!統)": "繫",
    r"(?<=關)系(?!統|列)": "係",
    r"(?<=[標雜])志": "誌",
    r"(?<=老)板(?!塊)": "闆",
    r"(?<=[計規策企])划|划(?=[分定撥])": "劃",
    r"(?<=建)筑": "築",
    r"(?<=[多其剩業])余(?![先小女太])": "餘",
    r"(?<=[防抵])御": "禦",
    r"(?<!拮)据": "據",
    r"麵(?=[對前向積談試])|(?<=[表方見當])麵": "面",
    r"(?<![一二三四五六七八九十兩幾這那每\d ])隻(?=[有要能是限])": "只",
}
_WRONG = {re.compile(pattern): f"「{right}」" for pattern, right in WRONG_CHARACTERS.items()}
_WRONG[re.compile(f"[{_simplified()}]")] = "繁體字"


def _suspects() -> dict[str, list[re.Pattern[str]]]:
    """Character → the patterns that may strike it, so that a text is held only against those it gives cause for."""
    found: dict[str, list[re.Pattern[str]]] = {}
    for pattern in _WRONG:
        struck = pattern.pattern
        while "(" in struck:  # what must only stand around gives no cause
            struck = re.sub(r"\([^()]*\)", "", struck)
        for character in set(struck) - set("[]|^"):
            found.setdefault(character, []).append(pattern)
    return found


_SUSPECTS = _suspects()
_SUSPECT = re.compile(f"[{''.join(_SUSPECTS)}]")

# Virtues that nobody can see done; the act that shows them can be seen.
VAGUE_WORDS = re.compile(
    "注意(?!事項)|認真|熱情|耐心|周到|積極|及時|妥善|適當|細心|用心|盡力|盡量|儘量|禮貌地|有禮貌|加強|做好(?!的)|努力"
    "|嚴格|高度重視|第一時間|適時|主動"
)

GLANCE = {
    "title": 16, "summary": 60, "moment": 8, "trigger": 60, "done": 60, "label": 8, "group": 12, "pause": 30,
    "do": 40, "never": 40, "when": 50, "say": 70, "why": 90, "note": 90, "question": 90, "meanwhile": 90, "change": 60,
}  # fmt: skip
GLANCE_QUIZ = {"ask": 60, "text": 30, "feedback": 60, "why": 90, "scene": 120, "then": 90, "left": 30, "right": 30}
WAY = 40  # what one does in a scene is told in more words than an option
LEAST = {**GLANCE, **{field: min(most, GLANCE.get(field, most)) for field, most in GLANCE_QUIZ.items()}}

_UNIT = "(?:天|日內|小時|分鐘|秒|個?工作天|週(?!年)|個月|聲(?:內|以內|鈴|之)|毫米|公分|公釐|公尺|%|％)"
MEASURED = re.compile(
    rf"(?:\d{{1,9}}|(?<![期週拜])[二三四五六七八九十兩]{{1,9}})\s*{_UNIT}"  # not `+`: a long row took hours
    r"|一(?:天|小時|分鐘|秒|個?工作天|週|個月|年)(?:以|之)?內|半(?:小時|個月)|百分之[一二三四五六七八九十百]+"
)

FACTLESS = ("do", "say", "never", "when", "note", "why", "summary", "trigger", "done", "meanwhile", "at", "means")
COUNTED = re.compile(r"[\d一二三四五六七八九十兩半百]")

TWO_ACTS = re.compile(r"；|。(?=[^」』）\s])|然後|接著再|之後再")

TYPOGRAPHY = (
    (re.compile(r"[\u4e00-\u9fff](?:[,;:!?()]|\.(?=\s|$))|[,;!?()][\u4e00-\u9fff]"), "中文裡用全形標點"),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), "數字與英文字母用半形"),
    (re.compile(r"[“”‘’\"]"), "引號用「」"),
    (re.compile(r"\d[\u4e00-\u9fff]|[\u4e00-\u9fff]\d"), "數字與中文字之間空一格"),
)

NOT_CHINESE = re.compile(r"[!-~“”‘’０-９Ａ-Ｚａ-ｚ]")

# Codes, references and amounts; and what is not ours to word: search words are typed as people type them.
UNWORDED = {
    "id", "kind", "icon", "version", "effective", "published", "editorial", "department", "review_every", "source",
    "owner", "audience", "actor", "who", "to", "masters", "reports_to", "related", "first", "form", "filled_by",
    "kept_by", "open", "drill", "call", "clauses", "about", "steps", "within", "before", "after", "every", "limit",
    "aliases", "also",
}  # fmt: skip


@dataclass(slots=True)
class Words:
    """A text that people read, where it stands, and how it reads with its placeholders filled in."""

    book: Handbook
    key: str
    at: Text
    field: str
    in_sop: bool
    plain: str

    @property
    def text(self) -> str:
        return self.at.value

    def allows(self, code: str) -> bool:
        """Whether the clause (or the file) around the text gives a reason to break a rule."""
        value = self.book.documents[self.key].value
        around = [value]
        for part in self.at.trail:
            value = value[part]
            around.append(value)
        return any(isinstance(v, dict) and isinstance(v.get("allow"), dict) and code in v["allow"] for v in around)


@lru_cache(maxsize=1)
def _texts(book: Handbook) -> dict[str, list[Words]]:
    """The texts of the handbook by the fields that they stand in."""
    found: dict[str, list[Words]] = {}
    for key in book.documents.keys() - book.unreadable:
        for words in _texts_of(book, key):
            found.setdefault(words.field, []).append(words)
    return found


def _texts_of(book: Handbook, key: str) -> Iterator[Words]:
    in_sop = key in book.sops
    for text in book.documents[key].texts:
        link, field, value = text
        if field not in UNWORDED and not (link and link[0] and link[0][1] == "allow"):
            plain = book.plain(" ".join(value.split()), key)  # a text may go over several lines in its file
            yield Words(book, key, text, field, in_sop, plain)


@dataclass(frozen=True)
class _TextRule:
    """A rule on one text at a time: `find` yields what is wrong with it.

    It looks at the texts of some fields only, where they are given, and at those in which the pattern finds a cause.
    """

    code: str
    fields: Collection[str]
    suspect: re.Pattern[str] | None
    find: Callable[[Words], Iterator[str]]

    def about(self, words: Words) -> Iterator[str]:
        """What is wrong with one text."""
        if (not self.fields or words.field in self.fields) and (not self.suspect or self.suspect.search(words.plain)):
            yield from self.find(words)

    def check(self, book: Handbook) -> Iterator[Problem]:
        """What is wrong with all texts, but for those that give a reason."""
        texts = _texts(book)
        suspicious = self.suspect.search if self.suspect else bool  # no text is empty
        for field in self.fields or texts:
            for words in texts.get(field, ()):
                for message in self.find(words) if suspicious(words.plain) else ():
                    if not words.allows(self.code):
                        yield book.problem(words.key, words.at.trail, self.code, message)


BREAKABLE: dict[str, _TextRule] = {}  # the rules below by their codes: a clause may break them, with a reason


def _wording(
    code: str, bad: str, good: str, fields: Collection[str] = (), suspect: re.Pattern[str] | None = None
) -> Callable[[Callable[[Words], Iterator[str]]], _TextRule]:
    """Register a rule on texts; the docstring of what finds is its sentence."""

    def register(find: Callable[[Words], Iterator[str]]) -> _TextRule:
        BREAKABLE[code] = made = _TextRule(code, fields, suspect, find)
        rule(code, bad, good, sentence=find.__doc__)(made.check)
        return made

    return register


@_wording("wrong-character", suspect=_SUSPECT, bad="do: 说明服務范圍", good="do: 說明服務範圍")
def wrong_character(words: Words) -> Iterator[str]:
    """用正確的繁體字；自動轉換留下的錯字不算。"""
    suspects = sorted(_SUSPECTS.keys() & set(words.text))
    for pattern in dict.fromkeys(p for character in suspects for p in _SUSPECTS[character]):
        if found := pattern.search(words.text):
            around = words.text[max(0, found.start() - 3) : found.end() + 3]
            yield f"「{around}」裡的「{found[0]}」要寫成{_WRONG[pattern]}"


@_wording("vague-word", fields=("do",), suspect=VAGUE_WORDS, bad="do: 注意電話禮儀", good="do: 拿起話筒先報公司名稱")
def vague_word(words: Words) -> Iterator[str]:
    """要做的事寫看得見的動作，不寫美德；非寫不可時，用 allow 寫明理由。"""
    found = dict.fromkeys(VAGUE_WORDS.findall(words.text)) if words.in_sop else ()
    if found:
        yield f"「{'、'.join(found)}」看不出做了沒有，改寫成看得見的動作"


@_wording(
    "too-long",
    fields=LEAST,
    bad="do: 請住戶坐下之後把對方說的事情從頭到尾詳細記在記錄本上並且複述一次請對方確認沒有遺漏再往下進行",
    good="do: 把投訴逐項寫進$(complaint-log)",
)
def too_long(words: Words) -> Iterator[str]:
    """一眼要能讀完：每種文字都有長度上限（例如 do 40 字、say 70 字）。"""
    length = len(words.plain)
    unfilled = "$(" in words.plain  # what it cites could not be read, so nobody knows how long it will be
    most = _most(words) if length > LEAST[words.field] and not unfilled else None
    if most and length > most:
        yield f"{words.field} 有 {length} 字，最多 {most} 字；拆成兩步或寫短一點"


def _most(words: Words) -> int | None:
    """How many characters may stand there, where that is limited."""
    if words.in_sop or words.field in ("question", "meanwhile"):
        return GLANCE.get(words.field)
    if words.key.startswith("quiz/"):
        return WAY if words.field == "text" and "ways" in words.at.trail else GLANCE_QUIZ.get(words.field)
    return None


@_wording(
    "one-action",
    fields=("do",),
    suspect=TWO_ACTS,
    bad="do: 請住戶坐下，然後記錄",
    good="- do: 請住戶坐下\n- do: 把投訴逐項寫進$(complaint-log)",
)
def one_action(words: Words) -> Iterator[str]:
    """一步只做一件事。"""
    found = TWO_ACTS.search(words.text) if words.in_sop else None
    if found:
        yield f"「{found[0]}」把兩件事寫在一步裡，拆開"


@_wording(
    "typed-fact",
    fields=FACTLESS,
    suspect=COUNTED,
    bad="do: 在 2 天內答覆住戶",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
)
def typed_fact(words: Words) -> Iterator[str]:
    """期限與限度只寫一次：寫成 within、every、before、after、limit，別處用 $(SOP#條文) 引用。"""
    if found := MEASURED.search(PLACEHOLDER.sub("", words.text)):
        yield f"「{found[0]}」是期限或限度，不要打在文字裡"


@_wording("typography", suspect=NOT_CHINESE, bad="do: 核對第3欄,請住戶簽名", good="do: 核對第 3 欄，請住戶簽名")
def typography(words: Words) -> Iterator[str]:
    """中文用全形標點、引號用「」、數字與英文字母用半形、數字前後空一格。"""
    text = PLACEHOLDER.sub("某", words.plain)
    for pattern, right in TYPOGRAPHY:
        if found := pattern.search(text):
            yield f"「{found[0]}」：{right}"


def overrides(sop: Sop) -> Iterator[tuple[tuple, dict[str, str]]]:
    """The file's and the clauses' `allow` maps with their trails."""
    yield ("allow",), sop.allow
    for placed in sop.placed:
        yield (*placed.trail, "allow"), placed.clause.allow


def broken_below(book: Handbook, key: str, trail: tuple, code: str) -> bool:
    """Whether any text at or below a place breaks a rule, with or without a reason."""
    return trail in _above_broken(book, key, code)


@lru_cache(maxsize=8)
def _above_broken(book: Handbook, key: str, code: str) -> frozenset[tuple]:
    """The places of a file with a text at or below them that breaks a rule."""
    broken = (words.at.trail for words in _texts_of(book, key) if any(True for _ in BREAKABLE[code].about(words)))
    return frozenset(trail[:end] for trail in broken for end in range(len(trail) + 1))
