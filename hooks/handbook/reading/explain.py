"""What pydantic found, in our words and at its place."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..model.document import Document, Trail
from ..model.fields import PATTERNS
from ..model.questions import Quiz
from ..problem import Problem, declare
from .builder import SHAPE
from .shapes import fields_at

COMMENT = re.compile(r"(?:[\w-]*:)?\s*(#.*)")
UNKNOWN_KEY = declare("unknown-key", "只用手冊認得的鍵。", "titel: 來訪接待", "title: 來訪接待")
MISSING_KEY = declare(
    "missing-key",
    "該有的鍵一個都不能少：受控文件要有負責人、讀者、版本、生效日、檢討週期與依據；"
    "流程還要有起因、執行的人、口訣與完成條件；崗位還要有向誰負責、必須熟練的 SOP 與一天的工作。",
    "title: 來訪接待\nkind: procedure",
    "title: 來訪接待\nkind: procedure\nowner: service-desk",
)
BAD_VALUE = declare("bad-value", "值要合乎欄位的寫法。", "id: 第一步", "id: first-step")
EMPTY = declare("empty-value", "鍵寫了就要有值。", "do:", "do: 請住戶坐下")
AMOUNT = declare(
    "bad-amount", "數量寫成「數字 單位」，鐘點寫成 03:00，單位要是手冊認得的。", "within: 兩天", "within: 2 days"
)


@functools.cache
def adapter(shape: Any) -> TypeAdapter:
    """What reads values as a shape."""
    return TypeAdapter(shape)


def explain(error: ValidationError, shape: Any, document: Document) -> Iterator[Problem]:
    from .examples import example

    for found in error.errors(include_url=False):
        place, trail = trail_of(found, shape)
        on_key = found["type"] == "extra_forbidden" or "[key]" in found["loc"]
        code, message = _say(found["type"], found, shape, place)
        problem = document.problem(trail, code, message, key=on_key)
        more = _beside(problem, found, document)
        yield replace(problem, message=message + more, example=example(place))


def _beside(problem: Problem, found: Any, document: Document) -> str:
    """What the file shows of why it is so: a mark that means something else in YAML than the author meant."""
    from .patch import cut_off, quoted

    line = document.lines[problem.line - 1]
    before, behind = line[: problem.column - 1], line[problem.column - 1 :]
    if found["type"] == "extra_forbidden" and not found["input"] and (cut := cut_off(before, str(found["loc"][-1]))):
        return f"；{{…}} 裡的逗號會把值切開，整個值用引號包起來：{quoted(cut[1])}"
    if problem.code == EMPTY and (comment := COMMENT.match(behind)):
        return f"；# 後面是註解，不算；要寫 #，整段用引號包起來：{quoted(comment[1])}"
    if problem.code == BAD_VALUE and isinstance(found["input"], str) and re.search("[，、]", found["input"]):
        return "；項目之間用半形逗號"
    if found["type"] == "string_type" and isinstance(found["input"], dict):
        return "；文字裡的冒號用全形「：」，或整段用引號包起來"
    if found["type"] == "string_type" and isinstance(found["input"], list):
        return "；[ 開頭的，整段用引號包起來；清單的 - 只寫一個"
    return ""


def trail_of(found: Any, shape: Any) -> tuple[Trail, Trail]:
    """Where an error is: in the shape, and in the file."""
    place = tuple(part for part in found["loc"] if part != "[key]")
    # In a quiz, pydantic names the kind of question after its number; the file has no such step.
    trail = place[:2] + place[3:] if shape is Quiz and place[:1] == ("questions",) else place
    return ((*trail, "kind"),) * 2 if found["type"].startswith("union_tag") else (place, trail)


def expected(found: Any) -> list[str]:
    """The words of which one was expected."""
    context = found["ctx"]
    return re.findall("'(.+?)'", context.get("expected") or context["expected_tags"])


def _say(kind: str, found: Any, shape: Any, place: tuple) -> tuple[str, str]:
    given, context, name = found["input"], found.get("ctx", {}), place[-1] if place else ""
    if kind in ("missing", "union_tag_not_found"):
        described = fields_at(shape, place[:-1]).get(name, "")
        return MISSING_KEY, f"缺少 {name}" + (f"：{described}" if described else "")
    if kind == "extra_forbidden":
        return UNKNOWN_KEY, f"沒有「{name}」這個鍵{_guess(str(name), fields_at(shape, place[:-1]))}"
    if given in ("", None, [], {}) or kind == "string_too_short":
        what = f"{name} " if name and isinstance(name, str) else "這裡" if place else "檔案"
        return EMPTY, f"{what}不能是空的"
    if kind == "amount":
        return AMOUNT, found["msg"]
    if kind in ("literal_error", "union_tag_invalid"):
        return BAD_VALUE, f"{name} 只能是 {'、'.join(expected(found))}"
    if kind in WRONG_SHAPE:
        return SHAPE, f"這裡要的是{WRONG_SHAPE[kind]}"
    if kind == "string_pattern_mismatch":
        return BAD_VALUE, f"「{given}」不合寫法：{PATTERNS[context['pattern']]}"
    if kind in BOUNDS:
        word, bound = BOUNDS[kind]
        return BAD_VALUE, f"{name} {word} {context[bound]}"
    if kind.startswith("date"):
        return BAD_VALUE, f"「{given}」不是日期；寫成 2026-12-01"
    return BAD_VALUE, f"「{given}」不合寫法（{found['msg']}）"


WRONG_SHAPE = {
    "string_type": "文字",
    "list_type": "清單，每項前面寫 -",
    "dict_type": "對照表，寫成 鍵: 值",
    "model_type": "對照表，寫成 鍵: 值",
    "model_attributes_type": "對照表，寫成 鍵: 值",
    "bool_type": " true 或 false",
    "int_parsing": "整數",
    "int_parsing_size": "整數",
    "int_type": "整數",
    "date_type": "日期，例如 2026-12-01",
}
BOUNDS = {
    "greater_than_equal": ("不能小於", "ge"),
    "less_than_equal": ("不能大於", "le"),
    "too_short": ("的項數不能少於", "min_length"),
    "too_long": ("的項數不能多於", "max_length"),
}


def closest(name: str, known: dict[str, str]) -> str:
    """The key that an unknown one may be."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.7)), "")


def _guess(name: str, known: dict[str, str]) -> str:
    if close := closest(name, known):
        return f"；是不是 {close}？"
    return f"；可以用的是 {'、'.join(known)}" if known else ""
