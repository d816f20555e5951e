// @ts-check
// Exams that were begun and not handed in. Two tabs may be at two papers of one role, or at one paper: each paper is kept
// for itself, and of one paper the answers of both. What stands in the storage is a stranger's.

import * as storage from "../storage.js";
import { isObject, load as recorded, moment, readResult } from "./record.js";

/** @typedef {import("./score.js").Results} Results */

/**
 * What is answered for now: it may be changed until the exam is handed in.
 * @typedef {object} Held
 * @property {string} letters as held-card.js has them
 * @property {boolean} sure
 * @property {string} fingerprint of the clauses as they stood then
 * @property {number} at milliseconds since 1970
 */

/** @typedef {{[id: string]: Held}} Helds */

/**
 * The paper of an exam, and what was answered of it.
 * @typedef {object} Paper
 * @property {number} begun milliseconds since 1970, with a fraction that no other tab's has: its name
 * @property {string} fingerprint of all that it was drawn from
 * @property {string} code from which it was drawn: a supervisor's, or one that begins with a ~
 * @property {string} stock what it was drawn from, in the page's word
 * @property {number} until when its time is over, or 0
 * @property {string[]} queue
 * @property {Helds} given where feedback comes at the end
 * @property {Results} done each with the fingerprint of its clauses as they stood when it was given
 */

const DAY = 86_400_000; // ms

/** @param {string} role */
const nameOf = (role) => `quiz-exam-${role}`;

/**
 * When its last answer was given; when it was begun, where none was.
 * @param {Pick<Paper, "begun" | "done" | "given">} paper
 */
export function last({ begun, done, given }) {
  const answers = [...Object.values(done), ...Object.values(given)];
  return answers.length ? Math.max(...answers.map(({ at }) => at)) : begun;
}

/** How many questions were answered, or in part. @param {Pick<Paper, "done" | "given">} paper */
export const count = ({ done, given }) => Object.keys(done).length + Object.values(given).filter(({ letters }) => letters).length;

/** Whether its time is over: then it is handed in, whenever somebody comes back. @param {Paper} paper */
export const isOver = ({ until }) => until > 0 && until <= Date.now();

/**
 * A paper is one person's for a day; one that the clock says nothing about (answered tomorrow?) is nobody's.
 * @param {Paper} paper
 */
export const alive = (paper) => Math.abs(Date.now() - last(paper)) < DAY;

/**
 * The papers of a role of which something was answered, or that the clock runs for; the one that was answered last at the
 * end.
 * @param {string} role
 * @returns {Paper[]}
 */
export function load(role) {
  const kept = /** @type {any} */ (storage.read(nameOf(role)));
  const papers = Array.isArray(kept?.papers) ? kept.papers : [kept]; // formerly one, its answers without a fingerprint
  const found = papers.map(sound).filter((/** @type {Paper | null} */ paper) => paper);
  return found.sort((/** @type {Paper} */ one, /** @type {Paper} */ other) => last(one) - last(other));
}

/**
 * Keeps a paper beside what other tabs keep; answers whether that worked.
 * @param {string} role
 * @param {Paper} paper
 * @param {boolean} [alone] without the answers that were kept of it
 */
export function save(role, paper, alone = false) {
  const [same, others] = part(role, paper.begun);
  if (alone) return write(role, [...others, paper]);
  const done = same.reduce((all, one) => join(all, one.done), paper.done);
  const given = same.reduce((all, one) => newer(all, one.given), paper.given);
  return write(role, [...others, { ...paper, done, given }]);
}

/**
 * @param {string} role
 * @param {number} begun
 */
export function drop(role, begun) {
  write(role, part(role, begun)[1]);
}

/**
 * The answers of two tabs to one paper: of two to a question the first one counts, unless they were about different words.
 * @param {Results} mine
 * @param {Results} theirs
 */
export function join(mine, theirs) {
  const taken = Object.entries(theirs).filter(([id, one]) => {
    const own = Object.hasOwn(mine, id) ? mine[id] : null;
    return !own || (own.fingerprint === one.fingerprint && one.at < own.at);
  });
  return { ...mine, ...Object.fromEntries(taken) };
}

/**
 * What two tabs hold of one paper: of two to a question the last one counts.
 * @param {Helds} mine
 * @param {Helds} theirs
 */
export function newer(mine, theirs) {
  const taken = Object.entries(theirs).filter(([id, one]) => !Object.hasOwn(mine, id) || one.at > mine[id].at);
  return { ...mine, ...Object.fromEntries(taken) };
}

/**
 * @param {string} role
 * @param {number} begun
 */
function part(role, begun) {
  const papers = load(role);
  return [papers.filter((one) => one.begun === begun), papers.filter((one) => one.begun !== begun)];
}

/**
 * @param {string} role
 * @param {Paper[]} papers
 */
const write = (role, papers) => storage.write(nameOf(role), papers.length ? { papers } : null);

/**
 * What is sound in a paper read from the storage; null where it is none, or nothing was answered and no clock runs.
 * @param {any} found
 * @returns {Paper | null}
 */
function sound(found) {
  const { begun = 0, fingerprint = "", queue, done, given, code = "", stock = "", until = 0 } = found ?? {};
  if (!Array.isArray(queue) || !isObject(done) || !Number.isFinite(begun) || !Number.isFinite(until)) return null;
  const { results } = recorded();
  const answers = entries(done, queue, (one, id) => {
    const told = one?.fingerprint === undefined && Object.hasOwn(results, id) ? results[id] : one;
    return told?.right === one?.right && told ? readResult(told, Infinity) : null;
  });
  const helds = entries(given, queue, readHeld);
  const paper = { begun, fingerprint: String(fingerprint), code: String(code), stock: String(stock), until, queue: queue.map(String), given: helds, done: answers };
  return until > 0 || count(paper) ? paper : null;
}

/**
 * @template T
 * @param {any} found
 * @param {any[]} queue
 * @param {(one: any, id: string) => T | null} reader
 * @returns {{[id: string]: T}}
 */
function entries(found, queue, reader) {
  const read = Object.entries(isObject(found) ? found : {}).map(([id, one]) => /** @type {const} */ ([id, queue.includes(id) ? reader(one, id) : null]));
  return Object.fromEntries(read.flatMap(([id, one]) => (one ? [[id, one]] : [])));
}

/** @param {any} one @returns {Held | null} */
function readHeld(one) {
  const { letters, sure, fingerprint, at } = one ?? {};
  const when = moment(at, Infinity);
  if (when === null || typeof sure !== "boolean" || !/^[A-Z-]{0,26}$/.test(letters) || !/^\w{1,64}$/.test(fingerprint)) return null;
  return { letters: String(letters), sure, fingerprint: String(fingerprint), at: when };
}
