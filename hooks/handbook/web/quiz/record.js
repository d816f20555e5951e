// @ts-check
// Every answer and exam of this phone, in one versioned record. Whatever stands in the storage or in a file that
// somebody imports is a stranger's: what is sound in it is taken, entry by entry, and the rest is left.

import * as storage from "../storage.js";
import { updated } from "../names.js";

/** @typedef {import("./score.js").Result} Result */

/**
 * How an exam went.
 * @typedef {object} Exam
 * @property {string} fingerprint of all that its paper was drawn from; each of its answers was given for the clauses as
 *   they stand there
 * @property {number} right
 * @property {number} asked
 * @property {boolean} passed
 * @property {number} at milliseconds since 1970
 */

/**
 * @typedef {object} Kept
 * @property {1} version
 * @property {{[id: string]: Result}} results
 * @property {{[role: string]: Exam}} exams
 * @property {number} saved when it was last exported, or 0
 */

/**
 * An entry read from anywhere: null where it is not sound.
 * @template T
 * @typedef {(found: any, now: number) => T | null} Reader
 */

export const VERSION = 1;
const NAME = "quiz"; // other names of the quizzes begin with it too, and are forgotten with it
const PROBE = `${NAME}-probe`;
const ASIDE = [1, 2, 3, 4, 5].map((number) => `${NAME}-aside-${number}`);

/** From each version to the next; the first had neither exams nor the reader's own doubts. */
const MIGRATIONS = [
  (/** @type {any} */ old) => ({
    results: Object.fromEntries(
      Object.entries(old.results).map(([id, one]) => [id, isObject(one) ? { sure: false, ...one } : null]),
    ),
  }),
];

/**
 * What could not be written. It lasts as long as the page's modules do.
 * @type {Kept | null}
 */
let unwritten = null;

/**
 * All that is known now.
 * @returns {Kept}
 */
export function load() {
  const stored = understood(storage.text(NAME)) ?? fresh();
  return unwritten ? merge(unwritten, stored).record : stored;
}

/**
 * @param {string} id
 * @param {Result} result
 * @param {string[]} [instead] of the answers to these, which count no more
 */
export function put(id, result, instead = []) {
  const record = load();
  if (!Object.keys(record.results).length) askToStay();
  const others = Object.entries(record.results).filter(([name]) => !instead.includes(name));
  save({ ...record, results: { ...Object.fromEntries(others), [id]: result } });
}

/**
 * @param {string} role
 * @param {Exam} exam
 */
export function putExam(role, exam) {
  const record = load();
  const before = record.exams[role];
  if (!before || counts(exam, before) !== false) save({ ...record, exams: { ...record.exams, [role]: exam } });
}

/**
 * Who has passed an exam may try it again: what they passed counts until what it asks is changed. Where neither has to
 * give way to the other, null.
 * @param {Exam} one
 * @param {Exam} other
 */
const counts = (one, other) =>
  one.fingerprint === other.fingerprint && one.passed !== other.passed ? one.passed : null;

/** Whether answers outlast the page: not where the storage is blocked, or full. */
export function kept() {
  return unwritten === null && storage.write(PROBE, 0) && storage.write(PROBE, null);
}

/** Whether another page has only tried that: two that each try again when the other does would never end. @param {StorageEvent} news */
export const isTrial = ({ key }) => !!key?.endsWith(`:${PROBE}`);

/** How many records stand aside, because they could not be understood. */
export const aside = () => ASIDE.filter((name) => storage.text(name) !== null).length;

/** Forgets every answer and exam, what stands aside, and any quiz begun. */
export function forget() {
  unwritten = null;
  storage.forget(NAME);
}

// ── reading what strangers wrote ──

/**
 * The record in a text; null where there is none, or one that this version does not understand.
 * @param {string | null} text
 * @returns {Kept | null}
 */
export function understood(text) {
  let found = parsed(text);
  if (!isObject(found) || !isObject(found.results)) return null;
  const version = found.version ?? 0;
  if (!Number.isInteger(version) || version < 0 || version > VERSION) return null;
  for (const migrate of MIGRATIONS.slice(version)) found = migrate(found);
  const now = Date.now();
  return {
    version: VERSION,
    results: sound(found.results, /^[a-z][a-z0-9-]{1,99}\/[a-z][a-z0-9-]{1,99}$/, readResult, now),
    exams: sound(found.exams, /^[a-z][a-z0-9-]{1,99}$/, readExam, now),
    saved: moment(found.saved, now) ?? 0,
  };
}

/**
 * The entries of which both name and value are sound.
 * @template T
 * @param {any} entries
 * @param {RegExp} names
 * @param {Reader<T>} reader
 * @param {number} now
 * @returns {{[name: string]: T}}
 */
export function sound(entries, names, reader, now) {
  /** @type {[string, T][]} */
  const taken = [];
  for (const [name, value] of Object.entries(isObject(entries) ? entries : {})) {
    const entry = names.test(name) && isObject(value) ? reader(value, now) : null;
    if (entry) taken.push([name, entry]);
  }
  return Object.fromEntries(taken);
}

/** @type {Reader<Result>} */
export function readResult({ fingerprint, right, sure, at }, now) {
  const when = moment(at, now);
  if (when === null || !isFingerprint(fingerprint) || !areFlags(right, sure)) return null;
  return { fingerprint, right, sure, at: when };
}

/** @type {Reader<Exam>} */
function readExam({ fingerprint, right, asked, passed, at }, now) {
  const when = moment(at, now);
  if (when === null || !isFingerprint(fingerprint) || !areFlags(passed)) return null;
  if (!Number.isInteger(right) || !Number.isSafeInteger(asked) || right < 0 || right > asked) return null;
  return { fingerprint, right, asked, passed, at: when };
}

/**
 * No moment lies in the future: a clock that was wrong once, or a liar, would otherwise have the last word for ever.
 * @param {unknown} value
 * @param {number} now
 */
export const moment = (value, now) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.min(value, now) : null;

/** @param {unknown} value */
const isFingerprint = (value) => typeof value === "string" && /^\w{1,64}$/.test(value);

/** @param {unknown[]} values */
const areFlags = (...values) => values.every((value) => typeof value === "boolean");

/** @param {any} value */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {string | null} text
 * @returns {any}
 */
export function parsed(text) {
  try {
    return JSON.parse(updated(text ?? "null"));
  } catch {
    return null;
  }
}

// ── keeping ──

/** @returns {Kept} */
const fresh = () => ({ version: VERSION, results: {}, exams: {}, saved: 0 });

/** @param {Kept} record */
export function save(record) {
  unwritten = makeRoom() && storage.write(NAME, record) ? null : record;
}

/** Whether the record may be written: what is there and can't be understood is first kept under another name. */
function makeRoom() {
  const text = storage.text(NAME);
  if (text === null || understood(text)) return true;
  const free = ASIDE.find((name) => storage.text(name) === null || storage.read(name) === text);
  return free !== undefined && storage.write(free, text);
}

/** Asks that the phone not clear the storage by itself. It may refuse, or know no such thing. */
async function askToStay() {
  try {
    await navigator.storage.persist();
  } catch {
    // Then the reader's own export is what lasts.
  }
}

/**
 * Mine, with what is newer in theirs.
 * @param {Kept} mine
 * @param {Kept} theirs
 */
export function merge(mine, theirs) {
  const results = better(mine.results, theirs.results, later);
  const exams = better(mine.exams, theirs.exams, (one, other) => counts(one, other) ?? later(one, other));
  return {
    record: { ...mine, results: results.all, exams: exams.all },
    added: results.added + exams.added,
    newer: results.newer + exams.newer,
  };
}

/**
 * @template {{at: number}} T
 * @param {{[name: string]: T}} mine
 * @param {{[name: string]: T}} theirs
 * @param {(one: T, other: T) => boolean} wins
 */
export function better(mine, theirs, wins) {
  const added = Object.entries(theirs).filter(([name]) => !Object.hasOwn(mine, name));
  const newer = Object.entries(theirs).filter(([name, one]) => Object.hasOwn(mine, name) && wins(one, mine[name]));
  const all = { ...mine, ...Object.fromEntries([...added, ...newer]) };
  return { all, added: added.length, newer: newer.length };
}

/**
 * @param {{at: number}} one
 * @param {{at: number}} other
 */
export const later = (one, other) => one.at > other.at;
