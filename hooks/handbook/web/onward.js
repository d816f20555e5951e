// @ts-check
// On a page that leads on (pages/onward.py): goes there at once, with what the address carries along.

const { to } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
if (to) {
  const there = new URL(to, document.baseURI);
  there.search = location.search;
  if (location.hash) there.hash = location.hash;
  location.replace(there);
}
