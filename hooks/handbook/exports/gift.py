"""Questions as Moodle GIFT: a text file that most learning systems read.

The format: https://docs.moodle.org/en/GIFT_format. Where that is silent, what Moodle's own reader does decides
(question/format/gift/format.php): a question is HTML once it says [html], but the right side of a pair is always plain
text; no character but \\ ~ = # { } : can be escaped, so a % or [ that would be taken for a weight or a format is
written as an HTML entity; and a question with no `=` is one with several right answers.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from ..model.book import Handbook
from ..quiz.exam import Drawn
from ..quiz.plain import Arrange, Choose, Moment, Omitted, Pairs, Plain, printable, sorted_out

NO_BRANCHES = "GIFT 沒有分支：情境拆成一幕一題，不管選了什麼都會遇到每一幕"
NO_ORDER = "GIFT 沒有排序題：改成配對，每一步配它是第幾步"


def gift(book: Handbook, questions: Iterable[Drawn], title: str) -> tuple[str, list[Omitted]]:
    """The questions as one GIFT file, and what it can't hold.

    Each SOP is a category below `title`, unless it is the title itself.
    """
    said, omitted = sorted_out(book, questions)
    blocks = [f"// {_line(title)}"]
    here = ""
    for one in said:
        if one.sop != here:
            here = one.sop
            blocks.append(_category(title, book.title(book.sops[here])))
        blocks.append("\n".join(_question(one)))
    return "\n\n".join(blocks) + "\n", [*omitted, *_lost(said)]


def _lost(said: Iterable[Plain]) -> Iterator[Omitted]:
    """What is held in another shape, once a question."""
    for one in said:
        if isinstance(one, Moment) and one.number == 1:
            yield Omitted(f"{one.sop}/{one.question}", NO_BRANCHES, part=True)
        elif isinstance(one, Arrange):
            yield Omitted(f"{one.sop}/{one.question}", NO_ORDER, part=True)


def _category(*path: str) -> str:
    """Where Moodle puts what follows: a slash inside a name is doubled."""
    names = (_line(name).replace("/", "//") for name in dict.fromkeys(path))
    return f"$CATEGORY: $course$/top/{'/'.join(names)}"


def _question(one: Plain) -> Iterator[str]:
    yield f"// [id:{one.id}]"
    yield f"::{_escaped(one.id)}::[html]{_html(*one.ask)} {{"
    after = one.after
    if isinstance(one, Choose):
        yield from _choices(one)
    elif isinstance(one, Arrange):
        yield from (f"\t={_html(one.steps[place])} -> 第 {place + 1} 步" for place in one.shown)
    elif isinstance(one, Pairs):
        yield from (f"\t={_html(pair.left)} -> {_escaped(pair.right)}" for pair in one.couples)
        # A pair has no feedback of its own in this format.
        after = (*(f"{pair.left}——{pair.right}：{pair.feedback}" for pair in one.couples), *after)
    yield f"\t####{_html(*after)}"
    yield "}"


def _choices(one: Choose) -> Iterator[str]:
    """One right answer is `=`; of several, each has its share, and all that is wrong together takes everything off."""
    right = sum(answer.right for answer in one.answers)
    for answer in one.answers:
        if one.several:
            mark = f"~%{_share(right)}%" if answer.right else f"~%-{_share(len(one.answers) - right)}%"
        else:
            mark = "=" if answer.right else "~"
        told = f"#{_html(*answer.feedback)}" if answer.feedback else ""
        yield f"\t{mark}{_html(answer.text)}{told}"


def _share(parts: int) -> str:
    """A part of 100 as Moodle lists it: 50, 33.33333, 16.66667."""
    return f"{100 / parts:.5f}".rstrip("0").rstrip(".")


def _html(*lines: str) -> str:
    """Paragraphs as HTML that says exactly these words, escaped for GIFT."""
    text = "<br>".join(html.escape(line, quote=False) for line in lines)
    return _escaped(_LEADING.sub(lambda match: f"&#{ord(match[0])};", text))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", "\\n")


def _line(text: str) -> str:
    return " ".join(printable(text).split())


_LEADING = re.compile(r"^[%\[]")
_SPECIAL = re.compile(r"[\\~=#{}:]")
