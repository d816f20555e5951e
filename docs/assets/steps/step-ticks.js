// @ts-check
// Steps to tick off while doing them, and only those of the case at hand. A step that has changed since is unticked.
import { recall, remember, said, say } from "../memory.js";

const ACT = ":scope > :is(.do, .say, .never)";

class StepTicks extends HTMLElement {
  /** What was ticked before all was cleared, as long as nothing else was. @type {Map<string, string> | undefined} */
  cleared = undefined;

  connectedCallback() {
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.page = /** @type {HTMLElement} */ (this.closest(".hb"));
    this.sop = this.dataset.sop ?? "";
    this.name = `ticks:${this.sop}`;
    this.added = /** @type {Element[]} */ ([]);
    const acts = [...this.page.querySelectorAll(".clause")].filter((one) => one.querySelector(ACT));
    this.steps = acts.map((clause) => this.box(clause));
    this.branches = [...this.page.querySelectorAll(".cases")].map((cases) => this.branch(cases));
    this.status = make("p", { role: "status" });
    this.clear = button("全部清除", () => this.clearOrRestore());
    this.replaceChildren(this.status, this.clear, button("列印", () => print()));
    this.page.classList.add("ticking");
    for (const news of ["said", "storage", "pageshow"]) addEventListener(news, () => this.update(), { signal });
    document.addEventListener("visibilitychange", () => this.update(), { signal });
    addEventListener("hashchange", () => this.reveal(), { signal });
    this.reveal();
  }

  disconnectedCallback() {
    this.leaving?.abort();
    for (const one of this.added ?? []) one.remove();
    this.page?.classList.remove("ticking");
    this.replaceChildren();
  }

  /** Gives a clause its box, drawn around its number. @param {Element} clause */
  box(clause) {
    const act = clause.querySelector(ACT);
    const box = make("input", { type: "checkbox", className: "tick", ariaLabel: `做完：${act?.textContent?.trim()}` });
    box.onchange = () => this.tick(/** @type {HTMLElement} */ (clause), box.checked);
    const place = clause.matches(".case") && act ? act : clause;
    if (!clause.querySelector(":scope > .num")) {
      const number = clause.matches(".inner > *") ? [...(clause.parentElement?.children ?? [])].indexOf(clause) + 1 : "";
      place.prepend(this.add(make("b", { className: "num", ariaHidden: "true", textContent: `${number}` })));
    }
    place.prepend(this.add(box));
    return { clause: /** @type {HTMLElement} */ (clause), box };
  }

  /** Gives a branch its buttons. @param {Element} around */
  branch(around) {
    const step = around.closest(".clause")?.id ?? "";
    const cases = /** @type {HTMLElement[]} */ ([...around.children]);
    const group = make("div", { className: "pick", role: "group", ariaLabel: "只看哪一種情況" });
    const buttons = ["", ...cases.map(({ id }) => id)].map((id) => {
      const name = id ? document.getElementById(id)?.querySelector("h4")?.textContent : "全部";
      const made = button(name ?? id, () => this.pick(step, id));
      made.value = id;
      return made;
    });
    group.append(...buttons);
    around.before(this.add(group));
    return { step, cases, buttons, shown: false };
  }

  /** @template {Element} E @param {E} element */
  add(element) {
    this.added?.push(element);
    return element;
  }

  /** @param {string} step @param {string} id */
  pick(step, id) {
    for (const branch of this.branches ?? []) if (branch.step === step) branch.shown = false;
    say(this.sop ?? "", { [step]: id });
  }

  /** @param {HTMLElement} clause @param {boolean} on */
  tick({ id, dataset }, on) {
    const done = recall(this.name ?? "");
    if (on) done.set(id, dataset.fingerprint ?? "");
    else done.delete(id);
    this.keep(done);
  }

  clearOrRestore() {
    const cleared = this.cleared;
    const done = recall(this.name ?? "");
    this.keep(cleared ?? new Map());
    this.cleared = cleared ? undefined : done;
    this.update();
  }

  /** @param {Map<string, string>} done */
  keep(done) {
    remember(this.name ?? "", done);
    this.cleared = undefined;
    this.update();
  }

  /** Shows what the address names, also where it belongs to another case. */
  reveal() {
    const named = document.getElementById(location.hash.slice(1));
    for (const branch of this.branches ?? []) branch.shown ||= branch.cases.some((one) => one.contains(named));
    const near = named && Math.abs(named.getBoundingClientRect().top) < innerHeight;
    this.update();
    if (near) named.scrollIntoView(); // the boxes have moved it
  }

  update() {
    const done = recall(this.name ?? "");
    const picks = said(this.sop ?? "");
    for (const { step, cases, buttons, shown } of this.branches ?? []) {
      const picked = cases.find(({ id }) => !shown && id === picks.get(step))?.id ?? "";
      for (const one of cases) one.hidden = picked !== "" && one.id !== picked;
      for (const one of buttons) one.ariaPressed = String(one.value === picked);
    }
    for (const { clause, box } of this.steps ?? []) {
      box.checked = done.get(clause.id) === clause.dataset.fingerprint;
      clause.classList.toggle("ticked", box.checked);
    }
    this.count();
  }

  /** Says how much is done, of what is shown. */
  count() {
    const boxes = (this.steps ?? []).map(({ box }) => box).filter((box) => !box.closest("[hidden]"));
    const ticked = boxes.filter((box) => box.checked).length;
    const words = ticked === boxes.length ? `${ticked} 步都勾完了` : `勾了 ${ticked} 步，共 ${boxes.length} 步`;
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
    if (this.clear) this.clear.textContent = this.cleared ? "復原" : "全部清除";
    if (this.clear) this.clear.disabled = !ticked && !this.cleared;
    this.classList.toggle("begun", ticked > 0);
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} properties
 */
function make(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/** @param {string} words @param {() => void} press */
function button(words, press) {
  return make("button", { type: "button", textContent: words, onclick: press });
}

customElements.define("step-ticks", StepTicks);
