// @ts-check
// Offers to count an SOP's deadlines; the calculator is fetched when somebody opens it.
import { linked, recall, running } from "../memory.js";

class DueTimes extends HTMLElement {
  connectedCallback() {
    this.calculator = null;
    this.leaving = new AbortController();
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "算出到期的時間";
    details.append(summary);
    details.ontoggle = () => this.count(details);
    this.replaceChildren(details);
    const open = () => linked().size > 0 || (this.dataset.sop ? running(this.dataset.sop) : recall("due").size > 0);
    details.open = open();
    addEventListener("hashchange", () => (details.open ||= open()), { signal: this.leaving.signal });
  }

  disconnectedCallback() {
    this.leaving?.abort();
  }

  /** @param {HTMLDetailsElement} details */
  async count(details) {
    const leaving = /** @type {AbortController} */ (this.leaving).signal;
    const { Calculator } = await import("./calculator.js");
    if (leaving.aborted || !details.open) return;
    if (this.calculator) this.calculator.start();
    else this.calculator = new Calculator(this, details, leaving);
  }
}

customElements.define("due-times", DueTimes);
