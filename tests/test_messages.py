"""What authors stumble over in YAML, and that each message says what they must know and how to write it."""

from __future__ import annotations

import re
import typing
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from handbook.compile import compile_handbook
from handbook.model.document import Document
from handbook.model.fields import PATTERNS, SLUG
from handbook.model.questions import Quiz
from handbook.model.registers import REGISTERS
from handbook.model.sops import Procedure, Role, Standard
from handbook.pages.render import render
from handbook.pages.shelf.guide import nested
from handbook.problem import report
from handbook.reading.examples import EXAMPLES
from handbook.reading.source import parse
from handbook.rules.lengths import GLANCE, GLANCE_QUIZ
from handbook.rules.texts import BREAKABLE
from tests import cases

pytestmark = pytest.mark.usefixtures("today")
HEAD = cases.STANDARD
FIRST = HEAD.count("\n") + 1


def told(tmp_path: Path, clause: str) -> list[tuple[int, str]]:
    """The lines of a standard at which something is said of its clause, and what."""
    root = cases.copy(tmp_path)
    whole = clause if clause.startswith("  -") else f"  - id: stand\n    {clause}\n    source: own"
    (root / "sop/standards/case.yml").write_text(f"{HEAD}{whole}\n", "utf-8")
    found = [problem for problem in cases.problems(root) if problem.code not in ("quiz-missing", "clause-unasked")]
    assert {problem.path for problem in found} <= {"sop/standards/case.yml"}
    return [(problem.line - FIRST, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("clause", "says"),
    [
        (
            "  - {id: stand, do: 收 NT$3,000 押金, source: own}",
            "逗號會把值切開，整個值用引號包起來：'收 NT$3,000 押金'",
        ),
        ("  - {id: stand, do: 站直, note: 先看, 再說, source: own}", "整個值用引號包起來：'先看, 再說'"),
        ("say:\n      - #房況 2E1: OK", "# 後面是註解，不算；要寫 #，整段用引號"),
        (
            '  - id: stand\n    do: 打開 C 槽\n    note: "C:\\夜班"\n    source: own',
            "雙引號裡的 \\ 有特別的意思：換成單引號",
        ),
        ("do: 報上: 公司名", "文字裡的冒號用全形「：」"),
        ("do: say: OK", "寫成 do: 'say: OK'"),
        ("do: *站直", "* 開頭的文字要用引號包起來"),
        ("do: * 站直", "寫成 do: '* 站直'"),
        ("do: & 站直", "寫成 do: '& 站直'"),
        ("do: @店長", "寫成 do: '@店長'"),
        ("do: `站直`", "寫成 do: '`站直`'"),
        ("do: %站直", "寫成 do: '%站直'"),
        ("do: |站直", "| 或 > 開頭的文字要用引號包起來；寫成 do: '|站直'"),
        (
            "  - id: stand\n    do: [櫃檯] 站直\n    source: own",
            "後面不能再有字：整段用引號包起來；寫成 do: '[櫃檯] 站直'",
        ),
        (
            "  - id: stand\n    do: {櫃檯}站直\n    source: own",
            "後面不能再有字：整段用引號包起來；寫成 do: '{櫃檯}站直'",
        ),
        ("do: [櫃檯]", "這裡要的是文字；[ 開頭的，整段用引號包起來"),
        ("say:\n      - - 您好", "清單的 - 只寫一個"),
        ("do: - 站直", "清單從下一行開始寫"),
        ("say:\n      - 您好: 請坐", "這裡要的是文字；文字裡的冒號用全形「：」"),
        ("  - id: stand\n\tdo: 站直\n    source: own", "縮排只用空白，不用 Tab"),
        ("do：站直", "鍵後面用半形冒號加一個空白，全形的「：」不算；寫成 do: 站直"),
        ("do:站直", "冒號後面要空一格；寫成 do: 站直"),
        ("do 站直", "這一行少了冒號；寫成 do: 站直"),
        ("  - id: stand\n    do: 站直\n   source: own", "縮排沒有對齊"),
        ('do: "站直', '這裡開始的引號沒有關；寫成 do: "站直"'),
        ("do: 站直\n    do: 坐直", "第 10 行已經寫過；另一條要另起一項"),
        ("  - {id: stand, do: 站直, who: [manager，clerk], source: own}", "項目之間用半形逗號"),
        ("  - {id: stand, do: 站直, formerly: Stand Up, source: own}", "寫舊的代號，例如 listen"),
    ],
)
def test_a_message_says_what_its_author_must_know(tmp_path: Path, clause: str, says: str) -> None:
    found = told(tmp_path, clause)
    assert len({line for line, _ in found}) == 1, found
    assert any(says in message for _, message in found), found


def test_an_example_is_of_the_field_that_it_is_about(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    text = HEAD.replace("10 years", "每年").replace("1.0.0", "1").replace("2026-01-01", "今年").replace("站直。", "")
    (root / "sop/standards/case.yml").write_text(
        text + "  - {id: stand, do: [站], limit: 兩公分, source: own}\n", "utf-8"
    )
    said = report(cases.problems(root)) + "\n"
    for field in ("review_every", "version", "effective", "summary", "do", "limit"):
        assert f"    | {EXAMPLES[field]}\n" in said, field
    assert "within" not in said


SHAPES = (Procedure, Standard, Role, *REGISTERS.values(), Quiz)


def test_every_example_is_one_wherever_its_field_is() -> None:
    seen = set()
    for model in (model for shape in SHAPES for model in nested(shape)):
        for name, info in model.model_fields.items():
            if name in EXAMPLES and typing.get_origin(info.annotation) is not typing.Literal:
                seen.add(name)
                value = parse(EXAMPLES[name], Document("a.yml")).value[name]
                try:
                    TypeAdapter(typing.Annotated[info.annotation, *info.metadata, ""]).validate_python(value)
                except ValidationError as error:
                    raise AssertionError(f"{model.__name__}.{name}") from error
            assert name in EXAMPLES or not info.is_required() or name in UNSAID, f"{model.__name__}.{name}"
    assert EXAMPLES.keys() - seen <= {"kind"}


# What holds other things, or is said to be one of a few words.
UNSAID = {"steps", "rules", "duties", "clauses", "options", "pairs", "scenes", "ways", "questions", "kind"}


def test_what_may_be_allowed_is_said_where_it_may_be(tmp_path: Path) -> None:
    root = cases.copy(tmp_path)
    (root / "sop/standards/case.yml").write_text(HEAD + "  - {id: stand, do: 注意站直 😀, source: own}\n", "utf-8")
    said = report(cases.problems(root))
    assert "非這樣寫不可，在那一條加 allow: {vague-word: 理由}" in said
    assert "{unprintable: 理由}" not in said


def test_the_guide_lists_how_long_and_how_many() -> None:
    """What is refused is what the guide says: limits stand in one place of the code, and are read from there."""
    every = render(compile_handbook(cases.MINIMAL)[0])
    page = next(page.text for page in every if page.path.startswith("authors/fields"))
    assert PATTERNS[SLUG] in page
    for field, most in {**GLANCE, "scene": GLANCE_QUIZ["scene"]}.items():
        assert re.search(rf"<code>{field}</code></td>(?:(?!</tr>).)*最多 {most} 字", page), field
    assert re.search(r"<code>id</code></td>(?:(?!</tr>).)*<td>代號</td>", page)
    assert re.search(r"<code>pass_mark</code></td>(?:(?!</tr>).)*至少 1；最多 100", page)
    assert re.search(r"<code>options</code></td>(?:(?!</tr>).)*項數至少 3；項數最多 6", page)
    assert all(f"<code>{code}</code>" in page for code in [*BREAKABLE, "working day"])
