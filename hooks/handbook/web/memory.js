// @ts-check
// What a reader has said about an SOP (which case, since when), in a link or on the phone; and what was ticked there.
// What is of one run of it (one complaint, one guest) has that run's name and is kept with it; anything else is forgotten
// the next day, but for a clock that was set, until its reader clears it.
import { day } from "./clock.js";
import { read, write } from "./storage.js";
import { relinked } from "./names.js";

/** What was said or ticked, and when: each has a time of its own. @typedef {readonly [value: string, at: number]} Entry */
/** @typedef {Map<string, Entry>} Entries */
/** What becomes of some of them: a value is said now, a null takes back. @typedef {Record<string, Entry | string | null>} News */

const NIGHT = 6 * 3_600_000; // ms: work begun before midnight goes on after it
export const LINK = "#_due&"; // in the fragment, which no browser sends anywhere
const AT = ".at"; // no id has a dot
const RUN = "handbook:run:"; // in what the tab keeps, with the SOP
const NAME = /^(?:_sop|[a-z][a-z0-9-]{0,99}(?:\.at)?)$/;
const [LONGEST, MOST] = [100, 99]; // characters of a value, and how many there may be
const AWHILE = 30 * 60_000; // ms: who comes back to a page later than that comes for another case

/** What storage would not take, for as long as the page is there. @type {Map<string, Map<string, Entry | null>>} */
const held = new Map();

/** All that is kept under a name, whatever its day: read anew each time, as other pages write there too. @param {string} name */
function kept(name) {
  const stored = /** @type {any} */ (read(name));
  /** @type {Entries} */
  const entries = new Map();
  for (const [key, one] of Object.entries(stored?.entries ?? {})) {
    const [value, at] = Array.isArray(one) ? one : [one, stored.at]; // once, all of them had one time
    if (typeof value === "string" && typeof at === "number") entries.set(key, [value, at]);
  }
  return merged(entries, held.get(name) ?? []);
}

/** @param {Entries} entries @param {Iterable<[string, Entry | null]>} news */
function merged(entries, news) {
  for (const [key, entry] of news) entry ? entries.set(key, entry) : entries.delete(key);
  return entries;
}

/** Whether what was said at a moment is today's, or this night's. @param {number} at */
export function lives(at) {
  const age = Date.now() - at;
  return day(new Date(at)) === day() || (age >= 0 && age < NIGHT);
}

/** What is remembered under a name, each with its time; what is another day's is not, unless it lasts. @param {string} name */
export function remembered(name) {
  const entries = kept(name);
  const lasts = /:\d+$/.test(name) || clocked(entries);
  return lasts ? entries : new Map([...entries].filter(([, [, at]]) => lives(at)));
}

/** The same without the times. @param {string} name */
export const recall = (name) => values(remembered(name));

/** @param {Entries} entries */
const values = (entries) => new Map([...entries].map(([key, [value]]) => [key, value]));

/**
 * Changes what is new and nothing else: what other pages have kept since stays.
 * @param {string} name
 * @param {News} news
 */
export function change(name, news) {
  const now = Date.now();
  const pending = new Map(held.get(name));
  for (const [key, one] of Object.entries(news)) pending.set(key, typeof one === "string" ? [one, now] : one);
  const entries = merged(remembered(name), pending);
  if (write(name, entries.size ? { entries: Object.fromEntries(entries) } : null)) held.delete(name);
  else held.set(name, pending);
}

// ── runs: each has the name `sop:id`, its id begins with when it began ──

/** SOP → the run that this tab was at last and when: kept for the tab, where that works. @type {Map<string, string>} */
const runs = new Map();
let arrived = Date.now();

/** A page begins: what was left for longer is not gone on with by itself. */
export const arrive = () => (arrived = Date.now());

/** The run at hand, unless it is done or dropped; none before the first tick. @param {string} sop */
export function runOf(sop) {
  const [run, at] = (runs.get(sop) ?? sessionStorage.getItem(RUN + sop) ?? "").split(" ");
  const ticks = recall(`ticks:${run}`);
  return Number(at) > arrived - AWHILE && ticks.size && !ticks.get("_done") ? run : "";
}

/** Turns to a run, or stays there, or to none; tells every element of the page. @param {string} sop @param {string} run */
export function turnTo(sop, run) {
  runs.set(sop, `${run} ${Date.now()}`);
  try {
    sessionStorage.setItem(RUN + sop, `${run} ${Date.now()}`);
  } catch {
    // Then this page alone knows.
  }
  dispatchEvent(new Event("said"));
}

/** A new run, with what was said before its first tick. @param {string} sop */
export function begin(sop) {
  const run = `${sop}:${Date.now()}${Math.random().toFixed(4).slice(2)}`;
  const before = remembered(`said:${sop}`);
  change(`said:${run}`, Object.fromEntries(before));
  change(`said:${sop}`, Object.fromEntries([...before.keys()].map((key) => [key, null])));
  return run;
}

/** What the last link said: its reader goes on to jump about the page. @type {Map<string, string>} */
let link = new Map();

/** What a link that somebody shared says: the SOP as `_sop`. Strangers write links: of what is none of ours, nothing. */
export function linked() {
  const told = relinked([...new URLSearchParams(location.hash.split(LINK)[1] ?? "")]);
  if (told.length) link = new Map(told.filter(([key, value]) => NAME.test(key) && value.length < LONGEST).slice(0, MOST));
  return link;
}

/** Whether a link speaks of an SOP. @param {string} sop */
const isLinked = (sop) => linked().get("_sop") === sop;

/** @param {string} sop */
const saidOf = (sop) => `said:${runOf(sop) || sop}`;

/**
 * Step → the case picked, clause + `.at` → when its event happened; and when that was said, 0 where a link says it.
 * Strangers write links: trust no value.
 * @param {string} sop
 * @returns {Entries}
 */
export const told = (sop) => (isLinked(sop) ? new Map([...linked()].map(([key, value]) => [key, [value, 0]])) : remembered(saidOf(sop)));

/** The same without the times. @param {string} sop */
export const said = (sop) => values(told(sop));

/** Whether a clock of an SOP was set. @param {string} sop */
export const running = (sop) => clocked(said(sop));

/** @param {Map<string, unknown>} entries */
const clocked = (entries) => [...entries].some(([key, value]) => value && key.endsWith(AT));

/**
 * Adds to what was said (a null takes back), or forgets all of it; tells every element of the page.
 * @param {string} sop
 * @param {Record<string, string | null> | null} news
 */
export function say(sop, news) {
  const name = saidOf(sop);
  const back = runOf(sop) ? "" : null; // in a run it stays known that it was taken back, and when
  const anew = !news || isLinked(sop); // what a link says takes the place of what was said here
  const gone = anew ? [...kept(name).keys()].map((key) => [key, back]) : [];
  const more = Object.entries({ ...(news && anew ? Object.fromEntries(linked()) : {}), ...news });
  change(name, Object.fromEntries([...gone, ...more.map(([key, value]) => [key, value || back]), ["_sop", null]]));
  link = new Map();
  if (location.hash.includes(LINK)) history.replaceState(history.state, "", location.pathname + location.search);
  dispatchEvent(new Event("said"));
}
