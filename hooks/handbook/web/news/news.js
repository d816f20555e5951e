// @ts-check
// On the home page: which SOPs changed since their reader last saw what had changed, and which of their clauses. The phone
// keeps what it saw; nothing leaves it.
import { day } from "../clock.js";
import { button, make } from "../dom.js";
import { hush, tell } from "../share.js";
import { SITE, read, write } from "../storage.js";
import { compared, understood } from "./compare.js";

/** @typedef {import("./compare.js").Marks} Marks */
/** @typedef {import("./compare.js").News} News */

const KEPT = "seen";

/** What the handbook demands now, as its file says: once for as long as this page lives. */
const file = fetch(`${SITE}clauses.json`)
  .then((got) => (got.ok ? got.json() : null))
  .catch(() => null);

/** Says that something changed; on a first visit, and where nothing did, it only keeps what there is. */
export async function greet() {
  const [told, kept] = [await file, /** @type {any} */ (read(KEPT))];
  const [now, then] = [understood(told), understood(kept)];
  if (!now) return;
  const news = then ? compared(then, now) : [];
  if (!news.length) return keep(told);
  const since = /^\d{4}-\d\d-\d\d$/.test(kept.at) ? `（${kept.at}）` : "";
  if (document.querySelector(".news, .newer")) return;
  const words = `上次看過${since}之後，${news.length} 份 SOP 改了`;
  tell(`${words}。`, button("看改了哪幾條", () => show(words, news, now, told)));
}

/** @param {unknown} told */
function keep(told) {
  write(KEPT, { at: day(), .../** @type {object} */ (told) });
}

/**
 * @param {string} words
 * @param {News[]} news
 * @param {Marks} now
 * @param {unknown} told
 */
async function show(words, news, now, told) {
  hush();
  const title = make("h2", { id: "_news", tabIndex: -1 }, words);
  const items = await Promise.all(news.map((one) => item(one, now)));
  const done = button("看過了", () => {
    keep(told);
    box.remove();
    tell("記下了：下次只說之後改的。");
  });
  const style = make("link", { rel: "stylesheet", href: new URL("news.css", import.meta.url).href });
  const box = make("section", { className: "news" }, style, title, make("ul", {}, ...items), make("p", {}, done));
  box.setAttribute("aria-labelledby", title.id);
  document.querySelector(".hb-home")?.prepend(box);
  title.focus();
}

/**
 * An SOP and its clauses as links, in the words of its page.
 * @param {News} news
 * @param {Marks} now
 */
async function item({ sop, changed, added, gone }, now) {
  const { title, page, version, from } = /** @type {import("./compare.js").Sop} */ (now.sops.get(sop));
  const names = await headlines(SITE + page);
  const link = (/** @type {string} */ id, /** @type {string} */ what) =>
    make("li", {}, make("b", {}, what), "：", make("a", { href: `${SITE}${page}#${id}` }, names(id)));
  const lines = [...changed.map((id) => link(id, "改了")), ...added.map((id) => link(id, "新的"))];
  if (gone) lines.push(make("li", {}, `拿掉了 ${gone} 條`));
  const waits = from > day() ? `${version}，${from} 起生效` : version;
  const head = make("a", { href: SITE + page }, title);
  return make("li", {}, head, " ", make("small", {}, waits), make("ul", {}, ...lines));
}

/**
 * What a page calls its clauses: each has a link to itself that is named in full.
 * @param {string} page
 * @returns {Promise<(id: string) => string>}
 */
async function headlines(page) {
  const text = await fetch(page).then((got) => (got.ok ? got.text() : ""), () => "");
  const made = new DOMParser().parseFromString(text, "text/html"); // in which nothing runs
  return (id) => made.getElementById(id)?.querySelector(".anchor")?.getAttribute("aria-label")?.replace("連結：", "") ?? id;
}
