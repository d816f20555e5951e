// @ts-check
// A role's exam: so many questions drawn from its pool, by a code that a supervisor names or by chance. What was begun is
// offered to who comes back, for a day, or until its time is over; what counts are first answers to the clauses as they
// stand. Where feedback comes at the end, more is another way (quiz/held.js).

import { button, make } from "../dom.js";
import { chance, draw } from "./chance.js";
import * as draft from "./draft.js";
import { Invitation, MINUTE } from "./invitation.js";
import { PaperCard } from "./mix.js";
import { anyCode, isNamed, linked } from "./offer.js";
import * as record from "./record.js";
import { next, score, start } from "./score.js";
import { judged, when } from "./words.js";

/** @typedef {import("./draft.js").Paper} Paper */
/** @typedef {import("./score.js").Result} Result */
/** @typedef {import("./score.js").Sitting} Sitting */


export class ExamSheet extends Invitation {
  kept = false; // whether the storage has it
  closing = ""; // why it came to its end by itself
  drawn = make("p", { className: "drawn" });

  whole = "去考試";
  only = "只看這一題，不算在考試裡。";
  again = "換一卷再考";
  home = "回到崗位";

  /** @param {HTMLElement} item @returns {PaperCard} */
  make(item) {
    return new PaperCard(item);
  }

  // ── what is asked ──

  open() {
    this.aside.after(this.offer);
    this.head.append(this.drawn, this.clock);
    if (!this.asksFirst) this.tools.prepend(button("照主管給的代碼考", () => this.consider()));
    this.named = linked();
    this.renew();
  }

  /**
   * Offers what was begun, or begins.
   * @param {string} [words] on why
   */
  renew(words = "") {
    const papers = draft.load(this.role);
    const over = papers.filter(draft.isOver);
    const old = papers.filter((one) => !over.includes(one) && !draft.alive(one));
    for (const paper of old) {
      draft.drop(this.role, paper.begun);
      words = `上一場答了 ${draft.count(paper)} 題，已經超過一天：這是新的一場。`;
    }
    for (const paper of over) this.resume(paper);
    if (this.ended) return;
    const paper = papers.filter((one) => !over.includes(one) && !old.includes(one)).pop();
    const same = this.waiting && (paper ? this.offered && alike(paper, this.offered) : !this.offered);
    if (same) this.arrange();
    else if (paper) this.ask(paper);
    else this.repeat(words);
  }

  /**
   * Begins.
   * @param {string} code
   * @param {string} [words] on why
   */
  sit(code, words = "") {
    const now = Date.now();
    const until = this.minutes ? now + this.minutes * MINUTE : 0;
    this.paper = { begun: now + Math.random(), fingerprint: this.fingerprint, stock: this.stock, code, until, given: {} };
    this.kept = false;
    this.lay(start(draw(this.questions, this.size, chance(`${code}/${this.stock}`))), words);
    if (until) this.kept = draft.save(this.role, this.here);
    this.wait(false);
    this.tick();
  }

  /**
   * Goes on with a paper; what the handbook has changed since is asked again.
   * @param {Paper} paper
   */
  resume(paper) {
    const { begun, stock, code, until } = paper;
    const [done, given] = [this.fitting(paper.done), this.fitting(paper.given)];
    const again = draft.count(paper) - draft.count({ done, given });
    this.paper = { begun, fingerprint: this.fingerprint, stock, code, until, given };
    this.lay({ queue: this.queue(paper), done }, again ? `手冊改了，答過的 ${again} 題要再答。` : "");
    this.kept = draft.save(this.role, this.here, true); // what fits no more is gone
    this.wait(false);
    if (draft.isOver(paper)) this.timeUp();
    else if (!this.current) this.end();
    else this.tick();
  }

  /**
   * Lays out a sitting of this paper, its options as the paper has them.
   * @param {Sitting} sitting
   * @param {string} words
   */
  lay(sitting, words) {
    const { code = "", stock = "" } = this.paper ?? {};
    const seed = this.dataset.options === "shuffled" ? `${code}/${stock}` : "";
    for (const card of this.cards.values()) /** @type {PaperCard} */ (card).seed = seed;
    this.closing = "";
    this.drawn.textContent = this.drawnBy;
    this.begin(sitting, words);
  }

  /** Which paper it is, for who holds it against one on A4. */
  get drawnBy() {
    if (!this.paper || !isNamed(this.paper.code)) return "";
    const changed = this.paper.stock === this.stock ? "" : `，現在是 ${this.stock}：手冊改過了，和紙本不再一樣`;
    return `代碼 ${this.paper.code}・題庫 ${this.paper.stock}${changed}`;
  }

  /**
   * Of answers those that were given for the clauses as this page has them.
   * @template {{fingerprint: string}} T
   * @param {{[id: string]: T}} answers
   */
  fitting(answers) {
    return Object.fromEntries(Object.entries(answers).filter(([id, one]) => this.cards.get(id)?.fingerprint === one.fingerprint));
  }

  /**
   * The questions of a paper; where the handbook has changed since, as many as can be of those, in a paper drawn anew: or
   * one would pass what it says today without having been asked about it as others are.
   * @param {Paper} paper
   */
  queue({ queue, done, given, fingerprint }) {
    const stands = fingerprint === this.fingerprint && queue.length === this.size && queue.every((id) => this.cards.has(id));
    const rank = (/** @type {{id: string}} */ { id }) => (Object.hasOwn(done, id) || Object.hasOwn(given, id) ? 0 : queue.includes(id) ? 1 : 2);
    if (stands) return queue;
    const drawn = draw(this.questions, this.size, Math.random, rank);
    return [...queue.filter((id) => drawn.includes(id)), ...drawn.filter((id) => !queue.includes(id))];
  }

  /** Another paper. @param {string} [words] */
  repeat(words = "") {
    if (this.asksFirst || this.named) this.invite(words);
    else this.sit(anyCode(), words);
  }

  /** @param {string[]} ids */
  retry(ids) {
    this.paper = null;
    this.closing = "";
    super.retry(ids);
  }

  /** Asks first, where something would be lost. */
  restart() {
    this.follow();
    if (this.waiting) return;
    if (this.begunHere) this.ask(this.here);
    else this.repeat();
  }

  /** What another tab did, and what the clock did. */
  follow() {
    if (this.ended || (!this.paper && !this.waiting)) return this.arrange();
    if (this.waiting) return this.unkept ? this.arrange() : this.renew();
    if (draft.isOver(this.here)) return this.timeUp();
    const papers = draft.load(this.role);
    const same = papers.find((one) => one.begun === this.paper?.begun);
    if (same && (same.until || draft.alive(same))) this.join(same);
    else if (same || this.kept) this.renew("那場考試在別的分頁考完了，或重新開始了：這是新的一場。");
    else if (papers.length && !draft.count(this.here)) this.renew();
    else this.arrange();
  }

  /** What was answered of this paper in another tab. @param {Paper} same */
  join(same) {
    this.sitting.done = draft.join(this.sitting.done, this.fitting(same.done));
    this.arrange();
  }

  /** Whether answers were given that stand here alone: no storage has them. */
  get unkept() {
    return !!this.paper && !this.kept && draft.count(this.here) > 0;
  }

  /** Where everything is answered, there is nothing to go on with. @param {Paper} paper */
  isOpen(paper) {
    return this.held || paper.queue.length > Object.keys(this.fitting(paper.done)).length;
  }

  /** What is answered is handed in; where nothing is, there was no exam. */
  timeUp() {
    const count = draft.count(this.here);
    this.closing = `時間到了：答了的 ${count} 題交卷。`;
    if (count) return this.end();
    draft.drop(this.role, this.here.begun);
    this.invite("時間到了，一題都沒有答：這一場不算。");
  }

  // ── what was answered ──

  /**
   * @param {string} id
   * @param {Result} result
   */
  take(id, result) {
    super.take(id, result);
    if (!this.paper || this.held) return;
    this.kept = draft.save(this.role, this.here);
    if (!next(this.sitting)) this.store();
  }

  /** When it was handed in. */
  get at() {
    return draft.last(this.here);
  }

  /** The result, once: its last answer is its time. */
  store() {
    if (!this.paper) return;
    const { asked, right, passed } = score(this.sitting, this.passMark);
    record.putExam(this.role, { fingerprint: this.fingerprint, right, asked, passed, at: this.at });
  }

  // ── how it ended ──

  end() {
    this.store(); // another tab, or another edition, may have answered the last
    if (this.paper) draft.drop(this.role, this.paper.begun);
    super.end();
    if (this.closing) this.told.textContent = this.closing;
  }

  /** Of the exam that counts; this sitting may be none, or one that changes nothing. */
  verdict() {
    const { passed, words, more } = this.counted();
    return { passed, words, more: `${this.closing}${more}${this.drawnBy}` };
  }

  counted() {
    const { asked, right, passed, percent } = score(this.sitting, this.passMark);
    const exam = record.load().exams[this.role];
    const counts = this.paper && (!exam || exam.at === this.at);
    if (counts || !exam) return { passed, words: judged(passed, right, asked), more: `及格是 ${this.passMark} %。` };
    const sat = `答對 ${right} 題，共 ${asked} 題（${percent} %）`;
    const more = this.paper
      ? `這一次${sat}，不改考試的成績：${exam.passed ? "通過了就算數" : "後來又考過"}。`
      : `這一次重答，${sat}，不改考試的成績。要再考，按「${this.again}」。`;
    return { passed: exam.passed, words: `${when([exam])} 考的，${judged(exam.passed, exam.right, exam.asked)}`, more };
  }
}

/** Whether two are one paper, as far as it is answered. @param {Paper} one @param {Paper} other */
const alike = (one, other) => one.begun === other.begun && draft.count(one) === draft.count(other);

customElements.define("exam-sheet", ExamSheet);
