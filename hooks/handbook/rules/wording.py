"""Rules on words: acts instead of virtues, one act a step, no fact typed, the right punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model.book import PLACEHOLDER
from .texts import Words, wording

# Virtues that nobody can see done; the act that shows them can be seen.
VAGUE_WORDS = re.compile(
    "注意(?!事項)|認真|熱情|耐心|周到|積極|及時|妥善|適當|細心|用心|盡力|盡量|儘量|禮貌地|有禮貌|加強|做好(?!的)|努力"
    "|嚴格|高度重視|第一時間|適時|主動"
)


@wording("vague-word", fields=("do",), suspect=VAGUE_WORDS, bad="do: 注意電話禮儀", good="do: 拿起話筒先報公司名稱")
def vague_word(words: Words) -> Iterator[str]:
    """要做的事寫看得見的動作，不寫美德；非寫不可時，用 allow 寫明理由。"""
    found = dict.fromkeys(VAGUE_WORDS.findall(words.text)) if words.in_sop else ()
    if found:
        yield f"「{'、'.join(found)}」看不出做了沒有，改寫成看得見的動作"


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
    found = TWO_ACTS.search(words.text) if words.in_sop else None
    if found:
        yield f"「{found[0]}」把兩件事寫在一步裡，拆開"


_UNIT = "(?:天|日內|小時|分鐘|秒|個?工作天|週(?!年)|個月|聲(?:內|以內|鈴|之)|毫米|公分|公釐|公尺|%|％)"
MEASURED = re.compile(
    rf"(?:\d{{1,9}}|(?<![期週拜])[二三四五六七八九十兩]{{1,9}})\s*{_UNIT}"  # not `+`: a long row took hours
    r"|一(?:天|小時|分鐘|秒|個?工作天|週|個月|年)(?:以|之)?內|半(?:小時|個月)|百分之[一二三四五六七八九十百]+"
)

FACTLESS = ("do", "say", "never", "when", "note", "why", "summary", "trigger", "done", "meanwhile", "at", "means")
COUNTED = re.compile(r"[\d一二三四五六七八九十兩半百]")


@wording(
    "typed-fact",
    fields=FACTLESS,
    suspect=COUNTED,
    bad="do: 在 2 天內答覆住戶",
    good="do: 答覆住戶\nwithin: 2 days\nevent: 接到投訴",
)
def typed_fact(words: Words) -> Iterator[str]:
    """期限與限度只寫一次：寫成 within、every、before、after、limit，別處用 $(SOP#條文) 引用。"""
    if found := MEASURED.search(PLACEHOLDER.sub("", words.text)):
        told = "條件到多少，寫在 range" if words.field == "when" else "不要打在文字裡"
        yield f"「{found[0]}」是期限或限度，{told}"


TYPOGRAPHY = (
    (re.compile(r"[\u4e00-\u9fff](?:[,;:!?()]|\.(?=\s|$))|[,;!?()][\u4e00-\u9fff]"), "中文裡用全形標點"),
    (re.compile(r"[０-９Ａ-Ｚａ-ｚ]"), "數字與英文字母用半形"),
    (re.compile(r"[“”‘’\"]"), "引號用「」"),
    (re.compile(r"\d[\u4e00-\u9fff]|[\u4e00-\u9fff]\d"), "數字與中文字之間空一格"),
)

NOT_CHINESE = re.compile(r"[!-~“”‘’０-９Ａ-Ｚａ-ｚ]")


@wording("typography", suspect=NOT_CHINESE, bad="do: 核對第3欄,請住戶簽名", good="do: 核對第 3 欄，請住戶簽名")
def typography(words: Words) -> Iterator[str]:
    """中文用全形標點、引號用「」、數字與英文字母用半形、數字前後空一格。"""
    text = PLACEHOLDER.sub("某", words.plain)
    for pattern, right in TYPOGRAPHY:
        if found := pattern.search(text):
            yield f"「{found[0]}」：{right}"
