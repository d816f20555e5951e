// @ts-check
// A run: one time that somebody did what an SOP says, for one complaint or one guest. Pure: knows no page and no storage.
// What stands in the storage or in a file is a stranger's: of each run, what is sound is taken.

/** What was told, and when; nothing (""), where it was taken back. @typedef {import("../memory.js").Entry} Entry */
/** @typedef {{[key: string]: Entry}} Told */

/**
 * @typedef {object} Run
 * @property {string} sop
 * @property {string} id when it began, in ms, and four digits more: no two are one
 * @property {Told} ticks clause → its fingerprint when it was ticked, clause + `.note` → what was noted there; `_about`
 *   whom, `_who` did it, `_done`, `_of` which sheets
 * @property {Told} said step → the case that was picked, clause + `.at` → when its event happened
 */

/**
 * An SOP as it was when a run of it was at work: what becomes of it later changes nothing of what was done.
 * @typedef {object} Sheet
 * @property {string} of fingerprint of the SOP
 * @property {string} title
 * @property {string} version
 * @property {[id: string, mark: string, step: string, inCase: string, words: string][]} steps with the case of which step they are in
 * @property {[id: string, label: string][]} cases
 */

/**
 * @typedef {object} Line
 * @property {string} id
 * @property {string} words as they were when it was ticked
 * @property {number} at when that was, or 0
 * @property {string} note
 * @property {boolean} gone from the SOP, before the run was done
 */

export const [ABOUT, NOTE] = [60, 500]; // characters
const [WHO, WORDS, MOST, DAY] = [200, 500, 2_000, 86_400_000];
const ID = /^[a-z][a-z0-9-]{1,99}$/;
const MARK = /^[0-9a-f]{6,64}$/;
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/**
 * A text as somebody wrote it, without what would print as something else.
 * @param {unknown} text
 * @param {number} most characters
 */
export const plain = (text, most) =>
  typeof text === "string" ? [...text.replace(/\r\n?/g, "\n").replace(CONTROLS, "").trim()].slice(0, most).join("") : "";

/** @param {unknown} text @param {number} most */
export const line = (text, most) => plain(typeof text === "string" ? text.replace(/\s+/g, " ") : text, most);

// ── what strangers wrote ──

/** @param {any} found @param {number} now @returns {Run | null} */
export function understood(found, now) {
  const { sop, id } = found ?? {};
  if (!is(sop, ID) || !is(id, /^\d{17}$/)) return null;
  const [ticks, said] = [sound(found.ticks, tick, now), sound(found.said, pick, now)];
  return Object.keys(ticks).length ? { sop, id, ticks, said } : null;
}

/** @param {any} found @param {(key: string, value: string) => string | null} reader @param {number} now @returns {Told} */
function sound(found, reader, now) {
  const pairs = typeof found === "object" && !Array.isArray(found) ? Object.entries(found ?? {}) : [];
  const read = pairs.flatMap(([key, one]) => {
    const [value, at] = Array.isArray(one) ? one : [];
    const taken = typeof value === "string" ? reader(key, value) : null;
    return taken === null || !Number.isFinite(at) || at < 0 ? [] : [[key, [taken, Math.min(at, now)]]];
  });
  return Object.fromEntries(read.slice(0, MOST));
}

/** @param {string} key @param {string} value */
function tick(key, value) {
  if (key === "_about") return line(value, ABOUT);
  if (key === "_who") return line(value, WHO);
  if (key === "_done") return value && "1";
  if (key === "_of") return value.split(" ").every((one) => is(one, MARK)) && value.length < 700 ? value : null;
  if (key.endsWith(".note")) return is(key.slice(0, -5), ID) ? plain(value, NOTE) : null;
  return is(key, ID) && (!value || is(value, MARK)) ? value : null;
}

/** @param {string} key @param {string} value */
const pick = (key, value) =>
  is(key.replace(/\.at$/, ""), ID) && (!value || is(value, key.endsWith(".at") ? /^[\d-]{10}T\d\d:\d\d$/ : ID)) ? value : null;

/** @param {any} found @param {string} of @returns {Sheet | null} */
export function understoodSheet(found, of) {
  const [steps, cases] = [rows(found?.steps), rows(found?.cases)];
  const title = line(found?.title, WORDS);
  if (!title || !is(of, MARK) || !is(found.version, /^\d{1,4}(\.\d{1,4}){2}$/)) return null;
  const read = steps.filter(([id, mark, step, inCase]) => is(id, ID) && is(mark, MARK) && [step, inCase].every((one) => !one || is(one, ID)));
  return {
    of,
    title,
    version: found.version,
    steps: read.map(([id, mark, step, inCase, words]) => [id, mark, step || "", inCase || "", line(words, WORDS)]),
    cases: cases.filter(([id]) => is(id, ID)).map(([id, label]) => [id, line(label, WORDS)]),
  };
}

/** @param {any} found @returns {any[][]} */
const rows = (found) => (Array.isArray(found) ? found.filter(Array.isArray).slice(0, MOST) : []);

/** @param {unknown} value @param {RegExp} shape */
const is = (value, shape) => typeof value === "string" && shape.test(value);

// ── two of one: by another tab, in a file ──

/**
 * What is newer of each entry; the order makes no difference, and nothing is lost.
 * @param {Told} one
 * @param {Told} other
 * @returns {Told}
 */
export function mergedTold(one, other) {
  const all = { ...one };
  for (const [key, theirs] of Object.entries(other)) if (!Object.hasOwn(all, key) || isNewer(theirs, all[key])) all[key] = theirs;
  return all;
}

/** @param {Entry} one @param {Entry} other */
const isNewer = (one, other) => one[1] > other[1] || (one[1] === other[1] && one[0] > other[0]);

/** Of one run. @param {Run} one @param {Run} other @returns {Run} */
export const merged = (one, other) => ({
  ...one,
  ticks: mergedTold(one.ticks, other.ticks),
  said: mergedTold(one.said, other.said),
});

// ── what it says ──

/** @param {Run} run @param {string} key */
const value = ({ ticks }, key) => (Object.hasOwn(ticks, key) ? ticks[key][0] : "");

/** @param {Run} run */
export const about = (run) => value(run, "_about");
/** @param {Run} run */
export const who = (run) => value(run, "_who");
/** @param {Run} run */
export const sheetMarks = (run) => value(run, "_of").split(" ").filter(Boolean);
/** @param {Run} run @param {string} id */
export const note = (run, id) => value(run, `${id}.note`);
/** @param {Run} run */
export const begun = ({ id }) => Number(id.slice(0, 13));
/** When it was done, or 0. @param {Run} run */
export const done = ({ ticks }) => (ticks._done?.[0] ? ticks._done[1] : 0);
/** When anything of it was told last. @param {Run} run */
export const touched = ({ ticks, said }) => Math.max(0, ...[ticks, said].flatMap(Object.values).map(([, at]) => at));
/** The step that was ticked last. @param {Run} run */
export const latest = ({ ticks }) =>
  Object.entries(ticks)
    .filter(([key, [mark]]) => is(key, ID) && mark)
    .reverse()
    .sort(([, one], [, other]) => other[1] - one[1])[0]?.[0] ?? "";

/** Whether an organisation that keeps runs for so many days has this one forgotten by now. @param {Run} run @param {number} days @param {number} now */
export const isLapsed = (run, days, now) => touched(run) + days * DAY < now;

/** Whoever did it, with somebody more. @param {Run} run @param {string} name */
export function joined(run, name) {
  const names = who(run).split("、").filter(Boolean);
  return names.includes(name) || !name ? who(run) : line([...names, name].join("、"), WHO);
}

/** The cases that were picked, by their names. @param {Run} run @param {Sheet[]} sheets */
export function cases({ said }, sheets) {
  const labels = new Map(sheets.flatMap((sheet) => sheet.cases));
  return Object.entries(said).flatMap(([key, [id]]) => (id && !key.includes(".") ? [labels.get(id) ?? id] : []));
}

/**
 * The steps of a run in their order: those of its cases, and whatever was ticked or noted. What has gone from the SOP
 * comes last, as it was.
 * @param {Run} run
 * @param {Sheet[]} sheets the oldest first
 * @returns {Line[]}
 */
export function lines(run, sheets) {
  const every = sheets.flatMap(({ steps }) => steps);
  const now = new Set(sheets.at(-1)?.steps.map(([id]) => id));
  const told = Object.keys(run.ticks).map((key) => key.replace(/\.note$/, "")).filter((key) => is(key, ID));
  return [...new Set([...now, ...every.map(([id]) => id), ...told])].flatMap((id) => {
    const all = every.filter(([one]) => one === id);
    const [, , step = "", inCase = "", words = id] = all.at(-1) ?? [];
    const [mark, at] = Object.hasOwn(run.ticks, id) ? run.ticks[id] : ["", 0];
    const then = all.find((one) => one[1] === mark)?.[4] ?? words;
    const one = { id, words: then, at: mark ? at : 0, note: note(run, id), gone: sheets.length > 0 && !now.has(id) };
    const counts = now.has(id) && (!run.said[step]?.[0] || run.said[step][0] === inCase);
    return one.at || one.note || counts ? [one] : [];
  });
}

// ── in words ──

/** @param {number} ms */
export const clock = (ms) => `${two(new Date(ms).getHours())}:${two(new Date(ms).getMinutes())}`;

/** @param {number} ms */
export function date(ms) {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/** A moment as it is said beside another: with its day, where that is not the same. @param {number} ms @param {number} beside */
export const moment = (ms, beside = 0) => (date(ms) === date(beside) ? clock(ms) : `${date(ms)} ${clock(ms)}`);

/** What a run is called, also where nobody has named it. @param {Run} run @param {number} now */
export const label = (run, now) => about(run) || `${moment(begun(run), now)} 開始的一件`;

/** What stands at the head of a run, wherever it is shown. @param {Run} run @param {Sheet[]} sheets @returns {[string, string][]} */
export function head(run, sheets) {
  const [from, to] = [begun(run), done(run)];
  const all = /** @type {[string, string][]} */ ([
    ["對象", about(run)],
    ["誰辦的", who(run)],
    ["開始", moment(from)],
    ["做完", to ? moment(to, from) : "還沒"],
    ["情況", cases(run, sheets).join("、")],
    ["版本", sheets.map(({ version }) => version).filter((one, n, every) => every.indexOf(one) === n).join("，後來是 ")],
  ]);
  return all.filter(([, words]) => words);
}

/** @param {Line[]} all */
export const count = (all) => `勾了 ${all.filter(({ at }) => at).length} 步，共 ${all.length} 步`;

/** A run as a text to send. @param {Run} run @param {Sheet[]} sheets @param {string} title */
export function text(run, sheets, title) {
  const all = lines(run, sheets);
  const steps = all.map(({ words, at, note: noted, gone }) => {
    const mark = at ? `✓ ${moment(at, begun(run))} ` : "□ ";
    return `${mark}${words}${gone ? "（後來拿掉了）" : ""}${noted ? `\n　備註：${noted.replace(/\n/g, "\n　　")}` : ""}`;
  });
  return [title, ...head(run, sheets).map(([name, words]) => `${name}：${words}`), count(all), "", ...steps].join("\n");
}
