// @ts-check
// What somebody has still to read and to pass, by the induction plan of their role. Pure: knows neither page nor storage.

import { plus, standing, until } from "./renewal.js";

/**
 * An SOP in the table of what there is, and how somebody stands with it.
 * @typedef {object} Stand
 * @property {string} id
 * @property {string} renew
 * @property {number} sum of its clauses now
 * @property {{sum: number, at: number} | null} signed
 * @property {{status: string, at: number} | null} quiz null where it has none
 */

/**
 * Something to do: to read and sign, or to pass.
 * @typedef {object} Task
 * @property {string} id of the SOP, or the role whose exam it is
 * @property {"read" | "quiz" | "exam"} act
 * @property {"never" | "changed" | "due" | "soon"} why
 * @property {string} by the day by which it is to be done; nothing where none is set
 */

/** Day 1, week 1, month 1. */
const STAGES = ["0d", "6d", "1m"];

/**
 * What is to do with an SOP.
 * @param {Stand} stand
 * @param {string} by the day of its stage
 * @param {string} today
 * @returns {Task[]}
 */
export function tasks({ id, renew, sum, signed, quiz }, by, today) {
  const read = signed ? (signed.sum === sum ? "" : "changed") : "never";
  return [
    ...task(id, "read", read, by, until(renew, signed?.at ?? 0), today),
    ...(quiz ? task(id, "quiz", needed(quiz.status), by, until(renew, quiz.at), today) : []),
  ];
}

/**
 * What is to do for a role's exam.
 * @param {Stand} stand
 * @param {string} by
 * @param {string} today
 */
export const examTasks = ({ id, renew, quiz }, by, today) =>
  quiz ? task(id, "exam", needed(quiz.status), by, until(renew, quiz.at), today) : [];

/** @param {string} status @returns {"" | "changed" | "never"} */
const needed = (status) => (status === "passed" || status === "due" ? "" : status === "changed" ? "changed" : "never");

/**
 * @param {string} id
 * @param {Task["act"]} act
 * @param {"" | "changed" | "never"} why
 * @param {string} by
 * @param {string} end until when it holds
 * @param {string} today
 * @returns {Task[]}
 */
function task(id, act, why, by, end, today) {
  if (why) return [{ id, act, why, by: why === "never" ? by : "" }];
  const now = standing(end, today);
  return now ? [{ id, act, why: now, by: end }] : [];
}

/**
 * The day by which each stage is to be done; nothing where the first day is not known.
 * @param {string} first
 */
export const ends = (first) => STAGES.map((length) => (first ? plus(first, length) : ""));

/**
 * Late is what was to be done on a day before.
 * @param {Task} task
 * @param {string} today
 */
export const isLate = ({ by, why }, today) => why === "due" || (why !== "soon" && !!by && by < today);
