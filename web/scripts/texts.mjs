// Fails on a text that no source file asks for. Keys put together from parts count by their beginning: `role.${…}`.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../src", import.meta.url));
const catalogue = join(root, "i18n/en");

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path === catalogue || entry.name === "pkg") return [];
    return entry.isDirectory() ? files(path) : /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const source = files(root)
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const keys = readdirSync(catalogue).flatMap((file) =>
  [...readFileSync(join(catalogue, file), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key),
);

/** `a.b.one` is asked for as `a.b`; names of the engine's figures come over the wire. */
function isAskedFor(key) {
  const plural = key.replace(/\.(one|other)$/, "");
  if (key.startsWith("figure.") || source.includes(`"${key}"`) || source.includes(`"${plural}"`)) return true;
  const parts = plural.split(".");
  return parts.some((_, count) => count > 0 && source.includes(`\`${parts.slice(0, count).join(".")}.\${`));
}

const idle = keys.filter((key) => !isAskedFor(key));
if (idle.length > 0) {
  console.error(`no source file asks for these texts:\n${idle.map((key) => `  ${key}`).join("\n")}`);
  process.exit(1);
}
