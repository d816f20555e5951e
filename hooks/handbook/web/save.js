// @ts-check
// What a page has made, as a file that its reader keeps.

import { make } from "./dom.js";

const WHILE = 60_000; // ms: a phone may ask its owner first

/** @param {string} name @param {Blob} file */
export function save(name, file) {
  const href = URL.createObjectURL(file);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), WHILE);
}
