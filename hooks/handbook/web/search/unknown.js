// @ts-check
// Keeps on the phone what was typed into the search box and not found, for its owner to send on.

import { read, write } from "../storage.js";

const NAME = "unknown-words";
const MOST = 100;
const SETTLED = 1500; // milliseconds without a key: what was typed is whole
const SOON = 300; // milliseconds

/** What was kept, the newest first. */
export function unknown() {
  const kept = read(NAME);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
}

export const forget = () => write(NAME, null);

/** @param {string} words */
function keep(words) {
  write(NAME, [words, ...unknown().filter((one) => one !== words)].slice(0, MOST));
}

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
    clearTimeout(timer);
    if (!(/** @type {InputEvent} */ (event).isComposing)) timer = setTimeout(settle, SETTLED);
    if (event.type === "compositionend") ended = event.timeStamp;
  };
  box.addEventListener("input", wait);
  box.addEventListener("compositionend", wait);
  box.addEventListener("blur", (event) => event.timeStamp - ended > SOON && settle());
}
