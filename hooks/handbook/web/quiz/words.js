// @ts-check
// What a quiz says of how it went, when and whether that stays; and how it gets on paper.

import { all, button, make } from "../dom.js";
import { kept } from "./record.js";
import { percent } from "./score.js";

/**
 * Without its answers, a quiz can be handed out; with them, it is for who asks.
 * @param {Element} sheet
 */
export function printing(sheet) {
  const box = make("input", { type: "checkbox", className: "key" });
  box.onchange = () => all(sheet, ".answer").forEach((one) => one.toggleAttribute("open", box.checked));
  return [button("列印題目", () => print()), make("label", {}, box, " 附答案")];
}

/**
 * @param {boolean} passed
 * @param {number} right
 * @param {number} asked
 */
export const judged = (passed, right, asked) =>
  `${passed ? "通過" : "還沒通過"}：答對 ${right} 題，共 ${asked} 題（${percent(right, asked)} %）`;

/**
 * When the last of some answers was given.
 * @param {{at: number}[]} answers
 */
export const when = (answers) =>
  new Date(Math.max(...answers.map(({ at }) => at))).toLocaleString("sv").slice(0, 16); // the Swedes write 2026-12-15 14:05

/**
 * The clauses of what was missed, each once.
 * @param {import("./card.js").Card[]} cards
 */
export function rereading(cards) {
  const links = new Map(cards.flatMap((card) => card.reading).map((link) => [link.getAttribute("href"), link]));
  const items = [...links.values()].map((link) => make("li", {}, link.cloneNode(true)));
  return items.length ? [make("h3", {}, "再讀這幾條"), make("ul", { className: "reread" }, ...items)] : [];
}

/** Whether the results stay, said before it is too late. */
export function keeping() {
  const lost = "這支手機存不了成績：關掉這一頁就沒有了。";
  const stays = "成績只留在這支手機。Safari 七天沒打開這個網站，就會清掉；到「我的進度」可以存成檔案。";
  return make("p", { className: "keeping" }, kept() ? stays : lost);
}
