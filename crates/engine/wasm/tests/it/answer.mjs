// Answers deals with the built module, loaded the way the browser loads it. Each line in is a deal and its local rates, both JSON,
// with a tab between them; each line out is what the engine said. After the first and each tenth deal behind it comes a line of what
// the page of a deal is told: the figures, and the traces of three columns.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [script, module, rules] = process.argv.slice(2);
const { initSync, supplyRules, calculate, Desk, engineVersion } = await import(pathToFileURL(script).href);
initSync({ module: readFileSync(module) });
if (!supplyRules(readFileSync(rules))) throw new Error("the rules are not those of the module");

process.stdout.write(`${engineVersion()}\n`);
let answers = "";
let number = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const tab = line.indexOf("\t");
  const deal = [line.slice(0, tab), line.slice(tab + 1)];
  answers += `${calculate(...deal)}\n`;
  if (number % 10 === 0) {
    const desk = new Desk(...deal);
    answers += `${desk.figures()}${desk.trace(0)}${desk.trace(1)}${desk.trace(2)}\n`;
    desk.free();
  }
  number += 1;
  if (answers.length > 1 << 20) {
    process.stdout.write(answers);
    answers = "";
  }
}
process.stdout.write(answers);
