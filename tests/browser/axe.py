"""Rules of accessibility, asked of a page as it stands: axe, in as little time as it may take.

Most of its time goes into what is built alike. Of rows, items and sections whose every element stands twice before, in
equal surroundings, with equal classes and states, none is looked at: they are put out of sight for as long as it looks,
and the page goes on as it was.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Options = dict[str, Any]
ALL: Options = {"resultTypes": ["violations"], "preload": False}
COLOURS: Options = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
FORM: Options = {**ALL, "rules": {"color-contrast": {"enabled": False}}}
STILL = """*, ::before, ::after { transition: none !important; animation: none !important }
[data-again] { display: none !important }"""
STYLE = f"document.head.append(Object.assign(document.createElement('style'), {{ textContent: `{STILL}` }}))"

# What an element is, for rules and colours: its name, classes, states, whether it has words; and all around it.
ALIKE = """() => {
    const names = new Map(), seen = new Map(), many = (one) => seen.get(name(one)) >= 2;
    const states = /^(role|type|aria-(busy|checked|current|disabled|expanded|hidden|invalid|live|pressed|selected))$/;
    const worded = (one) => [...one.childNodes].some((inner) => inner.nodeType === 3 && inner.data.trim());
    const told = (one, key) => `${key}=${states.test(key) ? one.getAttribute(key) : !one.getAttribute(key)}`;
    const name = (one) => {
        if (!names.has(one)) {
            const own = one.getAttributeNames().sort().map((key) => told(one, key));
            const said = [one.localName, one.className, ...own, one.checked, one.disabled, worded(one)].join(" ");
            names.set(one, `${one.parentElement ? name(one.parentElement) : ""} > ${said}`);
        }
        return names.get(one);
    };
    const stands = (one) => one.matches("li, tr, section, details, article")
        && !one.closest("a, button, label") && !one.contains(document.activeElement);
    const look = (one) => {
        if (stands(one) && [one, ...one.querySelectorAll("*")].every(many)) return [one];
        seen.set(name(one), (seen.get(name(one)) ?? 0) + 1);
        return [...one.children].flatMap(look);
    };
    return [...document.body.children].flatMap(look);
}"""
RUN = f"""async ([inside, rules]) => {{
    const again = ({ALIKE})();
    for (const one of again) one.dataset.again = "";
    try {{ return (await axe.run(inside ?? document, rules)).violations; }}
    finally {{ for (const one of again) delete one.dataset.again; }}
}}"""
THIN = f"() => {{ for (const one of ({ALIKE})()) one.remove(); }}"


@cache
def _script() -> str:
    script: str = Axe().axe_script
    return script


def load(page: Page) -> None:
    """Bring axe in, and let nothing move any more: half-faded text has half the contrast."""
    page.evaluate(
        f"{_script()};document.head.append(Object.assign(document.createElement('style'), {{textContent: `{STILL}`}}))"
    )


def violations(page: Page, rules: Options = ALL, inside: Any = None) -> list[str]:
    """What axe finds on a page, or `inside` some of its elements: rule, element and reason, one a line."""
    found = page.evaluate(RUN, [inside, rules])
    return [f"{rule['id']}: {node['html'][:160]}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def darken(page: Page, scheme: str = "slate") -> None:
    """Put on the dark colours as the colour switch does, which tests/browser/test_journeys.py presses."""
    page.evaluate("(scheme) => { document.body.dataset.mdColorScheme = scheme }", scheme)


def broken(page: Page, *new: str) -> list[str]:
    """What of a page's state breaks a rule: in light and in dark, of which the colours alone differ. They are looked at
    in what is `new` in this state; that of the page as it opens is looked at in test_axe.py."""
    load(page)
    places = [[one] for one in new] or None
    found = violations(page, FORM) + violations(page, COLOURS, places)
    darken(page)
    found += violations(page, COLOURS, places)
    darken(page, "default")
    return found
