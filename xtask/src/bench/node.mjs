// Node: node.mjs <package> <requests.json>; one line of JSON out.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { measure } from "./engine.mjs";

const [folder, requests] = process.argv.slice(2);
const part = (name) => import(pathToFileURL(join(folder, name, "autolytiq_wasm.js")).href);
const bytes = (name) => readFileSync(join(folder, name));

// What the page of a deal waits for, beside the network: both files are read before.
const [module, rules] = [bytes("deal/autolytiq_wasm_bg.wasm"), bytes("autolytiq_rules.bin")];
const began = performance.now();
const deal = await part("deal");
await deal.default({ module_or_path: module });
if (!deal.supplyRules(rules)) throw new Error("the engine and its rules are not of the same build");
const load = (performance.now() - began) * 1e6;

const all = await part("operations");
await all.default({ module_or_path: bytes("operations/autolytiq_wasm_bg.wasm") });
all.supplyRules(rules);
const figures = measure(JSON.parse(readFileSync(requests, "utf8")), deal, all);
process.stdout.write(JSON.stringify({ load, ...figures }));
