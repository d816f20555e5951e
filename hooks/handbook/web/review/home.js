// @ts-check
// On the home page: how many questions are asked today. It stands where nothing moves when it comes.

import { make } from "../dom.js";
import { nobodys } from "../people/people.js";
import { SITE } from "../storage.js";
import { left } from "./today.js";

/** Says it beside the first heading; nothing, where nothing is due. */
export async function greet() {
  const heading = document.querySelector(".hb-home h2");
  const [count] = await Promise.all([nobodys() ? 0 : left(), styled]);
  document.querySelector(".daily")?.remove();
  if (!count || !heading) return;
  const link = make("a", { href: `${SITE}review/` }, `今天 ${count} 題`);
  heading.before(make("p", { className: "daily noprint" }, link));
}

const style = make("link", { rel: "stylesheet", href: new URL("home.css", import.meta.url).href });
const styled = new Promise((done) => (style.onload = style.onerror = done));
document.head.append(style);
addEventListener("pageshow", ({ persisted }) => persisted && greet()); // back from the questions
