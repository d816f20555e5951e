// @ts-check
// Who one is, at the top of my progress: a name as the supervisor knows it, a role, the first day. Nobody need say.

import { all, button, make } from "../dom.js";
import { mine, whose } from "../storage.js";
import { add, change, current, isOfPeople, LONGEST, mend, MOST, NOBODY, nobodys, people, remove, take, toldBy } from "./people.js";

/** @typedef {import("./people.js").Told} Told */

let number = 0; // of forms on the page: labels name their fields

class WhoAmI extends HTMLElement {
  said = make("p", { className: "done", role: "status" });

  connectedCallback() {
    this.away = new AbortController();
    addEventListener("storage", (news) => isOfPeople(news) && this.follow(), { signal: this.away.signal });
    mend();
    this.follow();
  }

  disconnectedCallback() {
    this.away?.abort();
  }

  /** A page that was another's is drawn anew for whose turn it is. */
  follow() {
    if (mine !== whose()) return location.reload();
    if (!this.contains(document.activeElement)) this.show();
  }

  /** @param {string} [words] on what was done */
  show(words = "") {
    const [who, many] = [current(), people().length];
    this.said.textContent = words;
    this.replaceChildren(...(who ? this.known(who, many) : nobodys() ? this.asked() : this.unknown()), this.said);
  }

  // ── what is shown ──

  /** @param {import("./people.js").Person} who @param {number} many */
  known(who, many) {
    const facts = [this.roles.get(who.role) ?? "崗位還沒寫", who.first ? `第一天 ${who.first}` : "第一天還沒寫"];
    const head = make("p", { className: "me" }, make("b", {}, who.name), make("small", {}, facts.join("・")));
    return [
      head,
      this.folded("改我的資料", "存起來", who, (told) => change(told)),
      ...(many < MOST ? [this.adding(many)] : []),
      this.leaving(who, many),
    ];
  }

  asked() {
    const rows = people().map(({ id, name }) => make("li", {}, button(name, () => take(id) && this.follow())));
    return [make("p", {}, NOBODY), make("ul", { className: "who" }, ...rows), this.adding(rows.length)];
  }

  unknown() {
    const why = "這支手機是誰的？不寫，一切照樣能用。寫了，成績檔會帶著名字；好幾個人共用，就各記各的。";
    return [make("p", {}, why), this.folded("寫上名字", "存起來", null, (told) => (people().length ? change : add)(told))];
  }

  /** @param {number} many */
  adding(many) {
    const why = many > 1 ? "" : "加了以後，每一頁上面都看得到現在是誰，點名字就能換人（沒有密碼）；10 分鐘沒有人碰，就要再選。";
    return this.folded("再加一個人", "加進來，換他用", null, (told) => add(told), why);
  }

  /** @param {import("./people.js").Person} who @param {number} many */
  leaving(who, many) {
    const rest = many > 1 ? "別人的不會動。" : "";
    const warning = `${who.name} 的成績、簽名、打勾辦的事、收下的團隊都會從這支手機清掉，找不回來。${rest}要留的話，先匯出。`;
    const save = button("先匯出成績", () => this.dispatchEvent(new Event("save", { bubbles: true })));
    const erase = button(`拿掉 ${who.name}`, () => this.settle(remove(), "拿掉了。"), { className: "erase" });
    return make("details", {}, make("summary", {}, "不再用這支手機"), make("p", {}, warning), save, erase);
  }

  /**
   * A form to say who one is.
   * @param {string} title
   * @param {string} words on its button
   * @param {Told | null} told what is known already
   * @param {(told: Told) => boolean} keep
   * @param {string} [why]
   */
  folded(title, words, told, keep, why = "") {
    const name = make("input", { required: true, maxLength: LONGEST, autocomplete: "off", value: told?.name ?? "" });
    const role = make("select", {}, ...[["", "還沒定"], ...this.roles].map(([value, text]) => make("option", { value }, text)));
    role.value = told?.role ?? "";
    const first = make("input", { type: "date", value: told?.first ?? "" });
    const form = make("form", {}, ...field("名字（主管怎麼叫你）", name), ...(this.roles.size ? field("崗位", role) : []), ...field("到職第一天", first));
    form.append(make("button", { type: "submit" }, words));
    form.onsubmit = (event) => {
      event.preventDefault();
      const found = toldBy({ name: name.value, role: role.value, first: first.value });
      if (!found) return name.focus();
      if (found.name === told?.name || !people().some((one) => one.name === found.name)) return this.settle(keep(found), "存好了。");
      this.said.textContent = `這裡已經有一位${found.name}：寫得分得開，例如加上姓或班別。`;
      name.focus();
    };
    return make("details", {}, make("summary", {}, title), ...(why ? [make("p", {}, why)] : []), form);
  }

  /** @param {boolean} done @param {string} words */
  settle(done, words) {
    if (!done) return void (this.said.textContent = "這支手機存不了：沒有改成。");
    if (mine !== whose()) return location.reload();
    this.show(words);
    this.querySelector("summary")?.focus();
    dispatchEvent(new Event("people"));
  }

  /** Role → what it is called, by the list of what each is to know. */
  get roles() {
    const plans = all(this.closest(".hb") ?? document, "[data-plan]");
    return new Map(plans.map(({ dataset, textContent }) => [dataset.plan ?? "", textContent ?? ""]));
  }
}

/** @param {string} words @param {HTMLElement} input */
function field(words, input) {
  input.id = `_who-${++number}`;
  return [make("label", { htmlFor: input.id }, words), input];
}

customElements.define("who-am-i", WhoAmI);
