// @ts-check
// What scripts and styles may use. Types, and with them what the browser's own things can do, are tsc's to check.

import { data, lacking, require } from "./baseline.js";

const es = require("eslint-plugin-es-x");
const css = require("@eslint/css").default;

// Baseline's year before our browsers, and what came later but is in all of them.
const YEAR = 2021;
const PROPERTIES = ["appearance", "outline", "accent-color", "color-scheme"];
const SELECTORS = ["has", "focus-visible"];
const VALUES = { "overflow-wrap": ["anywhere"] };
const newer = [
  ...PROPERTIES.map((name) => data.css.properties[name]),
  ...SELECTORS.map((name) => data.css.selectors[name]),
  ...Object.entries(VALUES).flatMap(([name, values]) => values.map((value) => data.css.properties[name][value])),
];
if (newer.some((feature) => !feature || lacking(feature))) throw new Error("eslint.config.js allows what a browser lacks");

/** @param {number} year */
const syntax = (year) => es.configs[`flat/restrict-to-es${year}`].rules;

export default [
  {
    files: ["**/*.js"],
    plugins: { "es-x": es },
    languageOptions: { ecmaVersion: "latest" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    // Safari came to all of 2022 but these two at 15.4; they are in 16.4.
    rules: { ...syntax(2022), "es-x/no-class-static-block": "error", "es-x/no-regexp-lookbehind-assertions": "error" },
  },
  { files: ["**/before.js", "**/old.js"], rules: syntax(2015) }, // they speak to all that read no other
  { files: ["assets/javascripts/**/*.js"], rules: { "es-x/no-iterator": "off" } }, // the theme asks first whether it is there
  {
    files: ["docs/**/*.css", "assets/icons.css"],
    plugins: { css },
    language: "css/css",
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "css/no-invalid-at-rules": "error",
      "css/use-baseline": [
        "error",
        { available: YEAR, allowProperties: PROPERTIES, allowSelectors: SELECTORS, allowPropertyValues: VALUES },
      ],
    },
  },
];
