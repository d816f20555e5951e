// @ts-check
/// <reference lib="webworker" />
// Takes the handbook off the phone again: `mkdocs serve` and sites without an offline copy have this for a worker.

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const ours = `handbook:${worker.registration.scope}:`;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith(ours));
  await Promise.all(names.map((name) => caches.delete(name)));
  await worker.registration.unregister();
}
