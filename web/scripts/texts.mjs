// Fails on a text that no source file asks for, on one that stands twice, and on one that is asked for outside the feature
// whose scripts bring it (its `texts.ts`). Keys put together from parts count by their beginning: `role.${…}`.
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

const texts = new Map(files(root).map((path) => [path, readFileSync(path, "utf8")]));
const source = [...texts.values()].join("\n");
const keysOf = (file) => [...readFileSync(join(catalogue, file), "utf8").matchAll(/^ {2}"([^"]+)":/gm)].map(([, key]) => key);
const keys = readdirSync(catalogue).flatMap(keysOf);

const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
if (twice.length > 0) {
  console.error(`these texts stand in two catalogues, and one hides the other:\n${twice.map((key) => `  ${key}`).join("\n")}`);
  process.exit(1);
}

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

const strays = [...texts].flatMap(([brings, text]) => {
  if (!brings.endsWith("/texts.ts")) return [];
  const own = [...text.matchAll(/"@\/i18n\/en\/([^"]+)"/g)].flatMap(([, name]) => keysOf(`${name}.ts`));
  const feature = brings.slice(0, -"texts.ts".length);
  return [...texts].flatMap(([path, other]) => (path.startsWith(feature) ? [] : own.filter((key) => other.includes(`"${key}"`)).map((key) => `  ${key} in ${path}`)));
});
if (strays.length > 0) {
  console.error(`texts that come with one feature's scripts are asked for outside it:\n${strays.join("\n")}`);
  process.exit(1);
}
