// @ts-check
// 「交給主管」, on my progress: what somebody has read and passed, as a code on the screen, a link or a file. Nothing goes
// anywhere by itself. Fetched when its button is pressed.

import { day } from "../clock.js";
import { button, make } from "../dom.js";
import { current } from "../people/people.js";
import { plain } from "../quiz/file.js";
import * as log from "../quiz/log.js";
import * as record from "../quiz/record.js";
import { give } from "../share.js";
import * as signatures from "../sign/signatures.js";
import { save } from "../save.js";
import { codes } from "./codes.js";
import { key } from "./key.js";
import { encode } from "./packet.js";
import { state } from "./state.js";
import { frames, toLink } from "./transport.js";

/** @typedef {import("./packet.js").HandOver} HandOver */

const SIGNED = "這支手機簽了章：路上改了一個字，主管那邊看得出來。";
const UNSIGNED = "這裡簽不了章（網址不是 https，或瀏覽器不讓網頁存東西）：主管那邊會寫「沒有簽章」。";
const BY_LINK = "主管用手機的相機掃，點開連結，就收進手冊的「團隊」頁。";
const BY_PAGE = "主管打開手冊的「團隊」頁，按「用相機掃」，對著這裡。";

class HandOverBox extends HTMLElement {
  said = make("p", { className: "said", role: "status" });
  /** How often it was drawn: what was begun before is not shown over what was begun later. */
  times = 0;

  connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    for (const news of ["people", "signed", "pageshow"]) addEventListener(news, () => this.show(), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.away?.abort();
  }

  /** Draws it for whose turn it is now, by what is kept now. */
  async show() {
    const [who, time] = [current(), ++this.times];
    if (!who) return this.remove();
    const mine = await key();
    const kept = state(this.closest(".hb") ?? document, who, record.load(), signatures.load(), log.load());
    const told = { ...kept, key: mine?.text ?? "" };
    const bytes = await encode(told, mine?.sign ?? null);
    if (time === this.times && this.isConnected) this.draw(told, bytes);
  }

  /** @param {HandOver} told @param {Uint8Array<ArrayBuffer>} bytes */
  draw(told, bytes) {
    const style = make("link", { rel: "stylesheet", href: new URL("hand-over.css", import.meta.url).href });
    const title = make("h2", { id: "_hand-over", tabIndex: -1 }, "交給主管");
    const first = !this.querySelector("h2");
    const send = button("傳連結", () => give({ url: toLink(bytes) }, "連結", "主管"));
    const save = button("存成檔案", () => this.save(told, bytes));
    const ways = make("div", { className: "files" }, send, save);
    const close = button("收起來", () => this.leave());
    this.setAttribute("role", "region");
    this.setAttribute("aria-labelledby", title.id);
    const parts = [title, this.facts(told), ...this.pictures(bytes), ways, this.said, ...this.more(told), close];
    this.replaceChildren(style, ...parts);
    if (!first) return;
    title.focus();
    style.onload = () => this.scrollIntoView(); // all of the code, for whoever holds a camera to it
  }

  /** What it holds. @param {HandOver} told */
  facts({ who, signed, quizzes, exams }) {
    const counts = [["簽名", size(signed), "份"], ["測驗", size(quizzes), "份"], ["崗位考試", size(exams), "場"]];
    const some = counts.filter(([, count]) => count).map((one) => one.join(" "));
    const what = some.length ? `${some.join("、")}，每一題對錯` : "還沒有簽名、測驗";
    return make("p", {}, make("b", {}, who.name), `：${what}，崗位與到職第一天。`);
  }

  /** What it does not hold, and what is sure of it. @param {HandOver} told */
  more({ key: mine }) {
    const rest = "打勾、搜尋、草稿不在裡面。你給主管看或傳出去，才會交出去；誰拿到，誰就看得到內容。";
    return [make("p", { className: mine ? "" : "notice" }, mine ? SIGNED : UNSIGNED), make("p", {}, rest)];
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  pictures(bytes) {
    try {
      const texts = frames(bytes);
      return [make("p", {}, texts[0].includes("#") ? BY_LINK : BY_PAGE), ...codes(texts)];
    } catch (wrong) {
      return [make("p", { className: "notice" }, wrong instanceof Error ? wrong.message : `${wrong}`)];
    }
  }

  /** @param {HandOver} told @param {Uint8Array<ArrayBuffer>} bytes */
  save({ who, at }, bytes) {
    const title = plain(document.querySelector(".md-logo")?.getAttribute("title") ?? "");
    const name = `${[title, "交給主管", plain(who.name), day(new Date(at * 1000))].filter(Boolean).join("-")}.txt`;
    save(name, new Blob([toLink(bytes)], { type: "text/plain" }));
    this.said.textContent = `存好了：${name}。傳給主管，他在「團隊」頁收。`;
  }

  /** Goes, and leaves its reader where they were. */
  leave() {
    this.remove();
    this.dispatchEvent(new Event("left"));
  }
}

/** @param {object} some */
const size = (some) => Object.keys(some).length;

customElements.define("hand-over", HandOverBox);

/**
 * Shows it after an element, and goes back to whoever asked for it.
 * @param {HTMLElement} before
 * @param {HTMLElement} from
 */
export function handOver(before, from) {
  const there = before.parentElement?.querySelector("hand-over");
  if (there) return void there.querySelector("h2")?.focus();
  const box = document.createElement("hand-over");
  box.addEventListener("left", () => from.focus());
  before.after(box);
}
