"""The rule on characters that automatic conversion leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .texts import Words, wording

BY_CHANCE = "与万体价虫优厂听坏宁异机极构气确离种网触适"  # simplified, though Taiwan's set has them too


def _simplified() -> str:
    """The characters that mainland China's standard set has and Taiwan's lacks, and those few."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    mainland = b"".join(bytes((row, cell)) for row in rows for cell in cells).decode("gb2312", "ignore")
    taiwan = set(mainland.encode("cp950", "ignore").decode("cp950"))
    return BY_CHANCE + "".join(character for character in mainland if character not in taiwan)


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
_WRONG = {pattern: f"「{right}」" for pattern, right in WRONG_CHARACTERS.items()}
_WRONG[f"[{_simplified()}]"] = "繁體字"
_compiled = cache(re.compile)  # once a text gives cause


def _suspects() -> dict[str, list[str]]:
    """Character → the patterns that may strike it, so that a text is held only against those it gives cause for."""
    found: dict[str, list[str]] = {}
    for pattern in _WRONG:
        struck = pattern
        while "(" in struck:  # what must only stand around gives no cause
            struck = re.sub(r"\([^()]*\)", "", struck)
        for character in set(struck) - set("[]|^"):
            found.setdefault(character, []).append(pattern)
    return found


_SUSPECTS = _suspects()
_SUSPECT = re.compile(f"[{''.join(_SUSPECTS)}]")


@wording("wrong-character", suspect=_SUSPECT, bad="do: 说明服務范圍", good="do: 說明服務範圍")
def wrong_character(words: Words) -> Iterator[str]:
    """用正確的繁體字；自動轉換留下的錯字不算。"""
    suspects = sorted(_SUSPECTS.keys() & set(words.text))
    for pattern in dict.fromkeys(p for character in suspects for p in _SUSPECTS[character]):
        if found := _compiled(pattern).search(words.text):
            around = words.text[max(0, found.start() - 3) : found.end() + 3]
            yield f"「{around}」裡的「{found[0]}」要寫成{_WRONG[pattern]}"
