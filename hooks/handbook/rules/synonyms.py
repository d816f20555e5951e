"""What a table of synonyms must hold to: a synonym that finds nothing, or that is none, only looks like help."""

from __future__ import annotations

from collections.abc import Iterator

from ..kept import Kept
from ..model.book import PLACEHOLDER, Handbook
from ..model.document import Document
from ..problem import Problem, rule

SHORTEST = 2  # characters: a single one stands in too many words


@rule(
    "synonym-unknown-word",
    bad="- {word: 申訴, said: [客訴]}   # 手冊裡沒有寫「申訴」",
    good="- {word: 投訴, said: [客訴]}",
)
def unknown_word(book: Handbook) -> Iterator[Problem]:
    """同義詞的 word 要是手冊裡寫著的話（崗位與地點寫 $(代號)），才找得到東西。"""
    if book.unreadable:
        return
    others = (name for name in book.documents if name != "synonyms" and not name.startswith("quiz/"))
    written = "\n".join(_read(book.documents[name]) for name in others) if book.synonyms else ""
    for number, synonym in enumerate(book.synonyms):
        if not PLACEHOLDER.search(synonym.word) and _plain(synonym.word) not in written:
            message = f"手冊裡沒有「{synonym.word}」"
            yield book.problem("synonyms", (number, "word"), "synonym-unknown-word", message)


@rule(
    "synonym-twice",
    bad="- {word: 投訴, said: [客訴]}\n- {word: 投訴, said: [申訴]}",
    good="- {word: 投訴, said: [客訴, 申訴]}",
)
def twice(book: Handbook) -> Iterator[Problem]:
    """一個 word 只寫一項，一個說法在一項裡只寫一次，也不必再寫 word 自己。"""
    seen: set[str] = set()
    for number, synonym in enumerate(book.synonyms):
        if synonym.word in seen:
            message = f"「{synonym.word}」前面已經寫過"
            yield book.problem("synonyms", (number, "word"), "synonym-twice", message)
        seen.add(synonym.word)
        said = {_plain(synonym.word)}
        for place, one in enumerate(synonym.said):
            if _plain(one) in said:
                yield book.problem("synonyms", (number, "said", place), "synonym-twice", f"「{one}」多寫了")
            said.add(_plain(one))


@rule("synonym-short", bad="- {word: 收據, said: [單]}", good="- {word: 收據, said: [單據]}")
def short(book: Handbook) -> Iterator[Problem]:
    """說法與 word 都至少兩個字：一個字會在太多不相干的詞裡出現。"""
    for number, synonym in enumerate(book.synonyms):
        words = [(("word",), synonym.word), *((("said", place), one) for place, one in enumerate(synonym.said))]
        for trail, one in words:
            if len(_plain(one)) < SHORTEST:
                yield book.problem("synonyms", (number, *trail), "synonym-short", f"「{one}」只有一個字")


_kept: Kept[str] = Kept()


def _read(document: Document) -> str:
    return _kept.get(document.path, (document.yaml,), lambda: _plain(document.yaml))


def _plain(text: str) -> str:
    return "".join(text.casefold().split())
