// @ts-check
// How far one is with a quiz or an exam, from its row in the table (templates/progress.html) and what is kept.

import { day } from "../clock.js";
import { standing as lapsed, until } from "../sign/renewal.js";
import { state } from "./score.js";

/** @typedef {import("./score.js").Question} Question */
/** @typedef {import("./record.js").Kept} Kept */

/**
 * What is said of a row: how far, in words, and of whole how much.
 * @typedef {object} Standing
 * @property {string} status new, open, changed, passed, or due again
 * @property {string} words
 * @property {string[]} more line by line
 * @property {number} share 0 to 1
 * @property {number} at when it was passed: by the oldest of the answers that it rests on
 */

/**
 * @param {HTMLElement} row
 * @param {Kept} kept
 * @returns {Standing}
 */
export function ofQuiz(row, kept) {
  const asked = questions(row);
  const { total, right, changed, open, status } = state(asked, kept.results, Number(row.dataset.pass));
  const since = changed && status !== "changed" ? `，條文改了 ${changed} 題` : "";
  const more = status === "new" ? `${total} 題` : `${total} 題答對 ${right} 題${since}`;
  const words = {
    new: "還沒開始",
    open: `還有 ${open + changed} 題`,
    changed: `條文改了，${changed} 題再答`,
    passed: "通過",
  }[status];
  return renewed(row, { status, words, more: [more], share: right / total, at: oldest(asked, kept.results) });
}

/**
 * When the first of those answers was given that count: whoever passed has to give all of them anew in time.
 * @param {Question[]} asked
 * @param {import("./score.js").Results} results
 */
function oldest(asked, results) {
  const counting = asked.filter(({ id, fingerprint }) => Object.hasOwn(results, id) && results[id].fingerprint === fingerprint);
  return Math.min(...counting.filter(({ id }) => results[id].right).map(({ id }) => results[id].at));
}

/**
 * What was passed may be due again.
 * @param {HTMLElement} row
 * @param {Standing} standing
 * @returns {Standing}
 */
function renewed({ dataset: { renew } }, standing) {
  const end = standing.status === "passed" ? until(renew, standing.at) : "";
  if (!end) return standing;
  const due = lapsed(end, day()) === "due";
  return { ...standing, more: [...standing.more, `${end} 到期`], ...(due && { status: "due", words: "到期了，再考一次" }) };
}

/**
 * @param {HTMLElement} row
 * @param {Kept} kept
 * @param {Set<string | undefined>} passed SOPs
 * @returns {Standing}
 */
export function ofExam(row, kept, passed) {
  const { dataset } = row;
  const sops = (dataset.sops ?? "").split(" ");
  const ready = sops.filter((sop) => passed.has(sop)).length;
  const quizzes = `測驗通過 ${ready}／${sops.length} 份`;
  const exam = Object.hasOwn(kept.exams, dataset.role ?? "") ? kept.exams[dataset.role ?? ""] : null;
  if (!exam) return { status: "new", words: "還沒考", more: [quizzes], share: 0, at: 0 };
  const percent = exam.asked ? Math.floor((exam.right * 100) / exam.asked) : 0;
  const on = day(new Date(exam.at));
  const told = { more: [`${on}，${percent} %`, quizzes], share: percent / 100, at: exam.at };
  if (!exam.passed) return { status: "open", words: "沒通過，再考一次", ...told };
  if (exam.fingerprint !== dataset.fingerprint) return { status: "changed", words: "考過之後有改動，再考一次", ...told };
  return renewed(row, { status: "passed", words: "通過", ...told });
}

/**
 * The questions of a quiz, from its row.
 * @param {HTMLElement} row
 * @returns {Question[]}
 */
export function questions({ dataset: { sop = "", questions: marks = "" } }) {
  return marks.split(" ").map((mark) => {
    const [id, fingerprint] = mark.split("=");
    return { id: `${sop}/${id}`, fingerprint, sop, kind: "" };
  });
}
