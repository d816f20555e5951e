// @ts-check
// The five of the day, whatever SOP they are from: each is taken out of its quiz's page. What is answered here counts as in
// the quiz, but for a mistake where somebody had been right: practice takes nothing away from anybody.

import { day } from "../clock.js";
import { all, button, make } from "../dom.js";
import { fetched } from "../fetched.js";
import { Sheet } from "../quiz/asking.js";
import { Card } from "../quiz/card.js";
import * as log from "../quiz/log.js";
import * as record from "../quiz/record.js";
import { missed, start } from "../quiz/score.js";
import { keeping, rereading } from "../quiz/words.js";
import { climb, dayOf } from "./ladder.js";
import { reorder } from "./options.js";
import { open, today } from "./today.js";

/** @typedef {import("../quiz/score.js").Result} Result */
/** @typedef {import("./today.js").Today} Today */

const LOST = "題目拿不到：現在沒有訊號，這支手機也還沒把手冊存好。等有訊號再試。";
const STAYS = "你先前答對過：測驗的成績不變。";

class ReviewSheet extends Sheet {
  on = ""; // the day that is asked about
  /** @type {Today | null} */
  found = null;

  build() {
    if (this.head.isConnected) return; // moved on the page while it was waiting
    this.querySelector(".unasked")?.remove();
    this.head.append(this.count, this.bar);
    this.prepend(this.head, this.told);
    this.append(this.onward, this.results);
    this.list(false);
    this.prepare();
  }

  /** Looks for the day's questions, and asks what of them is open. */
  async prepare() {
    const on = (this.on = day());
    this.say("正在找今天的題目…");
    const found = (this.found = await today(this.dataset.quizzes));
    if (this.on !== on) return; // the next day began meanwhile
    if (!found) return this.fail();
    const asked = open(found.queue);
    await this.bring(asked, found);
    const here = asked.filter((id) => this.cards.has(id));
    if (here.length) this.begin(start(here), "");
    else if (asked.length) this.fail();
    else this.done();
  }

  /**
   * Takes questions out of the pages of their quizzes.
   * @param {string[]} asked
   * @param {Today} found
   */
  async bring(asked, { quizzes }) {
    const sops = [...new Set(asked.map((id) => id.split("/")[0]))].flatMap((sop) => quizzes.get(sop) ?? []);
    const pages = await Promise.all(sops.map(({ page }) => fetched(page)));
    const places = new Map(sops.map(({ sop }, place) => [sop, pages[place]]));
    this.cards.clear();
    this.querySelector(".questions")?.replaceChildren();
    for (const id of asked) {
      const page = places.get(id.split("/")[0]);
      const item = page?.getElementById(`_${id}`);
      if (page && item) this.cards.set(id, new Card(taken(item, page)));
    }
  }

  /** What another tab did, and what the clock did. */
  follow() {
    if (this.on && this.on !== day()) return void this.prepare();
    const still = new Set(open(this.sitting.queue));
    const answers = log.load();
    for (const id of this.sitting.queue) {
      const last = still.has(id) ? null : answers.get(id)?.at(-1);
      if (last) this.take(id, last);
    }
    this.arrange();
  }

  // ── what was answered ──

  /**
   * @param {string} id
   * @param {Result} result
   */
  keep(id, result) {
    if (!this.stays(id, result)) record.put(id, result);
    log.add(id, result);
  }

  /** Whether the record says more for its owner than an answer does. @param {string} id @param {Result} result */
  stays(id, { right, fingerprint }) {
    const { results } = record.load();
    return !right && Object.hasOwn(results, id) && results[id].right && results[id].fingerprint === fingerprint;
  }

  /**
   * @param {Card} card
   * @param {import("../quiz/card.js").Outcome} outcome
   * @param {string} told
   */
  answered(card, outcome, told) {
    const stays = this.stays(card.id, { fingerprint: card.fingerprint, at: 0, ...outcome });
    super.answered(card, outcome, told);
    const { due = 0, on = 0 } = climb(log.load().get(card.id) ?? []) ?? {};
    const words = `${due - on > 1 ? `${due - on} 天後` : "明天"}再問這一題。${stays ? STAYS : ""}`;
    card.item.querySelector(".verdict")?.after(make("p", { className: "again" }, words));
    this.told.textContent = told + words;
  }

  // ── how it ended ──

  end() {
    const { queue, done } = this.sitting;
    const right = queue.filter((id) => done[id]?.right).length;
    const heading = this.say(`答完了：${queue.length} 題答對 ${right} 題`, [
      make("p", {}, "今天就到這裡。答錯的、用猜的，明天先問。"),
      ...rereading(missed(this.sitting).flatMap((id) => this.cards.get(id) ?? [])),
      this.actions(),
      keeping(),
    ]);
    heading.focus();
  }

  /** Nothing is open: all is answered, or nothing due. */
  done() {
    const { queue, next } = /** @type {Today} */ (this.found);
    const days = next === null ? 0 : next - dayOf(Date.now());
    const later = days > 1 ? `下一題在 ${days} 天後。` : "明天再來。";
    this.say(queue.length ? `今天的 ${queue.length} 題答完了` : "今天沒有要問的題目", [make("p", {}, later), this.actions()]);
  }

  fail() {
    this.say(LOST, [make("div", { className: "actions" }, button("再試一次", () => this.prepare()))]);
  }

  actions() {
    const links = [
      make("a", { href: this.dataset.quizzes }, "看我的進度"),
      make("a", { href: this.dataset.home }, "回首頁"),
    ];
    return make("div", { className: "actions" }, ...links);
  }

  /** @param {string} words @param {Node[]} [more] */
  say(words, more = []) {
    this.ended = true;
    const heading = make("h2", { tabIndex: -1 }, words);
    this.results.replaceChildren(heading, ...more);
    this.arrange();
    return heading;
  }
}

/**
 * A question for this page, its answers in another order; to read again, with the SOP that each clause is in.
 * @param {HTMLElement} item
 * @param {Document} page
 */
function taken(item, page) {
  const here = document.importNode(item, true);
  reorder(here, Math.random);
  const home = /** @type {HTMLAnchorElement | null} */ (page.querySelector(".crumb a:last-child"));
  for (const link of /** @type {HTMLAnchorElement[]} */ (all(here, ".read a"))) {
    if (link.pathname === home?.pathname) link.prepend(`${home.textContent}：`);
  }
  return here;
}

customElements.define("review-sheet", ReviewSheet);
