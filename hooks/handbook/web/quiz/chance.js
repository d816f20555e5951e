// @ts-check
// What chance decides of an exam, the same here and on paper: quiz/chance.py is this file over again, and
// tests/web/test_chance.py holds both against each other. A paper is drawn from a code that a supervisor names: there is
// one way from a text to numbers, of 32 bits at every step, and one to draw and to mix by them.

/** @typedef {() => number} Random at least 0, less than 1 */

/**
 * A code as it is drawn from, whichever keyboard it was typed on; nothing where it is none.
 * @param {string} text
 */
export function normal(text) {
  const bare = text.normalize("NFKC").replace(/[ \t\r\n]/g, "").toUpperCase();
  return /^[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?$/.test(bare) ? bare : "";
}

/**
 * Numbers of 32 bits, one after another, that a text alone decides: mulberry32, begun with the text's FNV-1a.
 * @param {string} text
 */
function numbers(text) {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/**
 * The same as fractions.
 * @param {string} text
 * @returns {Random}
 */
export function chance(text) {
  const following = numbers(text);
  return () => following() / 0x100000000;
}

/**
 * What stands on a page in place of the right letters of a question: nobody reads them off, and a script can try any.
 * @param {string} id
 * @param {string} letters
 */
export const seal = (id, letters) => numbers(`${id}=${letters}`)().toString(16).padStart(8, "0");

/**
 * A copy in an order that chance decides, each as likely as any other.
 * @template T
 * @param {readonly T[]} items
 * @param {Random} random
 */
export function shuffle(items, random) {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
  }
  return mixed;
}

/**
 * The questions of an exam: from each SOP as many as from any other that has so many, give or take one, and a case
 * where there is any. Of an SOP's, those of a lower rank come first: so what is drawn already stays as long as it may.
 * @template {{id: string, sop: string, kind: string}} T
 * @param {T[]} pool
 * @param {number} count
 * @param {Random} random
 * @param {(question: T) => number} [rank]
 */
export function draw(pool, count, random, rank = () => 0) {
  const mixed = shuffle(pool, random).sort((one, two) => rank(one) - rank(two));
  const first = mixed.find((question) => question.kind === "case");
  const rows = first ? [first, ...mixed.filter((question) => question !== first)] : mixed;
  /** @type {Map<string, number>} */
  const taken = new Map();
  const rounds = rows.map(({ sop }) => {
    const round = taken.get(sop) ?? 0;
    taken.set(sop, round + 1);
    return round;
  });
  const picked = [...rows.keys()].sort((one, two) => rounds[one] - rounds[two]).slice(0, count);
  return shuffle(picked, random).map((row) => rows[row].id);
}
