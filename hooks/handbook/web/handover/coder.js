// @ts-check
// Writes bits in as little room as they need: an arithmetic coder. What is nearly always the same takes next to none, as
// each kind of bit has an odds of its own, learnt on the way by writer and reader alike. Whole numbers alone, so that
// every browser writes the same bytes.

const HALF = 32_768; // of 65,536: a bit that may be either
const SLOWEST = 30; // of so many bits of a kind what comes next is learnt from

/** How likely a bit of some kind is 1, and of how many that was learnt. */
class Odds {
  one = HALF;
  seen = 0;

  /** @param {number} bit */
  learn(bit) {
    this.one += Math.trunc(((bit ? 65_504 : 32) - this.one) / (this.seen + 1.5));
    if (this.seen < SLOWEST) this.seen++;
  }
}

/** The odds of each kind of bit, by its name; of a number's bits, by their place in it as well. */
class Kinds {
  /** @type {Map<string, Odds[]>} */
  known = new Map();

  /** @param {string} kind @param {number} node */
  of(kind, node) {
    let all = this.known.get(kind);
    if (!all) this.known.set(kind, (all = []));
    return (all[node] ??= new Odds());
  }
}

/** Where an interval is cut in two. @param {number} low @param {number} high @param {number} one */
const cut = (low, high, one) => low + Math.floor(((high - low) * one) / 65_536);

/** Whether two bounds begin with the same byte. @param {number} low @param {number} high */
const settled = (low, high) => ((low ^ high) & 0xff000000) === 0;

export class Writer {
  kinds = new Kinds();
  /** @type {number[]} */
  bytes = [];
  low = 0;
  high = 0xffffffff;

  /** @param {number | boolean} bit @param {string} kind @param {number} [node] */
  bit(bit, kind, node = 0) {
    const odds = this.kinds.of(kind, node);
    this.write(Number(bit), odds.one);
    odds.learn(Number(bit));
  }

  /** A number below 2 ** length, of which nothing is known. @param {number} value @param {number} length */
  plain(value, length) {
    for (let place = length - 1; place >= 0; place--) this.write(Math.floor(value / 2 ** place) % 2, HALF);
  }

  /** A whole number of any size: how long it is, then what it is. @param {number} value @param {string} kind */
  number(value, kind) {
    const size = value ? value.toString(2).length : 0;
    for (let node = 1, place = 5; place >= 0; place--) {
      const bit = (size >> place) & 1;
      this.bit(bit, kind, node);
      node = node * 2 + bit;
    }
    if (size > 1) this.plain(value - 2 ** (size - 1), size - 1);
  }

  /** @param {number} bit @param {number} one */
  write(bit, one) {
    const between = cut(this.low, this.high, one);
    if (bit) this.high = between;
    else this.low = between + 1;
    while (settled(this.low, this.high)) {
      this.bytes.push(this.high >>> 24);
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
    }
  }

  /** All that was written; a reader goes on with zeros, so one byte more says the rest. */
  end() {
    return Uint8Array.from([...this.bytes, (this.low >>> 24) + 1]);
  }
}

/** Reads the same; throws a RangeError where there is no more to read. */
export class Reader {
  kinds = new Kinds();
  low = 0;
  high = 0xffffffff;
  at = 0;
  now = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    for (let count = 0; count < 4; count++) this.shift();
  }

  /** @param {string} kind @param {number} [node] */
  bit(kind, node = 0) {
    const odds = this.kinds.of(kind, node);
    const bit = this.read(odds.one);
    odds.learn(bit);
    return bit;
  }

  /** @param {number} length */
  plain(length) {
    let value = 0;
    for (let place = 0; place < length; place++) value = value * 2 + this.read(HALF);
    return value;
  }

  /** @param {string} kind */
  number(kind) {
    let node = 1;
    for (let place = 0; place < 6; place++) node = node * 2 + this.bit(kind, node);
    const size = node - 64;
    if (size > 53) throw new RangeError("larger than any number");
    return size ? 2 ** (size - 1) + this.plain(size - 1) : 0;
  }

  /** @param {number} one */
  read(one) {
    const between = cut(this.low, this.high, one);
    const bit = this.now <= between ? 1 : 0;
    if (bit) this.high = between;
    else this.low = between + 1;
    while (settled(this.low, this.high)) {
      this.low = (this.low << 8) >>> 0;
      this.high = ((this.high << 8) | 255) >>> 0;
      this.shift();
    }
    return bit;
  }

  shift() {
    if (this.at > this.bytes.length + 4) throw new RangeError("no more to read");
    this.now = ((this.now << 8) | (this.bytes[this.at++] ?? 0)) >>> 0;
  }
}
