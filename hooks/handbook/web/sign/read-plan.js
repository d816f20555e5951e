// @ts-check
// What is still to read, to sign and to pass, on my progress and on the page of one's role: what is late comes first.

import { day } from "../clock.js";
import { all, make } from "../dom.js";
import { fetched } from "../fetched.js";
import { current } from "../people/people.js";
import * as record from "../quiz/record.js";
import { ofExam, ofQuiz } from "../quiz/standing.js";
import { ends, examTasks, isLate, tasks } from "./plan.js";
import { load, sum } from "./signatures.js";

/** @typedef {import("./plan.js").Stand} Stand */
/** @typedef {import("./plan.js").Task} Task */

const NAMES = ["第 1 天", "第 1 週", "第 1 個月"];
const ACTS = { read: "讀、簽", quiz: "測驗", exam: "崗位考試" };
const WHY = { never: "", changed: "", due: "到期了", soon: "到期" };

class ReadPlan extends HTMLElement {
  /** Where the tables are: on this page, or on the one that it names. @type {ParentNode | null} */
  source = null;

  async connectedCallback() {
    this.away = new AbortController();
    const { signal } = this.away;
    const { from, role } = this.dataset;
    const mine = () => !role || current()?.role === role;
    if (from && mine()) this.source = await fetched(from);
    else if (!from) this.source = this.closest(".hb");
    if (signal.aborted || !this.source) return;
    for (const news of ["pageshow", "people", "signed"]) addEventListener(news, () => this.show(), { signal });
    addEventListener("storage", (news) => record.isTrial(news) || this.show(), { signal });
    this.show();
  }

  disconnectedCallback() {
    this.away?.abort();
  }

  show() {
    const today = day();
    const who = current();
    const stages = this.stages(who?.role ?? "");
    const days = ends(who?.first ?? "");
    const stands = this.stands();
    const todo = (/** @type {Stand | undefined} */ stand, /** @type {string} */ by) => (stand ? tasks(stand, by, today) : []);
    const planned = stages.map((ids, stage) => ids.flatMap((id) => todo(stands.get(id), days[stage])));
    const exam = stands.get(`exam/${who?.role}`);
    if (exam) planned.at(-1)?.push(...examTasks(exam, days[2], today));
    const again = [...stands.values()].filter(({ id, signed }) => signed && !stages.flat().includes(id));
    const others = again.flatMap((stand) => tasks(stand, "", today).filter(({ act, why }) => act === "read" && why !== "never"));
    const style = make("link", { rel: "stylesheet", href: new URL("sign.css", import.meta.url).href });
    this.replaceChildren(style, ...((who && this.all("[data-plan]").length) || others.length ? this.drawn(planned, others, days, today) : []));
  }

  // ── what the tables say ──

  /** The SOPs of each stage of a role's plan. @param {string} role */
  stages(role) {
    const plan = role ? /** @type {HTMLElement | null} */ (this.source?.querySelector(`[data-plan="${role}"]`)) : null;
    return plan?.dataset.stages?.split("|").map((ids) => ids.split(" ").filter(Boolean)) ?? [];
  }

  /** How one stands with every SOP, and with every exam, under `exam/` and the role. @returns {Map<string, Stand>} */
  stands() {
    const [kept, signed] = [record.load(), load()];
    const rows = new Map(this.all("tr[data-sop]").map((row) => [row.dataset.sop, row]));
    const sops = this.all("[data-read]").map(({ dataset: { read: id = "", renew = "", sum: now } }) => {
      const [row, one] = [rows.get(id), Object.hasOwn(signed, id) ? signed[id] : null];
      const stand = { id, renew, sum: Number(now), signed: one && { sum: sum(one.clauses), at: one.at } };
      return /** @type {[string, Stand]} */ ([id, { ...stand, quiz: row ? ofQuiz(row, kept) : null }]);
    });
    const exams = this.all("tr[data-role]").map((row) => {
      const { role = "", renew = "" } = row.dataset;
      const stand = { id: role, renew, sum: 0, signed: null, quiz: ofExam(row, kept, new Set()) };
      return /** @type {[string, Stand]} */ ([`exam/${role}`, stand]);
    });
    return new Map([...sops, ...exams]);
  }

  /** @param {string} selector */
  all(selector) {
    return this.source ? all(this.source, selector) : [];
  }

  // ── how it is shown ──

  /**
   * @param {Task[][]} planned by stage
   * @param {Task[]} others of SOPs that the role does not ask for, and that were signed
   * @param {string[]} days
   * @param {string} today
   */
  drawn(planned, others, days, today) {
    const every = [...planned.flat(), ...others];
    const late = every.filter((one) => isLate(one, today));
    const of = (/** @type {Task["why"]} */ why, some = every) => some.filter((one) => one.why === why && !late.includes(one));
    const parts = [
      ...(late.length ? [make("p", { className: "late" }, `晚了 ${late.length} 件`), this.list(late)] : []),
      ...this.group("改過了，再讀、再考", of("changed")),
      ...planned.flatMap((some, stage) => this.group(`${NAMES[stage]}${days[stage] && `（${days[stage]} 前）`}`, of("never", some))),
      ...this.group("快到期", of("soon")),
    ];
    const done = planned.length ? "該讀、該簽、該考的都做完了。" : "寫上崗位與到職第一天，這裡就照到職計畫列出還要讀、要考的。";
    return [make("h2", { id: "_todo" }, "還要讀、要考的"), ...(parts.length ? parts : [make("p", {}, done)])];
  }

  /** @param {string} name @param {Task[]} some */
  group(name, some) {
    if (!some.length) return [];
    return [make("details", { open: true }, make("summary", {}, `${name}：${some.length} 件`), this.list(some))];
  }

  /** One line an SOP, with all that is to do. @param {Task[]} some */
  list(some) {
    const lines = new Map();
    for (const one of some) {
      const key = one.act === "exam" ? `exam/${one.id}` : one.id;
      lines.set(key, [...(lines.get(key) ?? []), one]);
    }
    return make("ul", {}, ...[...lines.values()].map((line) => this.line(line)));
  }

  /** @param {Task[]} line */
  line(line) {
    const [{ id, act }] = line;
    const [read, row] = [this.link(`[data-read="${id}"] a`), this.link(`tr[data-${act === "exam" ? "role" : "sop"}="${id}"] a`)];
    const title = (act === "exam" ? row : read)?.textContent?.trim() ?? id;
    const acts = line.map(({ act: what, why, by }) => {
      const words = why === "soon" ? `${by} ${WHY.soon}` : WHY[why];
      const to = what === "read" ? read : row;
      const link = make("a", { href: to?.href ?? "", ariaLabel: `${ACTS[what]}：${title}` }, ACTS[what]);
      return make("span", {}, link, ...(words ? [" ", make("small", {}, words)] : []));
    });
    return make("li", {}, make("b", {}, title), ...acts);
  }

  /** @param {string} selector */
  link(selector) {
    return /** @type {HTMLAnchorElement | null | undefined} */ (this.source?.querySelector(selector));
  }
}

customElements.define("read-plan", ReadPlan);
