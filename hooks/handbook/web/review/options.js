// @ts-check
// The answers of a question in another order than on its quiz's page: who has learnt that it is B has learnt nothing.

import { shuffle } from "../quiz/chance.js";
import { lay } from "../quiz/mix.js";

/**
 * New places: neither all as they were, nor so that an order or pairs come out as they stand.
 * @param {HTMLElement} item a question as its page has it
 * @param {() => number} random
 */
export function reorder(item, random) {
  lay(item, (options, key) => {
    const letters = options.map(({ dataset }) => dataset.letter ?? "");
    let mixed = shuffle(letters, random);
    const tells = () => [letters.join(""), key].includes(mixed.join(""));
    for (let tries = 0; tells() && tries < letters.length; tries++) mixed = [...mixed.slice(1), mixed[0]];
    return mixed.map((letter) => options[letters.indexOf(letter)]);
  });
}
