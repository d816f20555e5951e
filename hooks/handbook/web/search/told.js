// @ts-check
// What drawers tell, read: where words stand, in few characters (hooks/handbook/search/standing.py).

/** @typedef {{loose: number[], pieces: number[]}} Where entries; and 64 × field of an entry + 2 × length of the piece + whether first */

export const LONGEST = 31; // of a piece, as it is told
const [FIRST, SKIPPED, MORE] = [0x23, 0x5c, 0xd000]; // of numbers as characters
const BEGUN = 0xef00; // a digit that begins a number

/** Characters as the numbers that they stand for. @param {string} text */
export function numbers(text) {
  const found = [];
  let sum = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === FIRST + MORE + 1) {
      sum += MORE;
      continue;
    }
    found.push(sum + code - FIRST - (code > SKIPPED ? 1 : 0));
    sum = 0;
  }
  return found;
}

/** Rising numbers from the steps between them. @param {number[]} steps */
export function sums(steps) {
  let sum = 0;
  return steps.map((step) => (sum += step));
}

/** @param {string} told @returns {Where} */
export function where(told) {
  const [count, ...rest] = numbers(told);
  const half = (rest.length - count) / 2;
  const fields = sums(rest.slice(count, count + half));
  return { loose: sums(rest.slice(0, count)), pieces: fields.map((one, at) => 64 * one + rest[count + half + at]) };
}

/**
 * A pattern with the digits that begin a number marked: it is not found inside a longer one.
 * @param {string[]} sets
 */
export const begun = (sets) =>
  sets.map((one, at) => {
    const first = /^[0-9]$/.test(one) && !/^[0-9.]$/.test(sets[at - 1] ?? "");
    return first ? String.fromCharCode(BEGUN + one.charCodeAt(0)) : one;
  });
