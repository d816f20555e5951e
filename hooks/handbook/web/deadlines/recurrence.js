// @ts-check
// What comes again, as a calendar's rule (RFC 5545, 3.3.10). Pure: knows no page.
import { day } from "../clock.js";
import { local } from "./dates.js";

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
  const { point } = clock;
  if (!point) return [clock];
  const times = point.times.length ? point.times.map((time) => [time]) : [[]];
  const days = point.days === "month" ? point.which.map((one) => [one]) : [point.which];
  return times.flatMap((time) => days.map((which) => ({ ...clock, point: { ...point, times: time, which } })));
}

/**
 * The rule of what comes again, and the days on which it does not; none where no rule says it, or every calendar would
 * ring all day.
 * @param {Clock} clock
 * @param {Date} start when it was done last
 * @param {Workdays | null} workdays
 * @returns {string}
 */
export function rule({ kind, number, unit, point, hours }, start, workdays) {
  if (point) return ofDays(point.days, point.which, workdays);
  if (kind !== "every" || hours || number !== Math.trunc(number)) return "";
  if (unit === "month end") return monthly(-1);
  if (unit === "working day" && number === 1) return onWorkdays(workdays);
  const every = OFTEN[unit] ? `FREQ=${OFTEN[unit]};INTERVAL=${number}` : "";
  if (unit === "month") return `${every};${onDay(start.getDate())}`;
  return unit === "year" && start.getDate() === 29 && start.getMonth() === 1 ? `${every};BYMONTH=2;${onDay(29)}` : every;
}

/** @param {string} days @param {number[]} which @param {Workdays | null} workdays */
function ofDays(days, which, workdays) {
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
    case "nth":
      return `FREQ=MONTHLY;BYDAY=${which[0]}${NAMES[which[1] % 7]}`;
    case "year":
      return `FREQ=YEARLY;BYMONTH=${which[0]};${onDay(which[1])}`;
    default:
      return ""; // the third working day: holidays decide, and no rule knows them
  }
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
export function free({ unit, point }, first, workdays) {
  if (!workdays || (unit !== "working day" && point?.days !== "working")) return [];
  const days = [...workdays.holidays].map((one) => new Date(`${one}T${local(first).slice(11)}`));
  return days.filter((one) => day(one) > day(first) && workdays.works.has(one.getDay()));
}
