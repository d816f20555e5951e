// @ts-check
// When a question is asked again, and which five are asked today. Pure: knows neither the page nor what is kept. How it
// does beside FSRS, a scheduler that reckons with a model of memory, `make bench` measures (tools/bench_review.py).

import { draw, shuffle } from "../quiz/chance.js";

/**
 * An answer as the log has it.
 * @typedef {object} Answer
 * @property {string} fingerprint of the clauses as they stood then
 * @property {boolean} right
 * @property {boolean} sure
 * @property {number} at milliseconds since 1970
 */

/**
 * A question that may be asked.
 * @typedef {object} Question
 * @property {string} id "sop/question"
 * @property {string} fingerprint of the clauses as they stand now
 * @property {string} sop
 * @property {string} kind "case", or anything else
 * @property {number} stage of the plan in which it is to be known: the first first
 */

/**
 * Where a question stands for somebody.
 * @typedef {object} Stand
 * @property {string} fingerprint of the last answer
 * @property {number} rung how many times in a row it was known when its time had come
 * @property {boolean} missed answered wrong, or right by a guess, and not known on another day since
 * @property {boolean} sure of that mistake
 * @property {number} on the day of the last answer
 * @property {number} due the day on which it is asked again
 */

export const DAILY = 5;
export const RUNGS = [1, 3, 10, 30, 60]; // days
const DAY = 86_400_000; // ms
const [MISSED, CHANGED] = [2, 1.5]; // what was missed waits twice as impatiently; what changed, as if half a time too long

/** The day of a moment, by the reader's calendar, as a number: from one to the next it is one more. @param {number} at */
export function dayOf(at) {
  const date = new Date(at);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}

/**
 * Where a question stands after some answers, the first one first; null where there is none.
 * @param {Answer[]} answers
 */
export const climb = (answers) => answers.reduce(step, /** @type {Stand | null} */ (null));

/**
 * One more answer. What was known goes a rung up, if its time had come; what was not is asked the next day, and has to
 * climb from the foot, or from the first rung where it had been higher. What a clause has changed begins anew.
 * @param {Stand | null} before
 * @param {Answer} answer
 * @returns {Stand}
 */
function step(before, { fingerprint, right, sure, at }) {
  const on = dayOf(at);
  const stand = before?.fingerprint === fingerprint ? before : { rung: 0, missed: false, sure: false, due: on };
  const { rung } = stand;
  if (!(right && sure)) return { fingerprint, rung: rung > 1 ? 1 : 0, missed: true, sure: sure && !right, on, due: on + 1 };
  if (on < stand.due && stand.missed) return { ...stand, fingerprint, on }; // told the answer a moment ago
  const next = on < stand.due ? rung : Math.min(rung + 1, RUNGS.length);
  return { fingerprint, rung: next, missed: false, sure: false, on, due: on + RUNGS[next - 1] };
}

/**
 * How much a question wants to be asked on a day: 1 when its time comes, 2 when it has waited twice as long; less than 1
 * before, and nothing where it was answered that day already.
 * @param {Question} question
 * @param {Stand} stand
 * @param {number} today
 */
export function urgency({ fingerprint }, stand, today) {
  if (stand.on >= today) return 0;
  if (stand.missed) return (today - stand.on) * MISSED + (stand.sure ? 0.5 : 0);
  return stand.fingerprint === fingerprint ? (today - stand.on) / (stand.due - stand.on) : CHANGED;
}

/**
 * What to ask on a day: what is due, the most urgent first, then what was never answered, as the plan has it. Of cases,
 * which take their time, one, as long as there is something else.
 * @param {Question[]} questions
 * @param {Map<string, Answer[]>} log
 * @param {number} today
 * @param {number} [count]
 * @param {() => number} [random]
 * @returns {string[]}
 */
export function choose(questions, log, today, count = DAILY, random = Math.random) {
  const stands = new Map(questions.map(({ id }) => [id, climb(log.get(id) ?? [])]));
  const wants = new Map(questions.map((one) => [one, wish(one, stands.get(one.id) ?? null, today)]));
  const want = (/** @type {Question} */ one) => wants.get(one) ?? 0;
  const due = shuffle(questions.filter((one) => want(one) >= 1), random).sort((one, other) => want(other) - want(one));
  const picked = mixed(due).slice(0, count);
  const again = picked.some(isCase);
  const fresh = questions.filter((one) => !stands.get(one.id) && !(again && isCase(one)));
  return [...picked.map(({ id }) => id), ...unseen(fresh, count - picked.length, random)];
}

/** @param {Question} question @param {Stand | null} stand @param {number} today */
const wish = (question, stand, today) => (stand ? urgency(question, stand, today) : 0);

/** @param {Question} question */
const isCase = ({ kind }) => kind === "case";

/** All but the first case at the end. @param {Question[]} questions */
function mixed(questions) {
  const late = new Set(questions.filter(isCase).slice(1));
  return [...questions.filter((one) => !late.has(one)), ...late];
}

/**
 * So many of what was never answered, stage by stage.
 * @param {Question[]} questions
 * @param {number} count
 * @param {() => number} random
 */
function unseen(questions, count, random) {
  if (count < 1 || !questions.length) return [];
  const inTurn = [...questions].sort((one, other) => one.stage - other.stage);
  const last = inTurn[Math.min(count, inTurn.length) - 1].stage;
  const early = inTurn.filter(({ stage }) => stage < last).map(({ id }) => id);
  return [...shuffle(early, random), ...draw(inTurn.filter(({ stage }) => stage === last), count - early.length, random)];
}

/**
 * The next day on which something is due; null where nothing was ever answered.
 * @param {Question[]} questions
 * @param {Map<string, Answer[]>} log
 */
export function nextDue(questions, log) {
  const days = questions.flatMap(({ id }) => climb(log.get(id) ?? [])?.due ?? []);
  return days.length ? Math.min(...days) : null;
}
