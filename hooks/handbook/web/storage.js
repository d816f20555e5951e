// @ts-check
// What a page keeps on the phone. Storage may be full, blocked or spoilt: then nothing is kept, and nothing breaks.

import { current, olds } from "./names.js";

/** The site's own address: other handbooks on the same host keep theirs apart. */
export const SITE = new URL("..", import.meta.url).pathname;

/** @param {string} name */
export const keyOf = (name) => `handbook:${SITE}:${name}`;

/**
 * What was kept under a name; null where there is nothing, or nothing that can be read.
 * @param {string} name
 * @returns {unknown}
 */
export function read(name) {
  try {
    return JSON.parse(text(name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * What was kept under a name, letter by letter, even where it can't be understood.
 * @param {string} name
 */
export function text(name) {
  try {
    return current(name, (one) => localStorage.getItem(keyOf(one)));
  } catch {
    return null;
  }
}

/**
 * Keeps a value, or forgets it where it is null; answers whether that worked.
 * @param {string} name
 * @param {unknown} value
 */
export function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(keyOf(name));
    else localStorage.setItem(keyOf(name), JSON.stringify(value));
    for (const old of olds(name)) localStorage.removeItem(keyOf(old)); // what it held is in the value now
    return true;
  } catch {
    return false;
  }
}

/**
 * Forgets all whose names begin so.
 * @param {string} start
 */
export function forget(start) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(keyOf(start)));
    keys.forEach((key) => localStorage.removeItem(key));
  } catch {
    // Where nothing can be reached, nothing was kept.
  }
}
