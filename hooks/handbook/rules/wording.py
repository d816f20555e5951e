"""Rules on words: acts instead of virtues, one act a step, no fact typed, the right punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.book import PLACEHOLDER
from .quiz_typed import typed
from .texts import Words, wording

# Virtues that nobody can see done; the act that shows them can be seen.
VAGUE_WORDS = re.compile(
    "注意(?![事到力])|認真|熱情|耐心|周到|積極|(?<![以不])及時|妥善|適當|細心|(?<!使)用心(?![電臟肺得])|盡力|盡量|儘量"
    "|禮貌地|有禮貌|加強(?![針型版班])|做好(?![的一了後再時就這那兩，。]|$)|努力|嚴格|高度重視|第一時間|適時|主動(?!脈|[通告]知|聯[絡繫]|打電話|致電)"
)
# What somebody else is told to mind, and words that are said or stand written somewhere, are no virtue of ours.
TOLD = re.compile(r"(?:提醒|叮嚀|告訴|[請叫](?!同事|主管))[^，。；]{0,12}?注意")
QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』")


@wording("vague-word", fields=("do",), suspect=VAGUE_WORDS, bad="do: 注意電話禮儀", good="do: 拿起話筒先報公司名稱")
def vague_word(words: Words) -> Iterator[str]:
    """要做的事寫看得見的動作，不寫美德；非寫不可時，用 allow 寫明理由。"""
    found = dict.fromkeys(VAGUE_WORDS.findall(TOLD.sub("", _unquoted(words)))) if words.in_sop else ()
    if found:
        yield f"「{'、'.join(found)}」看不出做了沒有，改寫成看得見的動作"


def _unquoted(words: Words) -> str:
    """A text without the words in it that are somebody's, not the handbook's: said, or written on a sign."""
    return QUOTED.sub("「」", words.text) if "「" in words.text or "『" in words.text else words.text


TWO_ACTS = re.compile(r"；|。(?=[^」』）\s])|然後|接著再|之後再")


@wording(
    "one-action",
    fields=("do",),
    suspect=TWO_ACTS,
    bad="do: 請住戶坐下，然後記錄",
    good="- do: 請住戶坐下\n- do: 把投訴逐項寫進$(complaint-log)",
)
def one_action(words: Words) -> Iterator[str]:
    """一步只做一件事。"""
    found = TWO_ACTS.search(_unquoted(words)) if words.in_sop else None
    if found:
        yield f"「{found[0]}」把兩件事寫在一步裡，拆開"


# 「三天份」「三個月大」「兩天一夜」 tell what a thing is, not how long one may take.
_UNIT = "(?:天(?![份一])|日內|小時|分鐘|秒|個?工作天|週(?!年)|個月(?!大)|聲(?:內|以內|鈴|之)|毫米|公分|公釐|公尺|%|％)"
_NUMERALS = "二三四五六七八九十兩"
MEASURED = re.compile(  # no `+`: a long row took hours
    rf"(?<!第)(?<!第 )(?:(?<!\d)\d{{1,9}}|(?<![期週拜明這那第{_NUMERALS}])[{_NUMERALS}]{{1,9}})\s*{_UNIT}"
    r"|(?:超過|滿|不到|至少)一(?:天|小時|分鐘|秒|個?工作天|週|個月|年)"
    r"|一(?:天|小時|分鐘|秒|個?工作天|週|個月|年)(?:以|之)?內|半(?:小時|個月)|百分之[一二三四五六七八九十百]+"
    r"|(?<![\d:])\d{1,2}:\d{2}(?![\d:])|每(?:週|星期|禮拜)[一二三四五六日天]"
    r"|每月 ?\d{1,2} ?[日號]|\d{1,9} ?(?:°C|歲|元)"
)

_TOLD = {"when": "條件到多少，寫在 range"} | dict.fromkeys(
    ("summary", "trigger", "done", "note", "why"), "寫在條文的欄位，這裡用 $(#代號.amount) 引用"
)
FACTLESS = ("do", "say", "never", "when", "note", "why", "summary", "trigger", "done", "meanwhile", "at", "means")
COUNTED = re.compile(r"[\d每一二三四五六七八九十兩半百]")


@wording(
    "typed-fact",
    fields=FACTLESS,
    suspect=COUNTED,
    bad="do: 在 2 天內答覆住戶",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
)
def typed_fact(words: Words) -> Iterator[str]:
    """期限與限度只寫一次：寫成 within、by、every、limit 等欄位，別處用 $(SOP#條文) 引用。"""
    found = MEASURED.search(PLACEHOLDER.sub("", words.text))
    if not found:
        return
    said = words.field == "say" or not MEASURED.search(PLACEHOLDER.sub("", _unquoted(words)))
    if not said:
        told = _TOLD.get(words.field if words.in_sop else "", "不要打在文字裡")
        yield f"「{found[0]}」是期限或限度，{told}"
    elif ref := _cited(words):  # what is said word for word may hold any number, but for one that is a fact here
        yield f"「{found[0]}」是 {ref} 的期限或限度，寫成 $({ref})"


def _cited(words: Words) -> str:
    """The clause of the same SOP whose fact is typed in a text."""
    clauses = words.book.clauses.get(words.key, {})
    facts = ((ident, fact) for ident, placed in clauses.items() for fact in placed.clause.facts[:1])
    return next((f"#{ident}" for ident, fact in facts if typed(words.text, fact, "ask")), "")


TYPOGRAPHY = (
    (re.compile(r"[\u4e00-\u9fff](?:[,;:!?()]|\.(?=\s|$))|[,;!?()][\u4e00-\u9fff]"), "中文裡用全形標點"),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), "數字與英文字母用半形"),
    (re.compile(r"\d[\u4e00-\u9fff]|[\u4e00-\u9fff]\d"), "數字與中文字之間空一格"),
)

QUOTES = re.compile(r"[“”‘\"]|(?<![A-Za-z])’")  # but for the one in Levi’s
NOT_CHINESE = re.compile(r"[!-~“”‘’０-９Ａ-Ｚａ-ｚ]")


@wording("typography", suspect=NOT_CHINESE, bad="do: 核對第3欄,請住戶簽名", good="do: 核對第 3 欄，請住戶簽名")
def typography(words: Words) -> Iterator[str]:
    """中文用全形標點、引號用「」、數字與英文字母用半形、數字前後空一格。"""
    text = PLACEHOLDER.sub("某", words.plain)
    for pattern, right in TYPOGRAPHY:
        if found := pattern.search(text):
            yield f"「{found[0]}」：{right}"
    if (found := QUOTES.search(words.text)) and not _named(words):
        yield f"「{found[0]}」：引號用「」"


def _named(words: Words) -> bool:
    """Whether a text is a name: it has the marks that it has on its sign."""
    return words.field == "name" or words.trail[:1] == ("names",)
