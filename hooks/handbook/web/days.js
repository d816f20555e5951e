// @ts-check
// What depends on the day: an SOP past its review, a version that is not in force yet. The build said so by its own day;
// the reader's decides, in the same words (templates/_day.html), and again when the next one begins.
import { day, follow } from "./clock.js";
import { all, make } from "./dom.js";

/** Draws anew with each day; leaves nothing behind. */
class Dated extends HTMLElement {
  connectedCallback() {
    this.leaving = new AbortController();
    let drawn = "";
    const update = () => {
      if (drawn !== day()) this.replaceChildren(...this.draw((drawn = day())));
    };
    update();
    follow(update, this.leaving.signal);
  }

  disconnectedCallback() {
    this.leaving?.abort();
  }

  /** @param {string} today @returns {Node[]} */
  draw(today) {
    return [];
  }
}

/** At the top of an SOP's page. */
class SopDays extends Dated {
  /** @param {string} today */
  draw(today) {
    return [...this.waiting(today), ...this.overdue(today)];
  }

  /** What the page says too early, and what holds until then. @param {string} today */
  waiting(today) {
    const changes = all(this.closest(".hb") ?? document, "[data-change]");
    const waiting = changes.filter(({ dataset }) => (dataset.from ?? "") > today);
    if (!waiting.length) return [];
    const [{ change, from }, before] = [waiting[0].dataset, changes[waiting.length]?.dataset.change];
    const until = before ? `，在那之前照 ${before} 版。還沒生效的是：` : "。";
    const told = make("div", {}, make("p", { textContent: `這一版（${change}）${from} 起生效${until}` }));
    if (before) told.append(make("ul", {}, ...waiting.map(({ textContent }) => make("li", { textContent }))));
    return [make("div", { className: "banner", role: "note" }, icon(), told)];
  }

  /** @param {string} today */
  overdue(today) {
    const { review = "" } = this.dataset;
    if (review >= today) return [];
    const owner = this.closest(".hb")?.querySelector("#_document + .facts dd")?.cloneNode(true).childNodes ?? [];
    const words = `這份 SOP 應在 ${review} 前檢討，已經過期。照做之前，先問`;
    return [make("p", { className: "banner", role: "note" }, icon(), make("span", {}, words, ...owner, "。"))];
  }
}

/** Beside the name of an SOP, or the day of a version. */
class DayMark extends Dated {
  /** @param {string} today */
  draw(today) {
    const { from = "", review } = this.dataset;
    if (from > today) return [make("b", { textContent: review ? `${from} 起生效` : "還沒生效" })];
    return review && review < today ? [make("b", { textContent: "過了檢討日" })] : [];
  }
}

const icon = () => make("i", { className: "icon icon-warning" });

customElements.define("sop-days", SopDays);
customElements.define("day-mark", DayMark);
