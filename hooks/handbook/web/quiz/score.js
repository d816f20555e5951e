// @ts-check
// What to ask, in which order, and how well it was answered. Pure: knows neither the page nor what is kept.

/**
 * A question as the page lists it.
 * @typedef {object} Question
 * @property {string} id "sop/question"
 * @property {string} fingerprint of the clauses that it is about, as they stand today
 * @property {string} sop
 * @property {string} kind
 */

/**
 * The last answer to a question.
 * @typedef {object} Result
 * @property {string} fingerprint of the clauses as they stood then
 * @property {boolean} right
 * @property {boolean} sure whether the reader said so
 * @property {number} at milliseconds since 1970
 */

/** @typedef {{[id: string]: Result}} Results */

/**
 * One go through some questions; can be written as JSON and taken up again.
 * @typedef {object} Sitting
 * @property {string[]} queue
 * @property {Results} done
 */

const [SURE_MISTAKE, MISTAKE, CHANGED, NEVER, NOT_DUE] = [0, 1, 2, 3, 4]; // whose turn it is, the first first

/**
 * @param {string[]} ids
 * @returns {Sitting}
 */
export const start = (ids) => ({ queue: [...new Set(ids)], done: {} });

/**
 * The sitting with one more answer. Only the first one to a question counts.
 * @param {Sitting} sitting
 * @param {string} id
 * @param {Result} result
 * @returns {Sitting}
 */
export function answer(sitting, id, result) {
  if (Object.hasOwn(sitting.done, id) || !sitting.queue.includes(id)) return sitting;
  return { ...sitting, done: { ...sitting.done, [id]: result } };
}

/**
 * The question to ask now; null at the end.
 * @param {Sitting} sitting
 */
export const next = (sitting) => sitting.queue.find((id) => !Object.hasOwn(sitting.done, id)) ?? null;

/**
 * Whole percents are rounded down, so that what is shown never passes where the reader has not.
 * @param {number} right
 * @param {number} asked
 */
export const percent = (right, asked) => (asked ? Math.floor((right * 100) / asked) : 0);

/**
 * @param {Sitting} sitting
 * @param {number} passMark percent
 */
export function score(sitting, passMark) {
  const answers = answered(sitting).map((id) => sitting.done[id]);
  const asked = sitting.queue.length;
  const right = answers.filter((one) => one.right).length;
  return {
    asked,
    answered: answers.length,
    right,
    percent: percent(right, asked),
    passed: reaches(right, asked, passMark),
  };
}

/**
 * What to ask again: confident mistakes first, then the others.
 * @param {Sitting} sitting
 */
export function missed(sitting) {
  const wrong = answered(sitting).filter((id) => !sitting.done[id].right);
  return inTurn(wrong, (id) => (sitting.done[id].sure ? SURE_MISTAKE : MISTAKE));
}

/**
 * What is still to be answered, in the order in which it does most good: confident mistakes, other mistakes, what
 * changed since it was answered right, what was never answered.
 * @param {Question[]} questions
 * @param {Results} results
 */
export function due(questions, results) {
  const open = questions.filter((question) => turn(question, results) !== NOT_DUE);
  return inTurn(open, (question) => turn(question, results)).map((question) => question.id);
}

/**
 * How far one is with some questions: each of them is right, changed since it was, or open.
 * @param {Question[]} questions
 * @param {Results} results
 * @param {number} passMark percent
 */
export function state(questions, results, passMark) {
  const turns = questions.map((question) => turn(question, results));
  const right = turns.filter((one) => one === NOT_DUE).length;
  const changed = turns.filter((one) => one === CHANGED).length;
  const total = questions.length;
  /** @type {"new" | "open" | "changed" | "passed"} */
  let status = turns.every((one) => one === NEVER) ? "new" : "open";
  if (reaches(right, total, passMark)) status = "passed";
  else if (reaches(right + changed, total, passMark)) status = "changed";
  return { total, right, changed, open: total - right - changed, status };
}

/**
 * @param {Question} question
 * @param {Results} results
 */
function turn(question, results) {
  if (!Object.hasOwn(results, question.id)) return NEVER;
  const { right, sure, fingerprint } = results[question.id];
  if (!right) return sure ? SURE_MISTAKE : MISTAKE;
  return fingerprint === question.fingerprint ? NOT_DUE : CHANGED;
}

/**
 * In the order of their turns; where these are equal, as they stood.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => number} turnOf
 */
const inTurn = (items, turnOf) => [...items].sort((one, two) => turnOf(one) - turnOf(two));

/** @param {Sitting} sitting */
const answered = (sitting) => sitting.queue.filter((id) => Object.hasOwn(sitting.done, id));

/**
 * In whole numbers: 4 of 5 are 80 %, whatever a fraction makes of them.
 * @param {number} right
 * @param {number} asked
 * @param {number} passMark percent
 */
const reaches = (right, asked, passMark) => asked > 0 && right * 100 >= passMark * asked;
