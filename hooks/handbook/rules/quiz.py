"""Rules on written questions: each teaches, none can be guessed from its form, and none types what a clause says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model.book import Handbook
from ..model.quiz import CaseStudy, Choice, Match, Number, Option, Order, Question, Scene, Trail, Way
from ..problem import Problem, rule
from ..quiz.answers import folded, like
from ..quiz.made import MADE, measurable

SAYS = {"feedback": 6, "why": 6, "then": 8}  # characters: fewer explain nothing, or tell nothing that happens
ENOUGH = 4  # questions: in fewer of them, what recurs may be chance


class Asked(NamedTuple):
    """A written question and where it stands."""

    key: str
    number: int
    question: Question

    def trail(self, *inner: str | int) -> Trail:
        return ("questions", self.number, *inner)


class Group(NamedTuple):
    """The answers among which one chooses at one place: their words with every placeholder filled, and what is left
    of these without blanks and punctuation."""

    asked: Asked
    inner: Trail
    answers: Sequence[Option | Way]
    words: list[str]
    bare: list[str]
    right: list[int]  # the places of the right ones

    @property
    def of_one(self) -> bool:
        """Whether exactly one of them may be right."""
        return not (isinstance(self.asked.question, Choice) and self.asked.question.kind == "several")


@lru_cache(maxsize=1)
def asked(book: Handbook) -> list[Asked]:
    """Every written question of the handbook."""
    return [Asked(key, n, question) for key, quiz in book.quizzes.items() for n, question in enumerate(quiz.questions)]


@lru_cache(maxsize=1)
def groups(book: Handbook) -> list[Group]:
    """Every place in the handbook where one chooses: the options of a question, the ways of a scene."""
    found = []
    for one in asked(book):
        for inner, answers in _answers(one.question):
            words = [book.plain(answer.text) for answer in answers]
            right = [place for place, answer in enumerate(answers) if answer.right]
            found.append(Group(one, inner, answers, words, [folded(said) for said in words], right))
    return found


def _answers(question: Question) -> Iterator[tuple[Trail, Sequence[Option | Way]]]:
    if isinstance(question, Choice):
        yield ("options",), question.options
    if isinstance(question, CaseStudy):
        yield from ((("scenes", n, "ways"), scene.ways) for n, scene in enumerate(question.scenes))


@lru_cache(maxsize=1)
def written(book: Handbook) -> list[tuple[Asked, Trail, str]]:
    """Every text of every written question, with its trail inside the question."""
    return [(one, trail, text) for one in asked(book) for trail, text in texts(one.question)]


def texts(question: Question) -> Iterator[tuple[Trail, str]]:
    """Every text of a question as it was written, with its trail."""
    yield ("ask",), question.ask
    yield ("why",), question.why
    if isinstance(question, Match):
        for n, pair in enumerate(question.pairs):
            yield from ((("pairs", n, side), getattr(pair, side)) for side in ("left", "right", "feedback"))
    if isinstance(question, CaseStudy):
        yield from ((("scenes", n, "scene"), scene.scene) for n, scene in enumerate(question.scenes))
    for inner, answers in _answers(question):
        for n, answer in enumerate(answers):
            yield (*inner, n, "text"), answer.text
            if isinstance(answer, Way):
                yield (*inner, n, "then"), answer.then
            elif answer.feedback:
                yield (*inner, n, "feedback"), answer.feedback


def problem_in(book: Handbook, one: Asked, trail: Trail, code: str, message: str, key: bool = False) -> Problem:
    return book.problem(f"quiz/{one.key}", one.trail(*trail), code, message, key=key)


# ── what is right ───────────────────────────────────────────────────────────────────────────────


@rule(
    "right-count",
    bad="kind: choice\noptions:\n  - {text: 請他坐下, right: true}\n  - {text: 請他站著, right: true}",
    good=(
        "kind: choice\noptions:\n"
        "  - {text: 請他坐下聽他說, right: true}\n"
        "  - {text: 請他改天再來, feedback: 把人推走，他會越級投訴。}\n"
        "  - {text: 馬上解釋規定, feedback: 他還沒說完，聽起來像爭辯。}"
    ),
)
def right_count(book: Handbook) -> Iterator[Problem]:
    """choice 與情境的每一幕恰好一個正確；several 至少兩個正確，也至少一個不對。"""
    for group in groups(book):
        right, count = len(group.right), len(group.answers)
        if group.of_one and right != 1:
            message = f"有 {right} 個寫了 right: true，應該恰好一個"
        elif not group.of_one and not 2 <= right < count:
            message = f"{count} 個選項裡有 {right} 個正確；several 要兩個以上正確，也要有不對的"
        else:
            continue
        yield problem_in(book, group.asked, group.inner, "right-count", message, key=True)


@rule(
    "feedback-missing",
    bad="- {text: 請他改天再來}",
    good="- {text: 請他改天再來, feedback: 把人推走，他會越級投訴。}",
)
def feedback_missing(book: Handbook) -> Iterator[Problem]:
    """錯的選項都要寫 feedback：為什麼不對、會怎麼樣。"""
    for group in groups(book):
        for place, answer in enumerate(group.answers):
            if isinstance(answer, Option) and not answer.right and not answer.feedback:
                message = f"「{group.words[place]}」為什麼不對？寫在 feedback"
                yield problem_in(book, group.asked, (*group.inner, place), "feedback-missing", message)


@rule(
    "says-nothing",
    bad="feedback: 不對。\nthen: 錯誤。",
    good="feedback: 把人推走，他會越級投訴。\nthen: 他轉身走了，隔天主任接到他的信。",
)
def says_nothing(book: Handbook) -> Iterator[Problem]:
    """feedback 與 why 說出道理（至少 6 個字），then 說出眼前發生的事（至少 8 個字）；結局也一樣。"""
    for one, trail, text in written(book):
        least = SAYS.get(str(trail[-1]), 0)
        if len(text) < 2 * least and len(folded(book.plain(text))) < least:
            message = f"「{text}」不到 {least} 個字，沒有說出什麼"
            yield problem_in(book, one, trail, "says-nothing", message)


# ── what gives an answer away ───────────────────────────────────────────────────────────────────

ABOVE = re.compile(
    r"^以上|以上(?:皆|都|全|均|[兩三四]者)|以下皆|上述(?:皆|都|全)|(?:前|這|此)?[兩三四]者(?:皆|都)"
    r"|^(?:全部|全|通通|統統)?(?:都|皆|全)(?:是|非|對|錯|不是|不對|可以|不可以|正確|不正確|有可能)$"
)


@rule("all-of-above", bad="- {text: 以上皆是}", good="- {text: 請他到旁邊坐下}")
def all_of_above(book: Handbook) -> Iterator[Problem]:
    """選項不寫「以上皆是」「以上皆非」「都對」「都不對」。"""
    for group in groups(book):
        for place, words in enumerate(group.bare):
            if found := ABOVE.search(words):
                message = f"「{found[0]}」不是一個做法，換成真的有人會選的"
                yield problem_in(book, group.asked, (*group.inner, place, "text"), "all-of-above", message)


TWICE_NOT = re.compile(
    r"不得不|不[能可會是該應宜想肯敢]不|不可以不|不應該不|不可能不|不[能可會該應是]沒|沒有(?:一[個件位項])?不"
    r"|沒有人不|並非[不沒無]|[絕並]?不是[不沒無]|無不|莫不|未必不|不無|不至於不|難免不|非.{1,6}不可"
)
TWO = re.compile("[不沒無莫非未免].*[不沒無莫非未免]")  # without two of these there is nothing to look for
ASKS_FOR_WRONG = re.compile(
    r"(?:哪|何者|什麼).{0,8}(?:不[可能該應對宜是要]|錯|有誤|不屬於|禁止|避免)|(?:不該|不可以|不能)做"
)
STARTS_WITH_NOT = re.compile(r"^(?:不|沒|別|勿|無須|避免|禁止)")


@rule("double-negative", bad="ask: 哪一件不可以不做？", good="ask: 哪一件一定要做？")
def double_negative(book: Handbook) -> Iterator[Problem]:
    """題目與選項不用雙重否定；題目問「哪一件不可以」時，選項不再用「不」開頭。"""
    for one, trail, text in written(book):
        twice = trail[-1] in ("ask", "scene", "text") and TWO.search(text)
        if found := TWICE_NOT.search(text) if twice else None:
            message = f"「{found[0]}」是雙重否定，改成正面的說法"
            yield problem_in(book, one, trail, "double-negative", message)
    yield from _denied_again(book)


def _denied_again(book: Handbook) -> Iterator[Problem]:
    for group in groups(book):
        if ASKS_FOR_WRONG.search(_prompt(group)):
            for place, words in enumerate(group.words):
                if STARTS_WITH_NOT.search(words):
                    message = f"題目問的是不對的，「{words}」又用否定開頭"
                    yield problem_in(book, group.asked, (*group.inner, place, "text"), "double-negative", message)


def _prompt(group: Group) -> str:
    question = group.asked.question
    return question.scenes[int(group.inner[1])].scene if isinstance(question, CaseStudy) else question.ask


@rule(
    "options-unlike",
    bad="- {text: 請他坐下，倒一杯水，等他把整件事從頭到尾說完}\n- {text: 請他走}",
    good="- {text: 請他坐下，聽他把話說完}\n- {text: 請他改天冷靜了再來}",
)
def options_unlike(book: Handbook) -> Iterator[Problem]:
    """選項要差不多長：最長的比最短的多出 6 個字的話，不超過它的 1.75 倍。"""
    for group in groups(book):
        sizes = sorted(map(len, group.bare))
        unfilled = any("$(" in words for words in group.words)  # what they cite could not be read
        if not unfilled and not like(sizes[0], sizes[-1]):
            message = f"最長的 {sizes[-1]} 字，最短的 {sizes[0]} 字：看長短就猜得到"
            yield problem_in(book, group.asked, group.inner, "options-unlike", message, key=True)


@lru_cache(maxsize=1)
def _of_one(book: Handbook) -> dict[str, list[Group]]:
    """File by file, the places with exactly one right answer, where there are enough of them to compare."""
    found: dict[str, list[Group]] = {}
    for group in groups(book):
        if group.of_one and len(group.right) == 1:
            found.setdefault(group.asked.key, []).append(group)
    return {key: found[key] for key in found if len(found[key]) >= ENOUGH}


@rule(
    "right-longest",
    bad="# 8 題裡，有 6 題正確的選項最長",
    good="# 8 題裡，正確的選項最長的不超過 4 題：把錯的也寫得一樣具體",
)
def right_longest(book: Handbook) -> Iterator[Problem]:
    """正確的選項不能老是最長：一份測驗裡，最多一半的題目（情境的每一幕也算一題）。"""
    for key, choices in _of_one(book).items():
        longest = [group for group in choices if _right_is_longest(group)]
        if 2 * len(longest) > len(choices):
            named = "、".join(dict.fromkeys(group.asked.question.id for group in longest))
            message = f"{len(choices)} 題裡有 {len(longest)} 題正確的最長（{named}）"
            yield book.problem(f"quiz/{key}", ("questions",), "right-longest", message, key=True)


def _right_is_longest(group: Group) -> bool:
    sizes = [len(words) for words in group.bare]
    right = sizes.pop(group.right[0])
    return right > max(sizes)


@rule(
    "right-place",
    bad="# 6 題裡，有 5 題正確的選項都寫在第 2 個",
    good="# 6 題裡，正確的選項第 1、2、3 個各有 2 題",
)
def right_place(book: Handbook) -> Iterator[Problem]:
    """正確的選項要輪流放在不同的位置：同一個位置不超過三分之二的題目。"""
    for key, choices in _of_one(book).items():
        place, count = Counter(group.right[0] for group in choices).most_common(1)[0]
        if 3 * count > 2 * len(choices):
            message = f"{len(choices)} 題裡有 {count} 題正確的都在第 {place + 1} 個"
            yield book.problem(f"quiz/{key}", ("questions",), "right-place", message, key=True)


@rule(
    "answer-twice",
    bad="- {text: 請他坐下, right: true}\n- {text: 請他坐下。, feedback: …}",
    good="- {text: 請他坐下, right: true}\n- {text: 請他先回去, feedback: 把人推走，他會越級投訴。}",
)
def answer_twice(book: Handbook) -> Iterator[Problem]:
    """同一題的選項、做法、步驟或配對的每一邊，說的都不能一樣。"""
    for group in groups(book):
        yield from _twice(book, group.asked, (*group.inner, "text"), group.words, group.bare)
    for one in asked(book):
        if isinstance(one.question, Match):
            for side in ("left", "right"):
                words = [book.plain(getattr(pair, side)) for pair in one.question.pairs]
                yield from _twice(book, one, ("pairs", side), words, [folded(said) for said in words])
        if isinstance(one.question, Order):
            at = [book.clause(ref) for ref in one.question.steps]
            words = [book.plain(found[1].clause.headline, found[0].id) if found else "" for found in at]
            yield from _twice(book, one, ("steps",), words, [folded(said) for said in words])


def _twice(book: Handbook, one: Asked, around: Trail, words: list[str], bare: list[str]) -> Iterator[Problem]:
    """The answers that say what an earlier one says; `around` is their trail without the number."""
    if len(set(bare)) < len(bare):
        for place, said in enumerate(bare):
            first = bare.index(said)
            if first < place and said:
                head, tail = (around, ()) if around == ("steps",) else (around[:-1], around[-1:])
                message = f"與「{words[first]}」一樣"
                yield problem_in(book, one, (*head, place, *tail), "answer-twice", message)


@rule("ask-twice", bad="# 兩題都是\nask: 住戶來投訴，先做什麼？", good="ask: 住戶拍著櫃檯罵人，你先做什麼？")
def ask_twice(book: Handbook) -> Iterator[Problem]:
    """整本手冊裡，同樣的題目只問一次。"""
    seen: dict[str, Asked] = {}
    for one in asked(book):
        words = folded(book.plain(one.question.ask))
        if words in seen:
            first = seen[words]
            document = book.documents[f"quiz/{first.key}"]
            message = f"{document.path} 第 {document.at(first.trail('ask'))[0]} 行問過了"
            yield problem_in(book, one, ("ask",), "ask-twice", message)
        seen.setdefault(words, one)


# ── what it is about ────────────────────────────────────────────────────────────────────────────


@rule(
    "about-elsewhere",
    bad="# quiz/complaints.yml\nabout: visitors#greet",
    good="# quiz/complaints.yml\nabout: [complaints#listen, visitors#greet]",
)
def about_elsewhere(book: Handbook) -> Iterator[Problem]:
    """每一題至少考一條自己這份 SOP 的條文；旁邊可以再列別份的。"""
    for one in asked(book):
        cited = list(one.question.cites())
        if one.key in book.sops and not any(ref.startswith(f"{one.key}#") for _, ref in cited):
            message = f"沒有考到 {one.key} 的任何一條"
            yield problem_in(book, one, cited[0][0], "about-elsewhere", message)


@rule(
    "number-factless",
    bad="kind: number\nabout: complaints#listen   # 沒有期限，也沒有限度",
    good="kind: number\nabout: complaints#major-reply",
)
def number_factless(book: Handbook) -> Iterator[Problem]:
    """number 考的那一條要有期限或限度，單位也定了。"""
    for one in asked(book):
        found = book.clause(one.question.about) if isinstance(one.question, Number) else None
        if found and not measurable(found[1].clause):
            message = "這一條的單位還沒有定" if found[1].clause.fact else "這一條沒有期限或限度"
            yield problem_in(book, one, ("about",), "number-factless", message)


@rule(
    "order-steps",
    bad="kind: order\nsteps: [complaints#record, complaints#listen, complaints#repeat]",
    good="kind: order\nsteps: [complaints#listen, complaints#record, complaints#repeat]",
)
def order_steps(book: Handbook) -> Iterator[Problem]:
    """order 的步驟照 SOP 的順序寫，都在同一份 SOP 裡，一步只寫一次。"""
    for one in asked(book):
        if isinstance(one.question, Order):
            for number, message in _out_of_order(book, one.question.steps):
                yield problem_in(book, one, ("steps", number), "order-steps", message)


@lru_cache(maxsize=8)
def _places(book: Handbook, home: str) -> dict[str, int]:
    """Clause of an SOP, as it is cited → its place in reading order."""
    return {f"{home}#{clause}": place for place, clause in enumerate(book.clauses.get(home, {}))}


def _out_of_order(book: Handbook, steps: list[str]) -> Iterator[tuple[int, str]]:
    home = steps[0].partition("#")[0]
    places = _places(book, home)
    furthest, last = -1, ""
    for number, ref in enumerate(steps):
        if not ref.startswith(f"{home}#"):
            yield number, f"{ref} 不在 {home} 裡"
        elif ref in places:
            if places[ref] <= furthest:
                yield number, f"{ref} 在 SOP 裡{'只有一次' if ref == last else f'排在 {last} 前面'}"
            else:
                furthest, last = places[ref], ref


# ── cases ───────────────────────────────────────────────────────────────────────────────────────


def _cases(book: Handbook) -> Iterator[tuple[Asked, list[Scene]]]:
    return ((one, one.question.scenes) for one in asked(book) if isinstance(one.question, CaseStudy))


@rule(
    "case-path",
    bad="- id: note\n  ways:\n    - {text: 回頭再問, then: 他又說了一遍，臉色更難看。, to: arrives}",
    good="- id: arrives\n  ways:\n    - {text: 請他坐下說, right: true, then: 他坐下來，喝了口水。, to: note}",
)
def case_path(book: Handbook) -> Iterator[Problem]:
    """情境只往後走：to 寫後面一幕的代號；第一幕以外，每一幕都要有做法通到它。"""
    for one, scenes in _cases(book):
        idents = [scene.id for scene in scenes]
        reached = {idents[0]}
        for n, scene in enumerate(scenes):
            for m, way in enumerate(scene.ways):
                if way.to and way.to not in idents[n + 1 :]:
                    why = "不在這一幕後面" if way.to in idents else "這一題沒有這一幕"
                    yield problem_in(book, one, ("scenes", n, "ways", m, "to"), "case-path", f"{way.to} {why}")
                elif way.to:
                    reached.add(way.to)
        for n, ident in enumerate(idents):
            if ident not in reached:
                yield problem_in(book, one, ("scenes", n, "id"), "case-path", f"沒有做法走到 {ident} 這一幕")


@rule(
    "case-ending",
    bad="# 每一種做法都寫了 to，或不對的做法都能繼續",
    good=(
        "ways:\n"
        "  - {text: 當場把結果告訴他, right: true, then: 他點點頭，說下次還找你。}\n"
        "  - {text: 等他自己再來問, then: 兩天後，他寫信給管委會。}"
    ),
)
def case_ending(book: Handbook) -> Iterator[Problem]:
    """情境要有好的結局（正確、不寫 to），也要有壞的結局（不對、不寫 to）。"""
    for one, scenes in _cases(book):
        ends = {way.right for scene in scenes for way in scene.ways if not way.to}
        for right, name in ((True, "好"), (False, "壞")):
            if right not in ends:
                message = f"沒有{name}的結局：讓一個{'正確' if right else '不對'}的做法不寫 to"
                yield problem_in(book, one, ("scenes",), "case-ending", message, key=True)


@rule("made-id", bad="- id: number--reply", good="- id: reply-in-time")
def made_id(book: Handbook) -> Iterator[Problem]:
    """題號裡不用兩個連在一起的連字號：那是系統從條文做出來的題目用的。"""
    for one in asked(book):
        if MADE in one.question.id:
            yield problem_in(book, one, ("id",), "made-id", f"{one.question.id} 像是系統做出來的題號")
