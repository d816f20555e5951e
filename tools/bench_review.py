"""Measure the ladder of the daily review (web/review/ladder.js) beside FSRS, a scheduler that reckons with a model of
memory: a year of at most five questions a day.

    python -m tools.bench_review [--smoke]

Three memories, each of people who forget slowly, middling and fast: FSRS's own, by which it must do well; one that
halves what it holds in ever longer times; and traces that fade by a power of time (Pavlik and Anderson, Cognitive
Science 2005). Of what one has never been asked, half is known from reading. Who does not know guesses among three
answers, and mostly says so; who knows is not always sure. A guess counts as not known, with the ladder and with FSRS;
how FSRS does that takes it for hard instead stands beside it. In the last tables all was asked once in the quizzes, 15
questions a day, before.

'asked' are answers in a year, 'held' is the share of all questions that would be answered right without a guess, over
the days of the year; ratios are the ladder's to FSRS's, which aims at nine of ten.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from tests.web.node import Node
from tools.lifeboats import environment
from tools.small import SMALL, rounds

FSRS = "fsrs==6.3.2"
DAYS = 30 if SMALL else 365
PEOPLE = rounds(4)
DAILY, QUIZ = 5, 15
READ = 0.5  # known from reading
GUESS = 1 / 3
HONEST, SURE = 0.8, 0.9  # how often who guesses says so, and who knows is sure
PACES = ("slowly", "middling", "fast")
PLANS = [34] if SMALL else [34, 117, 410]  # questions: of the shipped roles the smallest, a small one and a large one
WITHIN = 0.1  # of FSRS
W = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)  # FSRS-6, as published
LADDER = """async (web) => {
    const { choose } = await import(`${web}/review/ladder.js`);
    const mark = { fingerprint: "0", sop: "s", kind: "" };
    let [log, questions] = [new Map(), []];
    return ([count, answers, today]) => {
        if (count) {
            log = new Map();
            questions = Array.from({ length: count }, (_, stage) => ({ id: String(stage), stage, ...mark }));
        }
        for (const [id, right, sure, day] of answers) {
            const answer = { fingerprint: "0", right, sure, at: day * 86_400_000 };
            log.set(String(id), [...(log.get(String(id)) ?? []), answer]);
        }
        return choose(questions, log, today).map(Number);
    };
}"""


# ── memories ────────────────────────────────────────────────────────────────────────────────────


class Memory(ABC):
    """What becomes of one question in one head."""

    @abstractmethod
    def holds(self, day: float) -> float:
        """How likely the answer is known."""

    @abstractmethod
    def learn(self, day: int, knew: bool) -> None:
        """It was asked, and the answer told."""


class Stable(Memory):
    """By FSRS-6: stability, and difficulty."""

    PACE = (4.0, 1.0, 0.25)
    FACTOR = 0.9 ** (-1 / W[20]) - 1

    def __init__(self, pace: float) -> None:
        self.pace, self.stability, self.difficulty, self.at = pace, 0.0, 0.0, 0

    def holds(self, day: float) -> float:
        if not self.stability:
            return READ
        return float((1 + self.FACTOR * (day - self.at) / (self.stability * self.pace)) ** -W[20])

    def learn(self, day: int, knew: bool) -> None:
        grade = 3 if knew else 1
        if not self.stability:
            self.stability, self.difficulty = W[grade - 1], W[4] - math.exp(W[5] * (grade - 1)) + 1
        else:
            self.stability = self._next(self.holds(day), knew)
            harder = self.difficulty + (10 - self.difficulty) * -W[6] * (grade - 3) / 9
            self.difficulty = W[7] * (W[4] - math.exp(W[5] * 3) + 1) + (1 - W[7]) * harder
        self.difficulty = min(10.0, max(1.0, self.difficulty))
        self.at = day

    def _next(self, held: float, knew: bool) -> float:
        stability, difficulty = self.stability, self.difficulty
        if knew:
            grown = math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (math.exp((1 - held) * W[10]) - 1)
            return float(stability * (1 + grown))
        lapsed = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * math.exp((1 - held) * W[14])
        return float(max(0.001, min(lapsed, stability / math.exp(W[17] * W[18]))))


class Halving(Memory):
    """What is held halves in some time, which grows the more, the more was forgotten when it was known."""

    PACE = (20.0, 7.0, 3.0)

    def __init__(self, pace: float) -> None:
        self.first, self.half, self.at = pace, 0.0, 0

    def holds(self, day: float) -> float:
        return float(2 ** (-(day - self.at) / self.half)) if self.half else READ

    def learn(self, day: int, knew: bool) -> None:
        if not self.half:
            self.half = self.first * (1.5 if knew else 0.7)
        else:
            self.half = self.half * (1 + 3 * (1 - self.holds(day))) if knew else max(self.first * 0.7, self.half * 0.3)
        self.at = day


class Traces(Memory):
    """Each answer leaves a trace, which fades the faster, the fresher the others were."""

    PACE = (40.0, 150.0, 700.0)  # how long a day is to it
    FADES, CROWDED, KNOWN, NOISE = 0.177, 0.217, -0.704, 0.255

    def __init__(self, pace: float) -> None:
        self.pace = pace
        self.traces: list[tuple[float, float]] = []  # when, how it fades

    def _active(self, day: float) -> float:
        return math.log(sum((max(day - at, 1e-3) * self.pace) ** -fades for at, fades in self.traces))

    def holds(self, day: float) -> float:
        return 1 / (1 + math.exp((self.KNOWN - self._active(day)) / self.NOISE)) if self.traces else READ

    def learn(self, day: int, knew: bool) -> None:
        if not self.traces and knew:
            self.traces.append((day - 0.5, self.FADES))
        self.traces.append((day, self.FADES + (self.CROWDED * math.exp(self._active(day)) if self.traces else 0)))


MEMORIES: dict[str, Any] = {"FSRS-6": Stable, "halving": Halving, "traces": Traces}


# ── who says what is asked ──────────────────────────────────────────────────────────────────────


class Asker(ABC):
    """Says which questions are asked on a day."""

    @abstractmethod
    def today(self, day: int) -> list[int]: ...

    @abstractmethod
    def told(self, question: int, day: int, right: bool, sure: bool) -> None: ...


class Ladder(Asker):
    """Our own, as phones run it."""

    def __init__(self, count: int) -> None:
        self.count, self.news = count, list[tuple[int, bool, bool, int]]()

    def today(self, day: int) -> list[int]:
        picked: list[int] = _node().ask([self.count, self.news, day])
        self.count, self.news = 0, []
        return picked

    def told(self, question: int, day: int, right: bool, sure: bool) -> None:
        self.news.append((question, right, sure, day))


@cache
def _node() -> Node:
    return Node(LADDER).__enter__()


class Fsrs(Asker):
    """FSRS, what is due by what is held least; then new ones."""

    START = datetime(2026, 1, 1, tzinfo=UTC)

    def __init__(self, count: int, guess: int = 1) -> None:
        import fsrs  # type: ignore[import-not-found]  # where it could be had

        self.scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        self.grade = {(True, True): fsrs.Rating.Good, (True, False): fsrs.Rating(guess)}
        self.again, self.card = fsrs.Rating.Again, fsrs.Card
        self.count, self.cards = count, dict[int, Any]()

    def today(self, day: int) -> list[int]:
        now = self.START + timedelta(days=day)
        due = [question for question, card in self.cards.items() if card.due <= now]
        due.sort(key=lambda question: self.scheduler.get_card_retrievability(self.cards[question], now))
        new = [question for question in range(self.count) if question not in self.cards]
        return [*due, *new][:DAILY]

    def told(self, question: int, day: int, right: bool, sure: bool) -> None:
        card = self.cards.get(question) or self.card(card_id=question)
        grade = self.grade.get((right, sure), self.again)
        self.cards[question], _ = self.scheduler.review_card(card, grade, self.START + timedelta(days=day))


# ── a year ──────────────────────────────────────────────────────────────────────────────────────


class Year(NamedTuple):
    """How often somebody was asked, and what they held."""

    asked: float
    held: float


def year(memory: Any, pace: int, asker: Asker, count: int, person: int, quizzed: bool) -> Year:
    chance = random.Random(person)
    heads: list[Memory] = [memory(memory.PACE[pace] * chance.lognormvariate(0, 0.6)) for _ in range(count)]
    waiting = list(range(count)) if quizzed else []
    asked, held = 0, []
    for day in range(DAYS):
        quiz, waiting = waiting[:QUIZ], waiting[QUIZ:]
        for question in quiz:
            _ask(heads[question], asker, question, day, chance)
        for question in asker.today(day) if not (quizzed and waiting) else []:
            if question not in quiz:
                _ask(heads[question], asker, question, day, chance)
                asked += 1
        held.append(sum(head.holds(day + 1) for head in heads) / count)
    return Year(asked, statistics.mean(held))


def _ask(head: Memory, asker: Asker, question: int, day: int, chance: random.Random) -> None:
    knew = chance.random() < head.holds(day)
    right = chance.random() < GUESS or knew
    sure = chance.random() < (SURE if knew else 1 - HONEST)
    head.learn(day, knew)
    asker.told(question, day, right, sure)


def several(memory: Any, pace: int, make: Callable[[int], Asker], count: int, quizzed: bool) -> Year:
    years = [year(memory, pace, make(count), count, person, quizzed) for person in range(PEOPLE)]
    return Year(*(statistics.mean(figures) for figures in zip(*years, strict=True)))


def main() -> None:
    """Print the table, and whether the ladder is near enough."""
    found = environment("fsrs", FSRS)
    if found:
        sys.path.append(str(next((found.parent / "lib").glob("python3*/site-packages"))))
    print(f"{'':>26} {'──── ladder ────':^16} {'── FSRS ──':^14} {'── ratio ──':^12} {'guess = hard':^14}")
    print(f"{'':>26}" + "".join(f"{name:>8}" for name in ("asked", "held") * 4))
    far = []
    for count, quizzed in [*((plan, False) for plan in PLANS), *((plan, True) for plan in PLANS[1:])]:
        print(f"{count} questions{', and the quizzes' if quizzed else ''}")
        for name, memory in MEMORIES.items():
            for pace, words in enumerate(PACES):
                ours = several(memory, pace, Ladder, count, quizzed)
                theirs = [several(memory, pace, make, count, quizzed) for make in ASKERS] if found else []
                print(f"{name:>14} {words:>11}{figures(ours)}", end="")
                print(figures(theirs[0]) + ratio(ours, theirs[0]) + figures(theirs[1]) if theirs else "", flush=True)
                far += [f"{count} {name} {words}"] if theirs and is_far(ours, theirs[0]) else []
    if found:
        print(f"farther than {WITHIN:.0%} from FSRS: {', '.join(far) or 'none'}")


ASKERS: tuple[Callable[[int], Asker], ...] = (Fsrs, lambda count: Fsrs(count, 2))


def figures(one: Year) -> str:
    return f"{one.asked:8.0f}{one.held:8.3f}"


def ratio(ours: Year, theirs: Year) -> str:
    return f"{ours.asked / theirs.asked:8.2f}{ours.held / theirs.held:8.2f}"


def is_far(ours: Year, theirs: Year) -> bool:
    """Whether the ladder asks more, or holds less, by more than it may."""
    return ours.asked > theirs.asked * (1 + WITHIN) or ours.held < theirs.held * (1 - WITHIN)


if __name__ == "__main__":
    main()
