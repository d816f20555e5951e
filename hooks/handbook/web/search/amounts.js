// @ts-check
// Amounts and clock times as people type and say them → as the handbook writes them: 兩千塊 is 2,000元, 八點半 is 08:30 or
// 20:30.

/** @typedef {{from: number, to: number, pattern: string}} Found where it stands in the text, and what to look for */

const DIGITS = "零一二三四五六七八九";
/** @type {Record<string, number>} */
const PLACES = { 十: 10, 百: 100, 千: 1000 };
const WRITTEN = `[0-9][0-9,]*(?:\\.[0-9]+)?|[${DIGITS}〇两十百千万半]+`;
/** @type {Record<string, string>} */
const UNITS = {
  秒: "秒", 秒钟: "秒", 分钟: "分钟", 分: "分钟", 小时: "小时", 钟头: "小时", 天: "天", 日: "天", 工作天: "个工作天",
  工作日: "个工作天", 周: "周", 星期: "周", 礼拜: "周", 月: "个月", 年: "年", 声: "声", 响: "声", 毫米: "毫米", mm: "毫米",
  公厘: "毫米", 公分: "公分", 厘米: "公分", cm: "公分", 公尺: "公尺", 米: "公尺", 块: "元", 块钱: "元", 度: "°c", "%": "%",
  s: "秒", h: "小时",
};
const NAMES = Object.keys(UNITS).sort((one, other) => other.length - one.length).join("|");
const AMOUNT = new RegExp(`第?(${WRITTEN})个?(${NAMES}|[\\u3400-\\u9fff])`, "g");
const EVERY = new RegExp(`每一?个?(${NAMES})`, "g");
const SHARE = new RegExp(`百分之([0-9]+|[${DIGITS}〇两十百]+)|([0-9]|[${DIGITS}])[折成]`, "g");
const CLOCK = new RegExp(`([0-9]{1,2}|[${DIGITS}两十]{1,3})(?:点(半|[0-9]{1,2}|[${DIGITS}十]{2,3})?|:([0-9]{2}))`, "g");
const LADDER = [["秒", 60, "分钟"], ["分钟", 60, "小时"], ["小时", 24, "天"], ["天", 7, "周"]]; // 48 小時 is 2 天

// English: as they are said there.
const COUNTS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const ORDINALS = ["first", "second", "third", "fourth", "fifth"];
/** @type {Map<string, number>} */
const SPOKEN = new Map([COUNTS, ORDINALS].flatMap((some) => some.map((word, at) => [word, at + 1])));
/** @type {Record<string, string>} */
const ENGLISH = {
  second: "秒", sec: "秒", minute: "分钟", min: "分钟", hour: "小时", hr: "小时", day: "天", week: "周", month: "个月",
  year: "年", ring: "声", time: "次", percent: "%", mm: "毫米",
};
const SAID_AMOUNT = new RegExp(
  `\\b([0-9]+(?:\\.[0-9]+)?|${[...SPOKEN.keys()].join("|")})(?:st|nd|rd|th)?[ -]?(${Object.keys(ENGLISH).join("|")})s?\\b`,
  "g",
);

/**
 * A text with its English amounts in Chinese: third ring, 2 days.
 * @param {string} text
 */
export const translated = (text) =>
  text.replace(SAID_AMOUNT, (_, count, unit) => `${SPOKEN.get(count) ?? count}${ENGLISH[unit]}`);

/**
 * A number in Chinese or in digits; NaN where it is none. 三千五 is 3,500.
 * @param {string} written
 */
export function number(written) {
  if (/^[0-9]/.test(written)) return Number(written.replace(/,/g, ""));
  if (written === "半") return 0.5;
  let [all, sum, place] = [0, 0, 1];
  let digit = -1; // none yet
  for (const one of written.replace(/两/g, "二").replace(/〇/g, "零")) {
    if (one === "零") [digit, place] = [-1, 1];
    else if (PLACES[one]) [sum, place, digit] = [sum + (digit < 0 ? 1 : digit) * PLACES[one], PLACES[one] / 10, -1];
    else if (one === "万") [all, sum, place, digit] = [all + 10_000 * (sum + Math.max(0, digit)), 0, 1000, -1];
    else if (digit < 0 && DIGITS.includes(one)) digit = DIGITS.indexOf(one);
    else return NaN;
  }
  return all + sum + Math.max(0, digit) * place;
}

/**
 * The amounts in a normal text.
 * @param {string} normal
 * @returns {Found[]}
 */
export function amounts(normal) {
  return [
    ...[...normal.matchAll(AMOUNT)].flatMap((match) => counted(match).map((pattern) => at(match, pattern))),
    ...[...normal.matchAll(CLOCK)].flatMap((match) => times(match).map((pattern) => at(match, pattern))),
    ...[...normal.matchAll(EVERY)].map((match) => at(match, `每${UNITS[match[1]].replace("个", "")}`)),
    ...[...normal.matchAll(SHARE)].map((match) => at(match, `${match[1] ? number(match[1]) : 10 * number(match[2])}%`)),
  ];
}

/** @param {RegExpMatchArray} match @param {string} pattern @returns {Found} */
const at = ({ index = 0, 0: { length } }, pattern) => ({ from: index, to: index + length, pattern });

/** @param {RegExpMatchArray} match */
function counted([, written, name]) {
  let [count, unit] = [number(written), UNITS[name] ?? name];
  if (count === 0.5 && unit === "小时") [count, unit] = [30, "分钟"];
  if (!count) return [];
  const found = [[count, unit]];
  for (const [small, times, large] of LADDER) {
    if (unit === small && count % Number(times) === 0) found.push([count / Number(times), `${large}`]);
    if (unit === large) found.push([count * Number(times), `${small}`]);
  }
  return found.map(([many, one]) => many.toLocaleString("en") + one);
}

/** In the morning and in the evening. @param {RegExpMatchArray} match */
function times([, hours, minutes = "零", more]) {
  const [hour, minute] = [number(hours), minutes === "半" ? 30 : number(more ?? minutes)];
  const found = hour >= 0 && hour <= 24 && minute < 60 ? [hour, hour + 12].filter((one) => one <= 24) : [];
  return found.map((one) => [one, minute].map((part) => `${part}`.padStart(2, "0")).join(":"));
}
