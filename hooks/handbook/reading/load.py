"""Folders to a handbook, and every problem that reading them shows."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..model.amounts import Unit
from ..model.book import Handbook
from ..model.clocks import Own
from ..model.days import Named
from ..model.document import Document
from ..model.fields import PATTERNS, SLUG
from ..model.questions import Quiz
from ..model.registers import OPTIONAL, REGISTERS, Organization, SourceText
from ..model.sops import KINDS, Sop
from ..problem import Problem, declare
from .explain import adapter
from .files import FILE_LINK, FILE_READ, LINKED, fetch, walk
from .known import KNOWN_IDS, known_ids
from .source import decode

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


@dataclass
class _Reading:
    root: Path
    documents: dict[str, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    own: Own = field(default_factory=dict)  # units and moments that the organisation adds: facts are read with them

    def one(self, path: Path, shape: Any, key: str) -> Any:
        """Read and validate one file; None, with the problems noted, where it does not hold."""
        document, value, problems = _understand(path, self.shown(path), shape, self.own)
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


Understood = tuple[Document, Any, list[Problem]]

_understood: dict[str, tuple[tuple[object, ...], Understood]] = {}  # so that a server reads anew only what was edited


def _understand(path: Path, shown: str, shape: Any, own: Own) -> Understood:
    """A file as a document and as what it means (None where it does not hold), with its problems."""
    document = Document(shown)
    data = fetch(path, document)
    if data is None:
        return document, None, document.problems
    before = _understood.get(shown)
    if before and before[0] == (data, shape, own):
        return before[1]
    decode(data, document)
    value, problems = None, list(document.problems)
    if document.value is not None or not problems:
        try:
            value = adapter(shape).validate_python(document.value, context=own)
        except ValidationError:
            from .mend import sound  # most handbooks hold, and what mends others takes a while to load

            value, wrong = sound(shape, document, own)
            problems += wrong
    _understood[shown] = (data, shape, own), (document, value, problems)
    return document, value, problems


def load(root: Path) -> tuple[Handbook | None, list[Problem]]:
    """Read `root/sop` and `root/quiz`. The handbook holds whatever was sound; None without an organisation."""
    reading = _Reading(root)
    registers = dict(_registers(reading))
    sops, quizzes = dict(_sops(reading)), dict(_quizzes(reading))
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
        known_ids(root, reading.problems),
        root,
    )
    return book, reading.problems


def _registers(reading: _Reading) -> Iterator[tuple[str, Any]]:
    for name, shape in REGISTERS.items():
        path = reading.root / "sop" / f"{name}.yml"
        if name not in OPTIONAL or os.path.lexists(path):
            value = reading.one(path, shape, name)
            if isinstance(value, Organization):
                reading.own = _named(value.own, reading.documents[name].value)
            yield name, value


def _named(own: Own, written: Any) -> Own:
    """The words that facts are read with, also those that are written so that nobody knows how they are said: the
    problem there says enough."""
    for kind, unsaid in {"units": Unit("…"), "moments": Named("…")}.items():
        raw = written.get(kind) if isinstance(written, dict) else None
        own[kind] = dict.fromkeys(raw if isinstance(raw, dict) else (), unsaid) | own[kind]
    return own


def _sops(reading: _Reading) -> Iterator[tuple[str, Sop]]:
    for kind in KINDS.values():
        for path, key in _files(reading, reading.root / "sop" / kind.folder):
            if first := reading.documents.get(key):
                reading.problems.append(reading.at_top(path, ID_TAKEN, f"代號 {key} 已經是 {first.path}"))
            elif sop := reading.one(path, kind, key):
                sop._id = key
                yield key, sop


def _quizzes(reading: _Reading) -> Iterator[tuple[str, Quiz]]:
    for path, key in _files(reading, reading.root / "quiz"):
        if quiz := reading.one(path, Quiz, f"quiz/{key}"):
            yield key, quiz


def _files(reading: _Reading, folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder and their ids; one whose name is none is read as if it had the name that it may get."""
    paths = sorted(folder.glob("[!.]*.yml")) if not folder.is_symlink() else []
    names = {path.stem for path in paths}
    for path in paths:
        key = path.stem if re.fullmatch(SLUG, path.stem) else _slug(path.stem)
        if key != path.stem:
            hint = f"；例如 {key}.yml" if key else ""
            reading.problems.append(reading.at_top(path, FILE_NAME, f"檔名不能當代號：{PATTERNS[SLUG]}{hint}"))
        if key == path.stem or (key and key not in names):
            names.add(key)
            yield path, key


def _slug(name: str) -> str:
    """An id that is like a name, if there is one."""
    key = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")[:40].strip("-")
    return key if re.fullmatch(SLUG, key) else ""


def _strays(reading: _Reading) -> Iterator[Problem]:
    sop, quiz = reading.root / "sop", reading.root / "quiz"
    homes = {sop / kind.folder for kind in KINDS.values()} | {quiz}
    known = {sop / f"{name}.yml" for name in REGISTERS} | {quiz / "schema.json", reading.root / KNOWN_IDS}
    for folder in (sop, quiz):
        try:
            for path in walk(folder):
                ours = path in known or (path.parent in homes and path.suffix == ".yml")
                if ours:
                    continue
                if path.is_symlink():
                    yield reading.at_top(path, FILE_LINK, LINKED)
                elif not (path.parent == sop / "schema" or path.is_dir()):
                    yield reading.at_top(path, STRAY, "手冊不會讀這個檔案：改名、搬到對的資料夾，或拿走")
        except OSError as error:
            place = Path(error.filename or folder)
            yield reading.at_top(place, FILE_READ, f"讀不到資料夾：{error.strerror}")
