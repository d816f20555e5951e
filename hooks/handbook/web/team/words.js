// @ts-check
// What the team's page calls things.

import { day } from "../clock.js";

/** @typedef {import("./table.js").Task} Task */
/** @typedef {import("./table.js").Cell} Cell */
/** @typedef {import("./table.js").Person} Person */

/** What is to be done, and why. @type {Record<Task["act"], Record<Task["why"], string>>} */
const TODO = {
  read: { never: "還沒讀、簽", failed: "還沒讀、簽", changed: "條文改了，再讀、簽", due: "簽閱到期了", soon: "簽閱快到期" },
  quiz: { never: "測驗還沒考", failed: "測驗沒通過", changed: "題目改了，測驗再考", due: "測驗到期了", soon: "測驗快到期" },
  exam: { never: "崗位考試還沒考", failed: "崗位考試沒通過", changed: "崗位考試改了，再考", due: "崗位考試到期了", soon: "崗位考試快到期" },
};

/** The same in one character, the worst first. @type {[string, string, (task: Task) => boolean][]} */
export const SIGNS = [
  ["晚", "晚了", ({ late }) => late],
  ["再", "沒通過", ({ why }) => why === "failed"],
  ["期", "到期了", ({ why }) => why === "due"],
  ["改", "改過了", ({ why }) => why === "changed"],
  ["未", "還沒做", ({ why }) => why === "never"],
  ["近", "快到期", ({ why }) => why === "soon"],
];
export const DONE = "✓";

/** @param {Task} task */
export const told = ({ act, why, by, late }) => {
  const end = by && (why === "soon" || why === "due" ? `（${by} 到期）` : late ? `（${by} 前要做完）` : `（${by} 前）`);
  return TODO[act][why] + end;
};

/** One character for a cell of the table; nothing where there is nothing to say. @param {Cell | null | undefined} cell */
export function sign(cell) {
  if (!cell) return "";
  const [found] = SIGNS.find(([, , is]) => cell.todo.some(is)) ?? [];
  return found ?? (cell.asked || cell.signed || cell.quiz?.passed ? DONE : "");
}

/** A day of what was done. @param {number} at seconds */
export const on = (at) => day(new Date(at * 1000));

/** A moment, to the minute. @param {number} at seconds */
export const moment = (at) => new Date(at * 1000).toLocaleString("sv").slice(0, 16); // the Swedes write 2026-12-15 14:05

/** What was done with an SOP or an exam, part by part. @param {Cell} cell */
export function done({ signed, quiz }) {
  const percent = quiz?.percent === undefined ? "" : `，${quiz.percent} %`;
  return [
    ...(signed ? [`簽過 ${signed.version} 版，${on(signed.at)}`] : []),
    ...(quiz ? [`${quiz.percent === undefined ? "測驗" : "考試"}${quiz.passed ? "通過" : "沒通過"}，${on(quiz.at)}${percent}`] : []),
  ];
}

/** How somebody fares, in a few words. @param {Person} person */
export function fares({ late, todo, role }) {
  const soon = todo.filter(({ why }) => why === "soon").length;
  const open = todo.length - late - soon;
  const parts = [late && `晚了 ${late} 件`, open && `還有 ${open} 件`, soon && `快到期 ${soon} 件`].filter(Boolean);
  return parts.length ? parts.join("・") : role ? "都做完了" : "沒有要做的";
}

/** What a hand-over shows of the phone that it came from. @param {Person} person */
export function phone({ held: [{ signed, told: { at } }] }) {
  return `${moment(at)} 交的・${signed === "yes" ? "有那支手機的簽章" : "沒有簽章"}`;
}
