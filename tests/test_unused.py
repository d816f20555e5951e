"""What the theme's styles lose: rules and properties for what no page can show, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.pages.unused import drop_unused, unread_dropped, used

KNOWN = {"on", "here", "ltr", "md-tag--"}


@pytest.mark.parametrize(
    ("styles", "kept"),
    [
        (".on{a:b}.off{a:b}", ".on{a:b}"),
        (".on,.off,p{a:b}", ".on,p{a:b}"),
        (".on .off{a:b}.off .on{a:b}#off{a:b}", ""),
        ("p:not(.off){a:b}p:is(.off,.on){a:b}", "p:not(.off){a:b}p:is(.off,.on){a:b}"),
        (".on:not(.off:not(.here)) .gone{a:b}", ""),
        ("[dir=ltr] .on{a:b}[dir=rtl] .on{a:b}[hidden]{a:b}", "[dir=ltr] .on{a:b}[hidden]{a:b}"),
        (".md-tag--new{a:b}.md-tag{a:b}", ".md-tag--new{a:b}"),
        ("@media print{.on{a:b}.off{a:b}}@media screen{.off{a:b}}", "@media print{.on{a:b}}"),
        ("@media print{@supports (a:b){.off{a:b}.on{a:b}}}", "@media print{@supports (a:b){.on{a:b}}}"),
        ("@keyframes off{0%{a:b}to{a:c}}@font-face{a:b}", "@keyframes off{0%{a:b}to{a:c}}@font-face{a:b}"),
        ('@charset "UTF-8";.on:before{content:"}.off{"}', '@charset "UTF-8";.on:before{content:"}.off{"}'),
        (
            ".on{background:url(\"data:x,<svg a='.off{}'/>\");a:b}",
            ".on{background:url(\"data:x,<svg a='.off{}'/>\");a:b}",
        ),
        ("", ""),
    ],
)
def test_a_rule_stays_where_all_that_it_asks_for_may_be(styles: str, kept: str) -> None:
    assert used(styles, KNOWN) == kept


def test_a_property_goes_with_the_last_that_reads_it() -> None:
    chain = Path("a.css")
    styles = {chain: ':root{--one:1;--two:var(--one);--three:var(--two);--four:"};";a:b}p{c:var(--four)}'}
    assert unread_dropped(styles, []) == {chain: ':root{--four:"};";a:b}p{c:var(--four)}'}
    assert unread_dropped(styles, ["c: var(--three)"]) == styles
    assert unread_dropped(styles, ['get("--three")']) == styles


def test_words_of_pages_and_of_scripts_count(tmp_path: Path) -> None:
    """Of our own pages the classes; of others all words, as nobody knows what their authors wrote."""
    theme = tmp_path / "theme"
    theme.mkdir()
    (tmp_path / "ours.html").write_text('<p class="hb lead">spoken</p>', "utf-8")
    (tmp_path / "theirs.html").write_text("<p class=odd>", "utf-8")
    (tmp_path / "a.js").write_text("if (a==='never') b('.sought').className=`made md-code`", "utf-8")
    names = ("lead", "spoken", "odd", "never", "sought", "made", "md-code")
    (theme / "main.css").write_text("".join(f".{name}{{a:b}}" for name in names), "utf-8")
    (tmp_path / "own.css").write_text(".unknown{a:b}", "utf-8")
    drop_unused(tmp_path, [theme / "main.css"], ("md-code",))
    assert (theme / "main.css").read_text("utf-8") == ".lead{a:b}.odd{a:b}.made{a:b}"
    assert (tmp_path / "own.css").read_text("utf-8") == ".unknown{a:b}"
