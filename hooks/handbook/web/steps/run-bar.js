// @ts-check
// Below the steps: which run is at hand, the others that are not done, each one tap away, and those that are. It comes
// once the page is there (idle.js): a tick need not wait for it.
import { button, make } from "../dom.js";
import { change, remembered, runOf, turnTo } from "../memory.js";
import { current, nobodys } from "../people/people.js";
import { hush, tell } from "../share.js";
import { SITE } from "../storage.js";
import { compare, isNothing } from "../sign/signatures.js";
import { adopted, isKept, keepSheet, load, nameOf, runs, settled, sheetsOf, sweep } from "./run-store.js";
import { sheetOf } from "./run-page.js";
import { about, begun, clock, date, done, head, joined, label, note, sheetMarks } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */

const FULL = "這支手機存不了：關掉這一頁，打的勾就沒有了。做完先印出來。";

export class RunBar extends HTMLElement {
  away = new AbortController();
  known = { name: "", ticks: /** @type {import("./runs.js").Told} */ ({}) };
  list = make("details", { className: "ran noprint", hidden: true });
  paper = make("div", { className: "run-head", hidden: true });
  /** @type {Element[]} */
  notes = [];
  drawn = "";

  get steps() {
    return /** @type {HTMLElement} */ (this.parentElement);
  }

  get page() {
    return /** @type {HTMLElement} */ (this.closest(".hb"));
  }

  get sop() {
    return this.steps.dataset.sop ?? "";
  }

  get days() {
    return Number(this.steps.dataset.keep);
  }

  connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    for (const news of ["said", "pageshow"]) addEventListener(news, () => this.show(), { signal });
    addEventListener("storage", () => this.follow(), { signal });
    this.steps.after(this.list);
    this.page.prepend(this.paper);
    sweep(this.days);
    const first = adopted(this.sop);
    if (first && !runOf(this.sop)) turnTo(this.sop, first);
    this.show();
  }

  disconnectedCallback() {
    this.away.abort();
    for (const one of [this.list, this.paper, ...this.notes]) one.remove();
    this.parentElement?.classList.remove("open");
  }

  /** The run at hand. */
  get run() {
    return load(runOf(this.sop));
  }

  /** Another tab has written: if it did at the same moment, it may not have known of a tick here. */
  follow() {
    if (this.known.name && this.known.name === runOf(this.sop)) settled(`ticks:${this.known.name}`, this.known.ticks);
    this.show();
  }

  // ── what is shown ──

  show() {
    const now = this.run;
    if (now) this.stamp(now);
    const run = this.run;
    const name = run ? nameOf(run) : "";
    this.known = { name, ticks: Object.fromEntries(remembered(`ticks:${name}`)) };
    const all = runs(this.sop);
    const open = all.filter((one) => !done(one));
    if (run && !open.some((one) => nameOf(one) === name)) open.unshift(run); // which the storage did not take
    this.steps.classList.toggle("open", open.length > 0);
    this.draw(run, open);
    this.drawList(all.filter(done));
    this.drawNotes(run);
  }

  /**
   * Only what is new, as somebody may be on one of its buttons.
   * @param {Run | null} run
   * @param {Run[]} open
   */
  draw(run, open) {
    const parts = [...this.warnings(run), this.doing(run), ...(open.length ? [this.choice(run, open)] : [])];
    const drawn = parts.map(({ outerHTML }) => outerHTML).join();
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = /** @type {HTMLElement | null} */ (this.contains(document.activeElement) ? document.activeElement : null);
    this.replaceChildren(...parts);
    if (!focused) return;
    const same = [...this.querySelectorAll("button")].find((one) => one.dataset.run === focused.dataset.run && one.textContent === focused.textContent);
    (same ?? this.querySelector("button"))?.focus({ preventScroll: true });
  }

  /** @param {Run | null} run */
  warnings(run) {
    const changed = run ? this.changes(run) : 0;
    const more = changed ? [button(`開始之後，這份 SOP 改了 ${changed} 條`, () => this.open(), { className: "since" })] : [];
    const full = run && !isKept(nameOf(run)) && !nobodys();
    return full ? [make("p", { className: "full", role: "alert" }, FULL), ...more] : more;
  }

  /** @param {Run | null} run */
  doing(run) {
    const row = make("div", { className: "doing" });
    if (run) row.append(button("取名、備註", () => this.open()), button("做完了", () => this.finish(run)));
    else row.append(button("列印", () => print()));
    return row;
  }

  /** Those that are not done, and a new one. @param {Run | null} run @param {Run[]} open */
  choice(run, open) {
    const group = make("div", { className: "which", role: "group", ariaLabel: "正在做哪一件" });
    group.append(this.one("新的一件", "", run), ...open.map((one) => this.one(label(one, Date.now()), nameOf(one), run)));
    return group;
  }

  /** @param {string} words @param {string} name @param {Run | null} run */
  one(words, name, run) {
    const made = button(words, () => turnTo(this.sop, name));
    made.dataset.run = name;
    made.ariaPressed = String(name === (run ? nameOf(run) : ""));
    return made;
  }

  /** @param {Run[]} all */
  drawList(all) {
    this.list.hidden = !all.length;
    const items = all.slice(0, 20).map((one) => {
      const link = make("a", { href: `${SITE}runs/#${nameOf(one)}` }, label(one, Date.now()));
      return make("li", {}, link, " ", make("small", {}, `${date(done(one))} ${clock(done(one))} 做完`));
    });
    const rest = make("a", { href: `${SITE}runs/` }, "我辦的事");
    const told = make("p", {}, `留在這支手機 ${this.days} 天。列印、交給主管：`, rest);
    this.list.replaceChildren(make("summary", {}, `做完的 ${all.length} 件`), make("ul", {}, ...items), told);
  }

  /** In the steps, and on paper at the head. @param {Run | null} run */
  drawNotes(run) {
    for (const one of this.notes) one.remove();
    this.notes = [];
    for (const clause of run ? this.page.querySelectorAll(".clause[id]") : []) {
      const words = run ? note(run, clause.id) : "";
      if (!words) continue;
      const made = make("p", { className: "run-note" }, make("b", {}, "備註："), words);
      const inside = [...clause.children].find((one) => one.matches(".inner, .pick, .cases"));
      inside ? inside.before(made) : clause.append(made);
      this.notes.push(made);
    }
    this.paper.hidden = !run;
    const facts = run ? head(run, sheetsOf(run)).filter(([name]) => name !== "版本") : [];
    this.paper.replaceChildren(...facts.map(([name, words]) => make("span", {}, `${name}：${words}`)));
  }

  // ── what is done ──

  /** Writes down on which sheet the run is ticked, and who does it. @param {Run} run */
  stamp(run) {
    const sheet = sheetOf(this.page);
    const [marks, name] = [sheetMarks(run), current()?.name ?? ""];
    const news = {
      ...(marks.at(-1) !== sheet.of ? { _of: [...marks.filter((one) => one !== sheet.of), sheet.of].slice(-10).join(" ") } : {}),
      ...(name && !run.ticks._who ? { _who: name } : {}),
    };
    if (!Object.keys(news).length) return;
    if (isKept(nameOf(run))) keepSheet(this.sop, sheet);
    change(`ticks:${nameOf(run)}`, news);
  }

  /** How many clauses have changed since the run was begun. @param {Run} run */
  changes(run) {
    const change = this.change(run);
    return change && !isNothing(change) ? Object.values(change).flat().length : 0;
  }

  /** @param {Run} run */
  change(run) {
    const [first] = sheetsOf(run);
    const now = sheetOf(this.page);
    if (!first || first.of === now.of) return null;
    const marks = (/** @type {import("./runs.js").Sheet} */ { steps }) => Object.fromEntries(steps.map(([id, mark]) => [id, mark]));
    return compare(this.sop, marks(first), marks(now));
  }

  async open() {
    const { edit } = await import("./run-box.js");
    if (this.run) edit(this, this.run);
  }

  /** @param {Run} run */
  finish(run) {
    const who = joined(run, current()?.name ?? "");
    change(`ticks:${nameOf(run)}`, { _done: "1", ...(who ? { _who: who } : {}) });
    turnTo(this.sop, "");
    const again = button("復原", () => this.again(run));
    const give = button("交給主管", () => import("./run-box.js").then(({ handOver }) => handOver(load(nameOf(run)) ?? run)));
    tell(`做完了：${about(run) || `${clock(begun(run))} 開始的一件`}。留在這支手機 ${this.days} 天。`, give, again);
  }

  /** @param {Run} run */
  again(run) {
    hush();
    change(`ticks:${nameOf(run)}`, { _done: "" });
    turnTo(this.sop, nameOf(run));
  }
}

customElements.define("run-bar", RunBar);

/** Gives each list of steps its bar. */
export function attend() {
  for (const steps of document.querySelectorAll("step-ticks")) {
    if (steps.querySelector("run-bar")) continue;
    const style = make("link", { rel: "stylesheet", href: new URL("runs.css", import.meta.url).href });
    steps.append(style, document.createElement("run-bar"));
  }
}
