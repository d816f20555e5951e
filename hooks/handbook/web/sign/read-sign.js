// @ts-check
// At the end of an SOP: 「我讀過這一版」, and for who signed another version what has changed since, and no more.

import { day } from "../clock.js";
import { all, button, make } from "../dom.js";
import { nobodys } from "../people/people.js";
import { standing, until } from "./renewal.js";
import { compare, isNothing, load, sign } from "./signatures.js";

/** @typedef {import("./signatures.js").Signature} Signature */
/** @typedef {import("./signatures.js").Change} Change */

class ReadSign extends HTMLElement {
  connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    for (const news of ["storage", "pageshow"]) addEventListener(news, () => this.show(), { signal });
    const style = make("link", { rel: "stylesheet", href: new URL("sign.css", import.meta.url).href });
    this.replaceChildren(style, this.told, this.said);
    this.show();
    if (this.page.querySelector("read-plan")) import("./read-plan.js"); // on a role's page
  }

  disconnectedCallback() {
    this.away?.abort();
    this.replaceChildren();
  }

  told = make("div");
  said = make("p", { role: "status" });

  get sop() {
    return this.dataset.sop ?? "";
  }

  get page() {
    return /** @type {HTMLElement} */ (this.closest(".hb"));
  }

  get version() {
    return this.page.dataset.version ?? "";
  }

  /** The clauses of this page, with their fingerprints. */
  get clauses() {
    return Object.fromEntries(all(this.page, ".clause[data-fingerprint]").map(({ id, dataset }) => [id, dataset.fingerprint ?? ""]));
  }

  show() {
    const signed = load();
    const before = Object.hasOwn(signed, this.sop) ? signed[this.sop] : null;
    const change = before && compare(this.sop, before.clauses, this.clauses);
    const [words, open] = before && change ? this.since(before, change) : [[make("p", {}, "讀完了，就簽在這裡。")], true];
    const act = open ? [button(`我讀過這一版（${this.version}）`, () => this.sign())] : [];
    this.classList.toggle("signed", !open);
    this.told.replaceChildren(...words, ...(nobodys() ? [make("p", {}, "先選名字，才能簽。")] : act));
  }

  /**
   * What to say to who has signed, and whether they are asked again.
   * @param {Signature} before
   * @param {Change} change
   * @returns {[Node[], boolean]}
   */
  since({ version, at }, change) {
    const on = day(new Date(at));
    if (!isNothing(change)) return [this.changes(version, change), true];
    const end = until(this.dataset.renew, at);
    const now = standing(end, day());
    if (now === "due") return [[make("p", {}, `你 ${on} 簽的，${end} 到期：再讀一次、再簽。`)], true];
    const same = version === this.version ? "" : `這一版（${this.version}）要求沒有變，不用再簽。`;
    const told = make("p", {}, make("b", {}, `✓ 你 ${on} 簽了 ${version} 版。`), same, end ? `${end} 到期。` : "");
    return [[told], now === "soon"];
  }

  /**
   * @param {string} version
   * @param {Change} change
   */
  changes(version, { added, changed, gone }) {
    const head = make("p", {}, make("b", {}, `你讀過的是 ${version} 版；之後${kinds(added, changed, gone)}：`));
    const rows = /** @type {[string, string[]][]} */ ([["新增", added], ["改了", changed], ["刪了", gone]]);
    const items = rows.flatMap(([kind, ids]) => ids.map((id) => make("li", {}, make("small", {}, kind), " ", this.named(id))));
    return [head, make("ul", {}, ...items)];
  }

  /** A link to a clause, or to what the page says of one that is gone. @param {string} id */
  named(id) {
    const there = document.getElementById(id);
    const words = there?.querySelector(":scope > .anchor")?.getAttribute("aria-label")?.replace(/^連結：/, "");
    return there ? make("a", { href: `#${id}` }, words ?? there.textContent ?? id) : make("span", {}, `代號是 ${id} 的那一條`);
  }

  sign() {
    const done = sign(this.sop, { version: this.version, clauses: this.clauses, at: Date.now() });
    this.said.textContent = done ? "簽好了。" : "這支手機存不了：沒有簽成。";
    this.show();
    this.tabIndex = -1;
    this.focus({ preventScroll: true });
    dispatchEvent(new Event("signed"));
  }
}

/** @param {string[]} added @param {string[]} changed @param {string[]} gone */
const kinds = (added, changed, gone) =>
  [added.length && "新增", changed.length && "改了", gone.length && "刪了"].filter(Boolean).join("、");

customElements.define("read-sign", ReadSign);
