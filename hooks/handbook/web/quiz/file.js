// @ts-check
// The record as a file that its owner keeps, and takes in again.

import { day } from "../clock.js";
import { current, nobodys, toldBy } from "../people/people.js";
import { SITE } from "../storage.js";
import * as signatures from "../sign/signatures.js";
import * as log from "./log.js";
import { isObject, load, merge, parsed, save, understood, VERSION } from "./record.js";

/** @typedef {import("./record.js").Kept} Kept */

export const LARGEST = 5_000_000; // characters: as much as a phone keeps for a site

/** How many answers, exams and signatures are newer than the last export. */
export const unsaved = () => newerThanExport(load(), signatures.load());

/**
 * The record as a file, with whose it is; from now on it counts as exported.
 * @param {string} title of the site
 */
export function exportFile(title) {
  const record = { ...load(), saved: Date.now() };
  save(record);
  const on = day(new Date(record.saved));
  const person = toldBy(current());
  const name = [plain(title), "測驗成績", plain(person?.name ?? ""), on].filter(Boolean).join("-");
  const whole = { site: site(), ...(person && { person }), ...record, signed: signatures.load(), ...log.written(log.load()) };
  return { name: `${name}.json`, text: JSON.stringify(whole, null, 1) };
}

/** The file is of another handbook, of this one at another address, or of somebody else: the reader may know better. */
export class Foreign extends Error {}

/**
 * Takes in an exported file: of two answers to a question, or two signatures, the newer one stays; the log has all of them. Throws
 * an Error that tells the reader why nothing was taken, a Foreign one where they may insist.
 * @param {string} text
 * @param {boolean} [insist]
 */
export function importText(text, insist = false) {
  if (text.length > LARGEST) throw new Error("檔案太大，不是這裡匯出的成績。請選檔名有「測驗成績」的檔案。");
  const file = parsed(text);
  if (Number.isInteger(file?.version) && file.version > VERSION) {
    throw new Error("這個檔案是較新版的手冊匯出的。重新整理這一頁，再匯入一次。");
  }
  const theirs = understood(text);
  if (!theirs) throw new Error("這不是測驗成績，或檔案已經損壞。請選檔名有「測驗成績」的檔案。");
  if (nobodys()) throw new Error("先選名字，才知道是誰的成績。");
  const doubts = [...foreign(file.site), ...another(toldBy(file.person))];
  if (doubts.length && !insist) throw new Foreign(`${doubts.join("")}還是要匯入嗎？`);
  const [mine, own, more] = [load(), signatures.load(), signatures.understood(file.signed)];
  const { record, added, newer } = merge(mine, theirs);
  const signed = signatures.merge(own, more);
  save({ ...record, saved: newerThanExport(mine, own) ? mine.saved : Math.max(mine.saved, theirs.saved) });
  if (signed.added + signed.newer) signatures.save(signed.all);
  log.save(log.merge(log.load(), log.understood(file)));
  const refused = size(file) - size({ ...theirs, signed: more });
  return { added: added + signed.added, newer: newer + signed.newer, refused };
}

/** @param {unknown} from */
const foreign = (from) => (from === site() ? [] : ["這個檔案來自另一本手冊，或手冊換過網址。題目一樣的才對得上："]);

/** @param {import("../people/people.js").Told | null} theirs */
function another(theirs) {
  const mine = current();
  return theirs && mine && theirs.name !== mine.name ? [`這是${theirs.name}的成績，現在是${mine.name}：`] : [];
}

/** @param {Kept} record @param {signatures.Signatures} signed */
const newerThanExport = ({ results, exams, saved }, signed) =>
  [results, exams, signed].flatMap((some) => Object.values(some)).filter(({ at }) => at > saved).length;

/** @param {any} record */
const size = ({ results, exams, signed }) =>
  [results, exams, signed].reduce((all, some) => all + (isObject(some) ? Object.keys(some).length : 0), 0);

/** Where this handbook is, host included. */
export const site = () => new URL(SITE, location.href).href;

/**
 * A title that any phone takes as the start of a file's name.
 * @param {string} title
 */
export const plain = (title) => [...title.replace(/[^\p{L}\p{N}]+/gu, " ").trim()].slice(0, 40).join("");
