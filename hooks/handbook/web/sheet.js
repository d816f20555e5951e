// @ts-check
// Tells who scans the code on a sheet of paper whether that sheet still counts: `?v=1.0.0-330550`, and on sheets of the
// first edition `?sheet=1.0.0&mark=330550343785`. Loaded by handbook.js where an address asks for it; the words are those
// that the page itself carries.
import { day } from "./clock.js";
import { all, make } from "./dom.js";

const VERSION = /^\d{1,4}\.\d{1,4}\.\d{1,4}$/;

/**
 * Whether one version came after another.
 * @param {string} one
 * @param {string} two
 */
const newer = (one, two) => one.localeCompare(two, "en", { numeric: true }) > 0;

/**
 * What to tell about a sheet, whether it can go on being used, and the changes that it lacks.
 * @param {HTMLElement} page
 * @param {string} version
 * @param {string} mark
 * @returns {{ words: string, good: boolean, changes: HTMLElement[] }}
 */
function judged(page, version, mark) {
  const now = page.dataset.version ?? "";
  const told = `你手上的紙本是 ${version} 版，`;
  if (newer(version, now)) {
    return { words: `${told}這一頁還是 ${now} 版。請重新整理；還是一樣，就問主管。`, good: false, changes: [] };
  }
  const versions = all(page, "[data-change]");
  const from = versions[0]?.dataset.from ?? "";
  if (version === now) {
    const same = !mark || !!page.dataset.fingerprint?.startsWith(mark);
    const holds = from > day() ? `${from} 起才照它做。` : "與這一頁相同，可以照用。";
    const words = same ? told + holds : `${told}版本相同，內容卻改過了。請換一張新的。`;
    return { words, good: same && from <= day(), changes: [] };
  }
  const inForce = versions.find(({ dataset }) => (dataset.from ?? "") <= day());
  if (version === inForce?.dataset.change) {
    return { words: `${told}今天就照它做；這一頁的 ${now} 版 ${from} 起才生效。`, good: true, changes: [] };
  }
  const changes = versions.filter((change) => newer(change.dataset.change ?? "", version));
  const good = changes.length > 0 && changes.every((change) => "editorial" in change.dataset);
  const words = good ? "只改了文字，要求沒有變，舊的還可以用。改了：" : "請換一張新的。改了：";
  return { words: `${told}這一頁已經是 ${now} 版。${words}`, good, changes };
}

/**
 * Says at the top of the page whether the sheet in its reader's hand still counts.
 * @param {string} told the name under which this tab keeps what the code said, as the address does not
 * @param {string} search what the code said
 */
export function judge(told, search) {
  try {
    sessionStorage.setItem(told, search);
  } catch {
    // Then the page says it once.
  }
  const asked = new URLSearchParams(search);
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".hb[data-version]"));
  const [version, mark = ""] = (asked.get("v") ?? `${asked.get("sheet")}-${asked.get("mark") ?? ""}`).split("-");
  if (!page || !VERSION.test(version)) return;
  const { words, good, changes } = judged(page, version, mark);
  const banner = make("div", { className: good ? "banner sheet good" : "banner sheet", role: "status" }, make("p", {}, words));
  if (changes.length) banner.append(make("ul", {}, ...changes.map((change) => make("li", {}, change.textContent ?? ""))));
  const paper = good ? null : page.querySelector("#_paper + ul a");
  if (paper) banner.append(make("p", {}, paper.cloneNode(true)));
  page.querySelector(".banner.sheet")?.remove();
  page.prepend(banner);
}
