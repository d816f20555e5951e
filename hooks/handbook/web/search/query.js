// @ts-check
// What somebody typed → probes: patterns to look for, which part of the query each accounts for, and how surely.

import { SYLLABLE, TONES } from "./bopomofo.js";
import { END } from "./corpus.js";

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

/** @typedef {(layer: Probe["layer"], pattern: Probe["pattern"]) => boolean} Known whether a pattern stands anywhere */

// Words of a question that say little about what is asked, in folded form.
const WEAK = new RegExp(
  "(怎么办|怎么样|怎么做|怎么说|怎么讲|怎么|怎样|如何|为什么|说什么|做什么|什么|处理" +
    "|可不可以|可以|能不能|要不要|是不是|有没有|会不会|请问|多久|多少|哪里|哪个|应该|需要|一下|时候|的话|我们|别人|人家|第一" +
    "|[吗呢吧啊了的我你他她它们要会在跟和与就都很还再让给把被是有没不谁该想请几])",
  "g",
);
const HAN = "\\u3400-\\u9fff\\uf000-\\uf8ff"; // and what is typed in bopomofo (letters.js)
const APART = new RegExp(`(^|[^${HAN}])((?:[${HAN}] +)+[${HAN}])(?![${HAN}])`, "g"); // 投 訴
const RUNS = new RegExp(`[a-z](?:[&/][a-z])+|[a-z][a-z' ]*[a-z](?![a-z&/])|[a-z]|-?[0-9.%${HAN}]+(?:[a-z]{1,2}(?![a-z]))?`, "g");
const FAINT = 0.12; // what a part of such a word counts
const EXACT = [0, 0.25, 0.8, 0.92, 1]; // by the number of characters
const SOUNDS = [0, 0.12, 0.5, 0.62, 0.7];
const TYPED = [0, 0.4, 0.75, 0.88, 0.95]; // pinyin on purpose
const HALF = 0.85; // of that, where the last syllable is not whole
const SAID = 0.8; // a synonym
const NUMBER = 1.2;

const DIGITS = "零一二三四五六七八九";
const UNITS = {
  秒: "秒", 秒钟: "秒", 分钟: "分钟", 分: "分钟", 小时: "小时", 钟头: "小时", 天: "天", 日: "天", 工作天: "个工作天",
  工作日: "个工作天", 周: "周", 星期: "周", 礼拜: "周", 月: "个月", 年: "年", 声: "声", 响: "声", 毫米: "毫米", mm: "毫米",
  公厘: "毫米", 公分: "公分", 厘米: "公分", cm: "公分", 公尺: "公尺", 米: "公尺", 次: "次", 人: "人", 份: "份", "%": "%",
  s: "秒", h: "小时",
};
const AMOUNT = new RegExp(
  `第?([0-9]+(?:\\.[0-9]+)?|[${DIGITS}〇两十百半]+)个?(${Object.keys(UNITS).sort((a, b) => b.length - a.length).join("|")})`,
  "g",
);
const EVERY = new RegExp(`每一?个?(${Object.keys(UNITS).sort((a, b) => b.length - a.length).join("|")})`, "g");
const CITED = /\b[a-z][0-9][0-9a-z.]*\b/g; // the number of a clause of the source: i5, g3.4
const SHARE = new RegExp(`百分之([0-9]+|[${DIGITS}〇两十百]+)|([0-9]|[${DIGITS}])[折成]`, "g");
const LADDER = [["秒", 60, "分钟"], ["分钟", 60, "小时"], ["小时", 24, "天"], ["天", 7, "周"]]; // 48 小時 is 2 天

// English: amounts as they are said there, and words that ask for nothing.
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
const FILLER = new Set(
  ("a an the to of in on at for from by with and or is are was be do does did i my me we our you your he his it this that " +
    "how what when where who why which can could may should must need have has if not within please").split(" "),
);

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
    if (!count) continue;
    const [from, to] = [match.index, match.index + match[0].length];
    found.push({ from, to, pattern: `${count}${unit}` });
    for (const [small, times, large] of LADDER) {
      if (unit === small && count % Number(times) === 0) found.push({ from, to, pattern: `${count / Number(times)}${large}` });
      if (unit === large) found.push({ from, to, pattern: `${count * Number(times)}${small}` });
    }
  }
  for (const match of normal.matchAll(EVERY)) {
    const unit = UNITS[/** @type {keyof typeof UNITS} */ (match[1])].replace("个", "");
    found.push({ from: match.index, to: match.index + match[0].length, pattern: `每${unit}` });
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
 * @param {Known} known
 * @returns {Query}
 */
export function understand(typed, letters, said, known) {
  /** @type {Query} */
  const query = { probes: [], weights: [] };
  letters.spoken.clear();
  letters.longer.clear();
  const begun = !/[ㄚ-ㄩˉˊˇˋ˙]/.test(typed);
  const spaced = [...typed]
    .map((one) => letters.one(one) || " ")
    .join("")
    .replace(SYLLABLE, (one, at, all) => letters.speak(one, !/[ㄅ-ㄩ]/.test(all.slice(at + one.length)), begun))
    .replace(TONES, "")
    .replace(CITED, (run) => (cited(run, query, known) ? " " : run))
    .replace(/[a-z]+(?:-[a-z]+)+/g, (word) => word.replace(/-/g, joined(word, known) ? "" : " "))
    .replace(/\b([a-z]) *([&/]) *(?=[a-z]\b)/g, "$1$2")
    .replace(/([0-9a-z])-(?=[0-9])/g, "$1 ") // others are less than 0
    .replace(SAID_AMOUNT, (_, count, unit) => `${SPOKEN.get(count) ?? count}${ENGLISH[unit]}`)
    .replace(APART, (_, before, run) => before + run.replace(/ /g, ""))
    .replace(/([0-9.]) +(?=[%\u3400-\u9fff])/g, "$1") // 2 天 is one word
    .replace(/([\u3400-\u9fff]) +(?=[0-9])/g, "$1");
  for (const [run] of spaced.matchAll(RUNS)) {
    if (/^[a-z]/.test(run)) for (const word of words(run, letters, said)) latin(word, query, letters, said, known);
    else han(run, query, letters, said, known);
  }
  return query;
}

/**
 * Whether the handbook has a word with hyphens, or the same without them: Wi-Fi, wifi.
 * @param {string} word
 * @param {Known} known
 */
const joined = (word, known) => known("text", word) || known("text", word.replace(/-/g, ""));

/**
 * Looks for a number by which clauses of the source are cited, or for all that begin with it while it is being typed;
 * answers whether there is any.
 * @param {string} run
 * @param {Query} query
 * @param {Known} known
 */
function cited(run, query, known) {
  const pattern = [run + END, run].find((one) => known("text", one));
  if (!pattern) return false;
  const from = query.weights.push(1) - 1;
  query.probes.push({ layer: "text", pattern, from, to: from + 1, value: 1 });
  return true;
}

/**
 * @param {string} run
 * @param {Query} query
 * @param {Letters} letters
 * @param {Map<string, string[]>} said
 * @param {Known} known
 */
function han(run, query, letters, said, known) {
  const start = query.weights.length;
  const weights = Array.from(run, () => 1);
  for (const match of run.matchAll(WEAK)) weights.fill(FAINT, match.index, match.index + match[0].length);
  if (!weights.includes(1)) weights.fill(1);
  query.weights.push(...weights);
  const sound = letters.like(run);
  if (/^[\uf400-\uf8ff]+$/.test(run)) {
    query.probes.push({ layer: "initials", pattern: sound, from: start, to: start + run.length, value: 0.8 });
    return;
  }
  /** @param {number} from @param {number} to */
  const spoken = (from, to) => /[\uf000-\uf8ff]/.test(run.slice(from, to));
  /** @param {number} at */
  const paired = (at) =>
    at >= 0 && at + 1 < run.length &&
    (known("text", run.slice(at, at + 2)) || (spoken(at, at + 2) && known("sound", sound.slice(at, at + 2))));
  for (let length = 1; length <= Math.min(run.length, 4); length++) {
    for (let at = 0; at + length <= run.length; at++) {
      const [from, to, by] = [start + at, start + at + length, spoken(at, at + length)];
      const pair = length > 1 && known("text", run.slice(at, at + 2));
      const lonely = length === 1 && !paired(at) && !paired(at - 1);
      if (!by && (pair || lonely)) query.probes.push({ layer: "text", pattern: run.slice(at, at + length), from, to, value: EXACT[length] });
      if (by ? length > 1 || lonely : length > 1 && !pair) {
        const pattern = sound.slice(at, at + length);
        query.probes.push({ layer: "sound", pattern, from, to, value: (by ? TYPED : SOUNDS)[length] });
        const longer = letters.longer.get(run[at + length - 1]);
        if (longer) query.probes.push({ layer: "sound", pattern: [...pattern.slice(0, -1), longer], from, to, value: HALF * TYPED[length] });
      }
    }
  }
  for (const { at, pattern } of mistaken(run, letters, known)) {
    query.probes.push({ layer: "text", pattern, from: start + at, to: start + at + pattern.length, value: SOUNDS[pattern.length] });
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
 * What may be meant where one character was taken for another that looks like it.
 * @param {string} run
 * @param {Letters} letters
 * @param {Known} known
 */
function* mistaken(run, letters, known) {
  for (let at = 0; at < run.length; at++) {
    const alike = letters.alike.get(run[at]);
    if (!alike) continue;
    for (let from = Math.max(0, at - 3); from <= at; from++) {
      for (let to = Math.max(at + 1, from + 2); to <= Math.min(run.length, from + 4); to++) {
        const pattern = [...run.slice(from, to)];
        pattern[at - from] = alike;
        if (!known("text", run.slice(from, from + 2))) yield { at: from, pattern };
      }
    }
  }
}

/**
 * Letters with blanks between them, as what is looked for one by one: pinyin and what is known as it stands is one
 * whole, other English its words that say something.
 * @param {string} run
 * @param {Letters} letters
 * @param {Map<string, string[]>} said
 */
function words(run, letters, said) {
  const whole = run.replace(/[ ']/g, "");
  const found = run.split(/[ ']+/);
  /** @param {string} word */
  const known = (word) => bases(word).some((base) => said.has(base));
  const spelt = found.every((word) => letters.codes.has(word)); // jiao jie ban, though there is a ban in English
  const english = !spelt && found.some((word) => word.length > 2 && known(word));
  if (found.length === 1 || known(whole) || (!english && letters.pinyin(whole).length)) return [whole];
  const telling = found.filter((word) => !FILLER.has(word));
  return telling.length ? telling : [whole];
}

/** Endings of English words, and what stands there without them. @type {[RegExp, string][]} */
const ENDINGS = [
  [/ies$/, "y"], [/(s|x|z|ch|sh)es$/, "$1"], [/s$/, ""], [/(.)\1(?:ing|ed)$/, "$1"], [/(?:ing|ed)$/, ""], [/(?:ing|ed)$/, "e"],
];

/**
 * An English word as it is, and as it may be without its ending: complaint of complaints, tip of tipping.
 * @param {string} word
 */
const bases = (word) => [
  word,
  ...ENDINGS.filter(([ending]) => ending.test(word)).map(([ending, base]) => word.replace(ending, base)).filter((one) => one.length > 2),
];

/**
 * @param {string} run
 * @param {Query} query
 * @param {Letters} letters
 * @param {Map<string, string[]>} said
 * @param {Known} known
 */
function latin(run, query, letters, said, known) {
  const start = query.weights.length;
  const readings = letters.pinyin(run);
  const size = Math.max(2, ...readings.map(({ codes }) => codes.length));
  query.weights.push(...Array.from({ length: size }, () => 1));
  const [from, to] = [start, start + size];
  query.probes.push({ layer: "text", pattern: run, from, to, value: run.length > 1 ? 1 : EXACT[1] });
  for (let at = 1; at < run.length; at++) {
    const pattern = `${run.slice(0, at)}-${run.slice(at)}`;
    if (known("text", pattern)) query.probes.push({ layer: "text", pattern, from, to, value: 1 });
  }
  const ways = bases(run);
  for (const [one, words] of said) {
    const whole = ways.includes(one);
    if (!whole && !(run.length > 2 && one.startsWith(run))) continue;
    for (const pattern of words) query.probes.push({ layer: "text", pattern, from, to, value: whole ? 1 : SAID });
  }
  for (const { codes: reading, ways } of readings) {
    /** @param {number} at */
    const paired = (at) => at >= 0 && at + 1 < reading.length && known("sound", reading.slice(at, at + 2));
    for (let length = Math.min(reading.length, 4); length; length--) {
      for (let at = 0; at + length <= reading.length; at++) {
        if (length === 1 && (paired(at) || paired(at - 1))) continue;
        const whole = length === reading.length;
        query.probes.push({
          layer: "sound",
          pattern: reading.slice(at, at + length),
          from: whole ? from : start + at,
          to: whole ? to : start + at + length,
          value: TYPED[length] * (ways > 1 ? HALF : 1),
        });
      }
    }
  }
  if (run.length < 11) query.probes.push({ layer: "initials", pattern: letters.initials(run), from, to, value: 0.8 });
}
