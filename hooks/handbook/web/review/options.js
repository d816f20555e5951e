// @ts-check
// The answers of a question in another order than on its quiz's page, with letters to match: who has learnt that it is B
// has learnt nothing. As pages/question.py makes them.

import { all } from "../dom.js";
import { shuffle } from "../quiz/chance.js";

/** @typedef {Map<string, string>} Letters by those on the quiz's page, those of now */

/**
 * @param {HTMLElement} item a question as its page has it
 * @param {() => number} random
 */
export function reorder(item, random) {
  for (const list of all(item, ".options:not(.lefts)")) {
    const options = all(list, ":scope > li");
    const scene = /** @type {HTMLElement | null} */ (list.closest(".scene"));
    const holder = scene ?? /** @type {HTMLElement} */ (item.querySelector(".answer"));
    const key = holder.dataset.right ?? "";
    const now = lettered(options, key, random);
    for (const option of options) rename(option, now);
    list.append(...inTurn(options));
    const told = [...key].map((letter) => now.get(letter) ?? "");
    holder.dataset.right = (isOrdered(item) ? told : told.sort()).join("");
    if (scene) renameWays(item, scene, now);
    else retell(holder, now);
  }
}

/**
 * New letters: neither all as they were, nor so that an order or pairs come out as they stand.
 * @param {HTMLElement[]} options
 * @param {string} key
 * @param {() => number} random
 * @returns {Letters}
 */
function lettered(options, key, random) {
  const letters = options.map(({ dataset }) => dataset.letter ?? "");
  let mixed = shuffle(letters, random);
  const tells = () => [letters.join(""), key].includes(mixed.join(""));
  for (let tries = 0; tells() && tries < letters.length; tries++) mixed = [...mixed.slice(1), mixed[0]];
  return new Map(mixed.map((letter, place) => [letter, letters[place]]));
}

/** Where the order of its key's letters counts: of steps, of pairs. @param {HTMLElement} item */
const isOrdered = ({ classList }) => classList.contains("order") || classList.contains("match");

/** @param {HTMLElement[]} options */
const inTurn = (options) => options.sort((one, other) => ((one.dataset.letter ?? "") < (other.dataset.letter ?? "") ? -1 : 1));

/** @param {HTMLElement} option @param {Letters} now */
function rename(option, now) {
  const letter = now.get(option.dataset.letter ?? "") ?? "";
  option.dataset.letter = letter;
  const [name, input] = [option.querySelector("b"), option.querySelector("input")];
  if (name) name.textContent = `${letter}.`;
  if (input) input.setAttribute("value", letter);
}

/** What comes of each way of a scene, which is found by its letter. @param {HTMLElement} item @param {HTMLElement} scene @param {Letters} now */
function renameWays(item, scene, now) {
  const start = `${scene.id}/`;
  for (const then of all(item, ".then").filter(({ id }) => id.startsWith(start))) {
    then.id = start + now.get(then.id.slice(start.length));
    relabel(then.querySelector("b"), now);
  }
}

/** What is said of each answer. @param {HTMLElement} answer @param {Letters} now */
function retell(answer, now) {
  for (const name of all(answer, ":is(.verdicts, .sequence) b")) relabel(name, now);
  const list = answer.querySelector(".verdicts");
  const lines = all(answer, ".verdicts > li[class]"); // of pairs they stand in the order of the left ones
  list?.append(...lines.sort((one, other) => ((one.textContent ?? "") < (other.textContent ?? "") ? -1 : 1)));
}

/** 「A：不對。」「1 配 B。」 @param {Element | null} name @param {Letters} now */
function relabel(name, now) {
  if (name) name.textContent = (name.textContent ?? "").replace(/[A-Z]/, (letter) => now.get(letter) ?? letter);
}
