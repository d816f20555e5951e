// @ts-check
// How well each part of a query is met in each entry.

import { WEIGHTS } from "./weights.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {Pick<import("./engine.js").Engine, "corpus" | "entries" | "uses">} Book */

const RARE = 2; // a character in no more texts than this says what is meant by itself

/** Numbers for each part of a query, of those things alone that are met: of many, few are. */
class Rows {
  /** @type {Map<number, number>} thing → where its row begins; the first row is of all others */
  rows = new Map();

  /** @param {number} size of a row */
  constructor(size) {
    this.size = size;
    this.loose = new Float32Array(64 * size); // met wherever it stands
    this.shaped = new Float32Array(64 * size); // met more, as more of its piece is
    this.sure = new Uint8Array(64 * size); // met for certain
  }

  /** Where the row of a thing begins, made where there is none. @param {number} thing */
  row(thing) {
    const known = this.rows.get(thing);
    if (known) return known;
    const start = (this.rows.size + 1) * this.size;
    this.rows.set(thing, start);
    if (start + this.size > this.sure.length) this.#grow();
    return start;
  }

  #grow() {
    const { loose, shaped, sure } = this;
    const length = 2 * sure.length;
    [this.loose, this.shaped, this.sure] = [new Float32Array(length), new Float32Array(length), new Uint8Array(length)];
    this.loose.set(loose);
    this.shaped.set(shaped);
    this.sure.set(sure);
  }
}

/**
 * Entry × part of the query → how well it is met there, and whether surely; and the entries where any is. A row begins
 * at `at(entry)`.
 * @param {Query} query
 * @param {Book} book
 */
export function weigh(query, { corpus, entries, uses }) {
  const size = query.weights.length;
  const texts = meet(query, corpus);
  const found = new Rows(size);
  for (const [text, start] of texts.rows) {
    for (const use of uses[text]) {
      const entry = (use / 3) | 0;
      const field = use - 3 * entry;
      const worth = (entries[entry].anchor ? WEIGHTS.place : WEIGHTS.page)[field];
      const values = field === 1 ? texts.loose : texts.shaped;
      const row = found.row(entry);
      const { shaped: cells, sure } = found;
      for (let part = 0, cell = row, from = start; part < size; part++, cell++, from++) {
        if (!values[from]) continue;
        if (values[from] * worth > cells[cell]) cells[cell] = values[from] * worth;
        if (texts.sure[from]) sure[cell] = 1;
      }
    }
  }
  /** @param {number} entry */
  const at = (entry) => found.rows.get(entry) ?? 0;
  return { cells: found.shaped, sure: found.sure, at, met: found.rows.keys() };
}

/**
 * Text × part of the query → how well it is met there, and whether surely.
 * @param {Query} query
 * @param {Book["corpus"]} corpus
 */
function meet({ probes, weights }, corpus) {
  const size = weights.length;
  const rows = new Rows(size);
  const all = Math.log(1 + corpus.size);
  for (const { layer, pattern, from, to, value } of probes) {
    const found = corpus.places(layer, pattern);
    const worth = value * (WEIGHTS.common + (1 - WEIGHTS.common) * (Math.log(1 + corpus.size / (1 + found.texts)) / all));
    const certain = pattern.length > 1 || to - from === size || found.texts <= RARE;
    for (const { text, worth: shape, whole } of found.met) {
      const row = rows.row(text);
      const { loose, shaped, sure } = rows;
      for (let part = from, cell = row + from; part < to; part++, cell++) {
        const weight = weights[part];
        if (layer !== "initials" && worth * weight > loose[cell]) loose[cell] = worth * weight;
        if (worth * shape * weight > shaped[cell]) shaped[cell] = worth * shape * weight;
        if (certain || whole) sure[cell] = 1;
      }
    }
  }
  return rows;
}
