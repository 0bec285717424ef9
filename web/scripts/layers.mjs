// Fails when an import breaks the layers: routes → features → (ui | api | engine) → (i18n | lib).
// A feature never imports another one, and `ui` knows neither the router's routes nor the server.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));

const MAY_IMPORT = {
  routes: ["routes", "features", "ui", "api", "engine", "i18n", "lib"],
  features: ["ui", "api", "engine", "i18n", "lib"],
  ui: ["ui", "i18n", "lib"],
  api: ["api", "i18n", "lib"],
  engine: ["engine", "api", "lib"],
  i18n: ["i18n", "lib"],
  lib: ["lib"],
};

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "pkg" ? [] : files(path);
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function place(path) {
  const [layer, feature] = relative(root, path).split(sep);
  return { layer, feature: layer === "features" ? feature : undefined };
}

const faults = [];
for (const file of files(root)) {
  const from = place(file);
  if (!(from.layer in MAY_IMPORT)) continue; // main.tsx puts everything together
  const text = readFileSync(file, "utf8");
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]*|@\/[^"]*)"/g)) {
    const path = target.startsWith("@/") ? join(root, target.slice(2)) : resolve(dirname(file), target);
    const to = place(path);
    const allowed =
      from.layer === "features" && to.layer === "features"
        ? from.feature === to.feature
        : MAY_IMPORT[from.layer].includes(to.layer);
    if (!allowed) faults.push(`${relative(root, file)}: may not import ${target}`);
  }
}

if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
