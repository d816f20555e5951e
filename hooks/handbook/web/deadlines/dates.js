// @ts-check
// When a deadline falls, in local time as on the wall. Pure: knows no page.
import { day } from "../clock.js";

/** A moment: minutes from midnight (of an hour, where it comes every hour), what kind of days, which of them, and of
 * which kinds each has to be besides.
 * @typedef {{ times: number[], days: string, which: number[], on: number[] }} Point */
/** From when to when, in minutes from midnight, on days of what kinds. @typedef {{ from: number, to: number, on: number[] }} Span */
/** A clause's clock, as `data-due` says it: `within 2 day`, `every month end`, `by 18:00|off -1`, `between 06:00~22:00@8`,
 * `within 10 minute 08:00~22:00 30 minute`, `within 30 minute from 22:00|`; `;` stands between what holds on different
 * days. `spans` are when its amount counts, `other` what does else, `from` the moments that it counts from.
 * @typedef {{ kind: string, number: number, unit: string, points?: Point[], spans?: Span[], from?: Point[], other?: { number: number, unit: string } }} Clock */
/** The days on which one works (0 is Sunday), and holidays as 2027-01-01. @typedef {{ works: Set<number>, holidays: Set<string> }} Workdays */

/** @type {Record<string, number>} */
const MS = { second: 1_000, minute: 60_000, hour: 3_600_000 };
/** @type {Record<string, number>} */
const DAYS = { day: 1, "working day": 1, week: 7, month: 30, year: 365 }; // of a month and a year: parts alone
/** @type {Record<string, number>} */
const MONTHS = { month: 1, year: 12 };
const WEEK = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const EVENING = 23 * 60 + 59; // the last minute of a day
const COMING = 3; // of what comes again, so many are told
export const ORDINARY = 8; // kinds of days, after those of the week: Monday to Friday but for holidays
export const HOLIDAYS = 9;
export const WORKING = 10;
const FAR = 4 * 366 * 8; // days: farther than from one 29 February to the next, also over 2100

/**
 * @param {string} written
 * @returns {Clock}
 */
export function readClock(written) {
  const [kind, ...words] = written.split(" ");
  const [said, start] = words.join(" ").split(" from ");
  const [before, hours, after] = said.split(/(\d\d:\d\d~\S+)/);
  const spans = hours?.split(";").map(readSpan);
  if (spans && !before) return { kind, number: 0, unit: "", spans, points: spans.map(begun) };
  if (said.includes("|")) return { kind, number: 0, unit: "", points: said.split(";").map(readPoint) };
  if (said === "month end") return { kind, number: 1, unit: "month end" };
  const from = start?.split(";").map(readPoint);
  return { kind, ...counted(before), spans, from, other: after ? counted(after) : undefined };
}

/** @param {string} written such as `2 working day` */
function counted(written) {
  const [number, ...unit] = written.trim().split(" ");
  return { number: Number(number), unit: unit.join(" ") };
}

/** @param {string} written such as `07:30 22:30|week 1 4@8` */
function readPoint(written) {
  const [times, days] = written.split("|");
  const [kind, ...which] = days.split("@")[0].split(" ");
  return { times: times.split(" ").filter(Boolean).map(minutes), days: kind, which: which.map(Number), on: readOn(written) };
}

/** @param {string} written such as `06:00~22:00@6,7` */
function readSpan(written) {
  const [from, to] = written.split("@")[0].split("~").map(minutes);
  return { from, to, on: readOn(written) };
}

/** The kinds of days behind an @, if there are such. @param {string} written */
function readOn(written) {
  const [, on] = written.split("@");
  return on ? on.split(",").map(Number) : [];
}

/** When it begins. @param {Span} span */
function begun({ from, on }) {
  return { times: [from], days: "", which: [], on };
}

/** The minutes from midnight to a time such as `07:30`; 24:00 is the last one of its day. @param {string} time */
function minutes(time) {
  const [hour, minute] = time.split(":").map(Number);
  return Math.min(hour * 60 + minute, EVENING);
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
 * @param {Date} start when its event happens, when it was done last, or now
 * @param {Workdays | null} [workdays]
 */
export function moments(clock, start, workdays = null) {
  const { kind, points, spans, from, other } = clock;
  if (points) return onPoints(kind, points, start, workdays);
  if (from) return sinceMoment(clock, from, start, workdays);
  const counts = other && !spans?.some((span) => within(span, start, workdays)) ? { ...clock, ...other } : clock;
  if (kind === "every" && spans) return inSpans(counts, spans, start, workdays);
  const times = { before: [-1], every: [1, 2, 3] }[kind] ?? [1];
  return times.map((count) => moved(counts, start, count, workdays));
}

/**
 * So long before or after a moment that comes again: the next that are not over.
 * @param {Clock} clock @param {Point[]} from @param {Date} start @param {Workdays | null} workdays
 */
function sinceMoment(clock, from, start, workdays) {
  const way = clock.kind === "before" ? -1 : 1;
  const found = onPoints("every", from, moved(clock, start, -way, workdays), workdays);
  return found.map((at) => moved(clock, at, way, workdays));
}

/**
 * What comes again in certain hours: each counts from the one before, and one that would be late is when they begin.
 * @param {Clock} clock @param {Span[]} spans @param {Date} start @param {Workdays | null} workdays
 */
function inSpans(clock, spans, start, workdays) {
  /** @type {Date[]} */
  const found = [];
  for (let at = start; at && found.length < COMING; at && found.push(at)) {
    at = opened(spans, moved(clock, at, 1, workdays), workdays);
  }
  return found;
}

/** Whether a moment lies in the hours from one time to another, over midnight where the second is earlier.
 * @param {Span} span @param {Date} at @param {Workdays | null} workdays */
function within({ from, to, on: days }, at, workdays) {
  const now = at.getHours() * 60 + at.getMinutes();
  const today = among(at, days, workdays);
  if (from < to) return today && from <= now && now <= to;
  return (today && now >= from) || (now <= to && among(on(at, -1, 720), days, workdays));
}

/** A moment, or when the hours after it begin. @param {Span[]} spans @param {Date} at @param {Workdays | null} workdays */
function opened(spans, at, workdays) {
  if (spans.some((span) => within(span, at, workdays))) return at;
  return onPoints("every", spans.map(begun), at, workdays)[0];
}

/**
 * @param {string} kind
 * @param {Point[]} points
 * @param {Date} start
 * @param {Workdays | null} workdays
 */
function onPoints(kind, points, start, workdays) {
  const found = points.flatMap((point) => onPoint(kind, point, start, workdays));
  return found.sort((one, two) => Number(one) - Number(two)).slice(0, COMING);
}

/**
 * @param {string} kind
 * @param {Point} point
 * @param {Date} start
 * @param {Workdays | null} workdays
 */
function onPoint(kind, point, start, workdays) {
  if (point.days === "hour") return inHours(point.times, start);
  const times = point.times.length ? point.times : [kind === "after" ? 0 : EVENING];
  if (point.days.startsWith("off")) {
    const working = workdays && point.days === "off-working";
    const days = working ? overWorkdays(start, point.which[0], workdays) : point.which[0];
    return among(on(start, days, 720), point.on, workdays) ? times.map((time) => on(start, days, time)) : [];
  }
  /** @type {Date[]} */
  const found = [];
  for (let days = 0; days < FAR && found.length < COMING; days += 1) {
    const noon = on(start, days, 720);
    if (falls(noon, point, start, workdays) && among(noon, point.on, workdays)) {
      found.push(...times.map((time) => on(start, days, time)).filter((at) => at > start));
    }
  }
  return found.slice(0, COMING);
}

/** Some minutes of the hours that come. @param {number[]} times @param {Date} start */
function inHours(times, start) {
  const hour = start.getTime() - start.getMinutes() * 60_000 - (start.getTime() % 60_000);
  const found = [0, 1, 2, 3].flatMap((hours) => times.map((time) => new Date(hour + hours * 3_600_000 + time * 60_000)));
  return found.filter((at) => at > start);
}

/** Whether a day is of one of some kinds: 1 to 7 of the week, an ordinary one, a holiday, a working day.
 * @param {Date} at @param {number[]} kinds @param {Workdays | null} workdays */
function among(at, kinds, workdays) {
  const weekday = at.getDay() || 7;
  const free = Boolean(workdays?.holidays.has(day(at)));
  const is = (/** @type {number} */ kind) =>
    kind === ORDINARY ? weekday < 6 && !free : kind === HOLIDAYS ? free : kind === WORKING ? works(at, workdays) : kind === weekday;
  return !kinds.length || kinds.some(is);
}

/** A time of the day that lies so many days after another. @param {Date} start @param {number} days @param {number} time */
function on(start, days, time) {
  return new Date(start.getFullYear(), start.getMonth(), start.getDate() + days, 0, time);
}

/**
 * Whether a moment may lie on a day.
 * @param {Date} at noon of that day
 * @param {Point} point
 * @param {Date} start
 * @param {Workdays | null} workdays
 */
function falls(at, { days, which }, start, workdays) {
  const last = new Date(at.getFullYear(), at.getMonth() + 1, 0).getDate();
  const date = at.getDate();
  const weekday = at.getDay() || 7;
  const ofMonth = () => which.some((one) => date === (one < 0 ? last + 1 + one : Math.min(one, last)));
  const ofQuarter = (/** @type {number} */ one) => (one < 0 ? at.getMonth() % 3 === 2 && date === last + 1 + one : at.getMonth() % 3 === 0 && date === one);
  switch (days) {
    case "working":
      return works(at, workdays);
    case "week":
      return which.includes(weekday);
    case "next-week":
      return which.includes(weekday) && Math.floor((Number(at) - Number(on(start, 1 - (start.getDay() || 7), 0))) / 604_800_000) === 1;
    case "month":
      return ofMonth();
    case "next-month":
      return ofMonth() && (at.getFullYear() - start.getFullYear()) * 12 + at.getMonth() - start.getMonth() === 1;
    case "nth":
      return weekday === which[1] && (which[0] < 0 ? date + 7 > last : Math.ceil(date / 7) === which[0]);
    case "nth-working":
      return works(at, workdays) && rank(at, which[0] < 0 ? last : 0, workdays) === Math.abs(which[0]);
    case "quarter":
      return (which.length ? which : [-1]).some(ofQuarter);
    case "year":
      return at.getMonth() + 1 === which[0] && date === Math.min(which[1], last);
    default:
      return true;
  }
}

/** The how manieth working day of its month a day is: from the last one on, where that is given.
 * @param {Date} at @param {number} last @param {Workdays | null} workdays */
function rank(at, last, workdays) {
  let count = 0;
  const [from, to] = last ? [at.getDate(), last] : [1, at.getDate()];
  for (let date = from; date <= to; date += 1) {
    if (works(new Date(at.getFullYear(), at.getMonth(), date, 12), workdays)) count += 1;
  }
  return count;
}

/** Whether one works on a day. @param {Date} at @param {Workdays | null} workdays */
function works(at, workdays) {
  return !workdays || (workdays.works.has(at.getDay()) && !workdays.holidays.has(day(at)));
}

/**
 * @param {{ number: number, unit: string }} amount
 * @param {Date} start
 * @param {number} times how often it is counted, backwards if negative
 * @param {Workdays | null} workdays
 */
function moved({ number, unit }, start, times, workdays) {
  if (unit === "month end") return endOfDay(start.getFullYear(), start.getMonth() + times, 0);
  if (!number) return endOfDay(start.getFullYear(), start.getMonth(), start.getDate());
  const months = Math.trunc(number * times * (MONTHS[unit] ?? 0));
  const days = months ? 0 : number * times * (DAYS[unit] ?? 0);
  const whole = Math.trunc(days);
  const moved = onCalendar(start, months, workdays && unit === "working day" ? overWorkdays(start, whole, workdays) : whole);
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
function overWorkdays(start, count, workdays) {
  let days = 0;
  for (let left = Math.abs(count); left > 0; ) {
    days += Math.sign(count);
    if (works(on(start, days, 720), workdays)) left -= 1;
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
