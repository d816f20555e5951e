// @ts-check
// What somebody hands over, from the table of what there is (templates/progress.html) and what their phone keeps.

import { all } from "../dom.js";
import { site } from "../quiz/file.js";
import { firstAnswers } from "../quiz/log.js";
import { ofQuiz, questions } from "../quiz/standing.js";
import { sum } from "../sign/signatures.js";
import { edition, examEdition, mark } from "./marks.js";

/** @typedef {import("./packet.js").HandOver} HandOver */
/** @typedef {import("../quiz/record.js").Kept} Kept */
/** @typedef {import("../quiz/log.js").Log} Log */
/** @typedef {import("../quiz/score.js").Question} Question */
/** @typedef {import("../sign/signatures.js").Signatures} Signatures */

/**
 * All but the key.
 * @param {ParentNode} tables
 * @param {import("../people/people.js").Told} who
 * @param {Kept} kept
 * @param {Signatures} signed
 * @param {Log} log
 * @returns {Omit<HandOver, "key">}
 */
export function state(tables, { name, role, first }, kept, signed, log) {
  const begun = all(tables, "tr[data-sop]").filter((row) => questions(row).some(({ id }) => Object.hasOwn(kept.results, id)));
  return {
    at: seconds(Date.now()),
    site: mark(site()),
    who: { name, role, first },
    signed: marked(signed, ({ version, clauses, at }) => ({ version, sum: sum(clauses), at: seconds(at) })),
    quizzes: Object.fromEntries(begun.map((row) => [mark(row.dataset.sop ?? ""), quiz(row, kept, log)])),
    exams: marked(kept.exams, ({ fingerprint, right, asked, passed, at }) => {
      return { edition: examEdition(fingerprint), right, asked, passed, at: seconds(at) };
    }),
  };
}

/**
 * How a quiz stands; of each question the first answer, as every quiz asks on until it is right. Who passed it before its clauses changed has passed what it was then: that is its edition.
 * @param {HTMLElement} row
 * @param {Kept} kept
 * @param {Log} log
 */
function quiz(row, kept, log) {
  const asked = questions(row);
  const first = firstAnswers(asked, log);
  const { status, at } = ofQuiz(row, kept);
  const before = status === "changed";
  const passed = before || status === "passed" || status === "due";
  const given = asked.map((one) => (Object.hasOwn(kept.results, one.id) ? kept.results[one.id] : null));
  const last = Math.max(...given.map((one) => one?.at ?? 0));
  return {
    edition: edition(asked.map(({ fingerprint }, place) => (before && given[place]?.fingerprint) || fingerprint)),
    passed,
    at: seconds(passed && !before ? at : last),
    answers: asked.map(({ id, fingerprint }, place) =>
      before ? answer(given[place], "") : answer(Object.hasOwn(first, id) ? first[id] : given[place], fingerprint),
    ),
  };
}

/**
 * How a question was answered, as hand-overs tell it. What was right before its clause changed was not asked as it stands.
 * @param {import("../quiz/score.js").Result | null} result
 * @param {string} fingerprint nothing, where any will do
 */
function answer(result, fingerprint) {
  if (!result) return 0;
  if (result.right) return fingerprint && result.fingerprint !== fingerprint ? 0 : 1;
  return result.sure ? 3 : 2;
}

/** @param {number} at milliseconds */
const seconds = (at) => Math.floor(at / 1000);

/** @template T, U @param {{[id: string]: T}} some @param {(one: T) => U} tell @returns {{[mark: string]: U}} */
const marked = (some, tell) => Object.fromEntries(Object.entries(some).map(([id, one]) => [mark(id), tell(one)]));
