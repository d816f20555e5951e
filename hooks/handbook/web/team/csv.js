// @ts-check
// A table as a file that Excel and LibreOffice open as it stands: Chinese whole, and nothing that runs.

/**
 * With a mark that says UTF-8, which Excel does not guess, and the line ends of the standard (RFC 4180).
 * @param {(string | number)[][]} rows
 */
export const csv = (rows) => `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

/** @param {string | number} value */
const cell = (value) => (typeof value === "number" ? `${value}` : `"${harmless(value).replaceAll('"', '""')}"`);

/**
 * What a spreadsheet would take for a formula has an apostrophe in front, as it has where one types it.
 * @param {string} text
 */
export const harmless = (text) => (/^[\s\p{C}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(text) ? `'${text}` : text);
