// @ts-check
// 「這裡寫錯了」: from a clause's chain or a page's end, what is wrong, to be sent by whatever its reader uses. Nothing goes
// anywhere by itself, and nothing is kept.
import { all, ask, button, make } from "../dom.js";
import { give, hush } from "../share.js";
import { message } from "./message.js";

/**
 * Asks which clause it is, and what is wrong.
 * @param {HTMLElement} from where the reader was, and goes on afterwards: a clause's chain says which one it is
 */
export function report(from) {
  const clauses = new Map(all(document, ".clause[id]").map((one) => [one.id, one]));
  const which = make("select", {}, make("option", { value: "" }, "整頁"), ...[...clauses].map(option));
  which.value = from.closest(".clause")?.id ?? (clauses.has(location.hash.slice(1)) ? location.hash.slice(1) : "");
  const words = make("textarea", { rows: 4, maxLength: 1000, placeholder: "例如：電話改了；現在是 3 天內答覆" });
  const title = make("h2", { id: "_wrong" }, "這裡寫錯了");
  const close = () => box.close();
  const send = () => {
    box.onclose = null; // which comes later, and would take the focus from what is said then
    close();
    leave(box, from);
    give({ text: message(place(clauses.get(which.value)), words.value) }, "這段話", "主管");
  };
  const fields = [make("label", {}, "哪一條", which), make("label", {}, "哪裡不對、應該是什麼", words)];
  const sent = make("p", { className: "cite" }, "接著由你選用什麼傳給誰；網址、版本、這一條的開頭會一起附上。");
  const doing = make("p", {}, button("傳出去", send), button("取消", close));
  const box = make("dialog", { className: "report", onclose: () => leave(box, from) }, title, ...fields, sent, doing);
  box.setAttribute("aria-labelledby", title.id);
  hush();
  ask(box);
  words.focus();
}

/** @param {HTMLElement} box @param {HTMLElement} from */
function leave(box, from) {
  box.remove();
  from.focus({ preventScroll: true });
}

/** @param {[string, HTMLElement]} clause */
const option = ([id, clause]) => make("option", { value: id }, headline(clause));

/** What a clause is called: the link to itself is named in full. @param {HTMLElement | undefined} clause */
const headline = (clause) => clause?.querySelector(".anchor")?.getAttribute("aria-label")?.replace("連結：", "") ?? "";

/** @param {HTMLElement | undefined} clause */
function place(clause) {
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".hb[data-version]"));
  const title = document.querySelector("h1")?.textContent ?? "";
  const address = location.origin + location.pathname + (clause ? `#${clause.id}` : "");
  const { version = "", fingerprint = "" } = page?.dataset ?? {};
  return { title, version, address, headline: headline(clause), mark: clause?.dataset.fingerprint ?? fingerprint.slice(0, 6) };
}
