"""Small mistakes that a test has to notice: each is made in a copy of the project, and the tests that are named beside
it run there.

`python -m tools.mutants` makes them all, `python -m tools.mutants 3 17` the third and the seventeenth. Where one is not
caught, the tests have lost a promise. A file is named by the end of its path, so that it may move.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests import project

KEPT = ("paper", "web")  # of the cache: what takes long to make, and is the same in every copy


class Mutant(NamedTuple):
    """A mistake: in the file whose path ends so, what stands there once, what stands there instead; and the tests."""

    file: str
    old: str
    new: str
    tests: str


MUTANTS = (
    # ── reading ──
    Mutant(
        "builder.py",
        "if first is not mark and text:",
        "if first is not mark and not text:",
        "tests/test_cases.py -k duplicate",
    ),
    Mutant(
        "builder.py", "if len(self.open) > MAX_DEPTH:", "if len(self.open) > MAX_DEPTH + 1:", "tests/test_source.py"
    ),
    Mutant(
        "unseen.py",
        "return len(lines), len(lines[-1]) + 1",
        "return len(lines), len(lines[-1])",
        "tests/test_source.py",
    ),
    Mutant("explain.py", '("不能小於", "ge")', '("不能大於", "ge")', "tests/test_cases.py -k pass-mark"),
    Mutant(
        "vanished.py",
        "if book.unreadable:",
        "if not book.unreadable:",
        "tests/test_former.py tests/test_load.py tests/test_cases.py",
    ),
    # ── rules ──
    Mutant(
        "rules/sops.py",
        "if not later or newer.effective < older.effective:",
        "if not later:",
        "tests/test_cases.py -k history",
    ),
    Mutant(
        "rules/deadlines.py", "for extra in clocks[1:]:", "for extra in clocks[2:]:", "tests/test_cases.py -k facts"
    ),
    Mutant(
        "rules/sops.py",
        "post in sorted((acting | mastering)",
        "post in sorted((acting & mastering)",
        "tests/test_cases.py -k audience",
    ),
    Mutant("characters.py", 'r"咨(?!文)": "諮"', 'r"咨(?=文)": "諮"', "tests/test_wording.py"),
    Mutant("references.py", "if post in posts:", "if post not in posts:", "tests/test_cases.py -k post"),
    Mutant("model/former.py", "if home == sop:", "if home != sop:", "tests/test_former.py"),
    # ── pages ──
    Mutant("clause.py", "if placed.who != sop.actors:", "if placed.who == sop.actors:", "tests/test_golden.py"),
    Mutant("clause.py", "<b>絕對不要</b>{view.words(line)}", "{view.words(line)}", "tests/test_golden.py"),
    Mutant("slim.py", "return comment or kind in Whitespace", "return kind in Whitespace", "tests/test_slim.py"),
    Mutant("unused.py", "return all(word in known or word", "return any(word in known or word", "tests/test_unused.py"),
    Mutant(
        "stage.py",
        "return settings.is_file() and settings.read_bytes().startswith(STAMP.encode())",
        "return settings.is_file()",
        "tests/test_stage.py -k refused",
    ),
    Mutant(
        "stage.py", 'if key not in ("hooks", "watch")', 'if key not in ("hooks",)', "tests/test_stage.py -k settings"
    ),
    Mutant(
        "folder.py",
        "if folder.exists() and not ours(folder) and (",
        "if folder.exists() and ours(folder) and (",
        "tests/test_stage.py -k other_things",
    ),
    Mutant(
        "handbook/hook.py",
        "        draft.remove(Path(made))\n    _state",
        "        pass\n    _state",
        "tests/test_stage.py -k failed_build",
    ),
    Mutant(
        "handbook/hook.py",
        "if not any(counter",
        "if any(counter",
        "tests/test_stage.py -k failed_build",
    ),
    Mutant("templates/deadlines.html", "{{ one.who | posts }}", "{{ one.who | length }}", "tests/test_golden.py"),
    Mutant(
        "templates/form.html",
        "{% for field in form.fields %}",
        "{% for field in form.fields[1:] %}",
        "tests/test_golden.py",
    ),
    Mutant(
        "theme/404.html",
        "{% for item in nav if item.is_page %}",
        "{% for item in nav if not item.is_page %}",
        "tests/test_site.py -k lost_addresses",
    ),
    Mutant(
        "theme/main.html", "<script src=\"{{ 'assets/before.js' | url }}\"></script>", "", "tests/browser/test_old.py"
    ),
    # ── paper, search, what is taken along ──
    Mutant(
        "checklist.py",
        "return always + sum(max(ways.values()) for ways in cases.values())",
        "return always + sum(sum(ways.values()) for ways in cases.values())",
        "tests/test_checklist.py tests/test_paper.py",
    ),
    Mutant(
        "paper/sheet.py",
        "self.address(short or path) + asked",
        "self.address(path) + asked",
        "tests/test_codes.py tests/test_paper.py",
    ),
    Mutant("search/entries.py", 'f"不可以{line}"', 'f"{line}"', "tests/search/test_index.py"),
    Mutant(
        "offline/pack.py",
        "path.stat().st_size <= LIGHT",
        "path.stat().st_size < LIGHT",
        "tests/test_offline.py -k kept_and_downloads",
    ),
    Mutant("exports/gift.py", "if one.sop != here:", "if one.sop == here:", "tests/quiz/test_gift.py"),
    Mutant(
        "quiz/answers.py",
        "return more <= UNLIKE * less or more",
        "return more <= UNLIKE * less and more",
        "tests/quiz tests/test_cases.py",
    ),
    # ── in the browser ──
    Mutant(
        "offline/worker.js",
        "if ((await digest(body)) !== files.get(path))",
        "if (!got.ok)",
        "tests/browser/test_offline.py -k test_where_the_host",
    ),
    Mutant(
        "deadlines/dates.js",
        'if (unit === "month end") return endOfDay(start.getFullYear(), start.getMonth() + times, 0);',
        'if (unit === "month end") return endOfDay(start.getFullYear(), start.getMonth() + times, 1);',
        "tests/web/test_dates.py",
    ),
    Mutant(
        "deadlines/ics.js",
        "if (used + size > LONGEST)",
        "if (used + size > LONGEST + 1)",
        "tests/web/test_dates.py",
    ),
    Mutant(
        "deadlines/words.js",
        "if (at[0] < now) made.append(",
        "if (at[0] > now) made.append(",
        "tests/browser/test_due_times.py -k passes_while",
    ),
    Mutant(
        "quiz/score.js",
        "if (!right) return sure ? SURE_MISTAKE : MISTAKE;",
        "if (!right) return MISTAKE;",
        "tests/web/test_score.py",
    ),
    Mutant("quiz/record.js", "version < 0 || version > VERSION", "version < 0", "tests/web/test_record.py"),
    Mutant(
        "quiz/draft.js",
        "own.fingerprint === one.fingerprint && one.at < own.at",
        "own.fingerprint === one.fingerprint && one.at > own.at",
        "tests/web/test_draft.py",
    ),
    Mutant(
        "quiz/card.js",
        "|| letters.length < (card.kind",
        "|| letters.length > (card.kind",
        "tests/browser/test_quiz.py -k empty_answer",
    ),
    Mutant(
        "steps/step-ticks.js",
        "box.checked = done.get(clause.id) === clause.dataset.fingerprint;",
        "box.checked = done.has(clause.id);",
        "tests/browser/test_step_ticks.py -k has_changed",
    ),
    Mutant(
        "search/engine.js",
        "ranked.sort((one, two) => two.score - one.score);",
        "ranked.sort((one, two) => one.score - two.score);",
        "tests/content/test_queries.py -k staff",
    ),
    Mutant(
        "share.js",
        "if (await copied(text)) return offer(",
        "if (!(await copied(text))) return offer(",
        "tests/browser/test_share.py",
    ),
    Mutant(
        "days.js", "if (review >= today) return [];", "if (review > today) return [];", "tests/browser/test_days.py"
    ),
    Mutant(
        "sortable-table.js",
        "return Number(one.dataset.sort)",
        "return -Number(one.dataset.sort)",
        "tests/browser/test_journeys.py -k sorted",
    ),
    Mutant("onward.js", "if (location.hash) there.hash = location.hash;", "", "tests/browser/test_onward.py"),
)


def place(root: Path, name: str) -> Path:
    """The one file of hooks/ or docs/ whose path ends so."""
    files = (file for folder in ("hooks", "docs") for file in (root / folder).rglob(Path(name).name))
    found = [file for file in files if file.as_posix().endswith(f"/{name}")]
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def copied(to: Path) -> Path:
    """The project with its tests, so that tests find the mistake and the cache."""
    skipped = shutil.ignore_patterns(".git", ".cache", ".venv", "site", "__pycache__", "*.egg-info", ".*_cache")
    shutil.copytree(project.ROOT, to, ignore=skipped, symlinks=True)
    for name in KEPT:
        if (project.ROOT / ".cache" / name).is_dir():
            (to / ".cache").mkdir(exist_ok=True)
            (to / ".cache" / name).symlink_to(project.ROOT / ".cache" / name)
    return to


def is_caught(mutant: Mutant) -> bool:
    """Whether any of its tests fails where the mistake is made. Status 1: tests ran, and some failed."""
    with tempfile.TemporaryDirectory() as folder:
        root = copied(Path(folder) / "project")
        project.replace(place(root, mutant.file), mutant.old, mutant.new)
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *mutant.tests.split()]
        done = subprocess.run(command, cwd=root, env=project.environment(root), capture_output=True, check=False)
        assert done.returncode in (0, 1), done.stdout.decode()
        return done.returncode == 1


def main() -> int:
    """Make the mistakes that are asked for, and say of each whether it was caught."""
    numbers = [int(each) for each in sys.argv[1:]] or range(1, len(MUTANTS) + 1)
    missed = 0
    for number in numbers:
        mutant = MUTANTS[number - 1]
        caught = is_caught(mutant)
        missed += not caught
        print(f"{number:3} {'caught' if caught else 'NOT CAUGHT'}: {mutant.file}: {mutant.new.strip()}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
