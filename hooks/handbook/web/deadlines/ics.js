// @ts-check
// Reminders as a file for a phone's calendar (RFC 5545). Pure: knows no page.
import { local } from "./dates.js";

/** One deadline: `lead` is how many minutes ahead to ring as well; `rule` is how it comes again, but for `free`.
 * @typedef {{ id: string, at: Date, lead: number, title: string, details: string, url: string, rule?: string, free?: Date[] }} Reminder */

const encoder = new TextEncoder();
const LONGEST = 75; // octets of a line
const MINUTE = 60_000;

/**
 * Times are in UTC: a moment is the same wherever the phone is when it reads the file. What comes again is told by the
 * clock on the wall, which no zone's summer moves.
 * @param {Reminder[]} reminders
 * @param {Date} made
 */
export function calendarFile(reminders, made) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//handbook//deadlines//ZH-TW", "CALSCALE:GREGORIAN"];
  for (const reminder of reminders) lines.push(...event(reminder, made));
  return [...lines, "END:VCALENDAR", ""].map(folded).join("\r\n");
}

/**
 * A deadline is a moment, and lasts a minute: without an end, some calendars give it an hour, and no end may be the start.
 * The same deadline again takes the place of the first: by its UID, as the later revision of it.
 * @param {Reminder} reminder
 * @param {Date} made
 */
function event({ id, at, lead, title, details, url, rule, free = [] }, made) {
  const told = rule ? wall : stamp;
  return [
    "BEGIN:VEVENT",
    `UID:${text(id)}`,
    `SEQUENCE:${Math.floor(made.getTime() / MINUTE)}`, // nobody counts revisions here, and time goes on as well
    `DTSTAMP:${stamp(made)}`,
    `LAST-MODIFIED:${stamp(made)}`,
    `DTSTART:${told(at)}`,
    `DTEND:${told(new Date(at.getTime() + MINUTE))}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    ...(rule && free.length ? [`EXDATE:${free.map(wall).join(",")}`] : []),
    `SUMMARY:${text(title)}`,
    `DESCRIPTION:${text(details)}`,
    `URL:${url}`,
    "TRANSP:TRANSPARENT",
    ...alarm(`-PT${lead}M`, title),
    ...alarm("PT0M", title),
    "END:VEVENT",
  ];
}

/**
 * @param {string} trigger
 * @param {string} title
 */
function alarm(trigger, title) {
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${text(title)}`, `TRIGGER:${trigger}`, "END:VALARM"];
}

/** @param {Date} at */
function stamp(at) {
  return at.toISOString().replace(/\.\d+|[-:]/g, "");
}

/** By the clock on the wall, wherever that is (RFC 5545, 3.3.5, form 1). @param {Date} at */
function wall(at) {
  return `${local(at).replace(/[-:]/g, "")}00`;
}

/** @param {string} words */
function text(words) {
  const escaped = words.replace(/[\\;,]/g, "\\$&").replace(/\r\n|[\r\n]/g, "\\n");
  return escaped.replace(/[\0-\x08\x0b-\x1f\x7f]/g, "");
}

/** @param {string} line */
function folded(line) {
  let whole = "";
  let used = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (used + size > LONGEST) {
      whole += "\r\n ";
      used = 1;
    }
    whole += character;
    used += size;
  }
  return whole;
}
