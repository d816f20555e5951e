// @ts-check
// How far one is with every quiz and exam, and what can be done with the results: keep them as a file, take a file in,
// forget them.

import { all, button, make } from "../dom.js";
import "../people/who-am-i.js";
import "../sign/read-plan.js";
import { current, nobodys } from "../people/people.js";
import { save } from "../save.js";
import { exportFile, Foreign, importText, LARGEST, unsaved } from "./file.js";
import * as log from "./log.js";
import * as record from "./record.js";
import { ofExam, ofQuiz } from "./standing.js";

/** @typedef {import("./standing.js").Standing} Standing */

class MyProgress extends HTMLElement {
  tally = make("p", { className: "tally" });
  bar = make("progress", { max: 1, value: 0, ariaHidden: "true" });
  notices = make("div", { className: "notices" });
  said = make("p", { id: "_said", className: "said", role: "status" });
  question = make("div", { className: "insist" });
  file = make("input", { type: "file", accept: ".json,application/json", onchange: () => this.chosen() });
  forgetting = make("details", { className: "forget" });
  giving = button("交給主管", () => this.give(), { className: "give" });
  away = new AbortController();

  connectedCallback() {
    if (!this.tally.isConnected) this.build();
    this.away = new AbortController();
    const { signal } = this.away;
    addEventListener("storage", (news) => record.isTrial(news) || this.show(), { signal }); // another tab was at it
    addEventListener("pageshow", () => this.show(), { signal }); // back from a quiz, to a page that had gone to sleep
    addEventListener("people", () => this.show(), { signal }); // who is gone has no results here
    this.addEventListener("save", () => this.save(), { signal }); // before somebody goes
    this.show();
  }

  disconnectedCallback() {
    this.away.abort();
  }

  build() {
    const save = button("匯出成績", () => this.save());
    const take = make("label", {}, "匯入成績", this.file);
    const files = make("div", { className: "files" }, this.giving, save, take);
    const erase = button("全部忘掉", () => this.forget());
    const warning = make("p", {}, "每一題的結果、考試成績和簽名都會清掉，找不回來。要留的話，先匯出。");
    this.forgetting.append(make("summary", {}, "忘掉我在這支手機上的成績"), warning, erase);
    this.querySelector("read-plan")?.after(this.tally, this.bar, this.notices, files, this.said, this.question);
    this.append(this.forgetting);
    const { review } = this.dataset;
    if (review) this.querySelector("who-am-i")?.after(make("p", { className: "daily" }, make("a", { href: review }, "每天 5 題")));
    for (const head of all(this, "thead tr")) head.append(make("th", { scope: "col" }, "進度"));
    for (const row of all(this, "tbody tr")) row.append(make("td", { className: "standing" }));
    this.classList.add("live");
  }

  // ── how far one is ──

  /** Says of everything how far it is. */
  show() {
    const kept = record.load();
    const [quizzes, exams] = [all(this, "[data-sop]"), all(this, "[data-role]")];
    for (const row of quizzes) tell(row, ofQuiz(row, kept));
    const passed = new Set(quizzes.filter(isPassed).map((row) => row.dataset.sop));
    for (const row of exams) tell(row, ofExam(row, kept, passed));
    const done = exams.filter(isPassed).length;
    this.tally.textContent = `測驗通過 ${passed.size}／${quizzes.length} 份，崗位考試通過 ${done}／${exams.length} 場。`;
    this.bar.value = (passed.size + done) / (quizzes.length + exams.length || 1);
    this.tally.hidden = this.bar.hidden = !quizzes.length;
    this.warn();
  }

  /** Offers a file before it is needed. */
  warn() {
    const [news, aside] = [unsaved(), record.aside()];
    const lost = "這支手機存不了成績：關掉這一頁就沒有了。先匯出，下次再匯入。";
    const soon = `有 ${news} 筆成績還沒匯出。iPhone 的 Safari 七天沒打開這個網站，就會清掉成績：匯出一份，找得回來。`;
    const words = record.kept() ? (news ? [soon] : []) : nobodys() ? [] : [lost];
    if (aside) words.push(`這支手機裡有 ${aside} 份讀不懂的舊成績：另外留著，沒有算進來。`);
    this.notices.replaceChildren(...words.map((each) => make("p", { className: "notice" }, each)));
  }

  // ── out of this phone, and in ──

  /** What hands over is fetched now, and by nobody else. */
  async give() {
    if (!current()) return this.first();
    try {
      const { handOver } = await import("../handover/hand-over.js");
      this.said.textContent = "";
      handOver(/** @type {HTMLElement} */ (this.giving.parentElement), this.giving);
    } catch {
      this.said.textContent = "沒有訊號，這一項也還沒存進手機：等有訊號，重新整理這一頁再按。";
    }
  }

  /** Leads to where one says who one is. */
  first() {
    const form = this.querySelector("who-am-i details");
    if (form && !nobodys()) form.setAttribute("open", "");
    const field = /** @type {HTMLElement | null} */ (this.querySelector("who-am-i .who button, who-am-i details[open] input"));
    field?.focus();
    this.said.textContent = `先${nobodys() ? "選" : "寫上"}名字，再按「交給主管」：主管要知道是誰的成績。`;
  }

  save() {
    const { name, text } = exportFile(document.querySelector(".md-logo")?.getAttribute("title") ?? "");
    save(name, new Blob([text], { type: "application/json" }));
    this.finish(`匯出了：${name}`);
  }

  async chosen() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    const text = await file.slice(0, LARGEST + 1).text();
    this.file.value = ""; // the same file can be chosen again
    this.take(text, false);
  }

  /**
   * @param {string} text
   * @param {boolean} insist
   */
  take(text, insist) {
    try {
      this.finish(taken(importText(text, insist)));
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.finish(words);
      if (error instanceof Foreign) this.ask(text);
    }
  }

  /**
   * Asks whether to take in a file of another handbook nevertheless.
   * @param {string} text
   */
  ask(text) {
    const anyway = button("還是匯入", () => this.take(text, true));
    const rather = button("不要匯入", () => this.finish("沒有匯入。"));
    this.question.append(anyway, rather);
    anyway.setAttribute("aria-describedby", this.said.id);
    anyway.focus();
  }

  forget() {
    record.forget();
    log.forget();
    this.forgetting.open = false;
    this.forgetting.querySelector("summary")?.focus();
    this.finish("都忘掉了。");
  }

  /**
   * Says what was done, and shows how things are now.
   * @param {string} words
   */
  finish(words) {
    if (this.question.contains(document.activeElement)) this.file.focus();
    this.question.replaceChildren();
    this.said.textContent = words;
    this.show();
    dispatchEvent(new Event("signed"));
  }
}

/**
 * @param {HTMLElement} row
 * @param {Standing} standing
 */
function tell(row, { status, words, more, share }) {
  row.dataset.status = status;
  const ring = make("i", { ariaHidden: "true" });
  ring.style.setProperty("--share", String(share));
  row.querySelector(".standing")?.replaceChildren(ring, make("b", {}, words), ...more.map((line) => make("small", {}, line)));
}

/** @param {HTMLElement} row */
const isPassed = (row) => row.dataset.status === "passed";

/**
 * What came of an import, in words.
 * @param {{added: number, newer: number, refused: number}} counts
 */
function taken({ added, newer, refused }) {
  const parts = [added && `新的 ${added} 筆`, newer && `比較新的 ${newer} 筆`].filter(Boolean);
  const good = parts.length ? `匯入了${parts.join("、")}。` : "檔案裡沒有比這支手機更新的成績。";
  return good + (refused ? `另外 ${refused} 筆壞了，沒有匯入。` : "");
}

customElements.define("my-progress", MyProgress);
