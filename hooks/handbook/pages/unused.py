"""Styles without those that no page of the site can show: a theme brings them for all its features.

Only what asks for a class, an id or an attribute's value that stands in no page, and that no script can add, goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

OURS = 'class="hb '  # stands in every page made from YAML: a thousand of these are alike, and only classes differ
CLASSES = re.compile(r'class="([^"]*)"')
WORD = re.compile(r"[\w-]+")
ADDED = re.compile(r"""(?<!==["'`])(?<=["'`\s])[\w-]+(?=["'`\s$])""")  # by a script, which looks for others: `.x`
NEVER_ASKED = {"lunr", "vendor"}  # folders of scripts for other languages, and of those that draw and read codes alone

PART = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[{};]|[^'"{};]+""")
NESTS = re.compile(r"@(?:media|supports|layer)\b")
CHOICE = re.compile(r":(?:is|where|not|has)\((?:[^()]|\([^()]*\))*\)")
ASKED = re.compile(r"""[.#]([\w-]+)|\[[\w-]+=["']?([\w-]+)["']?\]""")
COMMA = re.compile(r",(?![^(\[]*[)\]])")
PROPERTY = re.compile(r"""(?<=[{;])(--[\w-]+):(?:'[^']*'|"[^"]*"|[^;{}'"])*(?:;|(?=\}))""")
READ = re.compile(r"""var\(\s*(--[\w-]+)|["'`](--[\w-]+)""")


def drop_unused(site: Path, styles: Collection[Path], off: tuple[str, ...]) -> None:
    """Rewrite these styles of a site that is otherwise whole. `off` are the beginnings of classes that the theme's
    scripts add for features which the site has not."""
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    scripts = [path.read_text("utf-8") for path in site.rglob("*.js") if NEVER_ASKED.isdisjoint(path.parts)]
    known = {word for page in pages for word in _said(page)}
    known |= {word for script in scripts for word in ADDED.findall(script) if not word.startswith(off)}
    others = [path.read_text("utf-8") for path in site.rglob("*.css") if path not in styles]
    kept = {path: used(path.read_text("utf-8"), known) for path in styles}
    for path, text in unread_dropped(kept, [*others, *scripts]).items():
        path.write_text(text, "utf-8", newline="\n")


def _said(page: str) -> set[str]:
    """Every class in a page; where it is not one of ours, every word."""
    said = {" ".join(CLASSES.findall(page))} if OURS in page else {page}
    return {word for text in said for word in WORD.findall(text)}


def used(styles: str, known: set[str]) -> str:
    """The styles without the rules that ask for a word which is not `known`."""
    begun = tuple(word for word in known if word.endswith("--"))  # a script adds the rest

    def can_be(selector: str) -> bool:
        asked = (one or other for one, other in ASKED.findall(CHOICE.sub("", selector)))
        return all(word in known or word.startswith(begun) for word in asked)

    return _block(iter(PART.findall(styles)), can_be)


def _block(parts: Iterator[str], can_be: Callable[[str], bool]) -> str:
    """What is kept from here to the end of the block around it."""
    made, said = [], ""
    for part in parts:
        if part == "}":
            break
        said += part if part != "{" else ""
        if part == ";":
            made.append(said)
        elif part == "{":
            made.append(_rule(said, parts, can_be))
        said = "" if part in ";{" else said
    return "".join([*made, said])


def _rule(head: str, parts: Iterator[str], can_be: Callable[[str], bool]) -> str:
    body = _block(parts, can_be if NESTS.match(head) else lambda _: True)
    if not head.startswith("@"):
        head = ",".join(filter(can_be, COMMA.split(head)))
    return f"{head}{{{body}}}" if head and body else ""


def unread_dropped(styles: dict[Path, str], others: list[str]) -> dict[Path, str]:
    """The styles without properties of their own that neither they nor the others read."""
    read = {name for text in [*styles.values(), *others] for names in READ.findall(text) for name in names}

    def kept(found: re.Match[str]) -> str:
        return found[0] if found[1] in read else ""

    fewer = {path: PROPERTY.sub(kept, text) for path, text in styles.items()}
    return styles if fewer == styles else unread_dropped(fewer, others)  # one may have been all that read another
