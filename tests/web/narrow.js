// @ts-check
// Writes TypeScript's types of the browser's own things anew, without what our oldest browsers lack: such a method or
// property may be undefined and can't be set, such a global does not exist. The type checker then insists on a way
// around each. It takes these types for its own where they lie: see libReplacement in its manual.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { data, INSTALLED, lacking, require } from "./baseline.js";

const HEAD = /^interface (\w+)(?:<[^{]*>)?(?: extends (.*))? \{$/;
const GLOBAL = /^declare (?:function|var) (\w+)/;
const MEMBER = /^( +)(?:(?:readonly|(get|set)) )?(\w+)\??([(:<].*)$/;

/** @param {string} text */
function narrowed(text) {
  const lines = text.split("\n");
  /** What an interface without an entry of its own lends its members to. @type {Map<string, string[]>} */
  const heirs = new Map();
  for (const line of lines) {
    const [, name, bases] = HEAD.exec(line) ?? [];
    for (const base of bases?.split(/,\s*/) ?? []) heirs.set(base, [...(heirs.get(base) ?? []), name]);
  }
  /** @param {string} name @returns {any[]} */
  const entries = (name) => (data.api[name] ? [data.api[name]] : (heirs.get(name) ?? []).flatMap(entries));

  let inside = "";
  return lines.map((line) => {
    inside = (HEAD.exec(line) ?? (line.endsWith("{") ? GLOBAL.exec(line) : null))?.[1] ?? (line.startsWith("}") ? "" : inside);
    const name = GLOBAL.exec(line)?.[1];
    if (name && lacking(data.api.Window[name] ?? data.api.WorkerGlobalScope[name] ?? data.api[name])) {
      return line.replace(name, `lacking_${name}`);
    }
    const [, indent, accessor, member, rest] = (inside && MEMBER.exec(line)) || [];
    const found = entries(inside).map((entry) => entry[member] ?? entry[`${member}_static`]).filter(Boolean);
    if (!found.length || !found.every(lacking)) return line;
    if (accessor === "set") return "";
    if (accessor === "get") return `${indent}readonly ${member}?${rest.slice(rest.indexOf(")") + 1)}`;
    return `${indent}${rest.startsWith(":") ? "readonly " : ""}${member}?${rest}`;
  });
}

const types = dirname(require.resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`));
for (const name of ["dom", "webworker"]) {
  const folder = new URL(`node_modules/@typescript/lib-${name}/`, INSTALLED);
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(`${types}/lib/lib.${name}.d.ts`, "utf8");
  writeFileSync(new URL("index.d.ts", folder), narrowed(text).join("\n"));
  writeFileSync(new URL("package.json", folder), `{"name": "@typescript/lib-${name}", "version": "0.0.0", "types": "index.d.ts"}`);
}
