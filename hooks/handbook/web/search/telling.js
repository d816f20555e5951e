// @ts-check
// Where the words of a query end, and how much each of them tells: those that everybody says all day tell little.

import { EVERYDAY } from "./everyday.js";
import { WEIGHTS } from "./weights.js";

/** Word → how rare it is: 100 times the negative logarithm of its share of all that is said. */
const RARE = new Map(
  EVERYDAY.trim().split("\n").flatMap((line) => {
    const [rare, ...words] = line.split(" ");
    return words.map((word) => /** @type {[string, number]} */ ([word, Number(rare)]));
  }),
);
const OWN = 520; // a word of the handbook, or one for it
const STRANGE = 700; // any other character
const LONGEST = 4;

/**
 * The words of some Chinese in the order in which they stand, so divided that they are the likeliest.
 * @param {string} run
 * @param {(word: string) => boolean} own whether the handbook knows a word
 * @returns {{from: number, to: number, weight: number}[]} weights are from 0 to 1
 */
export function divided(run, own) {
  /** @param {string} word */
  const cost = (word) => RARE.get(word) ?? (word.length > 1 ? (own(word) ? OWN : Infinity) : STRANGE);
  const best = [{ from: 0, sum: 0, rare: 0 }];
  for (let to = 1; to <= run.length; to++) {
    const ways = Array.from({ length: Math.min(to, LONGEST) }, (_, at) => {
      const [from, rare] = [to - at - 1, cost(run.slice(to - at - 1, to))];
      return { from, rare, sum: best[from].sum + rare };
    });
    best.push(ways.reduce((one, other) => (other.sum < one.sum ? other : one)));
  }
  const words = [];
  for (let to = run.length; to; to = best[to].from) words.unshift({ from: best[to].from, to, weight: weight(best[to].rare) });
  return words;
}

/** @param {number} rare */
function weight(rare) {
  const { least, low, high } = WEIGHTS;
  return least + (1 - least) * Math.min(1, Math.max(0, (rare - low) / (high - low)));
}
