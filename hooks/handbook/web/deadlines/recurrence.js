// @ts-check
// What comes again, as a calendar's rule (RFC 5545, 3.3.10). Pure: knows no page.
import { day } from "../clock.js";
import { local, ORDINARY, WORKING } from "./dates.js";

/** @typedef {import("./dates.js").Clock} Clock */
/** @typedef {import("./dates.js").Workdays} Workdays */

const NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
/** @type {Record<string, string>} */
const OFTEN = { day: "DAILY", week: "WEEKLY", month: "MONTHLY", year: "YEARLY" };

/**
 * A clock as so many clocks that a rule can say: one time a day, one day of the month.
 * @param {Clock} clock
 * @returns {Clock[]}
 */
export function apart(clock) {
  if (!clock.points) return [clock];
  return clock.points.flatMap((point) => {
    const times = point.times.length ? point.times.map((time) => [time]) : [[]];
    const days = point.days === "month" ? point.which.map((one) => [one]) : [point.which];
    return times.flatMap((time) => days.map((which) => ({ ...clock, points: [{ ...point, times: time, which }] })));
  });
}

/**
 * The rule of what comes again, and the days on which it does not; none where no rule says it, or every calendar would
 * ring all day.
 * @param {Clock} clock
 * @param {Date} start when it was done last
 * @param {Workdays | null} workdays
 * @returns {string}
 */
export function rule({ kind, number, unit, points, spans }, start, workdays) {
  if (points) return points[0].on.length ? ofKinds(points[0], workdays) : ofDays(points[0], workdays);
  if (kind !== "every" || spans || number !== Math.trunc(number)) return "";
  if (unit === "month end") return monthly(-1);
  if (unit === "working day" && number === 1) return onWorkdays(workdays);
  const every = OFTEN[unit] ? `FREQ=${OFTEN[unit]};INTERVAL=${number}` : "";
  if (unit === "month") return `${every};${onDay(start.getDate())}`;
  return unit === "year" && start.getDate() === 29 && start.getMonth() === 1 ? `${every};BYMONTH=2;${onDay(29)}` : every;
}

/** @param {import("./dates.js").Point} point @param {Workdays | null} workdays */
function ofDays({ days, which }, workdays) {
  switch (days) {
    case "":
    case "daily":
      return "FREQ=DAILY";
    case "working":
      return onWorkdays(workdays);
    case "week":
      return `FREQ=WEEKLY;BYDAY=${which.map((one) => NAMES[one % 7]).join(",")}`;
    case "month":
      return monthly(which[0]);
    case "quarter":
      return which[0] === 1 ? "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=1" : `FREQ=MONTHLY;BYMONTH=3,6,9,12;${onDay(which[0] ?? -1)}`;
    case "nth":
      return `FREQ=MONTHLY;BYDAY=${which[0]}${NAMES[which[1] % 7]}`;
    case "year":
      return `FREQ=YEARLY;BYMONTH=${which[0]};${onDay(which[1])}`;
    default:
      return ""; // the third working day: holidays decide, and no rule knows them
  }
}

/** Every day of some kinds; no rule knows which days are holidays. @param {import("./dates.js").Point} point @param {Workdays | null} workdays */
function ofKinds({ days, on }, workdays) {
  if (days && days !== "daily") return "";
  if (on.length === 1 && on[0] === WORKING) return onWorkdays(workdays);
  if (on.some((one) => one > ORDINARY)) return "";
  const week = new Set(on.flatMap((one) => (one === ORDINARY ? [1, 2, 3, 4, 5] : [one])));
  return `FREQ=WEEKLY;BYDAY=${[...week].sort().map((one) => NAMES[one % 7]).join(",")}`;
}

/** @param {Workdays | null} workdays */
function onWorkdays(workdays) {
  const days = workdays ? [...workdays.works].sort() : [];
  return workdays ? `FREQ=WEEKLY;BYDAY=${days.map((one) => NAMES[one]).join(",")}` : "FREQ=DAILY";
}

/** @param {number} date */
function monthly(date) {
  return `FREQ=MONTHLY;${onDay(date)}`;
}

/** The last of the days up to a date that a month has: the 31st is the 28th in February. @param {number} date */
function onDay(date) {
  if (date <= 28) return `BYMONTHDAY=${date}`;
  return `BYMONTHDAY=${[28, 29, 30, 31].filter((one) => one <= date).join(",")};BYSETPOS=-1`;
}

/**
 * The moments of a rule on which nobody works.
 * @param {Clock} clock
 * @param {Date} first
 * @param {Workdays | null} workdays
 */
export function free({ unit, points = [] }, first, workdays) {
  const [{ days, on }] = points.length ? points : [{ days: "", on: /** @type {number[]} */ ([]) }];
  const working = unit === "working day" || days === "working" || on.includes(WORKING);
  if (!workdays || !(working || on.includes(ORDINARY))) return [];
  const holidays = [...workdays.holidays].map((one) => new Date(`${one}T${local(first).slice(11)}`));
  const meant = (/** @type {number} */ weekday) => (working ? workdays.works.has(weekday) : weekday % 6 > 0 && !on.includes(weekday));
  return holidays.filter((one) => day(one) > day(first) && meant(one.getDay()));
}
