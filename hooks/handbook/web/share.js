// @ts-check
// Hands a link or a text on, and says what became of it: plain http has no clipboard, an installed app no address bar.
import { make } from "./dom.js";

const READ = 200; // ms that a character takes, to be read and no more; and some to find it

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

/**
 * Gives a link to the phone's own list of people and programs where there is touch, else to the clipboard, else to the
 * reader's own hands; says which.
 * @param {string} url
 */
export async function share(url) {
  if (await handed(url)) return;
  if (await copied(url)) return tell("連結複製好了，貼給同事。");
  const field = make("input", { value: url, readOnly: true, ariaLabel: "連結", onfocus: () => field.select() });
  tell("這裡不能自動複製，請自己複製：", field);
  field.focus();
}

/** @param {string} url */
async function handed(url) {
  if (!navigator.share || !matchMedia("(pointer: coarse)").matches) return false;
  try {
    await navigator.share({ title: document.title, url });
    tell("連結交給你選的程式了。");
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
    share(Object.assign(new URL(link.href), { search: "" }).href); // and nothing of how its reader came
  },
  { capture: true },
);
