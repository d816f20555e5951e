"""The rules on words, sentence by sentence: what they must strike, and what they must leave alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from handbook.model.book import Handbook
from handbook.model.document import Document
from handbook.model.registers import Organization, SourceText
from handbook.reading.source import parse
from handbook.rules.characters import WRONG_CHARACTERS
from handbook.rules.texts import BREAKABLE, texts_of
from tests import cases
from tests.project import replace

pytestmark = pytest.mark.usefixtures("today")

ORGANIZATION = Organization.model_validate(
    {"title": "手冊", "names": {"hub": "恒護中心"}, "posts": {"director": {"name": "主任"}}}
)
SOURCE = SourceText.model_validate({"title": "來源", "published": "2025-01-01", "clauses": ["S1"]})


def sentences(block: str) -> list[str]:
    """What stands between full-width blanks, or on lines of its own."""
    return re.split(r"[\u3000\n]+", block.strip())


def said(code: str, text: str, field: str = "do") -> list[str]:
    """What a rule finds in a text that stands under a field of an SOP."""
    document = parse(f"{field}: {json.dumps(text, ensure_ascii=False)}", Document("sop/standards/case.yml"))
    sop = SimpleNamespace(placed=[], lent=())
    book = Handbook(ORGANIZATION, SOURCE, sops={"case": sop}, documents={"case": document})  # type: ignore[dict-item]
    return [problem.message for problem in BREAKABLE[code].check(book)]


# ── characters ──────────────────────────────────────────────────────────────────────────────────

# The wrong character in brackets.
WRONG = """
說明服務【范】圍　　先看示【范】再做　　照規【范】簽名　　開始【后】不要離開　　兩天【后】回覆　　收件【后】登記
下班【后】鎖門　　今天【后】面排滿了　　什【么】時候來　　那【么】請稍等　　怎【么】辦　　要【么】改期
請【咨】詢櫃檯　　打【憂】您了　　請接【侍】客人　　招【侍】來賓　　客人【并】不在　　照標【准】收費　　【准】備茶水
【准】時開會　　不【准】確　　水【准】一致　　核【準】之後　　批【準】施工　　答【复】住戶　　不要重【复】
書面答【復】住戶　　打電話回【復】住戶　　【復】印一份　　櫃子【里】面　　在這【里】簽名　　收進抽屜【里】
心【里】著急　　離門口兩公【裡】　　記下【裡】程　　出示【証】件　　受住戶委【托】　　【托】管鑰匙　　以信【托】保管
請人應【征】　　【征】求同意　　有明顯特【征】　　每【周】巡邏　　下【周】開會　　【周】末輪班　　對【于】訪客
由【于】停電　　低【于】標準　　【于】是離開　　不可【涂】改　　【采】取措施　　【采】訪住戶　　【制】作名牌
印【制】通知　　遵守【製】度　　【沖】突升高　　別【沖】動　　擦【干】地板　　餅【干】盒　　【干】淨的毛巾
請【干】部到場　　放【松】肩膀　　【松】開按鈕　　旅【游】旺季　　電子【游】戲　　【仃】車　　把頭【發】梳整齊
戴手【表】上班　　聯【系】住戶　　跟他沒關【系】　　看標【志】　　問老【板】　　工作計【划】　　【划】分區域
建【筑】物　　把其【余】的收好　　防【御】措施　　收【据】一張　　當【麵】說清楚　　【麵】對客人　　【隻】有主管可以
请住戶坐下　　说明　　维修　　电话　　客户　　门口　　时间　　问题　　东西　　个人　　证件　　严重　　办公室　　没有
"""

# Each of these characters is right here.
RIGHT = """
皇后　　太后　　王后　　天后宮　　天后廟旁邊　　后里區公所　　后豐鐵馬道　　后妃　　先到後走　　天后娘娘遶境　　並且
合併辦理　　并州　　鄰里　　里長　　公里　　里民大會　　社區里長來訪　　鄰里面對面座談　　海里　　英里　　本里面積
里程碑　　這裡　　核准　　批准　　核准備查　　批准時間　　獲准離開　　准許進入　　不准抽菸　　標準　　準時　　水準
范先生　　范小姐來訪　　示範　　範圍　　模範　　答覆　　回覆　　恢復　　恢復印刷　　回復原狀　　反覆　　複印　　復健
托盤　　托嬰中心　　托育　　摩托車　　接受托盤　　烏托邦　　委託　　征服　　長征　　特徵　　應徵　　采風　　風采
神采　　采邑　　採取　　于先生　　對于先生說　　周先生　　上周先生　　周到　　周邊　　周全　　周圍　　每周年　　兩周歲
下周圍　　周轉　　四周　　干擾　　若干　　干涉　　欄干　　別干預　　幹部　　乾淨　　制度　　製作　　限制作業
管制作業　　控制造成的影響　　編制作法　　制服　　訂製服裝　　製造　　說　　游泳　　游先生　　上游客戶　　下游客戶
台灣　　平台　　茶几　　幾個　　咨文　　諮詢　　沖水　　沖茶　　衝突　　松樹　　擺放松樹盆栽　　松木　　放鬆　　伶仃
停車　　老么　　什麼　　甚麼　　涂小姐　　塗改　　頭發現漏水　　街頭發傳單　　發票　　頭髮　　選手表現　　手表單
新手表示　　手錶　　關系統電源　　系統　　科系　　聯絡　　志工　　標誌　　木板　　老板塊　　划船　　計劃　　筑紫
建築　　余小姐　　多余先生　　餘額　　御花園　　防禦　　拮据　　麵包　　煮麵　　一隻貓　　這隻只會　　三隻有項圈的狗
恒護中心　　堃　　喆　　群組　　台北　　裝修　　證件　　登記簿　　逾期　　您好　　歡迎光臨　　鑰匙　　櫃檯　　影本
侍者　　服侍
"""


def test_there_are_enoughsentences() -> None:
    assert len(sentences(WRONG)) >= 40
    assert len(sentences(RIGHT)) >= 60


@pytest.mark.parametrize("marked", sentences(WRONG))
def test_a_wrong_character_is_struck(marked: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    found = said("wrong-character", text)
    assert found
    if "【" in marked:
        wrong = marked[marked.index("【") + 1]
        assert f"裡的「{wrong}」要寫成" in found[0]


@pytest.mark.parametrize("text", sentences(RIGHT))
def test_a_right_character_is_left_alone(text: str) -> None:
    assert said("wrong-character", text) == []


def test_the_message_shows_the_words_around() -> None:
    assert said("wrong-character", "請先說明服務范圍再請住戶簽名") == ["「明服務范圍再請」裡的「范」要寫成「範」"]


def test_every_wrong_word_of_the_source_is_struck() -> None:
    """The source article was converted by machine; these are its mistakes that the design names."""
    for text in ("范圍", "開始后", "并", "什么", "咨詢", "打憂", "接侍"):
        assert said("wrong-character", text), text
    for text in ("範圍", "開始後", "並", "什麼", "諮詢", "打擾", "接待"):
        assert said("wrong-character", text) == [], text


def test_no_pattern_strikes_what_another_asks_for() -> None:
    """A right character alone is never a wrong one: else there would be no way to write it."""
    for right in set(WRONG_CHARACTERS.values()):
        for character in right.split("、"):
            assert said("wrong-character", character) == [], character


# ── acts ────────────────────────────────────────────────────────────────────────────────────────


VIRTUES = """
注意電話禮儀　　認真核對　　熱情接待客人　　耐心聽完　　服務周到　　積極處理　　及時回報　　妥善保管鑰匙　　適當休息
細心檢查　　用心服務　　盡力協助　　盡量避免　　儘量避免　　禮貌地回答　　有禮貌　　加強巡邏　　做好登記　　努力達成
嚴格執行　　高度重視　　第一時間到場　　適時關心　　主動招呼
"""


@pytest.mark.parametrize("text", sentences(VIRTUES))
def test_a_virtue_is_struck(text: str) -> None:
    assert said("vague-word", text) != []


ACTS = """
交付裝修注意事項　　唸注意事項給住戶聽　　鈴響後接起電話　　面向客人點頭　　把做好的名牌交給來賓　　說您好　　鎖進櫃子
重述一遍　　請住戶簽名
"""


@pytest.mark.parametrize("text", sentences(ACTS))
def test_an_act_is_left_alone(text: str) -> None:
    assert said("vague-word", text) == []


def test_virtues_count_in_acts_only() -> None:
    assert said("vague-word", "主動招呼", "why") == []
    assert said("vague-word", "主動、熱情、主動") == ["「主動、熱情」看不出做了沒有，改寫成看得見的動作"]


TWO_ACTS = """
站直；不靠牆　　站直。不靠牆　　站直，然後招呼　　招呼完接著再登記　　登記之後再離開
"""


@pytest.mark.parametrize("text", sentences(TWO_ACTS))
def test_two_acts_are_struck(text: str) -> None:
    assert len(said("one-action", text)) == 1


@pytest.mark.parametrize(
    "text",
    ["站直，不靠牆", "站直。", "說「請坐。」", "說「好。」的時候點頭", "站直，再招呼", "自然站直", "請住戶坐下\n"],
)
def test_one_act_is_left_alone(text: str) -> None:
    assert said("one-action", text) == []


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────


MEASURED = """
在 2 天內答覆　　三天內答覆　　10 日內　　24 小時開放　　三小時內　　一小時內到場　　一個月內　　半小時一次　　半個月
5 分鐘後再打　　鈴響三聲內接聽　　3 聲鈴響　　20 秒　　七個工作天　　2 週　　兩個月　　指甲 2 毫米　　三公分　　5 公釐
站 1 公尺外　　收 70 %　　收70%　　百分之七十　　兩週　　十分鐘　　２ 天
"""


@pytest.mark.parametrize("text", sentences(MEASURED))
def test_a_measured_number_is_struck(text: str) -> None:
    assert len(said("typed-fact", text)) == 1


NUMBERS = """
一天的工作　　每天巡邏　　當天答覆　　第 3 欄　　2 份影本　　三個人　　一式兩份　　星期三天黑以前　　週二分鐘點費
兩週年慶　　12 樓　　天花板　　一張表　　一年的紀錄　　3 聲道　　撥 119　　最晚$(repairs#visit)　　$(a#b)天
半天都沒有人
"""


@pytest.mark.parametrize("text", sentences(NUMBERS))
def test_other_numbers_are_left_alone(text: str) -> None:
    assert said("typed-fact", text) == []


def test_numbers_count_where_people_read_them() -> None:
    for field in (
        "do",
        "never",
        "when",
        "note",
        "why",
        "summary",
        "trigger",
        "done",
        "meanwhile",
        "at",
        "means",
    ):
        assert said("typed-fact", "2 天", field), field
    for field in ("within", "event", "question", "change", "review_every"):
        assert said("typed-fact", "2 天", field) == [], field


def test_words_to_say_may_hold_any_number_but_a_fact_of_their_sop(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    replace(root / "sop/standards/greeting.yml", "say: 慢走", "say: 距離 1 公尺；早餐還有 2 小時。")
    assert [problem.code for problem in cases.problems(root)] == ["typed-fact"]
    replace(root / "sop/standards/greeting.yml", "距離 1 公尺；", "")
    assert cases.problems(root) == []


# ── complete lines of other desks ───────────────────────────────────────────────────────────────

# What a hotel, a clinic, a library, a café and a school's office write: nothing is wrong with any of it.
COMPLETE = """
do 把今明兩天退房的名單印出來　　do 每做好一間就在房況表上打勾　　do 看這三天的訂位，圈出有小孩的
do 提醒客人注意地上的水　　do 請家長注意接送的門口　　do 貼上「注意濕滑」的牌子　　do 發現有人注意到後門，就走過去
do 幫病人接上心電圖的導線　　do 用心電圖機印一張紙　　do 把使用心得寫在留言簿　　do 來不及時打電話給下一位
do 寫下姓名以及時間　　do 預約加強針　　do 換上加強型的濾網　　do 把做好的餐點放在出餐口　　do 做好了就按鈴
do 拌好麵糊，做好一份端一份　　do 找出主動脈支架的病歷　　do 開三天份的藥　　do 把第 3 天的房價圈起來
do 問他住到第三天還是更久　　do 記下寶寶三個月大　　do 說明「兩天一夜」的行程　　do 唸出牌子上的「15 分鐘免費停車」
do 念一遍「逾期三天停借」給讀者聽　　do 指著告示說「然後請簽名」　　do 唸「請脫鞋；請輕聲」
do 打開「Levi’s 專區」的燈　　do 收下 $(hub)的提貨單　　do 把 A4 紙補滿　　do 撥 113 通報
do 核對 2 份同意書　　do 把 12 號桌併到 10 號桌　　do 叫 3 樓的志工下來　　do 量 1 次體溫　　do 拿出 5 支湯匙
do 在第二聲預鈴前站到門口　　do 把週二三四的書車推到櫃檯　　do 抄下車號末四碼　　do 分成兩半，一人一份
do 主動通知學員停課　　do 主動打電話給家長　　label 超過一萬元到十萬元
say 您的房間在 12 樓，兩天都含早餐。　　say 大約要等 20 分鐘，可以嗎？　　say 這本書可以借三個星期。
say 麻醉前 8 小時不要吃東西。　　say 飲料打九折，蛋糕 70 % 的甜度。　　say 下午第二節下課來領。
say 請您注意腳下。　　say 我們會盡量安排靠窗的位子。　　say 您先坐，然後我請醫師過來。
say 停車 2 小時免費，之後每小時 30 元。　　say 我幫您保留三天。
never 讓病人自己走下診療台　　never 把備品室的鑰匙借給客人　　never 在大廳喊學生的全名　　never 用手拿冰塊
never 答應「一定有位子」　　never 說「盡量」　　never 把還沒做好的餐點端出去
when 這兩天有颱風警報　　when 讀者說找不到第 2 冊　　when 客人帶著三個月大的嬰兒　　when 孩子說「等兩天了」
note 今明兩天指櫃檯收班前看得到的訂單。　　note 房卡上印的是「2 天房」，不是期限。　　note 七號是素食那一鍋。
why 走廊窄，推車與人只能過一邊。　　why 注意力一分散，就會拿錯血型的標籤。　　why 家長最怕找不到人。
summary 書還回來，先看有沒有破，再上架。　　trigger 櫃檯的鈴響了　　done 客人拿到收據，帳本上有他的簽名。
"""


@pytest.mark.parametrize("line", sentences(COMPLETE))
def test_nothing_is_said_of_a_complete_line(line: str) -> None:
    field, _, text = line.partition(" ")
    assert {code: found for code in BREAKABLE if (found := said(code, text, field))} == {}


def test_there_are_enough_complete_lines() -> None:
    assert len(sentences(COMPLETE)) >= 60


@pytest.mark.parametrize("code", sorted(BREAKABLE))
def test_a_clause_that_gives_a_reason_may_break_any_of_them(code: str, tmp_path: Path) -> None:
    broken = {
        "one-action": "do: 站直，然後點頭",
        "too-long": f"do: {'站' * 41}",
        "typed-fact": "do: 站 2 小時",
        "typography": "do: 站直(挺胸)",
        "unprintable": "do: 站直𓀀",
        "vague-word": "do: 認真站直",
        "wrong-character": "do: 站直之后",
    }[code]
    root = cases.copy(tmp_path)
    path, clause = root / "sop/standards/greeting.yml", "    say: 慢走\n"
    replace(path, clause, f"{clause}    {broken}\n")
    assert {problem.code for problem in cases.problems(root)} == {code}
    replace(path, broken, f"{broken}\n    allow: {{{code}: 招牌上這樣寫}}")
    assert cases.problems(root) == []


def test_a_name_has_the_marks_that_it_has_on_its_sign(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    replace(root / "sop/organization.yml", "company: 小店", "company: 小店 “The Nook”")
    assert cases.problems(root) == []


# ── typography ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("站直,不靠牆", "全形"), ("站直, 不靠牆", "全形"), ("注意:小心", "全形"), ("站直;", "全形"),
        ("好嗎?", "全形"), ("好!", "全形"), ("OK,好", "全形"), ("住戶(業主)", "全形"), ("請坐.", "全形"),
        ("說“好”", "「」"), ("說‘好’", "「」"), ('說"好"', "「」"), ("第3欄", "空一格"), ("3樓", "空一格"),
        ("撥１１９", "半形"), ("Ａ 棟", "半形"),
    ],
)  # fmt: skip
def test_bad_typography_is_struck(text: str, right: str) -> None:
    assert right in "".join(said("typography", text))


TYPOGRAPHY = """
站直，不靠牆　　住戶（業主）　　第 3 欄　　3 樓　　12:30 開門　　A4 紙　　名單.xlsx　　https://example.org/?a=b;c
說「好」　　70% 的費用　　在$(hub)等　　（$(director)）　　A、B 兩棟　　1,000 元　　It's open.　　……　　B2 停車場
"""


@pytest.mark.parametrize("text", sentences(TYPOGRAPHY))
def test_good_typography_is_left_alone(text: str) -> None:
    assert said("typography", text) == []


def test_three_kinds_are_three_messages() -> None:
    assert len(said("typography", '第3欄,說"好"')) == 3


# ── lengths ─────────────────────────────────────────────────────────────────────────────────────


def test_length_counts_what_is_read() -> None:
    """A placeholder counts as the name that it stands for."""
    assert said("too-long", "站" * 40) == []
    assert said("too-long", "站" * 41) == ["do 有 41 字，最多 40 字；拆成兩步或寫短一點"]
    assert said("too-long", "站" * 38 + "$(director)") == []
    assert said("too-long", "站" * 39 + "$(director)") == ["do 有 41 字，最多 40 字；拆成兩步或寫短一點"]
    assert said("too-long", "站" * 400, "id") == []
    assert said("too-long", "站" * 11, "label") == ["label 有 11 字，最多 10 字；寫短一點"]


def test_a_number_is_told_where_it_can_be_written() -> None:
    assert said("typed-fact", "使用超過一小時", "when") == ["「超過一小時」是期限或限度，條件到多少，寫在 range"]
    assert said("typed-fact", "離閉館半小時", "trigger") == [
        "「半小時」是期限或限度，寫在條文的欄位，這裡用 $(#代號.amount) 引用"
    ]


# ── which texts are read at all ─────────────────────────────────────────────────────────────────


def test_search_words_and_reasons_are_not_ours_to_word() -> None:
    text = "do: 甲\naliases: [说明]\nalso: 说明\nallow: {too-long: 说明}\nsteps: [{say: [乙, 丙]}]\n"
    document = parse(text, Document("sop/standards/case.yml"))
    book = Handbook(ORGANIZATION, SOURCE, documents={"case": document})
    read = [(words.trail, words.text) for words in texts_of(book, "case")]
    assert sorted(read) == [
        (("do",), "甲"),
        (("steps", 0, "say", 0), "乙"),
        (("steps", 0, "say", 1), "丙"),
    ]
