// @ts-check
// Where a page says no right letters, it says a seal of them, against which any can be held: after an exam, all are.

import { seal } from "./chance.js";

/**
 * The right letters; none, where no answer fits.
 * @param {string} sealed
 * @param {string} id of the question or the scene
 * @param {string} kind
 * @param {string[]} letters of the options
 */
export function opened(sealed, id, kind, letters) {
  for (const one of answers(kind, letters)) if (seal(id, one) === sealed) return one;
  return "";
}

/**
 * Every answer that may be given.
 * @param {string} kind
 * @param {string[]} letters
 */
function answers(kind, letters) {
  if (kind === "order" || kind === "match") return orders(letters);
  return kind === "several" ? choices(letters) : letters;
}

/** @param {string[]} letters @returns {Generator<string, void, undefined>} */
function* orders(letters) {
  if (!letters.length) yield "";
  for (const first of letters) for (const rest of orders(letters.filter((one) => one !== first))) yield first + rest;
}

/** @param {string[]} letters @returns {string[]} */
const choices = (letters) => letters.reduce((found, letter) => [...found, ...found.map((one) => one + letter)], [""]);
