// @ts-check
// Every run of whose turn it is: to go on with, to look at, to print, to hand over and to take in.
import { button, make } from "../dom.js";
import { change, turnTo } from "../memory.js";
import { nobodys } from "../people/people.js";
import { LARGEST, taken } from "./run-file.js";
import { giveFile, giveText, signed, titleOf } from "./run-hand.js";
import { record } from "./run-record.js";
import { drop, keep, load, nameOf, runs, sheetsOf, sweep } from "./run-store.js";
import { begun, done, label, moment, who } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */

const MANY = 50; // on the page at once

class MyRuns extends HTMLElement {
  away = new AbortController();
  said = make("p", { className: "said", role: "status" });
  listed = make("div");
  many = MANY;
  file = make("input", { type: "file", accept: ".html,text/html", onchange: () => this.chosen() });

  connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    for (const news of ["storage", "pageshow"]) addEventListener(news, () => this.show(), { signal });
    addEventListener("hashchange", () => this.reveal(), { signal });
    addEventListener("afterprint", () => this.classList.remove("printing"), { signal });
    sweep(Number(this.dataset.keep));
    const all = button("全部存成一個檔案", () => giveFile(runs()), { className: "all" });
    const take = make("label", {}, "收別人交來的檔案", this.file);
    this.replaceChildren(make("div", { className: "files" }, all, take), this.said, this.listed);
    this.show();
    this.reveal();
  }

  disconnectedCallback() {
    this.away.abort();
  }

  show() {
    const all = runs();
    const opened = new Set([...this.querySelectorAll("details[open]")].map(({ id }) => id));
    const [open, ended] = [all.filter((one) => !done(one)), all.filter(done).sort((a, b) => done(b) - done(a))];
    const none = nobodys() ? "還沒選名字：選了，才看得到自己辦的事。" : "還沒有。照流程打第一個勾，就會開始一件。";
    const more = ended.length > this.many ? [button(`再列 ${Math.min(MANY, ended.length - this.many)} 件`, () => this.longer())] : [];
    this.listed.replaceChildren(
      ...(all.length ? [] : [make("p", {}, none)]),
      ...this.group(`還沒做完：${open.length} 件`, open, opened),
      ...this.group(`做完的：${ended.length} 件`, ended.slice(0, this.many), opened),
      ...more,
    );
    const save = /** @type {HTMLButtonElement | null} */ (this.querySelector(".all"));
    if (save) save.disabled = !all.length;
  }

  longer() {
    this.many += MANY;
    this.show();
  }

  /** @param {string} words @param {Run[]} some @param {Set<string>} opened */
  group(words, some, opened) {
    return some.length ? [make("h2", {}, words), ...some.map((one) => this.item(one, opened))] : [];
  }

  /** @param {Run} run @param {Set<string>} opened */
  item(run, opened) {
    const [title, name, now] = [this.named(run), nameOf(run), Date.now()];
    const when = done(run) ? `${moment(done(run), now)} 做完` : `${moment(begun(run), now)} 開始`;
    const more = [title, who(run), when].filter(Boolean).join("・");
    const details = make("details", { id: name }, make("summary", {}, make("b", {}, label(run, now)), " ", make("small", {}, more)));
    details.ontoggle = () => details.open && details.children.length === 1 && details.append(...this.whole(run));
    details.open = opened.has(name);
    return details;
  }

  /** @param {Run} run */
  whole(run) {
    const link = this.link(run);
    const go = link ? [button(done(run) ? "再打開" : "接著做", () => this.goOn(run, link.href))] : [];
    const acts = [
      ...go,
      button("列印", () => this.print(run)),
      button("傳文字", () => giveText(run)),
      button("傳檔案", () => giveFile([run])),
      button("刪掉", () => this.erase(run), { className: "erase" }),
    ];
    return [make("p", { className: "more noprint" }, ...acts), record(signed(run), sheetsOf(run), this.named(run))];
  }

  /** What its SOP is called now; or was, where there is none any more. @param {Run} run */
  named(run) {
    return this.link(run)?.textContent ?? titleOf(run);
  }

  /** @param {Run} run */
  link({ sop }) {
    return /** @type {HTMLAnchorElement | null | undefined} */ (this.closest(".hb")?.querySelector(`[data-run-of="${sop}"] a`));
  }

  // ── what is done ──

  /** @param {Run} run @param {string} href */
  goOn(run, href) {
    if (done(run)) change(`ticks:${nameOf(run)}`, { _done: "" });
    turnTo(run.sop, nameOf(run));
    location.href = href;
  }

  /** @param {Run} run */
  print(run) {
    for (const one of this.querySelectorAll("details")) one.classList.toggle("printed", one.id === nameOf(run));
    this.classList.add("printing");
    print();
  }

  /** @param {Run} run */
  erase(run) {
    const sheets = sheetsOf(run);
    drop(run);
    this.show();
    const back = button("復原", () => {
      keep({ run, sheets });
      this.tell("復原了。");
    });
    this.tell(`刪掉了：${label(run, Date.now())}。`, back);
    back.focus();
  }

  async chosen() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    const text = await file.slice(0, 4 * LARGEST).text();
    this.file.value = ""; // the same file can be chosen again
    this.tell(this.taken(text));
  }

  /** @param {string} text */
  taken(text) {
    if (nobodys()) return "先選名字，才知道收給誰。";
    try {
      const { runs: found, refused } = taken(text, Date.now());
      const kept = found.filter(keep).length;
      const bad = refused ? `另外 ${refused} 件壞了，沒有收。` : "";
      return kept < found.length ? `這支手機存不了：只收了 ${kept} 件，共 ${found.length} 件。` : `收了 ${kept} 件。${bad}`;
    } catch (wrong) {
      return wrong instanceof Error ? wrong.message : String(wrong);
    }
  }

  /** @param {string} words @param {...Node} more */
  tell(words, ...more) {
    this.show();
    this.said.replaceChildren(words, ...more);
  }

  /** Opens the run that the address names. */
  reveal() {
    const named = document.getElementById(location.hash.slice(1));
    if (!(named instanceof HTMLDetailsElement)) return;
    named.open = true;
    named.scrollIntoView();
  }
}

customElements.define("my-runs", MyRuns);
