// @ts-check
// A message to send: a button that copies it, letter for letter.
import { button } from "./dom.js";
import { copied, tell } from "./share.js";

class CopyWords extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return; // a page that comes back from the browser's memory
    this.append(button("複製", () => this.copy()));
  }

  async copy() {
    const words = this.querySelector(".words");
    if (!(words instanceof HTMLElement)) return;
    const done = await copied(words.innerText.replaceAll("\u00a0", " "));
    if (done) return tell("複製好了，貼到要傳的地方，再填空格。");
    getSelection()?.selectAllChildren(words);
    tell("這裡不能自動複製：已經選起來了，請自己複製。");
  }
}

customElements.define("copy-words", CopyWords);
