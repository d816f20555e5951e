// @ts-check
// A question whose answer can be changed until the exam is handed in, and is judged then. What is given is kept in the
// letters that the page was made with, a "-" for each place that is still open.

import { all, make } from "../dom.js";
import { formOf, freeze, mark, solution, tapInOrder, tapPairs, ticked } from "./card.js";
import { seal } from "./chance.js";
import { PaperCard } from "./mix.js";
import { opened } from "./seals.js";

/**
 * What is asked at one place: a question, or a scene of a case.
 * @typedef {object} Part
 * @property {string} id
 * @property {string} kind
 * @property {string[]} letters of the options
 * @property {string | undefined} right
 * @property {string | undefined} sealed in place of what is right
 */

/** @param {string} letters */
export const isOpen = (letters) => !letters || letters.includes("-");

export class HeldCard extends PaperCard {
  guessed = make("input", { type: "checkbox" });
  /** Where it is answered, part by part. @type {HTMLFormElement[]} */
  forms = [];
  /** What the forms hold now, in the letters that one sees. @type {(() => string)[]} */
  taken = [];

  /** @param {HTMLElement} item */
  constructor(item) {
    super(item);
    this.parts = partsOf(this);
  }

  /** @param {string} given @returns {string[]} part by part */
  split(given) {
    return this.parts.map((_, place) => (this.kind === "case" ? (given[place] ?? "").replace("-", "") : given));
  }

  /** Whether an answer is right. @param {string} given */
  fits(given) {
    const pieces = this.split(given);
    return this.parts.every(({ id, right, sealed }, n) => (right === undefined ? seal(id, pieces[n]) === sealed : right === pieces[n]));
  }

  /**
   * Makes it ready to be answered, as it was left.
   * @param {string} given
   * @param {boolean} sure
   * @param {() => void} changed
   */
  hold(given, sure, changed) {
    this.renew();
    const scenes = all(this.item, "section.scene");
    this.item.classList.toggle("played", scenes.length > 0);
    for (const then of all(this.item, "section.then")) then.hidden = true;
    this.forms = /** @type {HTMLFormElement[]} */ (scenes.length ? scenes.map((scene) => scene.querySelector("form") ?? formOf(scene)) : all(this.item, "form"));
    this.taken = this.forms.map((form) => taking(form, this.kind));
    this.split(given).forEach((piece, n) => put(this.forms[n], translated(this.forms[n], piece, "made", "letter")));
    this.guessed = make("input", { type: "checkbox", checked: !sure });
    this.guessed.onchange = changed;
    this.answer.before(make("label", { className: "guess" }, this.guessed, " 這一題我用猜的"));
    for (const form of this.forms) {
      form.onsubmit = (event) => event.preventDefault();
      form.onchange = changed;
      for (const one of /** @type {HTMLButtonElement[]} */ (all(form, ".tap"))) one.addEventListener("click", changed);
    }
  }

  /** What is given now. */
  get given() {
    const pieces = this.forms.map((form, n) => sorted(this.kind, translated(form, this.taken[n](), "letter", "made")));
    const whole = this.kind === "case" ? pieces.map((piece) => piece || "-").join("") : pieces[0];
    if (/^-*$/.test(whole)) return "";
    return this.kind === "order" ? whole.padEnd(this.parts[0].letters.length, "-") : whole;
  }

  get sure() {
    return !this.guessed.checked;
  }

  /**
   * Shows what was given, how that was, and what would have been right.
   * @param {string} given
   * @param {boolean} sure
   */
  reveal(given, sure) {
    this.hold(given, sure, () => {});
    this.item.querySelector(".guess")?.remove();
    const pieces = this.split(given);
    const keys = this.parts.map((part, n) => translated(this.forms[n], keyOf(part), "made", "letter"));
    this.forms.forEach((form, n) => {
      freeze(form);
      if (isOpen(pieces[n])) return;
      mark({ item: form, kind: this.parts[n].kind }, translated(form, pieces[n], "made", "letter"), keys[n]);
    });
    const right = this.fits(given);
    this.close(right, this.kind === "case" ? this.decided(pieces) : said(this.kind, given, right, keys[0]), false);
  }

  /** What came of the decisions of a case. @param {string[]} pieces */
  decided(pieces) {
    pieces.forEach((piece, n) => {
      const way = translated(this.forms[n], piece, "made", "letter");
      const then = all(this.item, "section.then").find((one) => way && one.id === `_${this.parts[n].id}/${way}`);
      then?.querySelector(".onward")?.parentElement?.remove();
      if (then) then.hidden = false;
    });
    const wrong = this.parts.filter((part, n) => keyOf(part) !== pieces[n]).length;
    return wrong ? `${pieces.length} 個決定裡，${wrong} 個不對。` : "每個決定都對。";
  }

  /**
   * Takes the question as its quiz has it, with all that is said about it.
   * @param {HTMLElement} whole
   */
  unseal(whole) {
    this.untouched = [...document.importNode(whole, true).childNodes];
    this.item.className = whole.className;
  }
}

/** @param {PaperCard} card @returns {Part[]} */
function partsOf({ id, item, kind, answer }) {
  const scenes = all(item, "section.scene");
  const places = scenes.length ? scenes : [answer];
  return places.map((place) => ({
    id: place === answer ? id : place.id.slice(1),
    kind: kind === "case" ? "choice" : kind,
    letters: all(place === answer ? item : place, ".options:not(.lefts) > li").map((one) => one.dataset.letter ?? ""),
    right: place.dataset.right,
    sealed: place.dataset.sealed,
  }));
}

/** @param {Part} part */
const keyOf = (part) => (part.right ??= opened(part.sealed ?? "", part.id, part.kind, part.letters));

/** @param {HTMLFormElement} form @param {string} kind */
function taking(form, kind) {
  if (kind === "order") return tapInOrder(form);
  return kind === "match" ? tapPairs(form) : () => ticked(form);
}

/**
 * Letters of one sort as those of the other (quiz/mix.js), in the order in which they come.
 * @param {HTMLElement} form
 * @param {string} letters
 * @param {"made" | "letter"} from
 * @param {"made" | "letter"} to
 */
function translated(form, letters, from, to) {
  const names = new Map(all(form, ".options:not(.lefts) > li").map(({ dataset }) => [dataset[from] ?? dataset.letter, dataset[to] ?? dataset.letter]));
  return [...letters].map((letter) => names.get(letter) ?? "-").join("");
}

/** Of a choice of several, the order says nothing. @param {string} kind @param {string} letters */
const sorted = (kind, letters) => (kind === "several" ? [...letters].sort().join("") : letters);

/**
 * Answers in the reader's place.
 * @param {HTMLElement} form
 * @param {string} letters
 */
function put(form, letters) {
  const lefts = all(form, ".lefts .tap");
  [...letters].forEach((letter, place) => {
    const option = form.querySelector(`.options:not(.lefts) > [data-letter="${letter}"]`);
    const one = /** @type {HTMLElement | null | undefined} */ (option?.querySelector(".tap, input"));
    if (one) lefts[place]?.click();
    one?.click();
  });
}

/**
 * @param {string} kind
 * @param {string} given
 * @param {boolean} right
 * @param {string} key
 */
function said(kind, given, right, key) {
  if (right) return "對了。";
  return `${isOpen(given) ? "沒有答完" : "不對"}，${solution(kind, sorted(kind, key))}。`;
}
