// @ts-check
// A quiz or an exam: asks one question after another (or all), says how each was answered, and how it ended.

import { all, make } from "../dom.js";
import { read, write } from "../storage.js";
import { Card } from "./card.js";
import * as record from "./record.js";
import { answer, draw, due, missed, next, score, start, state } from "./score.js";

/** @typedef {import("./score.js").Sitting} Sitting */

class QuizSheet extends HTMLElement {
  /** @type {Map<string, Card>} */
  cards = new Map();
  /** Those that were not on the screen yet: a phone takes its time to make one ready. @type {Set<Card>} */
  unready = new Set();
  sitting = start([]);
  /** @type {string | null} */
  current = null;
  retried = false; // whether what was missed is asked again, which is no exam any more

  head = make("div", { className: "sheet-head" });
  told = make("p", { className: "heard", role: "status" });
  standing = make("p", { className: "standing" });
  one = make("button", { type: "button", onclick: () => this.list(false) }, "一題一題");
  every = make("button", { type: "button", onclick: () => this.list(true) }, "全部列出");
  count = make("p", { className: "count" });
  bar = make("progress", { max: 1, value: 0, ariaHidden: "true" });
  onward = make("button", { type: "button", className: "next", onclick: () => this.proceed() });
  results = make("section", { className: "results", hidden: true });

  connectedCallback() {
    if (this.cards.size) return; // moved on the page, not new on it
    for (const item of all(this, ".question")) this.cards.set(item.id.slice(1), new Card(item));
    const modes = make("div", { className: "modes", role: "group", ariaLabel: "題目怎麼排" }, this.one, this.every);
    this.head.append(this.standing, modes, this.count, this.bar);
    this.prepend(this.head, this.told);
    this.append(this.onward, this.results);
    this.begin(this.unfinished() ?? this.fresh());
    this.list(this.targeted);
    if (!this.current) this.end();
  }

  /** Per cent that must be right. */
  get passMark() {
    return Number(this.dataset.pass);
  }

  /** How many questions an exam has; 0 for a quiz, which asks all. */
  get size() {
    return Number(this.dataset.exam ?? 0);
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

  /** Whether the address names one of the questions here. */
  get targeted() {
    return this.cards.has(location.hash.slice(2));
  }

  /** The name under which an exam is kept that was left in the middle. */
  get draft() {
    return `quiz-exam-${this.dataset.sheet}`;
  }

  get questions() {
    return [...this.cards.values()].map(({ id, fingerprint, sop, kind }) => ({ id, fingerprint, sop, kind }));
  }

  get ids() {
    return [...this.cards.keys()];
  }

  /** An exam that was left before its result was seen, if it still asks what is here. */
  unfinished() {
    const { queue, done } = /** @type {Partial<Sitting>} */ ((this.size && read(this.draft)) || {});
    if (!Array.isArray(queue) || typeof done !== "object" || done === null) return null;
    const outcomes = Object.values(done);
    if (!outcomes.length || !outcomes.every((one) => typeof one?.right === "boolean")) return null;
    return queue.every((id) => this.cards.has(id)) ? { queue, done } : null;
  }

  /** The next sitting: an exam draws, a quiz asks what is still open; all, where nothing is. */
  fresh() {
    if (this.size) return start(draw(this.questions, this.size, Math.random));
    const open = this.targeted ? [] : due(this.questions, record.load().results);
    return start(open.length ? open : this.ids);
  }

  /** @param {Sitting} sitting */
  begin(sitting) {
    this.sitting = sitting;
    const questions = /** @type {HTMLElement} */ (this.querySelector(".questions"));
    const cards = sitting.queue.map((id) => this.card(id));
    for (const card of cards) this.unready.add(card);
    const placed = cards.every((card, place) => questions.children[place] === card.item);
    if (!placed) questions.append(...cards.map((card) => card.item)); // what moves is drawn anew
    this.current = next(sitting);
    this.results.hidden = true;
    this.head.hidden = false;
    this.standing.textContent = this.fared();
    this.arrange();
  }

  /** @param {string} id */
  card(id) {
    return /** @type {Card} */ (this.cards.get(id));
  }

  /** Shows what is asked now, and how far one is. */
  arrange() {
    const { queue, done } = this.sitting;
    for (const [id, card] of this.cards) {
      const before = Object.hasOwn(done, id) && !card.item.classList.contains("answered"); // on an earlier visit
      const asked = queue.includes(id) && (this.listed ? !before : id === this.current);
      if (asked && this.unready.delete(card)) card.ask((outcome, told) => this.answered(card, outcome, told));
      card.item.hidden = !asked || !this.results.hidden;
    }
    const count = Object.keys(done).length;
    const place = this.current ? queue.indexOf(this.current) + 1 : queue.length;
    this.count.textContent = this.listed ? `${queue.length} 題，已答 ${count} 題` : `第 ${place} 題，共 ${queue.length} 題`;
    this.bar.value = count / queue.length;
    const left = next(this.sitting);
    this.onward.textContent = left ? "下一題" : "看結果";
    this.onward.hidden = this.listed ? left !== null : !Object.hasOwn(done, this.current ?? "");
  }

  /** How far one is with the whole quiz, in words. */
  fared() {
    if (this.size) return "";
    const { total, right, changed, open, status } = state(this.questions, record.load().results, this.passMark);
    const since = changed ? `你答對之後條文改了，${changed} 題要再答。` : "";
    const passed = `已通過：${total} 題答對 ${right} 題。`;
    return since + { new: "", changed: "", open: `已答對 ${right} 題，還有 ${open} 題。`, passed }[status];
  }

  // ── what was answered ──

  /**
   * @param {Card} card
   * @param {import("./card.js").Outcome} outcome
   * @param {string} told
   */
  answered(card, { right, sure }, told) {
    this.sitting = answer(this.sitting, card.id, right, sure);
    record.put(card.id, { fingerprint: card.fingerprint, right, sure, at: Date.now() });
    if (this.size && !this.retried) write(this.draft, this.sitting);
    this.told.textContent = told;
    this.arrange();
  }

  proceed() {
    this.current = next(this.sitting);
    if (!this.current) return this.end();
    this.arrange();
    this.turnTo(this.current);
  }

  /** @param {string} id */
  turnTo(id) {
    const { head } = this.card(id);
    head.tabIndex = -1;
    head.focus();
  }

  // ── how it ended ──

  end() {
    const { asked, right, percent, passed } = score(this.sitting, this.passMark);
    if (this.size && !this.retried) {
      write(this.draft, null);
      const fingerprint = this.dataset.fingerprint ?? "";
      record.putExam(this.dataset.sheet ?? "", { fingerprint, right, asked, passed, at: Date.now() });
    }
    const heading = make("h2", { tabIndex: -1 }, `答對 ${right} 題，共 ${asked} 題（${percent} %）`);
    const result = passed ? `通過，及格是 ${this.passMark} %。` : `還沒到及格的 ${this.passMark} %。`;
    const words = this.size && this.retried ? "這是重答，考試的成績不變。要再考，按「換一卷再考」。" : result;
    const verdict = make("p", { className: `verdict ${passed ? "right" : "wrong"}` }, words);
    const whole = this.fared() ? [make("p", {}, `整份測驗：${this.fared()}`)] : [];
    this.results.replaceChildren(heading, verdict, ...whole, ...this.rereading(), this.actions(), this.keeping());
    this.results.hidden = false;
    this.arrange();
    this.onward.hidden = this.head.hidden = true;
    heading.focus();
  }

  /** The clauses of what was missed, each once. */
  rereading() {
    /** @type {Map<string | null, Node>} */
    const links = new Map();
    for (const link of missed(this.sitting).flatMap((id) => this.card(id).reading)) {
      links.set(link.getAttribute("href"), link.cloneNode(true));
    }
    const items = [...links.values()].map((link) => make("li", {}, link));
    return items.length ? [make("h3", {}, "再讀這幾條"), make("ul", { className: "reread" }, ...items)] : [];
  }

  actions() {
    const again = missed(this.sitting);
    const links = [
      make("a", { href: this.dataset.read }, this.size ? "回到崗位" : "回到 SOP"),
      make("a", { href: this.dataset.progress }, "看我的進度"),
    ];
    const buttons = [this.action(this.size ? "換一卷再考" : "全部重答", () => (this.size ? this.fresh() : start(this.ids)), false)];
    if (again.length) buttons.unshift(this.action(`再答錯的 ${again.length} 題`, () => start(again), true));
    return make("div", { className: "actions" }, ...buttons, ...links);
  }

  /**
   * @param {string} words
   * @param {() => Sitting} sitting
   * @param {boolean} retried
   */
  action(words, sitting, retried) {
    const onclick = () => {
      this.retried = retried;
      this.begin(sitting());
      this.turnTo(this.current ?? "");
    };
    return make("button", { type: "button", onclick }, words);
  }

  /** Whether the results stay, said before it is too late. */
  keeping() {
    const lost = "這支手機存不了成績：關掉這一頁就沒有了。";
    const kept = "成績只留在這支手機。Safari 七天沒打開這個網站，就會清掉；到「我的進度」可以存成檔案。";
    return make("p", { className: "keeping" }, record.kept() ? kept : lost);
  }
}

customElements.define("quiz-sheet", QuizSheet);
