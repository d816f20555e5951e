// @ts-check
// Keeps on the phone what was typed into the search box and not found, for its owner to send on.

import { read, write } from "../storage.js";

const NAME = "unknown-words";
const MOST = 100;
const SETTLED = 1500; // milliseconds without a key: what was typed is whole

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
 * Keeps what is typed into a box once nothing more comes, or the box is left.
 * @param {HTMLInputElement} box
 */
export function watch(box) {
  let timer = 0;
  const settle = () => {
    clearTimeout(timer);
    const words = box.value.trim();
    if (words && notFound()) keep(words.slice(0, 80));
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  });
  box.addEventListener("blur", settle);
}
