// @ts-check
// What one may say of the run at hand, and need not: whom it is for, a note a step; and what can be done with it.
import { ask, button, make } from "../dom.js";
import { change, remembered, turnTo } from "../memory.js";
import { hush, tell } from "../share.js";
import { drop, keep, load, nameOf, sheetsOf } from "./run-store.js";
import { ABOUT, about, label, latest, line, note, NOTE, plain } from "./runs.js";

/** @typedef {import("./runs.js").Run} Run */
/** @typedef {import("./run-bar.js").RunBar} RunBar */

/**
 * A box in front of the page that goes when it is shut.
 * @param {string} words
 * @param {...Node} parts
 */
function dialog(words, ...parts) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const title = make("h2", { id: "_run" }, words);
  const shut = button("✕", () => box.close(), { className: "shut", ariaLabel: "關掉" });
  const onclose = () => {
    box.remove();
    if (before?.isConnected) before.focus({ preventScroll: true });
  };
  const box = make("dialog", { className: "run-box", onclose }, title, shut, ...parts);
  box.setAttribute("aria-labelledby", title.id);
  hush();
  ask(box);
  return box;
}

/** @param {RunBar} bar @param {Run} run */
export function edit(bar, run) {
  const name = make("input", { value: about(run), maxLength: ABOUT, autocomplete: "off" });
  const steps = [...bar.page.querySelectorAll(".clause[id]")].filter((one) => one.querySelector(":scope > .tick, :scope > .do > .tick"));
  const words = new Map(steps.map(({ id }) => [id, note(run, id)]));
  const which = make("select", {}, ...steps.map(({ id }) => make("option", { value: id }, ticked(bar, id))));
  const noted = make("textarea", { rows: 3, maxLength: NOTE });
  const follow = () => (noted.value = words.get(which.value) ?? "");
  which.value = latest(run) && words.has(latest(run)) ? latest(run) : (steps[0]?.id ?? "");
  which.onchange = follow;
  noted.oninput = () => words.set(which.value, noted.value);
  follow();
  const save = () => {
    const notes = [...words].filter(([id, text]) => plain(text, NOTE) !== note(run, id)).map(([id, text]) => [`${id}.note`, plain(text, NOTE)]);
    const named = line(name.value, ABOUT) === about(run) ? {} : { _about: line(name.value, ABOUT) };
    change(`ticks:${nameOf(run)}`, { ...named, ...Object.fromEntries(notes) });
    turnTo(run.sop, nameOf(run));
  };
  const form = make("form", { method: "dialog", onsubmit: save });
  form.append(
    make("label", {}, `這一件是（${bar.steps.dataset.about}）`, name),
    make("label", {}, "備註寫在哪一步", which),
    make("label", {}, "備註", noted),
    make("p", { className: "cite" }, `寫的只留在這支手機，${bar.days} 天後清掉；你不交出去，就不會傳出去。別寫證件號碼、病情。`),
    make("button", { type: "submit" }, "存起來"),
  );
  const act = (/** @type {string} */ what, /** @type {() => unknown} */ does) =>
    button(what, () => {
      save();
      box.close();
      does();
    });
  const fresh = () => load(nameOf(run)) ?? run;
  const more = [act("列印", () => print()), act("交給別人", () => handOver(fresh())), act("不留這一件", () => throwAway(fresh()))];
  const box = dialog(label(run, Date.now()), ...since(bar, run), form, make("p", { className: "more" }, ...more));
  name.focus();
}

/** @param {RunBar} bar @param {string} id */
function ticked(bar, id) {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById(id)?.querySelector(":scope > .tick, :scope > .do > .tick"));
  return `${box?.checked ? "✓ " : ""}${box?.ariaLabel?.replace("做完：", "") ?? id}`;
}

/** What has changed since the run was begun; what is gone stays in the run as it was. @param {RunBar} bar @param {Run} run */
function since(bar, run) {
  const change = bar.change(run);
  const old = new Map(sheetsOf(run).flatMap(({ steps }) => steps).map(([id, , , , words]) => [id, words]));
  const kinds = /** @type {const} */ ([["新的", change?.added], ["改了", change?.changed], ["拿掉了", change?.gone]]);
  const items = kinds.flatMap(([kind, ids = []]) => ids.map((id) => item(kind, id, old.get(id) ?? id)));
  return items.length ? [make("p", {}, "開始之後，這份 SOP 改了；拿掉的，紀錄裡照當時的樣子留著："), make("ul", {}, ...items)] : [];
}

/** @param {string} kind @param {string} id @param {string} words */
function item(kind, id, words) {
  const there = document.getElementById(id);
  const now = there?.querySelector(".anchor")?.getAttribute("aria-label")?.replace("連結：", "") ?? words;
  const shut = () => document.querySelector("dialog")?.close();
  return make("li", {}, make("b", {}, kind), "：", there ? make("a", { href: `#${id}`, onclick: shut }, now) : words);
}

/** @param {Run} run */
function throwAway(run) {
  const before = ["ticks", "said"].map((kind) => [`${kind}:${nameOf(run)}`, Object.fromEntries(remembered(`${kind}:${nameOf(run)}`))]);
  const back = button("復原", () => {
    hush();
    for (const [name, entries] of before) change(/** @type {string} */ (name), /** @type {any} */ (entries));
    keep({ run, sheets });
    turnTo(run.sop, nameOf(run));
  });
  const sheets = sheetsOf(run);
  drop(run);
  turnTo(run.sop, "");
  tell(`拿掉了：${label(run, Date.now())}。`, back);
}

/** @param {Run} run */
export function handOver(run) {
  const hand = import("./run-hand.js"); // there before a finger is: a phone shares at a touch alone
  const act = (/** @type {"giveText" | "giveFile"} */ what) => async () => {
    box.close();
    const { giveText, giveFile } = await hand;
    if (what === "giveText") giveText(run);
    else giveFile([run]);
  };
  const words = make("p", {}, "誰辦的、對象、備註都在裡面。由你選用什麼、傳給誰；手冊不會自己傳。");
  const file = make("p", { className: "cite" }, "檔案用瀏覽器就能打開、列印；放進「我辦的事」，別的手機也接得下去。");
  const box = dialog(`交出去：${label(run, Date.now())}`, words, make("p", { className: "more" }, button("傳文字", act("giveText")), button("傳檔案", act("giveFile"))), file);
}
