// @ts-check
// "It happened at …": which case, since when, and when each deadline falls; a reminder of it, a link to it.
import { follow } from "../clock.js";
import { button, make } from "../dom.js";
import { change, LINK, linked, lives, recall, said, say } from "../memory.js";
import { share } from "../share.js";
import { save } from "../save.js";
import { local, moments, readWorkdays } from "./dates.js";
import { calendarFile } from "./ics.js";
import { ahead, branchesOf, chain, duesOn, startsOf } from "./page.js";
import { item, reminders, summary } from "./words.js";

/** @typedef {import("./page.js").Due} Due */

const TIME = /^20\d\d-\d\d-\d\dT\d\d:\d\d$/; // of our time, whatever a link says
const PICKED = "due"; // where the page of all deadlines keeps which SOP was picked

export class Calculator {
  sop = "";
  opened = ""; // what now is, until somebody says more, or that day is over
  drawn = "";
  /** @type {import("./page.js").Start[]} */
  starts = [];
  /** @type {import("./page.js").Branches} */
  branches = new Map();

  /**
   * @param {HTMLElement} element says whose page it is, and which days are working days
   * @param {HTMLElement} place
   * @param {AbortSignal} leaving
   */
  constructor({ dataset, parentElement }, place, leaving) {
    this.dues = duesOn(parentElement, dataset.sop);
    this.week = dataset.works;
    this.holidays = dataset.holidays;
    this.titles = new Map(this.dues.map((due) => [due.sop, due.title]));
    this.fields = make("div");
    this.status = make("p", { role: "status" });
    this.rows = make("ol");
    this.buttons = make("p", { className: "buttons" });
    this.told = make("p", { role: "status" });
    this.buttons.append(
      button("加進行事曆", () => this.remind()),
      button("傳這個結果", () => this.share()),
      button("重新開始", () => this.forget()),
    );
    place.append(this.fields, this.status, this.rows, this.buttons, this.told);
    addEventListener("hashchange", () => linked().size && this.start(), { signal: leaving });
    for (const news of ["said", "storage"]) addEventListener(news, () => this.update(), { signal: leaving });
    this.start();
    follow(() => this.update(), leaving);
  }

  /** Begins with the SOP of a link, else with the only one, else with the one picked before. */
  start() {
    this.opened = local(new Date());
    const asked = [linked().get("_sop"), ...(this.titles.size > 1 ? [recall(PICKED).get("sop")] : this.titles.keys())];
    this.pick(asked.find((sop) => sop !== undefined && this.titles.has(sop)) ?? "");
  }

  /** Draws the fields of an SOP. @param {string} sop */
  pick(sop) {
    const own = this.dues.filter((due) => due.sop === sop);
    this.sop = sop;
    this.starts = startsOf(own);
    this.branches = branchesOf(own);
    const sops = select("哪一件事？", [["", "選一件"], ...this.titles], "", (one) => {
      change(PICKED, { sop: one });
      say(one, {}); // a link that led here has been left
      this.pick(one);
      this.fields.querySelector("select")?.focus();
    });
    const cases = [...this.branches].map(([step, { ask, cases }]) =>
      select(ask, [["", "每一種都列出來"], ...cases], step, (one) => this.say({ [step]: one })),
    );
    const times = this.asked().map(({ key, ask }) => moment(ask, key, (time) => this.say({ [key]: time })));
    this.fields.replaceChildren(...(this.titles.size > 1 ? [sops] : []), ...cases, ...times);
    this.drawn = "";
    this.update();
  }

  /** The case that was picked at a step, if there is such a one. @param {string} step */
  case(step) {
    const picked = said(this.sop).get(step) ?? "";
    return this.branches.get(step)?.cases.has(picked) ? picked : "";
  }

  /** Whether a deadline counts in the cases that were picked. @param {Due} due */
  counts = (due) => !due.step || [due.case, ""].includes(this.case(due.step));

  /** The starts that somebody has to tell. */
  asked() {
    return this.starts.filter(({ key }) => key);
  }

  /** The starts of deadlines that count. */
  shown() {
    return this.starts.filter((start) => start.dues.some(this.counts));
  }

  /** When something started: as said; the first one is now, unless it lies ahead. @param {string} key */
  time(key) {
    if (!key) return local(new Date());
    const time = said(this.sop).get(key) ?? "";
    if (TIME.test(time) && local(new Date(time)).startsWith(time.slice(0, 10))) return time;
    const first = this.shown().find((start) => start.key);
    return first?.key === key && first.dues.some((due) => !ahead(due)) ? this.opened : "";
  }

  /**
   * Remembers what is new with what stands in the other fields: from now on, now is a time like others.
   * @param {Record<string, string | null>} news
   */
  say(news) {
    const asked = this.shown().filter(({ key }) => key);
    say(this.sop, { ...Object.fromEntries(asked.map(({ key }) => [key, this.time(key)])), ...news });
  }

  forget() {
    this.opened = local(new Date());
    say(this.sop, null);
    this.told.textContent = "清掉了，從現在重新算。";
  }

  /** Brings fields and list up to date, but for the field that somebody is writing in. */
  update() {
    if (!lives(new Date(this.opened).getTime())) this.opened = local(new Date());
    const shown = new Set(this.shown().map(({ key }) => key));
    for (const field of /** @type {Iterable<HTMLElement>} */ (this.fields.children)) {
      const control = /** @type {HTMLInputElement} */ (field.querySelector("select, input"));
      const key = field.dataset.key ?? "";
      const time = control.type === "datetime-local";
      field.hidden = time && !shown.has(key);
      if (time && control === document.activeElement && !TIME.test(control.value)) continue;
      control.value = time ? this.time(key) : key ? this.case(key) : this.sop;
    }
    this.list();
  }

  /** The deadlines that count, in the order in which they fall. */
  due() {
    const rows = this.shown().flatMap(({ key, dues }) => {
      const told = new Date(this.time(key));
      if (isNaN(told.getTime())) return dues.filter(this.counts).map((due) => ({ due, start: told, at: [], workdays: null }));
      return dues.filter(this.counts).map((due) => this.row(due, told));
    });
    const first = (/** @type {import("./words.js").Row} */ { at }) => at[0]?.getTime() ?? Number.MAX_VALUE;
    return rows.sort((one, two) => first(one) - first(two));
  }

  /**
   * When a deadline falls, from when its event happened, or from the ends of those before it.
   * @param {Due} due @param {Date} told
   */
  row(due, told) {
    const own = this.dues.filter(({ sop }) => sop === due.sop);
    let start = told;
    for (const before of chain(due, own).slice(0, -1)) start = moments(before.clock, start, this.workdays(before))[0];
    const workdays = this.workdays(due);
    return { due, start, at: moments(due.clock, start, workdays), workdays };
  }

  /** The days on which those work that a deadline is for. @param {Due} due */
  workdays({ works }) {
    return readWorkdays(works ?? this.week, this.holidays);
  }

  /** Shows the list, where it says anything new. */
  list() {
    const now = new Date();
    const rows = this.due();
    const items = rows.map((row) => item(row, now));
    const drawn = items.map((one) => one.textContent).join("\n");
    this.buttons.hidden = !rows.some(({ at }) => at.length);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.rows.replaceChildren(...items);
    this.status.textContent = this.sop && summary(rows, now);
    this.told.textContent = "";
  }

  remind() {
    this.say({});
    const now = new Date();
    const coming = this.due().filter(({ at }) => at[0] > now);
    if (coming.length) {
      save(`${this.sop}.ics`, new Blob([calendarFile(coming.flatMap(reminders), now)], { type: "text/calendar" }));
    }
    this.told.textContent = coming.length
      ? `${coming.length} 個提醒寫進了 ${this.sop}.ics，打開它就加進行事曆。`
      : "沒有還沒到的期限。";
  }

  /** Hands on a link to this page that says the same. */
  share() {
    this.say({}); // also the times that nobody has touched yet
    const query = new URLSearchParams([...said(this.sop)].filter(([key, value]) => value && key !== "_sop"));
    share(`${location.origin}${location.pathname}${LINK}_sop=${this.sop}&${query}`);
  }
}

/** @param {string} words @param {string} key @param {HTMLElement[]} controls */
function field(words, key, ...controls) {
  const made = make("div", { className: "field" });
  made.dataset.key = key;
  controls[0].id = `_due-${key}`;
  made.append(make("label", { htmlFor: controls[0].id, textContent: words }), ...controls);
  return made;
}

/**
 * @param {string} words
 * @param {Iterable<string[]>} options values and what they are called
 * @param {string} key
 * @param {(value: string) => void} pick
 */
function select(words, options, key, pick) {
  const made = make("select");
  for (const [value, name] of options) made.append(make("option", { value, textContent: name }));
  made.onchange = () => pick(made.value);
  return field(words, key, made);
}

/** @param {string} words @param {string} key @param {(time: string) => void} pick */
function moment(words, key, pick) {
  const input = make("input", { type: "datetime-local", min: "2000-01-01T00:00", max: "2099-12-31T23:59" });
  input.onchange = () => TIME.test(input.value) && pick(input.value);
  const now = button("現在", () => pick(local(new Date())));
  now.ariaLabel = `${words}：現在`;
  return field(words, key, input, now);
}
