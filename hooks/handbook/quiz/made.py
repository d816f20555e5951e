"""Questions made from the data, so that they are right for as long as the handbook is: nobody writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from ..model.book import Handbook
from ..model.facts import Fact
from ..model.model import Case, Clause, Procedure
from ..model.quiz import AnyQuestion, Choice, Number, Option, Order
from .answers import OPTIONS
from .draw import PAUSES, TRIES, Entry, Pool, Spot, Stock, Tier, drawn, shelf, teller, without

MADE = "--"  # stands in the ids of made questions only: kind--clause
MOST = 8  # steps to put in order: more do not fit a phone
BLANK = "＿＿"

Maker = Callable[[Pool], Iterator[AnyQuestion]]


@lru_cache(maxsize=1)
def bank(book: Handbook) -> dict[str, list[AnyQuestion]]:
    """Every question by the SOP that it belongs to: those that were written, then those made from the data.

    A fact that somebody wrote a question about is not asked for a second time.
    """
    found: dict[str, list[AnyQuestion]] = {}
    for key in book.sops:
        written = book.quizzes[key].questions if key in book.quizzes else []
        numbers = {question.about for question in written if isinstance(question, Number)}
        makes = (one for one in made(book).of(key) if not (isinstance(one, Number) and one.about in numbers))
        found[key] = [*written, *makes]
    return found


class Made:
    """The questions that follow from each SOP, made when somebody first wants them, and kept."""

    def __init__(self, book: Handbook) -> None:
        self.stock = Stock(book)
        self._pools: dict[str, Pool] = {}
        self._kept: dict[tuple[str, Maker], list[AnyQuestion]] = {}

    def of(self, key: str) -> list[AnyQuestion]:
        """All that follow from an SOP, in a fixed order."""
        return [question for make in MAKERS for question in self.by(make, key)]

    def by(self, make: Maker, key: str) -> list[AnyQuestion]:
        """Those of one sort."""
        if (key, make) not in self._kept:
            if key not in self._pools:
                self._pools[key] = Pool(self.stock, self.stock.book.sops[key])
            self._kept[key, make] = list(make(self._pools[key]))
        return self._kept[key, make]


@lru_cache(maxsize=1)
def made(book: Handbook) -> Made:
    """The made questions of a handbook."""
    return Made(book)


def measurable(clause: Clause) -> bool:
    """Whether a clause has a fact that can be asked for: a deadline, or a limit, whose unit is settled."""
    return clause.fact is not None and clause.fact.amount.unit != "?"


def _choice(kind: str, spot: Spot, ask: str, options: list[Option] | None, why: str) -> Iterator[Choice]:
    if options:
        ident = f"{kind}{MADE}{spot.clause.id}"
        yield Choice.model_construct(id=ident, kind="choice", about=[spot.ref], ask=ask, options=options, why=why)


# ── steps ───────────────────────────────────────────────────────────────────────────────────────


def order(pool: Pool) -> Iterator[Order]:
    """The stages of a procedure, each by its first step: inside a stage the order is not always a matter of course."""
    if not isinstance(pool.sop, Procedure):
        return
    first = {spot.stage: spot for spot in reversed(pool.steps)}
    steps = [first[letter] for letter in pool.sop.mnemonic if letter in first][:MOST]
    if len(steps) >= OPTIONS and len({spot.do for spot in steps}) == len(steps):
        meaning = "；".join(f"「{letter}」是{meant}" for letter, meant in pool.sop.mnemonic.items())
        yield Order.model_construct(
            id=f"order{MADE}stages",
            kind="order",
            steps=[spot.ref for spot in steps],
            ask=f"「{pool.title}」照「{''.join(pool.sop.mnemonic)}」來做。把這幾步排出先後。",
            why=f"{pool.book.plain(meaning, pool.sop.id)}。",
        )


def missing(pool: Pool) -> Iterator[Choice]:
    """A stage with one of its steps left out: the others to choose from belong to other stages."""
    if not isinstance(pool.sop, Procedure):
        return
    meaning = {letter: pool.book.plain(meant, pool.sop.id) for letter, meant in pool.sop.mnemonic.items()}
    steps = shelf(
        Entry(spot.do, spot, teller(lambda spot: f"那一步屬於「{spot.stage}」：{meaning[spot.stage]}。", spot))
        for spot in pool.steps
        if spot.stage in meaning
    )
    stages: dict[str, list[Spot]] = {}
    for spot in pool.steps:
        stages.setdefault(spot.stage, []).append(spot)
    for letter in meaning:
        inside = stages.get(letter, [])
        if len(inside) >= 2:
            known, lost = inside[0], inside[len(inside) // 2]
            here = {spot.do for spot in inside}
            ask = f"「{pool.title}」的「{letter}」，有一步是「{known.do}」，還少了哪一步？"
            options = drawn(lost.do, [(steps, without(here))])
            why = lost.why(f"「{letter}」是{meaning[letter]}：這兩步都在裡面。")
            yield from _choice("missing", lost, ask, options, why)


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


def number(pool: Pool) -> Iterator[Number]:
    """Every deadline and every limit whose unit is settled; what else could be it is drawn when it is shown."""
    for spot in pool.spots:
        fact = spot.clause.fact
        if fact and measurable(spot.clause):
            full = spot.plain(fact.full)
            said = f"{spot.do}：{full}。" if fact.kind == "limit" else f"{spot.scene}{full}，{spot.do}。"
            yield Number.model_construct(
                id=f"number{MADE}{spot.clause.id}",
                kind="number",
                about=spot.ref,
                ask=spot.scene + _ASKS[fact.kind](spot.do, spot.plain(fact.event), fact),
                why=spot.why(said),
            )


_ASKS: dict[str, Callable[[str, str, Fact], str]] = {
    "within": lambda do, event, _: f"從{event}算起，「{do}」的期限是多久？" if event else f"「{do}」的期限是多久？",
    "before": lambda do, event, _: f"要在{event}之前多久，「{do}」？",
    "after": lambda do, event, _: f"{event}滿多久，才「{do}」？",
    "every": lambda do, event, _: f"「{do}」，多久做一次？",
    "limit": lambda do, event, fact: f"「{do}」，{'是百分之幾' if fact.amount.unit == '%' else '限度是多少'}？",
}


# ── forms and posts ─────────────────────────────────────────────────────────────────────────────


def form(pool: Pool) -> Iterator[Choice]:
    """Which form a clause fills; each form once an SOP, where it comes first."""
    asked: set[str] = set()
    for spot in pool.spots:
        filled = spot.clause.form
        if len(filled) == 1 and filled[0] in pool.book.forms and filled[0] not in asked and spot.do:
            asked.add(filled[0])
            yield from _form(pool, spot, filled[0])


def _form(pool: Pool, spot: Spot, key: str) -> Iterator[Choice]:
    name = pool.book.forms[key].name
    blanked = spot.plain((spot.clause.do or "").replace(f"$({key})", BLANK)).rstrip("。")
    ask = f"{spot.scene}「{blanked}」，{'空格' if BLANK in blanked else '用的'}是哪一份？"
    if name not in ask:
        options = drawn(name, _forms(pool, spot, ask))
        why = spot.why(f"{name}：{spot.plain(pool.book.forms[key].purpose)}。")
        yield from _choice("form", spot, ask, options, why)


def _forms(pool: Pool, spot: Spot, ask: str) -> Iterator[Tier]:
    """Forms that the question does not name, and that no step around it or inside it fills."""
    kin = {form for clause in (*spot.placed.parents, *_inside(spot.clause)) for form in clause.form}

    def sound(entry: Entry) -> bool:
        return entry.about not in kin and entry.words not in ask

    yield pool.forms, sound
    yield pool.forms_around, sound


def _inside(clause: Clause) -> Iterator[Clause]:
    """A clause and all that stand in it."""
    yield clause
    for field in clause.nests:
        for inner in getattr(clause, field):
            yield from _inside(inner)


def who(pool: Pool) -> Iterator[Choice]:
    """Who acts where it is not the SOP's own actor; each post once an SOP."""
    asked: set[str] = set()
    posts = pool.book.organization.posts
    for spot in pool.spots:
        named = spot.clause.who
        if len(named) == 1 and named[0] not in asked and named != pool.sop.actors and named[0] in posts and spot.do:
            asked.add(named[0])
            ask = f"{spot.scene}「{spot.do}」，由誰來做？"
            name = posts[named[0]].name
            if name not in ask:
                tiers = (_own(pool, named[0]), _beside(pool, named[0]), _elsewhere(pool, named[0]))
                options = drawn(name, ((shelf(islice(tier, TRIES)), without(ask)) for tier in tiers))
                yield from _choice("who", spot, ask, options, spot.why(f"「{pool.title}」裡，這一步由{name}來做。"))


def _own(pool: Pool, right: str) -> Iterator[Entry]:
    """The posts that the SOP is for: they act wherever it does not say who."""
    posts = pool.book.organization.posts
    for post in pool.sop.actors:
        if post != right and post in posts:
            name = posts[post].name
            yield Entry(name, post, teller(lambda name: f"{name}做的是沒有另外指明的步驟。", name))


def _beside(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act elsewhere in the same SOP, or are told."""
    posts = pool.book.organization.posts
    for post, said in pool.named.items():
        if _may_be_taken(pool, post, right):
            yield Entry(posts[post].name, post, teller(str, said))


def _elsewhere(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act in other SOPs."""
    posts = pool.book.organization.posts
    for post, (sop, clause) in pool.stock.acting.items():
        if _may_be_taken(pool, post, right):
            done = pool.book.plain(clause.do or "", sop.id)
            said = f"{posts[post].name}做的是「{pool.book.title(sop)}」裡的「{done}」。"
            yield Entry(posts[post].name, post, teller(str, said))


def _may_be_taken(pool: Pool, post: str, right: str) -> bool:
    """Whether a post is of the same sort: a department and a post in it may be the same people."""
    posts = pool.book.organization.posts
    if post == right or post not in posts or right not in posts or post in pool.sop.actors:
        return False
    return posts[post].department == posts[right].department


# ── words ───────────────────────────────────────────────────────────────────────────────────────


def say(pool: Pool) -> Iterator[Choice]:
    """What the handbook has one say in a situation. What is said in the same part may do as well: it comes last."""
    for spot in pool.spots:
        if spot.clause.say and spot.clause.when and not isinstance(spot.clause, Case):
            done = f"這時候要做的是：{spot.do}。" if spot.do else f"{spot.scene}就說這一句。"
            options = drawn(f"「{spot.plain(spot.clause.say[0])}」", _phrases(pool, spot))
            yield from _choice("say", spot, f"{spot.scene}手冊教你說哪一句？", options, spot.why(done))


def _phrases(pool: Pool, spot: Spot) -> Iterator[Tier]:
    """Phrases of other parts, of what is related, of the same part: none that is right as well."""
    said = [spot.plain(line) for line in spot.clause.say]
    whole = PAUSES.sub("", "".join(said))
    parts = [part for line in said for part in PAUSES.split(line) if len(part) >= 4]

    def sound(entry: Entry) -> bool:
        other = entry.bare
        return not (other in whole or whole in other or any(part in other for part in parts))

    def elsewhere(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.stage != spot.stage and sound(entry)

    yield pool.phrases, elsewhere
    yield pool.phrases_around, sound
    yield pool.phrases, sound


# ── what is never done ──────────────────────────────────────────────────────────────────────────


def never(pool: Pool) -> Iterator[Choice]:
    """What is forbidden, among what is done."""
    kind = "這一步" if isinstance(pool.sop, Procedure) else "這一條"
    for spot in pool.spots:
        if spot.clause.never:
            # What is forbidden is mostly said in fewer words than what is done: the longest is the best hidden.
            lines = [spot.plain(line).rstrip("。") for line in spot.clause.never]
            forbidden = max(lines, key=len)
            part = f"「{spot.do}」{kind}，" if spot.do else f"說到「{spot.stage or pool.title}」，"
            rather = f"該做的是「{spot.do}」；" if spot.do else ""
            options = drawn(forbidden, _acts(pool, spot))
            why = spot.why(f"{rather}不可以做的是{''.join(f'「{line}」' for line in lines)}。")
            yield from _choice("never", spot, f"{spot.scene}{part}哪一件不可以做？", options, why)


def _acts(pool: Pool, spot: Spot) -> Iterator[Tier]:
    """What is done in the same part whatever the case, then in the whole SOP, then in any case."""

    def always(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.always and entry.words != spot.do

    def here(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.stage == spot.stage and always(entry)

    yield pool.acts, here
    yield pool.acts, always
    yield pool.acts, lambda entry: entry.words != spot.do


MAKERS: tuple[Maker, ...] = (order, missing, number, form, who, say, never)
