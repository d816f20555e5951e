// @ts-check
// What a reader has said about an SOP (which case, since when), in a link or on the phone; and what was ticked there.
// A day's work is forgotten the next day; a clock that was set is kept until its reader clears it.
import { read, write } from "./storage.js";
import { relinked } from "./names.js";

const NIGHT = 6 * 3_600_000; // ms: work begun before midnight goes on after it
const LINK = "#_due&"; // in the fragment, which no browser sends anywhere
const AT = ".at"; // no id has a dot
const NAME = /^(?:_sop|[a-z][a-z0-9-]{0,99}(?:\.at)?)$/;
const [LONGEST, MOST] = [100, 99]; // characters of a value, and how many there may be

/** What storage would not take, for as long as the page is there. @type {Map<string, unknown>} */
const held = new Map();

/**
 * What was remembered under a name, unless it is another day's.
 * @param {string} name
 * @param {(entries: Map<string, string>) => boolean} [lasting] whether it is kept for longer
 * @returns {Map<string, string>}
 */
export function recall(name, lasting = () => false) {
  const kept = /** @type {any} */ (held.get(name) ?? read(name));
  const entries = /** @type {Map<string, any>} */ (new Map(Object.entries(kept?.entries ?? {})));
  for (const [key, value] of entries) if (typeof value !== "string") entries.delete(key);
  const age = Date.now() - kept?.at;
  const today = new Date(kept?.at).toDateString() === new Date().toDateString();
  return today || (age >= 0 && age < NIGHT) || lasting(entries) ? entries : new Map();
}

/**
 * @param {string} name
 * @param {Map<string, string>} entries
 */
export function remember(name, entries) {
  const kept = entries.size ? { at: Date.now(), entries: Object.fromEntries(entries) } : null;
  if (write(name, kept)) held.delete(name);
  else held.set(name, kept);
}

/** What the last link said: its reader goes on to jump about the page. @type {Map<string, string>} */
let link = new Map();

/** What a link that somebody shared says: the SOP as `_sop`. Strangers write links: of what is none of ours, nothing. */
export function linked() {
  const told = relinked([...new URLSearchParams(location.hash.split(LINK)[1] ?? "")]);
  if (told.length) link = new Map(told.filter(([key, value]) => NAME.test(key) && value.length < LONGEST).slice(0, MOST));
  return link;
}

/**
 * Step → the case picked, clause + `.at` → when its event happened. Strangers write links: trust no value.
 * @param {string} sop
 */
export function said(sop) {
  const told = linked();
  if (told.get("_sop") === sop) return told;
  return recall(`said:${sop}`, clocked);
}

/** Whether a clock of an SOP was set. @param {string} sop */
export const running = (sop) => clocked(said(sop));

/** @param {Map<string, string>} entries */
const clocked = (entries) => [...entries.keys()].some((key) => key.endsWith(AT));

/**
 * Adds to what was said (a null takes back), or forgets all of it; tells every element of the page.
 * @param {string} sop
 * @param {Record<string, string | null> | null} news
 */
export function say(sop, news) {
  const entries = new Map(news ? said(sop) : []);
  entries.delete("_sop");
  for (const [key, value] of Object.entries(news ?? {})) value ? entries.set(key, value) : entries.delete(key);
  remember(`said:${sop}`, entries);
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
