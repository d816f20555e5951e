"""Pages without what the theme puts around and behind them: the bar at the top, the article, our scripts and styles.

What a test says of these it says of the whole page, in half of the time. What the theme's scripts do is looked at in
test_journeys.py, test_search.py, test_share.py, and wherever pages are swapped in place (instant.py)."""

from __future__ import annotations

import re

PARTS = re.compile(
    r"(?s)(.*?<body[^>]*>).*?(<header.*?</header>).*?(<article.*</article>).*?(<script[^>]*handbook\.js[^>]*></script>)"
)


def bare(page: str) -> str:
    """A page without the theme's frame and scripts; one that only leads on, as it is."""
    parts = PARTS.match(page)
    if not parts:
        return page
    head, bar, article, script = parts.groups()
    return f'{head}{bar}<div class="md-container"><main class="md-content">{article}</main></div>{script}'
