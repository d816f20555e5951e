// @ts-check
// A role's exam: so many questions drawn from its pool. What was begun is offered to who comes back, for a day; what counts
// are first answers to the clauses as they stand.

import { make } from "../dom.js";
import * as draft from "./draft.js";
import * as record from "./record.js";
import { draw, next, score, start } from "./score.js";
import { QuizSheet } from "./sheet.js";
import { judged, when } from "./words.js";

/** @typedef {import("./draft.js").Paper} Paper */
/** @typedef {import("./score.js").Result} Result */
/** @typedef {import("./score.js").Sitting} Sitting */

const MINUTE = 60_000; // ms

class ExamSheet extends QuizSheet {
  /** What this tab is at: null while what was missed is asked again, which is no exam any more. @type {Omit<Paper, keyof Sitting> | null} */
  paper = null;
  kept = false; // whether the storage has it
  asked = ""; // which paper was offered
  offer = make("section", { className: "offer actions" });

  whole = "去考試";
  only = "只看這一題，不算在考試裡。";
  again = "換一卷再考";
  home = "回到崗位";

  connectedCallback() {
    super.connectedCallback();
    const { signal } = this.away;
    const clock = setInterval(() => this.follow(), MINUTE); // a page may lie open for days
    signal.addEventListener("abort", () => clearInterval(clock));
    const seen = () => document.hidden || this.follow(); // what is said to nobody is not said
    document.addEventListener("visibilitychange", seen, { signal });
  }

  get role() {
    return this.dataset.sheet ?? "";
  }

  get size() {
    return Math.min(Number(this.dataset.exam), this.cards.size);
  }

  // ── what is asked ──

  open() {
    this.aside.after(this.offer);
    this.renew();
  }

  /**
   * Offers what was begun, or begins.
   * @param {string} [words] on why
   */
  renew(words = "") {
    const papers = draft.load(this.role);
    for (const paper of papers.filter((one) => !draft.alive(one))) {
      draft.drop(this.role, paper.begun);
      words = `上一場答了 ${Object.keys(paper.done).length} 題，已經超過一天：這是新的一場。`;
    }
    const paper = papers.filter(draft.alive).pop();
    if (!paper) this.repeat(words);
    else if (!this.waiting || this.asked !== JSON.stringify(paper)) this.ask(paper);
    else this.arrange();
  }

  /**
   * The reader's choice: nobody goes on with an exam unawares, least of all with another's.
   * @param {Paper} paper
   */
  ask(paper) {
    this.asked = JSON.stringify(paper);
    const count = Object.keys(paper.done).length;
    const open = paper.queue.length - Object.keys(this.fitting(paper.done)).length;
    const words = `這支手機上有一場還沒看結果的考試：${paper.queue.length} 題答了 ${count} 題，最後一題是 ${when(Object.values(paper.done))} 答的。`;
    const onward = this.action(open ? "接著考" : "看結果", () => this.resume(paper));
    const anew = this.action("重新開始", () => {
      draft.drop(this.role, paper.begun);
      this.repeat();
    });
    this.offer.replaceChildren(make("p", {}, words), onward, anew);
    this.wait(true);
    const show = () => this.offer.scrollIntoView({ block: "nearest" }); // where the page was before, it may be above
    if (document.readyState !== "complete") addEventListener("load", () => requestAnimationFrame(show), { once: true });
    requestAnimationFrame(show);
  }

  /** @param {boolean} waiting */
  wait(waiting) {
    this.waiting = waiting;
    this.arrange();
  }

  arrange() {
    super.arrange();
    this.offer.hidden = !this.waiting || !!this.alone;
  }

  /**
   * Goes on with a paper; what the handbook has changed since is asked again.
   * @param {Paper} paper
   */
  resume(paper) {
    const done = this.fitting(paper.done);
    const again = Object.keys(paper.done).length - Object.keys(done).length;
    this.paper = { begun: paper.begun, fingerprint: this.fingerprint };
    this.begin({ queue: this.queue(paper), done }, again ? `手冊改了，答過的 ${again} 題要再答。` : "");
    this.kept = draft.save(this.role, { ...this.paper, ...this.sitting }, true); // what fits no more is gone
    this.wait(false);
    if (!this.current) this.end();
  }

  get fingerprint() {
    return this.dataset.fingerprint ?? "";
  }

  /** Of answers those that were given for the clauses as this page has them. @param {import("./score.js").Results} done */
  fitting(done) {
    return Object.fromEntries(Object.entries(done).filter(([id, one]) => this.cards.get(id)?.fingerprint === one.fingerprint));
  }

  /**
   * The questions of a paper; where the handbook has changed since, as many as can be of those, in a paper drawn anew: or
   * one would pass what it says today without having been asked about it as others are.
   * @param {Paper} paper
   */
  queue({ queue, done, fingerprint }) {
    const stands = fingerprint === this.fingerprint && queue.length === this.size && queue.every((id) => this.cards.has(id));
    const rank = (/** @type {{id: string}} */ { id }) => (Object.hasOwn(done, id) ? 0 : queue.includes(id) ? 1 : 2);
    if (stands) return queue;
    const drawn = draw(this.questions, this.size, Math.random, rank);
    return [...queue.filter((id) => drawn.includes(id)), ...drawn.filter((id) => !queue.includes(id))];
  }

  /** Another paper. @param {string} [words] */
  repeat(words = "") {
    this.paper = { begun: Date.now() + Math.random(), fingerprint: this.fingerprint };
    this.kept = false;
    this.begin(start(draw(this.questions, this.size, Math.random)), words);
    this.wait(false);
  }

  /** @param {string[]} ids */
  retry(ids) {
    this.paper = null;
    super.retry(ids);
  }

  /** Asks first, where something would be lost. */
  restart() {
    this.follow();
    if (this.waiting) return;
    if (this.paper && Object.keys(this.sitting.done).length) this.ask({ ...this.paper, ...this.sitting });
    else this.repeat();
  }

  fared() {
    return "";
  }

  /** What another tab did, and what the clock did. */
  follow() {
    if (this.ended || (!this.paper && !this.waiting)) return this.arrange();
    if (this.waiting) return this.unkept ? this.arrange() : this.renew();
    const papers = draft.load(this.role);
    const same = papers.find(({ begun }) => begun === this.paper?.begun);
    if (same && draft.alive(same)) {
      this.sitting.done = draft.join(this.sitting.done, this.fitting(same.done));
      this.arrange();
    } else if (same || this.kept) this.renew("那場考試在別的分頁考完了，或重新開始了：這是新的一場。");
    else if (papers.length && !Object.keys(this.sitting.done).length) this.renew();
    else this.arrange();
  }

  /** Whether answers were given that stand here alone: no storage has them. */
  get unkept() {
    return !!this.paper && !this.kept && Object.keys(this.sitting.done).length > 0;
  }

  // ── what was answered ──

  /**
   * @param {string} id
   * @param {Result} result
   */
  take(id, result) {
    super.take(id, result);
    if (!this.paper) return;
    this.kept = draft.save(this.role, { ...this.paper, ...this.sitting });
    if (!next(this.sitting)) this.store();
  }

  /** The result, once: its last answer is its time. */
  store() {
    if (!this.paper) return;
    const { asked, right, passed } = score(this.sitting, this.passMark);
    record.putExam(this.role, { fingerprint: this.fingerprint, right, asked, passed, at: draft.last({ ...this.paper, ...this.sitting }) });
  }

  // ── how it ended ──

  end() {
    this.store(); // another tab, or another edition, may have answered the last
    if (this.paper) draft.drop(this.role, this.paper.begun);
    super.end();
  }

  /** Of the exam that counts; this sitting may be none, or one that changes nothing. */
  verdict() {
    const { asked, right, passed, percent } = score(this.sitting, this.passMark);
    const exam = record.load().exams[this.role];
    const counts = this.paper && (!exam || exam.at === draft.last({ ...this.paper, ...this.sitting }));
    if (counts || !exam) return { passed, words: judged(passed, right, asked), more: `及格是 ${this.passMark} %。` };
    const sat = `答對 ${right} 題，共 ${asked} 題（${percent} %）`;
    const more = this.paper
      ? `這一次${sat}，不改考試的成績：${exam.passed ? "通過了就算數" : "後來又考過"}。`
      : `這一次重答，${sat}，不改考試的成績。要再考，按「${this.again}」。`;
    return { passed: exam.passed, words: `${when([exam])} 考的，${judged(exam.passed, exam.right, exam.asked)}`, more };
  }
}

customElements.define("exam-sheet", ExamSheet);
