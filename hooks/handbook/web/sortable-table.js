// @ts-check
/** Lets each column of the table inside be sorted by a button in its head. */
class SortableTable extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("th button")) return;
    this.querySelectorAll("th").forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.onclick = () => this.sort(head, column);
      head.append(button);
    });
  }

  /**
   * @param {HTMLTableCellElement} head
   * @param {number} column
   */
  sort(head, column) {
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    this.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction);
    const body = /** @type {HTMLTableSectionElement} */ (this.querySelector("tbody"));
    const sign = direction === "ascending" ? 1 : -1;
    const rows = [...body.rows].sort((one, two) => sign * compare(one.cells[column], two.cells[column]));
    body.append(...rows);
  }
}

/**
 * @param {HTMLTableCellElement} one
 * @param {HTMLTableCellElement} two
 */
function compare(one, two) {
  if (one.dataset.sort !== undefined) return Number(one.dataset.sort) - Number(two.dataset.sort);
  return (one.textContent ?? "").localeCompare(two.textContent ?? "", "zh-Hant");
}

customElements.define("sortable-table", SortableTable);
