// @ts-check
// Hands a run to somebody: as words by whatever program its reader chooses, or as a file. Nothing goes anywhere by itself.
import { current } from "../people/people.js";
import { give, tell } from "../share.js";
import { save } from "../save.js";
import { page } from "./run-file.js";
import { record } from "./run-record.js";
import { sheetsOf } from "./run-store.js";
import { begun, date, line, text, who } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */

/** A run with who did it, where nobody has said so yet. @param {Run} run @returns {Run} */
export function signed(run) {
  const name = who(run) || current()?.name;
  return name ? { ...run, ticks: { ...run.ticks, _who: run.ticks._who ?? [name, begun(run)] } } : run;
}

/** What an SOP was called when it was done; on its own page, what it is called. @param {Run} run */
export const titleOf = (run) => sheetsOf(run).at(-1)?.title ?? document.querySelector("h1")?.textContent ?? run.sop;

/** @param {Run} run */
export const giveText = (run) => give({ text: text(signed(run), sheetsOf(run), titleOf(run)) }, "這一件的紀錄", "主管");

/**
 * As a page that opens anywhere, and that the handbook takes in again.
 * @param {Run[]} runs
 */
export async function giveFile(runs) {
  const whole = runs.map((run) => ({ run: signed(run), sheets: sheetsOf(run) }));
  const body = whole.map(({ run, sheets }) => record(run, sheets, titleOf(run)).outerHTML).join("\n");
  const one = runs.length === 1 ? titleOf(runs[0]) : `${runs.length} 件`;
  const name = `辦事紀錄-${one.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 40)}-${date(Date.now())}.html`;
  const file = new File([page(line(`辦事紀錄：${one}`, 100), body, whole)], name, { type: "text/html" });
  if (!(await handed(file))) download(file);
}

/** To the phone's own list of people and programs, where there is touch. @param {File} file */
async function handed(file) {
  const data = { files: [file], title: file.name };
  if (!matchMedia("(pointer: coarse)").matches || !navigator.canShare?.(data) || !navigator.share) return false;
  try {
    await navigator.share(data);
    tell("檔案交給你選的程式了。");
    return true;
  } catch (wrong) {
    return wrong instanceof DOMException && wrong.name === "AbortError"; // its reader thought better of it
  }
}

/** @param {File} file */
function download(file) {
  save(file.name, file);
  tell(`存好了：${file.name}。用瀏覽器就能打開、列印；交給主管，由你自己傳。`);
}
