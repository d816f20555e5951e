// @ts-check
// A quiz: asks one question after another (or all), says how each was answered, and how it ended. An exam is one with
// rules of its own (quiz/exam.js).

import { all, button, make } from "../dom.js";
import { Card } from "./card.js";
import * as record from "./record.js";
import { answer, due, missed, next, score, start, state } from "./score.js";
import { judged, keeping, printing, rereading, when } from "./words.js";

/** @typedef {import("./score.js").Sitting} Sitting */
/** @typedef {import("./score.js").Result} Result */
/** @typedef {{passed: boolean, words: string, more: string}} Verdict about the whole, and what is to be said beside it */

export class QuizSheet extends HTMLElement {
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
    for (const item of all(this, ".question")) this.cards.set(item.id.slice(1), new Card(item));
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

  whole = "做整份測驗";
  only = "只看這一題。";
  again = "全部重答";
  home = "回到 SOP";

  get questions() {
    return [...this.cards.values()].map(({ id, fingerprint, sop, kind }) => ({ id, fingerprint, sop, kind }));
  }

  get ids() {
    return [...this.cards.keys()];
  }

  open() {
    this.begin(this.fresh());
  }

  /** The next sitting: what is still open; all, where nothing is. */
  fresh() {
    const open = due(this.questions, record.load().results);
    return start(open.length ? open : this.ids);
  }

  /** From the first question, as if none had been answered. That holds once one is: until then, nothing is lost. */
  restart() {
    const before = this.answers.length;
    this.begin(start(this.ids), `從頭開始：答了一題，先前的 ${before} 題就不算了。`);
    this.instead = this.ids;
    this.arrange();
    this.turnTo(this.current ?? "");
  }

  /** What was answered here, in this sitting or another. @returns {Result[]} */
  get answers() {
    const { results } = record.load();
    return this.ids.flatMap((id) => results[id] ?? []);
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

  /** Shows what is asked now, and how far one is. */
  arrange() {
    const { queue, done } = this.sitting;
    const busy = !(this.ended || this.waiting);
    if (this.current && this.elsewhere(this.current)) this.current = next(this.sitting);
    for (const [id, card] of this.cards) {
      const asked = busy && queue.includes(id) && (this.listed ? !this.elsewhere(id) : id === this.current);
      const shown = this.alone ? card === this.alone : asked;
      if (shown && this.unready.delete(card)) card.ask((outcome, told) => this.answered(card, outcome, told));
      card.item.hidden = !shown;
      card.item.classList.toggle("out", queue.length > 0 && !queue.includes(id));
    }
    const count = Object.keys(done).length;
    const place = this.current ? queue.indexOf(this.current) + 1 : queue.length;
    this.count.textContent = this.listed ? `${queue.length} 題，已答 ${count} 題` : `第 ${place} 題，共 ${queue.length} 題`;
    this.bar.value = count / (queue.length || 1);
    const left = next(this.sitting);
    const stays = this.current && !this.listed ? !Object.hasOwn(done, this.current) : left;
    this.onward.textContent = left ? "下一題" : "看結果";
    this.head.hidden = !busy || !!this.alone;
    this.onward.hidden = this.head.hidden || !!stays;
    this.anew.hidden = this.head.hidden || this.instead.length > 0;
    this.aside.hidden = !this.alone;
    this.results.hidden = !this.ended || !!this.alone;
  }

  /** How far one is with the whole quiz, in words. */
  fared() {
    const { total, right, changed, open, status } = state(this.questions, record.load().results, this.passMark);
    const since = changed ? `你答對之後條文改了，${changed} 題要再答。` : "";
    const passed = `已通過：${total} 題答對 ${right} 題。`;
    const words = { new: "", changed: "", open: `已答對 ${right} 題，還有 ${open} 題。`, passed }[status];
    return (status === "new" ? "" : `上次作答是 ${when(this.answers)}。`) + since + words;
  }

  /** Another tab was at it, or one is back at a page that had gone to sleep: what was answered meanwhile is. */
  follow() {
    const now = Date.now();
    const { results } = record.load();
    for (const id of this.sitting.queue) {
      const one = results[id];
      const fits = one?.fingerprint === this.card(id).fingerprint && one.at >= this.since && one.at <= now;
      if (fits) this.take(id, one);
    }
    if (!this.instead.length) this.standing.textContent = this.fared();
    this.arrange();
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
    const { passed, words, more } = this.verdict();
    const heading = make("h2", { tabIndex: -1, className: `verdict ${passed ? "right" : "wrong"}` }, words);
    this.results.replaceChildren(heading, make("p", {}, more), ...rereading(missed(this.sitting).map((id) => this.card(id))), this.actions(), keeping());
    this.arrange();
    heading.focus();
  }

  /** Of the whole quiz; of this sitting no more than how many. @returns {Verdict} */
  verdict() {
    const { total, right, status } = state(this.questions, record.load().results, this.passMark);
    const sat = score(this.sitting, this.passMark);
    const part = sat.asked < total ? `這一次問 ${sat.asked} 題，答對 ${sat.right} 題。` : "";
    const passed = status === "passed";
    return { passed, words: judged(passed, right, total), more: `及格是 ${this.passMark} %。${part}` };
  }

  actions() {
    const wrong = missed(this.sitting);
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

  repeat() {
    this.begin(start(this.ids));
  }

  /** @param {string[]} ids */
  retry(ids) {
    this.begin(start(ids));
  }
}

customElements.define("quiz-sheet", QuizSheet);
