// @ts-check
// A run to look at, to print and to put into a file.
import { make } from "../dom.js";
import { begun, count, head, lines, moment } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./runs.js").Sheet} Sheet */

/**
 * @param {Run} run
 * @param {Sheet[]} sheets
 * @param {string} title
 */
export function record(run, sheets, title) {
  const facts = head(run, sheets).flatMap(([name, words]) => [make("dt", {}, name), make("dd", {}, words)]);
  const all = lines(run, sheets);
  const heads = ["勾了", "步驟與備註"].map((words) => make("th", { scope: "col" }, words));
  const rows = all.map(({ words, at, note, gone }) => {
    const what = make("td", {}, words, ...(gone ? ["（後來拿掉了）"] : []), ...(note ? [make("p", { className: "run-note" }, note)] : []));
    return make("tr", {}, make("td", {}, at ? `✓ ${moment(at, begun(run))}` : "—"), what);
  });
  const table = make("table", { className: "grid" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
  const sign = make("p", { className: "sign" }, "辦的人＿＿＿＿＿＿＿＿　　主管＿＿＿＿＿＿＿＿");
  return make("section", { className: "record" }, make("h2", {}, title), make("dl", { className: "facts" }, ...facts), make("p", {}, count(all)), table, sign);
}
