// @ts-check
/// <reference lib="webworker" />
// Keeps the whole handbook on the phone and answers from there. What it keeps stands in front: pack.py writes it.

/** @typedef {{version: string, build: string, base: string, files: Record<string, string>}} Book */
const worker = /** @type {ServiceWorkerGlobalScope & {handbook: Book}} */ (/** @type {unknown} */ (self));
const { version, build, base } = worker.handbook;
const files = new Map(Object.entries(worker.handbook.files)); // address below the site's → digest of the content
const scope = worker.registration.scope;
const ours = `handbook:${scope}:`; // other handbooks on the same host keep theirs apart
const shelf = ours + build;
const full = `${ours}full`; // says since when the phone has had no room
const REST = 86_400_000; // ms: how long it is left in peace then
const AT_ONCE = 3; // a browser opens six connections to a host: the reader's next page finds a free one
const LOST = "404.html"; // for an address that leads nowhere: every page there is, is kept
const FILE = /\.(?!html$)\w+$/;
const SORRY = `<!doctype html><html lang="zh-TW"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>沒有訊號</title>
<style>body { margin: 2rem; color-scheme: light dark; font: 1.1rem/1.6 system-ui }</style>
<h1>沒有訊號</h1><p>這一項沒有存在手機裡，有訊號時才打得開。</p><p><a href="${scope}">回手冊首頁</a></p></html>`;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => {
  if (event.data === "apply") worker.skipWaiting();
  if (event.data === "version") event.waitUntil(whole().then((is) => event.ports[0].postMessage(is ? version : "")));
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== undefined) event.respondWith(answer(event.request, path));
});

/**
 * The key under which a file is kept. Its content is part of it: what an update left alone is found, and not fetched.
 * @param {string} path
 */
const keyOf = (path) => `${scope}${path}?${files.get(path)}`;

/**
 * Keeps every file, or fails: then the browser goes on with what it had, and a later try goes on from here. Where there
 * is no room for all, nothing stays.
 */
async function fill() {
  if (Math.abs(Date.now() - (await fullSince())) < REST) throw new Error("no room");
  const cache = await caches.open(shelf);
  const paths = each(files.keys());
  const work = async () => {
    for (const path of paths) await keep(cache, path); // where one fails, this ends all
  };
  const tried = await Promise.allSettled(Array.from({ length: AT_ONCE }, work)); // what is still on its way takes room
  const errors = tried.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (errors.some((error) => error instanceof DOMException && error.name === "QuotaExceededError")) await giveUp(cache);
  if (errors.length) throw errors[0];
}

async function fullSince() {
  const note = await caches.match(scope, { cacheName: full });
  return Number(await note?.text());
}

/**
 * Clears what was kept so far, and writes down when. File by file: of a shelf that is dropped whole, the browser gives
 * the room back only when nothing in this worker holds it any more.
 * @param {Cache} cache
 */
async function giveUp(cache) {
  for (const key of await cache.keys()) await cache.delete(key);
  await caches.delete(shelf);
  await (await caches.open(full)).put(scope, new Response(`${Date.now()}`));
}

/**
 * @template T
 * @param {Iterable<T>} list
 */
function* each(list) {
  yield* list;
}

/**
 * @param {Cache} cache
 * @param {string} path
 */
async function keep(cache, path) {
  const key = keyOf(path);
  if (await cache.match(key)) return;
  await cache.put(key, (await caches.match(key)) ?? (await fetched(path)));
}

/**
 * A file as this build made it. Fails where the server has another: the site may be half-way to its next version, or
 * somebody's login page stands in between.
 * @param {string} path
 */
async function fetched(path) {
  const got = await fetch(scope + path, { cache: "no-cache", priority: "low" });
  const body = await got.arrayBuffer();
  if ((await digest(body)) !== files.get(path)) throw new Error(`${path} is not of ${version} (status ${got.status})`);
  return new Response(body, { headers: got.headers }); // as if it had come from its own address and no other
}

/** @param {ArrayBuffer} body */
async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body), 0, 6);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes the open pages over, and lets go of older versions; of none while a newer one is coming in beside them. */
async function takeOver() {
  await worker.clients.claim();
  if (worker.registration.installing) return;
  const others = (await caches.keys()).filter((other) => other.startsWith(ours) && other !== shelf);
  await Promise.all(others.map((other) => caches.delete(other)));
}

/** Whether every file is there; what the browser threw away is fetched again. */
async function whole() {
  try {
    const cache = await caches.open(shelf);
    if ((await cache.keys()).length < files.size) await fill();
    return true;
  } catch {
    return false;
  }
}

/**
 * The address below the site's of what is asked for; undefined where that is none of our business.
 * @param {Request} request
 */
function pathOf(request) {
  const url = new URL(request.url);
  const base = new URL(scope);
  if (request.method !== "GET" || url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  const path = url.pathname.slice(base.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  return files.has(path) || request.mode === "navigate" ? path : undefined;
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function answer(request, path) {
  const folder = `${path}/`;
  if (files.has(folder)) return Response.redirect(scope + folder);
  return (files.has(path) && (await found(path))) || fetch(request).catch((error) => sorry(request, path, error));
}

/** @param {string} path */
async function found(path) {
  try {
    return await (await caches.open(shelf)).match(keyOf(path));
  } catch {
    return undefined; // the browser may refuse its storage altogether
  }
}

/**
 * What stands in for what is not kept, and can't be had.
 * @param {Request} request
 * @param {string} path
 * @param {unknown} error
 */
async function sorry(request, path, error) {
  if (request.mode !== "navigate") throw error;
  const lost = FILE.test(path) ? undefined : await (await found(LOST))?.text();
  const [page, status] = lost ? [lost.replaceAll(`"${base}`, `"${new URL(scope).pathname}`), 404] : [SORRY, 503];
  return new Response(page, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
