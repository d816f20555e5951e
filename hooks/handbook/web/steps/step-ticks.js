// @ts-check
// Steps to tick off while doing them, and only those of the case at hand. A step that has changed since is unticked.
import { follow } from "../clock.js";
import { button, make } from "../dom.js";
import { change, lives, recall, remembered, said, saidAt, say } from "../memory.js";

const ACT = ":scope > :is(.do, .say, .never)";

class StepTicks extends HTMLElement {
  /** What was ticked before all was cleared, as long as nothing else was. @type {import("../memory.js").Entries | undefined} */
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
    this.partly = make("div", { className: "banner partly", role: "note" });
    this.partly.append(...this.branches.map(({ lacks }) => lacks[0]), button("全部顯示", () => this.show()));
    this.page.querySelector(":scope > .summary")?.before(this.add(this.partly));
    this.page.classList.add("ticking");
    for (const news of ["said", "storage", "pageshow"]) addEventListener(news, () => this.update(), { signal });
    addEventListener("hashchange", () => this.reveal(), { signal });
    follow(() => this.update(), signal);
    this.reveal();
  }

  disconnectedCallback() {
    this.leaving?.abort();
    for (const one of this.added ?? []) one.remove();
    for (const { cases } of this.branches ?? []) for (const one of cases) one.removeAttribute("hidden");
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
    const names = cases.map((one) => one.getAttribute("aria-label") ?? one.id);
    const group = make("div", { className: "pick", role: "group", ariaLabel: "只看哪一種情況" });
    const buttons = ["全部", ...names].map((name, number) => {
      const one = button(name, () => this.pick(step, cases[number - 1]?.id ?? "", one));
      return one;
    });
    const lacks = [make("p", { className: "partly" }), make("p", { className: "partly" })]; // at the top, and here
    group.append(...buttons);
    around.before(this.add(group), this.add(lacks[1]));
    const made = { step, around, cases, names, buttons, lacks, shown: false };
    // The browser's own search has found something that is hidden.
    around.addEventListener("beforematch", () => this.show([made]), { signal: this.leaving?.signal });
    return made;
  }

  /** Shows every case of some branches, for as long as the page is there. @param {{ shown: boolean }[]} [branches] */
  show(branches = this.branches) {
    for (const branch of branches ?? []) branch.shown = true;
    this.update();
  }

  /** @template {Element} E @param {E} element */
  add(element) {
    this.added?.push(element);
    return element;
  }

  /** @param {string} step @param {string} id @param {Element} pressed stays where it is on the screen */
  pick(step, id, pressed) {
    const before = pressed.getBoundingClientRect().top;
    for (const branch of this.branches ?? []) if (branch.step === step) branch.shown = false;
    say(this.sop ?? "", { [step]: id });
    scrollBy(0, pressed.getBoundingClientRect().top - before);
  }

  /** @param {HTMLElement} clause @param {boolean} on */
  tick({ id, dataset }, on) {
    this.keep({ [id]: on ? (dataset.fingerprint ?? "") : null });
  }

  /** Of what was cleared, what has been ticked again since stays as it is. */
  clearOrRestore() {
    const cleared = this.cleared;
    const done = remembered(this.name ?? "");
    if (cleared) return this.keep(Object.fromEntries([...cleared, ...done]));
    this.keep(Object.fromEntries([...done.keys()].map((id) => [id, null])));
    this.cleared = done;
    this.update();
  }

  /** @param {import("../memory.js").News} news */
  keep(news) {
    change(this.name ?? "", news);
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
    const chosen = (this.branches ?? []).map((branch) => this.choose(branch));
    if (this.partly) this.partly.hidden = !chosen.some(({ picked }) => picked);
    this.partly?.classList.toggle("today", chosen.some(({ today }) => today));
    for (const { clause, box } of this.steps ?? []) {
      box.checked = done.get(clause.id) === clause.dataset.fingerprint;
      clause.classList.toggle("ticked", box.checked);
    }
    this.count();
  }

  /**
   * Shows the case that was picked at a branch, and says what that leaves out. On paper only a choice of today leaves
   * anything out: one of another day is not what whoever prints has in mind.
   * @param {ReturnType<StepTicks["branch"]>} branch
   */
  choose({ step, around, cases, names, buttons, lacks, shown }) {
    const picked = shown ? -1 : cases.findIndex(({ id }) => id === said(this.sop ?? "").get(step));
    const at = saidAt(this.sop ?? "", step);
    const today = picked >= 0 && lives(at);
    for (const [number, one] of cases.entries()) {
      if (picked < 0 || number === picked) one.removeAttribute("hidden");
      else one.setAttribute("hidden", "until-found"); // where a browser knows that; elsewhere, hidden is hidden
    }
    for (const [number, one] of buttons.entries()) one.ariaPressed = String(number === picked + 1);
    const since = new Date(at);
    const day = at && !today ? `（${since.getMonth() + 1} 月 ${since.getDate()} 日選的）` : "";
    const words = `只列出「${names[picked]}」${day}，另外 ${cases.length - 1} 種情況沒有列出。`;
    for (const one of lacks) tell(one, picked < 0 ? "" : words);
    for (const one of [around, ...lacks]) one.classList.toggle("today", today);
    return { picked: picked >= 0, today };
  }

  /** Says how much is done, of what is shown. */
  count() {
    const boxes = (this.steps ?? []).map(({ box }) => box).filter((box) => !box.closest("[hidden]"));
    const ticked = boxes.filter((box) => box.checked).length;
    const words = ticked === boxes.length ? `${ticked} 步都勾完了` : `勾了 ${ticked} 步，共 ${boxes.length} 步`;
    if (this.status) tell(this.status, words);
    if (this.clear) this.clear.textContent = this.cleared ? "復原" : "全部清除";
    if (this.clear) this.clear.disabled = !ticked && !this.cleared;
    this.classList.toggle("begun", ticked > 0);
  }
}

/** What elements were told last: what they show may have been translated since. @type {WeakMap<Element, string>} */
const told = new WeakMap();

/** Lets an element say something, unless it does. @param {Element} element @param {string} words */
function tell(element, words) {
  if (told.get(element) !== words) element.textContent = words;
  told.set(element, words);
}

customElements.define("step-ticks", StepTicks);
