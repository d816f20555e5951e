#!/usr/bin/env bash
# pypinyin 0.55.0 (PyPI) knows words in Simplified writing only: of the same word in Traditional writing it reads each
# character by its first reading.
#
# It says which of its readings a character with several has by the word it stands in: 银行 is yin hang, not yin xing. Its
# tables of single characters hold both scripts, and no call fails on Traditional text.
#
# A good guess: the same word in the other script sounds the same.
# Seen: words that are written alike in both are right; the others are wrong wherever a character has several readings,
# without a word of warning. Converted to Simplified first, all of them are right.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pypinyin==0.55.0 2>/dev/null
PYTHONUTF8=1 env/bin/python - <<'PY' | tee seen
from pypinyin import lazy_pinyin

for simplified, traditional in (("重新", "重新"), ("银行", "銀行"), ("归还", "歸還"), ("干净", "乾淨"), ("空调", "空調"), ("音乐", "音樂")):
    print(simplified, *lazy_pinyin(simplified), traditional, *lazy_pinyin(traditional))
PY
diff seen - <<'SEEN'
重新 chong xin 重新 chong xin
银行 yin hang 銀行 yin xing
归还 gui huan 歸還 gui hai
干净 gan jing 乾淨 qian jing
空调 kong tiao 空調 kong diao
音乐 yin yue 音樂 yin le
SEEN
