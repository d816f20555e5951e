// @ts-check
// Letters, which are pinyin, initials or English, → probes.

import { WEIGHTS } from "./weights.js";

/** @typedef {import("./query.js").Handbook} Handbook */
/** @typedef {import("./query.js").Query} Query */

const FILLER = new Set(
  ("a an the to of in on at for from by with and or is are was be do does did i my me we our you your he his it this that " +
    "how what when where who why which can could may should must need have has if not within please").split(" "),
);

/**
 * Letters with blanks between them, as what is looked for one by one: pinyin and what is known as it stands is one
 * whole, other English its words that say something.
 * @param {string} run
 * @param {Handbook} handbook
 */
export function words(run, { letters, synonyms }) {
  const whole = run.replace(/[ ']/g, "");
  const found = run.split(/[ ']+/);
  /** @param {string} word */
  const known = (word) => bases(word).some(synonyms.has);
  const spelt = found.every((word) => letters.codes.has(word)); // jiao jie ban, though there is a ban in English
  const english = !spelt && found.some((word) => word.length > 2 && known(word));
  if (found.length === 1 || known(whole) || (!english && letters.pinyin(whole).length)) return [whole];
  const telling = found.filter((word) => !FILLER.has(word));
  return telling.length ? telling : [whole];
}

/** Endings of English words, and what stands there without them. @type {[RegExp, string][]} */
const ENDINGS = [
  [/ies$/, "y"], [/(s|x|z|ch|sh)es$/, "$1"], [/s$/, ""], [/(.)\1(?:ing|ed)$/, "$1"], [/(?:ing|ed)$/, ""], [/(?:ing|ed)$/, "e"],
];

/**
 * An English word as it is, and as it may be without its ending: complaint of complaints, tip of tipping.
 * @param {string} word
 */
const bases = (word) => [
  word,
  ...ENDINGS.filter(([ending]) => ending.test(word)).map(([ending, base]) => word.replace(ending, base)).filter((one) => one.length > 2),
];

/**
 * @param {string} run
 * @param {Query} query
 * @param {Handbook} handbook
 */
export function latin(run, query, { letters, synonyms, known }) {
  const start = query.weights.length;
  const readings = letters.pinyin(run);
  const size = Math.max(2, ...readings.map(({ codes }) => codes.length));
  query.weights.push(...Array.from({ length: size }, () => 1));
  const [from, to] = [start, start + size];
  query.words.push({ word: run, from, to });
  query.probes.push({ layer: "text", pattern: run, from, to, value: run.length > 1 ? 1 : WEIGHTS.exact[1] });
  for (let at = 1; at < run.length; at++) {
    const pattern = `${run.slice(0, at)}-${run.slice(at)}`;
    if (known("text", pattern)) query.probes.push({ layer: "text", pattern, from, to, value: 1 });
  }
  const ways = bases(run);
  for (const [one, meant] of synonyms.meant) {
    const whole = ways.includes(one);
    if (!whole && !(run.length > 2 && one.startsWith(run))) continue;
    for (const { word, by } of meant) {
      const value = whole ? 1 : WEIGHTS.said * (by === "said" ? 1 : WEIGHTS.kin);
      query.probes.push({ layer: "text", pattern: word, from, to, value });
    }
  }
  for (const { codes: reading, ways } of readings) {
    /** @param {number} at */
    const paired = (at) => at >= 0 && at + 1 < reading.length && known("sound", reading.slice(at, at + 2));
    for (let length = Math.min(reading.length, 4); length; length--) {
      for (let at = 0; at + length <= reading.length; at++) {
        if (length === 1 && (paired(at) || paired(at - 1))) continue;
        const whole = length === reading.length;
        query.probes.push({
          layer: "sound",
          pattern: reading.slice(at, at + length),
          from: whole ? from : start + at,
          to: whole ? to : start + at + length,
          value: WEIGHTS.typed[length] * (ways > 1 ? WEIGHTS.half : 1),
        });
      }
    }
  }
  if (run.length < 11) query.probes.push({ layer: "initials", pattern: letters.initials(run), from, to, value: 0.8 });
}
