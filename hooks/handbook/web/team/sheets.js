// @ts-check
// A person's training record, and the certificate of who has done all that their role asks: a page of A4 each, with
// lines to sign on, put into the page for as long as it is printed.

import { day } from "../clock.js";
import { make } from "../dom.js";
import { moment, on, told } from "./words.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */

const LINES = ["本人簽名", "主管簽名", "日期"];

/** Whether somebody has done all that their role asks. @param {Person} one */
export const isDone = ({ role, todo }) => !!role && todo.every(({ why }) => why === "soon");

/**
 * @param {Book} book
 * @param {Person} one
 * @param {string} title of the handbook
 */
export function record(book, one, title) {
  const rows = [...one.cells].filter(([, cell]) => cell.asked || cell.signed || cell.quiz);
  const cells = rows.map(([id, cell]) => {
    const sop = book.sops.get(id);
    return row(sop?.title ?? id, cell.signed ? [`${cell.signed.version} 版`, on(cell.signed.at)] : [], cell.quiz, cell.todo.map(told));
  });
  const exam = one.exam ? [row(`崗位考試：${one.role?.title}`, ["", ""], one.exam.quiz, one.exam.todo.map(told))] : [];
  const heads = ["要會的", "讀過、簽過", "測驗", "還要做"].map((words) => make("th", { scope: "col" }, words));
  const table = make("table", { className: "grid" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...exam, ...cells));
  return sheet(title, "訓練紀錄", about(one), table, made(one), signing());
}

/** @param {string} title @param {string[]} signed @param {import("./table.js").Cell["quiz"]} quiz @param {string[]} todo */
function row(title, signed, quiz, todo) {
  const passed = quiz ? `${quiz.passed ? "通過" : "沒通過"} ${on(quiz.at)}${quiz.percent === undefined ? "" : `，${quiz.percent} %`}` : "—";
  const texts = [signed.length ? signed.join(" ").trim() : "—", passed, todo.join("、")];
  return make("tr", {}, make("th", { scope: "row" }, title), ...texts.map((text) => make("td", {}, text)));
}

/**
 * @param {Book} book
 * @param {Person} one
 * @param {string} title
 */
export function certificate(book, one, title) {
  const cells = [...one.cells].filter(([, { asked }]) => asked);
  const passed = cells.filter(([, { quiz }]) => quiz?.passed).length;
  const exam = one.exam?.quiz ? `與崗位考試（${on(one.exam.quiz.at)}，${one.exam.quiz.percent} %）` : "";
  const words = `讀過並簽閱 ${cells.length} 份 SOP，通過 ${passed} 份測驗${exam}，完成「${one.role?.title}」崗位的訓練。`;
  const list = cells.map(([id, { signed }]) => `${book.sops.get(id)?.title} ${signed?.version}`).join("、");
  const [name, told] = [make("p", { className: "name" }, one.name), make("p", { className: "words" }, words)];
  return sheet(title, "結訓證明", name, told, make("p", { className: "read" }, list), made(one), signing());
}

/** @param {Person} one */
function about({ name, role, first }) {
  const facts = [["姓名", name], ["崗位", role?.title ?? "—"], ["到職第一天", first || "—"]];
  return make("dl", { className: "facts" }, ...facts.flatMap(([term, words]) => [make("dt", {}, term), make("dd", {}, words)]));
}

/** Where it all comes from, and which phone signed it. @param {Person} one */
function made({ held }) {
  const from = held.map(({ signed, told: { at, key } }) => `${moment(at)} 交的，${signed === "yes" ? `手機 ${key.slice(-8)} 簽章` : "沒有簽章"}`);
  return make("p", { className: "made" }, `照本人手機交來的成績（${from.join("；")}），${day()} 印。`);
}

const signing = () => make("dl", { className: "signing" }, ...LINES.flatMap((words) => [make("dt", {}, words), make("dd")]));

/** @param {string} title @param {string} heading @param {...Node} parts */
const sheet = (title, heading, ...parts) => make("section", { className: "sheet" }, make("p", { className: "book" }, title), make("h2", {}, heading), ...parts);

/**
 * Prints some sheets and nothing else.
 * @param {Element} page
 * @param {HTMLElement[]} sheets
 */
export function print(page, sheets) {
  const box = make("div", { className: "sheets" }, make("style", {}, "html, body { height: auto; min-height: 0; }"), ...sheets);
  page.append(box);
  page.classList.add("printing");
  const end = () => (box.remove(), page.classList.remove("printing"));
  addEventListener("afterprint", end, { once: true });
  window.print();
}
