// @ts-check
// A key of this phone for whose turn it is, which nothing can take out of it: what it signs, it alone has signed. Without
// https, or where the browser keeps nothing, there is none.

import * as storage from "../storage.js";
import { toText } from "./base64.js";
import { CURVE, HOW } from "./seal.js";

/** @typedef {{text: string, sign: import("./packet.js").Sign}} Key */

const NAME = "key"; // under which stands which of the keys is whose
const BASE = `handbook:${storage.SITE}`;
const [SHELF, PATIENCE] = ["pairs", 4_000]; // ms: a browser may never answer

/** The key that was made when its owner first handed something over. @returns {Promise<Key | null>} */
export async function key() {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  /** @type {Promise<null>} */
  const late = new Promise((done) => setTimeout(() => done(null), PATIENCE));
  return Promise.race([found().catch(() => null), late]);
}

/** @returns {Promise<Key | null>} */
async function found() {
  const pair = await kept(id());
  const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
  const sign = async (/** @type {Uint8Array} */ body) =>
    new Uint8Array(await crypto.subtle.sign(HOW, pair.privateKey, /** @type {Uint8Array<ArrayBuffer>} */ (body)));
  return { text: toText(new Uint8Array(raw)), sign };
}

/** Which key is theirs; who goes takes this along, and with it the way to the key. */
function id() {
  const before = storage.read(NAME);
  if (typeof before === "string" && /^[\w-]{22}$/.test(before)) return before;
  const made = toText(crypto.getRandomValues(new Uint8Array(16)));
  if (!storage.write(NAME, made)) throw new Error("what is not kept would be another phone each time");
  return made;
}

/** @param {string} name @returns {Promise<CryptoKeyPair>} */
async function kept(name) {
  const base = await opened();
  try {
    const before = await answered(base.transaction(SHELF).objectStore(SHELF).get(name));
    if (isPair(before)) return before;
    const made = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
    const shelf = base.transaction(SHELF, "readwrite").objectStore(SHELF);
    const other = await answered(shelf.get(name)); // another tab was faster
    if (isPair(other)) return other;
    await answered(shelf.put(made, name));
    return made;
  } finally {
    base.close();
  }
}

/** @param {any} value */
const isPair = (value) => value?.privateKey instanceof CryptoKey && value?.publicKey instanceof CryptoKey;

/** @returns {Promise<IDBDatabase>} */
function opened() {
  const asked = indexedDB.open(BASE, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(SHELF);
  return answered(asked);
}

/** @template T @param {IDBRequest<T>} asked @returns {Promise<T>} */
const answered = (asked) =>
  new Promise((done, fail) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
