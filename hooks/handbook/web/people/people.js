// @ts-check
// Who uses this phone, and whose turn it is. Nobody need say: with no name on it a phone is one person's. The first one
// to give a name keeps what was kept before; from the second on, each has a record of their own, and after some quiet
// minutes it is nobody's turn. What stands in the storage is a stranger's: of each entry, what is sound is taken.

import { names } from "../names.js";
import { mine, SITE, TURN, whose } from "../storage.js";

/**
 * @typedef {object} Person
 * @property {string} id what the names of all that is theirs begin with: of the first one, with nothing
 * @property {string} name as the supervisor knows it
 * @property {string} role the id of a role, or nothing
 * @property {string} first the first day at work, as 2026-12-15, or nothing
 */

/** @typedef {Omit<Person, "id">} Told */

export const QUIET = 10 * 60_000; // ms in which nobody touches a phone that several share: then it is nobody's turn
export const MOST = 50; // people on one device
export const LONGEST = 40; // characters of a name
export const NOBODY = "還沒選名字：這一頁答的、勾的、簽的，都不會留下來。";
const LIST = `handbook:${SITE}:people`;
const OURS = /^(?!people$|turn$|\d+:)/; // names of what is the first one's, without what all of them begin with

/** Everybody on this phone, the first one to come in front. @returns {Person[]} */
export function people() {
  const found = new Map(entries().slice(0, MOST).map((one) => [one?.id, sound(one)]));
  return [...found.values()].flatMap((one) => one ?? []);
}

/** @returns {any[]} */
function entries() {
  try {
    const kept = JSON.parse(localStorage.getItem(LIST) ?? "null");
    return Array.isArray(kept?.people) ? kept.people : [];
  } catch {
    return [];
  }
}

/** @param {any} found @returns {Person | null} */
function sound(found) {
  const told = typeof found?.id === "string" && /^(\d{1,16}:)?$/.test(found.id) ? toldBy(found) : null;
  return told && { id: found.id, ...told };
}

/**
 * What is told of somebody, by a form, the storage or a file: null where that is not even a name.
 * @param {any} found
 * @returns {Told | null}
 */
export function toldBy(found) {
  const { name, role, first } = found ?? {};
  const called = typeof name === "string" ? [...name.replace(/[\p{C}\s]+/gu, " ").trim()].slice(0, LONGEST).join("") : "";
  if (!called) return null;
  return { name: called, role: isRole(role) ? (names().get(role) ?? role) : "", first: isDay(first) ? first : "" };
}

/** @param {any} value */
const isRole = (value) => typeof value === "string" && /^[a-z][a-z0-9-]{1,99}$/.test(value);

/** @param {any} value */
const isDay = (value) =>
  typeof value === "string" && /^(19|20)\d\d-\d\d-\d\d$/.test(value) && isRound(new Date(value), value);

/** No 31st of February. @param {Date} at @param {string} value */
const isRound = (at, value) => !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);

/** Whose turn it is: null where it is nobody's, or nobody has a name. */
export const current = () => people().find(({ id }) => id === whose()) ?? null;

/** Whether several share this phone, and it is nobody's turn: nothing is kept then. */
export const nobodys = () => whose() === null;

/** Whether another page has changed who there is, or whose turn it is. @param {StorageEvent} news */
export const isOfPeople = ({ key }) => key === null || key === LIST || key === TURN;

/** Of one length, whoever's turn it is: on a phone that is full, the next one can take theirs. @param {string} id @param {number} end */
const until = (id, end) => `${id} ${end}`.padEnd(32);
const NOT_ANYBODYS = until("-", 0);

// ── changes; each answers whether the storage took it ──

/** Adds somebody, whose turn it is then. @param {Told} told */
export function add(told) {
  const list = people();
  const id = list.length ? `${Date.now()}:` : "";
  if (list.length >= MOST || !save([...list, { id, ...told }])) return false;
  return take(id) || (save(list), false);
}

/** Changes what is told of whose turn it is. @param {Told} told */
export function change(told) {
  return save(people().map((one) => (one.id === mine && mine === whose() ? { ...one, ...told } : one)));
}

/** Takes whose turn it is off this phone, with all that is theirs: of two that shared it, it is the other one's then. */
export function remove() {
  if (mine === null || mine !== whose()) return false;
  const [gone, left] = [mine, people().filter(({ id }) => id !== mine)];
  if (!save(left)) return false;
  turn(left.length > 1 ? NOT_ANYBODYS : (left[0]?.id ?? null));
  wipe(gone);
  return true;
}

/** Gives somebody their turn. @param {string} id */
export const take = (id) => turn(people().length > 1 ? until(id, Date.now() + QUIET) : id);

/** Makes it nobody's turn, where several share. */
export const leave = () => people().length > 1 && turn(NOT_ANYBODYS);

/** Makes the turn last, as somebody has just touched the phone; says so seldom, as each time is written down. */
export function stay() {
  if (mine !== null && mine === whose() && left() < QUIET - 15_000) take(mine);
}

/** How long the turn lasts, in ms, if nobody touches the phone: for ever, where it is one person's. */
export function left() {
  return Number(read()?.split(" ")[1] ?? Infinity) - Date.now();
}

/** Mends a turn that nobody can have: spoilt, of somebody who is gone, or by a clock that was wrong. */
export function mend() {
  const [list, who] = [people(), whose()];
  const [several, only] = [list.length > 1, list[0]?.id ?? ""];
  const sound = several ? who === null || (list.some(({ id }) => id === who) && left() <= QUIET) : (read() ?? "") === only;
  if (!sound) turn(several ? NOT_ANYBODYS : only || null);
}

/** @param {Person[]} list */
function save(list) {
  try {
    if (list.length) localStorage.setItem(LIST, JSON.stringify({ version: 1, people: list }));
    else localStorage.removeItem(LIST);
    return true;
  } catch {
    return false;
  }
}

function read() {
  try {
    return localStorage.getItem(TURN);
  } catch {
    return null;
  }
}

/** @param {string | null} text */
function turn(text) {
  try {
    if (text === null) localStorage.removeItem(TURN);
    else localStorage.setItem(TURN, text);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} id */
function wipe(id) {
  const start = `handbook:${SITE}:`;
  const theirs = (/** @type {string} */ name) => (id ? name.startsWith(id) : OURS.test(name));
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(start) && theirs(key.slice(start.length))) localStorage.removeItem(key);
  }
}
