// @ts-check
// What the list shows of a place: its title, and what it says around the words that were meant, both as HTML.

/** @typedef {import("./boundary.js").Boundary} Boundary */
/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./query.js").Query} Query */

const LENGTH = 56; // characters: two lines on a phone
const NEVER = "不可以"; // how what must not be done begins

/** @param {string} text */
export const escape = (text) =>
  text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

/** @typedef {{layer: "text" | "sound", pattern: string | RegExp}} Sign what shows that something was meant */

/**
 * What to mark. Single characters are in too many words, and initials in all of them.
 * @param {Query} query
 * @param {(probe: import("./query.js").Probe) => boolean} known whether a probe finds anything at all
 * @returns {Sign[]}
 */
export function signs(query, known) {
  const single = query.weights.length === 1;
  /** @type {Map<string, Sign>} */
  const found = new Map();
  for (const probe of query.probes) {
    const { layer, pattern } = probe;
    if ((pattern.length < 2 && !single) || layer === "initials" || !known(probe)) continue;
    const written = typeof pattern === "string" ? pattern : pattern.map((set) => `[${set}]`).join("");
    found.set(`${layer}:${written}`, { layer, pattern: typeof pattern === "string" ? pattern : new RegExp(written, "g") });
  }
  return [...found.values()];
}

/**
 * @param {Sign[]} meant
 * @param {Letters} letters
 * @param {Boundary} boundary
 * @param {string} title
 * @param {string} words
 * @returns {{title: string, text: string, terms: Record<string, boolean>}} `terms` are the words as the page has them
 */
export function extract(meant, letters, boundary, title, words) {
  const pieces = words.split("\n");
  const found = pieces.map((piece) => marks(meant, letters, boundary, piece));
  const inTitle = marks(meant, letters, boundary, title);
  /** @type {Record<string, boolean>} */
  const terms = {};
  [title, ...pieces].forEach((text, number) => {
    for (const [from, to] of number ? found[number - 1] : inTitle) terms[text.slice(from, to)] = true;
  });
  const first = Math.max(0, found.findIndex((one) => one.length));
  let text = "";
  for (let at = first, left = LENGTH; at < pieces.length && left > 0; left -= pieces[at].length, at++) {
    text += `${at > first ? " " : ""}${near(pieces[at], found[at], left)}`;
  }
  return { title: marked(title, inTitle, 0, title.length), text, terms };
}

/**
 * The part of a piece that fits, around its first match. It begins where a phrase begins: half of 「不可以」 says the
 * contrary.
 * @param {string} piece
 * @param {[number, number][]} found
 * @param {number} length
 */
function near(piece, found, length) {
  const match = found[0]?.[0] ?? 0;
  let from = 0;
  if (match > length - 8) from = Math.max(...[..."，。；：、「"].map((sign) => piece.lastIndexOf(sign, match))) + 1;
  const to = Math.min(piece.length, from + length);
  const shown = found.filter(([start, end]) => start >= from && end <= to);
  const lead = from ? (piece.startsWith(NEVER) ? `${NEVER}…` : "…") : "";
  return lead + marked(piece, shown, from, to) + (to < piece.length ? "…" : "");
}

/**
 * Where a text has what was meant: stretches in their order, none over another.
 * @param {Sign[]} meant
 * @param {Letters} letters
 * @param {Boundary} boundary
 * @param {string} text
 * @returns {[from: number, to: number][]}
 */
function marks(meant, letters, boundary, text) {
  const layers = letters.layers(text);
  const { at, text: normal } = layers;
  /** @type {[number, number][]} */
  const found = [];
  for (const { layer, pattern } of meant) {
    for (const [from, length] of places(layers[layer], pattern)) {
      if (layer === "text" && length === 2 && boundary.crosses(normal, from)) continue;
      found.push([at[from], at[from + length - 1] + 1]);
    }
  }
  found.sort((one, two) => one[0] - two[0] || two[1] - one[1]);
  /** @type {[number, number][]} */
  const joined = [];
  for (const [from, to] of found) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/**
 * Where a pattern stands in a text, and how long it is there.
 * @param {string} text
 * @param {string | RegExp} pattern
 * @returns {[from: number, length: number][]}
 */
function places(text, pattern) {
  if (typeof pattern !== "string") return Array.from(text.matchAll(pattern), (match) => [match.index, match[0].length]);
  /** @type {[number, number][]} */
  const found = [];
  for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + pattern.length)) found.push([at, pattern.length]);
  return found;
}

/**
 * A stretch of a text as HTML, with what was meant marked.
 * @param {string} text
 * @param {[number, number][]} found
 * @param {number} from
 * @param {number} to
 */
function marked(text, found, from, to) {
  let [html, done] = ["", from];
  for (const [start, end] of found) {
    if (start < done) continue;
    html += `${escape(text.slice(done, start))}<mark>${escape(text.slice(start, end))}</mark>`;
    done = end;
  }
  return html + escape(text.slice(done, to));
}
