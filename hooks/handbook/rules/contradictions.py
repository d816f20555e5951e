"""The rule on contradictions: what two clauses say of the same thing is the same, as far as the data can tell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from ..model.book import PLACEHOLDER, Handbook
from ..model.clauses import Case, Placed
from ..model.days import apart
from ..model.facts import Fact
from ..model.fields import OPEN
from ..model.limits import Limit
from ..model.sops import Sop
from ..problem import Problem, rule
from ..quiz.answers import folded

LOOKS = 50  # values of one thing: more are not compared with each other, or the largest files would take minutes
TELLING = 6  # characters: what is done in fewer, where no event starts a clock, may be another thing each time

At = tuple[Sop, Placed, Fact]


@rule(
    "facts-differ",
    bad="- {id: fridge, do: 記冰箱溫度, every: 4 hours}\n- {id: cold, do: 記冰箱溫度, every: 6 hours}",
    good="- {id: fridge, do: 記冰箱溫度, every: 4 hours}\n- {id: cold, do: 照$(#fridge)記冰箱溫度}",
)
def facts_differ(book: Handbook) -> Iterator[Problem]:
    """說同一件事的期限與限度要一樣：同一崗位填同一張表的週期、同一件事之後的同一個動作，或 measures 寫同一個代號的。"""
    seen: dict[tuple, dict[str, At]] = {}  # the first of each value
    told: set[int] = set()
    for at in ((sop, placed, fact) for sop, placed in book.each() for fact in placed.clause.facts):
        for same in _same(book, *at):
            known = seen.setdefault(same, {})
            first = next((one for one in islice(known.values(), LOOKS) if _contradict(book, same, one, at)), None)
            if first and id(at[2]) not in told:
                told.add(id(at[2]))
                yield _told(book, first, at)
            known.setdefault(at[2].short, at)


def _same(book: Handbook, sop: Sop, placed: Placed, fact: Fact) -> Iterator[tuple]:
    """By what a clause is known to measure the same as another: all that an author says, else who does what when."""
    clause = placed.clause
    if clause.measures:
        yield "measures", clause.measures, *(fact.family if clause.facts[1:] else ())
        return
    when = tuple(folded(book.plain(one.condition, sop.id)) for one in (*placed.parents, clause) if one.when)
    act, event = (folded(book.plain(text or "", sop.id)) for text in (clause.do, fact.event))
    kind = fact.family if fact.kind == "limit" else fact.kind
    for post in placed.who if OPEN not in placed.who else ():
        if fact.kind == "every":
            yield from (("form", form, post, when) for form in clause.form)
        if act and (event or len(act) >= TELLING):
            yield "act", kind, act, event, post, when


def _contradict(book: Handbook, key: tuple, one: At, other: At) -> bool:
    """Whether two clauses say different things, and neither leads to the other, nor both to the same open point."""
    mine, theirs = one[2], other[2]
    if key[0] == "form" and not (mine.family == theirs.family and _alike(one[1].clause.do, other[1].clause.do)):
        return False  # a sheet has room for several things that are written down
    equal = mine.short == theirs.short or (mine.family == theirs.family and mine.mark == theirs.mark)
    return not (
        equal
        or apart(mine.days, theirs.days)
        or _both_ends(mine, theirs)
        or _exclude(one[1], other[1])
        or _settled(book, one[:2], other[:2])
    )


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two acts may be about one thing: they share two characters on end."""
    pairs = [{"".join(pair) for pair in pairwise(text or "") if all(map(str.isalnum, pair))} for text in (one, other)]
    return bool(pairs[0] & pairs[1])


def _both_ends(one: Fact, other: Fact) -> bool:
    """Whether two limits are the least and the most of one thing."""
    bounds = {fact.value.bound for fact in (one, other) if isinstance(fact.value, Limit)}
    return len(bounds) == 2 and bool(bounds & {"at most", "under"}) and bool(bounds & {"at least", "over"})


def _exclude(one: Placed, other: Placed) -> bool:
    """Whether both stand in different cases of one step."""
    for mine, theirs in zip((*one.parents, one.clause), (*other.parents, other.clause), strict=False):
        if mine is not theirs:
            return isinstance(mine, Case) and isinstance(theirs, Case) and one.parents[:1] == other.parents[:1]
    return False


def _settled(book: Handbook, one: tuple[Sop, Placed], other: tuple[Sop, Placed]) -> bool:
    if _cites(*one, *other) or _cites(*other, *one):
        return True
    waits = [{id(point) for point in book.points(sop, placed.clause).values()} for sop, placed in (one, other)]
    return bool(waits[0] & waits[1])


def _cites(sop: Sop, placed: Placed, home: Sop, cited: Placed) -> bool:
    clause, ref = placed.clause, f"{home.id}#{cited.clause.id}"
    texts = [clause.do, clause.when, clause.event, clause.note, clause.why, *clause.say, *clause.never]
    refs = (found.partition(".")[0] for text in texts if text for found in PLACEHOLDER.findall(text))
    return any(ref == (f"{sop.id}{found}" if found.startswith("#") else found) for found in refs)


def _told(book: Handbook, first: At, at: At) -> Problem:
    (home, one, said), (sop, placed, fact) = first, at
    document = book.documents[home.id]
    where = f"{document.path} 第 {document.at((*one.trail, said.kind))[0]} 行"
    ref = f"{home.id}#{one.clause.id}"
    message = (
        f"這裡是「{fact.short}」，{where}（{ref}）是「{said.short}」；"
        f"一樣就引用 $({ref})，還沒定就兩條都寫 open，是兩回事就各寫不同的 measures"
    )
    return book.problem(sop.id, (*placed.trail, fact.kind), "facts-differ", message, key=True)
