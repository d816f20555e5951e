// @ts-check
// What the answers say about the questions: those that few got right, and the clauses that most missed, each with the way
// to its words and to its file. What a question or a clause says stands on its own page, and is fetched from there.

import { make } from "../dom.js";
import { fetched } from "../fetched.js";
import { FEW, POOR, share } from "./questions.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./questions.js").Count} Count */
/** @typedef {import("./questions.js").Clause} Clause */

const LONGEST = 20; // of each list: more than anybody mends in a sitting

/**
 * @param {Book} book
 * @param {{questions: Count[], clauses: Clause[], others: number}} found
 * @param {(page: string) => string} href
 */
export function answers(book, { questions, clauses, others }, href) {
  const known = questions.filter(({ asked }) => asked >= FEW);
  const poor = known.filter((one) => share(one) < POOR);
  const missed = clauses.filter((one) => one.asked >= FEW && one.missed > 1);
  const words = [
    `${FEW} 人以上答過的有 ${known.length} 題，其中 ${poor.length} 題答對的不到 ${POOR * 100} %。多半不是人的問題：先看條文說清楚了沒有，再看題目。`,
    ...(others ? [`有 ${others} 份測驗是別的版本，題目對不起來，沒有算進來。`] : []),
  ];
  return [
    ...words.map((each) => make("p", {}, each)),
    ...listed(`答對不到 ${POOR * 100} % 的題目`, poor.map((one) => question(book, one, href))),
    ...listed("最多人答錯的條文", missed.flatMap((one) => clause(book, one, href))),
  ];
}

/** @param {string} title @param {HTMLElement[]} items */
const listed = (title, items) => (items.length ? [make("h2", {}, title), make("ol", { className: "answers" }, ...items.slice(0, LONGEST))] : []);

/** @param {Book} book @param {Count} one @param {(page: string) => string} href */
function question(book, one, href) {
  const { sop, id, asked, sure } = one;
  const to = `${sop.quiz?.page}#_${sop.id}/${id}`;
  const link = make("a", { href: href(to) }, `${sop.title}：${id}`);
  worded(link, `[id="_${sop.id}/${id}"] :is(legend, .ask)`);
  const mistaken = sure ? `，${Math.round((sure * 100) / asked)} % 有把握卻答錯` : "";
  const file = id.includes(book.made) ? sop.file : (sop.quiz?.file ?? "");
  return make("li", {}, link, make("small", {}, `${asked} 人答過，答對 ${Math.floor(share(one) * 100)} %${mistaken}　`, edit(book, file)));
}

/** @param {Book} book @param {Clause} one @param {(page: string) => string} href */
function clause(book, { ref, asked, missed }, href) {
  const [home, id] = ref.split("#");
  const sop = book.sops.get(home);
  if (!sop) return [];
  const link = make("a", { href: href(`${sop.page}#${id}`) }, `${sop.title}：${id}`);
  worded(link, `[id="${id}"] .do`);
  return [make("li", {}, link, make("small", {}, `${asked} 人答過，${missed} 人答錯過　`, edit(book, sop.file)))];
}

/** Where it is edited, or at least which file that is. @param {Book} book @param {string} file */
const edit = (book, file) => (book.edit ? make("a", { href: book.edit + file }, `改 ${file}`) : make("code", {}, file));

/** @type {Map<string, Promise<Document | null>>} */
const pages = new Map();

/**
 * Puts what its page says into a link; it keeps the id where that can't be had.
 * @param {HTMLAnchorElement} link
 * @param {string} selector
 */
async function worded(link, selector) {
  const at = link.href.replace(/#.*/, "");
  if (!pages.has(at)) pages.set(at, fetched(at));
  const found = (await pages.get(at))?.querySelector(selector)?.cloneNode(true);
  if (!(found instanceof Element)) return;
  found.querySelectorAll("small").forEach((hint) => hint.remove());
  const text = found.textContent?.trim();
  if (text) link.textContent = text;
}
