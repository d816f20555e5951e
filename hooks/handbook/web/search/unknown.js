// @ts-check
// Keeps on the phone what was typed into the search box and not found, for its owner to send on.

import { read, write } from "../storage.js";

const NAME = "unknown-words";
const MOST = 100;

/** What was kept, the newest first. */
export function unknown() {
  const kept = read(NAME);
  return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
}

export const forget = () => write(NAME, null);

/** @param {string} words */
export function keep(words) {
  write(NAME, [words, ...unknown().filter((one) => one !== words)].slice(0, MOST));
}
