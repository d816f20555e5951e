// @ts-check
// Whether bytes are as they were: a checksum, which anybody can make, and a signature, which one phone alone can.

export const CURVE = { name: "ECDSA", namedCurve: "P-256" };
export const HOW = { name: "ECDSA", hash: "SHA-256" };

/** CRC-32, as four bytes. @param {Uint8Array} bytes */
export function sum(bytes) {
  let left = -1;
  for (const byte of bytes) {
    left ^= byte;
    for (let bit = 0; bit < 8; bit++) left = (left >>> 1) ^ (left & 1 && 0xedb88320);
  }
  return Uint8Array.of(~left >>> 24, ~left >>> 16, ~left >>> 8, ~left);
}

/**
 * Whether who has a key signed so: "no" where this browser can't tell, as on a page without https.
 * @param {Uint8Array<ArrayBuffer>} key
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {Uint8Array<ArrayBuffer>} signature
 * @returns {Promise<"yes" | "no" | "forged">}
 */
export async function checked(key, body, signature) {
  if (!globalThis.crypto?.subtle) return "no";
  try {
    const known = await crypto.subtle.importKey("raw", key, CURVE, false, ["verify"]);
    return (await crypto.subtle.verify(HOW, known, signature, body)) ? "yes" : "forged";
  } catch {
    return "forged"; // no key at all
  }
}
