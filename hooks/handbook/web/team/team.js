// @ts-check
// The team's page: takes in what phones hand over, and shows who has still to do what.

import { day } from "../clock.js";
import { all, button, make } from "../dom.js";
import { SITE } from "../storage.js";
import { save } from "../save.js";
import { judged, people, slot, without } from "./model.js";
import { opened } from "./person.js";
import { counted } from "./questions.js";
import { certificate, isDone, print, record } from "./sheets.js";
import * as store from "./store.js";
import { table, understood } from "./table.js";
import { Taking } from "./taking.js";
import * as views from "./views.js";

/** @typedef {import("./table.js").Book} Book */
/** @typedef {import("./table.js").Person} Person */
/** @typedef {import("./model.js").Team} Team */

const WIDE = "(min-width: 60em)";
const NOT_HERE = "沒有訊號，這一頁要的清單也沒有存在這台裝置裡：等有訊號再開。";
const LOST = "這台裝置存不了團隊：關掉這一頁就沒有了。先存成檔案，下次再收進來。";

class TeamPage extends HTMLElement {
  /** @type {Book | null} */
  book = null;
  team = /** @type {Team} */ ({ held: new Map(), gone: new Map(), same: new Map() });
  /** @type {Person[]} */
  everybody = [];

  notices = make("div", { className: "notices" });
  tally = make("p", { className: "tally" });
  post = make("select", { ariaLabel: "崗位", onchange: () => (this.draw(), this.drawMore()) });
  view = make("div", { className: "ways", role: "group", ariaLabel: "怎麼列" });
  list = make("div", { className: "list" });
  more = make("div", { className: "more" });
  taking = new Taking((team) => this.show(team));

  async connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    this.replaceChildren(this.taking.box, this.notices, this.tally, make("div", { className: "how" }, this.post, this.view), this.list, this.more);
    this.way = this.way ?? (matchMedia(WIDE).matches ? "matrix" : "people");
    this.book ??= await this.fetched();
    if (signal.aborted || !this.book) return;
    for (const news of ["storage", "pageshow"]) addEventListener(news, (what) => isOurs(what) && this.reload(), { signal });
    addEventListener("hashchange", () => this.taking.link(), { signal });
    addEventListener("beforeprint", () => this.forPaper(), { signal });
    await this.reload();
    this.taking.link();
  }

  disconnectedCallback() {
    this.away?.abort();
  }

  /** What there is, by which it is told how each one stands. */
  async fetched() {
    try {
      return understood(await (await fetch(this.href("team.json"))).json());
    } catch {
      this.list.replaceChildren(make("p", { className: "notice" }, NOT_HERE));
      return null;
    }
  }

  /** @param {string} page */
  href = (page) => new URL(SITE + page, location.href).href;

  get handbook() {
    return document.querySelector(".md-logo")?.getAttribute("title") ?? "";
  }

  async reload() {
    this.show(await store.load());
  }

  // ── what is shown ──

  /** @param {Team} team */
  show(team) {
    this.team = team;
    if (!this.book) return;
    this.everybody = table(this.book, people(team), day());
    this.chooseRole();
    this.draw();
    this.drawMore();
    this.warn();
  }

  /** Those of the role that was picked. */
  get some() {
    return this.everybody.filter(({ role }) => !this.post.value || role?.id === this.post.value);
  }

  chooseRole() {
    const before = this.post.value;
    const counts = new Map([...(this.book?.roles.values() ?? [])].map(({ id, title }) => [id, [title, this.everybody.filter(({ role }) => role?.id === id).length]]));
    const options = [...counts].filter(([, [, count]]) => count).map(([value, [title, count]]) => make("option", { value }, `${title}（${count} 人）`));
    this.post.replaceChildren(make("option", { value: "" }, `所有崗位（${this.everybody.length} 人）`), ...options);
    this.post.value = options.some(({ value }) => value === before) ? before : "";
  }

  draw() {
    const { book, some } = this;
    if (!book) return;
    const names = { people: "依人", sops: "依 SOP", matrix: "總表" };
    const open = new Set(all(this.list, "details[open] > summary > b").map(({ textContent }) => textContent));
    this.view.replaceChildren(...Object.entries(names).map(([way, words]) => this.wayButton(way, words)));
    this.list.replaceChildren();
    this.list.classList.toggle("whole", this.way === "matrix");
    const told = this.everybody.length > 0;
    this.post.parentElement?.toggleAttribute("hidden", !told);
    this.tally.textContent = told ? summary(some) : "還沒有人。請同事在「測驗與進度」按「交給主管」，再用上面的方法收進來。";
    if (this.way === "sops") this.rest = views.sops(this.list, book, some, this.href);
    else if (this.way === "matrix") this.rest = told ? views.matrix(this.list, book, some) : () => {};
    else this.rest = views.people(this.list, some, (one) => opened(book, one, this.acts));
    for (const one of all(this.list, "details")) if (open.has(one.querySelector("b")?.textContent ?? "")) one.setAttribute("open", "");
  }

  /** @param {string} way @param {string} words */
  wayButton(way, words) {
    const one = button(words, () => ((this.way = way), this.draw(), all(this.view, "[aria-pressed=true]")[0]?.focus()));
    one.setAttribute("aria-pressed", String(this.way === way));
    return one;
  }

  /** Offers a file before it is needed. */
  warn() {
    const news = store.unsaved();
    const soon = `有 ${news} 份還沒存成檔案。iPhone 的 Safari 七天沒打開這個網站，就會清掉：存一份團隊檔，找得回來。`;
    const words = store.kept() ? (news ? [soon] : []) : [LOST];
    this.notices.replaceChildren(...words.map((each) => make("p", { className: "notice" }, each)));
  }

  /** What is seldom asked for, drawn when it is; what was open stays so. */
  drawMore() {
    const opened = all(this.more, "details[open] > summary").map(({ textContent }) => textContent);
    const lazy = (/** @type {string} */ title, /** @type {(box: HTMLElement) => void} */ fill) => {
      const one = make("details", {}, make("summary", {}, title));
      one.addEventListener("toggle", () => one.open && one.children.length === 1 && fill(one));
      return one;
    };
    const asked = lazy("題目與條文：哪些要改", async (box) => {
      const { answers } = await import("./answers.js");
      if (this.book) box.append(...answers(this.book, counted(this.book, this.some), this.href));
    });
    const files = lazy("存檔、匯出、列印", (box) => box.append(...this.files()));
    const forget = lazy("忘掉整個團隊", (box) => box.append(...this.forgetting()));
    this.more.replaceChildren(...(this.everybody.length ? [asked, files, forget] : []));
    for (const one of [asked, files, forget]) one.open = opened.includes(one.textContent);
  }

  // ── what can be done ──

  files() {
    const ready = () => this.some.filter(isDone);
    return [
      make("p", {}, "團隊檔可以在別台裝置收進來，也可以和別的主管的合成一份：不會少、不會重複。表格只列上面選的崗位。"),
      make("p", { className: "acts" }, button("存團隊檔", () => this.backUp()), button("存成 CSV", () => this.table("csv")), button("存成 Excel（XLSX）", () => this.table("xlsx"))),
      make("p", { className: "acts" }, button("印總表", () => window.print()), button("印每個人的訓練紀錄", () => this.prints(this.some.map((one) => this.record(one)))), button(`印結訓證明（${ready().length} 人）`, () => this.prints(ready().map((one) => this.certificate(one))))),
    ];
  }

  forgetting() {
    const sure = button("全部忘掉", () => (store.forget(), this.taking.say("都忘掉了。"), this.reload()), { className: "erase" });
    return [make("p", {}, "收下的每一份都會從這台裝置清掉，找不回來。要留的話，先存團隊檔。"), make("p", { className: "acts" }, sure)];
  }

  backUp() {
    const { name, text } = store.exportFile(this.team, this.handbook);
    this.hand(name, new Blob([text], { type: "application/json" }));
    this.warn();
  }

  /** @param {"csv" | "xlsx"} kind */
  async table(kind) {
    const { book, some } = this;
    if (!book) return;
    const [{ lines, overview, questionLines }, { csv }, { xlsx }] = await Promise.all([import("./export.js"), import("./csv.js"), import("./xlsx.js")]);
    const sheets = () => [
      { name: "總表", rows: overview(book, some) },
      { name: "明細", rows: lines(book, some) },
      { name: "題目", rows: questionLines(counted(book, some).questions) },
    ];
    const blob = kind === "csv" ? new Blob([csv(lines(book, some))], { type: "text/csv" }) : xlsx(sheets());
    this.hand(`${[this.handbook, "團隊", day()].filter(Boolean).join("-")}.${kind}`, blob);
  }

  /** @param {string} name @param {Blob} blob */
  hand(name, blob) {
    save(name, blob);
    this.taking.say(`存成了：${name}`);
  }

  /** @param {Person} one */
  record(one) {
    return this.book ? record(this.book, one, this.handbook) : make("section");
  }

  /** @param {Person} one */
  certificate(one) {
    return this.book ? certificate(this.book, one, this.handbook) : make("section");
  }

  /** @param {HTMLElement[]} sheets */
  prints(sheets) {
    if (sheets.length) print(this, sheets);
  }

  /** On paper the table of all stands, whatever the screen shows, and across. */
  forPaper() {
    if (!this.book || this.classList.contains("printing") || !this.everybody.length) return;
    const box = make("div", { className: "paper" }, make("style", {}, "@page { size: A4 landscape; margin: 10mm; } html, body { height: auto; min-height: 0; }"));
    this.append(box);
    if (this.way === "matrix") this.rest?.();
    else views.matrix(box, this.book, this.some)();
    addEventListener("afterprint", () => box.remove(), { once: true });
  }

  /** @type {import("./person.js").Acts} */
  acts = {
    href: this.href,
    record: (one) => this.prints([this.record(one)]),
    certificate: (one) => this.prints([this.certificate(one)]),
    same: (slots, yes) => this.change(judged(this.team, slots, yes, seconds()), yes ? "當成同一個人了。" : "分開了。"),
    slots: (name) => [...this.team.held.values()].filter(({ told }) => told.who.name === name).map(slot),
    remove: (slots) => this.change(without(this.team, slots, seconds()), "拿掉了。", true),
  };

  /** @param {Team} team @param {string} words @param {boolean} [back] whether it can be taken back */
  change(team, words, back = false) {
    const before = this.team;
    store.save(team);
    this.show(team);
    this.taking.say(words, ...(back ? [button("復原", () => (store.save(before), this.show(before), this.taking.say("放回來了。")))] : []));
  }
}

const seconds = () => Math.floor(Date.now() / 1000);

/** Whether what stands in the storage may be another team now: another page was at it, or this one had gone to sleep. @param {Event} news */
const isOurs = (news) => (news instanceof StorageEvent ? news.key === null || news.key.endsWith(":team") : news instanceof PageTransitionEvent && news.persisted);

/** @param {Person[]} team */
function summary(team) {
  const todo = team.flatMap((one) => one.todo);
  const [late, soon] = [todo.filter((one) => one.late).length, todo.filter(({ why }) => why === "soon").length];
  const parts = [late && `晚了 ${late} 件`, todo.length - late - soon && `還有 ${todo.length - late - soon} 件`, soon && `快到期 ${soon} 件`].filter(Boolean);
  return `${team.length} 人：${parts.join("，") || "都做完了"}。`;
}

customElements.define("team-page", TeamPage);
