// @ts-check
// All texts, one after the other, as three strings of equal length: as written, as they sound, and their initials.

/** @typedef {import("./letters.js").Letters} Letters */
/** @typedef {import("./query.js").Probe} Probe */

export const END = "\n"; // stands between texts, and between the pieces of one

export class Corpus {
  /** @param {Letters} letters */
  constructor(letters) {
    this.letters = letters;
    /** @type {string[]} as they are shown */
    this.texts = [];
    /** @type {Map<string, Int32Array>} pattern → where it starts */
    this.found = new Map();
    this.layers = { text: END, sound: END, initials: END };
    /** @type {Uint32Array} place in a layer → number of the text */
    this.textAt = new Uint32Array(END.length);
  }

  /** @param {string[]} texts */
  add(texts) {
    const normals = texts.map((text) => this.letters.normal(text));
    const text = normals.join(END) + END;
    const at = new Uint32Array(this.layers.text.length + text.length);
    at.set(this.textAt);
    let from = this.layers.text.length;
    normals.forEach((normal, number) => {
      const to = from + normal.length + 1;
      at.fill(this.texts.length + number, from, to);
      from = to;
    });
    this.textAt = at;
    this.texts.push(...texts);
    this.layers.text += text;
    this.layers.sound += this.letters.sound(text);
    this.layers.initials += this.letters.initials(text);
    this.found.clear();
  }

  /**
   * Where a pattern stands; numbers are not found inside longer ones.
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @returns {Int32Array}
   */
  places(layer, pattern) {
    const key = `${layer}:${typeof pattern === "string" ? pattern : pattern.join("/")}`;
    let found = this.found.get(key);
    if (!found) this.found.set(key, (found = Int32Array.from(this.#look(layer, pattern))));
    return found;
  }

  /**
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @returns {number[]}
   */
  #look(layer, pattern) {
    const inside = this.layers[layer];
    const found = [];
    if (typeof pattern !== "string") {
      if (pattern.every((one) => one.length === 1)) return [...this.places(layer, pattern.join(""))];
      const [before, last] = [pattern.slice(0, -1), pattern[pattern.length - 1]];
      if (before.length) {
        for (const at of this.places(layer, before)) if (last.includes(inside[at + before.length])) found.push(at);
      } else {
        for (const match of inside.matchAll(new RegExp(`[${last}]`, "g"))) found.push(match.index);
      }
      return found;
    }
    if (pattern.length > 2) {
      for (const at of this.places(layer, pattern.slice(0, -1))) if (inside.startsWith(pattern, at)) found.push(at);
      return found;
    }
    const number = /^[0-9]/.test(pattern);
    for (let at = inside.indexOf(pattern); at >= 0; at = inside.indexOf(pattern, at + 1)) {
      if (!number || !/[0-9.]/.test(inside[at - 1])) found.push(at);
    }
    return found;
  }

  /**
   * How much of its piece of a text a match fills, from 0 to 1, and whether it stands at its start.
   * @param {number} at
   * @param {number} length
   */
  share(at, length) {
    const { text } = this.layers;
    const start = text.lastIndexOf(END, at - 1) + 1;
    const end = text.indexOf(END, at);
    return { share: length / (end - start), first: start === at };
  }
}
