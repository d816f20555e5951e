"""The templates of pages, and what they do with a value: filters, as Jinja calls a filter several times faster than a
function."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from ..kit import folders
from ..model.clauses import Clause, Placed
from ..model.fields import cited
from ..model.gathered import setting
from ..model.sops import Sop
from ..quiz.exam import Drawn
from .clause import DRAWN, chip, clause_html, typed
from .icons import icon
from .question import question_html
from .view import View


class Compiled(BytecodeCache):
    """Templates as they were compiled before, whichever handbook asked: what has not changed is not compiled again."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self.kept.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


compiled = Compiled()


@cache
def templates(root: Path) -> Environment:
    """The templates of a project; a changed one is read again."""
    made = Environment(
        loader=FileSystemLoader(folders(root, "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled,
    )
    made.filters |= {
        "words": _words,
        "plain": _plain,
        "name": _name,
        "posts": _posts,
        "url": _url,
        "asset": _asset,
        "link": _link,
        "icon": icon,
        "drawn": DRAWN.__getitem__,
        "typed": _typed,
        "cited": cited,
        "clause": _clause,
        "chip": _chip,
        "setting": _setting,
        "question": _question,
        "fingerprint": _fingerprint,
        "size": _size,
    }
    return made


def _view(context: Context) -> View:
    found: View = context.parent["view"]  # where it is told: to look for it costs more than most filters do with it
    return found


@pass_context
def _words(context: Context, text: str, of: str | None = None) -> Markup:
    return Markup(_view(context).words(text, of))


@pass_context
def _plain(context: Context, text: str, of: str | None = None) -> str:
    return _view(context).plain(text, of)


def _typed(words: str) -> Markup:
    return Markup(typed(html.escape(words)))


@pass_context
def _name(context: Context, key: str) -> str | None:
    return _view(context).book.name(key)


@pass_context
def _posts(context: Context, keys: list[str]) -> Markup:
    return Markup(_view(context).posts(keys))


@pass_context
def _url(context: Context, to: str) -> str:
    return _view(context).url(to)


@pass_context
def _asset(context: Context, path: str) -> str:
    return _view(context).asset(path)


@pass_context
def _link(context: Context, key: str, clause: str = "") -> str:
    return _view(context).link(key, clause)


@pass_context
def _clause(context: Context, placed: Placed, tag: str, sop: Sop, number: int | None = None) -> Markup:
    return clause_html(_view(context), tag, sop, placed, number)


@pass_context
def _chip(context: Context, clause: Clause, sop: Sop) -> Markup:
    return Markup(chip(_view(context), sop, clause, short=True))


@pass_context
def _setting(context: Context, placed: Placed, sop: Sop) -> str:
    """When a clause counts that stands away from its page: 「重大投訴・如果有人受傷」; empty where it always does."""
    case, when = setting(_view(context).book, sop, placed)
    return "・".join(part for part in (case, f"如果{when}" * bool(when)) if part)


@pass_context
def _question(context: Context, drawn: Drawn, sealed: bool = False) -> Markup:
    return question_html(_view(context), drawn, sealed)


@pass_context
def _fingerprint(context: Context, sop: Sop) -> str:
    return _view(context).book.sop_fingerprint(sop)


def _size(count: int) -> str:
    """Bytes as people read them: 「152 KB」「1.2 MB」."""
    return f"{count / 1024:.0f} KB" if count < 1_000_000 else f"{count / 1024 / 1024:.1f} MB"
