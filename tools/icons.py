"""Draw the icons that a phone's home screen takes, from docs/assets/icons/icon.svg: the same folder's *.png."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import launch_options  # noqa: E402  (the tests are found from the project's folder)

FOLDER = ROOT / "docs/assets/icons"
# Name → size in pixels, and how much of it the drawing takes. A phone may cut a maskable icon down to the circle in its
# middle, 80 % wide; Apple's rounds the corners by itself. Both want their ground drawn to the edge.
ICONS = {
    "icon-192": (192, 1.0),
    "icon-512": (512, 1.0),
    "maskable-512": (512, 0.8),
    "apple-touch-icon": (180, 0.9),
}


def main() -> None:
    """Photograph the drawing at each size, into its folder or another."""
    out = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    out.mkdir(parents=True, exist_ok=True)
    drawing = (FOLDER / "icon.svg").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        for name, (size, share) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            ground = "transparent" if share == 1 else "#0d5c63"
            page.set_content(
                f"<style>body {{ margin: {size * (1 - share) / 2}px; background: {ground} }}"
                f" svg {{ display: block; width: {size * share}px }}</style>{drawing}"
            )
            page.screenshot(path=out / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
