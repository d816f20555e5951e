"""A clause as HTML, wherever it stands.

In Python and not as a template: a thousand procedures have thirty thousand clauses, and Jinja takes four times as long.
Every text goes through `view.words` or `escape`; what does not is an id by its pattern, or our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from markupsafe import Markup

from ..model.clauses import Case, Clause, Otherwise, Placed
from ..model.facts import CLOCKS
from ..model.fields import cited
from ..model.former import former
from ..model.sops import Sop
from .icons import icon
from .view import View

DRAWN = dict.fromkeys(CLOCKS, "clock") | {"every": "repeat", "limit": "limit"}


def clause_html(view: View, tag: str, sop: Sop, placed: Placed, number: int | None = None) -> Markup:
    """A clause up to its end tag, which is its caller's to write: smaller steps may come before it.

    A step with a number has its act as a heading; a case has a label as well.
    """
    clause = placed.clause
    parts = [_open(view, tag, sop, placed, number), _anchor(view, clause)]
    parts += _condition(view, clause)
    if clause.do:
        element = "h3" if number or isinstance(clause, Case) else "p"
        parts.append(f'<{element} class="do">{view.words(clause.do)}</{element}>\n')
    if chips := "\n".join(_chips(view, sop, placed)):
        parts.append(f'<p class="chips">\n{chips}\n</p>\n')
    parts += _said(view, clause)
    parts += _asides(view, sop, clause)
    if clause.aliases and view.site.read:
        parts.append(f"<span hidden>{escape('、'.join(clause.aliases))}</span>\n")
    # A smaller step that rests on the same source as the one around it need not say so again.
    if not placed.parents or clause.source != placed.parents[-1].source:
        parts.append(f'<p class="cite">{cited(clause.source)}</p>\n')
    return Markup("".join(parts))


def _anchor(view: View, clause: Clause) -> str:
    """A link to the clause itself, named in full: what a page says twice hardly weighs."""
    name = escape(view.plain(clause.label if isinstance(clause, Case) else clause.headline))
    return f'<a class="anchor" href="#{clause.id}" aria-label="連結：{name}">{icon("link")}</a>\n'


def _condition(view: View, clause: Clause) -> Iterator[str]:
    if isinstance(clause, Case):
        yield f"<h4>{icon('branch')}{view.words(clause.label)}</h4>\n"
        yield f'<p class="when"><span>{view.words(clause.condition)}</span></p>\n'
    elif clause.condition:
        yield f'<p class="when">{icon("branch")}<span><b>如果</b>{view.words(clause.condition)}</span></p>\n'


def _said(view: View, clause: Clause) -> Iterator[str]:
    """What is said, what is never done, and what comes where it can't be done."""
    if clause.say:
        lines = "".join(f'<p class="words">「{typed(view.words(line))}」</p>' for line in clause.spoken)
        yield _saying("這樣說", lines) if lines else ""
        for line in clause.messages:
            yield _saying("這樣寫", f'<copy-words><p class="words">{typed(view.words(line))}</p></copy-words>')
    if clause.never:
        # Said on each line, as what is copied alone would say the opposite.
        texts = (f"<b>絕對不要</b>{view.words(line)}" for line in clause.never)
        lines = "".join(f"<li>{icon('never')}<span>{text}</span></li>" for text in texts)
        yield f'<div class="never"><ul>{lines}</ul></div>\n'
    if clause.otherwise:
        yield _otherwise(view, clause.otherwise)


def _saying(label: str, lines: str) -> str:
    return f'<div class="say"><p class="label">{icon("say")}{label}</p>{lines}</div>\n'


def typed(words: str) -> str:
    """Words in HTML as they were typed: their lines, and each of several blanks."""
    return words.replace("  ", "\N{NO-BREAK SPACE} ").replace("\n", "<br>")


def _open(view: View, tag: str, sop: Sop, placed: Placed, number: int | None) -> str:
    """The start tag: the clause's anchor, what it rests on, what it demands; and the anchors that it had before."""
    clause = placed.clause
    kind, more = "clause", ""
    if isinstance(clause, Case):
        kind, more = "clause case", f' aria-label="{escape(view.plain(clause.label))}"'
    elif number:
        more = f' value="{number}"'
    fingerprint = view.book.fingerprint(sop, placed)[:6]
    start = f'<{tag} class="{kind}" id="{clause.id}" data-source="{" ".join(clause.source)}"'
    shown = f'<b class="num" aria-hidden="true">{number}</b>' if number else ""
    olds = "".join(f'<i id="{old}"></i>' for old in former(view.book).inside.get(sop.id, {}).get(clause.id, ()))
    return f'{start} data-fingerprint="{fingerprint}"{more}>\n{shown}{olds}'


def chip(view: View, sop: Sop, clause: Clause, *, short: bool = False) -> str:
    """What a clause measures, a chip each; dashed as long as it is not decided."""
    dashed = " chip-undecided" if view.book.undecided(sop, clause) else ""
    return "\n".join(
        f'<span class="chip chip-{fact.chip}{dashed}">{"" if short else icon(DRAWN[fact.kind])}'
        f"{escape(view.book.measure(sop, clause, fact, short=short))}</span>"
        for fact in clause.facts
    )


def _chips(view: View, sop: Sop, placed: Placed) -> Iterator[str]:
    if placed.clause.fact:
        yield chip(view, sop, placed.clause)
    if placed.who != sop.actors:
        yield f'<span class="chip chip-who">{icon("who")}<span>{view.posts(placed.who)}</span></span>'
    for form in placed.clause.form:
        name = escape(view.book.name(form) or "")
        yield f'<a class="chip chip-form" href="{view.link(form)}">{icon("form")}{name}</a>'


def _otherwise(view: View, otherwise: Otherwise) -> str:
    to = f' <span class="to">→ {view.posts([otherwise.to])}</span>' if otherwise.to else ""
    return f'<p class="otherwise">{icon("escalate")}<span><b>做不到：</b>{view.words(otherwise.do)}{to}</span></p>\n'


def _asides(view: View, sop: Sop, clause: Clause) -> Iterator[str]:
    if clause.why:
        yield f'<p class="aside why">{icon("why")}<span><b>為什麼：</b>{view.words(clause.why)}</span></p>\n'
    if clause.note:
        yield f'<p class="aside">{icon("note")}<span><b>補充：</b>{view.words(clause.note)}</span></p>\n'
    for key, point in view.book.points(sop, clause).items():
        anchor = f"{sop.id}.{key}" if key in sop.open_points else key
        link = f'<a href="{view.url(f"open-points#{anchor}")}">待定</a>'
        words = view.words(point.meanwhile)
        yield f'<p class="aside open">{icon("open")}<span><b>{link}：</b>{words}</span></p>\n'
