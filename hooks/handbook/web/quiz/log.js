// @ts-check
// Every answer of somebody, from quizzes, exams and the daily review alike; the record (record.js) has the last one that
// counts. So another way to decide when a question is asked again could be tried on what was answered already, and what
// somebody knew before they were told stays known. What stands in the storage or in a file is a stranger's.

import * as storage from "../storage.js";
import { isObject, load as recorded, moment, parsed } from "./record.js";

/** @typedef {import("./score.js").Result} Result */
/** @typedef {Map<string, Result[]>} Log question → its answers, the first one first */
/**
 * As it is kept: questions, and beside each its answers between blanks: `a1b2c3-3lq2x8k1z` is the fingerprint, a digit
 * for right (2) and sure (1), the moment.
 * @typedef {{asked: string[], answers: string[]}} Written
 */

export const MOST = 10_000; // answers: at five a day, of more than five years
const NAME = "quiz-log"; // forgotten with the quizzes
const VERSION = 1;
const ID = /^[a-z][a-z0-9-]{1,99}\/[a-z][a-z0-9-]{1,99}$/;
const ANSWER = /^(\w{1,64})-([0-3])([0-9a-z]{1,9})$/;

/** What could not be written, for as long as the page's modules last. @type {Log | null} */
let unwritten = null;

/** All answers that are known now. What was answered before there was a log, the record alone knows. */
export function load() {
  const kept = understood(parsed(storage.text(NAME)));
  const last = new Map(Object.entries(recorded().results).map(([id, one]) => [id, [one]]));
  return merge(merge(kept, unwritten ?? new Map()), last);
}

/**
 * @param {string} id
 * @param {Result} result
 */
export const add = (id, result) => save(merge(load(), new Map([[id, [result]]])));

/** Keeps a log; answers whether that worked. @param {Log} log */
export function save(log) {
  const { version = VERSION } = parsed(storage.text(NAME)) ?? {};
  const done = version <= VERSION && storage.write(NAME, { version: VERSION, ...written(bounded(log)) });
  unwritten = done ? null : log;
  return done;
}

/** Forgets what no storage has: the rest goes with the record. */
export function forget() {
  unwritten = null;
}

/**
 * Of two logs each answer once, in the order of time. Which is merged into which makes no difference.
 * @param {Log} one
 * @param {Log} other
 */
export const merge = (one, other) => gathered([...one, ...other]);

/** @param {[string, Result[]][]} pairs @returns {Log} */
function gathered(pairs) {
  /** @type {Map<string, Result[][]>} */
  const found = new Map();
  for (const [id, answers] of pairs) found.set(id, [...(found.get(id) ?? []), answers]);
  return new Map([...found].map(([id, some]) => [id, some.length > 1 ? each(some.flat()) : some[0]]));
}

/** Each answer once. @param {Result[]} answers */
function each(answers) {
  const found = new Map(answers.map((one) => [entry(one), one]));
  const sorted = [...found].sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1));
  return sorted.map(([, one]) => one);
}

/**
 * Of each question the first answer that was given to its clauses as they stand.
 * @param {{id: string, fingerprint: string}[]} questions
 * @param {Log} [log]
 * @returns {import("./score.js").Results}
 */
export function firstAnswers(questions, log = load()) {
  const first = questions.flatMap(({ id, fingerprint }) => {
    const answer = log.get(id)?.find((one) => one.fingerprint === fingerprint);
    return answer ? [[id, answer]] : [];
  });
  return Object.fromEntries(first);
}

// ── as it is kept ──

/** @param {Log} log @returns {Written} */
export const written = (log) => ({
  asked: [...log.keys()],
  answers: [...log.values()].map((answers) => answers.map(entry).join(" ")),
});

/** @param {Result} answer */
const entry = ({ fingerprint, right, sure, at }) => `${fingerprint}-${Number(right) * 2 + Number(sure)}${Math.floor(at).toString(36)}`;

/**
 * What is sound of a log from anywhere.
 * @param {any} found
 * @returns {Log}
 */
export function understood(found) {
  const { asked, answers } = isObject(found) ? found : {};
  if (!Array.isArray(asked) || !Array.isArray(answers)) return new Map();
  const now = Date.now();
  const pairs = asked.map((id, place) => /** @type {[any, any]} */ ([id, answers[place]]));
  const sound = pairs.filter(([id, texts]) => typeof id === "string" && ID.test(id) && typeof texts === "string");
  const logs = sound.map(([id, texts]) => /** @type {[string, Result[]]} */ ([id, each(read(texts, now))]));
  return bounded(gathered(logs.filter(([, some]) => some.length)));
}

/** @param {string} texts @param {number} now @returns {Result[]} */
const read = (texts, now) =>
  texts.split(" ").flatMap((text) => {
    const [, fingerprint, flags = "", time = ""] = ANSWER.exec(text) ?? [];
    const at = moment(parseInt(time, 36), now);
    return at === null ? [] : [{ fingerprint, right: flags >= "2", sure: flags === "1" || flags === "3", at }];
  });

/**
 * No more than so many answers: those go first that are neither a question's first to its clauses nor its last, of these
 * the oldest.
 * @param {Log} log
 * @returns {Log}
 */
function bounded(log) {
  const over = [...log.values()].reduce((count, { length }) => count + length, 0) - MOST;
  if (over <= 0) return log;
  const all = [...log.values()].flatMap((answers) => answers.map((one, place) => ({ one, spare: isSpare(answers, place) })));
  const going = all.sort((a, b) => Number(b.spare) - Number(a.spare) || a.one.at - b.one.at).slice(0, over);
  const gone = new Set(going.map(({ one }) => one));
  const left = [...log].map(([id, answers]) => /** @type {[string, Result[]]} */ ([id, answers.filter((one) => !gone.has(one))]));
  return new Map(left.filter(([, answers]) => answers.length));
}

/** @param {Result[]} answers @param {number} place */
const isSpare = (answers, place) =>
  place < answers.length - 1 && answers.findIndex(({ fingerprint }) => fingerprint === answers[place].fingerprint) < place;
