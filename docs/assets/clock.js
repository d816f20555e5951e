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

/**
 * Does something whenever the clock may say otherwise: with each minute, as no page says anything finer; and, as a timer
 * may have slept, when the page is seen again or goes to paper.
 * @param {() => void} update
 * @param {AbortSignal} leaving
 */
export function follow(update, leaving) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(again, Math.max(1_000, MINUTE - (Date.now() % MINUTE)));
  };
  const again = () => {
    wait();
    update();
  };
  for (const news of ["focus", "pageshow", "beforeprint"]) addEventListener(news, again, { signal: leaving });
  document.addEventListener("visibilitychange", again, { signal: leaving });
  leaving.addEventListener("abort", () => clearTimeout(timer));
  wait();
}
