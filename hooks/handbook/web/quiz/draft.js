// @ts-check
// Exams that were begun and not looked at to their end. Two tabs may be at two papers of one role, or at one paper: each
// paper is kept for itself, and of one paper the answers of both. What stands in the storage is a stranger's.

import * as storage from "../storage.js";
import { load as recorded, readResult } from "./record.js";

/** @typedef {import("./score.js").Results} Results */

/**
 * The paper of an exam, and what was answered of it.
 * @typedef {object} Paper
 * @property {number} begun milliseconds since 1970, with a fraction that no other tab's has: its name
 * @property {string} fingerprint of all that it was drawn from
 * @property {string[]} queue
 * @property {Results} done each with the fingerprint of its clauses as they stood when it was given
 */

const DAY = 86_400_000; // ms

/** @param {string} role */
const nameOf = (role) => `quiz-exam-${role}`;

/**
 * When its last answer was given.
 * @param {Paper} paper
 */
export const last = ({ done }) => Math.max(...Object.values(done).map(({ at }) => at));

/**
 * A paper is one person's for a day; one that the clock says nothing about (answered tomorrow?) is nobody's.
 * @param {Paper} paper
 */
export const alive = (paper) => Math.abs(Date.now() - last(paper)) < DAY;

/**
 * The papers of a role of which something was answered, the one that was answered last at the end.
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
  const done = alone ? paper.done : same.reduce((all, one) => join(all, one.done), paper.done);
  return write(role, [...others, { ...paper, done }]);
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
 * What is sound in a paper read from the storage; null where it is none, or nothing was answered.
 * @param {any} found
 * @returns {Paper | null}
 */
function sound(found) {
  const { begun = 0, fingerprint = "", queue, done } = found ?? {};
  if (!Array.isArray(queue) || typeof done !== "object" || !Number.isFinite(begun)) return null;
  const { results } = recorded();
  const answers = Object.entries(done ?? {}).flatMap(([id, one]) => {
    const told = one?.fingerprint === undefined && Object.hasOwn(results, id) ? results[id] : one;
    const result = told?.right === one?.right && queue.includes(id) && told ? readResult(told, Infinity) : null;
    return result ? [[id, result]] : [];
  });
  return answers.length ? { begun, fingerprint: String(fingerprint), queue: queue.map(String), done: Object.fromEntries(answers) } : null;
}
