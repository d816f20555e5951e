// @ts-check
// What of a query was not found, in its reader's words.

/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./query.js").Query} Query */

const NAMED = 3; // words

/**
 * The words of a query that are not met in any part, those that stand together as one.
 * @param {Query} query
 * @param {(part: number) => boolean} met
 */
export function lacking({ words }, met) {
  /** @type {Query["words"]} */
  const found = [];
  for (const { word, from, to } of words) {
    if (Array.from({ length: to - from }, (_, at) => from + at).some(met)) continue;
    const last = found.at(-1);
    if (last?.to === from) found.splice(-1, 1, { word: last.word + word, from: last.from, to });
    else found.push({ word, from, to });
  }
  return [...new Set(found.map(({ word }) => word))].filter((word) => word.length > 1).slice(0, NAMED);
}

/**
 * A normal word as it was typed.
 * @param {string} word
 * @param {string} typed
 * @param {Letters} letters
 */
export function written(word, typed, letters) {
  for (let from = 0; from < typed.length; from++) {
    for (let to = from + 1; to <= typed.length; to++) {
      if (letters.normal(typed.slice(from, to)) === word) return typed.slice(from, to).trim();
    }
  }
  return word;
}
