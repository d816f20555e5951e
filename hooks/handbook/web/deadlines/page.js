// @ts-check
// What a page says of its deadlines: nothing of it is written a second time for scripts.
import { readClock } from "./dates.js";

/** A deadline on the page. @typedef {ReturnType<typeof read>} Due */
/** What starts some of them: a key to remember it by, what to ask, the deadlines. @typedef {{ key: string, ask: string, dues: Due[] }} Start */
/** Step → what it asks, and its cases with their labels. @typedef {Map<string, { ask: string, cases: Map<string, string> }>} Branches */

/**
 * @param {Element | null} page
 * @param {string | undefined} sop the SOP whose page it is, if it is one's
 */
export function duesOn(page, sop) {
  const rows = /** @type {NodeListOf<HTMLElement>} */ (page?.querySelectorAll("[data-due]") ?? []);
  return [...rows].map((row) => read(row, sop));
}

/**
 * @param {HTMLElement} row a line of an SOP's list, or of the table of all
 * @param {string | undefined} page the SOP whose page it is
 */
function read(row, page) {
  const { due = "", branch = "", sop = page ?? "", event, who, of = "", works } = row.dataset;
  const text = (/** @type {string} */ selector) => row.querySelector(selector)?.textContent ?? "";
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a[href*='#']"));
  const [step, one] = branch.split(" ");
  return {
    sop,
    step,
    case: one,
    of,
    works,
    url: link.href.replace(/\?[^#]*/, ""), // a search or a sheet that led its reader here is nobody else's
    id: link.hash.slice(1),
    clock: readClock(due),
    what: row.querySelector(".what")?.lastChild?.textContent?.trim() ?? "",
    title: text(".sop"),
    label: text("i:not(.icon)"),
    when: text(".if"),
    short: text(".chip"),
    undecided: !!row.querySelector(".chip-undecided"),
    event: event ?? "",
    who: who ?? text(".who"),
  };
}

/** Whether a deadline comes by the calendar alone, so that nothing starts it. @param {Due} due */
export function byCalendar({ clock, event }) {
  return clock.kind === "every" ? Boolean(clock.points) || clock.unit === "month end" : Boolean(clock.from) || (Boolean(clock.points) && !event);
}

/** Whether a deadline is any time of its day: nobody said at what hour. @param {Due} due */
export function allDay(due) {
  return byCalendar(due) && !due.clock.from && !due.clock.points?.some(({ times }) => times.length);
}

/** Whether a deadline lies ahead of its event. @param {Due} due */
export function ahead({ clock: { kind, points } }) {
  return kind === "before" || Boolean(points?.some(({ days, which }) => days.startsWith("off") && which[0] < 0));
}

/**
 * The deadlines at whose ends the next one's clock starts, up to a deadline: itself alone, mostly.
 * @param {Due} due
 * @param {Due[]} dues of its SOP
 */
export function chain(due, dues) {
  const found = [due];
  for (let at = dues.find(({ id }) => id === due.of); at && !found.includes(at); ) {
    const { of } = at;
    found.unshift(at);
    at = dues.find(({ id }) => id === of);
  }
  return found;
}

/**
 * What starts the clocks: an event starts all that name it, what comes again starts where it was done last, and what the
 * calendar says starts now: nothing is asked for it. What is equal is told by ids and attributes, never by what the page
 * shows: that may have been translated since.
 * @param {Due[]} dues
 */
export function startsOf(dues) {
  /** @type {Map<string, Start>} */
  const starts = new Map();
  for (const due of dues) {
    const [first] = chain(due, dues);
    const again = first.clock.kind === "every";
    const fixed = byCalendar(first);
    const ask = fixed ? "" : again ? `上次「${first.what}」的時間` : `「${first.event}」的時間`;
    const same = fixed ? "" : again ? `#${first.id}` : first.event;
    const start = starts.get(same) ?? { key: fixed ? "" : `${first.id}.at`, ask, dues: [] };
    starts.set(same, start);
    start.dues.push(due);
  }
  return [...starts.values()];
}

/**
 * Step → what it asks, and its cases with their labels: all of them where the page has the step itself.
 * @param {Due[]} dues
 */
export function branchesOf(dues) {
  /** @type {Branches} */
  const branches = new Map();
  for (const due of dues.filter(({ step }) => step)) {
    const clause = document.getElementById(due.step);
    const cases = [...(clause?.querySelectorAll(".case") ?? [])];
    const known = branches.get(due.step) ?? {
      ask: clause?.querySelector(".do")?.textContent ?? "哪一種情況？",
      cases: new Map(cases.map((one) => [one.id, one.getAttribute("aria-label") ?? one.id])),
    };
    if (!cases.length) known.cases.set(due.case, due.label || due.what);
    branches.set(due.step, known);
  }
  return branches;
}
