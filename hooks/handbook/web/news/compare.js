// @ts-check
// What changed between two states of the handbook (clauses.json, pages/marks.py). Pure: knows no page. What a phone has
// kept may be spoilt or a stranger's: what can't be understood is nothing.

import { difference } from "../changed.js";

/** @typedef {{title: string, page: string, version: string, demands: string, from: string, clauses: Map<string, string>}} Sop */
/** @typedef {{sops: Map<string, Sop>, formerly: Map<string, string>}} Marks */
/** @typedef {{sop: string, changed: string[], added: string[], gone: number}} News */

const ID = /^[a-z][a-z0-9-]{1,99}$/;
const REF = /^[a-z][a-z0-9-]{1,99}#[a-z][a-z0-9-]{1,99}$/;
const MARK = /^[0-9a-f]{6}$/;
const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;
const PAGE = /^[a-z]{1,20}\/[a-z][a-z0-9-]{1,99}\/(?:index\.html)?$/;

/**
 * A state as the file has it, or as a phone kept it; null where it is none.
 * @param {unknown} told
 * @returns {Marks | null}
 */
export function understood(told) {
  const { sops, formerly } = /** @type {any} */ (told ?? {});
  if (typeof sops !== "object" || !sops) return null;
  const known = Object.entries(sops).flatMap(([id, one]) => (ID.test(id) && isSop(one) ? [[id, read(one)]] : []));
  if (!known.length) return null; // or every SOP would seem to be new
  const pairs = Object.entries(formerly ?? {}).filter(([old, now]) => REF.test(old) && REF.test(String(now)));
  return { sops: new Map(/** @type {[string, Sop][]} */ (known)), formerly: new Map(/** @type {[string, string][]} */ (pairs)) };
}

/** @param {any} one */
function isSop(one) {
  const texts = [one?.title, one?.page, one?.version, one?.demands, one?.from, one?.clauses];
  const all = texts.every((text) => typeof text === "string");
  return all && PAGE.test(one.page) && VERSION.test(one.version) && VERSION.test(one.demands);
}

/** @param {any} one @returns {Sop} */
function read(one) {
  const pairs = /** @type {string[][]} */ (one.clauses.split(" ").map((/** @type {string} */ pair) => pair.split("=")));
  return { ...one, clauses: new Map(pairs.flatMap(([id, mark]) => (ID.test(id) && MARK.test(mark) ? [[id, mark]] : []))) };
}

/**
 * SOP by SOP, in the order of now, what its clauses demand that they did not: which are other, which are new, and how
 * many are gone. A clause that only got another id, or moved, demands what it did; so does one that an editorial version
 * worded anew.
 * @param {Marks} then
 * @param {Marks} now
 * @returns {News[]}
 */
export function compared(then, now) {
  const { added, changed, gone } = difference(flat(then.sops, now.formerly), flat(now.sops));
  const news = new Map([...now.sops.keys()].map((sop) => [sop, /** @type {News} */ ({ sop, changed: [], added: [], gone: 0 })]));
  const tell = (/** @type {string[]} */ refs, /** @type {(news: News, id: string) => void} */ note) => {
    for (const [sop, id] of refs.map((ref) => ref.split("#"))) {
      const told = news.get(sop);
      if (told) note(told, id);
    }
  };
  tell(changed, (one, id) => one.changed.push(id));
  tell(added, (one, id) => one.added.push(id));
  tell(gone, (one) => (one.gone += 1));
  return [...news.values()].filter((one) => (one.changed.length || one.added.length || one.gone) && !worded(then, now, one.sop));
}

/**
 * Every clause and its mark, by what it is called now.
 * @param {Map<string, Sop>} sops
 * @param {Map<string, string>} [formerly]
 */
function flat(sops, formerly) {
  const refs = [...sops].flatMap(([sop, { clauses }]) => [...clauses].map(([id, mark]) => /** @type {const} */ ([`${sop}#${id}`, mark])));
  return new Map(refs.map(([ref, mark]) => [formerly?.get(ref) ?? ref, mark]));
}

/** Whether all versions of an SOP since then changed nothing but words. @param {Marks} then @param {Marks} now @param {string} sop */
function worded(then, now, sop) {
  const [old, current] = [then.sops.get(sop), now.sops.get(sop)];
  return Boolean(old && current && newer(current.version, old.version) && !newer(current.demands, old.version));
}

/** Whether one version came after another. @param {string} one @param {string} two */
const newer = (one, two) => one.localeCompare(two, "en", { numeric: true }) > 0;
