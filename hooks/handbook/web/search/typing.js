// @ts-check
// What is typed into the search box: what an input method is at work on is no word yet, and what is not found is kept.

import { keep } from "./unknown.js";

const SETTLED = 1500; // milliseconds without a key: what was typed is whole
const SOON = 300; // milliseconds
const ANDROID = /Android/.test(navigator.userAgent);

/** Whether the list of results has the link to the words that were not found. */
function notFound() {
  const links = document.querySelectorAll(".md-search-result__item > a");
  return [...links].some((one) => one instanceof HTMLAnchorElement && /\/search-words\/(index\.html)?$/.test(one.pathname));
}

/**
 * Keeps what is typed into a box once nothing more comes, or the box is left; not while an input method is at work on it.
 * @param {HTMLInputElement} box
 */
export function watch(box) {
  let timer = 0;
  let ended = -SOON; // when an input method was done: what it made is looked for, and not yet answered
  const settle = () => {
    clearTimeout(timer);
    const words = box.value.trim();
    if (words && notFound()) keep(words.slice(0, 80));
  };
  /** @param {Event} event */
  const wait = (event) => {
    const { type, timeStamp, isComposing, data } = /** @type {InputEvent} */ (event);
    clearTimeout(timer);
    if (!isComposing) timer = setTimeout(settle, SETTLED);
    if (type === "compositionend") ended = timeStamp;
    // Android's keyboards are at work on every word of English too: letters are looked for as they come.
    if (isComposing && ANDROID && /^[ -~]*$/.test(data ?? "")) box.dispatchEvent(new Event("keyup"));
  };
  box.addEventListener("input", wait);
  box.addEventListener("compositionend", wait);
  box.addEventListener("keyup", (event) => event.isComposing && event.stopImmediatePropagation(), true);
  box.addEventListener("blur", (event) => event.timeStamp - ended > SOON && settle());
}
