// @ts-check
// Taking in what a phone hands over: by camera, picture, file, link or paste; says what came of it, and asks where in doubt.

import { button, make } from "../dom.js";
import { Gathering, fromText } from "../handover/transport.js";
import { hasCamera, scan } from "./camera.js";
import { slot } from "./model.js";
import * as store from "./store.js";
import { moment } from "./words.js";

/** @typedef {import("./model.js").Team} Team */
/** @typedef {import("./model.js").Held} Held */

const NO_CODE = "這張圖裡找不到圖碼：換清楚一點、正一點的，或改用連結、檔案。";
const PART = "這張圖是好幾張圖碼裡的一張：一次選齊，或用相機掃。";
const NO_CAMERA = "這裡用不了相機（網址要是 https）：改選圖片、檔案，或貼上連結。";

export class Taking {
  said = make("p", { className: "said", role: "status" });
  question = make("div", { className: "insist" });
  pasted = make("textarea", { rows: 3, ariaLabel: "貼上連結或文字", autocomplete: "off" });
  file = make("input", { type: "file", multiple: true, onchange: () => this.chosen() });
  box = make("section", { className: "taking", ariaLabel: "收下同事交來的" });

  /** @param {(team: Team) => void} show */
  constructor(show) {
    this.show = show;
    const camera = hasCamera() ? [button("用相機掃", () => this.camera(), { className: "main" })] : [make("p", { className: "from" }, NO_CAMERA)];
    const form = make("form", {}, this.pasted, make("button", { type: "submit" }, "收進來"));
    form.onsubmit = (event) => (event.preventDefault(), this.paste());
    const paste = make("details", {}, make("summary", {}, "貼上連結"), form);
    this.box.append(make("div", { className: "files" }, ...camera, make("label", {}, "選圖片、檔案", this.file)), paste, this.said, this.question);
  }

  /** @param {string} words @param {...Node} more what else can be done */
  say(words, ...more) {
    if (this.question.contains(document.activeElement)) this.file.focus();
    this.question.replaceChildren(...more);
    this.said.textContent = words;
  }

  // ── ways in ──

  async camera() {
    await this.attempt(async (insist) => {
      const bytes = this.seen ?? (await scan());
      if (!bytes) return this.say("沒有掃到，什麼都沒收。");
      this.seen = bytes; // asked for once: whoever insists need not hold up the phone again
      await this.take(await store.looked(bytes, insist));
    });
  }

  /** @type {Uint8Array | null} */
  seen = null;

  async chosen() {
    const files = [...(this.file.files ?? [])];
    this.file.value = ""; // the same can be chosen again
    const [pictures, others] = [files.filter(isPicture), files.filter((file) => !isPicture(file))];
    if (pictures.length) await this.attempt((insist) => this.pictures(pictures, insist));
    for (const file of others) await this.attempt(async (insist) => this.open(await file.text(), insist));
  }

  /** @param {File[]} pictures @param {boolean} insist */
  async pictures(pictures, insist) {
    const { inPicture } = await import("./codes.js");
    const all = new Gathering();
    let found = 0;
    for (const picture of pictures) {
      for (const text of await inPicture(picture).catch(() => [])) {
        found += 1;
        all.take(text);
        if (!all.bytes) continue;
        await this.take(await store.looked(all.bytes, insist));
        all.bytes = null;
        found = 0;
      }
    }
    if (!this.said.textContent || found) throw new Error(found ? PART : NO_CODE);
  }

  async paste() {
    const text = this.pasted.value.trim();
    if (text && (await this.attempt((insist) => this.open(text, insist)))) this.pasted.value = "";
  }

  /** What the address brings along is told before it is taken in, where it is of nobody that is known. */
  async link() {
    if (!location.hash.startsWith("#take=")) return;
    await this.attempt(async (insist) => {
      const held = await store.looked(fromText(location.hash), insist);
      const known = (await store.load()).held.has(slot(held));
      if (known || insist) return this.take(held).then(tidy);
      const { who, at } = held.told;
      const yes = button("收進來", () => this.attempt(() => this.take(held).then(tidy)));
      this.say(`這個連結是${who.name}的成績（${moment(at)} 交的），團隊裡還沒有這支手機。要收進來嗎？`, yes, button("不要", () => (tidy(), this.say("沒有收。"))));
      yes.focus();
    });
  }

  // ── what comes of it ──

  /**
   * Does it, says what was wrong, or asks whether to do it nevertheless; answers whether it was done.
   * @param {(insist: boolean) => Promise<unknown>} act
   * @param {boolean} [insist]
   */
  async attempt(act, insist = false) {
    this.say("");
    try {
      await act(insist);
      this.seen = null;
      return true;
    } catch (wrong) {
      this.say(wrong instanceof Error ? wrong.message : `${wrong}`);
      if (wrong instanceof store.Foreign) this.ask(act);
      else this.seen = null;
      return false;
    }
  }

  /** @param {(insist: boolean) => Promise<unknown>} act */
  ask(act) {
    const anyway = button("還是收", () => this.attempt(act, true));
    this.question.replaceChildren(anyway, button("不要收", () => ((this.seen = null), tidy(), this.say("沒有收。"))));
    anyway.focus();
  }

  /** @param {string} text @param {boolean} insist */
  async open(text, insist) {
    const found = await store.opened(text, insist);
    if (!("team" in found)) return this.take(found);
    this.show(found.team);
    this.say(merged(found));
  }

  /** @param {Held} held */
  async take(held) {
    const { team, name, was, what } = await store.take(held);
    this.show(team);
    this.say(CAME[what](name) + (was && what === "newer" ? `這支手機上一次寫的是${was}。` : ""));
  }
}

/** @type {Record<ReturnType<typeof import("./model.js").change>, (name: string) => string>} */
const CAME = {
  new: (name) => `收下了：${name}，第一次交。`,
  newer: (name) => `收下了：${name}，比上一次新。`,
  same: (name) => `${name}的這一份收過了，沒有變。`,
  older: (name) => `${name}已經有更新的一份，這一份舊的沒有收。`,
  gone: (name) => `${name}拿掉了，這一份是那之前交的，沒有收。要再收，請他再交一次。`,
};

/** @param {{added: number, newer: number, refused: number}} counts */
function merged({ added, newer, refused }) {
  const parts = [added && `新的 ${added} 支手機`, newer && `比較新的 ${newer} 份`].filter(Boolean);
  return `${parts.length ? `合進來了：${parts.join("、")}。` : "檔案裡沒有比這裡更新的。"}${refused ? `另外 ${refused} 份壞了或被改過，沒有收。` : ""}`;
}

/** What was taken stands in the address no more: to open the page again asks nothing. */
function tidy() {
  if (location.hash.startsWith("#take=")) history.replaceState(history.state, "", location.pathname + location.search);
}

/** @param {File} file */
const isPicture = ({ type, name }) => type.startsWith("image/") || /\.(png|jpe?g|heic|webp|gif|bmp)$/i.test(name);
