// @ts-check
// From what somebody typed to the clauses that answer it, best first. Knows no browser.

import { Boundary } from "./boundary.js";
import { Corpus } from "./corpus.js";
import { escape, extract, signs } from "./extract.js";
import { lacking, written } from "./lacking.js";
import { Letters } from "./letters.js";
import { understand } from "./query.js";
import { Synonyms } from "./synonyms.js";
import { weigh } from "./weighing.js";
import { WEIGHTS } from "./weights.js";

/** @typedef {import("./letters.js").Table} Table */
/** @typedef {import("./query.js").Query} Query */

/** @typedef {[address: string, title: string, summary: string, aliases: string[], weight: number]} PageData */
/** @typedef {[page: number, anchor: string, title: number, words: number, aliases: number]} PlaceData texts: 0 for the next, or how far before it */
/** @typedef {Table & {pages: PageData[], said: [word: string, ...said: string[]][], kin: string[], glossary: number}} Names `glossary` is a page */
/** @typedef {{texts: string[], places: PlaceData[]} | Table} Part */

/** @typedef {{page: number, anchor: string, texts: number[]}} Entry title, words, aliases */
/** @typedef {{location: string, title: string, text: string, terms: Record<string, boolean>, score: number}} Result */
/** @typedef {{number: number, own: number, score: number}} Scored an entry: what it has itself, and with its page's help */
/**
 * @typedef {object} Answer
 * @property {Result[][]} items pages, each with its places
 * @property {number} covered what share of the query is met
 * @property {string[]} missing files without which the answer is not whole, and is none
 * @property {string[]} lacking the telling words of the query that the first page does not have, as they were typed, as HTML
 */

const AMOUNT = /（[^）]*[0-9][^）]*）$/; // how a clause's line ends that has any
const SHOWN = 3; // places of a page that are seen at once
const FOLDED = 5; // and behind 'more'
const PAGES = 12;
const READ = 3; // of them are shown with their places where each has to be fetched
const WORTH = 0.45; // of the best place's own match, to be shown at all
const LONGEST = 200; // characters of a query: who pastes a page gets what its beginning finds, at once

export class Engine {
  /** @param {Names} names */
  constructor(names) {
    this.letters = new Letters();
    this.letters.add(names);
    /** @type {number[][]} text → the entries that it stands in, and where: 3 × entry + field */
    this.uses = [];
    /** @type {Corpus | import("./drawers.js").Drawers} */
    this.corpus = new Corpus(this.letters, this.uses);
    this.pages = names.pages;
    this.glossary = names.glossary;
    /** @type {Entry[]} pages first */
    this.entries = [];
    /** @type {boolean[]} entry → whether it says how much or when */
    this.counted = [];
    /** @type {number[]} entry → its page */
    this.pageOf = [];
    this.synonyms = new Synonyms(names.said, names.kin, this.letters.normal);
    const called = this.pages.flatMap(([, title, , aliases]) => [title, ...aliases]);
    this.boundary = new Boundary(this.corpus, this.synonyms, called.map(this.letters.normal));
    this.pages.forEach(([, title, summary, aliases], page) => {
      const first = 3 * page;
      this.use({ page, anchor: "", texts: [first, first + 1, first + 2] });
    });
    this.told = 3 * this.pages.length; // texts, so far: those of places are numbered after those of pages
    this.corpus.add(this.pages.flatMap(([, title, summary, aliases]) => [title, summary, aliases.join("\n")]));
    this.#count();
  }

  /** @param {Entry} entry */
  use(entry) {
    const number = this.entries.push(entry) - 1;
    this.pageOf.push(entry.page);
    entry.texts.forEach((text, field) => (this.uses[text] ??= []).push(3 * number + field));
  }

  /** Notes of the entries that came last whether they say how much or when. */
  #count() {
    const more = this.entries.slice(this.counted.length);
    this.counted.push(...more.map(({ texts: [title] }) => AMOUNT.test(this.corpus.texts[title])));
  }

  /**
   * A part of what stands in the pages, or more characters that people type; parts come in their order.
   * @param {Part} part
   */
  add(part) {
    if ("fold" in part) return this.letters.add(part);
    if (!(this.corpus instanceof Corpus)) return;
    for (const [page, anchor, ...before] of part.places) {
      this.use({ page, anchor, texts: before.map((back) => (back ? this.told - back : this.told++)) });
    }
    this.corpus.add(part.texts);
    this.#count();
  }

  /**
   * @param {string} typed
   * @param {boolean} [anyway] with what is here, though more is missing
   * @returns {Answer}
   */
  search(typed, anyway = false) {
    typed = typed.slice(0, LONGEST);
    const { corpus } = this;
    const known = corpus.has;
    corpus.missing.clear();
    const query = understand(typed, { letters: this.letters, synonyms: this.synonyms, known });
    for (const { layer, pattern } of query.probes) corpus.places(layer, pattern);
    if (corpus.missing.size && !anyway) return this.#without();
    const { cells, sure, at, met: touched } = weigh(query, this);
    const size = query.weights.length;
    const whole = query.weights.reduce((sum, weight) => sum + weight, 0);
    /** @type {Map<number, {best: number, score: number, covered: number, places: Scored[]}>} */
    const pages = new Map();
    for (const number of touched) {
      const around = this.pageOf[number]; // pages are the first entries: a page's number is its entry's
      const [start, above] = [at[number], at[around]];
      let own = 0;
      let score = 0;
      let covered = 0;
      for (let part = 0, here = start, there = above; part < size; part++, here++, there++) {
        own += cells[here];
        score += Math.max(cells[here], WEIGHTS.context * cells[there]);
        if (sure[here] || sure[there]) covered += query.weights[part] / whole;
      }
      if (!own) continue;
      if (query.amount && this.counted[number]) score *= WEIGHTS.amount;
      if (query.meaning && around === this.glossary) score *= WEIGHTS.meaning;
      score *= WEIGHTS.partial + (1 - WEIGHTS.partial) * covered;
      const page = pages.get(around) ?? { best: number, score: 0, covered: 0, places: [] };
      if (number >= this.pages.length) page.places.push({ number, own, score });
      if (score > page.score) page.best = number;
      page.score = Math.max(page.score, score) + WEIGHTS.also * Math.min(page.score, score);
      page.covered = Math.max(page.covered, covered);
      pages.set(around, page);
    }
    const ranked = [...pages].map(([number, page]) => ({ number, ...page, score: page.score * this.pages[number][4] }));
    ranked.sort((one, two) => two.score - one.score);
    if (!corpus.missing.size) for (const { number } of ranked.slice(0, READ)) corpus.want(number);
    if (corpus.missing.size && !anyway) return this.#without();
    const meant = signs(query, ({ layer, pattern }) => known(layer, pattern));
    const items = ranked.slice(0, PAGES).map(({ number, places, score }) => this.#item(number, places, score, meant));
    const [{ number = 0, best = 0 } = {}] = ranked;
    /** @param {number} part */
    const met = (part) => ranked.length > 0 && (sure[at[number] + part] || sure[at[best] + part]) > 0;
    return {
      items,
      covered: Math.max(0, ...ranked.map(({ covered }) => covered)),
      missing: [],
      lacking: lacking(query, met).map((word) => escape(written(word, typed, this.letters))),
    };
  }

  /** @returns {Answer} */
  #without = () => ({ items: [], covered: 0, lacking: [], missing: [...this.corpus.missing] });

  /**
   * A page as the list shows it: itself, then its best places, which share a score, then what is behind 'more'.
   * @param {number} number
   * @param {Scored[]} places
   * @param {number} score
   * @param {import("./extract.js").Sign[]} meant
   * @returns {Result[]}
   */
  #item(number, places, score, meant) {
    const best = Math.max(...places.map(({ own }) => own));
    const worth = places.filter(({ own }) => own >= WORTH * best).sort((one, two) => two.own + two.score - one.own - one.score);
    const here = worth.slice(0, SHOWN + FOLDED).map((place) => this.entries[place.number]).filter(({ anchor }) => anchor);
    const shown = [this.entries[number], ...here].map((entry, at) => {
      const [title, words = ""] = entry.texts.map((text) => this.corpus.texts[text]);
      const address = this.pages[number][0] + (entry.anchor ? `#${entry.anchor}` : "");
      return { location: address, ...extract(meant, this.letters, this.boundary, title, words), score: at > SHOWN ? score / 2 : score };
    });
    // Who opens the page, and not a place in it, sees marked there what was met anywhere in it.
    Object.assign(shown[0].terms, ...shown.map(({ terms }) => terms));
    return shown;
  }
}
