"""A question as HTML that is whole without a script: a form to think in, the answer in a disclosure, a case by links.

In Python and not as a template, as a clause is (see clause.py). Every text goes through `escape`; what does not is an
id by its pattern, a letter, or our own. What scripts need stands in it once, and never in words alone: a browser that
translates rewrites every text on the page, letters too.

    <li class="question choice" id="_SOP/QUESTION" data-fingerprint="…">
      <form> … <li data-letter="A"><label><input value="A"> …
      <details class="answer" data-right="B"> … <li class="wrong"> …

`data-right` is a word of letters: the right option; all right options (AC); the steps in their order (CABD); the right
sides in the order of the left ones (BCA). Of a case each scene has its own, and each way leads to what comes of it:

    <section class="scene" id="_SOP/QUESTION/1-SCENE" data-right="B"> … <li><a href="#_SOP/QUESTION/1-SCENE/A"> …
    <section class="then" id="_SOP/QUESTION/1-SCENE/A"> … <a class="onward" href="#_SOP/QUESTION/2-SCENE">

Where the answers stay off the page (`keys: false`), an exam's questions say none of it: in place of `data-right` stands
`data-sealed`, against which a script can hold an answer (quiz/chance.py); what comes of the ways of a case is left out;
and why, one reads in the quiz.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from string import ascii_uppercase

from markupsafe import Markup

from ..quiz.chance import seal
from ..quiz.exam import Drawn
from ..quiz.plain import Answer, Arrange, Choose, Moment, Pairs, Plain, heading, plainly
from ..quiz.progress import fingerprints
from .view import View

LETTERS = ascii_uppercase


def question_html(view: View, drawn: Drawn, sealed: bool = False) -> Markup:
    """One question as an item of a list; nothing where it can't be asked. Sealed, it does not tell its answer."""
    said = [one for one in plainly(view.book, drawn) if isinstance(one, Plain)]
    if not said:
        return Markup()
    kind = drawn.question.kind  # type: ignore[attr-defined]
    shown = f"{kind} played" if sealed and kind == "case" else kind
    start = f'<li class="question {shown}" id="_{drawn.sop}/{drawn.question.id}"'
    parts = [f'{start} data-fingerprint="{fingerprints(view.book, drawn.sop)[drawn.question.id]}">\n']
    first = said[0]
    if isinstance(first, Moment):
        parts += (_sealed_case if sealed else _case)(view, drawn, [one for one in said if isinstance(one, Moment)])
    elif isinstance(first, Choose):
        parts += _choose(view, first, sealed)
    elif isinstance(first, Arrange):
        parts += _arrange(view, first, sealed)
    elif isinstance(first, Pairs):
        parts += _pairs(view, first, sealed)
    return Markup("".join([*parts, "</li>\n"]))


# ── kinds ───────────────────────────────────────────────────────────────────────────────────────


def _choose(view: View, one: Choose, sealed: bool) -> Iterator[str]:
    yield _form(one, "選出所有對的" if one.several else "", f'<ol class="options">\n{_boxes(one)}</ol>')
    verdicts = "".join(
        f'<li class="{_verdict(answer)[0]}"><b>{letter}：{_verdict(answer)[1]}。</b>'
        f"{escape(''.join(answer.feedback))}</li>\n"
        for letter, answer in zip(LETTERS, one.answers, strict=False)
    )
    yield _answer(view, one, _right(one), sealed, f'<ul class="verdicts">\n{verdicts}</ul>')


def _boxes(one: Choose) -> str:
    box = "checkbox" if one.several else "radio"
    return "".join(
        f'<li data-letter="{letter}"><label><input type="{box}" name="a" value="{letter}">'
        f"{_labelled(letter, answer.text)}</label></li>\n"
        for letter, answer in zip(LETTERS, one.answers, strict=False)
    )


def _arrange(view: View, one: Arrange, sealed: bool) -> Iterator[str]:
    places = "".join(f"<option>{number}</option>" for number in range(1, len(one.steps) + 1))
    letters = dict(zip(one.shown, LETTERS, strict=False))
    options = "".join(
        f'<li data-letter="{letters[place]}"><label>{_labelled(letters[place], one.steps[place])} '
        f'<select name="{letters[place]}">'
        f'<option value="">第幾步</option>{places}</select></label></li>\n'
        for place in one.shown
    )
    yield _form(one, "排出先後", f'<ol class="options">\n{options}</ol>')
    right = "".join(letters[place] for place in range(len(one.steps)))
    verdicts = "".join(f"<li><b>{letter}</b></li>" for letter in right)
    yield _answer(view, one, right, sealed, f'<p>先後是</p><ol class="sequence">{verdicts}</ol>')


def _pairs(view: View, one: Pairs, sealed: bool) -> Iterator[str]:
    letters = dict(zip(one.shown, LETTERS, strict=False))
    choices = "".join(f"<option>{letter}</option>" for letter in letters.values())
    lefts = "".join(
        f'<li data-letter="{number}"><label>{_labelled(number, couple.left)} <select name="{number}">'
        f'<option value="">配哪個</option>{choices}</select></label></li>\n'
        for number, couple in enumerate(one.couples, 1)
    )
    rights = "".join(
        f'<li data-letter="{letter}">{_labelled(letter, one.couples[place].right)}</li>\n'
        for place, letter in letters.items()
    )
    lists = f'<ol class="options lefts">\n{lefts}</ol>\n<ol class="options rights">\n{rights}</ol>'
    yield _form(one, "把相配的配起來", lists)
    right = "".join(letters[place] for place in range(len(one.couples)))
    verdicts = "".join(
        f"<li><b>{number} 配 {letters[number - 1]}。</b>{escape(couple.feedback)}</li>\n"
        for number, couple in enumerate(one.couples, 1)
    )
    yield _answer(view, one, right, sealed, f'<ul class="verdicts">\n{verdicts}</ul>')


def _case(view: View, drawn: Drawn, scenes: list[Moment]) -> Iterator[str]:
    yield f'<p class="ask">{escape(view.plain(drawn.question.ask, drawn.sop))}</p>\n'
    for one in scenes:
        ways = "".join(
            f'<li data-letter="{letter}"><a href="#_{one.id}/{letter}">{_labelled(letter, way.text)}</a></li>\n'
            for letter, way in zip(LETTERS, one.answers, strict=False)
        )
        yield f'<section class="scene" id="_{one.id}" data-right="{_right(one)}">\n'
        yield f'<p class="told"><small>第 {one.number} 幕：</small>{escape(one.ask[-1])}</p>\n'
        yield f'<ol class="options">\n{ways}</ol>\n</section>\n'
        for letter, way in zip(LETTERS, one.answers, strict=False):
            yield _then(f"{one.id}/{letter}", letter, way, scenes)
    yield _told(view, view.plain(drawn.question.why, drawn.sop), drawn.question.clauses)


def _sealed_case(view: View, drawn: Drawn, scenes: list[Moment]) -> Iterator[str]:
    """All scenes below each other, as on paper."""
    yield f'<p class="ask">{escape(view.plain(drawn.question.ask, drawn.sop))}</p>\n'
    for one in scenes:
        yield f'<section class="scene" id="_{one.id}" data-sealed="{seal(one.id, _right(one))}">\n'
        told = f"<small>第 {one.number} 幕：</small>{escape(one.ask[-1])}"
        yield f'<form method="dialog"><fieldset>\n<legend>{told}</legend>\n'
        yield f'<ol class="options">\n{_boxes(one)}</ol>\n</fieldset></form>\n</section>\n'
    yield _closed(view, drawn.question.clauses)


def _then(ident: str, letter: str, way: Answer, scenes: list[Moment]) -> str:
    """What comes of a way, and the link to what comes next."""
    kind, word = _verdict(way)
    to, label = (scenes[way.to - 1], f"接著：第 {way.to} 幕") if way.to else (scenes[0], "結局。從頭再來一次")
    end = "" if way.to else " end"
    return (
        f'<section class="then {kind}{end}" id="_{ident}">\n<p><b>{letter}：{word}。</b>{escape(way.feedback[0])}</p>\n'
        f'<p><a class="onward" href="#_{to.id}">{label}</a></p>\n</section>\n'
    )


# ── what all have ───────────────────────────────────────────────────────────────────────────────


def _form(one: Plain, how: str, answers: str) -> str:
    """A form that goes nowhere: `method="dialog"` outside a dialog does nothing."""
    hint = f" <small>{how}</small>" if how else ""
    ask = "".join(escape(line) for line in one.ask)
    return f'<form method="dialog"><fieldset>\n<legend>{ask}{hint}</legend>\n{answers}\n</fieldset></form>\n'


def _answer(view: View, one: Plain, right: str, sealed: bool, verdicts: str) -> str:
    if sealed:
        return _closed(view, one.clauses, f' data-sealed="{seal(one.id, right)}"')
    return _told(view, one.why, one.clauses, f' data-right="{right}"', verdicts)


def _told(view: View, why: str, clauses: Iterable[str], marked: str = "", verdicts: str = "") -> str:
    return (
        f'<details class="answer"{marked}><summary>答案與說明</summary>\n{verdicts}\n'
        f'<p class="reason">{escape(why)}</p>\n{_read(view, clauses)}</details>\n'
    )


def _closed(view: View, clauses: Iterable[str], marked: str = "") -> str:
    return f'<details class="answer"{marked}><summary>在哪幾條</summary>\n{_read(view, clauses)}</details>\n'


def _read(view: View, clauses: Iterable[str]) -> str:
    return f'<p class="read"><b>再讀：</b>{"、".join(_clauses(view, clauses))}</p>\n'


def _clauses(view: View, refs: Iterable[str]) -> Iterator[str]:
    for ref in refs:
        if found := view.book.clause(ref):
            sop, placed = found
            words = heading(view.book, sop, placed).rstrip("。")
            home = "" if sop.id == view.here else f"{view.book.title(sop)}："
            yield f'<a href="{escape(view.link(sop.id, placed.clause.id))}">{escape(home + words)}</a>'


def _labelled(letter: str | int, text: str) -> str:
    """A letter and what it stands for: apart also where the text is copied, read aloud or searched on paper."""
    return f"<b>{letter}.</b> <span>{escape(text)}</span>"


def _right(one: Choose) -> str:
    return "".join(letter for letter, answer in zip(LETTERS, one.answers, strict=False) if answer.right)


def _verdict(answer: Answer) -> tuple[str, str]:
    return ("right", "對") if answer.right else ("wrong", "不對")
