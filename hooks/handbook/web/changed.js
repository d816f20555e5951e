// @ts-check
// What has changed in substance between two states of clauses, each known by its fingerprint. A clause that moved, or is
// only called otherwise, demands what it did. Pure: knows neither page nor storage.

/**
 * By the clauses' ids, in the order of now; what is gone, in the order of before.
 * @typedef {object} Change
 * @property {string[]} added
 * @property {string[]} changed
 * @property {string[]} gone
 */

/**
 * @param {Map<string, string>} before clause → fingerprint, by what it is called now
 * @param {Map<string, string>} now
 * @returns {Change}
 */
export function difference(before, now) {
  const gone = new Set([...before.keys()].filter((id) => !now.has(id)));
  const left = byMark([...gone], before);
  const isKept = (/** @type {string} */ mark) => gone.delete(left.get(mark)?.shift() ?? "");
  const changed = [...now].filter(([id, mark]) => before.has(id) && before.get(id) !== mark);
  const added = [...now].filter(([id, mark]) => !before.has(id) && !isKept(mark));
  return { added: ids(added), changed: ids(changed), gone: [...gone] };
}

/** @param {string[]} some @param {Map<string, string>} marks */
function byMark(some, marks) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const id of some) {
    const mark = marks.get(id) ?? "";
    const same = found.get(mark);
    same ? same.push(id) : found.set(mark, [id]);
  }
  return found;
}

/** @param {[string, string][]} pairs */
const ids = (pairs) => pairs.map(([id]) => id);
