// @ts-check
// What a page keeps on the phone. Storage may be full, blocked or spoilt: then nothing is kept, and nothing breaks.

import { current, olds } from "./names.js";

/** The site's own address: other handbooks on the same host keep theirs apart. */
export const SITE = new URL("..", import.meta.url).pathname;

/** Where it stands whose turn it is (people/people.js): what the names of all that is theirs begin with, until when. */
export const TURN = `handbook:${SITE}:turn`;

/** What the names of all begin with whose turn it is: with nothing, where nobody has a name; null where it is nobody's. */
export function whose() {
  try {
    const [who, until] = (localStorage.getItem(TURN) ?? "").split(" ");
    return Number(until) < Date.now() ? null : who;
  } catch {
    return "";
  }
}

/** Whose this page is: what it still holds when another's turn comes is not theirs. */
export const mine = whose();

/**
 * The one place that decides whose storage is read. Throws where it is not, or no longer, whose the page is.
 * @param {string} name
 */
export function keyOf(name) {
  if (mine === null || mine !== whose()) throw new Error("nobody's");
  return `handbook:${SITE}:${mine}${name}`;
}

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
