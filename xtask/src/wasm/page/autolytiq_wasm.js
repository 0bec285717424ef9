// The engine as the page takes it: the module for a deal with its rules at once, the module with all operations behind it.
import startDeal, { Desk, engineVersion, supplyRules } from "./deal/autolytiq_wasm.js";
import startAll, { call as callAll, supplyRules as supplyAll } from "./operations/autolytiq_wasm.js";

let operations = false;

/** Fetches the engine and its rules side by side; the operations follow, without being waited for. */
export default async function start() {
  const [rules] = await Promise.all([fetchRules(), startDeal()]);
  supply(supplyRules, rules);
  startAll().then(
    () => {
      supply(supplyAll, rules);
      operations = true;
    },
    (error) => console.warn("The engine's operations could not be fetched.", error),
  );
}

/** Runs a named operation; until the operations are here, the answer is a problem that says so. */
export function call(operation, request) {
  if (operations) return callAll(operation, request);
  const detail = "The engine's tools are still being fetched. Try again in a moment.";
  return JSON.stringify({ problem: { type: "about:blank", title: "Not ready", status: 503, code: "engine-loading", detail } });
}

async function fetchRules() {
  const response = await fetch(new URL("./autolytiq_rules.bin", import.meta.url));
  if (!response.ok) throw new Error(`The tax rules could not be fetched: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function supply(take, rules) {
  if (!take(rules)) throw new Error("The engine and its tax rules are not of the same build.");
}

export { Desk, engineVersion };
