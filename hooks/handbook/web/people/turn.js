// @ts-check
// Says on every page of a phone that several share whose turn it is, and lets the next one take it. Fetched by
// handbook.js where that is so.

import { ask, button, make } from "../dom.js";
import { mine, whose } from "../storage.js";
import { current, isOfPeople, leave, left, mend, NOBODY, nobodys, people, stay, take } from "./people.js";

// My progress says so itself.
const KEEPS = "quiz-sheet, exam-sheet, held-exam, review-sheet, step-ticks, my-runs, due-times, read-sign, unknown-words, team-page";
const HOME = new URL("../..", import.meta.url).href;

const mark = button("", () => choose(), { className: "turn" });
mark.setAttribute("aria-haspopup", "dialog");

/** A page is one person's: whoever comes next gets another, which holds nothing of what this one does. */
function check() {
  mend();
  if (mine !== whose()) return again();
  clearTimeout(timer);
  if (left() < Infinity && mine !== null) timer = setTimeout(check, Math.max(500, left() + 50));
  show();
}

let timer = 0;
let going = false;

function again() {
  if (going) return;
  going = true;
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith("handbook:came:")) sessionStorage.removeItem(key);
  } catch {
    // Then nothing was kept there.
  }
  location.reload();
}

/** Says it in the page's head; where it is nobody's, wherever something would be kept. */
function show() {
  const who = current();
  const several = people().length > 1;
  mark.hidden = !several;
  mark.textContent = who?.name ?? "選名字";
  mark.setAttribute("aria-label", who ? `現在是 ${who.name}，換人` : "現在沒有輪到誰，選名字");
  if (!mark.isConnected) (document.querySelector(".md-header__inner") ?? document.body).append(mark);
  const page = document.querySelector(".hb");
  page?.querySelector(":scope > .banner.nobody")?.remove();
  if (!page || !nobodys() || !page.querySelector(KEEPS)) return;
  page.prepend(make("div", { className: "banner nobody", role: "note" }, make("p", {}, NOBODY), button("選名字", choose)));
}

/** The list of who it may be. */
function choose() {
  const box = make("dialog", { className: "people" });
  const settle = (/** @type {boolean} */ taken) => {
    box.close();
    if (taken) check();
  };
  const rows = people().map(({ id, name }) => {
    const one = button(id === mine ? `${name}（現在）` : name, () => settle(id !== mine && take(id)));
    if (id === mine) one.setAttribute("aria-current", "true");
    return make("li", {}, one);
  });
  box.setAttribute("aria-labelledby", "_people");
  box.append(make("h2", { id: "_people" }, "現在是誰？"), make("ul", {}, ...rows));
  if (!nobodys()) box.append(button("我用完了", () => settle(leave())));
  box.append(make("a", { href: `${HOME}quiz/` }, "加一個人、改資料"), button("✕", () => box.close(), { ariaLabel: "關掉" }));
  box.onclose = () => box.remove();
  ask(box);
}

/** Whoever touches the phone is still there. */
function touched() {
  if (mine !== whose()) return check();
  stay();
}

const style = make("link", { rel: "stylesheet", href: new URL("people.css", import.meta.url).href });
document.head.append(style);
for (const touch of ["pointerdown", "keydown", "wheel", "touchmove"]) addEventListener(touch, touched, { capture: true, passive: true });
for (const news of ["pageshow", "focus"]) addEventListener(news, check);
addEventListener("storage", (news) => isOfPeople(news) && check());
document.addEventListener("visibilitychange", check);
const { document$ } = /** @type {{document$?: {subscribe: (tell: () => void) => void}}} */ (window);
document$ ? document$.subscribe(check) : check();
