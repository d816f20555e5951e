// @ts-check
// An exam before it begins, and against the clock: what is said of it, and its reader's word.

import { make } from "../dom.js";
import { Sheet } from "./asking.js";
import * as draft from "./draft.js";
import { anyCode, beginning, begun, hour, limit, linked } from "./offer.js";

/** @typedef {import("./draft.js").Paper} Paper */
/** @typedef {import("./score.js").Sitting} Sitting */

const SECOND = 1_000; // ms
export const MINUTE = 60 * SECOND;
const WARNED = [10, 5, 1]; // minutes before the end: it is read out

export class Invitation extends Sheet {
  /** What this tab is at: null while what was missed is asked again, which is no exam any more. @type {Omit<Paper, keyof Sitting> | null} */
  paper = null;
  /** Which paper was offered, as it was then; null where none was. @type {Paper | null} */
  offered = null;
  named = ""; // the code of a link
  held = false; // whether feedback comes at the end
  offer = make("section", { className: "offer actions", tabIndex: -1, ariaLabel: "開始之前" });
  clock = make("p", { className: "clock", hidden: true });

  connectedCallback() {
    super.connectedCallback();
    const { signal } = this.away;
    const clocks = [setInterval(() => this.follow(), MINUTE), setInterval(() => this.tick(), SECOND)]; // a page may lie open for days
    signal.addEventListener("abort", () => clocks.forEach(clearInterval));
    const seen = () => document.hidden || this.follow(); // what is said to nobody is not said
    document.addEventListener("visibilitychange", seen, { signal });
  }

  get role() {
    return this.dataset.sheet ?? "";
  }

  get size() {
    return Math.min(Number(this.dataset.exam), this.cards.size);
  }

  get fingerprint() {
    return this.dataset.fingerprint ?? "";
  }

  /** What papers are drawn from, as this page has it. */
  get stock() {
    return this.dataset.stock ?? "";
  }

  get minutes() {
    return Number(this.dataset.minutes ?? 0);
  }

  /** Whether it says how it will be before it begins. */
  get asksFirst() {
    return this.held || this.minutes > 0;
  }

  /** The paper with what was answered of it. @returns {Paper} */
  get here() {
    return { .../** @type {Omit<Paper, keyof Sitting>} */ (this.paper), ...this.sitting };
  }

  /** Whether there is an exam that would be lost. */
  get begunHere() {
    return !!this.paper && !this.ended && (this.paper.until > 0 || draft.count(this.here) > 0);
  }

  /** Begins. @param {string} _code */
  sit(_code) {}

  /** Goes on. @param {Paper} _paper */
  resume(_paper) {}

  /** Where everything is answered, there is nothing to go on with. @param {Paper} _paper */
  isOpen(_paper) {
    return true;
  }

  /** What happens when the time is over. */
  timeUp() {}

  // ── before it begins ──

  /**
   * The reader's choice: nobody goes on with an exam unawares, least of all with another's.
   * @param {Paper} paper
   */
  ask(paper) {
    this.offered = paper;
    const onward = this.action(this.isOpen(paper) ? "接著考" : "看結果", () => this.resume(paper));
    this.propose("重新開始", [make("p", {}, begun(paper)), onward], paper.begun);
    const show = () => this.offer.scrollIntoView({ block: "nearest" }); // where the page was before, it may be above
    if (document.readyState !== "complete") addEventListener("load", () => requestAnimationFrame(show), { once: true });
    requestAnimationFrame(show);
  }

  /**
   * Says how an exam would be, before one begins.
   * @param {string} words
   */
  invite(words = "") {
    this.offered = this.paper = null;
    this.ended = false;
    const told = [words, this.minutes ? limit(this.minutes) : ""].filter(Boolean);
    this.propose("開始", told.map((one) => make("p", {}, one)));
  }

  /**
   * @param {string} words on how to begin
   * @param {HTMLElement[]} above
   * @param {number} [instead] of which paper
   */
  propose(words, above, instead) {
    const go = (/** @type {string} */ code) => {
      if (instead !== undefined) draft.drop(this.role, instead);
      this.sit(code || anyCode());
      this.turnTo(this.current ?? "");
    };
    this.offer.replaceChildren(...above, beginning(words, this.named, this.stock, go));
    this.wait(true);
  }

  /** @param {boolean} waiting */
  wait(waiting) {
    this.waiting = waiting;
    this.arrange();
  }

  arrange() {
    super.arrange();
    const { queue } = this.sitting;
    for (const [id, { item }] of this.cards) item.classList.toggle("out", queue.length > 0 && !queue.includes(id)); // on paper
    this.offer.hidden = !this.waiting || !!this.alone;
    this.tools.hidden = !this.offer.hidden; // nothing is on paper yet
  }

  /** Where nothing is asked, the cursor goes to what is offered. @param {string} id */
  turnTo(id) {
    if (this.waiting) this.offer.focus();
    else super.turnTo(id);
  }

  /** Offers to begin by a code. */
  consider() {
    const paper = this.begunHere ? this.here : this.waiting && this.offered;
    if (paper) this.ask(paper);
    else this.invite();
    this.offer.querySelector("input")?.focus();
  }

  /** A link may name a code, or a question. */
  turn() {
    const code = linked();
    if (code && code !== this.named) {
      this.named = code;
      this.consider();
    }
    super.turn();
  }

  // ── against the clock ──

  /** Says how much time is left: by the minute, which leaves one in peace. */
  tick() {
    const until = this.busy ? (this.paper?.until ?? 0) : 0;
    this.clock.hidden = !until;
    if (!until) return;
    const left = Math.ceil((until - Date.now()) / MINUTE);
    if (left <= 0) return this.timeUp();
    const words = `${left > 1 ? `還有 ${left} 分鐘` : "不到 1 分鐘"}，做到 ${hour(until)}`;
    if (this.clock.textContent === words) return;
    if (WARNED.includes(left)) this.told.textContent = `${words}。`;
    this.clock.textContent = words;
  }
}
