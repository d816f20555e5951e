// @ts-check
// Stands where the theme's search worker stood, and speaks as it does: 0 set up → 1 ready, 2 a query → 3 its results.

/** @typedef {import("./drawers.js").Drawers} Drawers */
/** @typedef {import("./engine.js").Answer} Answer */
/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */

const HOME = new URL("../../../", self.location.href); // from assets/javascripts/workers/
const NEAREST = 5;
const ENOUGH = 0.48; // of the query, to say that something was found
const PART = 0.35; // of the query, to be shown before saying that nothing was
const BOPOMOFO = /[ㄅ-ㄩ]/; // what was not met may still become a word
const NOT_NOW = "現在沒辦法搜尋";
/** @type {Result[]} */
const UNREACHED = [notice(NOT_NOW, "搜尋的資料抓不到。有訊號時再打一個字；也可以點這裡，從首頁找。")];
/** @type {Result[]} */
const TOO_OLD = [notice(NOT_NOW, "這個瀏覽器太舊，看不懂搜尋的程式。更新手機的系統或瀏覽器；也可以點這裡，從首頁找。")];
/** @type {Result[]} */
const NO_WORD_YET = [notice("注音還沒變成字", "選好字，就會再找一次；也可以點這裡，從首頁找。")];

/** @type {Engine | undefined} */
let engine;
/** @type {Drawers | undefined} */
let drawers; // of a large handbook
/** @type {{names: string, parts: string[], drawers?: string, words: string}} where the data lies, and the page of words not found */
let data;
/** @type {string[]} */
let missing = []; // the parts of the data that are not here yet
let typed = "";
let wanted = false; // nothing is fetched for who only reads
let loading = false;
let tooOld = false; // the browser has the scripts, and can't read them

/** @param {string} title @param {string} text @returns {Result} */
function notice(title, text) {
  return { location: "", title, text, terms: {}, score: 1 };
}

/** Fetches what is missing; what the names of the pages find is there first. What fails is asked for again. */
async function load() {
  wanted = true;
  if (!data || loading) return;
  loading = true;
  try {
    if (!engine && data.drawers) await meetNames(); // before more takes its turn on a slow network
    const asked = missing.map((path) => fetch(new URL(path, HOME)));
    asked.forEach((one) => one.catch(() => undefined)); // told below, in their order
    if (!engine) await meetNames();
    for (const one of asked) {
      await take(await content(await one));
      missing = missing.slice(1);
    }
  } catch {
    // The names of pages are found all the same, and who has not even these is told.
  }
  loading = false;
  tell();
}

/** A part of what stands in the pages, or the list of drawers in which it lies. @param {any} part */
async function take(part) {
  if (!engine) return;
  if ("drawers" in part) drawers = (await script("drawers.js")).open(engine, part);
  else engine.add(part);
}

/** @param {string} name */
const script = (name) => import(new URL(`assets/search/${name}`, HOME).href);

/** From here on, pages are found by their names. */
async function meetNames() {
  const [{ Engine }, names] = await Promise.all([script("engine.js").catch(cannot), fetch(new URL(data.names, HOME))]);
  engine = new Engine(await content(names));
  tell();
}

/** @param {unknown} error @returns {never} */
function cannot(error) {
  tooOld = error instanceof SyntaxError; // one that does not arrive is another error
  throw error;
}

/** @param {Response} answer */
function content(answer) {
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

/** Answers what was typed last, once there is something to answer it with. */
async function tell() {
  if (!engine) {
    if (!loading && typed.trim()) postMessage({ type: 3, data: { items: [tooOld ? TOO_OLD : UNREACHED] } });
    return;
  }
  const asked = typed;
  if (!asked.trim()) return postMessage({ type: 3, data: { items: [] } });
  let [answer, whole] = [engine.search(asked), !missing.length];
  while (drawers && answer.missing.length) {
    whole = await drawers.fetched(answer.missing, (name) => fetch(new URL(`search/${name}.json`, HOME)).then(content));
    if (asked !== typed) return; // and what is typed now is answered by itself
    answer = engine.search(asked, !whole);
  }
  postMessage({ type: 3, data: { items: items(answer, whole) } });
}

/**
 * What is found. Where only part of the query is met, the nearest is followed by the word that it is no more than that;
 * where hardly any is, it comes after it.
 * @param {Answer} answer
 * @param {boolean} whole whether it is made from all that there is
 */
function items({ items, covered, lacking }, whole) {
  if (covered >= ENOUGH || !whole) return items;
  const nearest = items.slice(0, NEAREST);
  if (BOPOMOFO.test(typed)) return covered >= PART ? nearest : [NO_WORD_YET];
  if (covered >= PART) return [...nearest, unknown(lacking, "上面是最接近的。")];
  return [unknown(lacking, nearest.length ? "下面是最接近的。" : ""), ...nearest];
}

/**
 * @param {string[]} lacking the words that were not found, as HTML
 * @param {string} nearest where to find what comes nearest
 * @returns {Result[]}
 */
function unknown(lacking, nearest) {
  const words = lacking.map((one) => `「${one}」`).join("");
  const text = `這個詞記在這支手機上了，點這裡可以看、可以複製。${nearest}`;
  return [{ location: data.words, title: `沒有找到${words || "你打的詞"}`, text, terms: {}, score: 1 }];
}

// What the page's search box tells when it is entered: the data is on its way before the first word is typed.
new BroadcastChannel("handbook-search").addEventListener("message", load);

/** @type {Worker} */ (/** @type {unknown} */ (self)).addEventListener("message", ({ data: { type, data: told } }) => {
  if (type === 0) {
    data = told.config.handbook;
    missing = data.drawers ? [...data.parts, data.drawers] : data.parts;
    postMessage({ type: 1 });
    if (wanted) load();
  }
  if (type === 2) {
    typed = told;
    if (engine) tell();
    if (typed.trim() && (!engine || missing.length)) load();
  }
});
