// @ts-check
// The words that search did not know, to read, to copy and to forget.

import { button, make } from "../dom.js";
import { copied } from "../share.js";
import { forget, unknown } from "./unknown.js";

class UnknownWords extends HTMLElement {
  connectedCallback() {
    const words = unknown();
    if (!words.length) {
      this.replaceChildren(make("p", {}, "這支手機上還沒有找不到的詞。"));
      return;
    }
    const list = make("textarea", {
      readOnly: true,
      value: words.join("\n"),
      rows: Math.min(12, words.length + 1),
      ariaLabel: "找不到的詞，一行一個",
    });
    const said = make("p", { role: "status" });
    const copy = button("複製", async () => {
      list.select();
      said.textContent = (await copied(list.value)) ? "複製好了，貼到訊息裡就能傳。" : "複製不了：請長按上面的字，自己複製。";
    });
    const clear = button("全部刪掉", () => {
      forget();
      this.connectedCallback();
    });
    this.replaceChildren(list, copy, clear, said);
  }
}

customElements.define("unknown-words", UnknownWords);
