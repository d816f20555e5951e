// @ts-check
// What a reader says of a clause that is wrong, as a message to whoever mends it. Pure: knows no page.

const [LONGEST, HEAD] = [1000, 40]; // characters of the reader's words, and of the clause's

/** @typedef {{title: string, version: string, address: string, headline: string, mark: string}} Place */

/**
 * Which clause, of which version, where, and what is wrong with it. Without a clause: the page.
 * @param {Place} place
 * @param {string} words
 */
export function message({ title, version, address, headline, mark }, words) {
  const begins = [...line(headline)];
  const clause = begins.length > HEAD ? `${begins.slice(0, HEAD).join("")}…` : begins.join("");
  const said = printable(words).trim().slice(0, LONGEST);
  return [
    `手冊這裡寫錯了：${line(title)}，${version} 版`,
    ...(clause ? [`「${clause}」（${mark}）`] : []),
    address,
    ...(said ? ["", said] : []),
  ].join("\n");
}

/** @param {string} text */
const line = (text) => printable(text).replace(/\s+/g, " ").trim();

/** @param {string} text */
const printable = (text) => text.replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, "");
