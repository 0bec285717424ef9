// Fails when the scripts of the first load weigh more than the budget, gzipped. The engine (.wasm) is loaded with the deal
// screen and has its own budget.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BUDGET = 200 * 1024;
const dist = fileURLToPath(new URL("../dist", import.meta.url));
const html = readFileSync(`${dist}/index.html`, "utf8");
const scripts = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, path]) => path);
const total = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(dist + path)).length, 0);

console.log(`first-load scripts: ${(total / 1024).toFixed(1)} KB gzipped of ${BUDGET / 1024} KB`);
if (scripts.length === 0 || total > BUDGET) process.exit(1);
