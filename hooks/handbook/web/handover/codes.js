// @ts-check
// Codes on a screen: one that stands still, or several in turn, which can be held and gone through by hand.

import { button, make } from "../dom.js";
import encodeQR from "../vendor/qr/index.js";

const TURN = 500; // ms that each of several is shown: no more than two changes a second, for whoever can't bear flicker
const EDGE = 4; // modules of white around a code, or some cameras see none
const SVG = "http://www.w3.org/2000/svg";

/**
 * What shows some codes; it rests once it is taken off the page.
 * @param {string[]} texts
 */
export function codes(texts) {
  const shown = make("div", { className: "still" });
  const drawn = texts.map((text, place) => picture(text, texts.length > 1 ? `第 ${place + 1} 張，共 ${texts.length} 張` : ""));
  if (texts.length > 1) return inTurn(shown, drawn);
  shown.append(drawn[0]);
  return [shown];
}

/** @param {HTMLElement} shown @param {SVGElement[]} drawn */
function inTurn(shown, drawn) {
  let [place, timer] = [-1, 0];
  const which = make("p", { className: "which" });
  const step = () => {
    place = (place + 1) % drawn.length;
    shown.replaceChildren(drawn[place]);
    which.textContent = `第 ${place + 1}／${drawn.length} 張`;
  };
  const run = (/** @type {boolean} */ on) => {
    clearInterval(timer);
    timer = on ? setInterval(() => (shown.isConnected ? step() : run(false)), TURN) : 0;
    hold.textContent = on ? "停住" : "自動換";
  };
  const hold = button("", () => run(!timer));
  const next = button("下一張", () => (run(false), step()));
  step();
  run(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  return [shown, which, make("p", { className: "acts" }, hold, next)];
}

/** @param {string} text @param {string} which */
function picture(text, which) {
  const rows = /** @type {boolean[][]} */ (encodeQR(text, "raw", { ecc: "low", border: EDGE }));
  const [svg, path] = [document.createElementNS(SVG, "svg"), document.createElementNS(SVG, "path")];
  const told = { viewBox: `0 0 ${rows.length} ${rows.length}`, role: "img", "aria-label": `圖碼${which && `，${which}`}` };
  for (const [name, value] of Object.entries({ ...told, "shape-rendering": "crispEdges" })) svg.setAttribute(name, value);
  path.setAttribute("d", rows.map((row, y) => line(row, y)).join(""));
  svg.append(path);
  return svg;
}

/** The dark stretches of a line. @param {boolean[]} row @param {number} y */
function line(row, y) {
  let drawn = "";
  for (let x = 0; x < row.length; x++) {
    const end = row.indexOf(false, x);
    if (end > x) drawn += `M${x} ${y}h${end - x}v1h${x - end}z`;
    x = Math.max(x, end);
  }
  return drawn;
}
