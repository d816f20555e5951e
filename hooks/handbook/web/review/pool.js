// @ts-check
// From which questions the day's are taken. Pure: knows neither the page nor what is kept.

/** @typedef {import("./ladder.js").Question} Question */

/**
 * A quiz as the table of quizzes lists it.
 * @typedef {object} Quiz
 * @property {string} sop
 * @property {string} title of the SOP
 * @property {string} page where its questions are
 * @property {[id: string, fingerprint: string][]} marks
 * @property {string[]} cases which of these are cases
 */

/** What a role is to know by day 1, week 1 and month 1, as ids of SOPs. @typedef {string[][]} Plan */

/**
 * The questions of what somebody's role must know, in the order of its plan. Who has said no role is asked about the SOPs
 * that they have answered something of; who has answered nothing, about what everybody is to know on the first day.
 * @param {Quiz[]} quizzes
 * @param {Map<string, Plan>} plans by role
 * @param {string} role
 * @param {Set<string>} begun SOPs
 * @returns {Question[]}
 */
export function pool(quizzes, plans, role, begun) {
  const plan = plans.get(role) ?? [begun.size ? [...begun] : everybodys([...plans.values()], quizzes)];
  return plan.flatMap((sops, stage) => quizzes.filter(({ sop }) => sops.includes(sop)).flatMap((one) => questions(one, stage)));
}

/** The SOPs of every plan's first stage; all, where there is none. @param {Plan[]} plans @param {Quiz[]} quizzes */
function everybodys(plans, quizzes) {
  const all = quizzes.map(({ sop }) => sop);
  const shared = all.filter((sop) => plans.length && plans.every(([first]) => first?.includes(sop)));
  return shared.length ? shared : all;
}

/** @param {Quiz} quiz @param {number} stage @returns {Question[]} */
const questions = ({ sop, marks, cases }, stage) =>
  marks.map(([id, fingerprint]) => ({ id: `${sop}/${id}`, fingerprint, sop, kind: cases.includes(id) ? "case" : "", stage }));
