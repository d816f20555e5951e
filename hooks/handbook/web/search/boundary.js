// @ts-check
// Where words meet: 客人 is no word in 訪客人馬上來.

/** @typedef {import("./engine.js").Engine["corpus"]} Corpus */
/** @typedef {import("./synonyms.js").Synonyms} Synonyms */

const WORD = /^[\u3400-\u9fff]{2,4}$/;

export class Boundary {
  /**
   * @param {Corpus} corpus
   * @param {Synonyms} synonyms
   * @param {string[]} names
   */
  constructor(corpus, synonyms, names) {
    this.corpus = corpus;
    this.synonyms = synonyms;
    this.words = new Set([...synonyms.words(), ...names].filter((one) => WORD.test(one)));
  }

  /**
   * Whether two characters of a normal text are no word, as the first is the end of another word: as likely as either is
   * by how often its parts stand in the handbook.
   * @param {string} text
   * @param {number} at
   */
  crosses(text, at) {
    const pair = text.slice(at, at + 2);
    for (let from = Math.max(0, at - 3); from < at; from++) {
      const word = text.slice(from, at + 1);
      if (!this.words.has(word) || this.synonyms.of(word).some((meant) => meant.word === pair)) continue;
      const [rest, before] = [pair[1], text.slice(from, at)];
      const { often } = this.corpus;
      if (often(word) * often(rest) > often(before) * often(pair)) return true;
    }
    return false;
  }
}
