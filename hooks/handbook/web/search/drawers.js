// @ts-check
// A handbook that says too much to be fetched whole: its words lie in drawers (hooks/handbook/search/drawers.py), what
// its pages say in files of their own. What is asked for and not here yet is noted, to be fetched and asked once more.

import { END, LONG, found, shape } from "./corpus.js";
import { LONGEST, begun, numbers, sums, where } from "./told.js";
import { Vocabulary } from "./vocabulary.js";

/** @typedef {import("./corpus.js").Corpus} Corpus */
/** @typedef {import("./corpus.js").Found} Found */
/** @typedef {import("./corpus.js").Met} Met */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./query.js").Known} Known */
/** @typedef {import("./query.js").Probe} Probe */
/** @typedef {import("./told.js").Where} Where */

/** @typedef {{words: string[][], texts: string, drawers: string, initials: string, pages: string, size: number, amounts: string}} Head */
/** @typedef {[summary: string, places: [anchor: string, title: string, words: string][]]} Page */

const MOST = 20_000; // times: what stands more often says little, and is looked for in names alone

/** @type {Found} */
const NOTHING = found(new Map(), () => [], 0, 0);

/**
 * What is in each of some rising lists, as far as `same` tells numbers apart.
 * @param {number[][]} lists
 * @param {(number: number) => number} same
 */
function shared([first, ...others], same) {
  for (const other of others) {
    const there = new Set(other.map(same));
    first = first.filter((one) => there.has(same(one)));
  }
  return first;
}

export class Drawers {
  /** @type {Map<string, Found>} */
  found = new Map();
  /** @type {Map<string, Found>} those of which more is known once more is read */
  unsure = new Map();
  /** @type {Map<number, Where>} word → where it stands, once it is here */
  where = new Map();
  /** @type {Set<string>} files that were asked for and are not here */
  missing = new Set();
  /** @type {Map<string, Promise<void>>} those that are on their way */
  coming = new Map();
  /** @type {Set<number>} pages that are here */
  pages = new Set();

  /**
   * @param {Engine} engine which knows the names of the pages
   * @param {Head} told
   */
  constructor(engine, told) {
    this.engine = engine;
    this.names = engine.corpus;
    /** @type {string[]} those that are here: of pages their names, once they are read all that is shown of them */
    this.texts = [...engine.corpus.texts];
    this.size = told.size;
    this.vocabulary = new Vocabulary(engine.letters, told.words, numbers(told.texts));
    this.starts = sums([0, ...numbers(told.drawers)]);
    this.firsts = sums([engine.pages.length, ...numbers(told.pages)]);
    this.initials = new Map(told.initials.split(" ").map((letters) => [letters, /** @type {Map<string, Where> | undefined} */ (undefined)]));
  }

  /** @type {Known} */
  has = (layer, pattern) => this.#look(layer, pattern, false).times > 0;

  /** In how many texts a word stands, as far as is known without a look. @param {string} word */
  often = (word) => Math.min(...this.vocabulary.parts([...word]).map(this.vocabulary.count));

  /**
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   */
  places = (layer, pattern) => this.#look(layer, pattern, true);

  /**
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @param {boolean} wanted
   * @returns {Found}
   */
  #look(layer, pattern, wanted) {
    const key = `${layer}:${typeof pattern === "string" ? pattern : pattern.join("/")}`;
    const known = this.found.get(key) ?? this.unsure.get(key);
    if (known) return known;
    if (layer === "initials") return this.#begun(/** @type {string[]} */ (pattern), key, wanted);
    const sets = begun([...pattern].filter((set) => set !== END));
    const { vocabulary } = this;
    const groups = vocabulary.parts(layer === "sound" ? sets.map(vocabulary.sounding) : sets);
    const texts = Math.min(...groups.map(vocabulary.count));
    if (!texts) return this.#keep(key, NOTHING);
    if (vocabulary.count(groups.flat()) > MOST) return this.#keep(key, { ...this.names.places(layer, pattern), texts, times: texts });
    const lists = groups.map((group) => group.map((number) => this.#where(number, wanted)));
    if (lists.flat().some((one) => !one)) return { ...NOTHING, texts, times: texts };
    const met = this.#met(/** @type {Where[][]} */ (lists), layer, pattern);
    return this.#keep(key, found(met, (use) => [use], Math.min(texts, met.size), met.size), sets.length < 3);
  }

  /**
   * What begins with some letters, by the sound of its characters.
   * @param {string[]} pattern
   * @param {string} key
   * @param {boolean} wanted
   * @returns {Found}
   */
  #begun(pattern, key, wanted) {
    const named = this.names.places("initials", pattern);
    const letters = pattern.map((set) => set[0]).join("");
    const file = letters.slice(0, 2);
    if (!this.initials.has(file)) return this.#keep(key, named);
    const begun = this.initials.get(file);
    if (!begun && wanted) this.missing.add(`initials-${file}`);
    if (!begun) return named;
    const some = [...begun].filter(([one]) => (letters.length < LONG ? one.startsWith(letters) : one === letters.slice(0, LONG)));
    /** @type {Map<number, Met>} */
    const names = new Map(Array.from(named.uses, (use, at) => [use, { worth: named.worths[at], whole: named.whole[at] > 0 }]));
    const met = new Map([...names, ...this.#met([some.map(([, where]) => where)], "initials", pattern)]);
    return this.#keep(key, found(met, (use) => [use], met.size, met.size), letters.length < 3);
  }

  /** @param {string} key @param {Found} found @param {boolean} [sure] */
  #keep(key, found, sure = true) {
    (sure ? this.found : this.unsure).set(key, found);
    return found;
  }

  /**
   * Where a word stands; nothing while that is not here.
   * @param {number} number
   * @param {boolean} wanted
   */
  #where(number, wanted) {
    const here = this.where.get(number);
    if (here || !wanted) return here;
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= number) low = middle;
      else high = middle;
    }
    this.missing.add(`drawer-${low}`);
  }

  /**
   * The texts in which some of each group stand, beside each other, in the order in which they are found in a corpus: a
   * text is numbered as its use is.
   * @param {Where[][]} groups
   * @param {Probe["layer"]} layer
   * @param {Probe["pattern"]} pattern
   * @returns {Map<number, Met>}
   */
  #met(groups, layer, pattern) {
    const { length } = pattern;
    const loose = shared(groups.map((group) => group.flatMap((one) => one.loose)), (entry) => entry);
    const pieces = shared(groups.map((group) => group.flatMap((one) => one.pieces)), (piece) => piece >> 1);
    /** @type {Map<number, Met>} */
    const met = new Map(loose.map((entry) => [3 * entry + 1, { worth: 1, whole: false }]));
    for (const piece of pieces) {
      const field = Math.floor(piece / 64);
      const text = 3 * (field >> 1) + 2 * (field & 1);
      const all = (piece >> 1) & LONGEST;
      if (all < length) continue;
      const [worth, whole] = [shape(length / all, (piece & 1) > 0), all === length];
      const before = met.get(text);
      if (before) [before.worth, before.whole] = [Math.max(before.worth, worth), before.whole || whole];
      else met.set(text, { worth, whole });
    }
    let texts = [...met].sort(([one], [two]) => one - two);
    if (length > 2) {
      const sets = [...pattern].map((set) => (set.length > 1 ? `[${set}]` : set.replace(/\W/, "\\$&")));
      const whole = new RegExp(sets.join(""));
      texts = texts.filter(([text]) => this.#reads(text, layer, whole));
    }
    return new Map(texts);
  }

  /**
   * Whether a text has a pattern, as far as is known: only one that is here can be read.
   * @param {number} text
   * @param {Probe["layer"]} layer
   * @param {RegExp} pattern
   */
  #reads(text, layer, pattern) {
    if (this.texts[text] === undefined) return true;
    const { text: written, sound } = this.engine.letters.layers(this.texts[text]);
    return pattern.test(layer === "text" ? written : sound);
  }

  /** Notes a page that is going to be shown. @param {number} page */
  want(page) {
    if (!this.pages.has(page)) this.missing.add(`page-${page}`);
  }

  /**
   * Whether all of some files came.
   * @param {string[]} names
   * @param {(name: string) => Promise<any>} get
   */
  async fetched(names, get) {
    const came = await Promise.allSettled(names.map((name) => this.coming.get(name) ?? this.#bring(name, get)));
    return came.every(({ status }) => status === "fulfilled");
  }

  /** @param {string} name @param {(name: string) => Promise<any>} get */
  #bring(name, get) {
    const brought = get(name).then((content) => this.put(name, content)).finally(() => this.coming.delete(name));
    this.coming.set(name, brought);
    return brought;
  }

  /**
   * Takes in a file that was missing.
   * @param {string} name
   * @param {any} content
   */
  put(name, content) {
    const [kind, number] = name.split("-");
    if (kind === "page") this.#show(Number(number), content);
    else if (kind === "drawer") this.#open(Number(number), content);
    else this.initials.set(number, new Map(Object.entries(content).map(([letters, told]) => [letters, where(told)])));
  }

  /** @param {number} drawer @param {string[]} told */
  #open(drawer, told) {
    const start = this.starts[drawer];
    if (told.length !== this.starts[drawer + 1] - start) throw new Error(`drawer ${drawer} is of another edition`);
    told.forEach((one, at) => this.where.set(start + at, where(one)));
  }

  /** @param {number} page @param {Page} said */
  #show(page, [summary, places]) {
    if (places.length !== this.firsts[page + 1] - this.firsts[page]) throw new Error(`page ${page} is of another edition`);
    this.pages.add(page);
    this.unsure.clear();
    this.texts[3 * page + 1] = summary;
    places.forEach(([anchor, title, words], at) => {
      const entry = this.firsts[page] + at;
      this.engine.entries[entry].anchor = anchor;
      [this.texts[3 * entry], this.texts[3 * entry + 1]] = [title, words];
    });
  }
}

/**
 * From here on, what is looked for is looked for in drawers.
 * @param {Engine} engine
 * @param {Head} told
 */
export function open(engine, told) {
  const drawers = new Drawers(engine, told);
  numbers(told.pages).forEach((count, page) => {
    for (let left = count; left; left--) engine.use({ page, anchor: "", texts: [0, 1, 2].map((field) => 3 * engine.entries.length + field) });
  });
  for (const place of sums(numbers(told.amounts))) engine.counted[engine.pages.length + place] = true;
  engine.corpus = engine.boundary.corpus = drawers;
  return drawers;
}
