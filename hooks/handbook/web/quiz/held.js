// @ts-check
// An exam as a supervisor holds it: any answer may be changed until all are handed in at once, and only then is told how
// they were. Where the page says no answers (`keys: false`), what is to be said of them comes from the quizzes.

import { button, make } from "../dom.js";
import { fetched } from "../fetched.js";
import { ExamSheet } from "./exam.js";
import * as draft from "./draft.js";
import { HeldCard, isOpen } from "./held-card.js";
import * as record from "./record.js";

/** @typedef {import("./draft.js").Paper} Paper */
/** @typedef {import("./card.js").Card} Card */

class HeldExam extends ExamSheet {
  held = true;
  again = "再考一次";
  checking = false; // what is still open, before it is handed in
  back = button("上一題", () => this.step(-1), { className: "back" });
  hand = button("交卷", () => this.check(), { className: "hand" });
  steps = make("div", { className: "steps" });
  panel = make("section", { className: "check actions", hidden: true });

  /** @param {HTMLElement} item */
  make(item) {
    return new HeldCard(item);
  }

  /** @param {string} id */
  card(id) {
    return /** @type {HeldCard} */ (super.card(id));
  }

  /** @returns {import("./draft.js").Helds} */
  get given() {
    return this.paper?.given ?? {};
  }

  // ── what is asked ──

  open() {
    this.querySelector(".questions")?.before(this.results, this.panel); // above what is said of each question
    this.onward.replaceWith(this.steps);
    this.steps.append(this.back, this.onward, this.hand);
    this.tools.querySelector("label")?.remove(); // answers are not for paper yet
    super.open();
  }

  /** No question is asked alone: that would tell its answer. */
  turn() {
    super.turn();
    this.alone = null;
    this.arrange();
  }

  /**
   * @param {import("./score.js").Sitting} sitting
   * @param {string} words
   */
  lay(sitting, words) {
    this.checking = false;
    super.lay(sitting, words);
    this.current = sitting.queue.find((id) => isOpen(this.given[id]?.letters ?? "")) ?? sitting.queue[0];
    this.arrange();
  }

  /** @param {Card} card */
  ready(card) {
    const held = this.given[card.id];
    const one = this.card(card.id);
    one.hold(held?.letters ?? "", held?.sure ?? true, () => this.change(one));
  }

  /** @param {HeldCard} card */
  change(card) {
    const { id, given: letters, sure, fingerprint } = card;
    const at = Math.max(Date.now(), (this.given[id]?.at ?? 0) + 1); // of two taps in one moment, the later one counts elsewhere too
    this.given[id] = { letters, sure, fingerprint, at };
    this.kept = draft.save(this.role, this.here);
    this.tell();
  }

  /** @param {Paper} same */
  join(same) {
    const given = draft.newer(this.given, this.fitting(same.given));
    for (const id of Object.keys(given)) if (given[id].letters !== this.given[id]?.letters) this.unready.add(this.card(id));
    if (this.paper) this.paper.given = given;
    super.join(same);
  }

  /** @param {string} id */
  shows(id) {
    if (this.ended) return this.sitting.queue.includes(id);
    return !this.checking && super.shows(id);
  }

  /** Those that are not answered, or not wholly. */
  get left() {
    return this.sitting.queue.filter((id) => isOpen(this.given[id]?.letters ?? ""));
  }

  tell() {
    const { queue } = this.sitting;
    const [place, last] = [queue.indexOf(this.current ?? ""), queue.length - 1];
    this.reached(queue.length - this.left.length);
    this.steps.hidden = this.head.hidden || this.checking;
    this.panel.hidden = !this.busy || !this.checking;
    this.anew.hidden = this.steps.hidden;
    this.onward.textContent = "下一題";
    this.onward.hidden = this.listed || place === last;
    this.back.hidden = this.listed || place <= 0;
  }

  /** @param {number} count */
  reached(count) {
    super.reached(count);
    if (!this.listed) this.count.textContent += `，答了 ${count} 題`;
  }

  proceed() {
    this.step(1);
  }

  /** @param {number} by */
  step(by) {
    const { queue } = this.sitting;
    this.goTo(queue[queue.indexOf(this.current ?? "") + by]);
  }

  /** @param {string} id */
  goTo(id) {
    this.current = id;
    this.checking = false;
    this.arrange();
    this.turnTo(id);
  }

  // ── handing in ──

  /** Says what is still open, and asks once. */
  check() {
    this.checking = true;
    const { queue } = this.sitting;
    const open = this.left;
    const words = open.length ? `還有 ${open.length} 題沒有答完，交卷就算沒答對：` : `${queue.length} 題都答了。交卷以後就不能改。`;
    const heading = make("h2", { tabIndex: -1 }, "交卷以前");
    const list = make("ul", { className: "open" }, ...open.map((id) => make("li", {}, button(`第 ${queue.indexOf(id) + 1} 題`, () => this.goTo(id)))));
    const back = button("回去作答", () => this.goTo(this.current ?? queue[0]));
    this.panel.replaceChildren(heading, make("p", {}, words), ...(open.length ? [list] : []), button("確定交卷", () => this.end()), back);
    this.arrange();
    heading.focus();
  }

  get at() {
    return this.handed;
  }

  handed = 0;

  end() {
    this.handed = Math.min(Date.now(), this.paper?.until || Infinity);
    this.checking = false;
    for (const [id, { letters, sure, fingerprint, at }] of Object.entries(this.given)) {
      if (isOpen(letters)) continue;
      const result = { fingerprint, right: this.card(id).fits(letters), sure, at };
      record.put(id, result);
      this.take(id, result);
    }
    /** @type {import("./log.js").Log} */
    const answers = new Map(Object.entries(this.sitting.done).map(([id, one]) => [id, [one]]));
    import("./log.js").then(({ load, merge, save }) => save(merge(load(), answers)), () => {});
    super.end();
    this.reveal();
    this.explain();
  }

  /** How each answer was. */
  reveal() {
    for (const id of this.sitting.queue) {
      this.unready.delete(this.card(id));
      this.card(id).reveal(this.given[id]?.letters ?? "", this.given[id]?.sure ?? true);
    }
  }

  /** What there is to say of each question, where this page keeps it to itself. */
  async explain() {
    const cards = this.sitting.queue.map((id) => this.card(id)).filter((card) => card.item.querySelector("[data-sealed]"));
    const { paper } = this;
    const found = await Promise.all([...new Set(cards.map(({ sop }) => sop))].map(async (sop) => /** @type {const} */ ([sop, await this.quiz(sop)])));
    const quizzes = new Map(found);
    for (const card of cards) {
      const whole = quizzes.get(card.sop)?.getElementById(card.item.id);
      if (whole?.dataset.fingerprint === card.fingerprint) card.unseal(whole);
    }
    if (this.ended && this.paper === paper && found.some(([, page]) => page)) this.reveal();
  }

  /** The page of an SOP's quiz; null where there is none, or no signal. @param {string} sop */
  quiz(sop) {
    return fetched((this.dataset.progress ?? "").replace(/(index\.html)?$/, `${sop}/$1`));
  }

  /** What was missed is all below. */
  actions() {
    return super.actions([]);
  }
}

customElements.define("held-exam", HeldExam);
