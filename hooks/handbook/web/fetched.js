// @ts-check
// Another page of the handbook, for what is in it: phones keep every page (offline/worker.js).

import { make } from "./dom.js";

/**
 * A page in which nothing runs, its links made whole; null where it can't be had. What ids were called before is told on
 * this page as well.
 * @param {string} from
 */
export async function fetched(from) {
  try {
    const base = new URL(from, location.href).href;
    const got = await fetch(base);
    if (!got.ok) return null;
    const page = new DOMParser().parseFromString(await got.text(), "text/html");
    for (const link of page.querySelectorAll("a")) link.href = new URL(link.getAttribute("href") ?? "", base).href;
    tellNames(page);
    return page;
  } catch {
    return null; // no signal, and not kept
  }
}

/** @param {Document} page */
function tellNames(page) {
  const more = /** @type {HTMLElement | null} */ (page.querySelector("[data-formerly]"))?.dataset.formerly;
  if (!more) return;
  const here = /** @type {HTMLElement | null} */ (document.querySelector("[data-formerly]"));
  const told = here ?? document.querySelector(".hb")?.appendChild(make("div", { hidden: true }));
  if (told) told.dataset.formerly = [here?.dataset.formerly, more].filter(Boolean).join(" ");
}
