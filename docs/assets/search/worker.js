// @ts-check
// Stands where the theme's search worker stood, and speaks as it does: 0 set up → 1 ready, 2 a query → 3 its results.

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */

const HOME = new URL("../../../", self.location.href); // from assets/javascripts/workers/
const NEAREST = 5;

/** @type {Engine} */
let engine;
/** @type {string[]} */
let missing = []; // the parts of the data that are not here yet
let words = ""; // the page that keeps the words that were not found
let typed = "";
let loading = false;

/** @param {import("./engine.js").Start & {words: string}} start */
async function setUp(start) {
  const { Engine } = await import(new URL("assets/search/engine.js", HOME).href);
  engine = new Engine(start);
  missing = start.parts;
  words = start.words;
  postMessage({ type: 1 });
  await load();
}

/** Fetches what is missing; what the names of the pages find is there before. A part that fails is asked for again. */
async function load() {
  if (loading) return;
  loading = true;
  try {
    const asked = missing.map((path) => fetch(new URL(path, HOME), /** @type {RequestInit} */ ({ priority: "low" })));
    asked.forEach((one) => one.catch(() => undefined)); // told below, in their order
    for (const one of asked) {
      const answer = await one;
      if (!answer.ok) throw new Error(answer.statusText);
      engine.add(await answer.json());
      missing = missing.slice(1);
    }
  } catch {
    // The names of pages are found all the same.
  }
  loading = false;
  tell();
}

/** Answers what was typed last. */
function tell() {
  const { items, found } = typed.trim() ? engine.search(typed) : { items: [], found: true };
  if (!found && !missing.length) items.splice(0, items.length, unknown(items.length > 0), ...items.slice(0, NEAREST));
  postMessage({ type: 3, data: { items } });
}

/**
 * The first of the results where nothing fits.
 * @param {boolean} near
 * @returns {Result[]}
 */
function unknown(near) {
  const text = `這個詞記在這支手機上了，點這裡可以看、可以複製。${near ? "下面是最接近的。" : ""}`;
  return [{ location: words, title: "沒有找到你打的詞", text, terms: {}, score: 1 }];
}

self.addEventListener("message", ({ data: { type, data } }) => {
  if (type === 0) setUp(data.config.handbook);
  if (type === 2) {
    typed = data;
    tell();
    if (missing.length) load();
  }
});
