// @ts-check
// Deadlines in words: on the list, for those who hear it, in a reminder.
import { make } from "../dom.js";
import { local, moments } from "./dates.js";
import { allDay, byCalendar } from "./page.js";
import { apart, free, rule } from "./recurrence.js";

/** A deadline and its moments: none as long as nobody says when it starts. @typedef {{ due: import("./page.js").Due, at: Date[], start: Date, workdays: import("./dates.js").Workdays | null }} Row */

const MORNING = 900; // minutes before the last one of a day: at nine
/** @type {Record<string, string>} */
const ENDS = { after: " 起", between: " 起", keep: "" };
/** What one says once it is there; the rest is late. @type {Record<string, string>} */
const OPEN = { after: "可以做了", between: "可以做了", keep: "保留期滿了" };

/** A line of the list: when, what, who, since when. @param {Row} row @param {Date} now */
export function item({ due, at }, now) {
  const whole = allDay(due);
  const [first, ...more] = at.map((one) => spoken(one, now, whole));
  const { kind } = due.clock;
  const again = (kind === "every" || byCalendar(due)) && more.length ? `，再來 ${more.join("、")}` : "";
  const ends = kind === "every" ? "" : (ENDS[kind] ?? " 前");
  const about = [due.who, due.label, due.when, due.event, due.short].filter(Boolean).join("・");
  const made = make("li");
  made.append(make("b", { textContent: first ? (kind === "keep" ? "留到 " : "") + first + (whole ? ends.trim() : ends) + again : "填了時間才算得出" }));
  if (at[0] < now) made.append(make("strong", { textContent: OPEN[kind] ?? "已經過了" }));
  if (due.undecided) made.append(make("strong", { className: "open", textContent: "待定" }));
  made.append(make("a", { href: due.url, textContent: due.what }), make("small", { textContent: about }));
  return made;
}

/** The list in a sentence, for those who hear it. @param {Row[]} rows @param {Date} now */
export function summary(rows, now) {
  const late = rows.filter(({ due, at }) => at[0] < now && !(due.clock.kind in OPEN)).length;
  const next = rows.find(({ at }) => at[0] >= now);
  const first = next ? `；最近的是 ${spoken(next.at[0], now, allDay(next.due))}：${next.due.what}` : "";
  return rows.length ? `${rows.length} 個期限${late ? `，${late} 個已經過了` : ""}${first}。` : "這種情況沒有期限。";
}

/**
 * One reminder of a deadline; of what comes by the calendar, one for each time that has a rule, else the next ones.
 * @param {Row} row
 * @returns {import("./ics.js").Reminder[]}
 */
export function reminders(row) {
  const { due, at, start, workdays } = row;
  if (!byCalendar(due)) {
    const again = rule(due.clock, start, workdays);
    return [reminder(row, at[0], "", again, again ? free(due.clock, at[0], workdays) : [])];
  }
  return apart(due.clock).flatMap((clock, number) => {
    const [first, ...more] = moments(clock, start, workdays);
    const again = rule(clock, start, workdays);
    if (again) return [reminder(row, first, `.${number}`, again, free(clock, first, workdays))];
    return [first, ...more].map((one) => reminder(row, one, `.${number}.${one.getTime() / 60_000}`));
  });
}

/**
 * @param {Row} row
 * @param {Date} at
 * @param {string} part what tells it from others of the same deadline
 * @param {string} [rule]
 * @param {Date[]} [free]
 * @returns {import("./ics.js").Reminder}
 */
function reminder({ due, start }, at, part, rule = "", free = []) {
  const hours = byCalendar(due) ? 2 : Math.abs(at.getTime() - start.getTime()) / (3_600_000);
  const event = due.event && !byCalendar(due) && `${due.event}：${spoken(start, start)}`;
  const since = byCalendar(due) ? "" : `.${start.getTime() / 60_000}`; // the same again takes the place of the first
  return {
    id: `${due.sop}.${due.id}${since}${part}@${location.host}`,
    at,
    rule,
    free,
    lead: allDay(due) ? MORNING : hours >= 48 ? 1440 : hours >= 2 ? 60 : 10,
    title: due.undecided ? `${due.what}（待定）` : due.what,
    details: [due.who, due.label, due.when, due.short, event].filter(Boolean).join("\n"),
    url: due.url,
  };
}

/** @param {Date} at @param {Date} now @param {boolean} [whole] only the day */
function spoken(at, now, whole = false) {
  const year = at.getFullYear() === now.getFullYear() ? "" : `${at.getFullYear()} 年 `;
  const week = "日一二三四五六"[at.getDay()];
  return `${year}${at.getMonth() + 1} 月 ${at.getDate()} 日（${week}）${whole ? "" : local(at).slice(11)}`;
}
