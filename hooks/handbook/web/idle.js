// @ts-check
// What can wait until the page is there, and is not weighed with it: what hands on and fetches is there before a finger
// is (download.js brings share.js), runs have their names and notes, who has read a page can sign it, and home looks for
// what changed.
import "./download.js";
import { button, make } from "./dom.js";

function arrive() {
  const { pathname } = location;
  for (const box of document.querySelectorAll("dialog")) if (box.dataset.at !== pathname) box.close(); // asked on another page, it would bar this one
  if (document.querySelector("step-ticks")) import("./steps/run-bar.js").then(({ attend }) => attend());
  if (document.querySelector("read-sign")) import("./sign/read-sign.js");
  offerReport(document.querySelector("#_document + .facts"));
  if (!document.querySelector(".hb-home")) return;
  import("./news/news.js").then(({ greet }) => greet());
  if (known()) import("./review/home.js").then(({ greet }) => greet());
}

/** Whether anybody has answered or said anything here: nothing is due on a first visit. */
function known() {
  try {
    return /:(quiz|people)/.test(Object.keys(localStorage).join());
  } catch {
    return false;
  }
}

/** At the end of an SOP's page, where it says whose it is. @param {Element | null} facts */
function offerReport(facts) {
  if (!facts || document.querySelector(".wrong")) return;
  const wrong = button("這裡寫錯了", () => import("./wrong/wrong.js").then(({ report }) => report(wrong)));
  const style = make("link", { rel: "stylesheet", href: new URL("wrong/wrong.css", import.meta.url).href });
  facts.after(make("p", { className: "wrong noprint" }, style, wrong));
}

/** The theme's own: every page that it shows. */
const { document$ } = /** @type {{document$?: {subscribe: (tell: () => void) => void}}} */ (window);
document$ ? document$.subscribe(arrive) : arrive();
