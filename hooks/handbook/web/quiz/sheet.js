// @ts-check
// A quiz: all questions of an SOP, or what is still open of them.

import { Sheet } from "./asking.js";
import * as record from "./record.js";
import { due, score, start, state } from "./score.js";
import { judged, when } from "./words.js";

/** @typedef {import("./asking.js").Verdict} Verdict */
/** @typedef {import("./score.js").Result} Result */

class QuizSheet extends Sheet {
  whole = "做整份測驗";
  only = "只看這一題。";
  again = "全部重答";
  home = "回到 SOP";

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

  /** Of the whole quiz; of this sitting no more than how many. @returns {Verdict} */
  verdict() {
    const { total, right, status } = state(this.questions, record.load().results, this.passMark);
    const sat = score(this.sitting, this.passMark);
    const part = sat.asked < total ? `這一次問 ${sat.asked} 題，答對 ${sat.right} 題。` : "";
    const passed = status === "passed";
    return { passed, words: judged(passed, right, total), more: `及格是 ${this.passMark} %。${part}` };
  }

  repeat() {
    this.begin(start(this.ids));
  }
}

customElements.define("quiz-sheet", QuizSheet);
