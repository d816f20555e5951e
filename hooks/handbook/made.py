"""Questions made from the data, so that they are right for as long as the handbook is: nobody writes them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple
from zlib import crc32

from .answers import APART, OPTIONS, UNLIKE, option, scene
from .book import Handbook
from .facts import Fact
from .model import Case, Clause, Item, Placed, Procedure, Sop, Step
from .quiz import AnyQuestion, Choice, Number, Option, Order

MADE = "--"  # stands in the ids of made questions only: kind--clause
MOST = 8  # steps to put in order: more do not fit a phone
NEAR = 2  # characters: so much longer or shorter is as good as equal
BLANK = "＿＿"


@lru_cache(maxsize=1)
def bank(book: Handbook) -> dict[str, list[AnyQuestion]]:
    """Every question by the SOP that it belongs to: those that were written, then those made from the data.

    A fact that somebody wrote a question about is not asked for a second time.
    """
    stock = Stock(book)
    found: dict[str, list[AnyQuestion]] = {}
    for key, sop in book.sops.items():
        written = book.quizzes[key].questions if key in book.quizzes else []
        numbers = {question.about for question in written if isinstance(question, Number)}
        makes = (one for one in made(stock, sop) if not (isinstance(one, Number) and one.about in numbers))
        found[key] = [*written, *makes]
    return found


def made(stock: Stock, sop: Sop) -> list[AnyQuestion]:
    """The questions that follow from one SOP, in a fixed order."""
    pool = Pool(stock, sop)
    return [question for make in MAKERS for question in make(pool)]


# ── what is drawn from ──────────────────────────────────────────────────────────────────────────


class Entry:
    """Words that may stand as a wrong option. The option itself is made when it is first drawn, and then shared."""

    __slots__ = ("_bare", "_option", "about", "size", "tell", "words")

    def __init__(self, words: str, about: Spot | str, tell: Callable[[], str]) -> None:
        self.words, self.about, self.tell = words, about, tell
        self.size = len(words)
        self._option: Option | None = None
        self._bare = ""

    @property
    def bare(self) -> str:
        """The words without their punctuation."""
        self._bare = self._bare or _PAUSES.sub("", self.words)
        return self._bare

    @property
    def option(self) -> Option:
        if self._option is None:
            self._option = option(self.words, self.tell())
        return self._option


class Shelf(NamedTuple):
    """Entries by their size, so that those about as long stand together."""

    entries: list[Entry]
    sizes: list[int]


def shelf(entries: Iterable[Entry]) -> Shelf:
    placed = sorted(entries, key=lambda entry: entry.size)
    return Shelf(placed, [entry.size for entry in placed])


Fits = Callable[[Entry], bool]
Tier = tuple[Shelf, Fits]  # what is drawn from, and which of it is sound


def drawn(words: str, tiers: Iterable[Tier]) -> list[Option] | None:
    """The words as the right option beside two others, from the first tiers that have some; None where they have not.

    Those that are as long come first, then those about as long: else one knows the right one by its length. Among
    them it is as good as chance, so that not every question of an SOP has the same two.
    """
    size, chance = len(words), crc32(words.encode())
    found: list[Entry] = []
    seen: list[Tier] = []
    for (entries, sizes), fits in tiers:
        for low, high in (
            (size - NEAR, size + NEAR),
            (min(size / UNLIKE, size - APART), max(size * UNLIKE, size + APART)),
        ):
            _take(found, words, entries[bisect_left(sizes, low) : bisect_right(sizes, high)], fits, chance)
        if len(found) == OPTIONS - 1:
            break
        seen.append((Shelf(entries, sizes), fits))
    else:
        for (entries, _), fits in seen:
            _take(found, words, entries, fits, chance)
    return [option(words), *(entry.option for entry in found)] if len(found) == OPTIONS - 1 else None


def _take(found: list[Entry], words: str, entries: list[Entry], fits: Fits, chance: int) -> None:
    """Add sound entries, from a place that chance decides, until there are enough."""
    for step in range(len(entries)):
        if len(found) == OPTIONS - 1:
            return
        entry = entries[(chance + step) % len(entries)]
        if entry.words != words and all(entry.words != other.words for other in found) and fits(entry):
            found.append(entry)


def _without(ruled_out: Container[str]) -> Fits:
    """Entries whose words do not stand in a question, or are not among others that are right."""
    return lambda entry: entry.words not in ruled_out


class Spot:
    """A clause of an SOP, read for questions: its words are plain, so that they can be quoted anywhere."""

    __slots__ = ("_scene", "always", "book", "clause", "do", "placed", "sop", "stage")

    def __init__(self, book: Handbook, sop: Sop, placed: Placed, always: bool) -> None:
        self.book, self.sop, self.placed, self.clause = book, sop, placed, placed.clause
        self.always = always  # whether it counts in every case
        self.do = self.plain(placed.clause.do).rstrip("。") if placed.clause.do else ""
        outermost = placed.parents[0] if placed.parents else placed.clause
        self.stage = ""  # the part of the SOP that it stands in: a letter of the mnemonic, or a group
        if isinstance(outermost, Step):
            self.stage = outermost.stage
        elif isinstance(outermost, Item):
            self.stage = outermost.group or ""
        self._scene: str | None = None

    @property
    def ref(self) -> str:
        return f"{self.sop.id}#{self.clause.id}"

    @property
    def scene(self) -> str:
        if self._scene is None:
            self._scene = scene(self.book, self.sop, self.placed)
        return self._scene

    def plain(self, text: str) -> str:
        return self.book.plain(text, self.sop.id) if "$(" in text else text

    def why(self, otherwise: str) -> str:
        """Its reason, else a sentence made from it."""
        return self.plain(self.clause.why) if self.clause.why else otherwise


class Stock:
    """What the questions of a whole handbook share: each index is made once, so no SOP looks through the others."""

    def __init__(self, book: Handbook) -> None:
        self.book = book
        self._phrases: dict[str, Shelf] = {}

    def spots(self, sop: Sop) -> list[Spot]:
        """The clauses of an SOP in reading order."""
        always: dict[int, bool] = {}
        found = []
        for placed in self.book.clauses[sop.id].values():
            clause = placed.clause
            here = not (clause.when or isinstance(clause, Case))
            always[id(clause)] = here and (not placed.parents or always.get(id(placed.parents[-1]), False))
            found.append(Spot(self.book, sop, placed, always[id(clause)]))
        return found

    def phrases(self, sop: Sop, spots: list[Spot] | None = None) -> Shelf:
        """What an SOP has one say, by size."""
        if sop.id not in self._phrases:
            spoken = [spot for spot in spots or self.spots(sop) if spot.clause.say]
            self._phrases[sop.id] = shelf(
                Entry(f"「{spot.plain(spot.clause.say[0])}」", spot, _teller(_said, spot)) for spot in spoken
            )
        return self._phrases[sop.id]

    @cached_property
    def forms(self) -> dict[str, Entry]:
        """Form → its name and what it is for."""
        return {
            key: Entry(
                form.name, key, _teller(lambda purpose: f"那一份用在別的事：{self.book.plain(purpose)}。", form.purpose)
            )
            for key, form in self.book.forms.items()
        }

    @cached_property
    def filled(self) -> dict[str, list[str]]:
        """SOP → the forms that it fills."""
        found: dict[str, list[str]] = {}
        for sop, placed in self.book.each():
            if placed.clause.form:
                found.setdefault(sop.id, []).extend(placed.clause.form)
        return found

    @cached_property
    def by_post(self) -> dict[str, list[str]]:
        """Post → the forms that it fills."""
        found: dict[str, list[str]] = {}
        for key, form in self.book.forms.items():
            for post in form.filled_by:
                found.setdefault(post, []).append(key)
        return found

    @cached_property
    def acting(self) -> dict[str, tuple[Sop, Clause]]:
        """Post → the first clause in the handbook that names it as its actor."""
        found: dict[str, tuple[Sop, Clause]] = {}
        for sop, placed in self.book.each():
            for post in placed.clause.who if placed.clause.do else ():
                found.setdefault(post, (sop, placed.clause))
        return found


def _teller(tell: Callable, about: Spot | str) -> Callable[[], str]:
    return lambda: str(tell(about))


class Pool:
    """An SOP, read for questions: its clauses, and those from which wrong options are drawn."""

    def __init__(self, stock: Stock, sop: Sop) -> None:
        self.stock, self.book, self.sop = stock, stock.book, sop
        self.spots = stock.spots(sop)

    @cached_property
    def title(self) -> str:
        return self.book.title(self.sop)

    @cached_property
    def acts(self) -> Shelf:
        """What one does, by size."""
        return shelf(Entry(spot.do, spot, _teller(_due, spot)) for spot in self.spots if spot.do)

    @cached_property
    def steps(self) -> list[Spot]:
        """The steps of a procedure that count in every case."""
        return [spot for spot in self.spots if spot.always and isinstance(spot.clause, Step)]

    @property
    def around(self) -> list[Sop]:
        """The SOPs that this one names as related."""
        return [self.book.sops[key] for key in self.sop.related if key in self.book.sops and key != self.sop.id]

    @cached_property
    def phrases(self) -> Shelf:
        return self.stock.phrases(self.sop, self.spots)

    @cached_property
    def phrases_around(self) -> Shelf:
        return shelf(entry for sop in self.around for entry in self.stock.phrases(sop).entries)

    @cached_property
    def forms(self) -> Shelf:
        """The forms of this SOP."""
        return self._shelf_of(self.stock.filled.get(self.sop.id, ()))

    @cached_property
    def forms_around(self) -> Shelf:
        """The forms of what is related, and of the SOP's actors."""
        stock = self.stock
        near = [form for sop in self.around for form in stock.filled.get(sop.id, ())]
        return self._shelf_of([*near, *(form for post in self.sop.actors for form in stock.by_post.get(post, ()))])

    def _shelf_of(self, forms: Iterable[str]) -> Shelf:
        return shelf(self.stock.forms[key] for key in dict.fromkeys(forms) if key in self.stock.forms)

    @cached_property
    def named(self) -> dict[str, str]:
        """Post → what it does in this SOP, or when it is told."""
        found: dict[str, str] = {}
        for spot in self.spots:
            for post in spot.clause.who if spot.do else ():
                found.setdefault(post, f"{self.book.name(post)}做的是「{spot.do}」。")
            if spot.clause.otherwise and (told := spot.clause.otherwise.to):
                found.setdefault(told, f"做不到的時候，才往上報給{self.book.name(told)}。")
        return found


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
        Entry(spot.do, spot, _teller(lambda spot: f"那一步屬於「{spot.stage}」：{meaning[spot.stage]}。", spot))
        for spot in pool.steps
        if spot.stage in meaning
    )
    for letter in meaning:
        inside = [spot for spot in pool.steps if spot.stage == letter]
        if len(inside) >= 2:
            known, lost = inside[0], inside[len(inside) // 2]
            here = {spot.do for spot in inside}
            ask = f"「{pool.title}」的「{letter}」，有一步是「{known.do}」，還少了哪一步？"
            options = drawn(lost.do, [(steps, _without(here))])
            why = lost.why(f"「{letter}」是{meaning[letter]}：這兩步都在裡面。")
            yield from _choice("missing", lost, ask, options, why)


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


def number(pool: Pool) -> Iterator[Number]:
    """Every deadline and every limit whose unit is settled; what else could be it is drawn when it is shown."""
    for spot in pool.spots:
        fact = spot.clause.fact
        if fact and fact.amount.unit != "?":
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
        options = drawn(name, _forms(pool, ask))
        why = spot.why(f"{name}：{spot.plain(pool.book.forms[key].purpose)}。")
        yield from _choice("form", spot, ask, options, why)


def _forms(pool: Pool, ask: str) -> Iterator[Tier]:
    yield pool.forms, _without(ask)
    yield pool.forms_around, _without(ask)


def who(pool: Pool) -> Iterator[Choice]:
    """Who acts where it is not the SOP's own actor; each post once an SOP."""
    asked: set[str] = set()
    for spot in pool.spots:
        named = spot.clause.who
        if len(named) == 1 and named[0] not in asked and named != pool.sop.actors and spot.do:
            asked.add(named[0])
            ask = f"{spot.scene}「{spot.do}」，由誰來做？"
            name = pool.book.name(named[0]) or named[0]
            if name not in ask:
                tiers = (_own(pool, named[0]), _beside(pool, named[0]), _elsewhere(pool, named[0]))
                options = drawn(name, ((shelf(tier), _without(ask)) for tier in tiers))
                yield from _choice("who", spot, ask, options, spot.why(f"「{pool.title}」裡，這一步由{name}來做。"))


def _own(pool: Pool, right: str) -> Iterator[Entry]:
    """The posts that the SOP is for: they act wherever it does not say who."""
    posts = pool.book.organization.posts
    for post in pool.sop.actors:
        if post != right and post in posts:
            name = posts[post].name
            yield Entry(name, post, _teller(lambda name: f"{name}做的是沒有另外指明的步驟。", name))


def _beside(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act elsewhere in the same SOP, or are told."""
    posts = pool.book.organization.posts
    for post, said in pool.named.items():
        if _may_be_taken(pool, post, right):
            yield Entry(posts[post].name, post, _teller(str, said))


def _elsewhere(pool: Pool, right: str) -> Iterator[Entry]:
    """Posts that act in other SOPs."""
    posts = pool.book.organization.posts
    for post, (sop, clause) in pool.stock.acting.items():
        if _may_be_taken(pool, post, right):
            done = pool.book.plain(clause.do or "", sop.id)
            said = f"{posts[post].name}做的是「{pool.book.title(sop)}」裡的「{done}」。"
            yield Entry(posts[post].name, post, _teller(str, said))


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
    whole = _PAUSES.sub("", "".join(said))
    parts = [part for line in said for part in _PAUSES.split(line) if len(part) >= 4]

    def sound(entry: Entry) -> bool:
        other = entry.bare
        return not (other in whole or whole in other or any(part in other for part in parts))

    def elsewhere(entry: Entry) -> bool:
        return isinstance(entry.about, Spot) and entry.about.stage != spot.stage and sound(entry)

    yield pool.phrases, elsewhere
    yield pool.phrases_around, sound
    yield pool.phrases, sound


_PAUSES = re.compile(r"[，。？！；、…「」\s]+")


def _said(spot: Spot) -> str:
    if spot.clause.when:
        return f"那一句用在另一種時候：{spot.plain(spot.clause.when).rstrip('。')}。"
    return f"要「{spot.do}」的時候，才說那一句。" if spot.do else f"那一句用在「{spot.book.title(spot.sop)}」。"


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


def _due(spot: Spot) -> str:
    if spot.clause.why:
        return f"這是該做的：{spot.plain(spot.clause.why)}"
    return f"這是該做的，屬於「{spot.stage}」。" if spot.stage else "這是該做的。"


MAKERS: tuple[Callable[[Pool], Iterator[AnyQuestion]], ...] = (order, missing, number, form, who, say, never)
