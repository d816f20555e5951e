// @ts-check
// Deadlines in words: on the list, for those who hear it, in a reminder.
import { make } from "../dom.js";
import { local } from "./dates.js";

/** A deadline and its moments: none as long as nobody says when it starts. @typedef {{ due: import("./page.js").Due, at: Date[], start: Date }} Row */

/** A line of the list: when, what, who, since when. @param {Row} row @param {Date} now */
export function item({ due, at }, now) {
  const [first, ...more] = at.map((one) => spoken(one, now));
  const ends = { every: more.length ? `，再來 ${more.join("、")}` : "", after: " 起" }[due.clock.kind] ?? " 前";
  const about = [due.who, due.label, due.event, due.short].filter(Boolean).join("・");
  const made = make("li");
  made.append(make("b", { textContent: first ? first + ends : "填了時間才算得出" }));
  if (at[0] < now) made.append(make("strong", { textContent: due.clock.kind === "after" ? "可以做了" : "已經過了" }));
  if (due.undecided) made.append(make("strong", { className: "open", textContent: "待定" }));
  made.append(make("a", { href: due.url, textContent: due.what }), make("small", { textContent: about }));
  return made;
}

/** The list in a sentence, for those who hear it. @param {Row[]} rows @param {Date} now */
export function summary(rows, now) {
  const late = rows.filter(({ due, at }) => at[0] < now && due.clock.kind !== "after").length;
  const next = rows.find(({ at }) => at[0] >= now);
  const first = next ? `；最近的是 ${spoken(next.at[0], now)}：${next.due.what}` : "";
  return rows.length ? `${rows.length} 個期限${late ? `，${late} 個已經過了` : ""}${first}。` : "這種情況沒有期限。";
}

/** @param {Row} row @returns {import("./ics.js").Reminder} */
export function reminder({ due, at: [at], start }) {
  const hours = Math.abs(at.getTime() - start.getTime()) / (3_600_000);
  const event = due.event && `${due.event}：${spoken(start, start)}`;
  return {
    id: `${due.sop}.${due.id}.${start.getTime() / 60_000}@${location.host}`,
    at,
    lead: hours >= 48 ? 1440 : hours >= 2 ? 60 : 10,
    title: due.undecided ? `${due.what}（待定）` : due.what,
    details: [due.who, due.label, due.short, event].filter(Boolean).join("\n"),
    url: due.url,
  };
}

/** @param {Date} at @param {Date} now */
function spoken(at, now) {
  const year = at.getFullYear() === now.getFullYear() ? "" : `${at.getFullYear()} 年 `;
  const week = "日一二三四五六"[at.getDay()];
  return `${year}${at.getMonth() + 1} 月 ${at.getDate()} 日（${week}）${local(at).slice(11)}`;
}
