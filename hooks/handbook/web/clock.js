// @ts-check
// The time moves on while a page stays open: overnight on the desk's PC, in the pocket of an apron.

const MINUTE = 60_000;

/**
 * The reader's day, as their calendar and their time zone have it: `2026-12-01`.
 * @param {Date} [at]
 */
export function day(at = new Date()) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What is done whenever the clock may say otherwise. @type {Set<() => void>} */
const following = new Set();
let timer = 0;

/**
 * Does something whenever the clock may say otherwise: with each minute, as no page says anything finer; and, as a timer
 * may have slept, when the page is seen again or goes to paper.
 * @param {() => void} update
 * @param {AbortSignal} leaving
 */
export function follow(update, leaving) {
  following.add(update);
  leaving.addEventListener("abort", () => following.delete(update));
  if (following.size === 1) wait();
}

function wait() {
  clearTimeout(timer);
  if (following.size) timer = setTimeout(again, Math.max(1_000, MINUTE - (Date.now() % MINUTE)));
}

function again() {
  wait();
  for (const update of following) update();
}

for (const news of ["focus", "pageshow", "beforeprint"]) addEventListener(news, again);
document.addEventListener("visibilitychange", again);
