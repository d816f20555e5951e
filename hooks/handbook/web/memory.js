// @ts-check
// What a reader has said about an SOP (which case, since when), in a link or on the phone; and what was ticked there.
// A day's work is forgotten the next day; a clock that was set is kept until its reader clears it.
import { day } from "./clock.js";
import { read, write } from "./storage.js";
import { relinked } from "./names.js";

/** What was said or ticked, and when: each has a time of its own. @typedef {readonly [value: string, at: number]} Entry */
/** @typedef {Map<string, Entry>} Entries */
/** What becomes of some of them: a value is said now, a null takes back. @typedef {Record<string, Entry | string | null>} News */

const NIGHT = 6 * 3_600_000; // ms: work begun before midnight goes on after it
const LINK = "#_due&"; // in the fragment, which no browser sends anywhere
const AT = ".at"; // no id has a dot
const NAME = /^(?:_sop|[a-z][a-z0-9-]{0,99}(?:\.at)?)$/;
const [LONGEST, MOST] = [100, 99]; // characters of a value, and how many there may be

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

/**
 * What is remembered under a name, each with its time; what is another day's is not.
 * @param {string} name
 * @param {(entries: Entries) => boolean} [lasting] whether all of it is kept for longer
 */
export function remembered(name, lasting = () => false) {
  const entries = kept(name);
  return lasting(entries) ? entries : new Map([...entries].filter(([, [, at]]) => lives(at)));
}

/**
 * The same without the times.
 * @param {string} name
 * @param {(entries: Entries) => boolean} [lasting]
 */
export const recall = (name, lasting) => new Map([...remembered(name, lasting)].map(([key, [value]]) => [key, value]));

/**
 * Changes what is new and nothing else: what other pages have kept since stays.
 * @param {string} name
 * @param {News} news
 * @param {(entries: Entries) => boolean} [lasting]
 */
export function change(name, news, lasting) {
  const now = Date.now();
  const pending = new Map(held.get(name));
  for (const [key, one] of Object.entries(news)) pending.set(key, typeof one === "string" ? [one, now] : one);
  const entries = merged(remembered(name, lasting), pending);
  if (write(name, entries.size ? { entries: Object.fromEntries(entries) } : null)) held.delete(name);
  else held.set(name, pending);
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

/**
 * Step → the case picked, clause + `.at` → when its event happened. Strangers write links: trust no value.
 * @param {string} sop
 */
export const said = (sop) => (isLinked(sop) ? linked() : recall(`said:${sop}`, clocked));

/**
 * When something was said on this phone; 0 where a link says it.
 * @param {string} sop
 * @param {string} key
 */
export const saidAt = (sop, key) => (isLinked(sop) ? 0 : (remembered(`said:${sop}`, clocked).get(key)?.[1] ?? 0));

/** Whether a clock of an SOP was set. @param {string} sop */
export const running = (sop) => clocked(said(sop));

/** @param {Map<string, unknown>} entries */
const clocked = (entries) => [...entries.keys()].some((key) => key.endsWith(AT));

/**
 * Adds to what was said (a null takes back), or forgets all of it; tells every element of the page.
 * @param {string} sop
 * @param {Record<string, string | null> | null} news
 */
export function say(sop, news) {
  const name = `said:${sop}`;
  const anew = !news || isLinked(sop); // what a link says takes the place of what was said here
  const gone = anew ? [...kept(name).keys()].map((key) => [key, null]) : [];
  const more = Object.entries({ ...(news && anew ? Object.fromEntries(linked()) : {}), ...news });
  change(name, Object.fromEntries([...gone, ...more.map(([key, value]) => [key, value || null]), ["_sop", null]]), clocked);
  link = new Map();
  if (location.hash.includes(LINK)) history.replaceState(history.state, "", location.pathname + location.search);
  dispatchEvent(new Event("said"));
}

/**
 * A link to this page that says the same.
 * @param {string} sop
 */
export function linkTo(sop) {
  const query = new URLSearchParams([...said(sop)].filter(([key]) => key !== "_sop"));
  return `${location.origin}${location.pathname}${LINK}_sop=${sop}&${query}`;
}
