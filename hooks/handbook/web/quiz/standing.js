// @ts-check
// How far one is with a quiz or an exam, from its row in the table (templates/progress.html) and what is kept.

import { day } from "../clock.js";
import { state } from "./score.js";

/** @typedef {import("./score.js").Question} Question */
/** @typedef {import("./record.js").Kept} Kept */

/**
 * What is said of a row: how far, in words, and of whole how much.
 * @typedef {object} Standing
 * @property {string} status new, open, changed or passed
 * @property {string} words
 * @property {string[]} more line by line
 * @property {number} share 0 to 1
 */

/**
 * @param {HTMLElement} row
 * @param {Kept} kept
 * @returns {Standing}
 */
export function ofQuiz(row, kept) {
  const { total, right, changed, open, status } = state(questions(row), kept.results, Number(row.dataset.pass));
  const since = changed && status !== "changed" ? `，條文改了 ${changed} 題` : "";
  const more = status === "new" ? `${total} 題` : `${total} 題答對 ${right} 題${since}`;
  const words = {
    new: "還沒開始",
    open: `還有 ${open + changed} 題`,
    changed: `條文改了，${changed} 題再答`,
    passed: "通過",
  }[status];
  return { status, words, more: [more], share: right / total };
}

/**
 * @param {HTMLElement} row
 * @param {Kept} kept
 * @param {Set<string | undefined>} passed SOPs
 * @returns {Standing}
 */
export function ofExam({ dataset }, kept, passed) {
  const sops = (dataset.sops ?? "").split(" ");
  const ready = sops.filter((sop) => passed.has(sop)).length;
  const quizzes = `測驗通過 ${ready}／${sops.length} 份`;
  const exam = Object.hasOwn(kept.exams, dataset.role ?? "") ? kept.exams[dataset.role ?? ""] : null;
  if (!exam) return { status: "new", words: "還沒考", more: [quizzes], share: 0 };
  const percent = exam.asked ? Math.floor((exam.right * 100) / exam.asked) : 0;
  const on = day(new Date(exam.at));
  const told = { more: [`${on}，${percent} %`, quizzes], share: percent / 100 };
  if (!exam.passed) return { status: "open", words: "沒通過，再考一次", ...told };
  if (exam.fingerprint !== dataset.fingerprint) return { status: "changed", words: "考過之後有改動，再考一次", ...told };
  return { status: "passed", words: "通過", ...told };
}

/**
 * The questions of a quiz, from its row.
 * @param {HTMLElement} row
 * @returns {Question[]}
 */
function questions({ dataset: { sop = "", questions: marks = "" } }) {
  return marks.split(" ").map((mark) => {
    const [id, fingerprint] = mark.split("=");
    return { id: `${sop}/${id}`, fingerprint, sop, kind: "" };
  });
}
