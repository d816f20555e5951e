// @ts-check
// Steps to tick off while doing them, and only those of the case at hand. A step that has changed since is unticked. The
// first tick begins a run: its name, its notes and all others are in run-bar.js, which comes once the page is there.
import { follow } from "../clock.js";
import { button, make } from "../dom.js";
import { arrive, begin, change, lives, recall, runOf, say, told as saidOf, turnTo } from "../memory.js";

const ACT = ":scope > :is(.do, .say, .never)";

class StepTicks extends HTMLElement {
  leaving = new AbortController();
  page = /** @type {Element} */ (this);
  added = /** @type {Element[]} */ ([]);
  steps = /** @type {ReturnType<StepTicks["box"]>[]} */ ([]);
  branches = /** @type {ReturnType<StepTicks["branch"]>[]} */ ([]);
  status = make("p", { role: "status" });
  partly = make("div", { className: "banner partly", role: "note" });

  get sop() {
    return this.dataset.sop ?? "";
  }

  connectedCallback() {
    arrive();
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.page = this.closest(".hb") ?? this;
    const acts = [...this.page.querySelectorAll(".clause")].filter((one) => one.querySelector(ACT));
    this.steps = acts.map((clause) => this.box(clause));
    this.branches = [...this.page.querySelectorAll(".cases")].map((cases) => this.branch(cases));
    this.prepend(this.status);
    this.partly.replaceChildren(...this.branches.map(({ lacks }) => lacks[0]), button("全部顯示", () => this.show()));
    this.page.querySelector(":scope > .summary")?.before(this.add(this.partly));
    this.page.classList.add("ticking");
    for (const news of ["said", "storage", "pageshow"]) addEventListener(news, () => this.update(), { signal });
    addEventListener("hashchange", () => this.reveal(), { signal });
    follow(() => this.update(), signal);
    this.reveal();
  }

  disconnectedCallback() {
    this.leaving.abort();
    for (const one of this.added) one.remove();
    for (const { cases } of this.branches) for (const one of cases) one.removeAttribute("hidden");
    this.page.classList.remove("ticking");
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
    around.addEventListener("beforematch", () => this.show([made]), { signal: this.leaving.signal });
    return made;
  }

  /** Shows every case of some branches, for as long as the page is there. @param {{ shown: boolean }[]} [branches] */
  show(branches = this.branches) {
    for (const branch of branches) branch.shown = true;
    this.update();
  }

  /** @template {Element} E @param {E} element */
  add(element) {
    this.added.push(element);
    return element;
  }

  /** @param {string} step @param {string} id @param {Element} pressed stays where it is on the screen */
  pick(step, id, pressed) {
    const before = pressed.getBoundingClientRect().top;
    for (const branch of this.branches) if (branch.step === step) branch.shown = false;
    say(this.sop, { [step]: id });
    scrollBy(0, pressed.getBoundingClientRect().top - before);
  }

  /** @param {HTMLElement} clause @param {boolean} on */
  tick({ id, dataset }, on) {
    const { sop } = this;
    const run = runOf(sop) || begin(sop);
    change(`ticks:${run}`, { [id]: on ? (dataset.fingerprint ?? "") : "" }); // which tells other pages that it was taken back
    turnTo(sop, run);
  }

  /** Shows what the address names, also where it belongs to another case. */
  reveal() {
    const named = document.getElementById(location.hash.slice(1));
    for (const branch of this.branches) branch.shown ||= branch.cases.some((one) => one.contains(named));
    const near = named && Math.abs(named.getBoundingClientRect().top) < innerHeight;
    this.update();
    if (near) named.scrollIntoView(); // the boxes have moved it
  }

  update() {
    const done = recall(`ticks:${runOf(this.sop)}`);
    const chosen = this.branches.map((branch) => this.choose(branch));
    this.partly.hidden = !chosen.some(({ picked }) => picked);
    this.partly.classList.toggle("today", chosen.some(({ today }) => today));
    for (const { clause, box } of this.steps) {
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
    const [said, at] = saidOf(this.sop).get(step) ?? ["", 0];
    const picked = shown ? -1 : cases.findIndex(({ id }) => id === said);
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
    const boxes = this.steps.map(({ box }) => box).filter((box) => !box.closest("[hidden]"));
    const ticked = boxes.filter((box) => box.checked).length;
    const words = ticked === boxes.length ? `${ticked} 步都勾完了` : `勾了 ${ticked} 步，共 ${boxes.length} 步`;
    tell(this.status, words);
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
