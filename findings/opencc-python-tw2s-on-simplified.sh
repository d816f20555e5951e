#!/usr/bin/env bash
# opencc-python-reimplemented 0.1.7 (PyPI): "tw2s" spoils text that is Simplified already; "t2s" leaves it alone.
#
# Text that people type is of either script, so it is tempting to run it through a conversion to Simplified whatever it
# is, and for readers in Taiwan to take the conversion that is made for Taiwan.
#
# A good guess: what is Simplified already comes out as it went in.
# Seen: with "tw2s" 什么 (what) becomes 什幺, which is no word, in every phrase that has it; so a Simplified question no
# longer meets the same question written in Traditional. "t2s" keeps it.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check opencc-python-reimplemented==0.1.7 2>/dev/null
PYTHONUTF8=1 env/bin/python - <<'PY' | tee seen
from opencc import OpenCC

for name in ("tw2s", "t2s"):
    convert = OpenCC(name).convert
    print(name, "Traditional:", convert("為什麼"), "Simplified:", convert("为什么"), convert("这么"), convert("怎么办"))
PY
diff seen - <<'SEEN'
tw2s Traditional: 为什么 Simplified: 为什幺 这幺 怎幺办
t2s Traditional: 为什么 Simplified: 为什么 这么 怎么办
SEEN
