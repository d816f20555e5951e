"""Write tests/content/source-runs.txt: what tests need to tell our own words from the source's, and not one word of it.

    python tools/source_runs.py CLAUSES.TSV

The argument has a heading line, then one clause a line: its id, a tab, its text. What is written is a short hash of
every run of 16 characters, sorted, so that the text cannot be read back from it.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 16
DIGITS = 10  # of a hash: enough that another text does not meet one of ten thousand by chance
RUNS = Path(__file__).resolve().parent.parent / "tests" / "content" / "source-runs.txt"
# Variants and the commonest wrongly converted characters are one: a copied sentence does not hide behind them.
FOLD = str.maketrans(
    "后并范咨什么里准复覆証托征臺佈只憂侍为国业户诉资", "後並範諮甚麼裡準復復證託徵台布隻擾待為國業戶訴資"
)


def normalise(text: str) -> str:
    """Letters and digits only, folded: punctuation and white space do not make a sentence another one."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", text.translate(FOLD))


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Every run of a text, with its hash."""
    plain = normalise(text)
    for start in range(len(plain) - RUN + 1):
        run = plain[start : start + RUN]
        yield run, hashlib.sha256(run.encode()).hexdigest()[:DIGITS]


def main(arguments: list[str]) -> None:
    """Carry out the command line."""
    if len(arguments) != 1:
        sys.exit(__doc__)
    clauses = Path(arguments[0]).read_text("utf-8").splitlines()[1:]
    hashes = sorted({digest for clause in clauses for _, digest in runs(clause.partition("\t")[2])})
    RUNS.write_text("\n".join(hashes) + "\n", "utf-8")
    print(f"{RUNS.name}: {len(hashes)} hashes of {len(clauses)} clauses")


if __name__ == "__main__":
    main(sys.argv[1:])
