// Makes the service worker of this build: which files it keeps, and under which name. Runs last but for the compression.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const web = fileURLToPath(new URL("..", import.meta.url));
const dist = join(web, "dist");
/** Alphabets of fonts that the browser asks for only where a text needs them. */
const SELDOM = /geist-(cyrillic|cyrillic-ext|latin-ext|vietnamese)-/;

const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
  .filter((name) => name !== "sw.js" && !SELDOM.test(name))
  .toSorted();
const digest = createHash("sha256");
for (const name of names) digest.update(name).update("\0").update(readFileSync(join(dist, name)));

await build({
  configFile: false,
  root: web,
  logLevel: "warn",
  publicDir: false,
  define: {
    FILES: JSON.stringify(names.map((name) => (name === "index.html" ? "/" : `/${name}`))),
    BUILD: JSON.stringify(digest.digest("hex").slice(0, 12)),
  },
  build: {
    target: "es2023",
    emptyOutDir: false,
    rolldownOptions: { input: join(web, "worker/shell.ts"), output: { entryFileNames: "sw.js", format: "iife" } },
  },
});
