// @ts-check
// What SOPs, clauses, questions and roles were called before, as the page tells (rules/former.py): whatever was
// kept, saved or sent under old ids is read under the ones of now.

/** @typedef {Map<string, string>} Names old → now */

const IDS = /^(results|exams|done|given|entries|signed)$/; // in what is kept, these have ids for names

/** @returns {Names} */
export function names() {
  const told = /** @type {HTMLElement | null} */ (document.querySelector("[data-formerly]"))?.dataset.formerly;
  return new Map(told?.split(" ").map((pair) => /** @type {[string, string]} */ (pair.split("="))));
}

/**
 * The names of before of what is kept under one now: `ticks:fees` of `ticks:payments`, and of any run of it.
 * @param {string} name
 */
export function olds(name) {
  const [, start, key, run = ""] = /^((?:ticks|said|steps):|quiz-exam-)([^:]+)(:.+)?$/.exec(name) ?? [];
  return [...names()].filter(([, now]) => now === key).map(([old]) => start + old + run);
}

/**
 * What is kept under a name and under its old ones, with the ids of now: letter by letter, where none is another.
 * @param {string} name
 * @param {(name: string) => string | null} get
 */
export function current(name, get) {
  const own = get(name);
  const now = names();
  if (!now.size) return own;
  try {
    const parts = [...olds(name), name].flatMap((one) => renewed(now, get(one), one));
    return parts.length ? JSON.stringify(parts.reduce(joined)) : own;
  } catch {
    return own; // what can't be understood is for others to judge
  }
}

/**
 * A file of results with the ids of now.
 * @param {string} text
 */
export const updated = (text) => current("", () => text) ?? text;

/**
 * What a link says of an SOP, with the ids of now.
 * @param {[string, string][]} told
 * @returns {[string, string][]}
 */
export function relinked(told) {
  const now = names();
  const sop = Object.fromEntries(told)._sop ?? "";
  return told.map(([key, value]) => [called(now, sop, key), key === "_sop" ? (now.get(value) ?? value) : called(now, sop, value)]);
}

/**
 * An id, or a clause's clock (`id.at`), as it is called now; anything else as it is.
 * @template T
 * @param {Names} now
 * @param {string | undefined} sop in which a clause is called so
 * @param {T} id
 */
function called(now, sop, id) {
  if (typeof id !== "string") return id;
  const [clause] = id.split(".");
  const found = now.get(sop === undefined ? clause : `${sop}#${clause}`);
  return /** @type {T} */ (found === undefined ? id : found.replace(/.*#/, "") + id.slice(clause.length));
}

/**
 * @param {Names} now
 * @param {string | null} text
 * @param {string} name
 * @returns {any[]} nothing, where nothing is kept
 */
function renewed(now, text, name) {
  const [, kind, sop] = /^(ticks|said):([^:]+)/.exec(name) ?? [];
  const id = (/** @type {any} */ one) => called(now, sop, one);
  const value = (/** @type {any} */ one) => (Array.isArray(one) ? one.map(id) : id(one)); // with its time, or once without
  const renew = (/** @type {any} */ kept) =>
    mapped(kept, (part, inner) => {
      if (Array.isArray(inner)) return inner.map(part === "papers" ? renew : id);
      if (!IDS.test(part)) return inner;
      return mapped(inner, (_, one) => (part === "entries" && kind !== "ticks" ? value(one) : one), id);
    });
  return text === null ? [] : [renew(JSON.parse(text))];
}

/**
 * An object with other values, and maybe names: of two that come to one name, the newer stays.
 * @param {any} object
 * @param {(name: string, value: any) => any} to
 * @param {(name: string) => string} [call]
 */
function mapped(object, to, call = (name) => name) {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return object;
  return newest(Object.entries(object).map(([name, value]) => [call(name), to(name, value)]));
}

/** @param {[string, any][]} pairs */
function newest(pairs) {
  const made = new Map();
  for (const [name, one] of pairs) if (!(when(made.get(name)) > when(one))) made.set(name, one);
  return Object.fromEntries(made);
}

/** When an entry was made: `{ at }` or `[value, at]`. @param {any} entry */
const when = (entry) => Number(Array.isArray(entry) ? entry[1] : entry?.at) || 0;

/**
 * What was kept under two names.
 * @param {any} one
 * @param {any} other
 */
const joined = (one, other) => ({
  ...one,
  ...other,
  ...(one?.entries && other?.entries && { entries: newest([...Object.entries(one.entries), ...Object.entries(other.entries)]) }),
});
