// @ts-check
// Chinese, with the amounts in it, → probes.

import { amounts } from "./amounts.js";
import { divided } from "./telling.js";
import { WEIGHTS } from "./weights.js";

/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./query.js").Handbook} Handbook */
/** @typedef {import("./query.js").Known} Known */
/** @typedef {import("./query.js").Query} Query */

// Words of a question that say little about what is asked, in folded form.
const WEAK = new RegExp(
  "(怎么办|怎么样|怎么做|怎么说|怎么讲|怎么|怎样|如何|为什么|说什么|做什么|什么|处理" +
    "|可不可以|可以|能不能|要不要|是不是|有没有|会不会|请问|多久|多少|哪里|哪个|应该|需要|一下|时候|的话|我们|别人|人家|第一" +
    "|[吗呢吧啊了的我你他她它们要会在跟和与就都很还再让给把被是有没不谁该想请几])",
  "g",
);
const TELLING = 0.5; // what a word tells at least, to be worth a word: a character by itself, to be taken for a word of two

/**
 * @param {string} run
 * @param {Query} query
 * @param {Handbook} handbook
 */
export function han(run, query, { letters, synonyms, known }) {
  const start = query.weights.length;
  const words = divided(run, (word) => synonyms.has(word) || (word.length < 4 && known("text", word)));
  const ends = new Set([0, ...words.map(({ to }) => to)]);
  const weights = words.flatMap(({ from, to, weight }) => Array.from({ length: to - from }, () => weight));
  for (const { index, 0: { length } } of run.matchAll(WEAK)) {
    for (let at = index; at < index + length; at++) weights[at] = Math.min(weights[at], WEIGHTS.faint);
  }
  const most = Math.max(...weights);
  query.weights.push(...weights.map((weight) => weight / most));
  for (const { from, to } of words) {
    if (query.weights[start + from] >= TELLING) query.words.push({ word: run.slice(from, to), from: start + from, to: start + to });
  }
  const sound = letters.like(run);
  /** @param {"text" | "sound" | "initials"} layer @param {string | string[]} pattern @param {number} from @param {number} to @param {number} value */
  const probe = (layer, pattern, from, to, value) => query.probes.push({ layer, pattern, from: start + from, to: start + to, value });
  if (/^[\uf400-\uf8ff]+$/.test(run)) {
    probe("initials", sound, 0, run.length, 0.8);
    return;
  }
  /** @param {number} from @param {number} to */
  const spoken = (from, to) => /[\uf000-\uf8ff]/.test(run.slice(from, to));
  /** @param {number} at */
  const paired = (at) =>
    at >= 0 && at + 1 < run.length &&
    (known("text", run.slice(at, at + 2)) || (spoken(at, at + 2) && known("sound", sound.slice(at, at + 2))));
  for (let length = 1; length <= Math.min(run.length, 4); length++) {
    for (let at = 0; at + length <= run.length; at++) {
      const [to, by] = [at + length, spoken(at, at + length)];
      const pair = length > 1 && known("text", run.slice(at, at + 2));
      const lonely = length === 1 && !paired(at) && !paired(at - 1);
      if (!by && (pair || lonely)) {
        const cut = length > 1 ? [at, to].filter((end) => !ends.has(end)).length : 0;
        probe("text", run.slice(at, to), at, to, WEIGHTS.exact[length] * WEIGHTS.across ** cut);
      }
      if (by ? length > 1 || lonely : length > 1 && !pair) {
        const pattern = sound.slice(at, to);
        probe("sound", pattern, at, to, WEIGHTS[by ? "typed" : "sounds"][length]);
        const longer = letters.longer.get(run[to - 1]);
        if (longer) probe("sound", [...pattern.slice(0, -1), longer], at, to, WEIGHTS.half * WEIGHTS.typed[length]);
      }
    }
  }
  for (const { at, pattern } of mistaken(run, letters, known)) {
    probe("text", pattern, at, at + pattern.length, WEIGHTS.sounds[pattern.length]);
  }
  for (const { from, to, pattern } of amounts(run)) {
    if (known("text", pattern)) probe("text", pattern, from, to, WEIGHTS.number);
  }
  for (let from = 0; from < run.length; from++) {
    for (let to = from + 1; to <= Math.min(run.length, from + 8); to++) {
      for (const { word, by } of synonyms.of(run.slice(from, to))) probe("text", word, from, to, WEIGHTS[by]);
    }
  }
  const lone = words.map(({ from, to }) => to - from === 1 && weights[from] >= TELLING);
  for (const [at, { from, to }] of words.entries()) {
    if (!lone[at] || lone[at - 1] || lone[at + 1]) continue; // two of them are a word that is not known, or a typo
    for (const pattern of synonyms.stems.get(run[from]) ?? []) probe("text", pattern, from, to, WEIGHTS.stem);
  }
}

/**
 * What may be meant where one character was taken for another that looks like it.
 * @param {string} run
 * @param {Letters} letters
 * @param {Known} known
 */
function* mistaken(run, letters, known) {
  for (let at = 0; at < run.length; at++) {
    const alike = letters.alike.get(run[at]);
    if (!alike) continue;
    for (let from = Math.max(0, at - 3); from <= at; from++) {
      for (let to = Math.max(at + 1, from + 2); to <= Math.min(run.length, from + 4); to++) {
        const pattern = [...run.slice(from, to)];
        pattern[at - from] = alike;
        if (!known("text", run.slice(from, from + 2))) yield { at: from, pattern };
      }
    }
  }
}
