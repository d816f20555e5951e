// @ts-check
// One form for all ways to write a character, and how it sounds. Every layer is as long as the text it is made from,
// but for blanks: then a place in one is a place in all.

import { bopomofo, TONES } from "./bopomofo.js";

const SOUND = 0xe000; // private characters: one for each syllable
const [SPOKEN, BEGUN] = [0xf000, 0xf400]; // and for what is typed in bopomofo: syllables, and initials alone
const WIDE = 0xfee0; // from ！ to !
const [COMMON, ROW] = [3755, 94]; // characters
const MOST = 3; // readings

/** @typedef {{codes: string[], ways: number}} Reading letters as pinyin, and in how many ways it may end; 1 is whole */
/** @typedef {{text: string, sound: string, at: number[]}} Layers a text in both, and where each of its characters stands in it */
/** @typedef {{fold: string, sounds?: Record<string, string>, common?: string, alike?: string}} Table */

/** What texts become, character by character: of each, it is found out once. */
class Mapped {
  known = new Int32Array(0x10000).fill(-1); // unit of UTF-16 → what it becomes; 0 for nothing

  /** @param {(character: string) => string} become a character, or nothing */
  constructor(become) {
    this.become = become;
  }

  /** @param {string} text */
  of(text) {
    const units = new Uint16Array(text.length);
    let size = 0;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (this.known[unit] < 0) this.known[unit] = this.become(text[at]).charCodeAt(0) || 0;
      if (this.known[unit]) units[size++] = this.known[unit];
    }
    return DECODER.decode(units.subarray(0, size));
  }
}

const DECODER = new TextDecoder("utf-16le", { ignoreBOM: true });

/**
 * The characters of some sets, each once.
 * @param {(string | undefined)[]} sets
 */
const all = (sets) => [...new Set(sets.join(""))].join("");

export class Letters {
  constructor() {
    /** @type {Map<string, string>} */
    this.fold = new Map(Array.from("\u2010\u2011\u2012\u2013\u2212", (dash) => [dash, "-"]));
    /** @type {Map<string, string>} character → the private character of all its syllables */
    this.sounds = new Map();
    /** @type {Map<string, string>} syllable → the private characters of all that may sound so */
    this.codes = new Map();
    /** @type {Map<string, string[]>} letters → the syllables that begin with them, once asked for */
    this.begun = new Map();
    /** @type {string[][]} private character → its syllables */
    this.readings = [];
    /** @type {Map<string, string>} character → those that it is taken for */
    this.alike = new Map();
    /** @type {Map<string, string>} private character of what is typed in bopomofo → what may sound so */
    this.spoken = new Map();
    /** @type {Map<string, string>} the same, of the last where there may be more to come */
    this.longer = new Map();
    /** @type {Map<string, Layers>} what is shown is shown again */
    this.shown = new Map();
    this.normals = new Mapped((character) => this.one(character));
    this.sounding = new Mapped((normal) => this.sounds.get(normal) ?? normal);
  }

  /** @param {Table} table */
  add({ fold, sounds, common, alike }) {
    const heard = common ? this.#common(common) : Object.entries(sounds ?? {});
    const order = [...heard.map(([, characters]) => characters).join("")];
    let at = 0;
    for (const [, skipped, form] of fold.matchAll(/(\d*)(\D)/g)) this.fold.set(form, order[(at += Number(skipped))]);
    this.#hear(heard);
    this.begun.clear();
    this.shown.clear();
    for (const group of alike?.split(" ") ?? []) {
      for (const one of group) this.alike.set(one, (this.alike.get(one) ?? "") + group.replace(one, ""));
    }
    for (const mapped of [this.normals, this.sounding]) mapped.known.fill(-1);
  }

  /**
   * The first part of GB 2312, in the order of its sounds: only how many characters each has is told.
   * @param {string} runs
   * @returns {[syllable: string, characters: string][]}
   */
  #common(runs) {
    const codes = Uint8Array.from({ length: 2 * COMMON }, (_, at) => (at % 2 ? 0xa1 + ((at >> 1) % ROW) : 0xb0 + ((at >> 1) / ROW)));
    const all = new TextDecoder("gb2312").decode(codes);
    let at = 0;
    return Array.from(runs.matchAll(/([a-z]+|-)(\d+)/g), ([, syllable, count]) => [syllable, all.slice(at, (at += Number(count)))]);
  }

  /**
   * Notes how characters sound that were not known before: those with the same syllables share a private character.
   * @param {[syllable: string, characters: string][]} heard
   */
  #hear(heard) {
    /** @type {Map<string, string[]>} */
    const found = new Map();
    for (const [syllable, characters] of heard) {
      if (syllable > "-") for (const one of characters) found.set(one, [...(found.get(one) ?? []), syllable]);
    }
    const codes = new Map(this.readings.map((syllables, at) => [`${syllables}`, String.fromCharCode(SOUND + at)]));
    for (const [one, syllables] of found) {
      if (this.sounds.has(one)) continue;
      let code = codes.get(`${syllables}`);
      if (!code) {
        codes.set(`${syllables}`, (code = String.fromCharCode(SOUND + this.readings.push(syllables) - 1)));
        for (const syllable of syllables) this.codes.set(syllable, (this.codes.get(syllable) ?? "") + code);
      }
      this.sounds.set(one, code);
    }
  }

  /**
   * A private character for a syllable in bopomofo, or for its beginning: where it has neither a tone nor anything after
   * it, there may be more to come; where initials are all that is typed, these are. Two of them where it is no syllable:
   * ㄙㄨㄚˋ is ㄙ, ㄨㄚˋ.
   * @param {string} typed
   * @param {boolean} last
   * @param {boolean} begun
   * @returns {string}
   */
  speak(typed, last, begun) {
    const said = typed.replace(TONES, "");
    const syllables = [...this.codes.keys()];
    const whole = begun ? [] : syllables.filter((one) => bopomofo(one) === said);
    const longer = syllables.filter((one) => bopomofo(one).startsWith(said));
    const some = whole.length ? whole : longer;
    if (!some.length && said.length > 1) return this.speak(typed[0], false, false) + this.speak(typed.slice(1), last, false);
    const code = String.fromCharCode((begun ? BEGUN : SPOKEN) + this.spoken.size);
    this.spoken.set(code, this.having(some) || said);
    if (last && said === typed && some === whole) this.longer.set(code, this.having(longer));
    return code;
  }

  /**
   * For each character of a normal text, all that may sound as it does.
   * @param {string} normal
   */
  like(normal) {
    return Array.from(normal, (one) => {
      const spoken = this.spoken.get(one);
      if (spoken) return spoken;
      const code = this.sounds.get(one);
      return code ? this.having(this.readings[code.charCodeAt(0) - SOUND]) : one;
    });
  }

  /**
   * The syllables that begin with some letters.
   * @param {string} letters
   */
  beginning(letters) {
    const known = this.begun.get(letters) ?? [...this.codes.keys()].filter((one) => one.startsWith(letters));
    this.begun.set(letters, known);
    return known;
  }

  /**
   * What has one of these syllables.
   * @param {string[]} syllables
   */
  having = (syllables) => all(syllables.map((one) => this.codes.get(one)));

  /**
   * What begins with each of these letters, in a text as it sounds.
   * @param {string} letters
   */
  initials = (letters) => Array.from(letters, (one) => one + this.having(this.beginning(one)));

  /**
   * A character in the form that is compared; nothing for a blank.
   * @param {string} character
   * @returns {string}
   */
  one(character) {
    const folded = this.fold.get(character);
    if (folded) return folded;
    const code = character.charCodeAt(0);
    if (code > 0xff00 && code < 0xff5f) return this.one(String.fromCharCode(code - WIDE));
    if (character === "\n") return character;
    return character.trim().toLowerCase();
  }

  /**
   * A text in the form that is compared: folded, in small letters, without blanks.
   * @param {string} text
   */
  normal = (text) => this.normals.of(text);

  /**
   * How a normal text sounds.
   * @param {string} normal
   */
  sound = (normal) => this.sounding.of(normal);

  /**
   * @param {string} text
   * @returns {Layers}
   */
  layers(text) {
    let known = this.shown.get(text);
    if (!known) {
      const normal = this.normal(text);
      const at = Array.from({ length: text.length }, (_, place) => place).filter((place) => this.normals.known[text.charCodeAt(place)]);
      this.shown.set(text, (known = { text: normal, sound: this.sound(normal), at: [...at, text.length] }));
    }
    return known;
  }

  /**
   * Letters as pinyin, the fewest syllables first: each syllable as the private characters that it may be, more where it
   * is typed by half. None where they are no pinyin.
   * @param {string} letters
   */
  pinyin(letters) {
    /** @type {Reading[]} */
    const found = [];
    this.#split(letters, [], found);
    return found.sort((one, two) => one.codes.length - two.codes.length || one.ways - two.ways).slice(0, MOST);
  }

  /**
   * @param {string} rest
   * @param {string[]} before
   * @param {Reading[]} found
   */
  #split(rest, before, found) {
    if (found.length > 30 || before.length > 12) return;
    for (let length = Math.min(6, rest.length); length; length--) {
      const piece = rest.slice(0, length);
      if (length < rest.length) {
        const codes = this.codes.get(piece);
        if (codes) this.#split(rest.slice(length), [...before, codes], found);
        continue;
      }
      const whole = this.codes.get(piece);
      if (whole) found.push({ codes: [...before, whole], ways: 1 });
      const more = this.beginning(piece).filter((one) => one !== piece);
      if (more.length) found.push({ codes: [...before, this.having(more)], ways: 1 + more.length });
    }
  }
}
