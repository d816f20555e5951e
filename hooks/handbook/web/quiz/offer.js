// @ts-check
// What is said before an exam begins, or goes on: nobody sits one unawares, and least of all against the clock.

import { make } from "../dom.js";
import { normal } from "./chance.js";
import { count } from "./draft.js";
import { when } from "./words.js";

/** @typedef {import("./draft.js").Paper} Paper */

/** The code that an address names: `#code=1208`. */
export const linked = () => normal(new URLSearchParams(location.hash.slice(1)).get("code") ?? "");

/** Whether somebody named a code, or chance did. @param {string} code */
export const isNamed = (code) => !!code && normal(code) === code;

/** Chance's own: no supervisor can name it. */
export const anyCode = () => `~${Math.random()}`;

/** @param {number} moment milliseconds since 1970 */
export const hour = (moment) => when([{ at: moment }]).slice(-5);

/** What the clock will do. @param {number} minutes */
export const limit = (minutes) => `限時 ${minutes} 分鐘：按「開始」就計時，關掉這一頁，時間照走；時間到，答了的就交卷。`;

/** What was begun. @param {Paper} paper */
export function begun(paper) {
  const { queue, done, given, until, code } = paper;
  const answers = [...Object.values(done), ...Object.values(given).filter(({ letters }) => letters)];
  const since = answers.length ? `最後一題是 ${when(answers)} 答的` : `${when([{ at: paper.begun }])} 開始的`;
  const named = isNamed(code) ? `（代碼 ${code}）` : "";
  return `這支手機上有一場還沒看結果的考試${named}：${queue.length} 題答了 ${count(paper)} 題，${since}。${until ? `時間到 ${hour(until)}。` : ""}`;
}

/**
 * A form to begin by: with a code, or without.
 * @param {string} words on its button
 * @param {string} named
 * @param {string} stock
 * @param {(code: string) => void} go
 */
export function beginning(words, named, stock, go) {
  const field = make("input", { type: "text", value: named, autocomplete: "off", maxLength: 40, enterKeyHint: "go" });
  const said = make("p", { className: "complaint", role: "alert" });
  const label = make("label", { className: "code" }, make("span", {}, "主管給的代碼，沒有就空著"), field);
  const note = make("p", { className: "keeping" }, `題庫 ${stock}：和紙本上的一樣，同一個代碼就是同一卷。`);
  const form = make("form", {}, label, said, make("button", { type: "submit" }, words), note);
  form.onsubmit = (event) => {
    event.preventDefault();
    const code = normal(field.value);
    if (code || !field.value.trim()) return go(code);
    said.textContent = "代碼只有英文字母、數字和中間的連字號，最多 20 個。";
    field.focus();
  };
  return form;
}
