// @ts-check
// All texts, one after the other, in two layers of equal length: as written, and as they sound. Where each character
// stands is noted once, so that a pattern is looked for in the places of its rarest one alone.

/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./query.js").Probe} Probe */
/** @typedef {import("./query.js").Known} Known */
/** @typedef {{worth: number, whole: boolean}} Met how much of a piece of a text is met, and whether all of one */
/**
 * @typedef {object} Found where a pattern counts
 * @property {Uint32Array} uses 3 × entry + field
 * @property {Float64Array} worths of each, how much of a piece is met
 * @property {Uint8Array} whole of each, whether all of one is
 * @property {number} texts in how many it stands
 * @property {number} times how often
 */

import { WEIGHTS } from "./weights.js";

export const END = "\n"; // stands between texts, and between the pieces of one
const UNITS = 0x10000; // of UTF-16

/** One layer, and where each of its characters stands. */
class Layer {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.from = new Uint32Array(UNITS + 1); // character → its first in `places`
    this.places = new Uint32Array(text.length);
    for (let at = 0; at < text.length; at++) this.from[text.charCodeAt(at) + 1] += 1;
    for (let unit = 0; unit < UNITS; unit++) this.from[unit + 1] += this.from[unit];
    const next = this.from.slice();
    for (let at = 0; at < text.length; at++) this.places[next[text.charCodeAt(at)]++] = at;
  }

  /** How often any of these characters stands here. @param {string} set */
  count(set) {
    let sum = 0;
    for (let at = 0; at < set.length; at++) sum += this.from[set.charCodeAt(at) + 1] - this.from[set.charCodeAt(at)];
    return sum;
  }

  /**
   * Where a pattern starts: for each of its characters, those that it may be.
   * @param {string[]} sets
   */
  look(sets) {
    const counts = sets.map((set) => this.count(set));
    const rarest = counts.indexOf(Math.min(...counts));
    const found = [];
    for (const one of sets[rarest]) {
      const unit = one.charCodeAt(0);
      for (let place = this.from[unit]; place < this.from[unit + 1]; place++) {
        const start = this.places[place] - rarest;
        if (this.#fits(sets, start)) found.push(start);
      }
    }
    return found;
  }

  /**
   * @param {string[]} sets
   * @param {number} start
   */
  #fits(sets, start) {
    for (let part = 0; part < sets.length; part++) {
      const [set, here] = [sets[part], this.text[start + part]];
      if (set !== here && (set.length === 1 || here === undefined || !set.includes(here))) return false;
    }
    return true;
  }
}

/** Letters that are initials: fewer stand in too many places that do not begin with them. */
export const LONG = 4;

/**
 * How much of a piece is met by what stands in it: more, as it is more of it, and where it begins with it.
 * @param {number} share
 * @param {boolean} first
 */
export const shape = (share, first) => 1 + WEIGHTS.share * share + (first ? WEIGHTS.first : 0);

/**
 * @param {Map<number, Met>} met by text
 * @param {(text: number) => number[]} uses
 * @param {number} texts
 * @param {number} times
 * @returns {Found}
 */
export function found(met, uses, texts, times) {
  const all = [...met].flatMap(([text, { worth, whole }]) => uses(text).map((use) => ({ use, worth, whole })));
  return {
    uses: Uint32Array.from(all, ({ use }) => use),
    worths: Float64Array.from(all, ({ worth }) => worth),
    whole: Uint8Array.from(all, ({ whole }) => Number(whole)),
    texts,
    times,
  };
}

export class Corpus {
  /** @type {string[]} as they are shown */
  texts = [];
  text = END;
  // What is reckoned from the texts when it is first asked for:
  /** @type {Map<string, Found>} */
  found = new Map();
  /** @type {Layer | undefined} */
  written;
  /** @type {Layer | undefined} */
  heard;
  pieceAt = new Uint32Array(); // place → number of the piece
  /** @type {number[]} piece → where it starts */
  starts = [];
  /** @type {number[]} piece → how long it is */
  lengths = [];
  /** @type {number[]} piece → number of its text */
  textOf = [];

  /**
   * @param {Letters} letters
   * @param {number[][]} uses text → the entries that it stands in, and where: 3 × entry + field
   */
  constructor(letters, uses) {
    this.letters = letters;
    this.uses = uses;
  }

  /** @param {string[]} texts */
  add(texts) {
    this.texts.push(...texts);
    this.text += texts.map((text) => this.letters.normal(text) + END).join("");
    this.found.clear();
    this.written = this.heard = undefined;
    [this.starts, this.lengths, this.textOf] = [[], [], []];
  }

  /** Of how many texts is told what stands in them. */
  get size() {
    return this.texts.length;
  }

  /** @type {Known} */
  has = (layer, pattern) => this.places(layer, pattern).times > 0;

  /** How often a word stands in the texts. @param {string} word */
  often = (word) => this.places("text", word).times;

  /** All that is asked for is here. @type {Set<string>} */
  missing = new Set();

  /** Nothing of a page is fetched to be shown. @param {number} page */
  want(page) {}

  /**
   * Where a pattern stands; numbers are not found inside longer ones.
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @returns {Found}
   */
  places(layer, pattern) {
    const key = `${layer}:${typeof pattern === "string" ? pattern : pattern.join("/")}`;
    const known = this.found.get(key) ?? this.#look(layer, pattern);
    this.found.set(key, known);
    return known;
  }

  /**
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @returns {Found}
   */
  #look(layer, pattern) {
    if (!this.starts.length) this.#divide();
    const inside = layer === "text" ? (this.written ??= new Layer(this.text)) : (this.heard ??= new Layer(this.letters.sound(this.text)));
    const number = /^[0-9]/.test(`${pattern}`);
    const texts = new Set();
    let times = 0;
    /** @type {Map<number, Met>} */
    const met = new Map();
    for (const at of inside.look(typeof pattern === "string" ? [...pattern] : pattern)) {
      if (number && /[0-9.]/.test(inside.text[at - 1])) continue;
      const piece = this.pieceAt[at];
      const text = this.textOf[piece];
      texts.add(text);
      times += 1;
      const first = this.starts[piece] === at;
      if (layer === "initials" && !first && pattern.length < LONG) continue;
      const share = pattern.length / this.lengths[piece];
      const worth = shape(share, first);
      const before = met.get(text);
      if (!before) met.set(text, { worth, whole: share === 1 });
      else [before.worth, before.whole] = [Math.max(before.worth, worth), before.whole || share === 1];
    }
    return found(met, (text) => this.uses[text], texts.size, times);
  }

  /** Notes where each piece stands, and whose it is. */
  #divide() {
    this.pieceAt = new Uint32Array(this.text.length);
    let start = END.length;
    this.texts.forEach((text, number) => {
      for (let left = text.split(END).length; left; left--) {
        const end = this.text.indexOf(END, start);
        this.pieceAt.fill(this.starts.length, start, end + 1);
        this.starts.push(start);
        this.lengths.push(end - start);
        this.textOf.push(number);
        start = end + 1;
      }
    });
  }
}
