// @ts-check
// Making elements in a line, and asking over a page.

/**
 * A new element with its properties and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/**
 * A button that does something.
 * @param {string} words
 * @param {() => void} onclick
 * @param {Partial<HTMLButtonElement>} [properties]
 */
export const button = (words, onclick, properties) => make("button", { type: "button", onclick, ...properties }, words);

/**
 * All elements inside one that a selector finds.
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const all = (parent, selector) => [...parent.querySelectorAll(selector)].map((node) => /** @type {HTMLElement} */ (node));

/**
 * Asks something over this page; another page closes it (idle.js).
 * @param {HTMLDialogElement} box
 */
export function ask(box) {
  box.dataset.at = location.pathname;
  document.body.append(box);
  box.showModal();
}
