// @ts-check
// The team of whose turn it is: kept on this device, as what each phone handed over; handed out as a file, and taken in
// from others' files. What stands in the storage or in a file is a stranger's: each entry is looked at.

import { toBytes, toText } from "../handover/base64.js";
import { mark } from "../handover/marks.js";
import { decode, SPOILT } from "../handover/packet.js";
import { fromText } from "../handover/transport.js";
import { day } from "../clock.js";
import { nobodys } from "../people/people.js";
import * as storage from "../storage.js";
import { change, joined, slot, team as teamOf, written } from "./model.js";

/** @typedef {import("./model.js").Team} Team */
/** @typedef {import("./model.js").Held} Held */

const NAME = "team";
const READ = "team-read";
const VERSION = 1;
const MOST = 5_000; // phones
const LARGEST = 20_000_000; // characters of a file
const AHEAD = 86_400; // seconds that a phone's clock may be wrong
const BADGE = /^[0-9a-f]{16}$/;
const PAIR = /^[0-9a-f]{16}=[0-9a-f]{16}$/;
const FORGED = "這一份的簽章不對：有人改過，或不是那支手機交的。沒有收。";
const EARLY = "這一份寫的時間還沒到：那支手機的時鐘快了。對好，再交一次。";
const NOBODYS = "先選名字，才知道是誰的團隊。";

/** It is of another handbook, or of this one at another address: the reader may know better. */
export class Foreign extends Error {}

/** What the storage would not take, for as long as the page is there. @type {Team | null} */
let unwritten = null;

/** What was read before: to look at a signature takes its time. @type {Map<string, Held>} */
const known = new Map();

export const kept = () => unwritten === null;

/** How many hand-overs came since the team was last saved as a file. */
export const unsaved = () => count(/** @type {any} */ (storage.read(NAME))?.news);

/** @param {unknown} value */
const count = (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);

export async function load() {
  if (!known.size) recall();
  const stored = (await understood(storage.read(NAME))).team;
  rememberSoon(stored);
  return unwritten ? joined(unwritten, stored) : stored;
}

/** What two hundred phones handed over takes a slow phone half a second to read: kept beside it as it was read. */
function recall() {
  for (const [text, signed, told] of list(storage.read(READ))) if (isTold(told)) known.set(text, { text, signed, told });
  recalled = new Set(known.keys());
}

/** What stands there. @type {Set<string>} */
let recalled = new Set();

let timer = 0;

/** Once nobody waits for it. @param {Team} team */
function rememberSoon(team) {
  clearTimeout(timer);
  timer = setTimeout(remember, 1_000, team);
}

/** The same, for the next time; where there is no room for it, it is read anew. @param {Team} team */
function remember({ held }) {
  const now = [...held.values()].map(({ text, signed, told }) => /** @type {const} */ ([text, signed, told]));
  if (now.length === recalled.size && now.every(([text]) => recalled.has(text))) return;
  recalled = new Set(now.map(([text]) => text));
  storage.write(READ, now.length ? now : null);
}

/** @param {any} told */
const isTold = (told) =>
  typeof told?.who?.name === "string" && [told.signed, told.quizzes, told.exams].every((some) => Object.values(some ?? {}).every((one) => isMoment(one?.at)));

/**
 * Keeps a team, with how many of it came just now; answers whether that worked.
 * @param {Team} team
 * @param {number} [news]
 */
export function save(team, news = 0) {
  const done = storage.write(NAME, { version: VERSION, news: unsaved() + news, ...written(team) });
  unwritten = done ? null : team;
  rememberSoon(team);
  return done;
}

export function forget() {
  clearTimeout(timer);
  unwritten = null;
  recalled = new Set();
  storage.forget(NAME);
}

/**
 * What is sound of a team from anywhere, and how many hand-overs were not.
 * @param {any} found
 * @param {number} [until] seconds: nothing in it was made after
 */
async function understood(found, until = Infinity) {
  const texts = list(found?.packets).slice(0, MOST);
  const all = await Promise.all(texts.map((text) => read(text).catch(() => null)));
  const sound = all.flatMap((one) => (one && one.told.at <= until ? [one] : []));
  const entries = (/** @type {any} */ some, /** @type {RegExp} */ name) =>
    list(some).filter((one) => Array.isArray(one) && isWord(one[0], name) && isMoment(one[1]) && one[1] <= until);
  const gone = new Map(entries(found?.gone, BADGE).map(([who, at]) => [who, at]));
  const same = new Map(entries(found?.same, PAIR).map(([two, at, yes]) => [two, /** @type {const} */ ([at, yes === 1])]));
  return { team: teamOf(sound, gone, same), all: sound, refused: texts.length - sound.length };
}

/** @param {unknown} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);

/** @param {unknown} value @param {RegExp} shape */
const isWord = (value, shape) => typeof value === "string" && shape.test(value);

/** @param {unknown} value */
const isMoment = (value) => Number.isSafeInteger(value) && Number(value) >= 0;

/** What a text in base64url hands over; throws where it is forged or spoilt. @param {string} text @returns {Promise<Held>} */
async function read(text) {
  const before = known.get(text);
  if (before) return before;
  const { handOver, signed } = await decode(toBytes(text));
  if (signed === "forged") throw new Error(FORGED);
  const held = { text, signed, told: handOver };
  known.set(text, held);
  return held;
}

// ── taking in ──

/**
 * What was taken, or why not.
 * @typedef {object} Taken
 * @property {Team} team as it is now
 * @property {string} name
 * @property {string} was what the same phone was called before, where that is something else
 * @property {ReturnType<typeof change>} what
 */

/**
 * What some bytes hand over, where it may be taken in; throws an Error that tells why not, a Foreign one where the reader
 * may insist.
 * @param {Uint8Array} bytes
 * @param {boolean} [insist]
 */
export async function looked(bytes, insist = false) {
  const held = await read(toText(bytes));
  if (held.told.at > latest()) throw new Error(EARLY);
  if (held.told.site !== site() && !insist) throw new Foreign("這一份來自另一本手冊，或手冊換過網址。代號一樣的才對得上：還是要收嗎？");
  return held;
}

/** Takes one in. @param {Held} held @returns {Promise<Taken>} */
export async function take(held) {
  if (nobodys()) throw new Error(NOBODYS);
  const before = await load();
  const what = change(before, held);
  const fresh = what === "new" || what === "newer";
  const [{ name }, was] = [held.told.who, before.held.get(slot(held))?.told.who.name ?? ""];
  const team = fresh ? joined(before, teamOf([held])) : before;
  if (fresh) save(team, 1);
  return { team, name, was: was === name ? "" : was, what };
}

/** No phone's clock may be further than that. */
const latest = () => Date.now() / 1000 + AHEAD;

/** A mark of where this handbook is, host included. */
const site = () => mark(new URL(storage.SITE, location.href).href);

// ── files ──

/**
 * The team as a file; from now on it counts as saved.
 * @param {Team} team
 * @param {string} title of the site
 */
export function exportFile(team, title) {
  storage.write(NAME, { version: VERSION, news: 0, ...written(team) });
  const name = [title, "團隊", day()].filter(Boolean).join("-");
  return { name: `${name}.json`, text: JSON.stringify({ version: VERSION, site: site(), team: written(team) }) };
}

/**
 * What a file holds: a team, or what one phone handed over. Throws as `looked` does.
 * @param {string} text
 * @param {boolean} insist
 * @returns {Promise<{team: Team, added: number, newer: number, refused: number} | Held>}
 */
export async function opened(text, insist) {
  if (text.length > LARGEST) throw new Error(SPOILT);
  const file = parsed(text);
  if (!file?.team) return looked(fromText(text), insist);
  if (file.version > VERSION) throw new Error("這個檔案是較新版的手冊存的。重新整理這一頁，再收一次。");
  if (nobodys()) throw new Error(NOBODYS);
  if (file.site !== site() && !insist) throw new Foreign("這個團隊檔來自另一本手冊，或手冊換過網址。還是要收嗎？");
  return merged(file.team);
}

/** @param {any} theirs */
async function merged(theirs) {
  const [before, { team, all, refused }] = [await load(), await understood(theirs, latest())];
  const whats = all.map((held) => change(before, held));
  const [added, newer] = ["new", "newer"].map((kind) => whats.filter((what) => what === kind).length);
  const after = joined(before, team);
  save(after, added + newer);
  return { team: after, added, newer, refused };
}

/** @param {string} text @returns {any} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
