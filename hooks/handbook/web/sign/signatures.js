// @ts-check
// What somebody has read and signed: of each SOP the version, the day, and each clause by its fingerprint. Kept beside the
// record of the quizzes, taken in and handed out with it. What stands in the storage or in a file is a stranger's.

import { difference } from "../changed.js";
import { names } from "../names.js";
import { better, later, moment, parsed, sound } from "../quiz/record.js";
import * as storage from "../storage.js";

/** @typedef {{[id: string]: string}} Clauses clause → the first digits of its fingerprint */

/**
 * @typedef {object} Signature
 * @property {string} version
 * @property {Clauses} clauses as they stood then
 * @property {number} at milliseconds since 1970
 */

/** @typedef {{[sop: string]: Signature}} Signatures */

/** @typedef {import("../changed.js").Change} Change */

const NAME = "quiz-signed"; // forgotten with the quizzes
const ID = /^[a-z][a-z0-9-]{1,99}$/;
const MOST = 2_000; // clauses of an SOP

export const load = () => understood(parsed(storage.text(NAME))?.signed);

/**
 * Keeps a signature; answers whether that worked.
 * @param {string} sop
 * @param {Signature} signature
 */
export const sign = (sop, signature) => save({ ...load(), [sop]: signature });

/** @param {Signatures} signed */
export const save = (signed) => storage.write(NAME, { version: 1, signed });

/**
 * What is sound of signatures from anywhere.
 * @param {any} found
 * @returns {Signatures}
 */
export const understood = (found) => sound(found, ID, read, Date.now());

/** @type {import("../quiz/record.js").Reader<Signature>} */
function read({ version, clauses, at }, now) {
  const when = moment(at, now);
  const pairs = Object.entries(clauses ?? {}).filter(([id, mark]) => ID.test(id) && is(mark, /^[0-9a-f]{6}$/));
  if (when === null || !is(version, /^\d{1,4}\.\d{1,4}\.\d{1,4}$/) || !pairs.length || pairs.length > MOST) return null;
  return { version, clauses: Object.fromEntries(pairs), at: when };
}

/** @param {unknown} value @param {RegExp} shape */
const is = (value, shape) => typeof value === "string" && shape.test(value);

/**
 * Mine, with what is newer in theirs.
 * @param {Signatures} mine
 * @param {Signatures} theirs
 */
export const merge = (mine, theirs) => better(mine, theirs, later);

/**
 * What the clauses of an SOP come to, in whatever order they stand and whatever they are called.
 * @param {Clauses} clauses
 */
export const sum = (clauses) => Object.values(clauses).reduce((all, mark) => all + parseInt(mark, 16), 0);

/**
 * What has changed in an SOP since somebody signed it, by the ids of clauses.
 * @param {string} sop
 * @param {Clauses} before
 * @param {Clauses} now
 */
export function compare(sop, before, now) {
  const called = Object.entries(before).map(([id, mark]) => /** @type {[string, string]} */ ([named(sop, id), mark]));
  return difference(new Map(called), new Map(Object.entries(now)));
}

/** What a clause is called now. @param {string} sop @param {string} id */
function named(sop, id) {
  const [home, now] = (names().get(`${sop}#${id}`) ?? "").split("#");
  return home === sop ? now : id;
}

/** Whether two signatures differ in what they are under. @param {Change} change */
export const isNothing = ({ added, changed, gone }) => !added.length && !changed.length && !gone.length;
