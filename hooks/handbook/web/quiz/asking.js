// @ts-check
// Asks one question after another (or all), says how each was answered, and how it ended. What is asked, and what counts,
// is for a quiz (quiz/sheet.js) and for an exam (quiz/exam.js) to say.

import { all, button, make } from "../dom.js";
import { Card } from "./card.js";
import * as record from "./record.js";
import { answer, missed, next, start } from "./score.js";
import { keeping, printing, rereading } from "./words.js";

/** @typedef {import("./score.js").Sitting} Sitting */
/** @typedef {import("./score.js").Result} Result */
/** @typedef {{passed: boolean, words: string, more: string}} Verdict about the whole, and what is to be said beside it */

export class Sheet extends HTMLElement {
  /** @type {Map<string, Card>} */
  cards = new Map();
  /** Those to be made ready when they come on the screen: a phone takes its time to make one so. @type {Set<Card>} */
  unready = new Set();
  sitting = start([]);
  /** @type {string | null} */
  current = null;
  /** The question that a link named: shown alone, whatever else is going on. @type {Card | null} */
  alone = null;
  ended = false;
  waiting = false; // for the reader's word on what to ask
  since = 0; // when the sitting began
  /** Whose answers the first one to come takes the place of. @type {string[]} */
  instead = [];
  away = new AbortController();

  head = make("div", { className: "sheet-head" });
  told = make("p", { className: "heard", role: "status" });
  standing = make("p", { className: "standing" });
  one = button("一題一題", () => this.list(false));
  every = button("全部列出", () => this.list(true));
  count = make("p", { className: "count" });
  bar = make("progress", { max: 1, value: 0, ariaHidden: "true" });
  anew = button("從頭開始", () => this.restart(), { className: "anew" });
  aside = make("div", { className: "actions" });
  onward = button("", () => this.proceed(), { className: "next" });
  results = make("section", { className: "results", hidden: true });
  tools = make("div", { className: "tools" }, ...printing(this));

  connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    for (const type of ["storage", "pageshow"]) addEventListener(type, () => this.follow(), { signal });
    addEventListener("hashchange", () => this.turn(), { signal });
    if (!this.cards.size) this.build(); // else moved on the page, not new on it
  }

  disconnectedCallback() {
    this.away.abort();
  }

  build() {
    for (const item of all(this, ".question")) this.cards.set(item.id.slice(1), this.make(item));
    const modes = make("div", { className: "modes", role: "group", ariaLabel: "題目怎麼排" }, this.one, this.every);
    const back = button(this.whole, () => this.leave());
    this.aside.append(make("p", {}, this.only), back);
    this.head.append(this.standing, modes, this.count, this.bar);
    this.prepend(this.head, this.told, this.aside);
    this.append(this.onward, this.results, this.tools);
    this.open();
    this.list(false);
    this.turn();
  }

  /** @param {HTMLElement} item */
  make(item) {
    return new Card(item);
  }

  /** Per cent that must be right. */
  get passMark() {
    return Number(this.dataset.pass);
  }

  /** @param {boolean} every all questions in a list, or one after the other */
  list(every) {
    this.classList.toggle("every", every);
    this.classList.toggle("one", !every);
    this.one.ariaPressed = String(!every);
    this.every.ariaPressed = String(every);
    this.arrange();
  }

  /** @returns {boolean} */
  get listed() {
    return this.classList.contains("every");
  }

  // ── what is asked ──

  whole = "";
  only = "";
  again = "";
  home = "";

  get questions() {
    return [...this.cards.values()].map(({ id, fingerprint, sop, kind }) => ({ id, fingerprint, sop, kind }));
  }

  get ids() {
    return [...this.cards.keys()];
  }

  /** Begins with something. */
  open() {}

  /** From the first question. */
  restart() {}

  /** As something is over: again. */
  repeat() {}

  /** What another tab did, and what the clock did. */
  follow() {}

  /** How far one is, in words. */
  fared() {
    return "";
  }

  /** Makes a question ready. @param {Card} card */
  ready(card) {
    card.ask((outcome, told) => this.answered(card, outcome, told));
  }

  /**
   * @param {Sitting} sitting
   * @param {string} [words] on how it came to be
   */
  begin(sitting, words = this.fared()) {
    this.sitting = sitting;
    this.since = Date.now();
    this.instead = [];
    this.ended = false;
    const questions = /** @type {HTMLElement} */ (this.querySelector(".questions"));
    const cards = sitting.queue.map((id) => this.card(id));
    for (const card of cards) this.unready.add(card);
    const placed = cards.every((card, place) => questions.children[place] === card.item);
    if (!placed) questions.append(...cards.map((card) => card.item)); // what moves is drawn anew
    this.current = next(sitting);
    this.standing.textContent = words;
    if (words) this.standing.after(this.anew);
    else this.tools.append(this.anew);
    this.arrange();
  }

  /** @param {string} id */
  card(id) {
    return /** @type {Card} */ (this.cards.get(id));
  }

  /**
   * Whether a question was answered, and not where one sees it: on an earlier visit, in another tab.
   * @param {string} id
   */
  elsewhere(id) {
    const card = this.card(id);
    return Object.hasOwn(this.sitting.done, id) && (this.unready.has(card) || !card.item.classList.contains("answered"));
  }

  /** Whether something is asked now. */
  get busy() {
    return !(this.ended || this.waiting);
  }

  /** Whether a question is one of those on the screen. @param {string} id */
  shows(id) {
    return this.busy && this.sitting.queue.includes(id) && (this.listed ? !this.elsewhere(id) : id === this.current);
  }

  /** Shows what is asked now, and how far one is. */
  arrange() {
    if (this.current && this.elsewhere(this.current)) this.current = next(this.sitting);
    for (const [id, card] of this.cards) {
      const shown = this.alone ? card === this.alone : this.shows(id);
      if (shown && this.unready.delete(card)) this.ready(card);
      card.item.hidden = !shown;
    }
    this.head.hidden = !this.busy || !!this.alone;
    this.aside.hidden = !this.alone;
    this.results.hidden = !this.ended || !!this.alone;
    this.tell();
  }

  /** Says how far one is, and leads on. */
  tell() {
    const { done } = this.sitting;
    this.reached(Object.keys(done).length);
    const left = next(this.sitting);
    const stays = this.current && !this.listed ? !Object.hasOwn(done, this.current) : left;
    this.onward.textContent = left ? "下一題" : "看結果";
    this.onward.hidden = this.head.hidden || !!stays;
    this.anew.hidden = this.head.hidden || this.instead.length > 0;
  }

  /** @param {number} count of questions that are answered */
  reached(count) {
    const { queue } = this.sitting;
    const place = this.current ? queue.indexOf(this.current) + 1 : queue.length;
    this.count.textContent = this.listed ? `${queue.length} 題，已答 ${count} 題` : `第 ${place} 題，共 ${queue.length} 題`;
    this.bar.value = count / (queue.length || 1);
  }

  // ── by a link ──

  /** Where the address names one of the questions here, it is shown alone; what was begun stays as it is. */
  turn() {
    const named = this.cards.get(location.hash.slice(2).split("/", 2).join("/")) ?? null;
    if (named === this.alone) return;
    for (const card of [named, this.alone]) if (card) this.unready.add(card);
    this.alone = named;
    this.follow();
    if (named) this.aside.scrollIntoView();
  }

  /** From the question of a link to all. */
  leave() {
    history.replaceState(history.state, "", location.pathname + location.search);
    this.turn();
    this.turnTo(this.current ?? "");
  }

  // ── what was answered ──

  /**
   * @param {Card} card
   * @param {import("./card.js").Outcome} outcome
   * @param {string} told
   */
  answered(card, outcome, told) {
    const result = { fingerprint: card.fingerprint, ...outcome, at: Date.now() };
    this.keep(card.id, result, this.alone ? [] : this.instead);
    if (!this.alone) {
      this.instead = [];
      this.take(card.id, result);
    }
    this.told.textContent = told;
    this.arrange();
  }

  /**
   * In the record, and in the log: should that not come, the record's answer is in it later.
   * @param {string} id
   * @param {Result} result
   * @param {string[]} instead
   */
  keep(id, result, instead) {
    record.put(id, result, instead);
    import("./log.js").then(({ add }) => add(id, result), () => {});
  }

  /**
   * @param {string} id
   * @param {Result} result
   */
  take(id, result) {
    this.sitting = answer(this.sitting, id, result);
  }

  proceed() {
    this.current = next(this.sitting);
    if (!this.current) return this.end();
    this.arrange();
    this.turnTo(this.current);
  }

  /** @param {string} id */
  turnTo(id) {
    const head = this.cards.get(id)?.head;
    if (!head) return;
    head.tabIndex = -1;
    head.focus();
  }

  // ── how it ended ──

  end() {
    this.ended = true;
    const { passed, words, more } = /** @type {{verdict: () => Verdict}} */ (/** @type {any} */ (this)).verdict(); // every sheet has one
    const heading = make("h2", { tabIndex: -1, className: `verdict ${passed ? "right" : "wrong"}` }, words);
    const wrong = missed(this.sitting);
    this.results.replaceChildren(heading, make("p", {}, more), ...rereading(wrong.map((id) => this.card(id))), this.actions(wrong), keeping());
    this.arrange();
    heading.focus();
  }

  /** @param {string[]} wrong that may be asked again */
  actions(wrong) {
    const links = [
      make("a", { href: this.dataset.read }, this.home),
      make("a", { href: this.dataset.progress }, "看我的進度"),
    ];
    const buttons = [this.action(this.again, () => this.repeat())];
    if (wrong.length) buttons.unshift(this.action(`再答錯的 ${wrong.length} 題`, () => this.retry(wrong)));
    return make("div", { className: "actions" }, ...buttons, ...links);
  }

  /**
   * @param {string} words
   * @param {() => void} go
   */
  action(words, go) {
    return button(words, () => {
      go();
      this.turnTo(this.current ?? "");
    });
  }

  /** @param {string[]} ids */
  retry(ids) {
    this.begin(start(ids));
  }
}

