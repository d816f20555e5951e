"""Folders to a handbook, and every problem that reading them shows."""

from __future__ import annotations

import difflib
import functools
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ..model.book import Handbook
from ..model.model import KINDS, OPTIONAL, PATTERNS, REGISTERS, SLUG, Organization, Sop, SourceText
from ..model.quiz import Quiz
from ..problem import Problem, declare
from . import source
from .shapes import fields_at

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
AMOUNT = declare("bad-amount", "數量寫成「數字 單位」，單位要是手冊認得的。", "within: 兩天", "within: 2 days")
STRAY = declare(
    "stray-file",
    "sop/ 與 quiz/ 裡只放手冊讀得到的檔案：roles、standards、procedures 三個資料夾裡的 .yml，與登記簿。",
    "sop/procedures/visitors.yaml",
    "sop/procedures/visitors.yml",
)
ID_TAKEN = declare(
    "id-taken",
    "代號在整本手冊裡只用一次：名稱、崗位、表單與 SOP 共用同一份代號（崗位職責與它的崗位同名除外）。",
    "sop/standards/visitors.yml 與 sop/procedures/visitors.yml",
    "sop/standards/visiting.yml 與 sop/procedures/visitors.yml",
)
FILE_NAME = declare("file-name", "檔名就是代號：小寫英文字母、數字與連字號。", "Visitors 2.yml", "visitors.yml")
KNOWN_IDS = "sop/known-ids.txt"
KNOWN_ID = declare(
    "known-id",
    "known-ids.txt 由程式寫：一行一個代號與它的檢查碼，只有不問了的題目、從來沒有發布過的可以刪掉。",
    "procedures/payments 2bbf   # 全部取代時，連這裡的 fees 也換掉了",
    "procedures/fees 2bbf",
)
MOST_KNOWN = 16 * source.MAX_BYTES  # a thousand SOPs have 50,000 ids


@dataclass
class _Reading:
    root: Path
    documents: dict[str, source.Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)

    def one(self, path: Path, shape: Any, key: str) -> Any:
        """Read and validate one file; None, with the problems noted, where it does not hold."""
        document, value, problems = _understand(path, self.shown(path), shape)
        self.documents[key] = document
        self.problems += problems
        if value is None:
            self.unreadable.add(key)
        return value

    def shown(self, path: Path) -> str:
        """A file's name as problems give it: from the project's folder, and printable whatever its bytes."""
        return path.relative_to(self.root).as_posix().encode("utf-8", "replace").decode("utf-8")

    def at_top(self, path: Path, code: str, message: str) -> Problem:
        return Problem(self.shown(path), 1, 1, code, message)


Understood = tuple[source.Document, Any, list[Problem]]

_understood: dict[str, tuple[bytes, Any, Understood]] = {}  # so that a server reads anew only what was edited


def _understand(path: Path, shown: str, shape: Any) -> Understood:
    """A file as a document and as what it means (None where it does not hold), with its problems."""
    document = source.Document(shown)
    data = source.fetch(path, document)
    if data is None:
        return document, None, document.problems
    before = _understood.get(shown)
    if before and before[:2] == (data, shape):
        return before[2]
    source.decode(data, document)
    value, problems = None, list(document.problems)
    if document.value is not None or not problems:
        try:
            value = _adapter(shape).validate_python(document.value)
        except ValidationError as error:
            problems += _explain(error, shape, document)
    _understood[shown] = data, shape, (document, value, problems)
    return document, value, problems


@functools.cache
def _adapter(shape: Any) -> TypeAdapter:
    return TypeAdapter(shape)


def load(root: Path) -> tuple[Handbook | None, list[Problem]]:
    """Read `root/sop` and `root/quiz`. The handbook holds whatever was sound; None without an organisation."""
    reading = _Reading(root)
    files = {name: root / "sop" / f"{name}.yml" for name in REGISTERS}
    there = {name: path for name, path in files.items() if name not in OPTIONAL or os.path.lexists(path)}
    registers = {name: reading.one(path, REGISTERS[name], name) for name, path in there.items()}
    sops: dict[str, Sop] = {}
    for kind in KINDS.values():
        for path in _files(reading, root / "sop" / kind.folder):
            if path.stem in reading.documents:
                first = reading.documents[path.stem].path
                reading.problems.append(reading.at_top(path, ID_TAKEN, f"代號 {path.stem} 已經是 {first}"))
                continue
            sop = reading.one(path, kind, path.stem)
            if sop:
                sop._id = path.stem
                sops[path.stem] = sop
    quizzes = {}
    for path in _files(reading, root / "quiz"):
        quiz = reading.one(path, Quiz, f"quiz/{path.stem}")
        if quiz:
            quizzes[path.stem] = quiz
    reading.problems += _strays(reading)
    organization, texts = registers["organization"], registers["source"]
    if not isinstance(organization, Organization) or not isinstance(texts, SourceText):
        return None, reading.problems
    book = Handbook(
        organization,
        texts,
        registers["forms"] or {},
        registers["glossary"] or {},
        sops,
        quizzes,
        registers["synonyms"] or [],
        reading.documents,
        frozenset(reading.unreadable),
        registers.get("gone") or {},
        _known(reading),
        root,
    )
    return book, reading.problems


def _known(reading: _Reading) -> dict[str, int]:
    """Every id there ever was, and the line that it stands in; none where nobody has noted them yet."""
    path = reading.root / KNOWN_IDS
    document = source.Document(KNOWN_IDS)
    data = source.fetch(path, document, MOST_KNOWN) if os.path.lexists(path) else None
    reading.problems += document.problems
    found: dict[str, int] = {}
    spoilt: list[tuple[int, str]] = []
    for number, line in enumerate((data or b"").decode("utf-8-sig", "replace").splitlines(), 1):
        ident, _, mark = line.partition(" ")
        if mark == check_mark(ident):
            found[ident] = number
        elif line.strip() and line[0] != "#":
            spoilt.append((number, line))
    if spoilt:
        message = f"這一行被改過：{spoilt[0][1]}（這樣的有 {len(spoilt)} 行）。還原整個檔案；合併留下的記號就刪掉"
        reading.problems.append(Problem(KNOWN_IDS, spoilt[0][0], 1, KNOWN_ID, message))
    return found


def check_mark(ident: str) -> str:
    """4 hexadecimal digits behind a known id: who replaces a word in all files would make the old one forgotten."""
    return f"{zlib.crc32(ident.encode()) & 0xFFFF:04x}"


def _files(reading: _Reading, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("[!.]*.yml")) if not folder.is_symlink() else []:
        if re.fullmatch(SLUG, path.stem):
            yield path
        else:
            reading.problems.append(reading.at_top(path, FILE_NAME, "檔名不能當代號：" + PATTERNS[SLUG]))


def _strays(reading: _Reading) -> Iterator[Problem]:
    sop, quiz = reading.root / "sop", reading.root / "quiz"
    homes = {sop / kind.folder for kind in KINDS.values()} | {quiz}
    known = {sop / f"{name}.yml" for name in REGISTERS} | {quiz / "schema.json", reading.root / KNOWN_IDS}
    for folder in (sop, quiz):
        try:
            for path in source.walk(folder):
                ours = path in known or (path.parent in homes and path.suffix == ".yml")
                if ours:
                    continue
                if path.is_symlink():
                    yield reading.at_top(path, source.FILE_LINK, source.LINKED)
                elif not (path.parent == sop / "schema" or path.is_dir()):
                    yield reading.at_top(path, STRAY, "手冊不會讀這個檔案：改名、搬到對的資料夾，或拿走")
        except OSError as error:
            place = Path(error.filename or folder)
            yield reading.at_top(place, source.FILE_READ, f"讀不到資料夾：{error.strerror}")


# ── what pydantic found, in our words and at its place ───────────────────────────────────────────


def _explain(error: ValidationError, shape: Any, document: source.Document) -> Iterator[Problem]:
    for found in error.errors(include_url=False):
        place = tuple(part for part in found["loc"] if part != "[key]")
        # In a quiz, pydantic names the kind of question after its number; the file has no such step.
        trail = place[:2] + place[3:] if shape is Quiz and place[:1] == ("questions",) else place
        if found["type"].startswith("union_tag"):
            trail = place = (*trail, "kind")
        on_key = found["type"] == "extra_forbidden" or "[key]" in found["loc"]
        code, message = _say(found["type"], found, shape, place)
        yield document.problem(trail, code, message, key=on_key)


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
        expected = re.findall("'(.+?)'", context.get("expected") or context["expected_tags"])
        return BAD_VALUE, f"{name} 只能是 {'、'.join(expected)}"
    if kind in WRONG_SHAPE:
        return source.SHAPE, f"這裡要的是{WRONG_SHAPE[kind]}"
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


def _guess(name: str, known: dict[str, str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return f"；是不是 {close[0]}？"
    return f"；可以用的是 {'、'.join(known)}" if known else ""
