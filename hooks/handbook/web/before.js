// @ts-check
// Runs before the theme's scripts, in the head of each page, as these follow what they find. No module: those wait.
// It speaks to browsers that understand none of the others, and so in words of 2015.

// Where a script is too new for the browser, what it would add never comes, and nobody would say so. A missing export is
// no such thing: that file is another build's.
{
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const tell = (/** @type {"page" | "search"} */ what) => {
    const words = document.createElement("script");
    words.src = src.replace("before.js", "old.js");
    words.dataset.what = what;
    document.head.appendChild(words);
  };
  addEventListener("error", ({ message, filename }) => {
    if (/SyntaxError(?!.*(export|binding|JSON|token '<'))/.test(message) && !/\/workers\//.test(filename)) tell("page");
  });
  // A worker that does not start says so to the theme, which does not listen; not every browser says why. Where its file
  // is to be had, the browser can't read it.
  window.Worker = class extends Worker {
    /** @param {string | URL} address */
    constructor(address) {
      super(address);
      this.addEventListener("error", ({ message }) => {
        if (message && !/SyntaxError|ReferenceError/.test(message)) return;
        fetch(String(address)).then(({ ok, headers }) => {
          if (ok && /javascript/.test(headers.get("content-type") || "")) tell("search");
        }, () => {});
      });
    }
  };
}

// A browser may refuse storage altogether, and the theme does not know that it may.
for (const name of /** @type {const} */ (["localStorage", "sessionStorage"])) {
  try {
    window[name];
  } catch (refused) {
    const setItem = () => {
      throw new Error("refused");
    };
    Object.defineProperty(window, name, { value: { getItem: () => null, removeItem() {}, setItem } });
  }
}

// What the theme would write into each page: the small store that its scripts ask for by these names, …
{
  const scope = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  /** @param {string} name */
  const get = (name, store = localStorage, { pathname } = scope) => {
    try {
      return JSON.parse(store.getItem(`${pathname}.${name}`) || "null");
    } catch (spoilt) {
      return null;
    }
  };
  /** @param {string} name @param {unknown} value */
  const set = (name, value, store = localStorage, { pathname } = scope) => {
    try {
      store.setItem(`${pathname}.${name}`, JSON.stringify(value));
    } catch (full) {
      // Then it holds for this page alone.
    }
  };
  /** @param {string} text */
  const hash = (text) => [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
  Object.assign(window, { __md_scope: scope, __md_get: get, __md_set: set, __md_hash: hash });

  // … and the colours that its reader chose, before anything is drawn.
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    const color = (get("__palette") || {}).color || {};
    if (color.media === "(prefers-color-scheme)") return; // the theme asks the system
    for (const name of Object.keys(color)) if (name !== "media") document.body.setAttribute(`data-md-color-${name}`, color[name]);
  }).observe(document.documentElement, { childList: true });
}

// As long as nobody has gone on to another page, the theme takes a jump inside this one for that, and draws it anew: what
// was opened or answered would be lost. The browser finds the way by itself, while the page's first frame stands.
{
  /** @type {Element | null} */
  let frame = null;
  const { pathname } = location;
  addEventListener("DOMContentLoaded", () => (frame = document.querySelector(".md-container")));
  addEventListener("popstate", (event) => {
    if (frame && frame.isConnected && location.pathname === pathname) event.stopImmediatePropagation();
  });
}
