// @ts-check
// One form for all ways to write a character, and how it sounds. Every layer is as long as the text it is made from,
// but for blanks: then a place in one is a place in all.

const SOUND = 0xe000; // private characters: one for each syllable
const WIDE = 0xfee0; // from ！ to !

/** @typedef {{fold: string, sounds: Record<string, string>}} Table */

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

export class Letters {
  constructor() {
    /** @type {Map<string, string>} */
    this.fold = new Map();
    /** @type {Map<string, string>} character → the private character of its syllable */
    this.sounds = new Map();
    /** @type {Map<string, string>} syllable → its private character */
    this.codes = new Map();
    /** @type {string[]} */
    this.syllables = [];
    this.normals = new Mapped((character) => this.one(character));
    this.sounding = new Mapped((normal) => this.sounds.get(normal) ?? normal);
    this.first = new Mapped((normal) => {
      const code = this.sounds.get(normal);
      return code ? this.syllables[code.charCodeAt(0) - SOUND][0] : normal;
    });
  }

  /** @param {Table} table */
  add(table) {
    const pairs = [...table.fold];
    for (let at = 0; at < pairs.length; at += 2) this.fold.set(pairs[at], pairs[at + 1]);
    for (const [syllable, characters] of Object.entries(table.sounds)) {
      const code = this.code(syllable);
      for (const character of characters) this.sounds.set(character, code);
    }
    for (const mapped of [this.normals, this.sounding, this.first]) mapped.known.fill(-1);
  }

  /**
   * The private character of a syllable.
   * @param {string} syllable
   */
  code(syllable) {
    const known = this.codes.get(syllable);
    if (known) return known;
    const code = String.fromCharCode(SOUND + this.syllables.length);
    this.syllables.push(syllable);
    this.codes.set(syllable, code);
    return code;
  }

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
   * The first letters of how a normal text sounds.
   * @param {string} normal
   */
  initials = (normal) => this.first.of(normal);

  /**
   * Letters as pinyin, the fewest syllables first: each syllable as the private characters that it may be, several where
   * it is typed by half. None where they are no pinyin.
   * @param {string} letters
   * @returns {string[][]}
   */
  pinyin(letters) {
    /** @type {string[][]} */
    const found = [];
    this.#split(letters, [], found);
    return found.sort((one, two) => one.length - two.length || one.join("").length - two.join("").length).slice(0, 3);
  }

  /**
   * @param {string} rest
   * @param {string[]} before
   * @param {string[][]} found
   */
  #split(rest, before, found) {
    if (found.length > 30 || before.length > 12) return;
    for (let length = Math.min(6, rest.length); length; length--) {
      const piece = rest.slice(0, length);
      if (length < rest.length) {
        const code = this.codes.get(piece);
        if (code) this.#split(rest.slice(length), [...before, code], found);
        continue;
      }
      const codes = this.syllables.filter((one) => one.startsWith(piece)).map((one) => this.code(one));
      if (codes.length) found.push([...before, codes.join("")]);
    }
  }
}
