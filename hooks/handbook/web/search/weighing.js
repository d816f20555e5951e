// @ts-check
// How well each part of a query is met in each entry.

import { WEIGHTS } from "./weights.js";

/** @typedef {import("./query.js").Query} Query */
/** @typedef {Pick<import("./engine.js").Engine, "corpus" | "entries" | "pages">} Book */

const RARE = 2; // a character in no more texts than this says what is meant by itself

/** Numbers for each part of a query, of those entries alone that are met: of many, few are. Kept from query to query. */
class Rows {
  /** @type {number[]} entries in the order in which they were met */
  met = [];
  at = new Uint32Array(); // entry → where its row begins; the first row is that of all others
  cells = new Float32Array(); // how well
  sure = new Uint8Array(); // whether for certain
  size = 0; // of a row

  /** @param {number} count of entries @param {number} size */
  begin(count, size) {
    for (const entry of this.met) this.at[entry] = 0;
    for (const cells of [this.cells, this.sure]) cells.fill(0, 0, (this.met.length + 1) * this.size);
    if (this.at.length < count) this.at = new Uint32Array(count);
    [this.met, this.size] = [[], size];
    this.#grow(size);
  }

  /** Where the row of an entry begins, made where there is none. @param {number} entry */
  row(entry) {
    if (!this.at[entry]) {
      this.at[entry] = this.met.push(entry) * this.size;
      this.#grow(this.at[entry] + this.size);
    }
    return this.at[entry];
  }

  /** @param {number} length that there has to be */
  #grow(length) {
    if (length <= this.sure.length) return;
    const { cells, sure } = this;
    [this.cells, this.sure] = [new Float32Array(2 * length), new Uint8Array(2 * length)];
    this.cells.set(cells);
    this.sure.set(sure);
  }
}

const ROWS = new Rows();

/**
 * Entry × part of the query → how well it is met there, and whether surely; until the next query.
 * @param {Query} query
 * @param {Book} book
 */
export function weigh({ probes, weights }, { corpus, entries, pages }) {
  const size = weights.length;
  ROWS.begin(entries.length, size);
  const all = Math.log(1 + corpus.size);
  for (const { layer, pattern, from, to, value } of probes) {
    const found = corpus.places(layer, pattern);
    const worth = value * (WEIGHTS.common + (1 - WEIGHTS.common) * (Math.log(1 + corpus.size / (1 + found.texts)) / all));
    const certain = pattern.length > 1 || to - from === size || found.texts <= RARE;
    for (let at = 0; at < found.uses.length; at++) {
      const entry = (found.uses[at] / 3) | 0;
      const field = found.uses[at] - 3 * entry;
      const row = ROWS.row(entry);
      if (field === 1 && layer === "initials") continue; // which only say something by how much of a piece they are
      const { cells, sure } = ROWS;
      const here = (entry < pages.length ? WEIGHTS.page : WEIGHTS.place)[field];
      const well = field === 1 ? worth : worth * found.worths[at];
      for (let part = from, cell = row + from; part < to; part++, cell++) {
        const weighed = Math.fround(well * weights[part]) * here;
        if (weighed > cells[cell]) cells[cell] = weighed;
        if (weighed && (certain || found.whole[at])) sure[cell] = 1;
      }
    }
  }
  return ROWS;
}
