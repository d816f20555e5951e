// @ts-check
// Tables as a workbook (ECMA-376): a ZIP of a few files of XML. Each text stands in its cell as a text, so that nothing
// in it runs; days are days, so that they can be sorted and reckoned with.

import { sum } from "../handover/seal.js";

/** @typedef {string | number} Value a day as 2026-12-15 */
/** A table: its first row is its head. @typedef {{name: string, rows: Value[][]}} Sheet */

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const [PLAIN, HEAD, DAY] = [0, 1, 2]; // styles
const [NARROWEST, WIDEST] = [6, 50]; // of columns, in digits
const EPOCH = Date.UTC(1899, 11, 30);
const START = 0x21; // 1 January 1980, as ZIP writes it: the same table makes the same bytes

/** @param {Sheet[]} sheets */
export function xlsx(sheets) {
  const xml = (/** @type {string} */ text) => new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);
  const files = Object.entries({ ...frame(sheets), ...Object.fromEntries(sheets.map((one, n) => [`xl/worksheets/sheet${n + 1}.xml`, sheet(one)])) });
  return zip(files.map(([name, text]) => [name, xml(text)]));
}

/** @param {Sheet[]} sheets */
function frame(sheets) {
  const each = (/** @type {(n: number, name: string) => string} */ draw) => sheets.map(({ name }, n) => draw(n + 1, escaped(name))).join("");
  const relation = (/** @type {string} */ id, /** @type {string} */ kind, /** @type {string} */ to) =>
    `<Relationship Id="${id}" Type="${RELATION}/${kind}" Target="${to}"/>`;
  const override = (/** @type {string} */ part, /** @type {string} */ kind) => `<Override PartName="/xl/${part}.xml" ContentType="${TYPE}.${kind}+xml"/>`;
  const types = ["rels", "xml"].map((one) => `<Default Extension="${one}" ContentType="application/${one === "rels" ? "vnd.openxmlformats-package.relationships+" : ""}xml"/>`);
  return {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types">${types.join("")}${override("workbook", "sheet.main")}${override("styles", "styles")}${each((n) => override(`worksheets/sheet${n}`, "worksheet"))}</Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships">${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${RELATION}"><sheets>${each((n, name) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships">${each((n) => relation(`rId${n}`, "worksheet", `worksheets/sheet${n}.xml`))}${relation("styles", "styles", "styles.xml")}</Relationships>`,
    "xl/styles.xml": STYLES,
  };
}

const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Microsoft JhengHei"/></font><font><b/><sz val="11"/><name val="Microsoft JhengHei"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** Its head stays in sight. @param {Sheet} one */
function sheet({ rows }) {
  const pane = '<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>';
  const wide = widths(rows).map((width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`).join("");
  const data = rows.map((row, y) => `<row r="${y + 1}">${row.map((value, x) => cell(value, `${letters(x)}${y + 1}`, y === 0)).join("")}</row>`).join("");
  return `<worksheet xmlns="${MAIN}">${pane}<cols>${wide}</cols><sheetData>${data}</sheetData></worksheet>`;
}

/** @param {Value} value @param {string} at @param {boolean} head */
function cell(value, at, head) {
  if (value === "") return "";
  if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
  const days = /^\d{4}-\d\d-\d\d$/.test(value) ? (Date.parse(value) - EPOCH) / 86_400_000 : NaN;
  if (days > 60) return `<c r="${at}" s="${DAY}"><v>${days}</v></c>`; // Excel counts a day in 1900 that there never was
  return `<c r="${at}" s="${head ? HEAD : PLAIN}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

/** Each as wide as its widest value: of Chinese, a character is as wide as two digits. @param {Value[][]} rows */
function widths(rows) {
  const wide = (/** @type {Value} */ value) => [...`${value}`].reduce((all, one) => all + (one > "\u2e7f" ? 2 : 1), 2);
  return (rows[0] ?? []).map((_, x) => Math.min(WIDEST, rows.reduce((most, row) => Math.max(most, wide(row[x] ?? "")), NARROWEST)));
}

/** A, B … Z, AA. @param {number} column @returns {string} */
const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26));

/** What XML can't hold is left out. @param {string} text */
const escaped = (text) =>
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g, "").replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

// ── the ZIP, nothing in it packed ──

/** @param {[name: string, bytes: Uint8Array<ArrayBuffer>][]} files */
export function zip(files) {
  /** @type {Uint8Array<ArrayBuffer>[][]} */
  const [parts, list] = [[], []];
  let at = 0;
  for (const [name, bytes] of files) {
    const letters = new TextEncoder().encode(name);
    const crc = sum(bytes).reduce((all, one) => all * 256 + one, 0);
    const about = numbers([20, 2], [0x0800, 2], [0, 2], [0, 2], [START, 2], [crc, 4], [bytes.length, 4], [bytes.length, 4], [letters.length, 2], [0, 2]);
    parts.push(numbers([0x04034b50, 4]), about, letters, bytes);
    list.push(numbers([0x02014b50, 4], [20, 2]), about, numbers([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), letters);
    at += 4 + about.length + letters.length + bytes.length;
  }
  const size = list.reduce((all, one) => all + one.length, 0);
  const end = numbers([0x06054b50, 4], [0, 4], [files.length, 2], [files.length, 2], [size, 4], [at, 4], [0, 2]);
  return new Blob([...parts, ...list, end], { type: `${TYPE}.sheet` });
}

/** Numbers of so many bytes, the lowest byte first. @param {...[value: number, bytes: number]} all */
const numbers = (...all) => Uint8Array.from(all.flatMap(([value, bytes]) => Array.from({ length: bytes }, (_, n) => Math.floor(value / 256 ** n) % 256)));
