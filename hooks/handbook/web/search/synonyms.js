// @ts-check
// Other words for what the handbook says: those that its author wrote down, and those that are everybody's.

/** @typedef {{word: string, by: "said" | "kin"}} Meant a word of the handbook, and who says that it is meant */

const TWO = /^[\u3400-\u9fff]{2}$/;

export class Synonyms {
  /** @type {Map<string, Meant[]>} what people type → what is meant */
  meant = new Map();
  /** @type {Map<string, Set<string>>} a character of a word of two → what is meant by such words */
  stems = new Map();

  /**
   * @param {[word: string, ...said: string[]][]} said
   * @param {string[]} kin words that stand in the handbook, `|`, others that say the same
   * @param {(text: string) => string} normal
   */
  constructor(said, kin, normal) {
    for (const [word, ...others] of said) {
      for (const one of others) this.#add(normal(one).replace(/([a-z])-(?=[a-z])/g, "$1"), { word: normal(word), by: "said" });
    }
    for (const group of kin) {
      const [here, others] = group.split("|").map((some) => some.split(",").filter(Boolean).map(normal));
      for (const one of [...here, ...others]) {
        for (const word of here) if (word !== one) this.#add(one, { word, by: "kin" });
      }
    }
  }

  /** @param {string} typed @param {Meant} meant */
  #add(typed, meant) {
    this.meant.set(typed, [...(this.meant.get(typed) ?? []), meant]);
    if (meant.by === "said" || !TWO.test(typed)) return;
    for (const one of typed) this.stems.set(one, (this.stems.get(one) ?? new Set()).add(meant.word));
  }

  /** @param {string} typed */
  has = (typed) => this.meant.has(typed);

  /** @param {string} typed */
  of = (typed) => this.meant.get(typed) ?? [];

  /** All that people type, and all that is meant. */
  words = () => [...this.meant].flatMap(([typed, meant]) => [typed, ...meant.map(({ word }) => word)]);
}
