// @ts-check
// Runs as a file: a page that anybody can read and print, with the runs in it for whoever takes them in. Pure.
import { understood, understoodSheet } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./runs.js").Sheet} Sheet */
/** @typedef {{run: Run, sheets: Sheet[]}} Whole */

const VERSION = 1;
const [START, END] = ['<script type="application/json" id="runs">', "</script>"];
export const LARGEST = 5_000_000; // characters: as much as a phone keeps for a site
const STYLE = `body{max-width:48rem;margin:1rem auto;padding:0 1rem;font:16px/1.6 sans-serif}dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dd{margin:0}
table{width:100%;border-collapse:collapse}td:first-child{width:6rem}th,td{padding:.3rem;border:1px solid #888;text-align:left;vertical-align:top;overflow-wrap:anywhere}td,dd{white-space:pre-wrap}td p{margin:.2rem 0;padding-left:.6rem;border-left:4px solid #888}thead th{background:#eee}section+section{break-before:page}button{display:none}`;

/**
 * @param {string} title
 * @param {string} body the runs as HTML, made of elements: so no text in it is more than text
 * @param {Whole[]} runs
 */
export function page(title, body, runs) {
  const data = JSON.stringify({ version: VERSION, runs: runs.map(({ run, sheets }) => ({ ...run, sheets })) });
  const kept = `${START}${data.replace(/</g, "\\u003c")}${END}`;
  return `<!doctype html>\n<html lang="zh-Hant"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n<title>${escaped(title)}</title><style>${STYLE}</style>\n${body}\n${kept}\n</html>\n`;
}

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The runs in a file, and how many could not be read. Throws an Error that tells its reader why there is none.
 * @param {string} text
 * @param {number} now
 * @returns {{runs: Whole[], refused: number}}
 */
export function taken(text, now) {
  const found = text.length > LARGEST ? null : parsed(text);
  if (Number.isInteger(found?.version) && found.version > VERSION) throw new Error("這個檔案是較新版的手冊存的。重新整理這一頁，再收一次。");
  const given = Array.isArray(found?.runs) ? found.runs : [];
  const runs = given.flatMap((/** @type {any} */ one) => whole(one, now));
  if (!runs.length) throw new Error("檔案裡沒有辦事的紀錄，或檔案已經損壞。請選檔名有「辦事紀錄」的檔案。");
  return { runs, refused: given.length - runs.length };
}

/** @param {any} found @param {number} now @returns {Whole[]} */
function whole(found, now) {
  const run = understood(found, now);
  const sheets = Array.isArray(found?.sheets) ? found.sheets.slice(0, 10) : [];
  return run ? [{ run, sheets: sheets.flatMap((/** @type {any} */ one) => understoodSheet(one, one?.of) ?? []) }] : [];
}

/** @param {string} text @returns {any} */
function parsed(text) {
  const [, ...after] = text.split(START);
  try {
    return JSON.parse(after.at(-1)?.split(END)[0] ?? "");
  } catch {
    return null;
  }
}
