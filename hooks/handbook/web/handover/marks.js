// @ts-check
// What stands for a long thing in a short one: marks of ids and addresses, and which questions a quiz was made of.

/**
 * 8 hexadecimal digits for a text: FNV-1a over its UTF-8.
 * @param {string} text
 */
export function mark(text) {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

/**
 * What the questions of a quiz come to, in whatever order: 24 bits.
 * @param {string[]} fingerprints
 */
export const edition = (fingerprints) => fingerprints.reduce((all, one) => (all + (parseInt(one, 16) || 0)) & 0xffffff, 0);

/**
 * The same of an exam, which has one fingerprint.
 * @param {string} fingerprint
 */
export const examEdition = (fingerprint) => parseInt(fingerprint.slice(0, 6), 16) || 0;
