// @ts-check
// Every answer and exam of this phone, in one versioned record. Whatever stands in the storage or in a file that
// somebody imports is a stranger's: what is sound in it is taken, entry by entry, and the rest is left.

import * as storage from "../storage.js";
import { updated } from "../names.js";

/** @typedef {import("./score.js").Result} Result */

/**
 * How an exam went.
 * @typedef {object} Exam
 * @property {string} fingerprint of all that it draws from, as it stood then
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

const VERSION = 1;
const NAME = "quiz"; // other names of the quizzes begin with it too, and are forgotten with it
const ASIDE = [1, 2, 3, 4, 5].map((number) => `${NAME}-aside-${number}`);
export const LARGEST = 5_000_000; // characters: as much as a phone keeps for a site

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
 */
export function put(id, result) {
  const record = load();
  if (!Object.keys(record.results).length) askToStay();
  save({ ...record, results: { ...record.results, [id]: result } });
}

/**
 * Who has passed an exam may try it again: what they passed counts until what it asks is changed.
 * @param {string} role
 * @param {Exam} exam
 */
export function putExam(role, exam) {
  const record = load();
  const before = record.exams[role];
  if (before?.passed && !exam.passed && before.fingerprint === exam.fingerprint) return;
  save({ ...record, exams: { ...record.exams, [role]: exam } });
}

/** Whether answers outlast the page: not where the storage is blocked, or full. */
export function kept() {
  const probe = `${NAME}-probe`;
  return unwritten === null && storage.write(probe, 0) && storage.write(probe, null);
}

/** How many records stand aside, because they could not be understood. */
export const aside = () => ASIDE.filter((name) => storage.text(name) !== null).length;

/** Forgets every answer and exam, what stands aside, and any quiz begun. */
export function forget() {
  unwritten = null;
  storage.forget(NAME);
}

// ── as a file ──

/** How many answers and exams are newer than the last export. */
export const unsaved = () => newerThanExport(load());

/**
 * The record as a file; from now on it counts as exported.
 * @param {string} title of the site
 */
export function exportFile(title) {
  const record = { ...load(), saved: Date.now() };
  save(record);
  const day = new Date(record.saved).toLocaleDateString("sv"); // the Swedes write 2026-12-15
  const name = [plain(title), "測驗成績", day].filter(Boolean).join("-");
  return { name: `${name}.json`, text: JSON.stringify({ site: site(), ...record }, null, 1) };
}

/** The file is of another handbook, or of this one at another address: the reader may know better. */
export class Foreign extends Error {}

/**
 * Takes in an exported file: of two answers to a question, the newer one stays. Throws an Error that tells the reader
 * why nothing was taken, a Foreign one where they may insist.
 * @param {string} text
 * @param {boolean} [insist]
 */
export function importText(text, insist = false) {
  if (text.length > LARGEST) throw new Error("檔案太大，不是這裡匯出的成績。請選檔名有「測驗成績」的檔案。");
  const file = parsed(text);
  if (Number.isInteger(file?.version) && file.version > VERSION) {
    throw new Error("這個檔案是較新版的手冊匯出的。重新整理這一頁，再匯入一次。");
  }
  const theirs = understood(text);
  if (!theirs) throw new Error("這不是測驗成績，或檔案已經損壞。請選檔名有「測驗成績」的檔案。");
  if (file.site !== site() && !insist) {
    throw new Foreign("這個檔案來自另一本手冊，或手冊換過網址。題目一樣的才對得上：還是要匯入嗎？");
  }
  const mine = load();
  const { record, added, newer } = merge(mine, theirs);
  save({ ...record, saved: newerThanExport(mine) ? mine.saved : Math.max(mine.saved, theirs.saved) });
  return { added, newer, refused: size(file) - size(theirs) };
}

// ── reading what strangers wrote ──

/**
 * The record in a text; null where there is none, or one that this version does not understand.
 * @param {string | null} text
 * @returns {Kept | null}
 */
function understood(text) {
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
function sound(entries, names, reader, now) {
  /** @type {[string, T][]} */
  const taken = [];
  for (const [name, value] of Object.entries(isObject(entries) ? entries : {})) {
    const entry = names.test(name) && isObject(value) ? reader(value, now) : null;
    if (entry) taken.push([name, entry]);
  }
  return Object.fromEntries(taken);
}

/** @type {Reader<Result>} */
function readResult({ fingerprint, right, sure, at }, now) {
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
const moment = (value, now) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? Math.min(value, now) : null;

/** @param {unknown} value */
const isFingerprint = (value) => typeof value === "string" && /^\w{1,64}$/.test(value);

/** @param {unknown[]} values */
const areFlags = (...values) => values.every((value) => typeof value === "boolean");

/** @param {any} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * @param {string | null} text
 * @returns {any}
 */
function parsed(text) {
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
function save(record) {
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
function merge(mine, theirs) {
  const [results, exams] = [newest(mine.results, theirs.results), newest(mine.exams, theirs.exams)];
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
 */
function newest(mine, theirs) {
  const added = Object.entries(theirs).filter(([name]) => !Object.hasOwn(mine, name));
  const newer = Object.entries(theirs).filter(([name, { at }]) => Object.hasOwn(mine, name) && at > mine[name].at);
  const all = { ...mine, ...Object.fromEntries([...added, ...newer]) };
  return { all, added: added.length, newer: newer.length };
}

/** @param {Kept} record */
const newerThanExport = ({ results, exams, saved }) =>
  [...Object.values(results), ...Object.values(exams)].filter(({ at }) => at > saved).length;

/** @param {any} record */
const size = ({ results, exams }) => Object.keys(results).length + (isObject(exams) ? Object.keys(exams).length : 0);

/** Where this handbook is, host included. */
const site = () => new URL(storage.SITE, location.href).href;

/**
 * A title that any phone takes as the start of a file's name.
 * @param {string} title
 */
const plain = (title) => [...title.replace(/[^\p{L}\p{N}]+/gu, " ").trim()].slice(0, 40).join("");
