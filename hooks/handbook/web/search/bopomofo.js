// @ts-check
// Bopomofo, the keyboard of Taiwan, beside pinyin: ㄊㄡˊㄙㄨˋ is tou su.

export const SYLLABLE = /˙?(?:[ㄅ-ㄙ][ㄧ-ㄩ]?[ㄚ-ㄦ]?|[ㄧ-ㄩ][ㄚ-ㄦ]?|[ㄚ-ㄦ])[ˉˊˇˋ˙]?/g;
export const TONES = /[ˉˊˇˋ˙]/g;

// How pinyin shortens what bopomofo writes in full, undone.
/** @type {[RegExp, string][]} */
const FULL = [
  [/^yu/, "v"], [/^yi?/, "i"], [/^wu?/, "u"], [/^([jqx])u/, "$1v"], [/^([zcs]h?|r)i$/, "$1"], [/iu$/, "iou"], [/ui$/, "uei"],
  [/un$/, "uen"], [/iong/, "veng"], [/ong/, "ueng"], [/([iv])n/, "$1en"], [/([iv])e$/, "$1ê"],
];
const PARTS = "zh ch sh ang eng ai ei ao ou an en er b p m f d t n l g k h j q x r z c s i u v a o e ê".split(" ");
const SIGNS = "ㄓㄔㄕㄤㄥㄞㄟㄠㄡㄢㄣㄦㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝ";
const PART = new RegExp(PARTS.join("|"), "g");
/** @type {Map<string, string>} */
const WRITTEN = new Map(); // what all syllables are compared with at every key

/**
 * A syllable of pinyin (with v for ü) in bopomofo, without its tone.
 * @param {string} syllable
 */
export function bopomofo(syllable) {
  const known = WRITTEN.get(syllable);
  if (known) return known;
  const full = FULL.reduce((written, [short, long]) => written.replace(short, long), syllable);
  const signs = full.replace(PART, (part) => SIGNS[PARTS.indexOf(part)]);
  WRITTEN.set(syllable, signs);
  return signs;
}
