// Answers deals with the built module, loaded the way the browser loads it. Each line in is a deal and its local rates, both JSON,
// with a tab between them; each line out is what the engine said.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [script, module, rules] = process.argv.slice(2);
const { initSync, supplyRules, calculate, engineVersion } = await import(pathToFileURL(script).href);
initSync({ module: readFileSync(module) });
if (!supplyRules(readFileSync(rules))) throw new Error("the rules are not those of the module");

process.stdout.write(`${engineVersion()}\n`);
let answers = "";
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const tab = line.indexOf("\t");
  answers += `${calculate(line.slice(0, tab), line.slice(tab + 1))}\n`;
  if (answers.length > 1 << 20) {
    process.stdout.write(answers);
    answers = "";
  }
}
process.stdout.write(answers);
