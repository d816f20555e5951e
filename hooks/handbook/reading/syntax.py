"""What YAML's parser finds wrong, in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from ..model.document import Position, place_of
from ..problem import declare

if TYPE_CHECKING:
    from .patch import Patch

SYNTAX = declare("yaml-syntax", "檔案必須是讀得懂的 YAML。", bad="title: 來訪: 接待", good='title: "來訪: 接待"')

UNALIGNED = "縮排沒有對齊：同一層的鍵要從同一欄開始；引號、括號後面不能再有字"
BROKEN_OFF = "引號、括號後面不能再有字：整段用引號包起來"

# What the parser says; what to do about it; whether something earlier was left open, which is the place to show.
HINTS = (
    (
        "mapping values are not allowed",
        "值裡有冒號加空白就用引號包起來；不然是這一行縮排多了，或上一行少了冒號",
        False,
    ),
    ("tab character", "縮排只用空白，不用 Tab", False),
    ("cannot start any token", "這個字元不能開頭：整段用引號包起來；縮排只用空白，不用 Tab", False),
    ("found unknown escape character", "雙引號裡的 \\ 有特別的意思：換成單引號，或不用引號", False),
    ("did not find expected comment or line break", "| 或 > 開頭的文字要用引號包起來", False),
    ("incompatible YAML document", "% 開頭的行拿掉", False),
    ("did not find expected key", UNALIGNED, False),
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


# What is wrong with a line, where another way to write it is one that can be read.
PATCHED = {
    "close": "這裡開始的引號沒有關",
    "colon": "冒號後面要空一格",
    "wide": "鍵後面用半形冒號加一個空白，全形的「：」不算",
    "inside": "文字裡的冒號用全形「：」；非用半形不可，整段用引號包起來",
    "bare": "這一行少了冒號",
}


def explain(error: yaml.MarkedYAMLError, patch: Patch | None) -> tuple[str, Position]:
    """What is wrong and where, and how the line can be written, where that is known."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    if patch and patch.kind in PATCHED:
        return f"{PATCHED[patch.kind]}；{_written(patch)}", (patch.line, patch.column)
    known = ((hint, earlier) for words, hint, earlier in HINTS if words in said)
    hint, earlier = next(known, ("這裡的 YAML 讀不懂", False))
    mark = error.context_mark if earlier and error.context_mark else error.problem_mark
    if patch and patch.kind == "quote":
        hint = f"{BROKEN_OFF if hint == UNALIGNED else hint}；{_written(patch)}"
    return f"{hint}（{said}）", place_of(mark) if mark else (1, 1)


def _written(patch: Patch) -> str:
    line = patch.text.strip()
    return f"寫成 {line if len(line) <= 60 else line[:60] + '…'}"


def marks_of(error: yaml.MarkedYAMLError) -> tuple[Position, Position]:
    """Where the parser stops, and where what it was reading starts."""
    mark = error.problem_mark or error.context_mark
    return place_of(mark), place_of(error.context_mark or mark)
