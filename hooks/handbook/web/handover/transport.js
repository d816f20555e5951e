// @ts-check
// How a hand-over travels: as a link that has all of it behind its #, which no browser sends anywhere; as one code on a
// screen, or several in turn. What comes in is a stranger's.

import { SITE } from "../storage.js";
import { toBytes, toText } from "./base64.js";
import { lengthIn, SPOILT } from "./packet.js";
import { sum } from "./seal.js";

const PAGE = "supervisors/team/";
const TAKE = "#take=";
const LINK = 1_273; // letters in a code of version 25, the most of them that any phone reads
const WHOLE = 3_057; // digits there
const PART = 1_022; // digits in a code of version 13, of those that come in turn: these are read in passing
const HEAD = 14; // digits before what a frame carries: which, of how many, the checksum of the whole
const PARTS = 99;
const LARGEST = 3_000_000; // characters

/** @param {Uint8Array} bytes */
export const toLink = (bytes) => new URL(`${SITE}${PAGE}${TAKE}${toText(bytes)}`, location.href).href;

/**
 * The bytes in a link, in what somebody pasted, or in a file's text: broken into lines, or with words around it. Throws an
 * Error that says why there are none.
 * @param {string} text
 */
export function fromText(text) {
  const [, after] = /#take=([\w\s-]+)/.exec(text) ?? /^([\w\s-]+)$/.exec(text) ?? [];
  if (!after || text.length > LARGEST) return refuse();
  const letters = after.replace(/\s+/g, "");
  const size = Math.ceil((lengthIn(bytesOf(letters.slice(0, 8))) * 8) / 6);
  return size < 8 || letters.length < size ? refuse() : bytesOf(letters.slice(0, size));
}

/** @param {string} letters */
function bytesOf(letters) {
  try {
    return toBytes(letters);
  } catch {
    return refuse();
  }
}

/** @returns {never} */
function refuse() {
  throw new Error(SPOILT);
}

// ── codes ──

/**
 * The texts of the codes that carry some bytes: the link, where one code holds it, for any phone's own camera; else digits,
 * of which a code holds most, in one or several.
 * @param {Uint8Array} bytes
 */
export function frames(bytes) {
  const link = toLink(bytes);
  if (link.length <= LINK) return [link];
  const room = roomIn(WHOLE) < bytes.length ? roomIn(PART) : bytes.length;
  const count = Math.ceil(bytes.length / room);
  if (count > PARTS) throw new Error("成績太多，放不進圖碼：用連結或檔案交。");
  const size = Math.ceil(bytes.length / count);
  const end = `${number(sum(bytes))}`.padStart(10, "0");
  return Array.from({ length: count }, (_, place) => {
    const head = [place + 1, count].map((one) => String(one).padStart(2, "0")).join("");
    return head + end + toDigits(bytes.subarray(place * size, (place + 1) * size));
  });
}

/** How many bytes so many digits carry. @param {number} digits */
const roomIn = (digits) => Math.floor((digits - HEAD - 1) / Math.log10(256));

/** A one in front keeps the zeros after it. @param {Uint8Array} bytes */
const toDigits = (bytes) => BigInt(`0x01${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`).toString();

/** @param {string} digits */
function fromDigits(digits) {
  const [one, ...rest] = BigInt(digits).toString(16);
  if (one !== "1" || rest.length % 2) refuse();
  return Array.from({ length: rest.length / 2 }, (_, place) => parseInt(rest[2 * place] + rest[2 * place + 1], 16));
}

/** @param {Uint8Array} four */
const number = (four) => four.reduce((all, one) => all * 256 + one, 0);

/** A code of another hand-over than the one that is being gathered. */
export class Another extends Error {}

/** Codes as they are seen, in any order, each as often as it likes; once all are there, the next may be another's. */
export class Gathering {
  /** All that they carry, once they are there. @type {Uint8Array<ArrayBuffer> | null} */
  bytes = null;
  /** @type {Map<number, number[]>} */
  parts = new Map();
  kind = "";
  had = "";

  /**
   * Takes what a code says; answers which share of all is there. Throws an Error that tells the reader why not.
   * @param {string} text
   */
  take(text) {
    const [, place, count, end, digits] = /^(\d\d)(\d\d)(\d{10})(\d{1,3100})$/.exec(text.trim()) ?? [];
    if (!digits) return this.link(text);
    if (Number(place) < 1 || Number(place) > Number(count)) refuse();
    if (count + end === this.had) return 1;
    this.stays(count + end);
    this.parts.set(Number(place), fromDigits(digits));
    return this.parts.size < Number(count) ? this.parts.size / Number(count) : this.whole(Number(end));
  }

  /** @param {string} text */
  link(text) {
    const bytes = fromText(text);
    if (this.parts.size) this.stays("");
    this.bytes = bytes;
    return 1;
  }

  /** @param {string} kind */
  stays(kind) {
    if (this.parts.size && this.kind !== kind) throw new Another("這是另一份的圖碼。先把這一份掃完，或重新開始。");
    this.kind = kind;
  }

  /** @param {number} end */
  whole(end) {
    const places = [...this.parts.keys()].sort((one, other) => one - other);
    const bytes = Uint8Array.from(places.flatMap((place) => this.parts.get(place) ?? []));
    this.parts.clear();
    if (number(sum(bytes)) !== end) return refuse();
    this.bytes = bytes;
    this.had = this.kind;
    return 1;
  }
}
