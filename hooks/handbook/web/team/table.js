// @ts-check
// How each of a team stands with each SOP and exam: what they signed and passed, what is open and why, what is late by
// their plan. Pure: knows neither page nor storage.

import { edition, examEdition, mark } from "../handover/marks.js";
import { ends, examTasks, isLate, tasks } from "../sign/plan.js";

/** @typedef {import("./model.js").Held} Held */
/** @typedef {import("../sign/plan.js").Stand} Stand */
/** @typedef {import("../handover/packet.js").HandOver} HandOver */

/** A question of a quiz, and the clauses (`sop#clause`) that it is about. @typedef {{id: string, about: string[]}} Asked */

/** @typedef {{page: string, file: string, edition: number, asked: Asked[]}} Quiz */
/** @typedef {{id: string, title: string, page: string, file: string, version: string, sum: number, renew: string, quiz: Quiz | null}} Sop */
/** @typedef {{id: string, title: string, stages: string[][], renew: string, exam: {page: string, edition: number} | null}} Role */

/**
 * What there is (pages/team.py), found by ids and by marks, those of before as well.
 * @typedef {object} Book
 * @property {string} edit where files are edited, or nothing
 * @property {string} made what the ids of questions made from the data have in them
 * @property {Map<string, Sop>} sops
 * @property {Map<string, Role>} roles
 * @property {Map<string, string>} sopOf
 * @property {Map<string, string>} roleOf
 */

/** @typedef {"never" | "failed" | "changed" | "due" | "soon"} Why */

/**
 * Something that somebody has to do.
 * @typedef {object} Task
 * @property {string} id of the SOP, or the role whose exam it is
 * @property {"read" | "quiz" | "exam"} act
 * @property {Why} why
 * @property {string} by the day by which it is to be done; nothing where none is set
 * @property {boolean} late
 */

/**
 * How somebody stands with an SOP, or with the exam of their role.
 * @typedef {object} Cell
 * @property {boolean} asked of their role
 * @property {{version: string, at: number} | null} signed at: seconds
 * @property {{passed: boolean, at: number, percent?: number} | null} quiz
 * @property {Task[]} todo
 */

/**
 * @typedef {object} Person
 * @property {Held[]} held by their phones, the latest in front
 * @property {string} name
 * @property {Role | null} role
 * @property {string} first
 * @property {number} at seconds: when they last handed over
 * @property {Map<string, Cell>} cells by SOP
 * @property {Cell | null} exam
 * @property {Task[]} todo
 * @property {number} late how many of them
 * @property {number} unknown marks of SOPs that this handbook does not have
 * @property {boolean} twin whether another phone uses the same name
 */

/** @param {any} told @returns {Book} */
export function understood(told) {
  const sops = new Map(Object.entries(told.sops).map(([id, one]) => [id, sopOf(id, one)]));
  const roles = new Map(Object.entries(told.roles).map(([id, one]) => [id, roleOf(id, one)]));
  const olds = /** @type {[string, string][]} */ (Object.entries(told.formerly));
  const marks = (/** @type {Map<string, unknown>} */ some) =>
    new Map([...olds.filter(([, now]) => some.has(now)), ...[...some.keys()].map((id) => [id, id])].map(([id, now]) => [mark(id), now]));
  return { edit: told.edit, made: told.made, sops, roles, sopOf: marks(sops), roleOf: marks(roles) };
}

/** @param {string} id @param {any} one @returns {Sop} */
function sopOf(id, { quiz, ...one }) {
  const marks = quiz?.questions.split(" ").map((/** @type {string} */ pair) => pair.split("=")) ?? [];
  const ref = (/** @type {string} */ clause) => (clause.includes("#") ? clause : `${id}#${clause}`);
  const asked = marks.map(([question = ""], /** @type {number} */ n) => ({ id: question, about: quiz.about[n].split(" ").map(ref) }));
  const made = quiz && { page: quiz.page, file: quiz.file, edition: edition(marks.map(([, print = ""]) => print)), asked };
  return { ...one, id, quiz: made ?? null };
}

/** @param {string} id @param {any} one @returns {Role} */
const roleOf = (id, { exam, ...one }) => ({
  ...one,
  id,
  exam: exam ? { page: exam.page, edition: examEdition(exam.fingerprint) } : null,
});

/**
 * Everybody, who has most to do in front.
 * @param {Book} book
 * @param {Held[][]} team as model.js groups it
 * @param {string} today
 * @returns {Person[]}
 */
export function table(book, team, today) {
  const all = team.map((held) => same(book, held, today));
  const names = all.map(({ name }) => name);
  const twins = new Set(names.filter((name, place) => names.indexOf(name) !== place));
  return all.map((one) => ({ ...one, twin: twins.has(one.name) })).sort(first);
}

/** @param {Person} one @param {Person} other */
const first = (one, other) => other.late - one.late || other.todo.length - one.todo.length || (one.name < other.name ? -1 : 1);

/** What was reckoned of those who handed over nothing since. @type {WeakMap<Held, {book: Book, today: string, one: Person}>} */
const reckoned = new WeakMap();

/** @param {Book} book @param {Held[]} held @param {string} today */
function same(book, held, today) {
  const before = reckoned.get(held[0]);
  const holds = before?.book === book && before.today === today && before.one.held.length === held.length;
  if (before && holds && before.one.held.every((each, place) => each === held[place])) return before.one;
  const one = person(book, held, today);
  reckoned.set(held[0], { book, today, one });
  return one;
}

/** @param {Book} book @param {Held[]} held @param {string} today @returns {Person} */
function person(book, held, today) {
  const [{ told: { who, at } }] = held;
  const role = book.roles.get(book.roleOf.get(mark(who.role)) ?? "") ?? null;
  const days = ends(who.first);
  const stage = new Map(role?.stages.flatMap((ids, place) => ids.map((id) => [id, days[place]])));
  const [signed, signedUnknown] = latest(held, "signed", book.sopOf);
  const [quizzes, quizzesUnknown] = latest(held, "quizzes", book.sopOf);
  const cells = new Map([...book.sops].map(([id, sop]) => [id, cell(sop, signed.get(id), quizzes.get(id), stage.get(id), today)]));
  const exam = role && examCell(role, latest(held, "exams", book.roleOf)[0].get(role.id), days[2], today);
  const todo = [...cells.values(), ...(exam ? [exam] : [])].flatMap((one) => one.todo);
  const unknown = new Set([...signedUnknown, ...quizzesUnknown]).size;
  const late = todo.filter((one) => one.late).length;
  return { held, name: who.name, role, first: who.first, at, cells, exam, todo, late, unknown, twin: false };
}

/**
 * The newest of each from all phones of a person, by the ids of now; and the marks that nobody knows.
 * @template {"signed" | "quizzes" | "exams"} Part
 * @param {Held[]} held
 * @param {Part} part
 * @param {Map<string, string>} known
 * @returns {[Map<string, HandOver[Part][string]>, string[]]}
 */
function latest(held, part, known) {
  const found = new Map();
  const unknown = [];
  for (const { told } of held) {
    for (const [name, one] of Object.entries(told[part])) {
      const id = known.get(name);
      if (id === undefined) unknown.push(name);
      else if (!(found.get(id)?.at >= one.at)) found.set(id, one);
    }
  }
  return [found, unknown];
}

/**
 * @param {Sop} sop
 * @param {HandOver["signed"][string] | undefined} signed
 * @param {HandOver["quizzes"][string] | undefined} quiz
 * @param {string | undefined} by the day of its stage; undefined where the role does not ask for it
 * @param {string} today
 * @returns {Cell}
 */
function cell(sop, signed, quiz, by, today) {
  const asked = by !== undefined;
  const stand = {
    ...{ id: sop.id, renew: sop.renew, sum: sop.sum },
    signed: signed ? { sum: signed.sum, at: signed.at * 1000 } : null,
    quiz: sop.quiz && { status: status(quiz, sop.quiz.edition), at: (quiz?.at ?? 0) * 1000 },
  };
  const open = asked || signed ? tasks(stand, by ?? "", today) : [];
  const wanted = open.filter(({ act, why }) => asked || (act === "read" && why !== "never"));
  return { asked, signed: signed ?? null, quiz: quiz ?? null, todo: wanted.map((one) => task(one, quiz, today)) };
}

/**
 * @param {Role} role
 * @param {HandOver["exams"][string] | undefined} exam
 * @param {string} by
 * @param {string} today
 * @returns {Cell | null}
 */
function examCell(role, exam, by, today) {
  if (!role.exam) return null;
  const quiz = { status: status(exam, role.exam.edition), at: (exam?.at ?? 0) * 1000 };
  const open = examTasks({ id: role.id, renew: role.renew, sum: 0, signed: null, quiz }, by, today);
  const percent = exam?.asked ? Math.floor((exam.right * 100) / exam.asked) : 0;
  const told = exam ? { passed: exam.passed, at: exam.at, percent } : null;
  return { asked: true, signed: null, quiz: told, todo: open.map((one) => task(one, exam, today)) };
}

/** In the words of my progress. @param {{passed: boolean, edition: number} | undefined} one @param {number} now */
const status = (one, now) => (one?.passed ? (one.edition === now ? "passed" : "changed") : "new");

/**
 * @param {import("../sign/plan.js").Task} one
 * @param {{passed: boolean} | undefined} tried
 * @param {string} today
 * @returns {Task}
 */
function task(one, tried, today) {
  const failed = one.act !== "read" && one.why === "never" && tried;
  return { ...one, why: failed ? "failed" : one.why, late: isLate(one, today) };
}

/**
 * Everybody by SOP: who has still to do something with it, the one that most are late with in front.
 * @param {Book} book
 * @param {Person[]} team
 */
export function bySop(book, team) {
  const rows = [...book.sops.values()].map((sop) => {
    const asked = team.filter((one) => one.cells.get(sop.id)?.asked);
    const open = team.filter((one) => one.cells.get(sop.id)?.todo.length);
    const late = open.filter((one) => one.cells.get(sop.id)?.todo.some((task) => task.late)).length;
    return { sop, asked: asked.length, open, late };
  });
  return rows.filter(({ asked, open }) => asked || open.length).sort((one, other) => other.late - one.late || other.open.length - one.open.length);
}
