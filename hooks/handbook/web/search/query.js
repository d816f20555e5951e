// @ts-check
// What somebody typed → probes: patterns to look for, which part of the query each accounts for, and how surely.

import { translated } from "./amounts.js";
import { SYLLABLE, TONES } from "./bopomofo.js";
import { END } from "./corpus.js";
import { han } from "./han.js";
import { latin, words } from "./latin.js";

/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./synonyms.js").Synonyms} Synonyms */

/**
 * @typedef {Object} Probe
 * @property {"text" | "sound" | "initials"} layer where to look
 * @property {string | string[]} pattern what to look for; a list gives, for each character, those that it may be
 * @property {number} from the first part of the query that it accounts for
 * @property {number} to the part after its last
 * @property {number} value how surely it is what was meant, from 0 to 1
 */

/**
 * @typedef {Object} Query
 * @property {Probe[]} probes
 * @property {number[]} weights part → how much it tells
 * @property {{word: string, from: number, to: number}[]} words those that tell something, and their parts
 * @property {boolean} amount whether it is asked how much or when
 * @property {boolean} meaning whether it is asked what a word means
 */

/** @typedef {(layer: Probe["layer"], pattern: Probe["pattern"]) => boolean} Known whether a pattern stands anywhere */
/** @typedef {{letters: Letters, synonyms: Synonyms, known: Known}} Handbook what is known of it */

const HAN = "\\u3400-\\u9fff\\uf000-\\uf8ff"; // and what is typed in bopomofo (letters.js)
const APART = new RegExp(`(^|[^${HAN}])((?:[${HAN}] +)+[${HAN}])(?![${HAN}])`, "g"); // 投 訴
const RUNS = new RegExp(`[a-z](?:[&/][a-z])+|[a-z][a-z' ]*[a-z](?![a-z&/])|[a-z]|-?(?:[0-9][,:](?=[0-9])|[0-9.%${HAN}])+(?:[a-z]{1,2}(?![a-z]))?`, "g");
const HOW_MUCH = /多久|几[天日点号次个年月周小分秒度岁]|多少|何时|什么时候|多[长高大早晚快]|how (long|many|much|often|late|soon)|when/;
const MEANING = /什么意思|是什么(?!时候)|差在|差别|区别|不同|定义|什么叫|何谓|meaning|mean/;
const NAMED = 4; // what is called by its number tells more than the words around it
const CITED = /\b[a-z][0-9][0-9a-z.]*\b/g; // the number of a clause of the source: i5, g3.4

/**
 * @param {string} typed
 * @param {Handbook} handbook
 * @returns {Query}
 */
export function understand(typed, handbook) {
  const { letters, known } = handbook;
  /** @type {Query} */
  const query = { probes: [], weights: [], words: [], amount: false, meaning: false };
  letters.spoken.clear();
  letters.longer.clear();
  const begun = !/[ㄚ-ㄩˉˊˇˋ˙]/.test(typed);
  const plain = [...typed]
    .map((one) => letters.one(one) || " ")
    .join("")
    .replace(SYLLABLE, (one, at, all) => letters.speak(one, !/[ㄅ-ㄩ]/.test(all.slice(at + one.length)), begun))
    .replace(TONES, "")
    .replace(CITED, (run) => (cited(run, query, known) ? " " : run))
    .replace(/[a-z]+(?:-[a-z]+)+/g, (word) => word.replace(/-/g, joined(word, known) ? "" : " "))
    .replace(/\b([a-z]) *([&/]) *(?=[a-z]\b)/g, "$1$2")
    .replace(/([0-9a-z])-(?=[0-9])/g, "$1 "); // others are less than 0
  const spaced = translated(plain)
    .replace(APART, (_, before, run) => before + run.replace(/ /g, ""))
    .replace(/([0-9.]) +(?=[%\u3400-\u9fff])/g, "$1") // 2 天 is one word
    .replace(/([\u3400-\u9fff]) +(?=[0-9])/g, "$1");
  [query.amount, query.meaning] = [HOW_MUCH.test(spaced), MEANING.test(spaced)];
  for (const [run] of spaced.matchAll(RUNS)) {
    if (/^[a-z]/.test(run)) for (const word of words(run, handbook)) latin(word, query, handbook);
    else han(run, query, handbook);
  }
  return query;
}

/**
 * Whether the handbook has a word with hyphens, or the same without them: Wi-Fi, wifi.
 * @param {string} word
 * @param {Known} known
 */
const joined = (word, known) => known("text", word) || known("text", word.replace(/-/g, ""));

/**
 * Looks for a number by which clauses of the source are cited, or for all that begin with it while it is being typed;
 * answers whether there is any.
 * @param {string} run
 * @param {Query} query
 * @param {Known} known
 */
function cited(run, query, known) {
  const pattern = [run + END, run].find((one) => known("text", one));
  if (!pattern) return false;
  const from = query.weights.push(NAMED) - 1;
  query.probes.push({ layer: "text", pattern, from, to: from + 1, value: 1 });
  return true;
}
