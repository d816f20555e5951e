// @ts-check
// The team person by person, SOP by SOP, and as a table of both.

import { make } from "../dom.js";
import { bySop } from "./table.js";
import { grow } from "./grow.js";
import { DONE, fares, SIGNS, sign, told } from "./words.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */
/** @typedef {import("./table.js").Sop} Sop */

/**
 * A line that opens; what is in it is drawn when it does.
 * @param {string} title
 * @param {string} more
 * @param {boolean} late
 * @param {() => (Node | string)[]} inner
 */
export function opening(title, more, late, inner) {
  const words = make("small", { className: late ? "late" : "" }, more);
  const one = make("details", {}, make("summary", {}, make("b", {}, title), words));
  one.addEventListener("toggle", () => one.open && one.children.length === 1 && one.append(...inner()));
  return one;
}

/**
 * Role by role, who has most to do in front.
 * @param {HTMLElement} into
 * @param {Person[]} team
 * @param {(person: Person) => (Node | string)[]} inner
 */
export function people(into, team, inner) {
  return grow(into, team, (one) => {
    const mark = one.twin ? "・另一支手機也用這個名字" : one.held[0].signed === "yes" ? "" : "・沒有簽章";
    return opening(one.name, `${one.role?.title ?? "崗位還沒寫"}：${fares(one)}${mark}`, one.late > 0, () => inner(one));
  });
}

/**
 * @param {HTMLElement} into
 * @param {Book} book
 * @param {Person[]} team
 * @param {(page: string) => string} href
 */
export function sops(into, book, team, href) {
  return grow(into, bySop(book, team), ({ sop, asked, open, late }) => {
    const words = [late && `晚了 ${late} 人`, open.length - late && `還有 ${open.length - late} 人`].filter(Boolean).join("・");
    const whole = `${words || "都做完了"}（${asked} 人要會）`;
    return opening(sop.title, whole, late > 0, () => [
      make("p", {}, make("a", { href: href(sop.page) }, `看「${sop.title}」`), ` ${sop.version} 版`),
      make("ul", {}, ...open.map((one) => make("li", {}, make("b", {}, one.name), ` ${(one.cells.get(sop.id)?.todo ?? []).map(told).join("、")}`))),
    ]);
  });
}

/** The SOPs that any of a team has to know, or has signed or passed. @param {Book} book @param {Person[]} team */
export const columns = (book, team) => [...book.sops.values()].filter(({ id }) => team.some((one) => sign(one.cells.get(id))));

/**
 * Person by SOP, a character each; what the characters mean stands above.
 * @param {HTMLElement} into
 * @param {Book} book
 * @param {Person[]} team
 */
export function matrix(into, book, team) {
  const heads = columns(book, team);
  const head = (/** @type {string} */ words) => make("th", { scope: "col" }, make("span", {}, words));
  const body = make("tbody");
  const table = make("table", { className: "grid matrix" }, make("thead", {}, make("tr", {}, head("姓名"), ...["崗位考試", ...heads.map(({ title }) => title)].map(head))), body);
  const box = make("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: "總表" }, table);
  into.append(make("p", { className: "legend" }, `${DONE} 做完了　${SIGNS.map(([one, words]) => `${one} ${words}`).join("　")}　空白：不必會`), box);
  return grow(body, team, (one) => row(one, heads));
}

/** @param {Person} one @param {Sop[]} heads */
function row(one, heads) {
  const name = make("th", { scope: "row" }, one.name, make("small", {}, one.role?.title ?? "崗位還沒寫"));
  const signs = [sign(one.exam), ...heads.map(({ id }) => sign(one.cells.get(id)))];
  return make("tr", {}, name, ...signs.map((words) => make("td", words && words !== DONE ? { className: words === "晚" ? "late" : "open" } : {}, words)));
}
