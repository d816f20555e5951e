// @ts-check
// Which features the oldest browsers of package.json have, by MDN's data.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const HERE = new URL("./", import.meta.url);
export const INSTALLED = new URL("../../.cache/web/", HERE);
export const require = createRequire(INSTALLED);
export const data = require("@mdn/browser-compat-data");

const NAMES = { Safari: "safari", iOS: "safari_ios", Firefox: "firefox", Chrome: "chrome" };
const { browserslist } = JSON.parse(readFileSync(new URL("package.json", HERE), "utf8"));
/** Name in the data → the lowest version. */
const LOWEST = browserslist.map((/** @type {string} */ line) => {
  const [name, lowest] = line.split(" >= ");
  return [NAMES[/** @type {keyof typeof NAMES} */ (name)], Number(lowest)];
});

/**
 * The first version that has a feature under its own name and for everybody, be it without its last refinement.
 * @param {any} support
 */
function since(support) {
  const plain = [support].flat().filter((one) => one && !one.flags && !one.prefix && !one.alternative_name);
  if (plain.every((one) => one.version_removed)) return Infinity;
  return Math.min(...plain.map((one) => parseFloat(String(one.version_added).replace("≤", "")) || Infinity));
}

/**
 * Whether any of our browsers lacks it; false of what the data does not know.
 * @param {any} feature
 */
export function lacking(feature) {
  const support = feature?.__compat?.support;
  return Boolean(support) && LOWEST.some((/** @type {[string, number]} */ [name, lowest]) => since(support[name]) > lowest);
}
