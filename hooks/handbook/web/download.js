// @ts-check
// Downloads are not kept on the phone: with no signal, the browser would break them off without a word.
import { tell } from "./share.js";

const [SOON, LATE] = [1000, 10_000]; // ms: when to say that one looks, and when to give up
const NEEDS_SIGNAL = "沒有訊號：這個檔案沒有存在手機裡，等有訊號再點。每份 SOP 的頁面照樣能看，也能直接列印。";

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[download]");
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin || "there" in link.dataset) return;
  event.preventDefault();
  get(link);
});

/** Lets the browser have the file once somebody has answered for it. @param {HTMLAnchorElement} link */
async function get(link) {
  const words = await missing(link.href);
  if (words) return tell(words);
  link.dataset.there = "";
  link.click();
  delete link.dataset.there;
}

/** Why a file can't be had now; nothing where it can. @param {string} url */
async function missing(url) {
  if (!navigator.onLine) return NEEDS_SIGNAL; // where it is true, it may still lie
  const slow = setTimeout(() => tell("正在找這個檔案…"), SOON);
  const late = new AbortController();
  const end = setTimeout(() => late.abort(), LATE);
  try {
    const { status } = await fetch(url, { method: "HEAD", cache: "no-store", signal: late.signal });
    return status === 404 || status >= 502 ? "這個檔案現在拿不到，晚一點再試。" : "";
  } catch {
    return NEEDS_SIGNAL;
  } finally {
    clearTimeout(slow);
    clearTimeout(end);
  }
}
