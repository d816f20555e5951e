// @ts-check
// What a reader has said about an SOP (which case, since when), in a link or on the phone; and what was ticked there.
// A day's work is forgotten the next day; a clock that was set is kept until its reader clears it.
import { read, write } from "./storage.js";

const NIGHT = 6 * 3_600_000; // ms: work begun before midnight goes on after it
const LINK = "#_due&"; // in the fragment, which no browser sends anywhere
const AT = ".at"; // no id has a dot

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

/** What the address says, if it is a link that somebody shared: the SOP as `_sop`. */
export const linked = () => new Map(new URLSearchParams(location.hash.split(LINK)[1] ?? ""));

/**
 * Step → the case picked, clause + `.at` → when its event happened. Strangers write links: trust no value.
 * @param {string} sop
 */
export function said(sop) {
  const link = linked();
  if (link.get("_sop") === sop) return link;
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
  const entries = news ? said(sop) : new Map();
  entries.delete("_sop");
  for (const [key, value] of Object.entries(news ?? {})) value ? entries.set(key, value) : entries.delete(key);
  remember(`said:${sop}`, entries);
  if (linked().size) history.replaceState(history.state, "", location.pathname + location.search);
  dispatchEvent(new Event("said"));
}

/**
 * A link to this page that says the same.
 * @param {string} sop
 */
export function linkTo(sop) {
  const query = new URLSearchParams([...said(sop)].filter(([key]) => key !== "_sop"));
  return `${location.href.split("#")[0]}${LINK}_sop=${sop}&${query}`;
}
