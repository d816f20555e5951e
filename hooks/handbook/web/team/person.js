// @ts-check
// One of the team, opened: what is to do, what was done, where it comes from, and what can be done about it.

import { button, make } from "../dom.js";
import { slot } from "./model.js";
import { isDone } from "./sheets.js";
import { done, moment, phone, told } from "./words.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */
/** @typedef {import("./table.js").Cell} Cell */

/**
 * What can be done about somebody.
 * @typedef {object} Acts
 * @property {(page: string) => string} href
 * @property {(one: Person) => void} record prints it
 * @property {(one: Person) => void} certificate prints it
 * @property {(slots: string[]) => void} remove
 * @property {(slots: string[], yes: boolean) => void} same says whether some phones are one person's
 * @property {(name: string) => string[]} slots of all phones under a name
 */

/** @param {Book} book @param {Person} one @param {Acts} acts */
export function opened(book, one, acts) {
  const rows = [...one.cells].map(([id, cell]) => /** @type {const} */ ([book.sops.get(id), cell]));
  const lines = rows.flatMap(([sop, cell]) => (sop ? [{ title: sop.title, page: sop.page, cell }] : []));
  if (one.exam) lines.unshift({ title: `崗位考試：${one.role?.title}`, page: book.roles.get(one.role?.id ?? "")?.exam?.page ?? "", cell: one.exam });
  const open = lines.filter(({ cell }) => cell.todo.length).sort((a, b) => lateness(b.cell) - lateness(a.cell));
  const closed = lines.filter(({ cell }) => cell.signed || cell.quiz);
  const item = (/** @type {typeof lines[0]} */ { title, page }, /** @type {HTMLElement} */ words) =>
    make("li", {}, make("a", { href: acts.href(page) }, title), words);
  const small = (/** @type {string[]} */ words, late = false) => make("small", { className: late ? "late" : "" }, words.join("、"));
  return [
    make("p", { className: "from" }, from(one)),
    ...(one.unknown ? [make("p", { className: "from" }, `有 ${one.unknown} 份不在這本手冊裡，沒有算進來。`)] : []),
    ...(one.role ? [] : [make("p", { className: "from" }, "崗位還沒寫，不知道要會哪些：請他在「測驗與進度」寫上，再交一次。")]),
    ...(open.length ? [make("ul", {}, ...open.map((each) => item(each, small(each.cell.todo.map(told), !!lateness(each.cell)))))] : []),
    ...(closed.length ? [folded(`做過的 ${closed.length} 份`, () => make("ul", {}, ...closed.map((each) => item(each, small(done(each.cell))))))] : []),
    make("p", { className: "acts" }, ...buttons(one, acts)),
  ];
}

/** @param {Cell} cell */
const lateness = ({ todo }) => Number(todo.some(({ late }) => late));

/** @param {Person} one */
const from = (one) => [phone(one), one.first ? `到職第一天 ${one.first}` : "到職第一天還沒寫", ...(one.held.length > 1 ? [`${one.held.length} 支手機`] : [])].join("・");

/** @param {string} title @param {() => Node} inner */
function folded(title, inner) {
  const one = make("details", {}, make("summary", {}, title));
  one.addEventListener("toggle", () => one.open && one.children.length === 1 && one.append(inner()));
  return one;
}

/** @param {Person} one @param {Acts} acts */
function buttons(one, acts) {
  const slots = one.held.map(slot);
  return [
    button("印訓練紀錄", () => acts.record(one)),
    ...(isDone(one) ? [button("印結訓證明", () => acts.certificate(one))] : []),
    ...(one.twin ? [button(`同名的都是${one.name}`, () => acts.same(acts.slots(one.name), true))] : []),
    ...(one.held.length > 1 ? [button("這幾支不是同一個人", () => acts.same(slots, false))] : []),
    button(`把${one.name}拿掉`, () => acts.remove(slots), { className: "erase", title: `${moment(one.at)} 以前交的都不再收` }),
  ];
}
