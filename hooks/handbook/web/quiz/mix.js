// @ts-check
// Puts the options of a question in another order, and gives them the letters of their places, wherever these stand;
// `data-made` keeps the letter of before. In an exam a seed decides: paper does the same (quiz/papers.py), so that B here
// is B there.

import { all } from "../dom.js";
import { Card } from "./card.js";
import { chance, shuffle } from "./chance.js";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A question of a paper. */
export class PaperCard extends Card {
  seed = ""; // without one, the options stay as they are

  renew() {
    super.renew();
    if (this.seed) lay(this.item, (options, _, id) => shuffle(options, chance(`${this.seed}/${id}`)));
  }
}

/** @typedef {(options: HTMLElement[], key: string, id: string) => HTMLElement[]} Order of the options of a question or a scene */

/**
 * @param {HTMLElement} item of the question, as its page was made
 * @param {Order} ordered
 */
export function lay(item, ordered) {
  for (const list of all(item, ".options:not(.lefts)")) {
    const scene = list.closest("section");
    const holder = scene ?? /** @type {HTMLElement} */ (item.querySelector(".answer"));
    const order = ordered(all(list, ":scope > li"), holder.dataset.right ?? "", (scene ?? item).id.slice(1));
    const names = new Map(order.map((option, place) => [option.dataset.letter ?? "", LETTERS[place]]));
    for (const option of order) name(option, names);
    list.append(...order);
    if (scene) retell(item, scene, names);
    else reword(item, names);
  }
}

/** @typedef {Map<string, string>} Names the letter that an option was made with → the one of its place */

/**
 * @param {HTMLElement} option
 * @param {Names} names
 */
function name(option, names) {
  const made = option.dataset.letter ?? "";
  const letter = names.get(made) ?? made;
  Object.assign(option.dataset, { made, letter });
  label(option, `${letter}.`);
  const input = option.querySelector("input");
  if (input) input.value = letter;
  const link = option.querySelector("a");
  if (link) link.hash = link.hash.replace(/[A-Z]$/, letter);
}

/**
 * What is said of the answers to a question.
 * @param {HTMLElement} item
 * @param {Names} names
 */
function reword(item, names) {
  const answer = /** @type {HTMLElement} */ (item.querySelector(".answer"));
  const made = answer.dataset.right ?? "";
  const right = [...made].map((letter) => names.get(letter) ?? "");
  const pairs = item.classList.contains("match");
  const choice = !pairs && !item.classList.contains("order");
  if (made) answer.dataset.right = (choice ? right.sort() : right).join("");
  all(answer, ".sequence > li").forEach((one, place) => label(one, right[place]));
  const verdicts = all(answer, ".verdicts > li");
  verdicts.forEach((one, place) => label(one, pairs ? `${place + 1} 配 ${right[place]}。` : `${names.get(LETTERS[place])}：${judged(one)}。`));
  if (choice) answer.querySelector(".verdicts")?.append(...verdicts.sort((one, two) => (letter(one) < letter(two) ? -1 : 1)));
}

/**
 * What comes of the ways of a scene.
 * @param {HTMLElement} item
 * @param {HTMLElement} scene
 * @param {Names} names
 */
function retell(item, scene, names) {
  const made = scene.dataset.right;
  if (made) scene.dataset.right = names.get(made);
  for (const then of all(item, ".then").filter((one) => one.id.startsWith(`${scene.id}/`))) {
    const letter = names.get(then.id.slice(-1)) ?? "";
    then.id = `${scene.id}/${letter}`;
    label(then, `${letter}：${judged(then)}。`);
  }
}

/** @param {HTMLElement} around @param {string} words */
function label(around, words) {
  const place = around.querySelector("b");
  if (place) place.textContent = words;
}

/** @param {HTMLElement} told */
const judged = (told) => (told.classList.contains("right") ? "對" : "不對");

/** @param {HTMLElement} told */
const letter = (told) => told.querySelector("b")?.textContent ?? "";
