// @ts-check
// A team: what each phone handed over last, who was taken out of it, and which phones are one person's. Two teams are
// joined by what is newest in each, so that nothing is lost or doubled, whatever came first and however often. Pure.

import { mark } from "../handover/marks.js";

/** @typedef {import("../handover/packet.js").HandOver} HandOver */

/**
 * What a phone handed over.
 * @typedef {object} Held
 * @property {string} text its bytes, in base64url
 * @property {"yes" | "no"} signed
 * @property {HandOver} told
 */

/**
 * @typedef {object} Team
 * @property {Map<string, Held>} held by the key or the name (slot)
 * @property {Map<string, number>} gone whoever was taken out (badge), and until when what they handed over counts no more
 * @property {Map<string, Verdict>} same whether two (pair) are one person
 */

/** @typedef {readonly [at: number, yes: boolean]} Verdict the last one counts; of two at once, that they are not */

/**
 * A team of what was handed over, in whatever order, and what was said of it.
 * @param {Held[]} all
 * @param {Map<string, number>} [gone]
 * @param {Map<string, Verdict>} [same]
 * @returns {Team}
 */
export function team(all, gone = new Map(), same = new Map()) {
  /** @type {Map<string, Held>} */
  const held = new Map();
  for (const one of all) {
    const [name, at] = [slot(one), one.told.at];
    const before = held.get(name);
    if ((!before || isNewer(one, before)) && !(gone.size && at <= (gone.get(badge(name)) ?? -1))) held.set(name, one);
  }
  return { held, gone, same };
}

/** Whose a hand-over is: who has the key, whatever they call themselves; where none signed, a name. @param {Held} held */
export const slot = ({ signed, told: { key, who } }) => (signed === "yes" ? key : ` ${who.name}`);

/** A slot in digits that tell no name: what is kept of who left. @param {string} one */
export const badge = (one) => mark(one) + mark(`-${one}`);

/** @param {string} one @param {string} other slots */
const pair = (one, other) => [badge(one), badge(other)].sort().join("=");

/**
 * Two teams as one.
 * @param {Team} mine
 * @param {Team} theirs
 * @returns {Team}
 */
export function joined(mine, theirs) {
  const gone = better(mine.gone, theirs.gone, (one, other) => one > other);
  const same = better(mine.same, theirs.same, ([at, yes], [before, was]) => at > before || (at === before && !yes && was));
  return team([...mine.held.values(), ...theirs.held.values()], gone, same);
}

/**
 * @template T
 * @param {Map<string, T>} mine
 * @param {Map<string, T>} theirs
 * @param {(one: T, other: T) => boolean} wins
 */
function better(mine, theirs, wins) {
  const all = new Map(mine);
  for (const [name, one] of theirs) {
    const before = all.get(name);
    if (before === undefined || wins(one, before)) all.set(name, one);
  }
  return all;
}

/** What can be written as JSON. @typedef {{packets: string[], gone: [string, number][], same: [string, number, number][]}} Written */

/** The same team, the same text. @param {Team} team @returns {Written} */
export const written = ({ held, gone, same }) => ({
  packets: [...held.values()].map(({ text }) => text).sort(),
  gone: [...gone].sort(),
  same: [...same].map(([pair, [at, yes]]) => /** @type {[string, number, number]} */ ([pair, at, Number(yes)])).sort(),
});

/** Of two made in one second, whichever: everywhere the same one. @param {Held} one @param {Held} other */
const isNewer = (one, other) => one.told.at > other.told.at || (one.told.at === other.told.at && one.text > other.text);

/**
 * What it would change to take something in.
 * @param {Team} team
 * @param {Held} held
 * @returns {"new" | "newer" | "same" | "older" | "gone"}
 */
export function change({ held: all, gone }, held) {
  const one = slot(held);
  const before = all.get(one)?.told.at;
  if (held.told.at <= (gone.get(badge(one)) ?? -1)) return "gone";
  if (before === undefined) return "new";
  return held.told.at > before ? "newer" : held.told.at === before ? "same" : "older";
}

/**
 * The team without some: what they handed over until now does not bring them back.
 * @param {Team} all
 * @param {string[]} slots
 * @param {number} now seconds
 */
export function without(all, slots, now) {
  const gone = slots.map((one) => /** @type {const} */ ([badge(one), Math.max(now, all.held.get(one)?.told.at ?? 0)]));
  return joined(all, team([], new Map(gone)));
}

/**
 * The team in which some phones are one person's, or are not.
 * @param {Team} all
 * @param {string[]} slots
 * @param {boolean} yes
 * @param {number} now seconds
 */
export function judged(all, slots, yes, now) {
  const pairs = slots.flatMap((one, place) => slots.slice(place + 1).map((other) => pair(one, other)));
  return joined(all, team([], new Map(), new Map(pairs.map((two) => [two, /** @type {const} */ ([now, yes])]))));
}

/**
 * What was handed over by each person: from one phone, or from several that somebody has said are theirs.
 * @param {Team} team
 * @returns {Held[][]}
 */
export function people({ held, same }) {
  /** @type {Map<string, Set<string>>} */
  const groups = new Map([...held.keys()].map((one) => [badge(one), new Set([one])]));
  for (const [two, [, yes]] of same) {
    const [one, other] = two.split("=").map((each) => groups.get(each));
    if (!yes || !one || !other || one === other) continue;
    for (const each of other) groups.set(badge(each), one.add(each));
  }
  return [...new Set(groups.values())].map((slots) => [...slots].flatMap((one) => held.get(one) ?? []).sort(latest));
}

/** The latest in front. @param {Held} one @param {Held} other */
const latest = (one, other) => (isNewer(one, other) ? -1 : 1);
