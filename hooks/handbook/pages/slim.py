"""Pages without indents, scripts and styles without comments as well: readers' phones need neither.

Only what a lexer takes for a comment or a blank goes. Minifiers that rewrite the rest save a little more, and one was
found to change the order in which a script does things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from pygments.lexer import Lexer
from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Whitespace

TYPED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
INDENT = re.compile(r"\n\s+")
MAKER = re.compile(r'<meta name="generator"[^>]*>')  # which is not said: a template would have to cut `super()`
LEXERS: dict[str, Lexer] = {".js": JavascriptLexer(), ".css": CssLexer()}


@lru_cache(256)  # a server publishes them anew at each edit
def slim(ending: str, text: str) -> str:
    """The text of a script or a style without what only its authors read; comments that begin with `/*!` stay, as
    licences do."""
    tokens = ((_is_idle(kind, part), part) for _, kind, part in LEXERS[ending].get_tokens_unprocessed(text))
    return "".join(_joined(tokens)).strip()


def published(page: str) -> str:
    """A page in which every line starts with what it says, but for what is shown as typed; what made it is not said."""
    page = MAKER.sub("", page, count=1)
    return "".join(part if part.startswith("<pre") else INDENT.sub("\n", part) for part in TYPED.split(page))


def _is_idle(kind: Any, part: str) -> bool:
    # What the lexers call comments is not always one: `!important`, for instance.
    comment = kind in Comment and part.startswith(("//", "/*")) and not part.startswith("/*!")
    return comment or kind in Whitespace


def _joined(tokens: Iterator[tuple[bool, str]]) -> Iterator[str]:
    """What counts as it stands; between it, a line's end where there was one, as it may end a statement."""
    for idle, group in groupby(tokens, lambda token: token[0]):
        run = "".join(part for _, part in group)
        yield ("\n" if "\n" in run else " ") if idle else run
