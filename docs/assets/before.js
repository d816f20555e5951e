// @ts-check
// Runs before the theme's scripts, in the head of each page, as these follow what they find. No module: those wait.

// A browser may refuse storage altogether, and the theme does not know that it may.
for (const name of /** @type {const} */ (["localStorage", "sessionStorage"])) {
  try {
    window[name];
  } catch {
    const setItem = () => {
      throw new Error("refused");
    };
    Object.defineProperty(window, name, { value: { getItem: () => null, removeItem() {}, setItem } });
  }
}

// As long as nobody has gone on to another page, the theme takes a jump inside this one for that, and draws it anew: what
// was opened or answered would be lost. The browser finds the way by itself, while the page's first frame stands.
{
  /** @type {Element | null} */
  let frame = null;
  const { pathname } = location;
  addEventListener("DOMContentLoaded", () => (frame = document.querySelector(".md-container")));
  addEventListener("popstate", (event) => {
    if (frame?.isConnected && location.pathname === pathname) event.stopImmediatePropagation();
  });
}
