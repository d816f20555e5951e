// @ts-check
// The team as tables for other programs: every person with every SOP, and all at a glance.

import { share } from "./questions.js";
import { columns } from "./views.js";
import { moment, on, sign, told } from "./words.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */
/** @typedef {import("./table.js").Cell} Cell */
/** @typedef {(string | number)[][]} Rows */

const HEAD = ["姓名", "崗位", "到職第一天", "要會的", "崗位要求", "簽閱版本", "簽閱日", "測驗、考試", "測驗、考試日", "分數 %", "還要做", "晚了", "交出時間", "簽章"];

/** A row for each that a person has to do or has done. @param {Book} book @param {Person[]} team @returns {Rows} */
export function lines(book, team) {
  const rows = team.flatMap((one) => {
    const exam = one.exam ? [line(one, `崗位考試：${one.role?.title}`, one.exam)] : [];
    const sops = [...one.cells].filter(([, cell]) => cell.asked || cell.signed || cell.quiz);
    return [...exam, ...sops.map(([id, cell]) => line(one, book.sops.get(id)?.title ?? id, cell))];
  });
  return [HEAD, ...rows];
}

/** @param {Person} one @param {string} what @param {Cell} cell */
function line({ name, role, first, at, held }, what, { asked, signed, quiz, todo }) {
  return [
    ...[name, role?.title ?? "", first, what, asked ? "是" : "否"],
    ...[signed?.version ?? "", signed ? on(signed.at) : ""],
    ...[quiz ? (quiz.passed ? "通過" : "沒通過") : "", quiz ? on(quiz.at) : "", quiz?.percent ?? ""],
    ...[todo.map(told).join("、"), todo.some(({ late }) => late) ? "晚了" : "", moment(at), held[0].signed === "yes" ? "有" : "沒有"],
  ];
}

/** @param {Book} book @param {Person[]} team @returns {Rows} */
export function overview(book, team) {
  const heads = columns(book, team);
  const rows = team.map((one) => [one.name, one.role?.title ?? "", one.late, one.todo.length, sign(one.exam), ...heads.map(({ id }) => sign(one.cells.get(id)))]);
  return [["姓名", "崗位", "晚了", "還要做", "崗位考試", ...heads.map(({ title }) => title)], ...rows];
}

/** @param {import("./questions.js").Count[]} counts @returns {Rows} */
export function questionLines(counts) {
  const rows = counts.map((one) => [one.sop.title, one.id, one.asked, Math.floor(share(one) * 100), Math.floor((one.sure * 100) / one.asked), one.about.join(" ")]);
  return [["SOP", "題目代號", "答過的人", "答對 %", "有把握卻答錯 %", "條文"], ...rows];
}
