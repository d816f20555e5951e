// @ts-check
// Where runs are kept: each under a name of its own, so that a tick writes no other; the sheets that they were ticked on
// once for all of them. They are of whose turn it is (storage.js), and are forgotten when their organisation says so.
import { change, remembered } from "../memory.js";
import { names } from "../names.js";
import { keyOf, read, SITE, write } from "../storage.js";
import { isLapsed, merged, mergedTold, sheetMarks, touched, understood, understoodSheet } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./runs.js").Sheet} Sheet */
/** @typedef {import("./run-file.js").Whole} Whole */

const DAY = 86_400_000; // ms
const RUN = /^([a-z][a-z0-9-]{1,99}):(\d{17})$/;

/** Every run of whose turn it is, the newest first. @param {string} [sop] of one SOP */
export function runs(sop) {
  const found = new Set(kept("ticks:").flatMap((name) => (RUN.test(name) ? [called(name)] : [])));
  const wanted = [...found].filter((name) => !sop || name.startsWith(`${sop}:`));
  return wanted.flatMap((name) => load(name) ?? []).sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** What stands after a start in the names that begin with it. @param {string} start */
function kept(start) {
  try {
    const whole = keyOf(start);
    return Object.keys(localStorage).filter((key) => key.startsWith(whole)).map((key) => key.slice(whole.length));
  } catch {
    return [];
  }
}

/** The name of a run, by what its SOP is called now. @param {string} name */
const called = (name) => name.replace(RUN, (_, sop, id) => `${names().get(sop) ?? sop}:${id}`);

/** @param {string} name `sop:id` */
export function load(name) {
  const [sop, id] = name.split(":");
  const [ticks, said] = ["ticks", "said"].map((kind) => Object.fromEntries(remembered(`${kind}:${name}`)));
  return understood({ sop, id, ticks, said }, Date.now());
}

/** @param {Run} run */
export const nameOf = ({ sop, id }) => `${sop}:${id}`;

/** The sheets that a run was ticked on, the oldest first. @param {Run} run @returns {Sheet[]} */
export const sheetsOf = (run) =>
  sheetMarks(run).flatMap((of) => understoodSheet(read(`steps:${run.sop}:${of}`), of) ?? []).map((sheet) => renamed(sheet, run.sop));

/** A sheet with the ids of now. @param {Sheet} sheet @param {string} sop @returns {Sheet} */
function renamed(sheet, sop) {
  const id = (/** @type {string} */ one) => clause(sop, one);
  const steps = sheet.steps.map(([one, mark, step, inCase, words]) => [id(one), mark, id(step), id(inCase), words]);
  return { ...sheet, steps: /** @type {Sheet["steps"]} */ (steps), cases: sheet.cases.map(([one, label]) => [id(one), label]) };
}

/** What a clause is called now. @param {string} sop @param {string} id */
const clause = (sop, id) => names().get(`${sop}#${id}`)?.split("#")[1] ?? id;

/** @param {string} sop @param {Sheet} sheet */
export function keepSheet(sop, { of, ...sheet }) {
  return understoodSheet(read(`steps:${sop}:${of}`), of) !== null || write(`steps:${sop}:${of}`, sheet);
}

/**
 * Takes a run in: nothing older overwrites anything newer. Answers whether the storage took it.
 * @param {Whole} whole
 */
export function keep({ run, sheets }) {
  const own = ofNow(run);
  const before = load(nameOf(own));
  const { ticks, said } = before ? merged(before, own) : own;
  change(`said:${nameOf(own)}`, said);
  change(`ticks:${nameOf(own)}`, ticks);
  return sheets.every((sheet) => keepSheet(own.sop, sheet)) && isKept(nameOf(own));
}

/** A run that comes from elsewhere, with the ids of now. @param {Run} run @returns {Run} */
function ofNow({ sop, id, ticks, said }) {
  const now = names().get(sop) ?? sop;
  const key = (/** @type {string} */ one) => one.replace(/^[^.]+/, (start) => clause(sop, start));
  const told = (/** @type {import("./runs.js").Told} */ some) => Object.fromEntries(Object.entries(some).map(([one, entry]) => [key(one), entry]));
  const picks = Object.entries(told(said)).map(([one, [value, at]]) => [one, [one.includes(".") ? value : clause(sop, value), at]]);
  return { sop: now, id, ticks: told(ticks), said: Object.fromEntries(picks) };
}

/** @param {Run} run */
export function drop(run) {
  for (const kind of ["ticks", "said"]) {
    const name = `${kind}:${nameOf(run)}`;
    change(name, Object.fromEntries([...remembered(name).keys()].map((key) => [key, null])));
  }
}

/** Whether the storage has all that this page knows of a run: it may be full, blocked, or nobody's. @param {string} run */
export function isKept(run) {
  const stored = /** @type {any} */ (read(`ticks:${run}`))?.entries ?? {};
  return [...remembered(`ticks:${run}`)].every(([key, [value]]) => stored[key]?.[0] === value);
}

/**
 * Two tabs may write at the same moment, and the later one know nothing of the other's tick: each writes again what it
 * knows better. What was dropped elsewhere stays dropped. Answers what is known now.
 * @param {string} name
 * @param {import("./runs.js").Told} known
 */
export function settled(name, known) {
  if (!read(name)) return {};
  const stored = Object.fromEntries(remembered(name));
  const all = mergedTold(stored, known);
  if (Object.entries(all).some(([key, [value, at]]) => stored[key]?.[0] !== value || stored[key]?.[1] !== at)) change(name, all);
  return all;
}

/** What was ticked before there were runs is the first one. Answers its name. @param {string} sop */
export function adopted(sop) {
  const [ticks, said] = [remembered(`ticks:${sop}`), remembered(`said:${sop}`)];
  const first = Math.min(...[...ticks.values()].map(([, at]) => at));
  const run = understood({ sop, id: `${first}0000`, ticks: Object.fromEntries(ticks), said: Object.fromEntries(said) }, Date.now());
  if (!run || !keep({ run, sheets: [] })) return "";
  for (const kind of ["ticks", "said"]) write(`${kind}:${sop}`, null);
  return nameOf(run);
}

/**
 * Forgets what is kept for long enough, whoever's it is, as who never comes back can't do it; then the sheets that no run
 * is on.
 * @param {number} days
 */
export function sweep(days) {
  try {
    const start = `handbook:${SITE}:`;
    const ours = Object.keys(localStorage).filter((key) => key.startsWith(start)).flatMap((key) => {
      const [, whose, kind, sop, id] = OURS.exec(key.slice(start.length)) ?? [];
      return kind ? [{ key, whose: `${start}${whose}`, kind, sop, id }] : [];
    });
    const held = new Set(ours.flatMap((one) => (one.kind === "ticks" ? inUse(one, days) : [])));
    for (const { key, whose, sop, id } of ours) if (!held.has(`${whose}${sop}:${id}`)) localStorage.removeItem(key);
  } catch {
    // Where nothing can be reached, nothing was kept.
  }
}

const OURS = /^((?:\d+:)?)(ticks|said|steps):([a-z0-9-]+):(\w+)$/;

/**
 * What has to stay for a run: itself and its sheets, or nothing.
 * @param {{key: string, whose: string, sop: string, id: string}} place
 * @param {number} days
 */
function inUse({ key, whose, sop, id }, days) {
  const now = Date.now();
  const [ticks, said] = [key, `${whose}said:${sop}:${id}`].map(entriesAt);
  const run = understood({ sop, id, ticks, said }, now);
  if (!run) return Number(id.slice(0, 13)) + days * DAY > now ? [`${whose}${sop}:${id}`] : []; // spoilt: by when it began
  if (isLapsed(run, days, now)) return [];
  if (touched(run) === now) mend(key, ticks, run.ticks); // by a clock that was wrong: its days count from now
  return [id, ...sheetMarks(run)].map((each) => `${whose}${sop}:${each}`);
}

/** @param {string} key @returns {any} */
function entriesAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null")?.entries;
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} stored @param {import("./runs.js").Told} ticks */
function mend(key, stored, ticks) {
  const ahead = Object.values(stored).some((one) => Array.isArray(one) && one[1] > Date.now());
  if (ahead) localStorage.setItem(key, JSON.stringify({ entries: ticks }));
}
