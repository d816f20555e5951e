// @ts-check
// Hands a link or a text on, and says what became of it: plain http has no clipboard, an installed app no address bar.
import { button, make } from "./dom.js";

const READ = 200; // ms that a character takes, to be read and no more; and some to find it
const OFFERED = 10_000; // ms that a message with something to do stays, where there is another way to it

/** Read out when it changes: so it is there before it says anything. */
const status = make("div", { className: "message", role: "status" });
document.body.append(status);
let shown = 0; // which message: an older one's end is not the newer one's

/**
 * Says something in front of the page: words for as long as they take to read, with anything else until it is put away.
 * @param {string} words
 * @param {...HTMLElement} more
 */
export function tell(words, ...more) {
  const now = ++shown;
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const hide = () => now === shown && status.replaceChildren();
  const close = make("button", { type: "button", textContent: "✕", ariaLabel: "關掉這個訊息" });
  close.onclick = () => {
    hide();
    before?.focus({ preventScroll: true });
  };
  status.replaceChildren(make("p", { textContent: words }), ...more, close);
  if (!more.length) setTimeout(hide, READ * (20 + words.length));
}

/** Takes away what is said: its reader goes on to what it offered. */
export const hush = () => status.replaceChildren();

/**
 * Hands a link on.
 * @param {string} url
 * @param {...HTMLElement} more what else can be done with what it leads to
 */
export const share = (url, ...more) => give({ url }, "連結", "同事", ...more);

/**
 * Gives a link or a text to the phone's own list of people and programs where there is touch, else to the clipboard, else
 * to the reader's own hands; says which.
 * @param {{url: string} | {text: string}} given
 * @param {string} what it is
 * @param {string} to whom one gives it
 * @param {...HTMLElement} more what else can be done
 */
export async function give(given, what, to, ...more) {
  const text = "url" in given ? given.url : given.text;
  if (await handed(given, what, more)) return;
  if (await copied(text)) return offer(`${what}複製好了，貼給${to}。`, more);
  const field = make("url" in given ? "input" : "textarea", { value: text, readOnly: true, ariaLabel: what });
  field.onfocus = () => field.select();
  tell("這裡不能自動複製，請自己複製：", field);
  field.focus();
}

/** @param {string} words @param {HTMLElement[]} more */
function offer(words, more) {
  tell(words, ...more);
  const said = shown;
  const used = () => said !== shown || status.contains(document.activeElement);
  if (more.length) setTimeout(() => used() || hush(), OFFERED);
}

/** @param {ShareData} given @param {string} what @param {HTMLElement[]} more */
async function handed(given, what, more) {
  if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return false;
  try {
    await navigator.share({ title: document.title, ...given });
    offer(`${what}交給你選的程式了。`, more);
    return true;
  } catch (wrong) {
    return wrong instanceof DOMException && wrong.name === "AbortError"; // the reader thought better of it
  }
}

/**
 * Whether a text is in the clipboard now.
 * @param {string} text
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // plain http, or a browser that was told not to
  }
}

/** As a reader would, from a field that is there for a moment. @param {string} text */
function copiedByHand(text) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const field = make("textarea", { value: text, readOnly: true });
  Object.assign(field.style, { position: "fixed", top: "0", opacity: "0" });
  document.body.append(field);
  field.select();
  const done = document.execCommand?.("copy") ?? false;
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

// The chain beside a clause is a link for who has no script, or wants it in another tab.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target instanceof Element && event.target.closest("a.anchor");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would go there
    const url = Object.assign(new URL(link.href), { search: "" }).href; // and nothing of how its reader came
    const wrong = button("這裡寫錯了", () => import("./wrong/wrong.js").then(({ report }) => report(link)));
    share(url, ...(link.closest(".clause") ? [wrong] : []));
  },
  { capture: true },
);
