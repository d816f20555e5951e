// @ts-check
// Long lists come bit by bit: what is on the screen first, the rest while nobody waits, all of it for paper.

const [FIRST, STEP] = [24, 16];

/**
 * Draws what stands in a list into an element; answers what draws all that is left, at once.
 * @template T
 * @param {Element} into
 * @param {T[]} items
 * @param {(item: T) => Node} draw
 */
export function grow(into, items, draw) {
  let next = 0;
  const more = (/** @type {number} */ count) => {
    into.append(...items.slice(next, next + count).map(draw));
    next += count;
  };
  const later = () => {
    if (next >= items.length || !into.isConnected) return;
    more(STEP);
    setTimeout(later);
  };
  more(FIRST);
  setTimeout(later, 50);
  return () => more(items.length);
}
