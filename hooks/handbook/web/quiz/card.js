// @ts-check
// One question on the page: what to tap, what was answered, and how that was. The HTML is made by pages/question.py.

import { all, button, make } from "../dom.js";

/** @typedef {{right: boolean, sure: boolean}} Outcome */
/** @typedef {(outcome: Outcome, told: string) => void} Answered */

/** @type {Record<string, string>} */
const MISSING = {
  choice: "先選一個答案。",
  several: "先選出你認為對的。",
  number: "先選一個答案。",
  order: "照先後一個一個點，每一步都要點到。",
  match: "每一個都要配好。",
};

/** A question, from its list item. */
export class Card {
  /** @param {HTMLElement} item */
  constructor(item) {
    this.item = item;
    this.id = item.id.slice(1);
    this.sop = this.id.split("/")[0];
    this.fingerprint = item.dataset.fingerprint ?? "";
    this.kind = [...item.classList].find((name) => name !== "question") ?? "";
    this.answer = /** @type {HTMLDetailsElement} */ (item.querySelector("details.answer"));
    /** As the page was made. @type {Node[] | undefined} */
    this.untouched = undefined;
  }

  /** As if nobody had answered it. */
  renew() {
    if (this.untouched) this.item.replaceChildren(...this.untouched);
    this.untouched = [...this.item.childNodes].map((node) => node.cloneNode(true));
    this.item.classList.remove("answered");
    this.answer = /** @type {HTMLDetailsElement} */ (this.item.querySelector("details.answer"));
    this.answer.hidden = true;
  }

  /**
   * Makes it ready to be answered (again).
   * @param {Answered} answered
   */
  ask(answered) {
    this.renew();
    this.answer.open = !!document.querySelector(".key:checked"); // for paper (words.js)
    if (this.kind === "case") playCase(this, answered);
    else askOnce(this, answered);
  }

  /** The clauses to read again, as links. */
  get reading() {
    return all(this.answer, ".read a");
  }

  /** What one reads first: where the cursor goes when the question comes up. */
  get head() {
    return /** @type {HTMLElement} */ (this.item.querySelector("legend, .ask"));
  }

  /**
   * Shows how the answer was, and answers with all that in words.
   * @param {boolean} right
   * @param {string} words
   * @param {boolean} [here] whether that is what its reader waits for
   */
  close(right, words, here = true) {
    const verdict = make("p", { className: `verdict ${right ? "right" : "wrong"}`, tabIndex: -1 }, words);
    this.item.classList.add("answered");
    this.answer.before(verdict);
    this.answer.hidden = false;
    this.answer.open = true;
    if (here) verdict.focus();
    return `${words}${this.answer.querySelector(".reason")?.textContent ?? ""}`;
  }
}

/**
 * @param {Card} card
 * @param {Answered} answered
 */
function askOnce(card, answered) {
  const form = /** @type {HTMLFormElement} */ (card.item.querySelector("form"));
  const key = card.answer.dataset.right ?? "";
  const given = card.kind === "order" ? tapInOrder(form) : card.kind === "match" ? tapPairs(form) : () => ticked(form);
  submit(form, (sure, complain) => {
    const letters = given();
    if (letters.includes("-") || letters.length < (card.kind === "several" ? 1 : key.length)) return complain(MISSING[card.kind]);
    const right = letters === key;
    freeze(form);
    mark(card, letters, key);
    answered({ right, sure }, card.close(right, right ? "對了。" : `不對，${solution(card.kind, key)}。`));
  });
}

/**
 * @param {string} kind
 * @param {string} key
 */
export function solution(kind, key) {
  if (kind === "order") return `先後是 ${[...key].join("→")}`;
  if (kind === "match") return [...key].map((letter, place) => `${place + 1} 配 ${letter}`).join("、");
  return `答案是 ${[...key].join("、")}`;
}

/**
 * The two ways to answer: whoever is sure of a mistake has most to learn from it.
 * @param {HTMLFormElement} form
 * @param {(sure: boolean, complain: (words: string) => void) => void} given
 */
function submit(form, given) {
  const said = make("p", { className: "complaint", role: "alert" });
  const way = (/** @type {string} */ value, /** @type {string} */ words) => make("button", { type: "submit", value }, words);
  form.append(
    said,
    make("div", { className: "sure" }, way("sure", "我有把握"), way("unsure", "我用猜的")),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const sure = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value !== "unsure";
    said.textContent = "";
    given(sure, (words) => (said.textContent = words));
  };
}

/** @param {HTMLFormElement} form */
export function freeze(form) {
  form.querySelector(".sure")?.remove();
  form.querySelector(".complaint")?.remove();
  for (const field of /** @type {HTMLInputElement[]} */ (all(form, "input, button"))) field.disabled = true;
}

/** @param {HTMLFormElement} form */
export const ticked = (form) => all(form, "input:checked").map((input) => /** @type {HTMLInputElement} */ (input).value).join("");

// ── by taps ──

/**
 * Turns the label in a list item into a button.
 * @param {HTMLElement} item
 */
function tap(item) {
  const label = /** @type {HTMLElement} */ (item.querySelector("label") ?? item);
  label.querySelector("select")?.remove();
  const made = make("button", { type: "button", className: "tap" }, ...label.childNodes, " ", make("i"));
  item.replaceChildren(made);
  return made;
}

/**
 * Steps are tapped in their order; a second tap takes one back.
 * @param {HTMLFormElement} form
 */
export function tapInOrder(form) {
  /** @type {HTMLButtonElement[]} */
  let sequence = [];
  const buttons = all(form, ".options > li").map(tap);
  const show = () => {
    for (const one of buttons) {
      const place = sequence.indexOf(one) + 1;
      one.ariaPressed = String(place > 0);
      /** @type {HTMLElement} */ (one.lastChild).textContent = place ? `第 ${place} 步` : "";
    }
  };
  for (const one of buttons) {
    one.onclick = () => {
      sequence = sequence.includes(one) ? sequence.filter((other) => other !== one) : [...sequence, one];
      show();
    };
  }
  show();
  return () => sequence.map(letterOf).join("");
}

/**
 * A tap on the right gives its partner to the one that is waiting on the left; a tap on the left makes that one wait.
 * @param {HTMLFormElement} form
 */
export function tapPairs(form) {
  const lefts = all(form, ".lefts > li").map(tap);
  const rights = all(form, ".rights > li").map(tap);
  /** @type {Map<HTMLButtonElement, HTMLButtonElement>} */
  const pairs = new Map();
  let waiting = lefts[0];
  const show = () => {
    for (const left of lefts) {
      left.ariaPressed = String(left === waiting);
      const right = pairs.get(left);
      /** @type {HTMLElement} */ (left.lastChild).textContent = right ? `配 ${letterOf(right)}` : left === waiting ? "選下面一個" : "";
    }
    for (const right of rights) {
      const left = lefts.find((one) => pairs.get(one) === right);
      /** @type {HTMLElement} */ (right.lastChild).textContent = left ? `配 ${letterOf(left)}` : "";
    }
  };
  for (const left of lefts) {
    left.onclick = () => {
      waiting = left;
      show();
    };
  }
  for (const right of rights) {
    right.onclick = () => {
      for (const [left, other] of pairs) if (other === right) pairs.delete(left);
      pairs.set(waiting, right);
      waiting = lefts.find((left) => !pairs.has(left)) ?? waiting;
      show();
    };
  }
  show();
  return () => lefts.map((left) => letterOf(pairs.get(left)) || "-").join("");
}

/**
 * As the page was made: what its reader sees may be translated.
 * @param {HTMLElement | undefined} inside
 */
export const letterOf = (inside) => /** @type {HTMLElement | null | undefined} */ (inside?.closest("[data-letter]"))?.dataset.letter ?? "";

/**
 * Marks what was chosen, in words as well as in colours.
 * @param {{item: HTMLElement, kind: string}} card
 * @param {string} letters
 * @param {string} key
 */
export function mark(card, letters, key) {
  const compare = { order: comparePlaces, match: comparePartners }[card.kind] ?? compareChoice;
  all(card.item, ".options:not(.rights) > li").forEach((item, place) => {
    const [name, words] = compare(letters, key, letterOf(item), place);
    if (!words) return;
    item.classList.add(name);
    item.firstElementChild?.append(" ", make("em", {}, words));
  });
}

/** @typedef {(letters: string, key: string, letter: string, place: number) => [string, string]} Compare */

/** @type {Compare} */
function compareChoice(letters, key, letter) {
  const [mine, theirs] = [letters.includes(letter), key.includes(letter)];
  if (mine) return theirs ? ["right", "✓ 你選對了"] : ["wrong", "✗ 你選的，不對"];
  return ["missed", theirs ? "✓ 這個才對" : ""];
}

/** @type {Compare} */
function comparePlaces(letters, key, letter) {
  const [mine, theirs] = [letters.indexOf(letter) + 1, key.indexOf(letter) + 1];
  return mine === theirs ? ["right", `✓ 第 ${mine} 步`] : ["wrong", `✗ 你排第 ${mine} 步，應該第 ${theirs} 步`];
}

/** @type {Compare} */
function comparePartners(letters, key, _, place) {
  const [mine, theirs] = [letters[place], key[place]];
  return mine === theirs ? ["right", `✓ 配 ${mine}`] : ["wrong", `✗ 你配 ${mine}，應該配 ${theirs}`];
}

// ── cases ──

/**
 * A case goes on from scene to scene; it counts as right where every decision was.
 * @param {Card} card
 * @param {Answered} answered
 */
function playCase(card, answered) {
  /** @type {Outcome[]} */
  const decisions = [];
  card.item.classList.add("played");
  const sections = all(card.item, "section");
  for (const section of sections) section.hidden = true;

  const show = (/** @type {string} */ hash) => {
    const scene = sections.find((section) => `#${section.id}` === hash);
    if (!scene) return;
    const form = formOf(scene);
    scene.hidden = false;
    if (decisions.length) focusOn(scene);
    submit(form, (sure, complain) => {
      const letter = ticked(form);
      if (!letter) return complain(MISSING.choice);
      const right = letter === scene.dataset.right;
      decisions.push({ right, sure });
      freeze(form);
      form.querySelector(`input[value="${letter}"]`)?.closest("li")?.classList.add(right ? "right" : "wrong");
      follow(`#${scene.id}/${letter}`);
    });
  };

  const follow = (/** @type {string} */ hash) => {
    const then = /** @type {HTMLElement} */ (sections.find((section) => `#${section.id}` === hash));
    const onward = /** @type {HTMLAnchorElement} */ (then.querySelector(".onward"));
    then.hidden = false;
    focusOn(then);
    if (then.classList.contains("end")) {
      onward.parentElement?.remove();
      const told = then.textContent ?? "";
      const wrong = decisions.filter((decision) => !decision.right).length;
      card.answer.before(make("p", { className: "ending" }, "結局"));
      const words = wrong ? `${decisions.length} 個決定裡，${wrong} 個不對。` : "每個決定都對。";
      answered(together(decisions), told + card.close(!wrong, words));
    } else {
      const next = button(onward.textContent ?? "", () => {
        next.remove();
        show(onward.hash);
      });
      onward.replaceWith(next);
    }
  };

  if (sections[0]) show(`#${sections[0].id}`);
}

/**
 * A scene's ways as a form of options: without scripts they are links.
 * @param {HTMLElement} scene
 */
export function formOf(scene) {
  const list = /** @type {HTMLElement} */ (scene.querySelector(".options"));
  for (const link of all(list, "a")) {
    const letter = letterOf(link);
    link.replaceWith(make("label", {}, make("input", { type: "radio", name: "a", value: letter }), ...link.childNodes));
  }
  const told = make("legend", {}, ...(scene.querySelector(".told")?.childNodes ?? []));
  const form = make("form", {}, make("fieldset", {}, told, list));
  scene.replaceChildren(form);
  return form;
}

/**
 * What the decisions of a case come to: a mistake made with confidence is one, whatever else was guessed.
 * @param {Outcome[]} decisions
 * @returns {Outcome}
 */
export function together(decisions) {
  const wrong = decisions.filter((decision) => !decision.right);
  return { right: !wrong.length, sure: wrong.length ? wrong.some(({ sure }) => sure) : decisions.every(({ sure }) => sure) };
}

/** @param {HTMLElement} element */
function focusOn(element) {
  element.tabIndex = -1;
  element.focus();
}
