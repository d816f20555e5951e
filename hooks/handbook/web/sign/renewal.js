// @ts-check
// For how long a signature or a pass holds: `12m` (months) or `400d` (days), as pages carry it; nothing: for ever.

import { day } from "../clock.js";

/**
 * The day on which what was done at a moment is due again; nothing where it never is.
 * @param {string | undefined} renew
 * @param {number} at
 */
export const until = (renew, at) => (renew ? plus(day(new Date(at)), renew) : "");

/**
 * How something stands that holds until a day.
 * @param {string} end
 * @param {string} today
 * @returns {"" | "soon" | "due"}
 */
export function standing(end, today) {
  if (!end || plus(today, "1m") < end) return "";
  return end <= today ? "due" : "soon";
}

/** A team's page asks for the same days thousands of times. @type {Map<string, string>} */
const reckoned = new Map();

/**
 * A day so much later; months end on their last day where they are shorter.
 * @param {string} from
 * @param {string} length
 */
export function plus(from, length) {
  const sum = from + length;
  const before = reckoned.get(sum);
  if (before) return before;
  const later = after(from, length);
  reckoned.set(sum, later);
  return later;
}

/** @param {string} from @param {string} length */
function after(from, length) {
  const [year, month, date] = from.split("-").map(Number);
  const amount = parseInt(length, 10);
  if (length.endsWith("d")) return day(new Date(year, month - 1, date + amount));
  const last = new Date(year, month + amount, 0).getDate();
  return day(new Date(year, month - 1 + amount, Math.min(date, last)));
}
