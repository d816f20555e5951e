// @ts-check
// Small enhancements; every page is whole without them.
import "./days.js";

/** Opens the theme's search box from a button that looks like one. */
class SearchOpen extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.onclick = () => {
      const toggle = /** @type {HTMLInputElement | null} */ (document.querySelector("#__search"));
      const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
      if (toggle && !toggle.checked) toggle.click();
      input?.focus();
    };
  }
}

customElements.define("search-open", SearchOpen);

// Material's menu, search and colour switches are labels, which a keyboard cannot reach: give each a button inside.
for (const label of document.querySelectorAll(".md-header label.md-header__button")) {
  if (!(label instanceof HTMLLabelElement)) continue;
  const button = document.createElement("span");
  button.role = "button";
  button.tabIndex = 0;
  button.ariaLabel = label.title || (label.htmlFor === "__drawer" ? "選單" : "搜尋");
  button.append(...label.childNodes);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation(); // Material would switch the colours back
    label.click();
    // The colour switch just used gives way to the other one: the keyboard stays where it was.
    if (label.hidden) /** @type {HTMLElement | null} */ (label.form?.querySelector("label:not([hidden]) [role]"))?.focus();
  });
  label.append(button);
}
// Their hidden inputs would be stops at which a keyboard shows nothing.
for (const input of document.querySelectorAll(".md-option")) input.setAttribute("tabindex", "-1");

// Until it is open, the search box is out of a keyboard's reach (handbook.css); Material puts the cursor there too early.
document.querySelector("#__search")?.addEventListener("change", ({ target }) => {
  const input = /** @type {HTMLInputElement | null} */ (document.querySelector(".md-search__input"));
  if (target instanceof HTMLInputElement && target.checked) input?.focus();
});

// The data is only fetched for who searches (search/worker.js), and what is not found is kept (search/typing.js).
document.querySelector(".md-search__input")?.addEventListener(
  "focus",
  async ({ target }) => {
    new BroadcastChannel("handbook-search").postMessage("wanted");
    const { watch } = await import("./search/typing.js");
    if (target instanceof HTMLInputElement) watch(target);
  },
  { once: true },
);

// Material's search box listens to keyup alone: words from an input method, dictation or paste would find nothing. What an
// input method is still at work on is no word yet (search/typing.js).
for (const type of ["input", "compositionend"]) {
  document.addEventListener(type, (event) => {
    const { target, isComposing } = /** @type {InputEvent} */ (event);
    if (target instanceof HTMLInputElement && target.name === "query" && !isComposing) target.dispatchEvent(new Event("keyup"));
  });
}

// How a reader came stands in the address for as long as it takes to read it: the code on a sheet of paper says the
// sheet's version, search which words it found. Whoever copies the address or a link from the page sends the page alone.
function arrive() {
  const { pathname, search } = location;
  const told = `handbook:came:${pathname}`;
  if (/[?&](?:v|sheet)=/.test(search)) came.set(told, search);
  const scanned = came.get(told) ?? (anew ? sessionStorage.getItem(told) : null);
  anew = false;
  if (scanned) import("./sheet.js").then(({ judge }) => judge(told, scanned));
  if (document.querySelector("sortable-table")) import("./sortable-table.js");
  if (search) setTimeout(tidy, 0, search); // the theme reads it first
}

/**
 * Takes what stood in the address out of it, and out of links inside the page: the theme writes these out in full.
 * @param {string} search
 */
function tidy(search) {
  if (location.search === search) history.replaceState(history.state, "", location.pathname + location.hash);
  for (const link of document.links) if (link.search === search) link.search = "";
}

/** What a sheet said, by the page: its reader still holds it after going on and back. @type {Map<string, string>} */
const came = new Map();

/** Whether this tab loads a page that it has shown before: then that is kept (sheet.js). */
let anew = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"))
  .some(({ type }) => type !== "navigate");

// The page comes first.
(window.requestIdleCallback ?? setTimeout)(() => import("./idle.js"));

/** The theme's own: every page that it shows. */
const { document$ } = /** @type {{document$?: {subscribe: (tell: () => void) => void}}} */ (window);
document$ ? document$.subscribe(arrive) : arrive();

// Where several share a phone, each page says whose turn it is (its end is written down then).
function shared() {
  const turn = localStorage.getItem(`handbook:${new URL("..", import.meta.url).pathname}:turn`);
  if (turn?.includes(" ")) import("./people/turn.js");
}
for (const news of ["storage", "pageshow"]) addEventListener(news, shared); // somebody may have been added meanwhile
shared();
