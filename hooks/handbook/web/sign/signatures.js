// @ts-check
// What somebody has read and signed: of each SOP the version, the day, and each clause by its fingerprint. Kept beside the
// record of the quizzes, taken in and handed out with it. What stands in the storage or in a file is a stranger's.

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

/**
 * What has become of an SOP since somebody signed it, by the ids of clauses.
 * @typedef {object} Change
 * @property {string[]} added
 * @property {string[]} changed
 * @property {string[]} gone
 */

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
 * What has changed in substance: neither what moved nor what is only called otherwise.
 * @param {string} sop
 * @param {Clauses} before
 * @param {Clauses} now
 * @returns {Change}
 */
export function compare(sop, before, now) {
  const called = new Map(Object.entries(before).map(([id, mark]) => [named(sop, id), mark]));
  const open = Object.keys(now).filter((id) => called.get(id) !== now[id]);
  const left = [...called].filter(([id, mark]) => now[id] !== mark);
  const fresh = open.filter((id) => called.has(id) || !spent(left, now[id], (old) => !Object.hasOwn(now, old)));
  const gone = left.map(([id]) => id);
  return {
    added: fresh.filter((id) => !called.has(id)),
    changed: fresh.filter((id) => called.has(id)),
    gone: gone.filter((id) => !Object.hasOwn(now, id)),
  };
}

/**
 * Takes the first with such a mark out of some, and whose id is as wanted; answers whether there was one.
 * @param {[string, string][]} some
 * @param {string} mark
 * @param {(id: string) => boolean} wanted
 */
function spent(some, mark, wanted) {
  const place = some.findIndex(([id, one]) => one === mark && wanted(id));
  return place >= 0 && some.splice(place, 1).length > 0;
}

/** What a clause is called now. @param {string} sop @param {string} id */
function named(sop, id) {
  const [home, now] = (names().get(`${sop}#${id}`) ?? "").split("#");
  return home === sop ? now : id;
}

/** Whether two signatures differ in what they are under. @param {Change} change */
export const isNothing = ({ added, changed, gone }) => !added.length && !changed.length && !gone.length;
