// @ts-check
// What somebody typed → probes: patterns to look for, which part of the query each accounts for, and how surely.

/** @typedef {import("./letters.js").Letters} Letters */

/**
 * @typedef {Object} Probe
 * @property {"text" | "sound" | "initials"} layer where to look
 * @property {string | string[]} pattern what to look for; a list gives, for each character, those that it may be
 * @property {number} from the first part of the query that it accounts for
 * @property {number} to the part after its last
 * @property {number} value how surely it is what was meant, from 0 to 1
 */

/** @typedef {{probes: Probe[], weights: number[]}} Query */

// Words of a question that say little about what is asked, in folded form.
const WEAK = new RegExp(
  "(怎么办|怎么样|怎么|怎样|如何|什么|为什么|可不可以|可以|能不能|要不要|是不是|有没有|会不会|请问|多久|多少|哪里|哪个" +
    "|应该|需要|一下|时候|的话|我们|别人|人家|第一|[吗呢吧啊了的我你他她它们要会在跟和与就都很还再让给把被是有没不谁该想请几])",
  "g",
);
const FAINT = 0.12; // what a part of such a word counts
const EXACT = [0, 0.25, 0.8, 0.92, 1]; // by the number of characters
const SOUNDS = [0, 0.12, 0.5, 0.62, 0.7];
const TYPED = [0, 0.4, 0.75, 0.88, 0.95]; // pinyin on purpose
const SAID = 0.9; // a synonym
const NUMBER = 1.2;

const DIGITS = "零一二三四五六七八九";
const UNITS = {
  秒: "秒", 秒钟: "秒", 分钟: "分钟", 分: "分钟", 小时: "小时", 钟头: "小时", 天: "天", 日: "天", 工作天: "个工作天",
  工作日: "个工作天", 周: "周", 星期: "周", 礼拜: "周", 月: "个月", 年: "年", 声: "声", 响: "声", 毫米: "毫米", mm: "毫米",
  公分: "公分", 厘米: "公分", cm: "公分", 公尺: "公尺", 米: "公尺", 次: "次", 人: "人", 份: "份", "%": "%", s: "秒", h: "小时",
};
const AMOUNT = new RegExp(
  `第?([0-9]+(?:\\.[0-9]+)?|[${DIGITS}〇两十百半]+)个?(${Object.keys(UNITS).sort((a, b) => b.length - a.length).join("|")})`,
  "g",
);
const SHARE = new RegExp(`百分之([0-9]+|[${DIGITS}〇两十百]+)|([0-9]|[${DIGITS}])折`, "g");

/**
 * A number in Chinese or in digits; NaN where it is none.
 * @param {string} written
 */
export function number(written) {
  if (/^[0-9.]+$/.test(written)) return Number(written);
  const plain = written.replace(/两/g, "二").replace(/〇/g, "零");
  if (plain === "半") return 0.5;
  const parts = /^(?:(.?)百零?)?(?:(.?)十)?(.?)$/.exec(plain);
  if (!parts) return NaN;
  /** @param {string | undefined} digit @param {number} times @param {number} none */
  const count = (digit, times, none) => {
    if (digit === undefined) return 0;
    return times * (digit === "" ? none : DIGITS.includes(digit) ? DIGITS.indexOf(digit) : NaN);
  };
  return count(parts[1], 100, 1) + count(parts[2], 10, 1) + count(parts[3], 1, 0);
}

/**
 * The amounts in a normal text, as the handbook writes them: where they stand, and the pattern to look for.
 * @param {string} normal
 * @returns {{from: number, to: number, pattern: string}[]}
 */
export function amounts(normal) {
  const found = [];
  for (const match of normal.matchAll(AMOUNT)) {
    let [count, unit] = [number(match[1]), UNITS[/** @type {keyof typeof UNITS} */ (match[2])]];
    if (count === 0.5 && unit === "小时") [count, unit] = [30, "分钟"];
    if (count) found.push({ from: match.index, to: match.index + match[0].length, pattern: `${count}${unit}` });
  }
  for (const match of normal.matchAll(SHARE)) {
    const share = match[1] ? number(match[1]) : 10 * number(match[2]);
    if (share) found.push({ from: match.index, to: match.index + match[0].length, pattern: `${share}%` });
  }
  return found;
}

/**
 * @param {string} typed
 * @param {Letters} letters
 * @param {Map<string, string[]>} said what people say, in normal form → the handbook's words
 * @param {(pattern: string) => boolean} known whether a pattern of two characters stands anywhere
 * @returns {Query}
 */
export function understand(typed, letters, said, known) {
  /** @type {Query} */
  const query = { probes: [], weights: [] };
  const spaced = [...typed]
    .map((one) => letters.one(one) || " ")
    .join("")
    .replace(/([0-9.]) +(?=[%\u3400-\u9fff])/g, "$1") // 2 天 is one word
    .replace(/([\u3400-\u9fff]) +(?=[0-9])/g, "$1");
  for (const [run] of spaced.matchAll(/[a-z][a-z' ]*[a-z](?![a-z])|[a-z]|[0-9.%\u3400-\u9fff]+(?:[a-z]{1,2}(?![a-z]))?/g)) {
    if (/^[a-z]/.test(run)) latin(run.replace(/[ ']/g, ""), query, letters, said);
    else han(run, query, letters, said, known);
  }
  return query;
}

/**
 * @param {string} run
 * @param {Query} query
 * @param {Letters} letters
 * @param {Map<string, string[]>} said
 * @param {(pattern: string) => boolean} known
 */
function han(run, query, letters, said, known) {
  const start = query.weights.length;
  const weights = Array.from(run, () => 1);
  for (const match of run.matchAll(WEAK)) weights.fill(FAINT, match.index, match.index + match[0].length);
  if (weights.every((weight) => weight === FAINT)) weights.fill(1);
  query.weights.push(...weights);
  const sound = letters.sound(run);
  /** @param {number} at */
  const paired = (at) => at >= 0 && at + 1 < run.length && known(run.slice(at, at + 2));
  for (let length = 1; length <= Math.min(run.length, 4); length++) {
    for (let at = 0; at + length <= run.length; at++) {
      const [from, to] = [start + at, start + at + length];
      const pair = length > 1 && known(run.slice(at, at + 2));
      const lonely = length === 1 && !paired(at) && !paired(at - 1);
      if (pair || lonely) query.probes.push({ layer: "text", pattern: run.slice(at, at + length), from, to, value: EXACT[length] });
      if (length > 1 && !pair) {
        query.probes.push({ layer: "sound", pattern: sound.slice(at, at + length), from, to, value: SOUNDS[length] });
      }
    }
  }
  for (const { from, to, pattern } of amounts(run)) {
    query.probes.push({ layer: "text", pattern, from: start + from, to: start + to, value: NUMBER });
  }
  for (let from = 0; from < run.length; from++) {
    for (let to = from + 1; to <= Math.min(run.length, from + 8); to++) {
      for (const word of said.get(run.slice(from, to)) ?? []) {
        query.probes.push({ layer: "text", pattern: word, from: start + from, to: start + to, value: SAID });
      }
    }
  }
}

/**
 * @param {string} run
 * @param {Query} query
 * @param {Letters} letters
 * @param {Map<string, string[]>} said
 */
function latin(run, query, letters, said) {
  const start = query.weights.length;
  const readings = letters.pinyin(run);
  const size = Math.max(2, ...readings.map((reading) => reading.length));
  query.weights.push(...Array.from({ length: size }, () => 1));
  const [from, to] = [start, start + size];
  query.probes.push({ layer: "text", pattern: run, from, to, value: run.length > 1 ? 1 : EXACT[1] });
  for (const [one, words] of said) {
    const whole = one === run || `${one}s` === run;
    if (!whole && !(run.length > 2 && one.startsWith(run))) continue;
    for (const pattern of words) query.probes.push({ layer: "text", pattern, from, to, value: whole ? 1 : SAID });
  }
  for (const reading of readings) {
    for (let length = Math.min(reading.length, 4); length; length--) {
      for (let at = 0; at + length <= reading.length; at++) {
        const whole = length === reading.length;
        query.probes.push({
          layer: "sound",
          pattern: reading.slice(at, at + length),
          from: whole ? from : start + at,
          to: whole ? to : start + at + length,
          value: TYPED[length],
        });
      }
    }
  }
  if (run.length < 7) query.probes.push({ layer: "initials", pattern: run, from, to, value: 0.8 });
}
