// @ts-check
// What an SOP's page says now, as the sheet on which a run is ticked.

/** @param {HTMLElement} page @returns {import("./runs.js").Sheet} */
export function sheetOf(page) {
  const clauses = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".clause[id]")]);
  const cases = clauses.filter((one) => one.matches(".case"));
  return {
    of: page.dataset.fingerprint ?? "",
    title: document.querySelector("h1")?.textContent?.trim() ?? "",
    version: page.dataset.version ?? "",
    steps: clauses.filter((one) => one.querySelector(":scope > .tick, :scope > .do > .tick")).map(step),
    cases: cases.map((one) => [one.id, one.getAttribute("aria-label") ?? one.id]),
  };
}

/** @param {HTMLElement} clause @returns {import("./runs.js").Sheet["steps"][number]} */
function step(clause) {
  const inCase = clause.closest(".case");
  const around = inCase?.closest(".cases")?.closest(".clause");
  const words = clause.querySelector(":scope > .tick, :scope > .do > .tick")?.getAttribute("aria-label") ?? "";
  return [clause.id, clause.dataset.fingerprint ?? "", around?.id ?? "", inCase?.id ?? "", words.replace(/^做完：/, "")];
}
