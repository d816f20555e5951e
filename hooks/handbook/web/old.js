// @ts-check
// Tells a reader whose browser is too old for the scripts; fetched by before.js where one of them did not parse, and in
// the same words of 2015: once more for each of them, which changes nothing.

{
  const OLD = "這個瀏覽器太舊";
  const { what } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const banner = document.createElement("p");
  banner.className = "banner old";
  banner.style.fontSize = "0.8rem";
  banner.textContent = `${OLD}，搜尋、測驗、打勾、算期限，有的不能用。內容都在，照樣能看。更新手機的系統或瀏覽器，就都能用。`;
  const show = () => {
    const frame = document.querySelector(".md-container");
    const meta = document.querySelector(".md-search-result__meta");
    if (frame && !document.querySelector(".banner.old")) frame.before(banner);
    if (meta && what === "search") meta.textContent = `${OLD}，不能搜尋。先從首頁的清單找。`;
    // What a page says to who has no scripts, it says to this reader too.
    document.querySelectorAll("noscript").forEach((one) => (one.outerHTML = one.textContent || ""));
  };
  const pages = /** @type {any} */ (window).document$; // the theme's: tells of each page that it swaps in
  if (pages) pages.subscribe(show);
  else if (document.readyState === "loading") addEventListener("DOMContentLoaded", show);
  else show();
}
