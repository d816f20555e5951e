// @ts-check
// All words of a handbook that lie in drawers: characters, and pairs of them that stand beside each other.

/** @typedef {import("./letters.js").Letters} Letters */

export class Vocabulary {
  /** @type {Map<string, number>} word → its number, as they lie: characters, then pairs of them, all by their sound */
  words = new Map();
  /** @type {Map<string, string[]>} character → those that follow it somewhere */
  after = new Map();
  /** @type {Map<string, string>} private character → those that sound so */
  heard = new Map();

  /**
   * @param {Letters} letters
   * @param {string[][]} told for each sound its characters, each with those that follow it somewhere
   * @param {number[]} texts in how many each word stands
   */
  constructor(letters, told, texts) {
    this.texts = texts;
    /** @type {Map<string, number>} */
    const rank = new Map();
    for (const [sound, alike] of told.entries()) {
      for (const [one, ...after] of alike) {
        rank.set(one, sound);
        this.words.set(one, this.words.size);
        this.after.set(one, after);
        const heard = letters.sound(one);
        this.heard.set(heard, (this.heard.get(heard) ?? "") + one);
      }
    }
    for (const alike of told) {
      const pairs = alike.flatMap(([one, ...after]) => after.map((other) => ({ pair: one + other, sound: rank.get(other) ?? 0 })));
      for (const { pair } of pairs.sort((one, other) => one.sound - other.sound)) this.words.set(pair, this.words.size);
    }
  }

  /**
   * The words that a pattern is made of: for each pair of its characters, the numbers of all that it may be.
   * @param {string[]} sets
   * @returns {number[][]}
   */
  parts(sets) {
    if (sets.length === 1) return [Array.from(sets[0], (one) => this.words.get(one) ?? -1).filter((number) => number >= 0)];
    return sets.slice(1).map((others, at) => Array.from(sets[at]).flatMap((one) => this.#pairs(one, others)));
  }

  /** @param {string} one @param {string} others */
  #pairs(one, others) {
    const after = (this.after.get(one) ?? []).filter((other) => others.includes(other));
    return after.map((other) => this.words.get(one + other) ?? 0);
  }

  /** In how many texts some of these words stand, at most. @param {number[]} words */
  count = (words) => words.reduce((sum, word) => sum + this.texts[word], 0);

  /** All characters that sound as one of a set does. @param {string} set */
  sounding = (set) => Array.from(set, (one) => this.heard.get(one) ?? one).join("");
}
