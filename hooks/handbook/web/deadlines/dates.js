// @ts-check
// When a deadline falls, in local time as on the wall. Pure: knows no page.
import { day } from "../clock.js";

/** A clause's clock, as `data-due` says it: `within 2 day`, `every month end`.
 * @typedef {{ kind: string, number: number, unit: string }} Clock */
/** The days on which one works (0 is Sunday), and holidays as 2027-01-01. @typedef {{ works: Set<number>, holidays: Set<string> }} Workdays */

/** @type {Record<string, number>} */
const MS = { second: 1_000, minute: 60_000, hour: 3_600_000 };
/** @type {Record<string, number>} */
const DAYS = { day: 1, "working day": 1, week: 7, month: 30, year: 365 }; // of a month and a year: parts alone
/** @type {Record<string, number>} */
const MONTHS = { month: 1, year: 12 };
const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * @param {string} written
 * @returns {Clock}
 */
export function readClock(written) {
  const [kind, number, ...unit] = written.split(" ");
  if (number === "month") return { kind, number: 1, unit: "month end" };
  return { kind, number: Number(number), unit: unit.join(" ") };
}

/**
 * @param {string | undefined} days such as `mon tue`
 * @param {string | undefined} holidays such as `2027-01-01 2027-02-28`
 * @returns {Workdays | null}
 */
export function readWorkdays(days, holidays) {
  if (!days) return null;
  return { works: new Set(days.split(" ").map((day) => WEEK.indexOf(day))), holidays: new Set(holidays?.split(" ")) };
}

/**
 * A moment as a field for dates and times has it: `2026-12-01T10:00`.
 * @param {Date} at
 */
export function local(at) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day(at)}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * When a deadline falls; of what comes again, the next three times.
 * @param {Clock} clock
 * @param {Date} start when its event happens, or when it was done last
 * @param {Workdays | null} [workdays] where days of a deadline are working days
 */
export function moments(clock, start, workdays = null) {
  const times = { before: [-1], every: [1, 2, 3] }[clock.kind] ?? [1];
  return times.map((count) => moved(clock, start, count, workdays));
}

/**
 * @param {Clock} clock
 * @param {Date} start
 * @param {number} times how often it is counted, backwards if negative
 * @param {Workdays | null} workdays
 */
function moved({ kind, number, unit }, start, times, workdays) {
  if (unit === "month end") return endOfDay(start.getFullYear(), start.getMonth() + times, 0);
  if (!number) return endOfDay(start.getFullYear(), start.getMonth(), start.getDate());
  const months = Math.trunc(number * times * (MONTHS[unit] ?? 0));
  const days = months ? 0 : number * times * (DAYS[unit] ?? 0);
  const whole = Math.trunc(days);
  const working = workdays && (unit === "working day" || (unit === "day" && kind !== "every"));
  const moved = onCalendar(start, months, working ? overWorkdays(start, whole, workdays) : whole);
  return new Date(moved.getTime() + Math.round((days - whole) * 86_400_000 + number * times * (MS[unit] ?? 0)));
}

/**
 * The same time of another day: months end on their last day where they are shorter, and a time that clocks skip in
 * spring comes an hour later.
 * @param {Date} start
 * @param {number} months
 * @param {number} days
 */
function onCalendar(start, months, days) {
  if (!months && !days) return start; // of two equal hours in autumn, the one that was meant
  const year = start.getFullYear();
  const month = start.getMonth() + months;
  const day = Math.min(start.getDate(), new Date(year, month + 1, 0).getDate());
  return new Date(year, month, day + days, start.getHours(), start.getMinutes(), start.getSeconds());
}

/**
 * How many days lie between a day and so many working days later (or, if negative, earlier).
 * @param {Date} start
 * @param {number} count
 * @param {Workdays} workdays
 */
function overWorkdays(start, count, { works, holidays }) {
  let days = 0;
  for (let left = Math.abs(count); left > 0; ) {
    days += Math.sign(count);
    const at = new Date(start.getFullYear(), start.getMonth(), start.getDate() + days, 12);
    if (works.has(at.getDay()) && !holidays.has(day(at))) left -= 1;
  }
  return days;
}

/**
 * @param {number} year
 * @param {number} month
 * @param {number} day
 */
function endOfDay(year, month, day) {
  return new Date(year, month, day, 23, 59);
}
