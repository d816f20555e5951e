// @ts-check
// What one hands over, as bytes: all of it each time, so that the newest says all. What comes in is a stranger's: it is
// read whole or refused with a sentence.
//
// A byte for the version, one that says whether it is signed, three for how many bytes there are; sections (a byte that
// says which, its length, its bytes); and at the end a signature over all before, or a checksum where there is none. A
// section that this version does not know is passed over.

import { toldBy } from "../people/people.js";
import { toBytes, toText } from "./base64.js";
import { Reader, Writer } from "./coder.js";
import { checked, sum } from "./seal.js";

/**
 * @typedef {object} Signed what was read and signed
 * @property {string} version
 * @property {number} sum of the clauses' fingerprints (sign/signatures.js)
 * @property {number} at
 */

/**
 * @typedef {object} Quiz how a quiz stands
 * @property {number} edition of its questions (marks.js)
 * @property {boolean} passed
 * @property {number} at
 * @property {number[]} answers in the quiz's order: 0 not asked, 1 right, 2 wrong, 3 sure and wrong
 */

/**
 * @typedef {object} Exam
 * @property {number} edition
 * @property {number} right
 * @property {number} asked
 * @property {boolean} passed
 * @property {number} at
 */

/**
 * Moments are seconds since 1970: of the hand-over to the second, of all in it to the minute.
 * @typedef {object} HandOver
 * @property {number} at when it was made
 * @property {string} site a mark of the handbook's address (marks.js)
 * @property {import("../people/people.js").Told} who
 * @property {string} key base64url of the phone's public key, or nothing: then it is not signed
 * @property {{[mark: string]: Signed}} signed by the mark of an SOP
 * @property {{[mark: string]: Quiz}} quizzes by the mark of an SOP
 * @property {{[mark: string]: Exam}} exams by the mark of a role
 */

/** @typedef {(bytes: Uint8Array) => Promise<Uint8Array>} Sign makes the 64 bytes of a signature */

export const VERSION = 1;
export const SPOILT = "這不是交給主管的資料，或是在路上改過、缺了一段。請對方再給一次。";
const NEWER = "這份資料是較新版的手冊做的。先把這本手冊換成新版（重新整理這一頁），再收一次。";
const [WHO, SOPS, EXAMS, KEY] = [1, 2, 3, 4];
const [HEAD, SIGNATURE, CHECKSUM] = [5, 64, 4]; // bytes
const MOST = 2_000; // SOPs, exams
const ANSWERS = 50_000; // in all: what is alike takes no room
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"; // of the ids of roles
const DAY = 86_400_000;
const BEFORE = Date.UTC(1899, 11, 31) / DAY; // the day before the first one

/**
 * @param {HandOver} handOver
 * @param {Sign | null} sign nothing, where the phone has no key
 */
export async function encode(handOver, sign) {
  const key = sign ? [section(KEY, toBytes(handOver.key))] : [];
  const parts = [section(WHO, who(handOver)), section(SOPS, sops(handOver)), section(EXAMS, exams(handOver)), ...key];
  const size = parts.reduce((all, part) => all + part.length, HEAD + (sign ? SIGNATURE : CHECKSUM));
  const body = joined([Uint8Array.of(VERSION, sign ? 1 : 0, ...three(size)), ...parts]);
  return joined([body, sign ? await sign(body) : sum(body)]);
}

/**
 * What bytes hand over, and whether who made it signed it: not, where this browser can't look; forged, where a byte was
 * changed since. Throws an Error whose message tells the reader why it can't be taken.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<{handOver: HandOver, signed: "yes" | "no" | "forged"}>}
 */
export async function decode(bytes) {
  if (bytes[0] > VERSION && bytes.length > 1) throw new Error(NEWER);
  try {
    const size = bytes[1] ? SIGNATURE : CHECKSUM;
    if (bytes[0] !== VERSION || bytes[1] > 1 || bytes.length !== lengthIn(bytes)) throw new RangeError("none of ours");
    const [body, end] = [bytes.subarray(0, -size), bytes.subarray(-size)];
    const found = sections(body.subarray(HEAD));
    const key = found.get(KEY) ?? new Uint8Array();
    if (!bytes[1] && (key.length || toText(sum(body)) !== toText(end))) throw new RangeError("changed on its way");
    const handOver = { ...read(found), key: toText(key) };
    return { handOver, signed: bytes[1] ? await checked(key, body, end) : "no" };
  } catch (wrong) {
    throw wrong instanceof RangeError || wrong instanceof TypeError ? new Error(SPOILT) : wrong;
  }
}

/** How many bytes there are, by the first five of them, whichever version. @param {Uint8Array} bytes */
export const lengthIn = (bytes) => bytes.subarray(2, HEAD).reduce((all, one) => all * 256 + one, 0);

// ── what stands in it ──

/** @param {HandOver} handOver */
function who({ at, site, who: { name, role, first } }) {
  const to = new Writer();
  const letters = new TextEncoder().encode(name);
  to.plain(at, 32);
  to.plain(parseInt(site, 16), 32);
  to.plain(letters.length, 8);
  letters.forEach((letter) => to.plain(letter, 8));
  to.plain(role.length, 7);
  [...role].forEach((letter) => to.plain(LETTERS.indexOf(letter), 6));
  to.plain(first ? Date.parse(first) / DAY - BEFORE : 0, 17);
  return to.end();
}

/** @param {Reader} from */
function readWho(from) {
  const at = from.plain(32);
  const site = digits(from.plain(32));
  const name = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from({ length: from.plain(8) }, () => from.plain(8)));
  const role = Array.from({ length: from.plain(7) }, () => LETTERS[from.plain(6)]).join("");
  const days = from.plain(17);
  const first = days ? new Date((days + BEFORE) * DAY).toISOString().slice(0, 10) : "";
  const told = toldBy({ name, role, first });
  if (!told) throw new RangeError("nobody");
  return { at, site, who: told };
}

/** Each SOP once, with what was signed of it and how its quiz stands. @param {HandOver} handOver */
function sops({ at, signed, quizzes }) {
  const to = new Writer();
  let before = "1.0.0";
  entries(to, { ...signed, ...quizzes }, (mark) => {
    const [read, quiz] = [of(signed, mark), of(quizzes, mark)];
    to.bit(!!read, "read");
    to.bit(!!quiz, "quiz");
    if (read) {
      to.bit(read.version === before, "version");
      if (read.version !== before) read.version.split(".").forEach((part) => to.number(Number(part), "part"));
      to.number(read.sum, "sum");
      moment(to, at, read.at, "read at");
      before = read.version;
    }
    if (quiz) {
      to.plain(quiz.edition, 24);
      to.bit(quiz.passed, "passed");
      moment(to, at, quiz.at, "quiz at");
      to.number(quiz.answers.length, "questions");
      for (const one of quiz.answers) writeAnswer(to, one, quiz.passed);
    }
  });
  return to.end();
}

/** @param {Reader} from @param {number} at */
function readSops(from, at) {
  /** @type {Pick<HandOver, "signed" | "quizzes">} */
  const found = { signed: {}, quizzes: {} };
  let [version, left] = ["1.0.0", ANSWERS];
  readEntries(from, (mark) => {
    const [read, quiz] = [from.bit("read"), from.bit("quiz")];
    if (read) {
      if (!from.bit("version")) version = [1, 2, 3].map(() => within(from.number("part"), 9_999)).join(".");
      found.signed[mark] = { version, sum: from.number("sum"), at: readMoment(from, at, "read at") };
    }
    if (quiz) {
      const [edition, passed] = [from.plain(24), from.bit("passed") === 1];
      const when = readMoment(from, at, "quiz at");
      const length = within(from.number("questions"), left);
      left -= length;
      found.quizzes[mark] = { edition, passed, at: when, answers: Array.from({ length }, () => readAnswer(from, passed)) };
    }
  });
  return found;
}

/** Right, else never asked, else whether its reader was sure. @param {Writer} to @param {number} answer @param {boolean} passed */
function writeAnswer(to, answer, passed) {
  to.bit(answer === 1, `right ${passed}`);
  if (answer === 1) return;
  to.bit(answer === 0, `open ${passed}`);
  if (answer) to.bit(answer === 3, "sure");
}

/** @param {Reader} from @param {boolean} passed */
const readAnswer = (from, passed) => (from.bit(`right ${passed}`) ? 1 : from.bit(`open ${passed}`) ? 0 : 2 + from.bit("sure"));

/** @param {HandOver} handOver */
function exams({ at, exams: all }) {
  const to = new Writer();
  entries(to, all, (mark) => {
    const { edition, right, asked, passed, at: when } = all[mark];
    to.plain(edition, 24);
    to.number(asked, "asked");
    to.number(asked - right, "wrong");
    to.bit(passed, "passed");
    moment(to, at, when, "at");
  });
  return to.end();
}

/** @param {Reader} from @param {number} at */
function readExams(from, at) {
  /** @type {HandOver["exams"]} */
  const found = {};
  readEntries(from, (mark) => {
    const [edition, asked] = [from.plain(24), from.number("asked")];
    const right = asked - within(from.number("wrong"), asked);
    found[mark] = { edition, right, asked, passed: from.bit("passed") === 1, at: readMoment(from, at, "at") };
  });
  return found;
}

// ── how ──

/** @param {Map<number, Uint8Array>} found @returns {Omit<HandOver, "key">} */
function read(found) {
  const from = (/** @type {number} */ kind) => new Reader(found.get(kind) ?? new Uint8Array());
  const told = readWho(from(WHO));
  return { ...told, ...readSops(from(SOPS), told.at), exams: readExams(from(EXAMS), told.at) };
}

/** Marks in their order, each as how much it is more than the one before. @param {Writer} to @param {object} all @param {(mark: string) => void} tell */
function entries(to, all, tell) {
  const marks = Object.keys(all).sort();
  to.number(marks.length, "entries");
  marks.forEach((mark, place) => {
    to.number(parseInt(mark, 16) - (place ? parseInt(marks[place - 1], 16) + 1 : 0), "mark");
    tell(mark);
  });
}

/** @param {Reader} from @param {(mark: string) => void} tell */
function readEntries(from, tell) {
  const count = within(from.number("entries"), MOST);
  for (let place = 0, next = 0; place < count; place++) {
    const mark = within(next + from.number("mark"), 0xffffffff);
    tell(digits(mark));
    next = mark + 1;
  }
}

/** How many minutes ago. @param {Writer} to @param {number} now @param {number} at @param {string} kind */
const moment = (to, now, at, kind) => to.number(Math.max(0, Math.floor(now / 60) - Math.floor(at / 60)), kind);

/** @param {Reader} from @param {number} now @param {string} kind */
function readMoment(from, now, kind) {
  const minutes = Math.floor(now / 60);
  return (minutes - within(from.number(kind), minutes)) * 60;
}

/** @param {number} kind @param {Uint8Array} bytes */
const section = (kind, bytes) => joined([Uint8Array.of(kind, ...three(bytes.length)), bytes]);

/** @param {number} length */
const three = (length) => [length >> 16, length >> 8, length]; // an array of bytes takes the last eight bits of each

/** @param {Uint8Array} bytes */
function sections(bytes) {
  const found = new Map();
  for (let at = 0; at < bytes.length; ) {
    const [kind, ...length] = bytes.subarray(at, at + 4);
    const end = at + 4 + length.reduce((all, one) => all * 256 + one, 0);
    if (end > bytes.length || found.has(kind)) throw new RangeError("cut off");
    found.set(kind, bytes.subarray(at + 4, end));
    at = end;
  }
  return found;
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** @template T @param {{[mark: string]: T}} all @param {string} mark @returns {T | null} */
const of = (all, mark) => (Object.hasOwn(all, mark) ? all[mark] : null);

/** @param {number} value */
const digits = (value) => value.toString(16).padStart(8, "0");

/** @param {number} value @param {number} most */
function within(value, most) {
  if (value > most) throw new RangeError("more than there can be");
  return value;
}
