"""What YAML's parser finds wrong, in our words."""

from __future__ import annotations

import yaml

from ..model.document import Position, place_of
from ..problem import declare

SYNTAX = declare("yaml-syntax", "檔案必須是讀得懂的 YAML。", bad="title: 來訪: 接待", good='title: "來訪: 接待"')

# What the parser says; what to do about it; whether something earlier was left open, which is the place to show.
HINTS = (
    (
        "mapping values are not allowed",
        "值裡有冒號加空白就用引號包起來；不然是這一行縮排多了，或上一行少了冒號",
        False,
    ),
    ("tab character", "縮排只用空白，不用 Tab", False),
    ("cannot start any token", "這個字元不能開頭：整段用引號包起來；縮排只用空白，不用 Tab", False),
    ("did not find expected key", "縮排沒有對齊：同一層的鍵要從同一欄開始；引號、括號後面不能再有字", False),
    ("did not find expected '-'", "縮排沒有對齊：同一份清單的 - 要在同一欄", False),
    ("block sequence entries", "清單從下一行開始寫", False),
    ("found unexpected ':'", "冒號後面要空一格", False),
    ("scanning an alias", "* 開頭的文字要用引號包起來", True),
    ("scanning an anchor", "& 開頭的文字要用引號包起來", True),
    ("scanning a tag", "! 開頭的文字要用引號包起來", True),
    ("could not find expected ':'", "這一行少了冒號", True),
    ("unexpected end of stream", "這裡開始的引號沒有關", True),
    ("did not find expected ','", "這裡開始的括號沒有關，或項目之間少了逗號", True),
)


def explain(error: yaml.MarkedYAMLError) -> tuple[str, Position]:
    said = " ".join(part for part in (error.context, error.problem) if part)
    known = ((hint, earlier) for words, hint, earlier in HINTS if words in said)
    hint, earlier = next(known, ("這裡的 YAML 讀不懂", False))
    mark = error.context_mark if earlier and error.context_mark else error.problem_mark
    return f"{hint}（{said}）", place_of(mark) if mark else (1, 1)
