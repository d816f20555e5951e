// @ts-check
// The five questions of today: drawn once a day, whichever page asks first, and the same on all of them.

import { day } from "../clock.js";
import { all } from "../dom.js";
import { fetched } from "../fetched.js";
import { current } from "../people/people.js";
import { load } from "../quiz/log.js";
import { read, SITE, write } from "../storage.js";
import { choose, DAILY, dayOf, nextDue } from "./ladder.js";
import { pool } from "./pool.js";

/** @typedef {import("./pool.js").Quiz} Quiz */

/**
 * @typedef {object} Today
 * @property {string[]} queue the questions of today
 * @property {Map<string, Quiz>} quizzes by SOP
 * @property {number | null} next the day on which the next question is due, as ladder.js counts days
 */

const NAME = "quiz-review"; // forgotten with the quizzes

/**
 * What is asked today; null where the list of quizzes can't be had.
 * @param {string} [from] where that is
 * @returns {Promise<Today | null>}
 */
export async function today(from = `${SITE}quiz/`) {
  const page = await fetched(from);
  if (!page) return null;
  const [log, quizzes, role] = [load(), quizzesOf(page), current()?.role ?? ""];
  const begun = new Set([...log.keys()].map((id) => id.split("/")[0]));
  const questions = pool(quizzes, plansOf(page), role, begun);
  const known = new Set(questions.map(({ id }) => id));
  const kept = drawn(role).filter((id) => known.has(id));
  const others = questions.filter(({ id }) => !kept.includes(id));
  const queue = [...kept, ...choose(others, log, dayOf(Date.now()), DAILY - kept.length)];
  if (queue.length > kept.length) write(NAME, { day: day(), role, queue });
  return { queue, quizzes: new Map(quizzes.map((one) => [one.sop, one])), next: nextDue(questions, log) };
}

/** How many of today's questions are still to be answered. */
export async function left() {
  const kept = drawn(current()?.role ?? "");
  const queue = kept.length < DAILY ? ((await today())?.queue ?? kept) : kept;
  return open(queue).length;
}

/** Those of some that were not answered today. @param {string[]} queue */
export function open(queue) {
  const log = load();
  const now = dayOf(Date.now());
  return queue.filter((id) => dayOf(log.get(id)?.at(-1)?.at ?? 0) < now);
}

/** What was drawn today for a role. What stands in the storage is a stranger's. @param {string} role @returns {string[]} */
function drawn(role) {
  const kept = /** @type {any} */ (read(NAME));
  if (kept?.day !== day() || kept.role !== role || !Array.isArray(kept.queue)) return [];
  return [...new Set(kept.queue.map(String))].slice(0, DAILY).map(String);
}

// ── what the tables say (templates/progress.html) ──

/** @param {ParentNode} page @returns {Quiz[]} */
const quizzesOf = (page) =>
  all(page, "tr[data-sop]").map((row) => ({
    sop: row.dataset.sop ?? "",
    title: row.querySelector("a")?.textContent?.trim() ?? "",
    page: row.querySelector("a")?.href ?? "",
    marks: (row.dataset.questions ?? "").split(" ").map((mark) => /** @type {[string, string]} */ (mark.split("="))),
    cases: (row.dataset.cases ?? "").split(" "),
  }));

/** @param {ParentNode} page @returns {Map<string, import("./pool.js").Plan>} */
const plansOf = (page) =>
  new Map(
    all(page, "[data-plan]").map(({ dataset: { plan = "", stages = "" } }) => [plan, stages.split("|").map((ids) => ids.split(" "))]),
  );
