#!/usr/bin/env bash
# segno 1.6.6 (PyPI) and @undecaf/zbar-wasm 0.11.0 (npm): some Traditional Chinese texts in QR codes come back as rubbish,
# others do not.
#
# Left to itself, segno writes a text as kanji (two bytes of Shift-JIS a character) wherever all of its characters happen
# to be Japanese too; with Latin signs among them as bytes of Shift-JIS; and as bytes of UTF-8 else. zbar-wasm gives back
# the bytes as they stand, and its decode() takes them for UTF-8.
#
# A good guess: a writer and a reader that agree on one Chinese text agree on the next.
# Seen: 前檯服務 (檯 is no Japanese character) and 你好 come back as they were; 投訴接待 and 管理費 do not, nor does 管理費
# with a colon, though its code says "byte". Asked for them (mode="byte", encoding="utf-8"), segno writes bytes of UTF-8,
# and all come back.
set -euo pipefail
cd "$(mktemp -d)"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check segno==1.6.6 2>/dev/null
npm install --silent --no-save --prefix . @undecaf/zbar-wasm@0.11.0 >/dev/null
PYTHONUTF8=1 env/bin/python - > codes.jsonl <<'PY'
import json

import segno

for words in ("前檯服務", "你好", "投訴接待", "管理費", "管理費:"):
    for how in ({}, {"mode": "byte", "encoding": "utf-8"}):
        code = segno.make(words, micro=False, **how)
        print(json.dumps([words, code.mode, [list(row) for row in code.matrix_iter(scale=6, border=4)]]))
PY
cat > read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { scanGrayBuffer } from "@undecaf/zbar-wasm";
for (const line of readFileSync("codes.jsonl", "utf8").trim().split("\n")) {
  const [words, mode, rows] = JSON.parse(line);
  const gray = Uint8Array.from(rows.flat(), (dark) => (dark ? 0 : 255));
  const [symbol] = await scanGrayBuffer(gray.buffer, rows[0].length, rows.length);
  console.log(words, mode, symbol.decode() === words ? "as it was" : "rubbish");
}
JS
node read.mjs | tee seen
diff seen - <<'SEEN'
前檯服務 byte as it was
前檯服務 byte as it was
你好 byte as it was
你好 byte as it was
投訴接待 kanji rubbish
投訴接待 byte as it was
管理費 kanji rubbish
管理費 byte as it was
管理費: byte rubbish
管理費: byte as it was
SEEN
