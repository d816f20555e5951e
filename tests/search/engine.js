// What the search worker's engine finds, without a browser: where it lies, a site with its data, and the queries on
// standard input; gives for each the pages of the list, each as the addresses that are seen.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [script, site] = process.argv.slice(2);
const { Engine } = await import(pathToFileURL(script).href);
const read = (path) => JSON.parse(readFileSync(`${site}/${path}`, "utf-8"));
const { names, parts } = read("search/search_index.json").config.handbook;
const engine = new Engine(read(names));
for (const part of parts) engine.add(read(part));

const shown = (page) => page.filter(({ score }) => score === page[0].score); // the others are behind 'more'
const address = ({ location }) => location.replace(/\/(?=#|$)/, "");
const found = (typed) => engine.search(typed).items.map((page) => shown(page).map(address));
process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(found)));
