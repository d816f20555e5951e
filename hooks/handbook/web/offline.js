// @ts-check
// Has the browser keep the handbook (sw.js, which the build writes), says on the page that it is there, and offers a
// newer one. Where that can't be (plain http, a private window, no room), the site is what it was.

const home = new URL("..", import.meta.url).href;
const browser = navigator.serviceWorker;
const SOON = 500; // ms
let next = ""; // where to go once the newer one has taken over: nowhere else, if empty
let controlled = false; // whether this page has anything of an older one: not before a worker has taken it over

/** What is kept, to be read out; empty where nothing is, or not all of it. */
const version = browser ? start().catch(() => "") : Promise.resolve("");

async function start() {
  if (document.readyState !== "complete") await new Promise((go) => addEventListener("load", go, { once: true }));
  await new Promise((go) => (window.requestIdleCallback ?? setTimeout)(go)); // the page comes first
  const kept = await browser.register(`${home}sw.js`);
  controlled = Boolean(browser.controller);
  browser.addEventListener("controllerchange", () => {
    if (next) location.href = next;
    else if (controlled) location.reload(); // half of this page is from the old one
    controlled = true;
  });
  document.addEventListener("visibilitychange", () => document.hidden || kept.update().catch(() => {}));
  kept.addEventListener("updatefound", () => {
    const { installing } = kept;
    installing?.addEventListener("statechange", () => offer(kept));
  });
  offer(kept);
  const { active } = await browser.ready;
  return new Promise((/** @type {(version: string) => void} */ tell) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => tell(data);
    active?.postMessage("version", [port2]);
  });
}

/** Offers what waits: one that takes the handbook off the phone does not. @param {ServiceWorkerRegistration} kept */
function offer(kept) {
  setTimeout(async () => {
    if (!kept.waiting || !kept.active) return;
    const { show } = await import("./newer.js");
    show((to) => {
      next = to;
      controlled = true; // by the reader's word, even where they had loaded all anew
      kept.waiting?.postMessage("apply");
    });
  }, SOON);
}

/** Says in a page's foot that the handbook is on the phone, and which version. */
class OfflineMark extends HTMLElement {
  async connectedCallback() {
    const words = await version;
    this.hidden = !words;
    this.textContent = `沒有訊號也能看・版本 ${words}`;
  }
}
customElements.define("offline-mark", OfflineMark);
