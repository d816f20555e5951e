// @ts-check
// What the answers of a team say about the questions, and about the clauses that these ask about. Pure.

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */
/** @typedef {import("./table.js").Sop} Sop */

/**
 * How a question was answered; only where the quiz was the one of now, as others may have stood in its place.
 * @typedef {object} Count
 * @property {Sop} sop
 * @property {string} id of the question
 * @property {string[]} about
 * @property {number} asked people
 * @property {number} right
 * @property {number} sure how many were sure, and wrong
 */

/** How a clause was answered: people who were asked about it, and who of them missed any question. @typedef {{ref: string, asked: number, missed: number}} Clause */

export const POOR = 0.6; // of the answers right: below it, the question or its clause is to be looked at
export const FEW = 3; // answers: of fewer, nothing is said
const [RIGHT, SURE] = [1, 3]; // as packet.js tells answers

/**
 * @param {Book} book
 * @param {Person[]} team
 * @returns {{questions: Count[], clauses: Clause[], others: number}} others: quizzes that were answered in another version
 */
export function counted(book, team) {
  const questions = new Map([...book.sops.values()].map((sop) => [sop.id, blank(sop)]));
  /** @type {Map<string, Clause>} */
  const clauses = new Map();
  let others = 0;
  for (const { held } of team) {
    const quizzes = answered(book, held);
    others += quizzes.others;
    for (const [id, answers] of quizzes.found) add(questions.get(id) ?? [], answers);
    for (const [ref, missed] of missedBy(book, quizzes.found)) {
      const one = clauses.get(ref) ?? { ref, asked: 0, missed: 0 };
      clauses.set(ref, { ref, asked: one.asked + 1, missed: one.missed + Number(missed) });
    }
  }
  const asked = [...questions.values()].flat().filter((one) => one.asked);
  return { questions: asked.sort(worst), clauses: [...clauses.values()].sort(most), others };
}

/** @param {Sop} sop @returns {Count[]} */
const blank = (sop) => (sop.quiz?.asked ?? []).map(({ id, about }) => ({ sop, id, about, asked: 0, right: 0, sure: 0 }));

/**
 * The answers of a person, quiz by quiz, from the phone on which they last took it.
 * @param {Book} book
 * @param {Person["held"]} held
 */
function answered(book, held) {
  /** @type {Map<string, number[]>} */
  const found = new Map();
  let others = 0;
  const all = held.flatMap(({ told }) => Object.entries(told.quizzes)).sort(([, one], [, other]) => other.at - one.at);
  for (const [name, { edition, answers }] of all) {
    const quiz = book.sops.get(book.sopOf.get(name) ?? "");
    if (!quiz?.quiz || found.has(quiz.id)) continue;
    if (quiz.quiz.edition === edition && quiz.quiz.asked.length === answers.length) found.set(quiz.id, answers);
    else others += 1;
  }
  return { found, others };
}

/** @param {Count[]} counts @param {number[]} answers */
function add(counts, answers) {
  answers.forEach((answer, place) => {
    counts[place].asked += Number(answer > 0);
    counts[place].right += Number(answer === RIGHT);
    counts[place].sure += Number(answer === SURE);
  });
}

/** Each clause that somebody was asked about, and whether they missed anything of it. @param {Book} book @param {Map<string, number[]>} quizzes */
function missedBy(book, quizzes) {
  /** @type {Map<string, boolean>} */
  const found = new Map();
  for (const [id, answers] of quizzes) {
    book.sops.get(id)?.quiz?.asked.forEach(({ about }, place) => {
      if (answers[place]) for (const ref of about) found.set(ref, found.get(ref) || answers[place] !== RIGHT);
    });
  }
  return found;
}

/** @param {{right: number, asked: number}} one */
export const share = ({ right, asked }) => right / asked;

/** @param {Count} one @param {Count} other */
const worst = (one, other) => share(one) - share(other) || other.sure - one.sure || other.asked - one.asked;

/** @param {Clause} one @param {Clause} other */
const most = (one, other) => other.missed - one.missed || other.missed / other.asked - one.missed / one.asked;
