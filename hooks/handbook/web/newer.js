// @ts-check
// Offers a newer handbook; fetched by offline.js where there is one.

const home = new URL("..", import.meta.url).href;

/** @param {(to: string) => void} apply takes it, and goes to an address, or stays */
export function show(apply) {
  if (document.querySelector(".newer")) return;
  const box = document.createElement("aside");
  box.className = "newer";
  box.ariaLabel = "手冊有新版";
  box.innerHTML = `<p role="status">手冊有新版</p><a href="${home}changes/">看改了什麼</a>
    <button type="button">更新</button><button type="button" aria-label="稍後再說">✕</button>`;
  const [update, later] = box.querySelectorAll("button");
  const link = /** @type {HTMLAnchorElement} */ (box.querySelector("a"));
  link.onclick = (event) => {
    event.preventDefault(); // the old handbook's list would lack what is new
    event.stopPropagation(); // and instant navigation would swap it in
    apply(link.href);
  };
  update.onclick = () => apply("");
  later.onclick = () => box.remove();
  document.body.append(box);
}
