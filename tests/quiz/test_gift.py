"""GIFT, read back by a reader that goes the way of Moodle's own and forgives less.

PyPI's pygiftparser is no help: it can only be built from source, wants an older Markdown than MkDocs does, does not
undo escapes, and reads almost anything. Ours refuses what Moodle would take in silence for something else.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook.exports.gift import NO_BRANCHES, NO_ORDER, gift
from handbook.model.book import Handbook
from handbook.model.questions import CaseStudy, Choice, Match, Option, Order, Pair, Question, Scene, Way
from handbook.quiz.bank import bank
from handbook.quiz.exam import Drawn
from handbook.quiz.plain import Arrange, Choose, Moment, Pairs, Plain, printable, sorted_out
from handbook.reading.load import load
from tests import cases, project

# ── the reader ──────────────────────────────────────────────────────────────────────────────────

SPECIAL = r"\~=#{}:"
WEIGHTS = {100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5}
WEIGHTS |= {11.11111, 10, 5}
# Where a character was escaped, one of these stands for it while the text is taken apart.
HIDDEN = {character: chr(0xE000 + number) for number, character in enumerate([*SPECIAL, "\n"])}


@dataclass
class Read:
    """A question as Moodle would keep it."""

    name: str
    category: str
    ask: list[str]
    after: list[str]
    single: bool = True
    answers: list[tuple[str, float, list[str]]] = field(default_factory=list)  # text, share of 1, feedback
    pairs: list[tuple[str, str]] = field(default_factory=list)


def read(text: str) -> list[Read]:
    """Every question of a file. Raises AssertionError where it is not to the letter."""
    assert "\r" not in text
    assert not text.startswith("\ufeff")
    category, found = "", []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.split("\n") if not line.strip().startswith("//")]
        if lines and lines[0].startswith("$CATEGORY: "):
            assert len(lines) == 1
            category = lines[0].removeprefix("$CATEGORY: ")
        elif lines:
            found.append(question("\n".join(lines), category))
    return found


def hide(text: str) -> str:
    """The text with every escaped character hidden; a backslash before any other is a mistake."""
    known = {**HIDDEN, "n": HIDDEN["\n"]}

    def one(match: re.Match[str]) -> str:
        assert match[1] in known, f"\\{match[1]} is no escape"
        return known[match[1]]

    return re.sub(r"\\(.?)", one, text, flags=re.DOTALL)


def shown(text: str) -> str:
    for character, stand_in in HIDDEN.items():
        text = text.replace(stand_in, character)
    return text


def paragraphs(text: str) -> list[str]:
    """HTML with no tag but <br>, and no character that should be an entity; a leading [ would be a format."""
    assert not text.strip().startswith(("[", "%"))
    assert not re.search(r"[~=#{}:]", text), f"not escaped: {text}"
    lines = shown(text).strip().split("<br>")
    assert not any(re.search(r"[<>]|&(?!(amp|lt|gt|#\d+);)", line) for line in lines), lines
    return [html.unescape(line) for line in lines]


def question(text: str, category: str) -> Read:
    match = re.fullmatch(r"::([^:]+)::\[html\]([^{}]*)\{([^{}]*)\}", hide(text))
    assert match, text
    body, mark, after = match[3].rpartition("####")
    assert mark, "no general feedback"
    found = Read(shown(match[1]), category, paragraphs(match[2]), paragraphs(after))
    body = body.strip()
    assert body
    if "~" in body:
        found.single = "=" in body
        choices(found, body)
    else:
        couples(found, body)
    return found


def choices(found: Read, body: str) -> None:
    for part in body.replace("=", "~=").split("~")[1:]:
        weighed = re.match(r"%(-?\d{1,3}(?:\.\d+)?)%", part)
        share = 1.0 if part.startswith("=") else float(weighed[1]) / 100 if weighed else 0.0
        assert not weighed or abs(float(weighed[1])) in WEIGHTS
        words = part[weighed.end() :] if weighed else part.removeprefix("=")
        answer, mark, feedback = words.strip().partition("#")
        found.answers.append(("\n".join(paragraphs(answer)), share, paragraphs(feedback) if mark else []))
    assert len(found.answers) >= 3
    assert not any(answer.strip() == "" for answer, _, _ in found.answers)
    good = [share for _, share, _ in found.answers if share > 0]
    assert sum(good) == pytest.approx(1, abs=0.0001)
    if found.single:
        assert good == [1]


def couples(found: Read, body: str) -> None:
    """The right side is plain text: nothing in it is HTML."""
    for part in body.split("=")[1:]:
        left, mark, right = part.partition("->")
        assert mark
        assert not re.search(r"[~=#{}:]", right)
        found.pairs.append(("\n".join(paragraphs(left)), shown(right).strip()))
    assert len(found.pairs) >= 3


# ── fixtures ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module", params=["shipped", "small"])
def book(request: pytest.FixtureRequest) -> Handbook:
    found, _ = load(project.ROOT if request.param == "shipped" else cases.MINIMAL)
    assert found
    return found


@pytest.fixture(scope="module")
def small() -> Handbook:
    found, _ = load(cases.MINIMAL)
    assert found
    return found


def every(book: Handbook) -> list[Drawn]:
    return [Drawn(key, one) for key, questions in bank(book).items() for one in questions]


def same(one: Plain, back: Read) -> None:
    """What was read says what was meant."""
    assert back.name == one.id
    assert back.ask == list(one.ask)
    if isinstance(one, Choose):
        assert [(text, feedback) for text, _, feedback in back.answers] == [
            (answer.text, list(answer.feedback)) for answer in one.answers
        ]
        assert [share > 0 for _, share, _ in back.answers] == [answer.right for answer in one.answers]
        assert back.single != one.several
        assert back.after == list(one.after)
    elif isinstance(one, Arrange):
        told = sorted(back.pairs, key=lambda pair: int(pair[1].split()[1]))
        assert [left for left, _ in told] == list(one.steps)
        assert [right for _, right in told] == [f"第 {place} 步" for place in range(1, len(one.steps) + 1)]
        assert back.pairs != told, "shown in their order"
        assert back.after == list(one.after)
    elif isinstance(one, Pairs):
        assert back.pairs == [(pair.left, pair.right) for pair in one.couples]
        assert [line.rpartition("：")[2] for line in back.after[: len(one.couples)]] == [
            pair.feedback.rpartition("：")[2] for pair in one.couples
        ]
        assert back.after[len(one.couples) :] == list(one.after)


# ── the whole bank ──────────────────────────────────────────────────────────────────────────────


def test_the_whole_bank_is_read_back(book: Handbook) -> None:
    text, _ = gift(book, every(book), book.organization.title)
    said, _ = sorted_out(book, every(book))
    for one, back in zip(said, read(text), strict=True):
        same(one, back)


def test_each_question_is_held_or_listed(book: Handbook) -> None:
    text, omitted = gift(book, every(book), "題庫")
    held = {"/".join(one.name.split("/")[:2]) for one in read(text)}
    lost = {one.question for one in omitted if not one.part}
    assert held | lost == {f"{sop}/{one.id}" for sop, one in every(book)}
    assert held & lost == set()
    assert {one.question for one in omitted if one.part} <= held


def test_names_are_unique(book: Handbook) -> None:
    text, _ = gift(book, every(book), "題庫")
    names = Counter(one.name for one in read(text))
    assert max(names.values()) == 1
    assert re.findall(r"^// \[id:(.+)\]$", text, re.M) == list(names)


def test_each_sop_is_a_category(small: Handbook) -> None:
    text, _ = gift(small, every(small), "甲/乙")
    found = Counter(one.category for one in read(text))
    assert set(found) == {f"$course$/top/甲//乙/{small.title(sop)}" for sop in small.sops.values()}


def test_a_file_of_one_sop_is_one_category(small: Handbook) -> None:
    title = small.title(small.sops["greeting"])
    text, _ = gift(small, [one for one in every(small) if one.sop == "greeting"], title)
    assert {one.category for one in read(text)} == {f"$course$/top/{title}"}


def test_what_takes_another_shape_is_listed(book: Handbook) -> None:
    _, omitted = gift(book, every(book), "題庫")
    for reason, kind in ((NO_BRANCHES, CaseStudy), (NO_ORDER, Order)):
        meant = [f"{sop}/{one.id}" for sop, one in every(book) if isinstance(one, kind)]
        assert [one.question for one in omitted if one.reason == reason] == meant
    assert all(one.part for one in omitted)


def test_the_same_questions_make_the_same_file(small: Handbook) -> None:
    again, _ = load(cases.MINIMAL)
    assert again
    assert gift(small, every(small), "題庫") == gift(again, every(again), "題庫")


# ── the small one, to the letter ────────────────────────────────────────────────────────────────


def only(book: Handbook, question: Question, sop: str = "clerk") -> list[Read]:
    text, _ = gift(book, [Drawn(sop, question)], "題庫")
    return read(text)


def chosen(*options: Option, kind: str = "choice", ask: str = "問", why: str = "因為") -> Choice:
    return Choice.model_construct(id="one", kind=kind, about=["clerk#open-up"], ask=ask, why=why, options=list(options))


def test_a_choice_to_the_letter(small: Handbook) -> None:
    question = next(one for one in bank(small)["clerk"] if one.id == "early-customer")
    text, _ = gift(small, [Drawn("clerk", question)], "題庫")
    head, _, body = text.partition("::clerk/early-customer::")
    assert head == f"// 題庫\n\n$CATEGORY: $course$/top/題庫/{small.title(small.sops['clerk'])}\n\n" + (
        "// [id:clerk/early-customer]\n"
    )
    lines = body.splitlines()
    assert lines[0] == "[html]開門時間到了，貨還沒排好，門外已經有人。怎麼辦？ {"
    assert sorted(lines[1:4]) == [
        "\t=準時開門，邊招呼邊把貨排完",
        "\t~排完貨再開，店裡比較好看#客人照時間來，多等一分鐘都是我們失信。",
        "\t~開一半，請他晚一點再來#門開了卻不做生意，比不開更讓人生氣。",
    ]
    assert lines[4].startswith("\t####門上寫幾點開，客人就照幾點來。<br>請看「")
    assert lines[5:] == ["}"]


@pytest.mark.parametrize(
    ("right", "wrong", "good", "bad"),
    [(2, 1, "50", "-100"), (2, 3, "50", "-33.33333"), (3, 2, "33.33333", "-50"), (5, 1, "20", "-100")],
)
def test_shares_of_several(small: Handbook, right: int, wrong: int, good: str, bad: str) -> None:
    """All that is right is everything; everything is nothing."""
    options = [Option(text=f"對{n}", right=True) for n in range(right)]
    options += [Option(text=f"錯{n}", feedback="不對") for n in range(wrong)]
    text, _ = gift(small, [Drawn("clerk", chosen(*options, kind="several"))], "題庫")
    assert Counter(re.findall(r"%(.+?)%", text)) == {good: right, bad: wrong}
    [back] = read(text)
    assert not back.single
    assert sum(share for _, share, _ in back.answers) == pytest.approx(0, abs=0.0001)


def test_a_case_is_a_series_that_tells_where_each_decision_leads(small: Handbook) -> None:
    case = next(one for one in bank(small)["lost-property"] if isinstance(one, CaseStudy))
    first, second = only(small, case, "lost-property")
    assert (first.name, second.name) == ("lost-property/wallet/1-handed-in", "lost-property/wallet/2-evening")
    assert first.ask[0] == "門口的錢包（第 1 幕，共 2 幕）"
    told = {text: feedback for text, _, feedback in first.answers}
    assert told["當面收下，看過再登記"] == ["客人看著你寫完，放心地走了。", "接第 2 幕。"]
    assert told["請他自己送到附近的派出所"] == [
        "他嫌麻煩，把錢包放回門口，不久就不見了。",
        f"到這裡結束。{case.why}",
    ]
    assert all(any(case.why in line for line in feedback) for _, _, feedback in second.answers)


# ── hostile texts ───────────────────────────────────────────────────────────────────────────────

HOSTILE = [
    r"\ ~ = # { } :",
    r"\\n \n \: \\: \\\\",
    "a}b{c",
    "::題::目",
    "####",
    "%50%半價",
    "%-100%",
    "[html]<b>粗</b>",
    "[x] - [ ]",
    "=對 ~錯 ->箭頭 -> <- =>",
    "// 不是註解",
    "$CATEGORY: 別處",
    "<script>alert('1')</script> <br> <br/> &lt; &amp;lt; &#37; &&058; &nbsp;",
    "\"引號\" 'x' 「」 “”",
    "👩‍👩‍👧‍👦 🏳️‍🌈 𠮷 é e\u0301 \u200b",
    "TRUE",
    "T",
    "{=a ~b}",
    "$(front-desk) $(no-such) $(",
    "\ue000\ue007 私用區",
    "尾巴是反斜線\\",
    "\x00\x07\x1b\ud800\uffff",
    "-",
    ">",
    "*",
]
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.sampled_from([*SPECIAL, *"<>&%[]->/$\"'n;#0 字😀\x01"]), min_size=1, max_size=20),
    st.text(min_size=1, max_size=20),
)
hostile = hostile.map(lambda text: " ".join(text.split()))  # as the model leaves every text
hostile = hostile.filter(lambda text: text and not any(stand_in in text for stand_in in HIDDEN.values()))
held = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def meant(book: Handbook, text: str) -> str:
    return printable(book.plain(text, "clerk"))


@held
@given(st.lists(hostile, min_size=8, max_size=8))
def test_any_text_survives_in_a_choice(small: Handbook, texts: list[str]) -> None:
    a, b, c, d, one, two, ask, why = texts
    question = chosen(
        Option.model_construct(text=a, right=True, feedback=None),
        Option.model_construct(text=b, right=False, feedback=one),
        Option.model_construct(text=c, right=False, feedback=two),
        Option.model_construct(text=d, right=False, feedback=None),
        ask=ask,
        why=why,
    )
    for kind in ("choice", "several"):
        [back] = only(small, question.model_copy(update={"kind": kind}))
        told = [meant(small, text) for text in texts]
        assert sorted((text, feedback) for text, _, feedback in back.answers) == sorted(
            [(told[0], []), (told[1], [told[4]]), (told[2], [told[5]]), (told[3], [])]
        )
        assert [text for text, share, _ in back.answers if share > 0] == [told[0]]
        assert (back.ask, back.after[0]) == ([told[6]], told[7])


@held
@given(st.lists(hostile, min_size=9, max_size=9))
def test_any_text_survives_in_a_match(small: Handbook, texts: list[str]) -> None:
    sides = [tuple(meant(small, text) for text in texts[place : place + 3]) for place in (0, 3)]
    pairs = [
        Pair.model_construct(about="clerk#open-up", left=left, right=right, feedback=texts[6])
        for left, right in zip(texts[:3], texts[3:6], strict=True)
    ]
    question = Match.model_construct(id="one", kind="match", ask=texts[7], why=texts[8], pairs=pairs)
    text, omitted = gift(small, [Drawn("clerk", question)], "題庫")
    if any(len(set(side)) < 3 for side in sides):
        assert [(one.question, one.part) for one in omitted] == [("clerk/one", False)]
        assert read(text) == []
        return
    [back] = read(text)
    assert back.pairs == list(zip(*sides, strict=True))
    assert back.after[-2] == meant(small, texts[8])


@held
@given(st.lists(hostile, min_size=6, max_size=6))
def test_any_text_survives_in_a_case(small: Handbook, texts: list[str]) -> None:
    def ways(to: str | None) -> list[Way]:
        rights = (True, False, False)
        return [
            Way.model_construct(text=text, right=right, then=texts[3], to=to)
            for text, right in zip(texts[:3], rights, strict=True)
        ]

    scenes = [
        Scene.model_construct(id="one", about=["clerk#open-up"], scene=texts[4], ways=ways("two")),
        Scene.model_construct(id="two", about=["clerk#open-up"], scene=texts[4], ways=ways(None)),
    ]
    case = CaseStudy.model_construct(id="case", kind="case", ask=texts[5], why=texts[5], scenes=scenes)
    first, second = only(small, case)
    told = [meant(small, text) for text in texts]
    for back in (first, second):
        assert sorted(text for text, _, _ in back.answers) == sorted(told[:3])
        assert back.ask[1] == told[4]
        assert all(feedback[0] == told[3] for _, _, feedback in back.answers)
    assert second.answers[0][2][1] == f"到這裡結束。{told[5]}"


@held
@given(hostile)
def test_any_title_stays_a_title(small: Handbook, title: str) -> None:
    questions = every(small)
    text, _ = gift(small, questions, title)
    assert len(read(text)) == len(read(gift(small, questions, "題庫")[0]))


# ── the reader itself ───────────────────────────────────────────────────────────────────────────


def broken() -> Iterator[tuple[str, str]]:
    whole = "::a::[html]問 {\n\t=甲#好\n\t~乙#壞\n\t~丙\n\t####因為\n}"
    assert len(read(whole)) == 1
    yield "an escape that is none", whole.replace("甲", r"\甲")
    yield "a brace", whole.replace("甲", "{")
    yield "a colon", whole.replace("問", "問:")
    yield "a second right answer", whole.replace("~乙", "=乙")
    yield "a share that Moodle has not", whole.replace("=甲", "~%45%甲").replace("~乙", "~%55%乙")
    yield "shares of less than all", whole.replace("=甲", "~%50%甲")
    yield "two answers", whole.replace("\t~丙\n", "")
    yield "HTML", whole.replace("甲", "<b>甲</b>")
    yield "an entity", whole.replace("甲", "&nbsp;甲")
    yield "no feedback for all", whole.replace("####", "#")
    yield "text after it", whole + " 之後"


@pytest.mark.parametrize(("what", "text"), [*broken()])
def test_the_reader_refuses(what: str, text: str) -> None:
    with pytest.raises(AssertionError):
        read(text)


def test_scenes_are_plain_moments(small: Handbook) -> None:
    said, _ = sorted_out(small, every(small))
    assert sum(isinstance(one, Moment) for one in said) == 2
